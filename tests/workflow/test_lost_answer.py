"""A case of which something was sent after it was accepted, and the answer was lost."""

from datetime import timedelta

import pytest

from app.core.outcome import Outcome, OutcomeKind
from app.workflow.case_detail import case_detail
from app.workflow.cases import case_page
from app.workflow.views import CaseFilter
from tests.support.loaded import HSA_ID, accept, analysed_desk
from tests.support.workflow import NOON

CASE = "2600007"
LATER = NOON + timedelta(hours=1)
OLD = "<older/>"


def send(desk, document, kind, entrance="local"):
    number = desk.journal().begin(CASE, entrance, "", HSA_ID, "map", document.encode(), LATER)
    if kind is not None:
        desk.journal().end(number, Outcome(CASE, kind, ""), LATER)


@pytest.mark.parametrize("kind", [OutcomeKind.UNKNOWN, None])
def test_what_the_register_may_hold_instead_is_told(tmp_path, kind):
    desk, _, _ = analysed_desk(tmp_path)
    now = case_detail(desk, CASE, reveal=True).xml
    accept(desk, CASE, now)
    assert case_detail(desk, CASE).difference.lost == ""
    send(desk, OLD, kind)
    detail = case_detail(desk, CASE)
    assert detail.difference.state == "same"
    assert detail.difference.lost.startswith(LATER.isoformat()[:19])
    assert detail.row.change == "changed"
    assert case_page(desk, CaseFilter(cases=(CASE,), changes=("changed",)), 0, 1).total == 1


@pytest.mark.parametrize(
    ("document", "kind", "entrance"),
    [
        ("", OutcomeKind.UNKNOWN, "local"),  # the same was sent once more
        (OLD, OutcomeKind.REJECTED, "local"),
        (OLD, OutcomeKind.UNKNOWN, "stage"),
    ],
)
def test_what_surely_changed_nothing_there_is_not_told(tmp_path, document, kind, entrance):
    desk, _, _ = analysed_desk(tmp_path)
    now = case_detail(desk, CASE, reveal=True).xml
    accept(desk, CASE, now)
    send(desk, document or now, kind, entrance)
    detail = case_detail(desk, CASE)
    assert (detail.difference.lost, detail.row.change) == ("", "same")
