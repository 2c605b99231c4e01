"""The mapping tried as it is edited: single rows, conditions, formats, one case."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest

from app.core.errors import WorkbenchError
from app.core.mapping import (
    Duplicates,
    GroupLink,
    Keep,
    Link,
    LinkState,
    Project,
    Step,
    ValueMap,
)
from app.engine.export import Export
from app.engine.findings import findings_of
from app.engine.rows import number_cases
from app.engine.schema_check import judge
from app.workflow.analyse import analyse
from app.workflow.desk import Desk
from app.workflow.load import read_tables
from app.workflow.mapping_views import CaseTrial, ConditionCount, LinkTrial, StepValue
from app.workflow.standing import prepared
from app.workflow.trial import count_condition, detect_times, try_case, try_link
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import make_desk

ROWS = (
    ("NR", "AE", "VIKT", "PNR", "ANM", "TYP"),
    ("1", "A", "71,5", "19770101-2382", "22-04-13 08:15", "op"),
    ("2", "A", "tung", "770101-2382", "22-04-14 09:00", "op"),
    ("3", "X", "", "19770101-2382", "2022-04-15 10:30", "avbokad"),
    ("4", "", "80", "", "", "op"),
)
PLANS = (("NR", "TID"), ("2", "2022-04-14 07:00"), ("1", "2022-04-13 07:00"), ("9", "x"))
ACUTE = Link("V320", "op", ("AE",), (Step("value_map", (("name", "ae"),)),))
WEIGHT = Link("vikt", "op", ("VIKT",), (Step("decimal_comma"), Step("number"), Step("trim")))
PERSON = Link("patientId", "op", ("PNR",), (Step("person_id"),))
ASKED = Link("V310", "op", ("ANM",), (Step("trim"), Step("datetime")))
NUMBER = Link("behandlingsnummer", "op", ("NR",))
PLANNED = Link("V410", "plan", ("TID",), (Step("datetime"),))
MAP = ValueMap("ae", (("A", "akut"),))


Loaded = tuple[Desk, Project]


def row_of(loaded: Loaded, variable: str, row: int = 0, typed: tuple[str, ...] = ()) -> LinkTrial:
    return try_link(*loaded, variable, row, typed)


def count_of(loaded: Loaded, step: Step) -> ConditionCount:
    return count_condition(*loaded, "vikt", step)


def case_of(loaded: Loaded, base: str, case: str, place: int = 0) -> CaseTrial:
    return try_case(*loaded, base, case, place)


@pytest.fixture
def loaded(tmp_path):
    sources = (
        source(write_csv(tmp_path / "op.csv", ROWS), "NR"),
        source(write_csv(tmp_path / "plan.csv", PLANS), "NR"),
    )
    links = (ACUTE, WEIGHT, PERSON, ASKED, NUMBER, PLANNED)
    project = project_of(*sources, links=links, value_maps=(MAP,))
    project = replace(project, groups=(GroupLink("planering", "plan"),))
    desk = make_desk(tmp_path / "d")
    read_tables(desk, project, str(tmp_path))
    return desk, project


def test_a_row_is_shown_after_every_step(loaded):
    tried = row_of(loaded, "vikt", 0)
    assert (tried.raw, tried.start) == (("71,5",), "71,5")
    assert tried.after == (StepValue("71.5"), StepValue("71.5"), StepValue("71.5"))
    assert (tried.value, tried.problem) == ("71.5", "")
    assert (tried.row, tried.rows, tried.line, tried.case) == (0, 4, 2, "1")


def test_a_row_is_of_the_case_that_the_register_will_see(loaded):
    desk, project = loaded
    longer = Step("replace_pattern", (("find", "^"), ("with", "x")))
    named = replace(NUMBER, steps=(Step("replace", (("find", "2"), ("with", "4712"))),))
    assert row_of((desk, project.with_link(named)), "V410", 0).case == "4712"
    broken = replace(NUMBER, steps=(longer,))
    assert row_of((desk, project.with_link(broken)), "V410", 0).case == "2"


def test_what_cannot_be_taken_is_told_at_its_step_and_ends_there(loaded):
    tried = row_of(loaded, "vikt", 1)
    assert tried.after == (
        StepValue("tung"),
        StepValue("", "number-unreadable"),
        StepValue(""),
    )
    assert (tried.value, tried.problem) == ("", "number-unreadable")


def test_rows_go_round_in_both_directions(loaded):
    assert row_of(loaded, "vikt", -1).case == "4"
    assert row_of(loaded, "vikt", 4).case == "1"


def test_typed_texts_are_tried_without_a_row(loaded):
    tried = row_of(loaded, "vikt", 0, ("3,25",))
    assert (tried.value, tried.case, tried.line) == ("3.25", "", 0)


def test_typed_texts_are_tried_before_anything_is_loaded(loaded, tmp_path):
    assert try_link(make_desk(tmp_path / "new"), loaded[1], "vikt", 0, ("3,25",)).value == "3.25"


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (Step("datetime"),),
        (Step("extract", (("form", "([0-9]{8}).*"),)), Step("datetime", (("format", "%Y%m%d"),))),
    ],
)
def test_a_time_that_is_read_from_a_personnummer_does_not_show_it(loaded, steps):
    desk, project = loaded
    wrong = project.with_link(replace(ASKED, columns=("PNR",), steps=steps))
    assert "2382" not in repr(try_link(desk, wrong, "V310"))


def test_person_ids_are_masked_in_every_step(loaded):
    tried = row_of(loaded, "patientId", 0)
    assert {*tried.raw, *(one.value for one in tried.after), tried.start} == {"19770101-****"}


def test_a_column_that_the_export_lacks_is_told(loaded):
    desk, project = loaded
    gone = project.with_link(replace(WEIGHT, columns=("BORTA",)))
    assert try_link(desk, gone, "vikt", 0).problem == "step-column-missing"


def test_a_condition_is_counted_before_it_is_put_in(loaded):
    step = Step("only_when", (("column", "TYP"), ("test", "is_not"), ("value", "avbokad")))
    assert count_of(loaded, step) == ConditionCount(3, 4)


def test_a_condition_on_a_column_that_is_not_there_fits_no_row(loaded):
    step = Step("only_when", (("column", "BORTA"),))
    assert count_of(loaded, step) == ConditionCount(0, 4)


def test_formats_of_times_are_told_with_their_share(loaded):
    desk, project = loaded
    (both, share), (first, most), *_ = detect_times(desk, project, "V310")
    assert both == "%y-%m-%d %H:%M[:%S]|%Y-%m-%d %H:%M[:%S]"
    assert (share, first) == (1.0, "%y-%m-%d %H:%M[:%S]")
    assert most == pytest.approx(2 / 3)


def test_a_case_goes_through_the_whole_chain_before_anything_is_approved(loaded, tmp_path):
    desk, project = loaded
    tried = try_case(desk, project, str(tmp_path), "2")
    values = {one.variable: one.value for one in tried.values}
    assert (tried.case, tried.place, tried.total, tried.problem) == ("2", 1, 4, None)
    assert values["V320"] == "akut"
    assert values["V410"] == "2022-04-14T07:00:00+02:00"
    assert {"number-unreadable", "person-id-unreadable"} <= {one.code for one in tried.findings}
    assert {one.case for one in tried.findings} == {"2"}
    assert desk.analysis is None


def test_two_trials_at_once_never_share_a_schema_for_it_tells_of_one_document_only(
    loaded, tmp_path, monkeypatch
):
    both, used = Barrier(2, timeout=30), []

    def judge_together(documents, schema, *rest):
        used.append(schema)
        both.wait()
        return judge(documents, schema, *rest)

    monkeypatch.setattr("app.engine.judges.judge", judge_together)
    with ThreadPoolExecutor(2) as pool:
        tried = list(pool.map(partial(case_of, loaded, str(tmp_path)), ("1", "2")))
    assert [one.case for one in tried] == ["1", "2"]
    assert used[0] is not used[1]


def test_nothing_stays_of_files_that_were_replaced_while_a_case_was_tried(
    loaded, tmp_path, monkeypatch
):
    desk = loaded[0]

    def number_late(*asked):
        desk.export, desk.ground = Export({}), None
        return number_cases(*asked)

    monkeypatch.setattr("app.engine.rows.number_cases", number_late)
    changed = (desk, replace(loaded[1], duplicates=Duplicates(Keep.LAST)))
    assert case_of(changed, str(tmp_path), "2").case == "2"
    assert desk.ground is None


def test_an_edit_shows_in_the_case_at_once(loaded, tmp_path):
    desk, project = loaded
    ten = replace(PERSON, steps=(Step("person_id", (("latest", "2026"),)),))
    tried = try_case(desk, project.with_link(ten), str(tmp_path), "2")
    assert "person-id-unreadable" not in {one.code for one in tried.findings}


def test_without_a_name_the_cases_are_taken_by_their_place(loaded, tmp_path):
    desk, project = loaded
    names = [try_case(desk, project, str(tmp_path), "", at).case for at in (0, 1, -1, 4)]
    assert names == ["1", "2", "4", "1"]


def test_a_link_without_its_columns_does_not_hide_the_rest(loaded, tmp_path):
    desk, project = loaded
    gone = project.with_link(replace(WEIGHT, columns=("BORTA",)))
    tried = try_case(desk, gone, str(tmp_path), "1")
    assert tried.problem is not None
    assert tried.problem.code == "column-missing"
    assert "V320" in {one.variable for one in tried.values}


def test_an_edit_of_the_number_or_of_a_key_numbers_the_cases_anew(loaded, tmp_path):
    desk, project = loaded
    case_of(loaded, str(tmp_path), "2")
    named = replace(NUMBER, steps=(Step("replace", (("find", "2"), ("with", "4712"))),))
    other = project.with_link(named)
    assert case_of((desk, other), str(tmp_path), "4712").place == 1
    keyed = replace(project, sources=(replace(project.sources[0], key="AE"), project.sources[1]))
    assert case_of((desk, keyed), str(tmp_path), "").total == 3


def test_a_case_table_without_its_key_is_told(loaded, tmp_path):
    desk, project = loaded
    keyed = replace(project, sources=(replace(project.sources[0], key="BORTA"),))
    tried = case_of((desk, keyed), str(tmp_path), "2")
    assert tried.problem is not None
    assert tried.problem.code == "column-missing"


def test_a_case_number_of_another_table_is_told_and_the_rest_is_tried(loaded, tmp_path):
    desk, project = loaded
    elsewhere = project.with_link(replace(NUMBER, table="plan"))
    tried = try_case(desk, elsewhere, str(tmp_path), "2")
    assert tried.problem is not None
    assert tried.problem.code == "case-key-elsewhere"
    assert "V410" in {one.variable for one in tried.values}


def test_a_case_that_is_not_there_has_nothing(loaded, tmp_path):
    tried = case_of(loaded, str(tmp_path), "77")
    assert (tried.case, tried.values, tried.total) == ("", (), 4)


def test_a_step_may_look_things_up_in_the_rows_of_other_cases(loaded, tmp_path):
    desk, project = loaded
    look = Step("lookup", (("table", "plan"), ("key", "NR"), ("column", "TID")))
    link = Link("V310", "op", ("NR",), (look, Step("datetime")))
    tried = try_case(desk, project.with_link(link), str(tmp_path), "1")
    assert "2022-04-13T07:00:00+02:00" in {one.value for one in tried.values}


def test_a_step_may_look_things_up_in_the_case_table_itself(loaded, tmp_path):
    desk, project = loaded
    look = Step("lookup", (("table", "op"), ("key", "TYP"), ("column", "AE")))
    tried = try_case(
        desk, project.with_link(Link("operationssal", "op", ("TYP",), (look,))), str(tmp_path), "1"
    )
    assert "lookup-several" in {one.code for one in tried.findings}


def test_a_table_that_is_looked_up_in_still_tells_the_rows_it_lost(tmp_path):
    op = source(write_csv(tmp_path / "op.csv", ROWS), "NR")
    plan = source(write_csv(tmp_path / "plan.csv", (*PLANS, ("1", "b\0"))), "NR")
    look = Step("lookup", (("table", "plan"), ("key", "NR"), ("column", "TID")))
    links = (NUMBER, PLANNED, Link("V310", "op", ("NR",), (look, Step("datetime"))))
    desk, project = make_desk(tmp_path / "d"), project_of(op, plan, links=links)
    assert "left-out-nul" in {
        one.code for one in try_case(desk, project, str(tmp_path), "1").findings
    }


@pytest.mark.parametrize("keep", list(Keep))
def test_a_further_row_of_the_case_counts_also_where_its_key_is_written_otherwise(tmp_path, keep):
    rows = (("NR", "VIKT"), ("a1", "70"), ("A1", "80"), ("b", "90"))
    op = source(write_csv(tmp_path / "op.csv", rows), "NR")
    number = replace(NUMBER, steps=(Step("upper"),), state=LinkState.APPROVED)
    weight = replace(WEIGHT, columns=("VIKT",), state=LinkState.APPROVED)
    project = replace(project_of(op, links=(number, weight)), duplicates=Duplicates(keep))
    desk = make_desk(tmp_path / "d")
    analyse(desk, project, str(tmp_path))
    told = findings_of(prepared(desk), "A1")
    tried = try_case(desk, project, str(tmp_path), "A1")
    assert tried.findings == told
    assert {"duplicate-case", "duplicate-left-out"} & {one.code for one in told}
    weights = {one.value for one in tried.values if one.variable == "vikt"}
    assert weights == {"80" if keep is Keep.LAST else "70"}


def test_nothing_is_tried_before_a_file_is_read(loaded, tmp_path):
    with pytest.raises(WorkbenchError):
        try_link(make_desk(tmp_path / "other"), loaded[1], "vikt", 0)
