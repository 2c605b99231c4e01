"""The commands on templates, and beginning a project with one."""

import json
from shutil import copytree

import pytest

from app.assets import RESOURCES
from app.cli.program import FAILED, OK
from tests.support.command_line import CommandLine

FILES = ("operationer", "planeringar", "opkoder", "diagnoser", "komplikationer")


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    return CommandLine(capsys, monkeypatch, tmp_path / "data")


@pytest.fixture
def sample(tmp_path):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    return tmp_path / "sample" / "sample.sporproject"


def test_a_template_goes_round(call, sample, tmp_path):
    assert call("template", "list").out.strip() == "Det finns inga mallar än."
    saved = call("template", "save", sample, "--name", "Exempel")
    assert (saved.code, saved.out.startswith("Exempel: 59 länkar")) == (OK, True)
    listed = json.loads(call("template", "list", "--json").out)
    assert listed["templates"][0]["links"] == 59
    assert call("template", "export", "Exempel", "--out", tmp_path / "t.sportemplate").code == OK
    assert call("template", "import", tmp_path / "t.sportemplate").code == OK
    assert call("template", "remove", "Exempel").code == OK
    assert [line.split(":")[0] for line in call("template", "list").out.splitlines()] == ["t"]


def test_a_project_is_begun_with_a_template_and_told_what_is_left(call, sample, tmp_path):
    call("template", "save", sample, "--name", "Exempel")
    sources = [part for name in FILES for part in ("--source", sample.parent / f"{name}.csv")]
    said = call("new", tmp_path / "ny.sporproject", *sources, "--template", "Exempel")
    assert said.code == OK
    assert "58 länkar från mallen Exempel" in said.out
    assert "[template-own-value]" in said.out
    assert "AVF" not in said.out


def test_a_template_that_is_not_there_makes_no_project(call, sample, tmp_path):
    source = sample.parent / "operationer.csv"
    said = call("new", tmp_path / "ny.sporproject", "--source", source, "--template", "X")
    assert said.code == FAILED
    assert said.err.endswith("[template-missing]\n")
    assert not (tmp_path / "ny.sporproject").exists()
