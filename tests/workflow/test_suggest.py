from dataclasses import replace
from pathlib import Path

import pytest

from app.assets import RESOURCES
from app.core.mapping import GroupLink, Link, LinkState, Step
from app.files.project import read_project
from app.workflow.content import content_of, format_of
from app.workflow.load import read_tables
from app.workflow.projects import new_project
from app.workflow.suggest import suggest_links
from app.workflow.suggest_groups import suggest_groups
from app.workflow.suggest_words import names_in
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.profile import shipped
from tests.support.workflow import make_desk

PERSONS = ("197701012382", "197801012381", "197901012380")


def suggestions(folder: Path, *rows: tuple[str, ...], key: str = "NR", **fields):
    """Suggest links for one case table."""
    path = write_csv(folder / "op.csv", rows)
    desk, project = make_desk(folder / "d"), project_of(source(path, key), **fields)
    read_tables(desk, project, str(folder))
    return {one.link.variable: one for one in suggest_links(desk, project)}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample")
    files = tuple(str(path) for path in sorted((RESOURCES / "sample").glob("*.csv")))
    return new_project(make_desk(folder / "d"), str(folder / "Ny"), files).project


def test_no_suggestion_for_the_sample_hospital_is_wrong(sample):
    truth = read_project(RESOURCES / "sample" / "sample.sporproject")
    wrong = [
        (link.variable, link.columns)
        for link in sample.links
        if (right := truth.link_of(link.variable)) is None or right.columns != link.columns
    ]
    assert wrong == []
    assert len(sample.links) >= 0.7 * len(truth.links)


def test_suggested_steps_do_what_a_person_chose(sample):
    assert sample.link_of("V310").steps == (Step("datetime"),)
    assert sample.link_of("vikt").steps == (Step("trim"), Step("decimal_comma"))
    assert sample.link_of("patientId").steps == (Step("person_id"),)
    assert sample.link_of("V320").steps == (Step("trim"), Step("value_map", (("name", "V320"),)))
    assert sample.value_map_of("V320").entries == (("A", "akut"), ("E", "elektiv"))


def test_tables_become_groups_by_their_names(sample):
    assert sample.groups == (
        GroupLink("peroperativKomplikation", "komplikationer", "SKEDE", "PER", "LOPNR"),
        GroupLink("planering", "planeringar", order_column="PLNR"),
        GroupLink("postoperativKomplikation", "komplikationer", "SKEDE", "POST", "LOPNR"),
    )


def test_table_that_mixes_kinds_of_rows_is_left_to_a_person(tmp_path):
    path = write_csv(tmp_path / "op.csv", (("NR", "A"), ("1", "x")))
    mixed = write_csv(
        tmp_path / "diagnoser.csv", (("NR", "TYP", "ICD"), ("1", "P", "N409"), ("1", "S", "N409"))
    )
    plain = write_csv(tmp_path / "opkoder.csv", (("NR", "KOD"), ("1", "JKA21"), ("1", "JEA01")))
    desk = make_desk(tmp_path / "d")
    project = project_of(*(source(one, "NR") for one in (path, mixed, plain)))
    read_tables(desk, project, str(tmp_path))
    assert suggest_groups(desk, project) == (GroupLink("operationskod", "opkoder"),)


def test_two_tables_for_one_group_are_left_to_a_person(tmp_path):
    tables = ("op.csv", "planering.csv", "planeringar.csv")
    paths = [write_csv(tmp_path / name, (("NR", "A"), ("1", "x"))) for name in tables]
    desk, project = make_desk(tmp_path / "d"), project_of(*(source(one, "NR") for one in paths))
    read_tables(desk, project, str(tmp_path))
    assert suggest_groups(desk, project) == ()


def test_person_ids_are_known_without_a_telling_name(tmp_path):
    rows = [("NR", "F17"), *((str(n), person) for n, person in enumerate(PERSONS))]
    found = suggestions(tmp_path, *rows)["patientId"]
    assert (found.link.columns, found.reason, found.link.score) == (("F17",), "content", 90)
    assert found.link.state is LinkState.SUGGESTED


def test_numbers_that_are_no_person_ids_do_not_pass_for_them(tmp_path):
    found = suggestions(tmp_path, ("NR", "PNR"), ("1", "197701012383"), ("2", "123456789012"))
    assert "patientId" not in found


def test_key_column_is_the_case_key_and_nothing_else(tmp_path):
    found = suggestions(tmp_path, ("SALNR", "X"), ("1", "a"), ("2", "b"), key="SALNR")
    assert found["behandlingsnummer"].link.columns == ("SALNR",)
    assert "operationssal" not in found


def test_date_and_time_of_one_name_go_together(tmp_path):
    rows = (
        ("NR", "ANMTID", "OPDAT", "ANMDAT", "OPSTTID"),
        ("1", "08:15", "2026-01-02", "2026-01-01", "09:30"),
    )
    found = suggestions(tmp_path, *rows)
    assert found["V310"].link.columns == ("ANMDAT", "ANMTID")
    assert found["V565"].link.columns == ("ANMDAT", "OPSTTID")
    assert found["V565"].link.score < found["V310"].link.score


def test_time_without_any_date_is_no_moment(tmp_path):
    assert "V565" not in suggestions(tmp_path, ("NR", "OPSTART"), ("1", "09:30"))


def test_way_of_writing_dates_is_read_from_the_content(tmp_path):
    found = suggestions(
        tmp_path, ("NR", "OPSTART"), ("1", "20260102 09.30"), ("2", "20260103 10.00")
    )
    assert found["V565"].link.steps == (Step("datetime", (("format", "%Y%m%d %H.%M[.%S]"),)),)


