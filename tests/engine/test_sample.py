"""The sample hospital through the shipped profile: the engine says what the core says."""

import operator
from functools import cache, reduce

from app.assets import RESOURCES
from app.core.case import CaseValues, Values
from app.core.condition import holds, parse
from app.core.conversion import convert
from app.core.counting import explain
from app.engine.analysis import Analysis, analyse
from app.engine.export import Export
from app.engine.findings import findings_of
from app.files.export import read_table
from app.files.profile import compile_schema, load_shipped
from app.files.project import read_project
from tests.support.analysed import every_value

SAMPLE = RESOURCES / "sample"


@cache
def profile():
    return load_shipped("spor-4.1")


@cache
def project():
    return read_project(SAMPLE / "sample.sporproject")


@cache
def sample() -> Export:
    return Export({one.name: read_table(one, SAMPLE).table for one in project().sources})


@cache
def analysis() -> Analysis:
    return analyse(sample(), project(), profile(), compile_schema(profile()))


def present(row: dict[str, str]) -> Values:
    return {name: value for name, value in row.items() if value and name not in {"case", "row"}}


@cache
def cases() -> dict[str, CaseValues]:
    """Return every case of the analysis as the core sees it."""
    groups: dict[str, dict[str, list[Values]]] = {}
    for group, frame in every_value(analysis()).items():
        for row in frame.iter_rows(named=True):
            groups.setdefault(row["case"], {}).setdefault(group, []).append(present(row))
    return {
        case: CaseValues(case, found.pop("")[0], {one: tuple(rows) for one, rows in found.items()})
        for case, found in groups.items()
    }


def test_every_rule_is_broken_by_the_same_cases_as_in_the_core():
    rules = [(rule.id, parse(rule.condition)) for rule in profile().rules if rule.condition]
    ids = {name for name, _ in rules}
    for key, case in cases().items():
        expected = {name for name, condition in rules if holds(condition, case, profile())}
        assert {one.code for one in findings_of(analysis(), key)} & ids == expected, key


def test_every_case_is_counted_as_in_the_core():
    for row in analysis().cases.gather_every(4).iter_rows(named=True):
        tiers = frozenset(one.tier for one in findings_of(analysis(), row["case"]))
        counted = explain(cases()[row["case"]], profile(), tiers)
        assert (row["verdict"], row["phase"]) == (counted.verdict.id, counted.phase), row["case"]
        held = [bool(one.holds) for one in counted.counts]
        assert [bool(row["counts"] >> at & 1) for at in range(len(held))] == held, row["case"]


def test_the_sample_has_cases_in_every_count_that_one_case_can_tell():
    mask = reduce(operator.or_, analysis().cases["counts"].to_list())
    told = [one.id for at, one in enumerate(profile().counts) if not mask >> at & 1]
    assert told == [one.id for one in profile().counts if not one.condition]
    assert set(analysis().cases["phase"]) == {"fas_anmalan", "fas_planering", "fas_postop"}


def test_every_value_of_a_case_is_converted_as_in_the_core():
    table = sample().tables[project().case_table]
    values = every_value(analysis())[""]
    for link in project().used_links:
        if link.table == project().case_table:
            rows = table.select(link.columns).rows()
            expected = [convert(link.steps, row, project()).value for row in rows]
            assert [value or "" for value in values[link.variable]] == expected


def test_the_sample_has_cases_of_every_kind_and_few_faults():
    counts = dict(analysis().cases["verdict"].value_counts().rows())
    assert set(counts) == {one.id for one in profile().verdicts}
    assert 0 < analysis().cases["tier"].is_in(["blocks", "schema"]).sum() < 20
    assert analysis().cases["blocked"].sum() == 1


def test_no_finding_shows_a_personnummer():
    numbers = set(sample().tables[project().case_table]["PNR"])
    for values in analysis().findings["values"]:
        assert not any(number in values for number in numbers)


def test_every_finding_that_holds_a_case_back_says_where():
    for case in cases():
        for found in findings_of(analysis(), case):
            if found.tier.stops_sending:
                assert found.table, found
                assert found.column, found
                assert found.row > 1, found


def test_the_same_export_gives_the_same_bytes():
    second = analyse(sample(), project(), profile(), compile_schema(profile()))
    assert second.cases.equals(analysis().cases)
    assert second.findings.equals(analysis().findings)
