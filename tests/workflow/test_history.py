"""The journal page by page."""

from app.core.journal_event import EventKind
from app.core.outcome import Outcome, OutcomeKind
from app.workflow.history import journal_events, journal_page
from tests.support.workflow import NOON, make_desk


def test_attempts_come_newest_first_and_can_be_narrowed_to_a_case(tmp_path):
    desk = make_desk(tmp_path)
    for case in ("1", "2", "1"):
        number = desk.journal().begin(case, "local", "a", "h", "m", b"<a/>", NOON)
        desk.journal().end(number, Outcome(case, OutcomeKind.CREATED), NOON)
    page = journal_page(desk, 0, 2)
    assert (page.total, [one.case for one in page.attempts]) == (3, ["1", "2"])
    assert journal_page(desk, 2, 2).attempts[0].number == 1
    assert journal_page(desk, 0, 9, "2").total == 1
    desk.close()


def test_what_was_done_with_cases_comes_newest_first_too(tmp_path):
    desk = make_desk(tmp_path)
    desk.journal().note(EventKind.EXCLUDED, [("1", "a test patient"), ("2", "twice")], NOON)
    desk.journal().note(EventKind.REVEALED, [("1", "")], NOON)
    page = journal_events(desk, 0, 2)
    assert (page.total, [one.case for one in page.events]) == (3, ["1", "2"])
    assert journal_events(desk, 1, 9, "1").events[0].text == "a test patient"
    desk.close()
