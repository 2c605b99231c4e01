"""A code is judged by its year, with months of grace, and by its pattern when no year is known."""

from datetime import date

import pytest

from app.core.case import CaseValues
from app.core.codes import Standing, has_form, is_valid, plain_code, standing
from app.core.condition import code_registers, holds, names, parse
from app.core.condition_types import check
from app.core.errors import ProfileError
from app.core.register import Code, CodeRegister, Confidence, Fact, Text
from tests.support.engine import small_profile
from tests.support.profile import case_of, shipped

FACT = Fact("test", Confidence.ASSUMED)
REGISTER = CodeRegister("kva", Text("KVÅ", "KVÅ"), "[A-Z]{3}[0-9]{2}", 3, FACT)
YEARS = {2025: frozenset({"aaa00", "bbb00"}), 2026: frozenset({"aaa00", "ccc00"})}


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("AAA00", date(2026, 8, 1), Standing.CURRENT),
        ("aaa00", date(2026, 8, 1), Standing.CURRENT),
        ("AA.A00", date(2026, 8, 1), Standing.CURRENT),
        ("BBB00", date(2025, 12, 31), Standing.CURRENT),
        ("BBB00", date(2026, 3, 31), Standing.GRACE),
        ("BBB00", date(2026, 4, 1), Standing.ABSENT),
        ("CCC00", date(2025, 12, 31), Standing.ABSENT),
        ("CCC00", date(2025, 1, 1), Standing.UNKNOWN),  # the former year may have had it
        ("BBB00", date(2024, 6, 1), Standing.UNKNOWN),
        ("BBB00", None, Standing.UNKNOWN),
        ("BB000", None, Standing.ABSENT),
        ("BB000", date(2024, 6, 1), Standing.ABSENT),
        ("BB000", date(2025, 2, 1), Standing.ABSENT),
    ],
)
def test_the_year_of_the_day_decides(code, day, expected):
    assert standing(code, REGISTER, YEARS, day) is expected


def test_dots_and_letter_case_make_no_difference():
    assert plain_code("I84.1A") == plain_code("i841a") == plain_code("I841A*")
    assert has_form("aaa00", REGISTER)
    assert not has_form("aaa00 ", REGISTER)


def test_a_code_of_a_list_is_valid_between_its_days():
    dated = Code("list", "1", Text("", ""), FACT, valid_from="2020-01-01", valid_to="2020-12-31")
    said = [is_valid(dated, date(2020, *day)) for day in ((1, 1), (12, 31))]
    assert said == [True, True]
    assert not is_valid(dated, date(2019, 12, 31))
    assert not is_valid(dated, date(2021, 1, 1))
    assert is_valid(Code("list", "1", Text("", ""), FACT), date(1900, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in_register(K1, national, '2026-05-01')", False),
        ("in_register(K1, national, '2026-02-01')", True),
        ("in_grace(K1, national, '2026-02-01')", True),
        ("in_grace(K1, national, '2025-05-01')", False),
        ("not in_register(K1, national, '2024-05-01')", False),  # no codes of that year: unknown
        ("not in_register(K1, national, D1)", False),  # no day: unknown
        ("valid_code(K1, dated, '2026-03-29')", True),
        ("not valid_code(K1, dated, '2026-03-30')", True),
    ],
)
def test_the_rule_language_asks_lists_and_registers(text, expected):
    check(parse(text), small_profile())
    assert holds(parse(text), case_of(K1="7a"), small_profile()) is expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("in_register(K1, abroad, D1)", "condition-unknown-name"),
        ("valid_code(K1, national, D1)", "condition-unknown-name"),
        ("in_register(K1, national, K1)", "condition-kinds"),
        ("in_register(P2, national, D1)", "condition-outside-group"),
        ("in_register(K1, national, P1)", "condition-outside-group"),
        ("in_register(K1, national)", "condition-unreadable"),
        ("in_register(K1, national, 'today')", "condition-unreadable"),
    ],
)
def test_what_is_asked_must_exist(text, code):
    with pytest.raises(ProfileError) as caught:
        check(parse(text), small_profile())
    assert caught.value.code == code


def test_a_register_is_none_of_the_names():
    condition = parse("any(plan, not in_register(P2, national, T1))")
    assert names(condition) == {"plan", "P2", "T1"}
    assert code_registers(condition) == {"national"}


@pytest.mark.parametrize(
    ("start", "is_found"),
    [("2016-04-30T23:00:00+02:00", False), ("2016-05-01T00:00:00+02:00", True), ("", True)],
)
def test_a_code_that_left_its_list_breaks_the_rule_from_the_day_after(start, is_found):
    case = CaseValues("1", {"V565": start}, {"peroperativKomplikation": ({"peropKod": "A122"},)})
    rule = shipped().rules_by_id["korrupt-21-ogiltig-komplikationskod"]
    assert holds(parse(rule.condition), case, shipped()) is is_found
