"""How files seem to be read, and other files in the place of those a table has."""

from dataclasses import replace
from zipfile import ZipFile

import pytest

from app.core.errors import ExportError
from app.core.mapping import Link, LinkState
from app.workflow.files_described import describe_sources, preview_source, replace_files
from app.workflow.load import read_tables, rows_page
from app.workflow.shape import with_files, with_shape
from tests.support.files import source, write_csv, write_xlsx
from tests.support.loaded import project_of
from tests.support.workflow import make_desk

HEADER = ("OPNR", "KNIVSTART", "ORSAK")
JAN = (HEADER, ("1", "2026-01-01 08:00", "A"), ("2", "2026-01-02 08:00", "Å"))
FEB = (HEADER, ("3", "2026-02-01 08:00", "A"))


def described(folder, **files):
    paths = tuple(str(write_csv(folder / f"{name}.csv", rows)) for name, rows in files.items())
    return describe_sources(make_desk(folder / "d"), paths, str(folder))


def test_one_file_per_month_is_one_table(tmp_path):
    names = {"op_2026-02": FEB, "op_2026-01": JAN, "kod": (("OPNR", "KOD"), ("1", "x"))}
    first, codes = described(tmp_path, **names)
    assert (first.name, first.path, first.more) == ("op", "op_2026-01.csv", ("op_2026-02.csv",))
    assert (first.key, codes.name, codes.more) == ("OPNR", "kod", ())


def test_months_may_stand_by_name(tmp_path):
    (found,) = described(tmp_path, operationer_jan=JAN, operationer_februari=FEB)
    assert found.name == "operationer"
    assert (found.path, found.more) == ("operationer_jan.csv", ("operationer_februari.csv",))


@pytest.mark.parametrize(
    "names",
    [
        ("op_9", "op_10"),
        ("op 2026-09", "op 2026-10"),
        ("Operationer april 2026", "Operationer augusti 2026", "Operationer mars 2027"),
        ("op_12_2025", "op_01_2026"),
        ("maj", "oktober"),
    ],
)
def test_later_files_stand_last_so_that_the_last_row_of_a_case_is_the_newest(tmp_path, names):
    turned = dict.fromkeys(reversed(names), JAN)
    (found,) = described(tmp_path, **turned)
    assert (found.path, *found.more) == tuple(f"{name}.csv" for name in names)
    packed = archive(tmp_path / "ex.zip", **turned)
    (zipped,) = describe_sources(make_desk(tmp_path / "d"), (str(packed),), str(tmp_path))
    assert zipped.member == "|".join(f"{name}.csv" for name in names)


def test_files_with_other_columns_or_other_names_stay_apart(tmp_path):
    other = (("OPNR", "KOD"), ("1", "x"))
    assert len(described(tmp_path, op1=JAN, op2=other)) == 2
    assert len(described(tmp_path, preop=JAN, postop=FEB)) == 2


def test_a_file_of_plain_letters_joins_one_in_an_older_encoding(tmp_path):
    write_csv(tmp_path / "op1.csv", FEB)
    write_csv(tmp_path / "op2.csv", JAN, "cp1252")
    paths = (str(tmp_path / "op1.csv"), str(tmp_path / "op2.csv"))
    (found,) = describe_sources(make_desk(tmp_path / "d"), paths, str(tmp_path))
    assert (found.encoding, found.more) == ("cp1252", ("op2.csv",))


def test_files_that_no_one_encoding_reads_stay_apart(tmp_path):
    write_csv(tmp_path / "op1.csv", JAN, "utf-8")
    write_csv(tmp_path / "op2.csv", JAN, "cp1252")
    paths = (str(tmp_path / "op1.csv"), str(tmp_path / "op2.csv"))
    found = describe_sources(make_desk(tmp_path / "d"), paths, str(tmp_path))
    assert [(one.name, one.more) for one in found] == [("op1", ()), ("op2", ())]


