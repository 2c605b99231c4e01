"""T20, T21, T25: whole batches over real TLS to a server that answers badly, and by the clock."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core.errors import GateClosed
from app.core.outcome import OutcomeKind
from app.workflow.desk import Desk
from app.workflow.local_stage import import_stage_certificate
from app.workflow.send import plan_sending, send
from app.workflow.stage_note import remember
from app.workflow.views import SendPlan
from tests.support.outside import TEST_PERSON, Server, Setup, fault, result
from tests.support.outside_line import CLIENT_CA, SERVER
from tests.support.tls_line import VERSIONS
from tests.support.workflow import approved_project, make_desk, prepare_cases, running_stage

CREATED, UNKNOWN, FORMAT = OutcomeKind.CREATED, OutcomeKind.UNKNOWN, OutcomeKind.FORMAT_ERROR
STOCKHOLM = ZoneInfo("Europe/Stockholm")
NEXT_YEAR = datetime.now(STOCKHOLM).year + 1  # the local stage's certificate is valid then
WINTER, SUMMER = f"{NEXT_YEAR}-01-15", f"{NEXT_YEAR}-07-15"  # +01:00 and +02:00


def answer(case: str) -> bytes:
    return result("OK", f"Skapade: {case}")


def both(number: str, against: str):
    """Run a test in both versions, marked for the table of cases."""
    return pytest.mark.parametrize(
        "version",
        [
            pytest.param(
                one,
                marks=pytest.mark.case(number, f"the whole sending, {against}, {name}"),
                id=name,
            )
            for name, one in VERSIONS.items()
        ],
    )


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with running_stage(make_desk(tmp_path_factory.mktemp("stage"))) as running:
        yield running


@pytest.fixture
def desk(tmp_path, stage) -> Iterator[Desk]:
    made = make_desk(tmp_path / "data")
    remember(made.stage_folder, made.secrets, dict(stage.line()))
    import_stage_certificate(made)
    project = replace(approved_project(made), settings=(("practise_closed_window", "yes"),))
    prepare_cases(made, project, c1=(None, "<a/>"), c2=(None, "<b/>"), c3=(None, "<c/>"))
    yield made
    made.close()


@pytest.fixture
def sent_to(outside, desk) -> Callable[..., object]:
    """Let the desk's batches leave for a server of the test, whatever entrance they mean."""

    @contextmanager
    def serving(version=VERSIONS["TLS 1.3"]) -> Iterator[Server]:
        with outside.serve(Setup(SERVER, CLIENT_CA, version)) as server:
            desk.connect = lambda *_: outside.register(server.address)
            yield server

    return serving


def planned(desk: Desk) -> SendPlan:
    assert desk.project is not None
    return plan_sending(desk, desk.project, (), "local")


def kinds(desk: Desk, case: str) -> list[OutcomeKind | None]:
    return [one.kind for one in sorted(desk.journal().attempts(case), key=lambda one: one.number)]


CUTS = {
    "short Content-Length": answer("1")[:-20],
    "cut chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nabc",
    "closed before a reply": b"",
}


@pytest.mark.parametrize("cut", CUTS)
@both("T20", "answers that are cut")
def test_t20_a_case_whose_answer_was_cut_is_sent_again_and_both_are_journalled(
    desk, sent_to, version, cut
):
    with sent_to(version) as server:
        server.answers = [
            lambda secure: secure.sendall(CUTS[cut]),
            *map(answer, ("2", "3", "1")),
        ]
        report = send(desk, planned(desk))
        assert [one.kind for one in report.outcomes] == [UNKNOWN, CREATED, CREATED]
        assert report.stopped == ""
        again = planned(desk)
        assert again.cases == ("1",)
        assert send(desk, again).count(CREATED) == 1
    assert kinds(desk, "1") == [UNKNOWN, CREATED]
    assert kinds(desk, "2") == [CREATED]
    first, last = server.requests[0], server.requests[-1]
    assert first.partition(b"\r\n\r\n")[2] == last.partition(b"\r\n\r\n")[2]


PERSON_FAULT = (
    f"Unmarshalling Error: cvc-pattern-valid: Value '{TEST_PERSON}' is not facet-valid with "
    "respect to pattern '[0-9]{12}' for type 'patientId'. cvc-type.3.1.3: The value "
    f"'{TEST_PERSON}' of element 'ns:patientId' is not valid."
)


@both("T21", "HTTP 500 with a schema fault")
def test_t21_a_schema_fault_names_its_field_masks_its_value_and_the_batch_goes_on(
    desk, sent_to, caplog, version
):
    caplog.set_level(logging.DEBUG)
    with sent_to(version) as server:
        bare = PERSON_FAULT.partition(": ")[2]  # as it comes without the words before it
        server.answers = [fault(PERSON_FAULT), answer("2"), fault(bare)]
        report = send(desk, planned(desk))
        assert server.connections == 1
    assert [one.kind for one in report.outcomes] == [FORMAT, CREATED, FORMAT]
    (attempt,) = desk.journal().attempts("1")
    assert attempt.kind is FORMAT
    assert "of element 'ns:patientId' is not valid" in attempt.text
    for told in (attempt.text, report.outcomes[0].text, repr(report), caplog.text):
        assert TEST_PERSON not in told
        assert TEST_PERSON[-4:] not in told
    assert planned(desk).cases == ("1", "3")  # what the register did not take may be sent again


# The register's closed hour


def at(day: str, wall: str) -> datetime:
    return datetime.fromisoformat(f"{day}T{wall}").replace(tzinfo=STOCKHOLM)


def hours(*walls: str):
    params = [
        pytest.param(day, wall, marks=pytest.mark.case("T25", f"the whole sending, {name} {wall}"))
        for name, day in (("winter", WINTER), ("summer", SUMMER))
        for wall in walls
    ]
    return pytest.mark.parametrize(("day", "wall"), params)


@hours("05:15:00", "05:30:00", "05:59:59")
def test_t25_nothing_leaves_in_the_closed_hour(desk, sent_to, day, wall):
    desk.clock = lambda: at(day, wall)
    with sent_to() as server:
        plan = planned(desk)
        assert [gate.code for gate in plan.gates if not gate.is_open] == ["window-open"]
        with pytest.raises(GateClosed, match="window-open"):
            send(desk, plan)
        open_before = replace(plan, gates=tuple(replace(one, is_open=True) for one in plan.gates))
        assert send(desk, open_before).stopped == "stopped-window"
        assert (server.connections, server.requests) == (0, [])
    assert desk.journal().attempts("1") == ()


@hours("05:14:59", "06:00:00")
def test_t25_everything_leaves_right_before_and_after_it(desk, sent_to, day, wall):
    desk.clock = lambda: at(day, wall)
    with sent_to() as server:
        server.answers = [answer(case) for case in "123"]
        assert send(desk, planned(desk)).count(CREATED) == 3


@hours("05:14:59")
def test_t25_a_batch_that_reaches_the_hour_stops_between_cases(desk, sent_to, day, wall):
    now = [at(day, wall)]
    desk.clock = lambda: now[0]

    def late(secure) -> None:
        now[0] += timedelta(seconds=1)
        secure.sendall(answer("1"))

    with sent_to() as server:
        server.answers = [late]
        report = send(desk, planned(desk))
        assert (report.stopped, report.left) == ("stopped-window", ("2", "3"))
        assert len(server.requests) == 1
        now[0] = at(day, "06:00:00")
        server.answers = [answer("2"), answer("3")]
        assert send(desk, planned(desk)).count(CREATED) == 2
