"""Every rule against its truth table: in the core, in the engine's columns, at the local stage."""

from datetime import date

import pytest

from app.core.finding import Tier
from tests.truth.chains import by_core, by_export, is_told_by_stage, profile
from tests.truth.row import Row, Table, wrong
from tests.truth.tables import codes, notes, plannings, spans, times, whole

TODAY = date(2026, 11, 22)
TABLES = (*times.TABLES, *spans.TABLES, *codes.TABLES, *plannings.TABLES, *notes.TABLES)
# rules of sending as such, which no case's values break: 3c.7 says how a case counts and is held by
# the verdicts' tables, 3c.12 what an export should not leave out
NOT_OF_ONE_CASE = {
    "sandning-avbojd-patient",
    "sandning-hela-arendet",
    "sandning-inga-tomma-taggar",
    "sandning-stangd-tid",
    "sandning-datum-med-tidszon",
    "sandning-allt-som-registreras",
    "sandning-struken-utan-ny-planering",
    "sandning-akuta-strykningar",
}


def rule_of(table: Table) -> str:
    """Return the id of the rule that a table names by its message or its id."""
    found = [one.id for one in profile().rules if table.target in {one.id, one.message.sv}]
    assert len(found) == 1, table.target
    return found[0]


def rows_of(table: Table, chain: str) -> list[Row]:
    return [row for row in table.rows if chain in row.chains]


def in_force(rule: str) -> bool:
    """Whether a rule is one of today's; those removed are kept to be shown only."""
    return profile().rules_by_id[rule].is_in_force(TODAY)


TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.target)


@TABLE
def test_the_core_judges_as_the_table(table):
    rule, rows = rule_of(table), rows_of(table, "core")
    said = by_core(rows, rule) if in_force(rule) else [False] * len(rows)
    assert wrong(rows, said) == ""


@TABLE
def test_the_columns_and_the_stage_judge_as_the_table(table):
    rule, rows = rule_of(table), rows_of(table, "engine")
    judged = by_export(rows)
    assert wrong(rows, [rule in found for found in judged.found]) == ""
    if is_told_by_stage(rule):
        message = profile().rules_by_id[rule].message.sv
        assert wrong(rows, [message in reasons for reasons in judged.reasons]) == ""


def test_every_rule_has_a_table():
    with_table = {rule_of(table) for table in TABLES}
    assert with_table | NOT_OF_ONE_CASE == {rule.id for rule in profile().rules}


def test_a_whole_case_breaks_what_was_planted_and_nothing_else():
    rows = [one.row for one in whole.CASES]
    judged = by_export(rows)
    told = {
        rule.id: rule.message.sv
        for rule in profile().rules
        if rule.tier in {Tier.CORRUPT, Tier.INCONSISTENT}
    }
    corrupt = {one.message.sv for one in profile().rules if one.tier is Tier.CORRUPT}
    for planted, found, reasons in zip(whole.CASES, judged.found, judged.reasons, strict=True):
        about = planted.row.about
        assert {told[code] for code in found if code in told} == planted.messages, about
        assert reasons == planted.messages & corrupt, about
