"""Contracts unlike ours: imported, bound, and the sample hospital sent to a stage that has them.

The contracts lie in `tests/contracts`, each with `truth.toml`; both were written before the
suggestions were, by somebody who had not seen how they are made.
"""

import json
import os
import subprocess
import tomllib
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from app.assets import RESOURCES
from tests.support import program

CONTRACTS = Path(__file__).parents[1] / "contracts"
WSDLS = {
    "nested": "BehandlingService.wsdl",
    "documented": "Registrering.wsdl",
    "many": "Flera.wsdl",
    "split": "Perioperativ.wsdl",
    "english": "CaseService.wsdl",
}
SENDABLE = 395  # of the sample's 400; the rest are its planted faults
RIGHT = 0.9

every_contract = pytest.mark.parametrize("name", WSDLS)
keystore = pytest.mark.skipif(
    not os.environ.get("SPOR_TEST_KEYSTORE"), reason="SPOR_TEST_KEYSTORE is not set"
)


def truth_of(name: str) -> dict[str, dict[str, Any]]:
    rows = tomllib.loads((CONTRACTS / name / "truth.toml").read_text("utf-8"))["element"]
    return {str(row["path"]): row for row in rows}


def imported(data: Path, name: str, *more: object) -> dict[str, Any]:
    wsdl = CONTRACTS / name / WSDLS[name]
    said = program.run(data, "profile", "import", wsdl, "--name", name, "--json", *more)
    assert said.returncode == 0, said.stderr
    found: dict[str, Any] = json.loads(said.stdout)
    return found


@every_contract
def test_suggestions_are_right_and_what_is_shown_as_sure_is_never_wrong(tmp_path, name):
    truth = truth_of(name)
    elements = imported(tmp_path, name)["elements"]
    assert {one["path"] for one in elements} == set(truth)
    wrong = [one for one in elements if one["variable"] != truth[one["path"]]["variable"]]
    hinted = [one for one in elements if truth[one["path"]]["hint"]]
    assert len([one for one in hinted if one not in wrong]) >= RIGHT * len(hinted), wrong
    assert not [one for one in wrong if one["sure"] and one["variable"]]
    # Nothing is bound unless the contract itself bears the number.
    states = {one["state"] for one in elements}
    assert states <= {"contract", "suggested", "none"}
    assert ("contract" in states) is (name in {"documented", "many"})


@pytest.fixture
def moved(tmp_path, name) -> Path:
    """Return the sample project on the foreign contract, every element bound to what is true."""
    data, truth = tmp_path / "data", truth_of(name)
    bound = [f"{path}={row['variable']}" for path, row in truth.items()]
    imported(data, name, *(part for one in bound for part in ("--bind", one)))
    project = Path(copytree(RESOURCES / "sample", tmp_path / "sample"), "sample.sporproject")
    said = program.run(data, "profile", "move", project, "--to", name, "--json")
    assert said.returncode == 0, said.stdout + said.stderr
    assert json.loads(said.stdout)["tasks"] == []
    return project


@keystore
@pytest.mark.keystore
@every_contract
def test_the_sample_is_built_valid_and_every_sendable_case_is_accepted(tmp_path, name, moved):
    data, out = tmp_path / "data", tmp_path / "out"
    assert program.run(data, "build", moved, "--out", out).returncode == 1  # 5 are held back
    documents = sorted(out.glob("*.xml"))
    assert len(documents) == SENDABLE
    profile = data / "profiles" / name
    schema = profile / tomllib.loads((profile / "profile.toml").read_text("utf-8"))["xsd"]
    xmllint = ["xmllint", "--noout", "--nonet", "--schema", schema]
    judged = subprocess.run([*xmllint, *documents], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr[:500]
    with program.stage(data, "--wsdl", CONTRACTS / name / WSDLS[name]):
        said = program.run(data, "send", moved, "--to", "local", "--yes", "--json")
    found = json.loads(said.stdout)
    assert (found["planned"], found["outcomes"]["created"]) == (SENDABLE, SENDABLE), found
    assert said.returncode == 0
