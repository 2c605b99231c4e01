"""Every action has a place, a text and a key of its own."""

from collections import Counter

from PySide6.QtGui import QKeySequence

from app.gui.actions import ACTIONS, MENUS, PAGES, page_key
from app.language.text import _


def _keys() -> list[str]:
    rows = [QKeySequence(row.key).toString() for row in ACTIONS if row.key]
    return rows + [page_key(number) for number in range(1, len(PAGES) + 1)]


def test_no_key_does_two_things(qapp):
    assert [key for key, count in Counter(_keys()).items() if key and count > 1] == []


def test_every_action_stands_in_a_menu_that_exists():
    assert {row.menu for row in ACTIONS} <= {menu for menu, _title in MENUS}


def test_ids_are_unique():
    assert len({row.id for row in ACTIONS}) == len(ACTIONS)
    assert len({row.id for row in PAGES}) == len(PAGES)


def test_every_text_is_swedish():
    same = {"Start", "Fellista", "Journal", "Register", "Svenska", "English"}
    texts = [row.text for row in ACTIONS] + [row.title for row in PAGES] + [t for _m, t in MENUS]
    assert [text for text in texts if _(text) == text and text not in same] == []
