"""Forced connection faults: each ends on the right rung of the ladder, with the right cause.

What is climbed is the whole ladder, as the window and the command line climb it.
"""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from sslcontext import ClientCertificateSelector, SSLContextError

from app.language.sentences import known_codes, sentence_of
from app.workflow.certificate_views import LadderRung, RungState
from tests.support import (  # noqa: F401 - they fill the table
    faults_before,
    faults_behind,
    faults_of_servers,
)
from tests.support.connection_faults import BOTH, CLIENT, FAULTS, READ, SERVER
from tests.support.ladder_bench import (
    QUICK,
    Bench,
    broken,
    contract_answers,
    good_setup,
)
from tests.support.outside import answer_of
from tests.support.pki import (
    Flaw,
    leaf,
    siths_false,
    siths_test,
)
from tests.support.real_servers import RealSetup, apache, java, nginx


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Wait shorter than a person would."""
    monkeypatch.setattr("app.transport.probe.LIMITS", QUICK)
    monkeypatch.setattr("app.transport.probe.SETTLE", QUICK.settle)
    monkeypatch.setattr("app.transport.probe.PATIENCE", QUICK.total)


EVERY = [
    pytest.param(
        one,
        version,
        id=f"{one.name}, {version.name}",
        marks=pytest.mark.case(f"F{number:02}", f"{one.name}; {version.name}"),
    )
    for number, one in enumerate(FAULTS, start=1)
    for version in one.versions
]


@pytest.mark.parametrize(("forced", "version"), EVERY)
def test_a_forced_fault_ends_on_its_rung_with_its_cause(forced, version, tmp_path):
    bench = Bench(tmp_path)
    with ExitStack() as held:
        held.enter_context(forced.forced(bench, version))
        view = bench.climb(forced.case)
    rung = broken(view)
    assert rung is not None
    assert (rung.code, rung.problem) == (forced.rung, forced.problem)
    assert_told(rung)
    assert view.kind == ("production" if "production" in forced.name else "teststage")


def assert_told(rung: LadderRung) -> None:
    """See that a person is told cause and remedy: a sentence with all its values."""
    assert rung.problem in known_codes()
    sentence = sentence_of(rung.problem, rung.values)
    assert sentence.count(".") >= 1
    assert "–" not in sentence
    assert "{" not in sentence
    assert "197701012382" not in rung.raw


def test_there_are_25_faults_and_real_servers_are_among_them():
    assert len(FAULTS) >= 25
    assert len(EVERY) >= len(FAULTS) + 12
    assert len({(one.rung, one.problem) for one in FAULTS}) >= 25
    assert all(any(server in one.name for one in FAULTS) for server in ("nginx", "apache", "java"))


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("run", [nginx, apache, java])
def test_real_servers_take_a_good_certificate_all_the_way_to_their_contract(run, version, tmp_path):
    bench = Bench(tmp_path)
    bench.install()
    with run(RealSetup(version)) as server:
        bench.put(server.address)
        view = bench.climb()
    states = {rung.code: rung.state for rung in view.rungs}
    assert states[CLIENT] is RungState.OK
    assert states[SERVER] is RungState.OK


@pytest.mark.parametrize("version", BOTH)
def test_where_openssl_cannot_be_looked_into_faults_end_on_the_same_rungs(
    version, tmp_path, monkeypatch
):
    def unseen(_watcher: object, _context: object) -> None:
        raise SSLContextError

    monkeypatch.setattr(ClientCertificateSelector, "install", unseen)
    unknown = (Flaw.SAME_NAME, siths_false(), "tls-client-unknown-authority")
    for flaw, tree, problem in ((Flaw.NONE, siths_test(), ""), unknown):
        folder = tmp_path / flaw.value
        folder.mkdir()
        bench = Bench(folder)
        bench.install(leaf(flaw), tree.chain)
        with bench.serving(good_setup(version=version), *contract_answers()):
            view = bench.climb()
        rung = broken(view)
        assert (rung.code, rung.problem) == (CLIENT, problem) if rung else not problem
        if rung is None:
            asked = next(one for one in view.rungs if one.code == "rung-certificate-asked")
            assert (asked.state, asked.problem) == (RungState.NOTE, "asked-unseen")


def test_a_clock_that_is_off_is_told_and_stops_nothing(tmp_path):
    bench = Bench(tmp_path)
    bench.install()
    ahead = format_datetime(datetime.now(UTC) + timedelta(minutes=7), usegmt=True)
    first, *others = contract_answers()
    first = answer_of(
        "200 OK", first.partition(b"\r\n\r\n")[2], extra=f"Date: {ahead}\r\n".encode()
    )
    with bench.serving(None, first, *others):
        view = bench.climb()
    assert broken(view) is None
    rung = next(one for one in view.rungs if one.code == READ)
    assert (rung.state, rung.problem) == (RungState.NOTE, "ladder-clock")
    assert dict(rung.values)["minutes"] == "7"
