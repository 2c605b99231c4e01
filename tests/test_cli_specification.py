"""`specification`: the mapping in words from the command line."""

from shutil import copytree

import pytest

from app.assets import RESOURCES
from app.cli.program import FAILED, OK
from tests.support.command_line import CommandLine


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    return CommandLine(capsys, monkeypatch, tmp_path / "data")


@pytest.mark.parametrize("suffix", ["html", "xlsx"])
def test_it_is_written_by_its_suffix(call, tmp_path, suffix):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    out = tmp_path / "ut" / f"spec.{suffix}"
    said = call("specification", tmp_path / "sample" / "sample.sporproject", "--out", out)
    assert (said.code, said.out) == (OK, f"Specifikationen är skriven: {out}\n")
    assert out.stat().st_size > 5000
    if suffix == "html":
        assert "<dt>Ärenden som går igenom</dt><dd>395 av 400</dd>" in out.read_text("utf-8")


def test_another_suffix_is_refused(call, tmp_path):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    project = tmp_path / "sample" / "sample.sporproject"
    said = call("specification", project, "--out", tmp_path / "spec.pdf")
    assert said.code == FAILED
    assert said.err.endswith("[specification-kind]\n")
