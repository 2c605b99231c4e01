"""Both languages are complete: every marked text has its Swedish, with the same values in it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from app.assets import RESOURCES
from app.language import text

APP = Path(__file__).parents[2] / "app"
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None}
VALUE = re.compile(r"\{(\w*)[^}]*\}")

Message = str | tuple[str, ...]


def _marked() -> Iterator[tuple[str, int, Message]]:
    for file, line, message, *_rest in extract_from_dir(str(APP), keywords=KEYWORDS):
        yield file, line, message


@pytest.fixture(scope="module")
def swedish() -> dict[Message, Message]:
    with (RESOURCES / "i18n" / "sv.po").open("rb") as file:
        catalogue = read_po(file, locale="sv")
    return {_plain(one.id): _plain(one.string) for one in catalogue if one.id and not one.fuzzy}


def _plain(message: str | list[str] | tuple[str, ...] | None) -> Message:
    return message if isinstance(message, str) else tuple(message or ())


def _forms(message: Message) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else message


def test_every_marked_text_has_its_swedish(swedish):
    missing = [
        f"{file}:{line} {message!r}"
        for file, line, message in _marked()
        if not all(_forms(swedish.get(message, "")))
    ]
    assert missing == []


def test_no_marked_text_hides_in_an_f_string_where_it_is_not_gathered():
    hidden = [
        f"{path.relative_to(APP)}:{node.lineno}"
        for path in APP.rglob("*.py")
        for whole in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(whole, ast.JoinedStr)
        for node in ast.walk(whole)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "N_", "ngettext"}
        and any(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert hidden == []


def test_no_swedish_is_left_of_a_text_that_is_gone(swedish):
    assert set(swedish) - {message for _file, _line, message in _marked()} == set()


def test_translations_hold_the_same_values(swedish):
    for message, translated in swedish.items():
        wanted = set(VALUE.findall(_forms(message)[-1]))
        for form in _forms(translated):
            assert set(VALUE.findall(form)) <= wanted, message
        assert set(VALUE.findall(_forms(translated)[-1])) == wanted, message


def test_the_language_is_chosen_at_run_time_and_numbers_bend():
    assert text._("Journal") == "Journal"
    text.use("en")
    assert text.ngettext("{count} case", "{count} cases", 1) == "{count} case"
    text.use("xx")
    assert text.current() == "sv"
