from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import Cancelled, ExportError, WorkbenchError
from app.workflow.analyse import analyse
from app.workflow.cases import case_page
from app.workflow.files_described import describe_sources
from app.workflow.load import guess_encodings, read_tables, rows_page
from app.workflow.views import CaseFilter, EncodingGuess, Problem
from tests.support.files import source, write_csv, write_xlsx
from tests.support.loaded import analysed_desk, base_of, project_of, sample_desk
from tests.support.workflow import make_desk

CASES = (
    ("NR", "PNR", "KOD"),
    ("1", "19770101-2382", "A"),
    ("2", "19780101-2381", "A"),
    ("2", "19780101-2381", ""),
    ("3", "", "B"),
)
CODES = (("NR", "KOD"), ("1", "JKA21"), ("1", "JEA01"), ("9", "JAB30"), ("3", "NFB49"))


def hospital(folder: Path):
    cases = source(write_csv(folder / "op.csv", CASES), "NR")
    codes = source(write_csv(folder / "kod.csv", CODES), "NR")
    return project_of(cases, codes)


def test_tables_are_counted_and_joined_by_key(tmp_path):
    cases, codes = read_tables(make_desk(tmp_path / "d"), hospital(tmp_path), str(tmp_path))
    assert (cases.rows, cases.duplicates, cases.orphans, cases.without) == (4, 1, 0, 0)
    assert (codes.rows, codes.duplicates, codes.orphans, codes.without) == (4, 0, 1, 1)


def test_columns_are_profiled_and_person_ids_masked(tmp_path):
    cases, codes = read_tables(make_desk(tmp_path / "d"), hospital(tmp_path), str(tmp_path))
    _, person, code = cases.columns
    assert (person.looks_like, person.filled, person.distinct) == ("person_id", 3, 2)
    assert person.samples == ("19780101-****", "19770101-****")
    assert (code.looks_like, code.samples) == ("code", ("A", "B"))
    assert codes.columns[1].looks_like == "kva"


def test_table_that_cannot_be_read_says_why_and_the_others_are_read(tmp_path):
    project = hospital(tmp_path)
    (tmp_path / "kod.csv").unlink()
    cases, codes = read_tables(make_desk(tmp_path / "d"), project, str(tmp_path))
    assert cases.rows == 4
    assert codes.problem == Problem("file-missing", (("name", "kod.csv"),))


def test_child_table_without_a_case_table_has_no_orphans_to_count(tmp_path):
    project = hospital(tmp_path)
    (tmp_path / "op.csv").unlink()
    _, codes = read_tables(make_desk(tmp_path / "d"), project, str(tmp_path))
    assert (codes.rows, codes.orphans, codes.without) == (4, 0, 0)


def test_unchanged_file_is_not_read_again(tmp_path, monkeypatch):
    desk, project = make_desk(tmp_path / "d"), hospital(tmp_path)
    read_tables(desk, project, str(tmp_path))
    first = desk.export
    monkeypatch.setattr("app.files.export.read_table", None)  # a second reading would fail
    read_tables(desk, project, str(tmp_path))
    assert desk.export is first


def test_changed_file_is_read_again_and_what_was_checked_is_forgotten(tmp_path):
    desk, opened, _ = analysed_desk(tmp_path / "d")
    base = base_of(opened)
    read_tables(desk, opened.project, base)
    assert desk.analysis
    path = Path(base) / "komplikationer.csv"
    path.write_bytes(path.read_bytes().replace(b"A128", b"A129"))
    read_tables(desk, opened.project, base)
    with pytest.raises(WorkbenchError):
        case_page(desk, CaseFilter(), 0, 1)
    assert rows_page(desk, "komplikationer", 0, 1).rows[0][3] == "A129"


def test_other_reading_options_read_the_file_again(tmp_path):
    desk, project = make_desk(tmp_path / "d"), hospital(tmp_path)
    read_tables(desk, project, str(tmp_path))
    crooked = replace(project.sources[1], delimiter=",")
    _, codes = read_tables(desk, project.with_source(crooked), str(tmp_path))
    assert codes.problem is not None
    assert codes.problem.code == "key-missing"