def test_column_of_another_kind_is_not_suggested_for_its_name(tmp_path):
    found = suggestions(tmp_path, ("NR", "OPSTART", "VIKT", "TEMPPRE"), ("1", "ja", "tung", ""))
    assert not {"V565", "vikt", "V675"} & set(found)


def test_start_is_never_taken_for_end_nor_planned_for_done(tmp_path):
    rows = (("NR", "Operation klar", "Planerad operation beg"), ("1", *["2026-01-02 09:30"] * 2))
    found = suggestions(tmp_path, *rows)
    assert found["V570"].link.columns == ("Operation klar",)
    assert "V565" not in found


def test_columns_that_cannot_be_told_apart_are_left_out(tmp_path):
    rows = (("NR", "OPSTART", "OP_START"), ("1", "2026-01-02 09:30", "2026-01-02 09:31"))
    assert "V565" not in suggestions(tmp_path, *rows)


def test_codes_of_a_list_are_known_by_content(tmp_path):
    rows = (("NR", "F3"), ("1", "Inom 2 timmar"), ("2", "Omedelbart"), ("3", "inom24h"))
    found = suggestions(tmp_path, *rows)["V325"]
    assert found.reason == "codes"
    assert found.value_map is not None
    assert found.value_map.entries == (
        ("Inom 2 timmar", "inom2h"),
        ("Omedelbart", "omedelbart"),
        ("inom24h", "inom24h"),
    )


def test_codes_that_say_nothing_are_left_for_a_person(tmp_path):
    found = suggestions(tmp_path, ("NR", "AKPRIO"), ("1", "x9"), ("2", "q"))
    value_map = found["V325"].value_map
    assert value_map is not None
    assert (value_map.entries, value_map.unmapped) == ((), "error")


def test_codes_as_the_register_writes_them_need_no_map(tmp_path):
    found = suggestions(tmp_path, ("NR", "AKUTPRIO"), ("1", "inom2h"), ("2", "inom6h"))
    assert found["V325"].value_map is None
    assert found["V325"].link.steps == (Step("trim"),)


@pytest.mark.parametrize(
    ("codes", "kind"),
    [(("1ai", "7a"), "fold_up"), (("1ai", "Brist på personal"), "value_map"), (("7a",), "trim")],
)
def test_a_local_third_level_is_folded_up_where_codes_come_of_it(tmp_path, codes, kind):
    plans = write_csv(
        tmp_path / "planeringar.csv",
        (("NR", "STRYKORSAK"), *((str(at), code) for at, code in enumerate(codes))),
    )
    case = write_csv(tmp_path / "op.csv", (("NR", "A"), ("1", "x")))
    desk = make_desk(tmp_path / "d")
    project = project_of(
        *(source(one, "NR") for one in (case, plans)),
        groups=(GroupLink("planering", "planeringar"),),
    )
    read_tables(desk, project, str(tmp_path))
    found = {one.link.variable: one for one in suggest_links(desk, project)}["V445"]
    assert found.link.steps[-1].kind == kind
    assert (found.value_map is not None) == (kind == "value_map")


def test_what_a_person_linked_is_left_alone(tmp_path):
    kept = Link("V565", "op", ("OPSTART",), state=LinkState.APPROVED)
    rows = (("NR", "OPSTART"), ("1", "2026-01-02 09:30"))
    found = suggestions(tmp_path, *rows, links=(kept,))
    assert not [one for one in found.values() if "OPSTART" in one.link.columns]


def test_nothing_is_suggested_before_tables_are_read(tmp_path):
    desk, project = make_desk(tmp_path / "d"), project_of(source(tmp_path / "op.csv"))
    assert {one.link.variable for one in suggest_links(desk, project)} == {"V105"}
    linked = replace(project, links=(Link("V105"),))
    assert suggest_links(desk, linked) == ()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PLPATSTART", ("planerad", "patient", "start")),
        ("Oper_slut_tid", ("operation", "slut")),
        ("anestesiStart", ("anestesi", "start")),
        ("postop_ut", ("postop", "ut")),
        ("KNIVTID KLAR", ("knivtid", "slut")),
        ("XQZ", ("xqz",)),
    ],
)
def test_short_names_are_read_in_whole_words(name, words):
    assert names_in(shipped()).reader.read(name) == frozenset(words)


@pytest.mark.parametrize(
    ("values", "kind", "form"),
    [
        (("2026-01-02 09:30", "2026-01-02 09:30:15"), "datetime", "%Y-%m-%d %H:%M[:%S]"),
        (("2026-01-02T09:30",), "datetime", "%Y-%m-%dT%H:%M[:%S]"),
        (("20260102",), "date", "%Y%m%d"),
        (("31.12.2026",), "date", "%d.%m.%Y"),
        (("09:30",), "time", "%H:%M[:%S]"),
        (("36,5", "37"), "decimal", ""),
        (("36,5", "37,0"), "decimal", ""),
        (("1", "2"), "number", ""),
        (("SE2321000016-A1B2",), "hsa_id", ""),
        (("JKA21", "NFB49", "LCD00"), "kva", ""),
        (("JKA21",), "code", ""),
        (("N409", "S7200", "K35.8"), "icd", ""),
        (("J", "N"), "code", ""),
        (tuple(f"text {n}" for n in range(50)), "text", ""),
        (("", "  "), "empty", ""),
        (("7701012382", "780101-2381"), "person_id", ""),
    ],
)
def test_content_is_recognised(values, kind, form):
    import polars as pl

    content = content_of(pl.Series(values))
    assert (content.looks_like, format_of(content)) == (kind, form)
