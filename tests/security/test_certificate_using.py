"""C14 on every way out: a certificate that belongs elsewhere never gets as far as a connection.

Ladder, synthetic case, batch, contract and command line; chosen by a damaged choice, or given for
one run. Looking up a name counts as a connection: nothing at all may leave.
"""

import json
import socket
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from io import StringIO

import pytest

from app.cli.program import GATE
from app.core.errors import GateClosed
from app.core.pairing import PRODUCTION
from app.workflow import certify
from app.workflow.certificate_views import LadderView, RungState
from app.workflow.desk import Desk
from app.workflow.ladder import try_connection, try_synthetic_case
from app.workflow.profiles import import_profile
from app.workflow.run_certificate import certificate_for_this_run
from app.workflow.send import plan_sending, send
from tests.support import pki
from tests.support.command_line import CommandLine
from tests.support.kept_certificates import PASSWORD, real_package, trial_package
from tests.support.workflow import ScriptedRegister, approved_project, make_desk, prepare_cases

WRONG = {
    "test-to-production": (trial_package, "production", "pairing-test-to-real"),
    "test-to-stage": (trial_package, "stage", "pairing-test-to-real"),
    "real-to-teststage": (real_package, "teststage", "pairing-real-to-test"),
}
NOON = pki.NOW.replace(hour=11)  # the register is open


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data", lambda: NOON)
    ca = tmp_path / "ca.pem"
    ca.write_bytes(pki.siths_real().pem)
    desk.authorities.update({one.id: ca for one in desk.profile().entrances})
    yield desk
    desk.close()


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    """Fail whatever asks for a name or a connection."""

    def refuse(*asked: object, **_more: object) -> None:
        pytest.fail(f"something left: {asked}")

    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(params=WRONG)
def wrong(request):
    return WRONG[request.param]


@pytest.fixture(params=["chosen", "for-this-run"])
def equipped(request, desk, tmp_path, wrong):
    """Give the desk the certificate of somewhere else; return the entrance and the reason."""
    make, entrance, code = wrong
    path = make(tmp_path)
    given: AbstractContextManager[None] = nullcontext()
    if request.param == "chosen":
        force(desk, path, entrance)
    else:
        given = certificate_for_this_run(desk, path, PASSWORD)
    with given:
        yield entrance, code


def force(desk: Desk, path: str, entrance: str) -> None:
    """Choose a certificate where it does not belong, which no deed does."""
    view = certify.import_certificate(desk, path, PASSWORD).certificates[0]
    choices = desk.identity_folder / "chosen.json"
    choices.write_text(json.dumps({entrance: view.id}))


@pytest.mark.case("C14", "the ladder")
@pytest.mark.parametrize("climb", [try_connection, try_synthetic_case])
def test_c14_the_ladder_ends_on_its_first_rung(
    desk, equipped, climb: Callable[[Desk, str], LadderView]
):
    entrance, code = equipped
    view = climb(desk, entrance)
    first, *others = view.rungs
    assert (first.code, first.state, first.problem) == ("rung-certificate", "broken", code)
    assert {one.state for one in others} == {RungState.UNREACHED}
    assert desk.journal().count() == 0


@pytest.mark.case("C14", "sending a batch")
def test_c14_no_batch_leaves(desk, equipped):
    entrance, code = equipped
    plan = planned(desk, entrance)
    closed = {gate.code: dict(gate.values) for gate in plan.gates if not gate.is_open}
    assert closed["certificate-fits-entrance"]["problem"] == code
    with pytest.raises(GateClosed):
        send(desk, plan)
    assert desk.journal().count() == 0


@pytest.mark.case("C14", "sending a batch whose plan was changed")
def test_c14_a_plan_with_its_gates_forced_open_does_not_help(desk, equipped):
    entrance, code = equipped
    plan = planned(desk, entrance)
    gates = tuple(replace(gate, is_open=True) for gate in plan.gates)
    with pytest.raises(GateClosed, match=code):
        send(desk, replace(plan, gates=gates))
    assert desk.journal().count() == 0
    assert desk.connect.opened == 0


@pytest.mark.case("C14", "fetching a contract")
def test_c14_no_contract_is_fetched(desk, equipped):
    entrance, code = equipped
    with pytest.raises(GateClosed, match=code):
        import_profile(desk, entrance, "fetched")


@pytest.mark.case("C14", "the command line")
def test_c14_the_command_line_stops_it_too(desk, wrong, tmp_path, capsys, monkeypatch):
    make, entrance, code = wrong
    monkeypatch.setenv("SPOR_WORKBENCH_P12_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", StringIO())
    call = CommandLine(capsys, monkeypatch, tmp_path / "cli")
    package = ("--certificate", make(tmp_path))
    said = call("certificate", "try", "--to", entrance, *package, "--json")
    assert said.code == GATE
    assert json.loads(said.out)["rungs"][0]["problem"] == code
    said = call("profile", "import", entrance, "--name", "fetched", *package)
    assert f"[{code}]" in said.err


@pytest.mark.case("C14", "a profile that calls production a test stage")
def test_c14_the_host_decides_whatever_the_profile_says(desk, tmp_path):
    certify.import_certificate(desk, trial_package(tmp_path), PASSWORD)
    called = rename(desk)
    plan = planned(desk, called)
    assert plan.entrance.kind == PRODUCTION
    assert plan.certificate is None  # the test stage's own is not the one of production
    view = try_connection(desk, called)
    assert view.kind == PRODUCTION
    assert view.rungs[0].state is RungState.BROKEN


def rename(desk: Desk) -> str:
    """Let the profile call the host of production a test stage."""
    profile = desk.profile()
    real = next(one for one in profile.entrances if one.kind == PRODUCTION)
    called = replace(real, id="harmless", kind="teststage", test_certificate=True)
    others = tuple(one for one in profile.entrances if one.kind != PRODUCTION)
    desk.remember_profile(replace(profile, entrances=(*others, called)))
    desk.authorities["harmless"] = desk.authorities["production"]
    return "harmless"


def planned(desk: Desk, entrance: str):
    """Plan a batch in which nothing else is in the way."""
    project = approved_project(desk)
    prepare_cases(desk, project, c1=(None, "<a/>"))
    desk.connect = ScriptedRegister()
    return plan_sending(desk, project, (), entrance)
