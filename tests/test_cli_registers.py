"""`register` on the command line: import, list and remove, with exit codes."""

import json

import pytest

from app.cli.program import FAILED, OK, USAGE
from tests.support.command_line import CommandLine
from tests.support.registers import write_icd_tsv, write_kva_text, write_kva_workbook


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    return CommandLine(capsys, monkeypatch, tmp_path / "data")


def test_the_files_of_a_year_add_up_and_are_listed(call, tmp_path):
    workbook = write_kva_workbook(tmp_path / "kva-2026.xlsx")
    text = write_kva_text(tmp_path / "kka-2026.txt")
    said = call("register", "import", workbook, text, "--kind", "kva", "--json")
    assert said.code == OK
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert [(line["year"], line["codes"], line["added"]) for line in lines] == [
        (2026, 6, 6),
        (2026, 6, 0),
    ]
    listed = json.loads(call("register", "list", "--json").out)["registers"]
    assert {one["register"]: one["years"] for one in listed} == {"kva": {"2026": 6}, "icd": {}}


def test_the_list_says_what_is_not_imported(call):
    said = call("--lang", "en", "register", "list")
    assert said.code == OK
    assert "only the pattern of its codes is checked" in said.out


def test_a_year_is_removed_once(call, tmp_path):
    call(
        "register", "import", write_kva_text(tmp_path / "k.txt"), "--kind", "kva", "--year", "2026"
    )
    assert call("register", "remove", "--kind", "kva", "--year", "2026").code == OK
    said = call("register", "remove", "--kind", "kva", "--year", "2026")
    assert said.code == FAILED
    assert "[register-not-imported]" in said.err


@pytest.mark.parametrize(
    ("options", "code", "exit_code"),
    [
        (("--kind", "icd"), "register-year-missing", FAILED),
        (("--kind", "kva", "--year", "2026"), "register-no-codes", FAILED),
        (("--kind", "atc", "--year", "2026"), "register-unknown", FAILED),
        (("--year", "2026"), "usage", USAGE),
    ],
)
def test_what_cannot_be_imported_is_one_sentence_and_a_code(
    call, tmp_path, options, code, exit_code
):
    said = call("register", "import", write_icd_tsv(tmp_path / "icd.tsv"), *options)
    assert (said.code, said.out) == (exit_code, "")
    assert said.err.endswith(f"[{code}]\n")
    assert said.err.count("\n") == 1
