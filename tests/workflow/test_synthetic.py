"""The synthetic case by another contract: in its codes, or with what it does not take named."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import ProfileError
from app.core.mapping import Project
from app.workflow.profiles import import_profile, save_binding
from app.workflow.synthetic import make_synthetic
from tests.support.workflow import make_desk

CONTRACTS = Path(__file__).parents[1] / "contracts"
HSA_ID = "SE2321000016-A1B2"


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path)
    yield desk
    desk.close()


def bind(desk, name: str) -> None:
    """Let the project follow one of the contracts, bound as its truth says."""
    wsdl = next((CONTRACTS / name).glob("*.wsdl"))
    table = import_profile(desk, str(wsdl), name).table
    for row in tomllib.loads((CONTRACTS / name / "truth.toml").read_text("utf-8"))["element"]:
        if row["variable"]:
            table = table.bound(tuple(row["path"].split("/")), row["variable"])
    assert save_binding(desk, name, table).demanded == ()
    desk.project = Project("Prov", name)


@pytest.mark.parametrize("name", ["documented", "english", "many", "nested", "split"])
def test_whatever_the_contract_is_called_and_coded_a_case_can_be_made(desk, name):
    bind(desk, name)
    made = make_synthetic(desk, "stage", HSA_ID)
    assert (made.system, HSA_ID.encode() in made.document) == (HSA_ID, True)
    if name == "english":
        assert b"ELECTIVE" in made.document


def test_an_element_that_does_not_take_its_value_is_named(desk):
    bind(desk, "english")
    profile = desk.profile()
    strange = tuple(replace(one, means="") for one in profile.codes)
    desk.remember_profile(replace(profile, codes=strange))
    with pytest.raises(ProfileError, match="synthetic-unfit") as caught:
        make_synthetic(desk, "stage", HSA_ID)
    assert caught.value.values["what"] == "acuteOrElective"