def test_the_same_file_added_twice_is_one(tmp_path):
    path = str(write_csv(tmp_path / "op1.csv", JAN))
    (found,) = describe_sources(make_desk(tmp_path / "d"), (path, path), str(tmp_path))
    assert (found.path, found.more) == ("op1.csv", ())


def archive(path, **files):
    with ZipFile(path, "w") as packed:
        for name, rows in files.items():
            packed.writestr(f"{name}.csv", "".join(";".join(row) + "\r\n" for row in rows))
    return path


def test_months_in_an_archive_are_one_table(tmp_path):
    files = {"op_2026-02": FEB, "op_2026-01": JAN, "kod": (("OPNR", "KOD"), ("1", "x"))}
    desk, path = make_desk(tmp_path / "d"), archive(tmp_path / "export.zip", **files)
    first, codes = describe_sources(desk, (str(path),), str(tmp_path))
    assert (first.name, first.member) == ("op", "op_2026-01.csv|op_2026-02.csv")
    assert (codes.name, codes.member) == ("kod", "kod.csv")
    cases, _ = read_tables(desk, project_of(first, codes), str(tmp_path))
    assert (cases.rows, cases.problem, cases.columns[0].distinct) == (3, None, 3)


def test_a_new_month_in_another_encoding_is_read_as_it_is_written(tmp_path):
    rows = (("OPNR", "KLINIK"), ("1", "Ögon Växjö"))
    desk = make_desk(tmp_path / "d")
    known = source(write_csv(tmp_path / "jan.csv", rows, "cp1252"), "OPNR", encoding="cp1252")
    project = project_of(known)
    for encoding, is_unicode in (("utf-8", True), ("utf-8-sig", True), ("cp1252", False)):
        path = str(write_csv(tmp_path / "feb.csv", rows, encoding))
        found = replace_files(desk, project, str(tmp_path), "jan", (path,))
        assert (found.source.encoding != "cp1252") is is_unicode
        read_tables(desk, with_files(project, found), str(tmp_path))
        assert rows_page(desk, "jan", 0, 1).rows == rows[1:]


def test_the_next_archive_gives_all_its_months(tmp_path):
    desk = make_desk(tmp_path / "d")
    first = archive(tmp_path / "q1.zip", **{"op_2026-01": JAN, "op_2026-02": FEB})
    (known,) = describe_sources(desk, (str(first),), str(tmp_path))
    files = {"op_2026-04": JAN, "op_2026-05": FEB, "kod": (("OPNR", "KOD"), ("1", "x"))}
    path = str(archive(tmp_path / "q2.zip", **files))
    found = replace_files(desk, project_of(known), str(tmp_path), known.name, (path,))
    assert (found.source.member, found.rows) == ("op_2026-04.csv|op_2026-05.csv", 3)


def test_the_head_of_a_file_is_shown(tmp_path):
    path = write_csv(tmp_path / "op.csv", JAN)
    head = preview_source(make_desk(tmp_path / "d"), source(path, "OPNR"), str(tmp_path))
    assert head.columns == HEADER
    assert head.rows == JAN[1:]


def monthly(folder):
    """Return a desk and the project of January's file, read and its columns expected."""
    desk = make_desk(folder / "d")
    path = write_csv(folder / "jan.csv", JAN)
    project = project_of(
        source(path, "OPNR"),
        links=(Link("V565", "jan", ("KNIVSTART",), state=LinkState.APPROVED),),
    )
    return desk, with_shape(project, read_tables(desk, project, str(folder)))


def test_a_new_month_with_the_same_columns_changes_nothing_else(tmp_path):
    desk, project = monthly(tmp_path)
    path = write_csv(tmp_path / "feb.csv", FEB)
    found = replace_files(desk, project, str(tmp_path), "jan", (str(path),))
    assert (found.change.added, found.change.missing, found.change.renamed) == ((), (), ())
    assert (found.source.path, found.rows) == ("feb.csv", 1)
    taken = with_files(project, found)
    assert (taken.links, taken.source_of("jan")) == (project.links, found.source)
    (view,) = read_tables(desk, taken, str(tmp_path))
    assert (view.rows, view.change, view.problem) == (1, None, None)


