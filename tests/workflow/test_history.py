"""The journal page by page."""

from app.core.outcome import Outcome, OutcomeKind
from app.workflow.history import journal_page
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
