"""A batch: planned, gated, journalled before and after, stopped in good order."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from app.core.clock import next_occurrence, system_clock
from app.core.errors import (
    AnswerLost,
    GateClosed,
    JournalError,
    NotSent,
    StageError,
    WorkbenchError,
)
from app.core.mapping import Link, LinkState
from app.core.outcome import OutcomeKind
from app.workflow import send as sending
from app.workflow.desk import fits_contract
from app.workflow.local_stage import import_stage_certificate
from app.workflow.send import plan_sending, send
from app.workflow.standing import prepared_standings
from tests.support.analysed import ReadyStore
from tests.support.workflow import (
    NOON,
    PROFILE,
    PROJECT,
    ScriptedRegister,
    approved_project,
    cancel_after,
    make_desk,
    prepare_cases,
    running_stage,
)

NIGHT = next_occurrence(system_clock(), time(5, 14, 59))  # one second before the register closes
UNKNOWN = OutcomeKind.UNKNOWN


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    host = make_desk(tmp_path_factory.mktemp("stage"))
    with running_stage(host) as stage:
        yield stage


@pytest.fixture
def desk(tmp_path, stage):
    from app.workflow.stage_note import remember

    desk = make_desk(tmp_path / "data")
    remember(desk.stage_folder, desk.secrets, dict(stage.line()))
    import_stage_certificate(desk)
    prepare_cases(
        desk, approved_project(desk), c1=(None, "<a/>"), c2=(None, "<b/>"), c3=(None, "<c/>")
    )
    desk.connect = ScriptedRegister()
    yield desk
    desk.close()


def planned(desk, *cases, again=False, to="local"):
    return plan_sending(desk, desk.project, cases, to, again)


def kinds(desk, case=""):
    return [attempt.kind for attempt in desk.journal().attempts(case)]


def test_nothing_can_be_planned_before_the_export_is_checked(desk):
    desk.analysis = None
    with pytest.raises(WorkbenchError) as caught:
        plan_sending(desk, PROJECT, (), "local")
    assert caught.value.code == "not-analysed"


def test_nothing_can_be_planned_to_a_stage_that_is_down(desk):
    desk.stage_folder.joinpath("stage.json").unlink()
    with pytest.raises(StageError) as caught:
        planned(desk)
    assert caught.value.code == "stage-not-running"


def test_a_plan_says_what_goes_where_and_what_is_held_back(desk, stage):
    prepare_cases(
        desk,
        desk.project,
        c1=(None, "<a/>"),
        c2=("blocked", "<b/>"),
        c3=("schema", "<c/>"),
        c4=("korrupt", "<d/>"),
    )
    plan = planned(desk)
    assert plan.address == stage.endpoint
    assert plan.cases == ("1", "4")
    assert {one.case: one.reason for one in plan.withheld} == {
        "2": "blocked-patient",
        "3": "stopped-by-finding",
    }
    assert plan.is_open


def test_a_case_leaves_with_its_own_document_although_the_export_is_checked_anew(desk):
    plan, clock = planned(desk, "1"), desk.clock
    checked = desk.analysis
    other = replace(checked, cases=checked.cases.reverse(), store=ReadyStore(("<c/>",) * 3))

    def meanwhile():  # asked for between looking at the cases and taking their documents
        desk.analysis = other
        return clock()

    desk.clock = meanwhile

    def looked(*asked):
        desk.analysis = checked
        return prepared_standings(*asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.workflow.send.prepared_standings", looked)
        send(desk, plan)
    assert desk.journal().accepted_document("1") == b"<a/>"


def test_a_named_case_that_is_not_in_the_export_is_said_to_be_missing(desk):
    plan = planned(desk, "3", "9")
    assert plan.cases == ("3",)
    assert [(one.case, one.reason) for one in plan.withheld] == [("9", "case-missing")]


def test_each_case_is_sent_once_and_journalled_with_its_certificate(desk, stage):
    report = send(desk, planned(desk))
    assert desk.connect.posted == ["1", "2", "3"]
    assert [outcome.kind for outcome in report.outcomes] == [OutcomeKind.CREATED] * 3
    assert (report.left, report.stopped) == ((), "")
    attempt = desk.journal().attempts("1")[0]
    assert attempt.address == stage.endpoint
    assert attempt.hsa_id == "SE0000000000-TST1"
    assert attempt.entrance == "local"
    assert attempt.mapping == desk.analysis.fingerprint
    assert desk.connect.closed == desk.connect.opened == 1


def test_the_attempt_is_in_the_journal_before_the_case_leaves(desk):
    seen = []
    desk.connect.at_post = lambda case: seen.append(kinds(desk, case))
    send(desk, planned(desk, "1"))
    assert seen == [[None]]
    assert kinds(desk, "1") == [OutcomeKind.CREATED]


def test_what_was_accepted_unchanged_is_not_sent_again_unless_asked(desk):
    send(desk, planned(desk))
    plan = planned(desk)
    assert {one.reason for one in plan.withheld} == {"unchanged"}
    assert not plan.is_open
    with pytest.raises(GateClosed) as caught:
        send(desk, plan)
    assert caught.value.code == "something-to-send"
    assert len(send(desk, planned(desk, again=True)).outcomes) == 3


def test_a_changed_case_is_sent_again(desk):
    send(desk, planned(desk))
    prepare_cases(desk, desk.project, c1=(None, "<a/>"), c2=(None, "<new/>"))
    assert planned(desk).cases == ("2",)


def test_a_closed_gate_stops_everything(desk):
    desk.project = PROJECT  # no approved link
    prepare_cases(desk, PROJECT, c1=(None, "<a/>"))
    with pytest.raises(GateClosed) as caught:
        send(desk, planned(desk))
    assert caught.value.code == "mapping-approved"
    assert desk.connect.posted == []
    assert desk.journal().count() == 0


def test_a_plan_made_with_another_mapping_is_not_sent(desk):
    plan = planned(desk)
    changed = desk.project.with_link(Link("langd", "", state=LinkState.APPROVED))
    prepare_cases(desk, changed, c1=(None, "<a/>"))
    with pytest.raises(GateClosed) as caught:
        send(desk, plan)
    assert caught.value.code == "stopped-mapping"


def test_documents_of_a_contract_that_was_bound_anew_are_not_sent(desk):
    first = desk.profile(PROFILE)
    desk.analysis = replace(desk.analysis, profile=first)
    plan = planned(desk)
    assert all(gate.is_open for gate in plan.gates)
    desk.remember_profile(replace(first, settings={**first.settings, "batch_size": "2"}))
    assert [gate.code for gate in planned(desk).gates if not gate.is_open] == ["mapping-as-checked"]
    with pytest.raises(GateClosed, match="stopped-mapping"):
        send(desk, plan)
    desk.remember_profile(replace(first))
    desk.connect.at_post = lambda case: desk.remember_profile(replace(first, groups=()))
    report = send(desk, plan)
    assert (desk.connect.posted, report.stopped) == (["1"], "stopped-mapping")


def test_a_batch_that_reaches_the_closed_hour_stops_between_cases(desk, tmp_path):
    now = [NIGHT]
    desk.clock = lambda: now[0]
    practising = replace(desk.project, settings=(("practise_closed_window", "yes"),))
    desk.project = practising
    prepare_cases(desk, practising, c1=(None, "<a/>"), c2=(None, "<b/>"))
    plan = planned(desk)
    desk.connect.at_post = lambda case: now.__setitem__(0, NIGHT + timedelta(seconds=1))
    report = send(desk, plan)
    assert desk.connect.posted == ["1"]
    assert (report.stopped, report.left) == ("stopped-window", ("2",))


def test_a_case_that_may_no_longer_leave_is_passed_over(desk):
    plan = planned(desk)

    def decline(case):
        if case == "1":
            prepare_cases(desk, desk.project, c1=(None, "<a/>"), c2=("blocked", "<b/>"))

    desk.connect.at_post = decline
    report = send(desk, plan)
    assert desk.connect.posted == ["1"]
    assert report.left == ()


def test_a_mapping_changed_while_sending_stops_the_batch(desk):
    plan = planned(desk)
    changed = desk.project.with_link(Link("langd", "", state=LinkState.APPROVED))
    desk.connect.at_post = lambda case: prepare_cases(desk, changed, c2=(None, "<b/>"))
    report = send(desk, plan)
    assert (report.stopped, report.left) == ("stopped-mapping", ("2", "3"))


def test_a_register_that_is_down_stops_the_batch_at_once(desk):
    desk.connect.answers = [OutcomeKind.CREATED, OutcomeKind.NOT_SENT]
    report = send(desk, planned(desk))
    assert (report.stopped, report.left) == ("address-refused", ("3",))
    assert kinds(desk, "2") == [OutcomeKind.NOT_SENT]


def test_a_document_that_the_schema_refuses_never_leaves_and_is_told(desk):
    desk.fits = lambda profile: lambda document: document != b"<b/>"
    report = send(desk, planned(desk))
    assert [(one.case, one.kind, one.code) for one in report.outcomes] == [
        ("1", OutcomeKind.CREATED, ""),
        ("2", OutcomeKind.NOT_SENT, "document-unfit"),
        ("3", OutcomeKind.CREATED, ""),
    ]
    assert (desk.connect.posted, report.left) == (["1", "3"], ())
    assert kinds(desk, "2") == []


def test_documents_are_judged_by_libxml2_before_they_leave(desk):
    desk.fits = fits_contract
    report = send(desk, planned(desk))
    assert {one.code for one in report.outcomes} == {"document-unfit"}
    assert desk.connect.posted == []


def test_a_case_that_is_too_large_does_not_stop_the_others(desk):
    desk.connect.answers = [NotSent("register-too-large")]
    report = send(desk, planned(desk))
    assert [(one.kind, one.code) for one in report.outcomes] == [
        (OutcomeKind.NOT_SENT, "register-too-large"),
        (OutcomeKind.CREATED, ""),
        (OutcomeKind.CREATED, ""),
    ]
    assert (report.stopped, report.left) == ("", ())


def test_a_lost_answer_is_unknown_and_the_batch_goes_on_over_a_new_line(desk):
    desk.connect.answers = [UNKNOWN, OutcomeKind.CREATED, UNKNOWN]
    report = send(desk, planned(desk))
    assert report.stopped == ""
    assert report.count(UNKNOWN) == 2
    assert desk.connect.opened == desk.connect.closed == 3


def test_three_lost_answers_in_a_row_stop_the_batch(desk):
    cases = {f"c{number}": (None, f"<x>{number}</x>") for number in range(6)}
    prepare_cases(desk, desk.project, **cases)
    desk.connect.answers = [UNKNOWN] * 3
    report = send(desk, planned(desk))
    assert (report.stopped, len(report.left)) == ("lines-lost", 3)


def test_a_case_whose_answer_was_lost_is_sent_again(desk):
    desk.connect.answers = [UNKNOWN]
    send(desk, planned(desk))
    assert planned(desk).cases == ("1",)


def test_errors_of_the_line_become_outcomes(desk):
    desk.connect.answers = [AnswerLost("answer-cut"), NotSent("tls-failed")]
    report = send(desk, planned(desk))
    assert [(one.kind, one.code) for one in report.outcomes] == [
        (UNKNOWN, "answer-cut"),
        (OutcomeKind.NOT_SENT, "tls-failed"),
    ]


def test_a_refused_case_does_not_stop_the_others(desk):
    desk.connect.answers = [OutcomeKind.REJECTED, OutcomeKind.FORMAT_ERROR]
    report = send(desk, planned(desk))
    assert (report.stopped, report.left, len(report.outcomes)) == ("", (), 3)


def test_cancel_takes_effect_between_cases(desk):
    report = send(desk, planned(desk), cancel_after(2))
    assert (report.stopped, report.left) == ("cancelled", ("3",))
    assert desk.connect.posted == ["1", "2"]


def test_a_journal_that_fails_stops_the_batch_before_the_case_leaves(desk, monkeypatch):
    plan = planned(desk)

    def fail(*_, **__):
        raise JournalError("journal-disk-full")

    monkeypatch.setattr(desk.journal(), "begin_many", fail)
    report = send(desk, plan)
    assert (report.stopped, report.left) == ("journal-disk-full", ("1", "2", "3"))
    assert desk.connect.posted == []


def test_two_batches_at_once_are_refused(desk):
    plan = planned(desk)
    refused = []

    def send_too(_case):
        other = make_desk(desk.data)  # as another process of the same user would
        other.secrets, other.project, other.analysis = desk.secrets, desk.project, desk.analysis
        with pytest.raises(GateClosed) as caught:
            send(other, plan)
        refused.append(caught.value.code)

    desk.connect.at_post = send_too
    report = send(desk, plan)
    assert refused == ["already-sending"] * 3
    assert [one.kind for one in report.outcomes] == [OutcomeKind.CREATED] * 3


def test_attempts_left_by_a_process_that_was_killed_are_called_unknown(desk):
    desk.journal().begin("3", "local", "a", "h", "m", b"<c/>", NOON)
    send(desk, planned(desk, "1"))
    assert kinds(desk, "3") == [UNKNOWN]
    assert "3" in planned(desk).cases


def test_the_limit_of_lost_answers_is_three():
    assert sending.LOST_IN_A_ROW == 3
