"""What the user sees under Acceptans: what is shown, and what is next."""

import pytest
from PySide6.QtCore import Qt

from app.core.errors import JournalError
from app.gui.acceptance.page import AcceptancePage
from app.workflow.views import ChecklistItem
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    yield window
    window.close()


@pytest.fixture
def page(qtbot, window):
    page = AcceptancePage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    qtbot.waitUntil(lambda: len(page.rows) == 3)
    return page


def test_without_a_project_the_page_says_what_to_do(qtbot, tmp_path):
    window = Window(tmp_path, project=False)
    page = AcceptancePage(window.context)
    qtbot.addWidget(page)
    page.show()
    assert page.nothing.isVisible()
    assert not page.look.isEnabled()
    window.close()


def test_the_points_are_counted(page):
    assert page.title.text() == "1 av 3 punkter godkända"
    assert page.bar.value() == 1


def test_every_point_has_a_state_in_words_and_what_is_left_leads_on(qtbot, page, window):
    passed, failed, waiting = page.rows
    assert passed.button is None
    assert ":" in failed.accessibleName()
    assert failed.button.text() == "Gå till Ärenden"
    qtbot.mouseClick(failed.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(waiting.button, Qt.MouseButton.LeftButton)
    assert window.places == [("cases", {}), ("fellista", {})]


def test_a_point_nobody_has_described_is_still_shown(page):
    page.show_items((ChecklistItem("något-nytt", "waiting"),))
    assert len(page.rows) == 1
    assert page.rows[0].button is None


def test_the_list_follows_what_happens(qtbot, page, window):
    before = window.desk.times("checklist")
    window.session.sent.emit()
    qtbot.waitUntil(lambda: window.desk.times("checklist") > before)


def test_a_checklist_that_cannot_be_made_is_told(qtbot, page, window):
    window.desk.fail("checklist", JournalError("journal-busy"))
    qtbot.mouseClick(page.look, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.said))
