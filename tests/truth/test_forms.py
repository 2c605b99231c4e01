"""What is refused for its form, and what is not: by the checker, the contract and the stage."""

import pytest

from app import safexml
from tests.truth.chains import by_export, schema
from tests.truth.row import row, wrong
from tests.truth.tables.forms import TABLES
from tests.truth.tables.whole import CLEAN

FAULTS = {"schema", "blocks"}  # what a document may not leave with


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.target)
def test_form_is_as_the_table(table):
    analysis = by_export(table.rows).analysis
    said = [tier in FAULTS for tier in analysis.cases["tier"]]
    assert wrong(table.rows, said) == ""
    documents = analysis.documents(range(len(table.rows)))
    valid = [schema().validate(safexml.parse(document)) for document in documents]
    assert wrong(table.rows, [not one for one in valid]) == ""


def test_the_stage_refuses_a_system_it_does_not_know_and_keeps_what_is_korrupt():
    unknown = row("unknown", True, **{**CLEAN, "SystemId": "SE13-137"})  # the guide's own example
    korrupt = row("korrupt", False, **{**CLEAN, "V570": "2026-06-01T07:59:59+02:00"})
    clean = row("clean", False, **CLEAN)
    judged = by_export([unknown, korrupt, clean])
    assert judged.refused == (True, False, False)
    assert [len(reasons) > 0 for reasons in judged.reasons] == [False, True, False]