def test_reading_reports_how_far_it_has_come_and_can_be_stopped(tmp_path):
    steps = []

    def stop_at_the_second(done, total, step=""):
        steps.append((done / total, step))
        if done >= total / 2:
            raise Cancelled

    desk, project = make_desk(tmp_path / "d"), hospital(tmp_path)
    with pytest.raises(Cancelled):
        read_tables(desk, project, str(tmp_path), stop_at_the_second)
    assert steps[0] == (0, "reading")
    assert steps == sorted(steps)
    assert steps[-1][0] < 1
    assert desk.export is None


def test_page_of_rows_shows_the_file_as_it_is(tmp_path):
    desk, project = make_desk(tmp_path / "d"), hospital(tmp_path)
    read_tables(desk, project, str(tmp_path))
    page = rows_page(desk, "kod", 1, 2)
    assert page.columns == ("NR", "KOD")
    assert (page.total, page.offset) == (4, 1)
    assert page.rows == (("1", "JEA01"), ("9", "JAB30"))
    assert page.places == ((0, 3), (0, 4))


def test_page_of_nothing_says_so(tmp_path):
    desk, project = make_desk(tmp_path / "d"), hospital(tmp_path)
    with pytest.raises(WorkbenchError) as closed:
        rows_page(desk, "kod", 0, 1)
    assert closed.value.code == "not-analysed"
    read_tables(desk, project, str(tmp_path))
    with pytest.raises(ExportError) as unknown:
        rows_page(desk, "annan", 0, 1)
    assert unknown.value.code == "source-unknown"


def test_encodings_are_shown_with_the_same_line(tmp_path):
    path = write_csv(tmp_path / "op.csv", encoding="cp1252")
    best, *others = guess_encodings(make_desk(tmp_path / "d"), str(path))
    assert best == EncodingGuess("cp1252", "0007;19360609-****;Blåsa och ändtarm;08:15", False)
    assert next(one for one in others if one.encoding == "utf-8").doubtful


def test_key_is_found_by_the_registers_own_names_for_it(tmp_path):
    rows = (("LOP", "Beh_nr", "X"), ("1", "77", "a"), ("2", "77", "b"))
    (tmp_path / "data").mkdir()
    path = write_csv(tmp_path / "data" / "kod.csv", rows)
    [found] = describe_sources(make_desk(tmp_path / "d"), (str(path),), str(tmp_path))
    assert (found.name, found.path, found.key) == ("kod", "data/kod.csv", "Beh_nr")


def test_key_is_guessed_by_content_when_no_name_is_known(tmp_path):
    path = write_xlsx(tmp_path / "kod.xlsx", [["X", "F17"], ["a", "1"], ["a", "2"]])
    [found] = describe_sources(make_desk(tmp_path / "d"), (str(path),), str(tmp_path))
    assert (found.key, found.sheet) == ("F17", "Blad1")


def test_sample_is_read_without_a_second_reading_for_the_check(tmp_path, monkeypatch):
    desk, opened = sample_desk(tmp_path / "d")
    views = read_tables(desk, opened.project, base_of(opened))
    assert not any(view.problem for view in views)
    monkeypatch.setattr("app.files.export.read_table", None)
    assert analyse(desk, opened.project, base_of(opened)).cases == 400


def test_a_file_of_the_same_name_in_another_folder_is_not_what_a_table_was_before(tmp_path):
    desk, table = make_desk(tmp_path / "d"), source(Path("op.csv"), "NR")
    for folder, rows in (("a", (("NR", "X"), ("1", "q"))), ("b", (("NR", "Y"), ("1", "q")))):
        (tmp_path / folder).mkdir()
        write_csv(tmp_path / folder / "op.csv", rows)
        read_tables(desk, project_of(table), str(tmp_path / folder))
    assert desk.tables[table].former == {}
    write_csv(tmp_path / "b" / "op.csv", (("NR", "Z"), ("1", "qq")))
    read_tables(desk, project_of(table), str(tmp_path / "b"))
    assert set(desk.tables[table].former) == {"NR", "Y"}
