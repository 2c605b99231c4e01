"""What the user sees under Journal: every attempt, newest first."""

import pytest
from PySide6.QtCore import Qt

from app.core.errors import JournalError
from app.gui.frame.navigator import Place
from app.gui.journal.page import JournalPage
from app.gui.widgets.attempt_words import (
    answer_of,
    attempt_columns,
    grouped,
    moment,
    outcome_status,
    outcome_word,
)
from app.gui.widgets.rows import RowsModel
from tests.support import gui_pages as made
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    yield window
    window.close()


@pytest.fixture
def page(qtbot, window):
    page = JournalPage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    qtbot.waitUntil(lambda: page.model.total == 450)
    return page


def test_an_empty_journal_leads_to_send(qtbot, window):
    window.desk.answers["journal_page"] = lambda *_arguments: made.journal_page(0, 0, 200)
    page = JournalPage(window.context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.empty.isVisible)
    qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert window.places == [("sending", {})]


def test_the_newest_attempt_is_shown_with_everything_about_it(page):
    assert page.title.text() == "Försök 450"
    text = page.facts.text
    assert "Påbörjat: 2026-11-20 11:15:00" in text  # Stockholm's clock
    assert "HSA-id: SE0000000000-OP1" in text
    assert "aaaaaaaa aaaaaaaa" in text


def test_the_statistics_tell_how_it_went(page):
    assert page.statistics.text().startswith("450 försök. Av de 200 senaste: ")


def test_searching_asks_for_the_case(qtbot, page, window):
    page.search.setText("2200007")
    qtbot.waitUntil(lambda: page.model.total == 2)
    assert window.desk.arguments("journal_page") == (0, 200, "2200007")


def test_a_search_without_attempts_says_so(qtbot, page):
    page.arrive(Place("journal", {"case": "9999999"}))
    qtbot.waitUntil(lambda: page.model.total == 0)
    assert page.statistics.text() == "Inget försök passar sökningen."
    assert page.title.text() == "Inget försök är valt"


def test_an_attempt_leads_to_its_case(qtbot, page, window):
    qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)
    assert window.places[-1] == ("cases", {"case": "2200050"})


def test_new_attempts_come_by_themselves(qtbot, page, window):
    before = window.desk.times("journal_page")
    window.session.sent.emit()
    qtbot.waitUntil(lambda: window.desk.times("journal_page") > before)


def test_a_journal_that_cannot_be_read_is_told(qtbot, page, window):
    window.desk.fail("journal_page", JournalError("journal-key-missing"))
    qtbot.mouseClick(page.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.said))


def test_an_attempt_cut_off_is_told_apart(qtbot):
    cut_off = made.attempt(1, "2200001", None)
    assert outcome_word(cut_off.kind) == "Inget svar antecknat"
    assert outcome_status(None) == "unknown"
    assert answer_of(cut_off) == cut_off.text


def test_times_and_digests_are_readable():
    assert moment("2026-07-01T10:00:00+00:00") == "2026-07-01 12:00:00"
    assert moment("") == ""
    assert grouped("0123456789abcdef") == "01234567 89abcdef"


def test_the_list_obeys_qts_rules(qtmodeltester, qtbot):
    attempts = made.journal_page(20, 0, 20).attempts
    qtmodeltester.check(RowsModel(attempt_columns(with_case=True), attempts))
