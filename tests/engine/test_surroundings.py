"""Steps that look at other columns and other tables, through the whole chain."""

from datetime import date

import pytest

from app.core.errors import ExportError
from app.core.mapping import Step
from app.engine.analysis import Analysis, analyse
from app.engine.findings import findings_of
from tests.support.analysed import every_value
from tests.support.engine import compiled_schema, export, link, project, small_profile

CASES = (
    "NR;PNR;SAL;TYP;VIKT",
    "1;19770101-2382;A;op;70",
    "2;770101-2382;B;avbokad;80",
    "3;;C;op;90",
)
ROOMS = ("KOD;NAMN", "A;Sal 1", "B;Sal 2", "B;Sal II")
LOOK = Step("lookup", (("table", "rooms"), ("key", "KOD"), ("column", "NAMN")))
REAL = Step("only_when", (("column", "TYP"), ("value", "op")))
TEN = Step("person_id", (("latest", "today"),))
KEY = link("number", "cases.NR")


def run(*links, rooms=ROOMS, today=date(2026, 11, 22)) -> Analysis:
    tables = export(cases=CASES, rooms=rooms)
    return analyse(tables, project(KEY, *links), small_profile(), compiled_schema(), today=today)


def values(analysis: Analysis, variable: str) -> list[str | None]:
    return every_value(analysis)[""][variable].to_list()


def test_a_condition_reads_a_column_that_no_link_has():
    assert values(run(link("N1", "cases.VIKT", REAL)), "N1") == ["70", None, "90"]


def test_a_constant_can_hold_only_in_some_cases():
    sent = link("K1", "", Step("constant", (("value", "x"),)), REAL)
    assert values(run(sent), "K1") == ["x", None, "x"]


def test_what_stands_in_another_table_is_sent_and_what_does_not_is_a_finding_with_its_row():
    analysis = run(link("unit", "cases.SAL", LOOK))
    assert values(analysis, "unit") == ["Sal 1", None, None]
    told = [
        (one.case, one.code, one.row)
        for case in "123"
        for one in findings_of(analysis, case)
        if one.variable == "unit"
    ]
    assert told == [("2", "lookup-several", 3), ("3", "lookup-absent", 4)]


def test_a_behandlingsnummer_may_be_looked_up_itself():
    numbers = ("KOD;NAMN", "1;4711", "2;4712", "3;4713")
    tables = export(cases=CASES, rooms=numbers)
    made = project(link("number", "cases.NR", LOOK))
    analysis = analyse(tables, made, small_profile(), compiled_schema())
    assert analysis.cases["case"].to_list() == ["4711", "4712", "4713"]


@pytest.mark.parametrize("column", ["KOD", "NAMN"])
def test_a_lookup_without_its_columns_is_told_before_anything_is_made(column):
    rooms = (ROOMS[0].replace(column, "BORTA"), *ROOMS[1:])
    with pytest.raises(ExportError) as caught:
        run(link("unit", "cases.SAL", LOOK), rooms=rooms)
    assert (caught.value.code, caught.value.values["column"]) == ("column-missing", column)


def test_a_century_follows_the_day_that_the_export_is_checked():
    people = [values(run(link("patient", "cases.PNR", TEN), today=day), "patient") for day in (
        date(2026, 11, 22), date(2077, 1, 1)
    )]  # fmt: skip
    assert [one[1] for one in people] == ["197701012382", "207701012382"]
