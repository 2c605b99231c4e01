"""A test batch covers what sendable cases can cover, with few of them, and says what is left."""

from dataclasses import replace

import polars as pl
import pytest

from app.core.errors import Cancelled, ExportError, WorkbenchError
from app.workflow.analyse import analyse
from app.workflow.batches import pick_batch, write_batch
from app.workflow.exclusions import exclude_cases
from app.workflow.fellista import read_fellista
from app.workflow.standing import prepared
from tests.support.analysed import every_value
from tests.support.loaded import analysed_desk, base_of
from tests.support.workflow import PROJECT, make_desk, prepare_cases


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def desk(hospital):
    return hospital[0]


@pytest.fixture(scope="module")
def batch(desk):
    return pick_batch(desk)


def covered(batch):
    return {(one.kind, one.name, one.value) for case in batch.cases for one in case.adds}


def test_every_verdict_variable_and_value_map_entry_that_occurs_is_covered(desk, batch):
    rows = prepared(desk).cases
    chosen = rows.filter(rows["case"].is_in([one.case for one in batch.cases]))
    assert set(chosen["verdict"]) == set(rows["verdict"])
    assert set(chosen["phase"]) == set(rows["phase"])
    for values in every_value(prepared(desk)).values():
        among = values.filter(values["case"].is_in(chosen["case"].implode()))
        for name in values.columns:
            assert among[name].is_not_null().any() == values[name].is_not_null().any(), name
    shares = dict(batch.shares)
    assert shares["variable"].is_whole
    assert shares["entry"].is_whole
    assert shares["verdict"].is_whole


def test_it_takes_few_cases_and_each_adds_something(batch):
    verdicts = dict(batch.shares)["verdict"].total
    assert verdicts <= len(batch.cases) <= verdicts + 2  # a case has one verdict
    assert all(one.adds for one in batch.cases)
    assert len(covered(batch)) == sum(share.done for _kind, share in batch.shares)


def test_what_is_not_covered_is_told_with_the_reason(desk, batch):
    gaps = {(one.goal.kind, one.goal.name): one for one in batch.uncovered}
    assert gaps["phase", "fas_operation"].reason == "no-case"
    total = sum(share.total for _kind, share in batch.shares)
    assert len(covered(batch)) + len(batch.uncovered) == total


def test_only_cases_that_can_be_sent_are_picked_and_clean_ones_before_others(desk, batch):
    rows = prepared(desk).cases
    stopped = rows.filter(rows["tier"].is_in(["blocks", "schema", "avvisad"]) | rows["blocked"])
    assert stopped.height == batch.held_back > 0
    assert not {one.case for one in batch.cases} & set(stopped["case"])
    doubtful = [one for one in batch.cases if one.tier is not None]
    clean = rows.filter(rows["tier"].is_null())
    for one in doubtful:
        assert one.verdict not in set(clean["verdict"])


def test_what_only_a_held_back_case_has_is_told_with_the_case(hospital, tmp_path):
    _desk, opened, _summary = hospital
    desk = make_desk(tmp_path)
    rows = prepared(_desk).cases
    held = rows.filter(rows["tier"] == "blocks")["case"].to_list()
    analyse(desk, opened.project, base_of(opened))
    analysis = prepared(desk)
    is_held = pl.col("case").is_in(held)
    other = pl.col("verdict").replace("ut_fran_postop", "genomford")
    verdict = pl.when(is_held).then(pl.lit("ut_fran_postop")).otherwise(other)
    only = rows.with_columns(verdict.alias("verdict"))
    desk.analysis = replace(analysis, cases=only)
    gaps = {one.goal.name: one for one in pick_batch(desk).uncovered}
    assert gaps["ut_fran_postop"].reason == "held-back"
    assert gaps["ut_fran_postop"].cases == len(held)
    assert gaps["ut_fran_postop"].example in held


def test_a_value_map_entry_that_no_row_has_is_told(hospital, tmp_path):
    _desk, opened, _summary = hospital
    maps = opened.project.value_map_of("ja_nej")
    more = replace(maps, entries=(*maps.entries, ("?", "Nej")))
    desk = make_desk(tmp_path)
    analyse(desk, opened.project.with_value_map(more), base_of(opened))
    gaps = [one for one in pick_batch(desk).uncovered if one.goal.kind == "entry"]
    assert [(one.goal.name, one.goal.value, one.reason) for one in gaps] == [
        ("ja_nej", "?", "no-case")
    ]


def test_a_case_that_a_person_left_out_is_not_picked(hospital, tmp_path):
    _desk, opened, _summary = hospital
    desk = make_desk(tmp_path)
    analyse(desk, opened.project, base_of(opened))
    first = pick_batch(desk).cases[0].case
    exclude_cases(desk, (first,), "Provpatient")
    after = pick_batch(desk)
    assert first not in {one.case for one in after.cases}
    assert dict(after.shares)["variable"].is_whole


def test_a_batch_of_few_cases_takes_those_that_cover_most(desk, batch):
    few = pick_batch(desk, 3)
    assert len(few.cases) == 3
    assert {one.reason for one in few.uncovered} == {"no-case", "too-many"}
    assert pick_batch(desk, 50) == batch


def test_the_same_export_gives_the_same_batch(desk, batch):
    assert pick_batch(desk) == batch


def test_the_list_is_read_by_send_and_holds_no_personnummer(desk, batch, tmp_path):
    cases = tuple(one.case for one in batch.cases)
    path = tmp_path / "batch.csv"
    assert write_batch(desk, cases, str(path)) == len(cases)
    read = read_fellista(desk, str(path))
    assert tuple(one.entry.case for one in read.cases) == cases
    persons = every_value(prepared(desk))[""]["patientId"].drop_nulls()
    assert not any(person in path.read_text("utf-8") for person in persons)


@pytest.mark.parametrize("place", ["", "file/batch.csv"])
def test_a_list_that_cannot_be_written_is_told(desk, tmp_path, place):
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="folder-unwritable"):
        write_batch(desk, ("2600001",), str(tmp_path / place))


def test_a_number_that_a_spreadsheet_would_run_is_written_as_text_and_read_again(tmp_path):
    desk = make_desk(tmp_path / "data")
    prepare_cases(desk, PROJECT, **{"=1+1": (None, "<a/>"), "-x": (None, "<b/>")})
    path = tmp_path / "batch.csv"
    assert write_batch(desk, ("=1+1", "-x"), str(path)) == 2
    cells = [line.partition(";")[0] for line in path.read_text("utf-8-sig").splitlines()]
    assert cells[1:] == ["'=1+1", "'-x"]
    assert [one.entry.case for one in read_fellista(desk, str(path)).cases] == ["=1+1", "-x"]


def test_picking_can_be_cancelled(desk):
    def stop(_done, _total, _step=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        pick_batch(desk, 0, stop)


def test_nothing_is_picked_before_the_export_is_checked(tmp_path):
    with pytest.raises(WorkbenchError):
        pick_batch(make_desk(tmp_path))
