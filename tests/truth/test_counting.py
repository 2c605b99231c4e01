"""Every verdict, phase, count and trigger against its truth table: in the core and in columns."""

from collections.abc import Sequence

import pytest

from app.core.counting import counts_in, explain, phase_of, verdict_of
from app.core.finding import Tier
from app.core.register import Count, Verdict
from tests.truth.chains import by_export, keys, profile
from tests.truth.row import Row, Table, wrong
from tests.truth.tables.counts import COUNTS, TRIGGERS
from tests.truth.tables.verdicts import PHASES, VERDICTS

# counts that no table holds: not of one case, or the section gives no rows
WITHOUT_A_TABLE = {"utlost_andring", "i_vantetid", "i_vantetid_oppen"}


def named(table: Table, among: Sequence[Verdict]) -> str:
    """Return the id of what a table names in Swedish."""
    (found,) = [one.id for one in among if one.name.sv == table.target]
    return found


def places(table: Table) -> tuple[Count, int]:
    """Return the count that a table names, and its place in the profile."""
    (found,) = [
        (one, place) for place, one in enumerate(profile().counts) if one.name.sv == table.target
    ]
    return found


def tiers_of(codes: frozenset[str]) -> frozenset[Tier]:
    """Return the tiers of the profile's rules among some findings."""
    rules = profile().rules_by_id
    return frozenset(rules[code].tier for code in codes if code in rules)


def cases(rows: Sequence[Row]):
    return [row.case(key) for key, row in zip(keys(rows), rows, strict=True)]


def by_name(tables: Sequence[Table]):
    return pytest.mark.parametrize("table", tables, ids=lambda table: table.target)


@by_name(VERDICTS)
def test_verdicts_are_as_the_table(table):
    verdict = named(table, profile().verdicts)
    said = [verdict_of(case, profile()) == verdict for case in cases(table.rows)]
    assert wrong(table.rows, said) == ""
    columns = by_export(table.rows).analysis.cases["verdict"]
    assert wrong(table.rows, [one == verdict for one in columns]) == ""


@by_name(PHASES)
def test_phases_are_as_the_table(table):
    phase = named(table, profile().phases)
    said = [phase_of(case, profile()) == phase for case in cases(table.rows)]
    assert wrong(table.rows, said) == ""
    columns = by_export(table.rows).analysis.cases["phase"]
    assert wrong(table.rows, [one == phase for one in columns]) == ""


@by_name((*COUNTS, *TRIGGERS))
def test_counts_are_as_the_table(table):
    count, place = places(table)
    judged = by_export(table.rows)
    tiers = [tiers_of(found) for found in judged.found]
    said = [
        counts_in(count, case, profile(), found)
        for case, found in zip(cases(table.rows), tiers, strict=True)
    ]
    assert wrong(table.rows, said) == ""
    masks = judged.analysis.cases["counts"]
    assert wrong(table.rows, [bool(mask >> place & 1) for mask in masks]) == ""


@by_name((*VERDICTS, *PHASES))
def test_the_explanation_says_the_same(table):
    tables = {one.target for one in VERDICTS}
    for row, case in zip(table.rows, cases(table.rows), strict=True):
        told = explain(case, profile(), frozenset())
        if table.target in tables:
            assert (told.verdict.id == named(table, profile().verdicts)) == row.expected, row.about
        else:
            assert (told.phase == named(table, profile().phases)) == row.expected, row.about


@by_name((*COUNTS, *TRIGGERS))
def test_the_explanation_counts_the_same(table):
    count, _ = places(table)
    judged = by_export(table.rows)
    for row, case, found in zip(table.rows, cases(table.rows), judged.found, strict=True):
        told = explain(case, profile(), tiers_of(found))
        (held,) = [one.holds for one in told.counts if one.id == count.id]
        assert held is row.expected, row.about


def test_everything_that_is_counted_has_a_table():
    counts = {places(table)[0].id for table in (*COUNTS, *TRIGGERS)}
    assert counts | WITHOUT_A_TABLE == {one.id for one in profile().counts}
    verdicts = {named(table, profile().verdicts) for table in VERDICTS}
    assert verdicts == {one.id for one in profile().verdicts}
    assert {named(table, profile().phases) for table in PHASES} == {
        one.id for one in profile().phases
    }


def test_a_case_of_one_table_is_of_no_other_verdict():
    for table in VERDICTS:
        own = named(table, profile().verdicts)
        rows = [row for row in table.rows if row.expected]
        assert {verdict_of(case, profile()) for case in cases(rows)} <= {own}