def test_columns_that_were_renamed_are_seen_and_followed(tmp_path):
    desk, project = monthly(tmp_path)
    rows = (("NUMMER", "KNIVSTART_TID", "ORSAK", "NYTT"), ("3", "2026-02-01 08:00", "A", "x"))
    path = write_csv(tmp_path / "feb.csv", rows)
    found = replace_files(desk, project, str(tmp_path), "jan", (str(path),))
    assert [(one.before, one.after) for one in found.change.renamed] == [
        ("KNIVSTART", "KNIVSTART_TID")
    ]
    assert found.change.added == ("NUMMER", "NYTT")
    assert (found.change.missing, found.change.used) == (("OPNR",), ("OPNR", "KNIVSTART"))
    taken = with_files(project, found, found.change.renamed)
    assert taken.links[0].columns == ("KNIVSTART_TID",)
    (view,) = read_tables(desk, taken, str(tmp_path))
    assert view.problem is not None  # the key is for a person to point out
    assert view.problem.code == "key-missing"


def test_a_file_whose_columns_changed_in_its_place_is_told_of(tmp_path):
    desk, project = monthly(tmp_path)
    rows = (("OPNR", "KNIV_START", "ORSAK"), *JAN[1:])
    write_csv(tmp_path / "jan.csv", rows)
    (view,) = read_tables(desk, project, str(tmp_path))
    assert view.change is not None
    assert [(one.before, one.after) for one in view.change.renamed] == [("KNIVSTART", "KNIV_START")]
    assert view.change.used == ("KNIVSTART",)


def test_a_new_months_archive_and_sheet_may_be_called_otherwise(tmp_path):
    desk = make_desk(tmp_path / "d")
    book = write_xlsx(tmp_path / "jan.xlsx", JAN, "Januari")
    (described_,) = describe_sources(desk, (str(book),), str(tmp_path))
    project = project_of(replace(described_, sheet="Januari"))
    project = with_shape(project, read_tables(desk, project, str(tmp_path)))
    later = write_xlsx(tmp_path / "feb.xlsx", FEB, "Februari")
    found = replace_files(desk, project, str(tmp_path), "jan", (str(later),))
    assert (found.source.sheet, found.rows, found.change.missing) == ("Februari", 1, ())


def test_a_project_that_expects_nothing_misses_what_its_links_name(tmp_path):
    desk, project = monthly(tmp_path)
    older = project.with_source(replace(project.sources[0], shape=()))
    (view,) = read_tables(desk, older, str(tmp_path))
    assert view.change is None
    rows = (("OPNR", "KNIV_START", "ORSAK"), *JAN[1:])
    path = str(write_csv(tmp_path / "feb.csv", rows))
    fresh = make_desk(tmp_path / "e")
    change = replace_files(fresh, older, str(tmp_path), "jan", (path,)).change
    assert [(one.before, one.after) for one in change.renamed] == [("KNIVSTART", "KNIV_START")]
    assert (change.added, change.missing) == ((), ())


def test_a_file_that_cannot_be_read_takes_no_place(tmp_path):
    desk, project = monthly(tmp_path)
    with pytest.raises(ExportError) as caught:
        replace_files(desk, project, str(tmp_path), "jan", (str(tmp_path / "no.csv"),))
    assert caught.value.code == "file-missing"
    with pytest.raises(ExportError) as unknown:
        replace_files(desk, project, str(tmp_path), "x", (str(tmp_path / "jan.csv"),))
    assert unknown.value.code == "source-unknown"


def test_another_key_reads_no_file_again(tmp_path, monkeypatch):
    desk, project = monthly(tmp_path)
    monkeypatch.setattr("app.files.export.read_table", None)  # a second reading would fail
    other = replace(project.sources[0], key="ORSAK", key_more=("KNIVSTART",), shape=())
    (view,) = read_tables(desk, project.with_source(other), str(tmp_path))
    assert (view.problem, view.duplicates) == (None, 0)
