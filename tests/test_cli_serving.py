"""`stage` with another contract: of a profile, of a WSDL somebody imported, or of any WSDL."""

import json
from pathlib import Path

import pytest

from app.assets import SCHEMAS
from app.cli.program import FAILED, OK, USAGE
from app.safexml import parse
from app.stage.server import LocalStage
from tests.support.command_line import CommandLine
from tests.support.foreign import NAME, foreign_folder

SHIPPED = SCHEMAS / "spor-4.1"
CONTRACTS = Path(__file__).parent / "contracts"


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    """The command line, whose stage stops as soon as it serves."""
    monkeypatch.setattr(LocalStage, "serve_until_stopped", _note_what_is_served)
    monkeypatch.setattr("app.cli.serving._stop_when_told", lambda *_: None)
    made = CommandLine(capsys, monkeypatch, tmp_path / "data")
    foreign_folder(made.folder / "profiles")
    return made


served: list[tuple[str, str | None]] = []


def _note_what_is_served(stage):
    profile = stage._profile
    served.append((profile.id, parse(Path(profile.wsdl).read_bytes()).get("targetNamespace")))


def test_the_contract_of_a_profile_is_served(call):
    said = call("stage", "--profile", NAME)
    assert said.code == OK, said.err
    assert served[-1][0] == NAME
    assert "endpoint" in json.loads(said.out)


def test_a_reading_of_a_profile_is_served(call):
    assert call("stage", "--profile", "spor-4.1:R2").code == OK
    assert served[-1][0] == "spor-4.1:R2"


def test_a_wsdl_that_came_with_the_program_is_served_as_it_is(call):
    assert call("stage", "--wsdl", SHIPPED / "RegistrationService.wsdl").code == OK
    assert served[-1][0] == "spor-4.1"


def test_an_unknown_profile_is_one_sentence(call):
    said = call("stage", "--profile", "nobodys")
    assert (said.code, said.out, said.err.count("\n")) == (FAILED, "", 1)
    assert "[profile-unknown]" in said.err


def test_a_wsdl_and_a_profile_at_once_are_refused(call):
    said = call("stage", "--profile", NAME, "--wsdl", "x.wsdl")
    assert said.code == USAGE
    assert "[stage-one-contract]" in said.err


def test_a_wsdl_that_is_not_there_is_one_sentence(call, tmp_path):
    said = call("stage", "--wsdl", tmp_path / "none.wsdl")
    assert (said.code, said.err.count("\n")) == (FAILED, 1)
    assert "[contract-missing]" in said.err


def test_a_wsdl_that_nobody_imported_is_bound_for_this_run(call, tmp_path):
    for path in (*SHIPPED.glob("*.xsd"), SHIPPED / "RegistrationService.wsdl"):
        text = path.read_text("utf-8").replace("registration:4.1", "registration:another")
        (tmp_path / path.name).write_text(text, "utf-8")
    said = call("stage", "--wsdl", tmp_path / "RegistrationService.wsdl")
    assert said.code == OK, said.err
    assert served[-1] == ("contract", "urn:spor-reconstruction:registration:another")
    assert [one.name for one in (call.folder / "profiles").iterdir()] == [NAME]


def test_a_wsdl_that_cannot_be_bound_for_sure_is_refused_with_what_is_missing(call):
    said = call("stage", "--wsdl", CONTRACTS / "english" / "CaseService.wsdl")
    assert (said.code, said.out, said.err.count("\n")) == (FAILED, "", 1)
    assert "[stage-" in said.err
    assert not (call.folder / "stage" / "stage.json").exists()
