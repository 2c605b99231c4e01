"""Journal: what was done with cases beside sending them."""

import pytest
from PySide6.QtCore import Qt

from app.core.errors import JournalError
from app.core.journal_event import (
    CertificateEvent,
    CertificateEventKind,
    EventKind,
    JournalEvent,
)
from app.gui.frame.navigator import Place
from app.gui.journal.certificate_events import ICONS as CERTIFICATE_ICONS
from app.gui.journal.page import ATTEMPTS, CERTIFICATES, EVENTS, JournalPage
from app.language.sentences import name_of
from app.workflow.case_views import EventPage
from app.workflow.certificate_views import CertificateEventPage
from tests.support import gui_pages as made
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NOON = "2026-01-15T11:00:00.000+00:00"
DONE = (
    JournalEvent(3, "2200001", EventKind.REVEALED, NOON),
    JournalEvent(2, "2200002", EventKind.LISTED, NOON, "Felaktigt BMI", "production"),
    JournalEvent(1, "2200001", EventKind.EXCLUDED, NOON, "testpatient"),
)


def events(offset, count, case=""):
    found = tuple(one for one in DONE if case in one.case)
    return EventPage(len(found), offset, found[offset : offset + count])


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    window.desk.answers["journal_events"] = events
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


def shown(page):
    model = page.events.list
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_one_click_shows_who_was_left_out_revealed_and_listed(qtbot, page):
    qtbot.mouseClick(page.parts.buttons[EVENTS], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.events.list.total == 3)
    assert page.events.isVisible()
    assert "3" in page.statistics.text()
    assert [row[1] for row in shown(page)] == ["2200001", "2200002", "2200001"]
    assert shown(page)[1][3:] == ["PRODUKTION", "Felaktigt BMI"]
    assert shown(page)[0][0] == "2026-01-15 12:00:00"  # Stockholm's clock
    assert all(row[2] for row in shown(page))


def test_a_case_that_has_left_a_list_tells_which(qtbot, page, window):
    gone = JournalEvent(4, "2200001", EventKind.CLEARED, NOON, "listed", "local")
    window.desk.answers["journal_events"] = lambda *_asked: EventPage(1, 0, (gone,))
    page.set_view(EVENTS)
    qtbot.waitUntil(lambda: page.events.list.total == 1)
    assert shown(page)[0][4] == name_of("list-listed")


def test_the_search_is_of_what_is_shown(qtbot, page, window):
    page.set_view(EVENTS)
    qtbot.waitUntil(lambda: page.events.list.total == 3)
    page.search.setText("2200002")
    qtbot.waitUntil(lambda: page.events.list.total == 1)
    assert window.desk.arguments("journal_events") == (0, 200, "2200002")


def test_who_comes_for_the_attempts_of_a_case_sees_them(qtbot, page):
    page.set_view(EVENTS)
    page.arrive(Place("journal", {"case": "2200007"}))
    qtbot.waitUntil(lambda: page.model.total == 2)
    assert page.table.isVisible()


def test_what_was_done_is_shown_also_where_nothing_was_sent(qtbot, window):
    window.desk.answers["journal_page"] = lambda *_arguments: made.journal_page(0, 0, 200)
    page = JournalPage(window.context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.empty.isVisible)
    page.set_view(EVENTS)
    qtbot.waitUntil(lambda: page.events.list.total == 3)
    assert page.events.isVisible()


def test_a_journal_that_fails_is_told(qtbot, page, window):
    window.desk.fail("journal_events", JournalError("journal-key-missing"))
    page.set_view(EVENTS)
    qtbot.waitUntil(lambda: bool(window.said))


def test_what_was_done_with_certificates_is_a_list_of_its_own(qtbot, window, page):
    done = (
        CertificateEvent(2, CertificateEventKind.TRIED, "ab" * 32, "SE1-A", NOON, "production"),
        CertificateEvent(1, CertificateEventKind.IMPORTED, "ab" * 32, "SE1-A", NOON),
    )
    window.desk.answers["certificate_events"] = lambda offset, count: CertificateEventPage(
        2, offset, done[offset : offset + count]
    )
    qtbot.mouseClick(page.parts.buttons[CERTIFICATES], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.certificates.list.total == 2)
    assert page.certificates.isVisible()
    assert not page.search.isEnabled()
    assert "2" in page.statistics.text()
    model = page.certificates.list
    first = [model.index(0, column).data() for column in range(model.columnCount())]
    assert first[1:4] == [name_of("certificate-event-tried"), "SE1-A", name_of("production")]
    assert first[4].replace(" ", "") == "ab" * 32
    page.set_view(ATTEMPTS)
    assert page.search.isEnabled()


def test_every_event_of_a_certificate_has_a_name_and_an_icon():
    for kind in CertificateEventKind:
        assert kind in CERTIFICATE_ICONS
        assert name_of(f"certificate-event-{kind}") != f"certificate-event-{kind}"
