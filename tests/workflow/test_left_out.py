"""A row that could not be read is told on the source page and holds its case back."""

from dataclasses import replace

import pytest

from app.core.errors import ExportError
from app.core.finding import Tier
from app.core.mapping import Link, LinkState, Pick, Step
from app.engine.findings import findings_of
from app.files.profile import load_shipped
from app.language.sentences import finding_sentence
from app.language.text import use
from app.workflow.analyse import analyse
from app.workflow.case_detail import case_detail
from app.workflow.case_origin import source_rows
from app.workflow.load import prepared_export, read_tables
from app.workflow.standing import prepared
from app.workflow.views import Problem
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import PROFILE, make_desk

CASES = (("OPNR", "VIKT"), *((str(at), "70") for at in range(1, 30)))
CODES = (("OPNR", "KOD"), *((str(at), "JKA21") for at in range(1, 30)))


def hospital(folder, codes=CODES):
    """Return a desk and a project whose second table gives a value of every case."""
    cases = source(write_csv(folder / "op.csv", CASES), "OPNR")
    table = source(write_csv(folder / "kod.csv", codes), "OPNR")
    link = Link("V565", "kod", ("KOD",), state=LinkState.APPROVED, pick=Pick(nth=1))
    return make_desk(folder / "d"), project_of(cases, table, links=(link,))


def test_a_ragged_row_is_told_of_and_its_case_is_held_back(tmp_path):
    desk, project = hospital(tmp_path, (*CODES[:5], ("5", "JKA21", "för", "mycket"), *CODES[6:]))
    cases, codes = read_tables(desk, project, str(tmp_path))
    assert (cases.troubles, cases.trouble_count) == ((), 0)
    assert (codes.rows, codes.trouble_count, codes.problem) == (28, 1, None)
    (trouble,) = codes.troubles
    assert trouble.code == "left-out-ragged"
    analyse(desk, project, str(tmp_path))
    found = next(one for one in case_detail(desk, "5").findings if one.code == "left-out-ragged")
    assert (found.tier, found.table, found.row) == (Tier.BLOCKS, "kod", 6)
    use("en")
    said, remedy = finding_sentence(found, load_shipped(PROFILE))
    assert said.startswith("Line 6 of kod.csv has 4 cells")
    assert remedy


def test_a_row_lost_of_a_table_that_is_only_looked_up_in_is_told(tmp_path):
    rows = (("KOD", "TEXT"), *((f"J{at}", "ja") for at in range(30)), ("J30", "ja", "x"))
    desk, project = hospital(tmp_path)
    codes = source(write_csv(tmp_path / "text.csv", rows), "KOD")
    look = (("table", "text"), ("key", "KOD"), ("column", "TEXT"), ("otherwise", "omit"))
    link = replace(project.links[0], variable="V325", steps=(Step("lookup", look),))
    project = replace(project, sources=(*project.sources, codes)).with_link(link)
    summary = analyse(desk, project, str(tmp_path))
    assert ("left-out-ragged", Tier.NOTE) in {(one.code, one.tier) for one in summary.causes}


def test_another_key_finds_out_anew_which_case_has_lost_a_row(tmp_path):
    rows = (("LOP", "OPNR"), *((str(at + 100), str(at)) for at in range(1, 30)))
    desk, project = hospital(tmp_path, (*rows[:5], ("105", "5", "x"), *rows[6:]))
    read_tables(desk, project, str(tmp_path))
    assert prepared_export(desk).lost["kod"][0].key == "5"
    other = replace(project.sources[1], key="LOP")
    read_tables(desk, project.with_source(other), str(tmp_path))
    assert prepared_export(desk).lost["kod"][0].key == "105"


def test_rows_of_several_files_are_found_again_in_theirs(tmp_path):
    desk, project = hospital(tmp_path)
    write_csv(tmp_path / "op2.csv", (CASES[0], ("77", "80")))
    cases = replace(project.sources[0], more=("op2.csv",))
    both = project.with_source(cases)
    view, _ = read_tables(desk, both, str(tmp_path))
    assert (view.rows, view.files) == (30, 2)
    analyse(desk, both, str(tmp_path))
    desk.project = both
    detail = case_detail(desk, "77")
    (row,) = detail.source_rows
    assert (row.table, row.row, row.file, dict(row.cells)["VIKT"]) == ("op", 2, "op2.csv", "80")
    assert source_rows(prepared_export(desk), both, 2)[0].file == "op.csv"


def test_a_column_that_one_months_file_lacks_is_told_among_the_findings(tmp_path):
    desk, project = hospital(tmp_path)
    write_csv(tmp_path / "kod2.csv", (("OPNR", "KODEN"), ("1", "JKA21"), ("2", "JKA21")))
    both = project.with_source(replace(project.sources[1], more=("kod2.csv",)))
    causes = analyse(desk, both, str(tmp_path)).causes
    assert [one.tier for one in causes if one.code == "column-empty-in-file"] == [Tier.NOTE]
    (told,) = findings_of(prepared(desk), "")
    assert (told.column, told.file) == ("KOD", "kod2.csv")
    use("en")
    said, remedy = finding_sentence(told, load_shipped(PROFILE))
    assert said.startswith("KOD has no value in any of the 2 rows of kod2.csv")
    assert remedy


def test_a_months_file_that_is_cut_otherwise_is_not_passed_over(tmp_path):
    desk, project = hospital(tmp_path)
    (tmp_path / "op2.csv").write_text("OPNR,VIKT\n77,80\n", "utf-8")
    both = project.with_source(replace(project.sources[0], more=("op2.csv",)))
    view, _ = read_tables(desk, both, str(tmp_path))
    assert view.problem == Problem("key-missing", (("name", "op2.csv"), ("column", "OPNR")))
    with pytest.raises(ExportError, match="key-missing"):
        analyse(desk, both, str(tmp_path))


def test_what_makes_a_files_values_doubtful_is_told_among_the_findings(tmp_path):
    desk, project = hospital(tmp_path)
    (tmp_path / "kod.csv").write_text("OPNR;KOD\n1;Ögon\n", "utf-8")
    other = replace(project.sources[1], encoding="cp1252")
    causes = analyse(desk, project.with_source(other), str(tmp_path)).causes
    assert ("encoding-mixed", Tier.NOTE) in {(one.code, one.tier) for one in causes}
    (told,) = findings_of(prepared(desk), "")
    use("en")
    assert finding_sentence(told, load_shipped(PROFILE))[0].startswith("Line 2 of kod.csv")


def test_a_value_of_a_picked_row_shows_that_row(tmp_path):
    codes = (("OPNR", "KOD", "TID"), ("1", "sen", "10:00"), ("1", "tidig", "08:00"))
    desk, project = hospital(tmp_path, codes)
    first = replace(project.links[0], pick=Pick(order_column="TID", nth=1))
    project = project.with_link(first)
    analyse(desk, project, str(tmp_path))
    desk.project = project
    (value,) = (one for one in case_detail(desk, "1").values if one.variable == "V565")
    assert (value.value, value.raw) == ("tidig", ("tidig",))


def test_a_table_of_more_files_than_can_be_told_apart_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("app.engine.export.MOST_FILES", 1)
    desk, project = hospital(tmp_path)
    write_csv(tmp_path / "op2.csv", CASES)
    both = project.with_source(replace(project.sources[0], more=("op2.csv",)))
    view, _ = read_tables(desk, both, str(tmp_path))
    assert view.problem == Problem("files-many", (("files", "2"), ("most", "1")))
