"""`batch`: few cases that cover everything, from the command line."""

import json
from shutil import copytree

import pytest

from app.assets import RESOURCES
from app.cli.program import SOME_NOT, USAGE
from tests.support.command_line import CommandLine


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    return CommandLine(capsys, monkeypatch, tmp_path / "data")


@pytest.fixture
def sample(tmp_path):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    return tmp_path / "sample" / "sample.sporproject"


def test_the_cases_are_told_and_written_as_a_list(call, sample, tmp_path):
    out = tmp_path / "few.csv"
    said = call("--lang", "en", "batch", sample, "--out", out)
    assert said.code == SOME_NOT  # something is not covered
    assert said.out.startswith("8 cases of 395 that can be sent cover 87 of 94.")
    assert "Verdicts: 8/8" in said.out
    cases = [line.split(";")[0] for line in out.read_text("utf-8-sig").splitlines()[1:]]
    assert all(case in said.out for case in cases)
    assert len(cases) == 8


def test_a_machine_reads_counts_and_no_case(call, sample):
    said = call("batch", sample, "--json", "--most", "3")
    told = json.loads(said.out)
    assert told["cases"] == 3
    assert told["covered"]["variable"][1] == 59
    assert {one["reason"] for one in told["uncovered"]} == {"no-case", "too-many"}
    assert "26000" not in said.out


def test_a_negative_number_of_cases_is_refused(call, sample):
    assert call("batch", sample, "--most", "-1").code == USAGE
