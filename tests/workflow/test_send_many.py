"""Several cases per request: each journalled on its own, none taken for accepted by mistake."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.errors import AnswerLost, JournalError, NotSent
from app.core.outcome import OutcomeKind
from app.workflow.local_stage import import_stage_certificate
from app.workflow.send import plan_sending, send
from app.workflow.stage_note import remember
from tests.support.workflow import (
    PROFILE,
    ScriptedRegister,
    approved_project,
    cancel_after,
    make_desk,
    prepare_cases,
    running_stage,
)
from tests.workflow.test_send import NIGHT, kinds

CREATED, REJECTED, UNKNOWN = OutcomeKind.CREATED, OutcomeKind.REJECTED, OutcomeKind.UNKNOWN
FORMAT_ERROR, NOT_SENT = OutcomeKind.FORMAT_ERROR, OutcomeKind.NOT_SENT


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    host = make_desk(tmp_path_factory.mktemp("stage"))
    with running_stage(host) as stage:
        yield stage


@pytest.fixture
def desk(tmp_path, stage, monkeypatch):
    desk = make_desk(tmp_path / "data")
    remember(desk.stage_folder, desk.secrets, dict(stage.line()))
    import_stage_certificate(desk)
    profile = taking_many(desk.profile(PROFILE), 3)
    monkeypatch.setattr(desk, "profile", lambda *_: profile)
    prepare(desk, *"abcdefg")
    desk.connect = ScriptedRegister()
    yield desk
    desk.close()


def taking_many(profile, size):
    parts = tuple(
        replace(one, maximum=None) if one.name == "registrering" else one
        for one in profile.root.children
    )
    settings = {**profile.settings, "batch_size": str(size)}
    return replace(profile, root=replace(profile.root, children=parts), settings=settings)


def request(case, system="S"):
    return f"<r><system>{system}</system><registrering>{case}</registrering></r>"


def prepare(desk, *cases, **tiers):
    prepare_cases(
        desk,
        approved_project(desk) if desk.project is None else desk.project,
        **{f"c{case}": (tiers.get(case), request(case)) for case in cases},
    )


def planned(desk, again=False):
    return plan_sending(desk, desk.project, (), "local", again)


def outcomes(report):
    return {one.case: one.kind for one in report.outcomes}


def numbers(document):
    return [part.partition(b"<")[0].decode() for part in document.split(b"<registrering>")[1:]]


def test_cases_leave_as_many_together_as_the_contract_takes(desk):
    report = send(desk, planned(desk))
    assert [numbers(one) for one in desk.connect.requests] == [["a", "b", "c"], ["d", "e", "f"]]
    assert desk.connect.posted == list("abcdefg")
    assert outcomes(report) == dict.fromkeys("abcdefg", CREATED)
    assert (report.left, report.stopped) == ((), "")
    assert Counter(kinds(desk)) == {CREATED: 7}
    assert desk.journal().accepted_document("b") == request("b").encode()
    assert not planned(desk).is_open  # nothing is left that has not been accepted


def test_all_are_in_the_journal_before_any_leaves(desk):
    seen = []
    desk.connect.at_post = lambda case: seen.append(kinds(desk, case))
    send(desk, planned(desk))
    assert seen == [[None]] * 7


def test_only_cases_with_the_same_head_leave_together(desk):
    heads = dict(zip("abcde", ("S", "S", "T", "T", "S"), strict=True))
    cases = {f"c{case}": (None, request(case, system)) for case, system in heads.items()}
    prepare_cases(desk, desk.project, **cases)
    report = send(desk, planned(desk))
    assert [numbers(one) for one in desk.connect.requests] == [["a", "b"], ["c", "d"]]
    assert len(report.outcomes) == 5


def test_each_case_has_its_own_outcome(desk):
    desk.connect.answers = [[CREATED, REJECTED, UNKNOWN]]
    report = send(desk, planned(desk))
    assert [outcomes(report)[case] for case in "abcd"] == [CREATED, REJECTED, UNKNOWN, CREATED]
    assert planned(desk).cases == ("b", "c")
    assert desk.connect.opened == 1  # an answer came, so the line is sound


def test_an_answer_that_names_too_few_leaves_the_others_unknown(desk, monkeypatch):
    answer = desk.connect.post_many
    monkeypatch.setattr(desk.connect, "post_many", lambda *given: answer(*given)[:1])
    report = send(desk, planned(desk))
    assert [one.case for one in report.outcomes if one.kind is CREATED] == ["a", "d", "g"]
    assert {one.code for one in report.outcomes if one.kind is UNKNOWN} == {"answer-unmatched"}
    assert planned(desk).cases == ("b", "c", "e", "f")


def test_a_lost_answer_makes_all_of_its_cases_unknown(desk):
    desk.connect.answers = [AnswerLost("answer-cut")]
    report = send(desk, planned(desk))
    assert [outcomes(report)[case] for case in "abcd"] == [UNKNOWN, UNKNOWN, UNKNOWN, CREATED]
    assert desk.connect.opened == 2
    assert planned(desk).cases == ("a", "b", "c")


def test_three_lost_requests_in_a_row_stop_the_batch(desk):
    prepare(desk, *"abcdefghijkl")
    desk.connect.answers = [AnswerLost("answer-cut")] * 3
    report = send(desk, planned(desk))
    assert (report.stopped, report.left) == ("lines-lost", ("j", "k", "l"))


@pytest.mark.parametrize("fault", [FORMAT_ERROR, NotSent("register-too-large")])
def test_a_request_refused_whole_is_sent_case_by_case_so_that_the_good_ones_go(desk, fault):
    desk.connect.answers = [fault, CREATED, FORMAT_ERROR, CREATED]
    report = send(desk, planned(desk))
    assert desk.connect.posted[-7:] == list("abcdefg")
    assert [outcomes(report)[case] for case in "abcd"] == [CREATED, FORMAT_ERROR, CREATED, CREATED]
    assert len(report.outcomes) == 7
    first, second = desk.journal().attempts("a")
    assert (first.kind, first.code) == (CREATED, "")
    assert second.code == "batch-refused"
    assert planned(desk).cases == ("b",)


def test_a_batch_may_be_stopped_between_the_cases_that_now_go_alone(desk):
    now = [NIGHT]
    desk.clock = lambda: now[0]
    desk.project = replace(desk.project, settings=(("practise_closed_window", "yes"),))
    prepare(desk, *"abc")
    plan = planned(desk)
    desk.connect.answers = [FORMAT_ERROR]

    def close(case):
        alone = len(desk.connect.posted) > 3
        now[0] += timedelta(seconds=1 if alone else 0)

    desk.connect.at_post = close
    report = send(desk, plan)
    assert (report.stopped, report.left) == ("stopped-window", ("b", "c"))
    assert outcomes(report) == {"a": CREATED}


def test_a_register_that_is_down_stops_the_batch_at_once(desk):
    desk.connect.answers = [NotSent("address-refused")]
    report = send(desk, planned(desk))
    assert (report.stopped, report.left) == ("address-refused", tuple("defg"))
    assert set(outcomes(report).values()) == {NOT_SENT}


def test_cancel_takes_effect_between_requests(desk):
    report = send(desk, planned(desk), cancel_after(3))
    assert (report.stopped, report.left) == ("cancelled", tuple("defg"))
    assert desk.connect.posted == list("abc")


def test_a_case_that_may_not_leave_is_not_in_the_company(desk):
    plan = planned(desk)
    prepare(desk, *"abcdefg", b="blocked")
    report = send(desk, plan)
    assert [numbers(one) for one in desk.connect.requests] == [["a", "c", "d"], ["e", "f", "g"]]
    assert "b" not in outcomes(report)
    assert report.left == ()


def test_a_journal_that_fails_stops_the_batch_before_any_leaves(desk, monkeypatch):
    plan = planned(desk)

    def fail(*_, **__):
        raise JournalError("journal-disk-full")

    monkeypatch.setattr("app.journal.journal._attempted", fail)
    report = send(desk, plan)
    assert (report.stopped, len(report.left)) == ("journal-disk-full", 7)
    assert desk.connect.posted == []
