"""What each conversion step does to one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversion import (
    KINDS,
    Converted,
    Surroundings,
    columns_in,
    columns_read,
    convert,
    lookups_in,
)
from app.core.mapping import Link, Project, Step, ValueMap

ASA = ValueMap("asa", (("1", "I"), ("x", "")))
PROJECT = Project(
    "Test",
    "p",
    value_maps=(
        ASA,
        ValueMap("kept", (("1", "I"),), "keep"),
        ValueMap("left out", (("1", "I"),), "omit"),
    ),
)


def step(kind: str, **options: str) -> Step:
    return Step(kind, tuple((name.rstrip("_"), value) for name, value in options.items()))


def result(one: Step, *raw: str) -> str:
    """Return the value, or the problem's code in angle brackets."""
    done = convert((one,), raw, PROJECT)
    return f"<{done.problem}>" if done.problem else done.value


@pytest.mark.parametrize(
    ("one", "raw", "expected"),
    [
        (step("trim"), " a b\u00a0", "a b"),
        (step("upper"), "åäö 11c", "ÅÄÖ 11C"),
        (step("replace", find="-", with_=""), "2022-04-13", "20220413"),
        (step("replace", find="", with_="x"), "2022", "2022"),
        (step("missing_when", values="9|99"), " 99", ""),
        (step("missing_when", values="9|99"), "999", "999"),
        (step("decimal_comma"), " 36,8", "36.8"),
        (step("number"), "007", "007"),
        (step("number"), "+1.50", "1.50"),
        (step("number"), "36,8", "<number-unreadable>"),
        (step("number"), "1e3", "<number-unreadable>"),
        (step("number", decimals="1"), "36.65", "36.7"),
        (step("number", decimals="1"), "-36.65", "-36.7"),
        (step("number", decimals="1"), "-0.04", "0.0"),
        (step("number", decimals="0"), "9.5", "10"),
        (step("number", decimals="2"), "3", "3.00"),
        (step("number", decimals="9"), "3", "<format-unreadable>"),
        (step("date"), "2022-04-13", "2022-04-13"),
        (step("date"), "1870-04-13", "1870-04-13"),
        (step("date"), "2022-02-29", "<date-unreadable>"),
        (step("date"), "22-02-28", "<date-unreadable>"),
        (step("date", format="%d/%m/%Y"), "13/04/2022", "2022-04-13"),
        (step("date", format="%d/%m/%y"), "13/04/22", "<pivot-missing>"),
        (step("date", format="%m/%y"), "04/22", "<format-unreadable>"),
        (step("datetime", format="%y%m%d %H%M", pivot="9"), "220413 0800", "<pivot-missing>"),
        (step("date", format="%Y-%m"), "2022-04", "<format-unreadable>"),
        (step("datetime"), "2022-04-13 13:54", "2022-04-13T13:54:00+02:00"),
        (step("datetime"), "2022-12-13 13:54:07", "2022-12-13T13:54:07+01:00"),
        (step("datetime"), "2022-12-13 24:00", "<time-unreadable>"),
        (step("datetime"), "2022-12-13", "<time-unreadable>"),
        (step("datetime"), "2026-03-29 02:30", "<time-missing-hour>"),
        (step("datetime"), "2026-10-25 02:30", "<time-ambiguous>"),
        (step("datetime", ambiguous="first"), "2026-10-25 02:30", "2026-10-25T02:30:00+02:00"),
        (step("datetime", ambiguous="second"), "2026-10-25 02:30", "2026-10-25T02:30:00+01:00"),
        (step("datetime", format="%Y%m%d%H%M"), "202204131354", "2022-04-13T13:54:00+02:00"),
        (step("datetime", format="%Y-%m-%d"), "2022-04-13", "<format-unreadable>"),
        (step("datetime", time_missing="omit"), "2022-04-13", ""),
        (step("datetime", time_missing="omit"), "2022-04-13 13:54", "2022-04-13T13:54:00+02:00"),
        (step("datetime", time_missing="omit"), "2022-02-30", "<time-unreadable>"),
        (step("datetime", time_missing="omit"), "13:54", "<time-unreadable>"),
        (step("datetime", time_missing="omit"), "2022-04-13 25:00", "<time-unreadable>"),
        (step("datetime", time_missing="error"), "2022-04-13", "<time-unreadable>"),
        (step("datetime", time_missing="omit", format="%Y%m%d%H%M"), "20220413", ""),
        (step("datetime", time_missing="omit", format="%d/%m/%Y kl %H.%M"), "13/04/2022", ""),
        (step("datetime", time_missing="omit", format="%H:%M[:%S] %d/%m %Y"), "13/04 2022", ""),
        (step("datetime", time_missing="omit", format="%Y-%m-%dT%H:%M"), "2022-04-13", ""),
        (step("datetime", time_missing="omit", format="%d"), "13", "<format-unreadable>"),
        (step("value_map", name="asa"), "1 ", "I"),
        (step("value_map", name="asa"), "x", ""),
        (step("value_map", name="asa"), "2", "<value-unmapped>"),
        (step("value_map", name="nowhere"), "2", "<value-unmapped>"),
        (step("value_map", name="kept"), "2", "2"),
        (step("value_map", name="left out"), "2", ""),
        (step("person_id"), "19770101-2382", "197701012382"),
        (step("person_id"), "770101-2382", "<person-id-unreadable>"),
        (step("person_id"), "1977010123A2", "<person-id-unreadable>"),
        (step("fold_up", form="((?:1[01]|[1-9])[A-Za-z]).*"), "1ai", "1a"),
        (step("fold_up", form="((?:1[01]|[1-9])[A-Za-z]).*"), " 11C Platsbrist", "11C"),
        (step("fold_up", form="((?:1[01]|[1-9])[A-Za-z]).*"), "12", "12"),
        (step("fold_up", form="[0-9]"), "12", "<format-unreadable>"),
        (step("fold_up", form="(a"), "12", "<format-unreadable>"),
        (step("fold_up"), "12", "<format-unreadable>"),
        (step("lower"), "ÅÄÖ 11C", "åäö 11c"),
        (step("replace_pattern", find="[0-9]+", with_="#"), "a12b3", "a#b#"),
        (step("replace_pattern", find="([a-z])([0-9])", with_="$2$1"), " a1b2", "1a2b"),
        (step("replace_pattern", find="x*", with_="#"), "axb", "<option-unreadable>"),
        (step("replace_pattern", find="(a)", with_="$2"), "a", "<option-unreadable>"),
        (step("extract", form="sal ([0-9]+)"), "Op sal 12 (akut)", "12"),
        (step("extract", form="sal ([0-9]+)"), "Op", "<text-unmatched>"),
        (step("extract", form="sal ([0-9]+)", otherwise="omit"), "Op", ""),
        (step("extract", form="sal ([0-9]+)", otherwise="keep"), "Op", "Op"),
        (step("extract", form="sal"), "sal", "<option-unreadable>"),
        (step("split"), " Anna  Berg ", "Anna"),
        (step("split", at="/", nth="2"), "A / B / C", "B"),
        (step("split", at="/", nth="-1"), "A / B / C", "C"),
        (step("split", at="/", nth="4"), "A / B / C", ""),
        (step("split", nth="0"), "A", "<option-unreadable>"),
        (step("number", times="100"), "1.75", "175"),
        (step("number", times="2,54", decimals="1"), "10", "25.4"),
        (step("number", times="0.001", decimals="2"), "-1", "0.00"),
        (step("number", times="x"), "1", "<format-unreadable>"),
        (step("yes_no", yes_sends="true", no_sends="false"), " Ja ", "true"),
        (step("yes_no", yes_sends="true", no_sends="false"), "0", "false"),
        (step("yes_no", yes="japp", yes_sends="J"), "japp", "J"),
        (step("yes_no", yes_sends="J"), "nej", ""),
        (step("yes_no"), "kanske", "<word-unknown>"),
        (step("yes_no"), "ja", "<option-unreadable>"),
        (step("yes_no", otherwise="keep"), "nej", "<option-unreadable>"),
        (step("yes_no", otherwise="omit"), "kanske", ""),
        (step("date", format="%y%m%d", pivot="30"), "301231", "2030-12-31"),
        (step("date", format="%y%m%d", pivot="30"), "311231", "1931-12-31"),
        (step("date", format="%Y-%m-%d|%d/%m %Y"), "13/4 2022", "<date-unreadable>"),
        (step("date", format="%Y-%m-%d|%d/%m %Y"), "13/04 2022", "2022-04-13"),
        (step("date", format="excel"), "44664", "2022-04-13"),
        (step("date", format="excel"), "60", "<date-unreadable>"),
        (step("date", format="excel"), "44664.5", "<date-unreadable>"),
        (step("datetime", format="excel"), "44664.57916666667", "2022-04-13T13:54:00+02:00"),
        (step("datetime", format="excel"), "44664,999999999", "2022-04-14T00:00:00+02:00"),
        (step("datetime", format="excel"), "44664 0.579166", "2022-04-13T13:54:00+02:00"),
        (step("datetime", format="excel"), "44664 0", "2022-04-13T00:00:00+02:00"),
        (step("datetime", format="excel"), "44664 5", "<time-unreadable>"),
        (step("datetime", format="excel"), "44664", "<time-unreadable>"),
        (step("datetime", format="excel", time_missing="omit"), "44664", ""),
        (step("datetime", time_missing="midnight"), "2022-04-13", "2022-04-13T00:00:00+02:00"),
        (step("datetime", ambiguous="omit"), "2026-10-25 02:30", ""),
        (step("datetime", missing_hour="omit"), "2026-03-29 02:30", ""),
        (
            step("datetime", missing_hour="forward"),
            "2026-03-29 02:30",
            "2026-03-29T03:30:00+02:00",
        ),
        (step("person_id", latest="2026"), "770101-2382", "197701012382"),
        (step("person_id", latest="2026"), "2601012382", "202601012382"),
        (step("person_id", latest="2026"), "270101-2382", "192701012382"),
        (step("person_id", latest="2026"), "270101+2382", "182701012382"),
        (step("person_id", latest="2026"), "19770101-2382", "197701012382"),
        (step("person_id", latest="snart"), "770101-2382", "<option-unreadable>"),
        (step("hsa_id"), " se2321000016-1 a3k ", "SE2321000016-1A3K"),
        (step("hsa_id"), "2321000016", "<hsa-id-unreadable>"),
        (step("icd"), " i84.1+ ", "I841"),
        (step("icd", dot="with", mark="keep"), "I841+", "I84.1+"),
        (step("icd", dot="with"), "I84", "I84"),
        (step("icd"), "hemorrojder", "<icd-unreadable>"),
        (step("kva"), "jke 00", "JKE00"),
        (step("kva"), "AF-012", "AF012"),
        (step("kva", otherwise="keep"), "saknas", "saknas"),
        (step("join"), "a", "a"),
        (step("constant", value="SPOR"), "", "SPOR"),
        (step("trim"), "a\u0001", "<character-illegal>"),
        (step("hocus"), "a", "<step-unknown>"),
    ],
)
def test_a_step_changes_a_value_or_says_why_not(one, raw, expected):
    assert result(one, raw) == expected


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "constant"])
@pytest.mark.parametrize("raw", ["", "  ", "\t\u00a0"])
def test_an_empty_cell_is_a_missing_value_and_no_problem(kind, raw):
    assert convert((step(kind),), (raw,), PROJECT) == Converted()


def test_a_date_and_a_time_column_make_one_point_of_time():
    assert result(step("datetime"), "2022-04-13 ", "13:54") == "2022-04-13T13:54:00+02:00"


@pytest.mark.parametrize("raw", [("2022-04-13", ""), ("", "13:54")])
def test_a_date_without_a_time_or_a_time_without_a_date_is_a_problem(raw):
    assert result(step("datetime"), *raw) == "<time-unreadable>"


def test_an_empty_time_column_may_leave_the_value_missing():
    assert result(step("datetime", time_missing="omit"), "2022-04-13", " ") == ""


def test_several_columns_are_joined_with_a_sign_or_give_the_first_that_is_filled():
    assert result(step("join", sign="-"), " SE1", "", "A2 ") == "SE1-A2"
    assert result(step("first_of"), " ", "B", "C") == "B"
    assert result(step("first_of"), "", "") == ""


@pytest.mark.parametrize("kind", ["join", "first_of"])
def test_a_step_that_reads_the_columns_comes_first_or_not_at_all(kind):
    assert convert((step("trim"), step(kind)), ("a", "b"), PROJECT).problem == "step-not-first"


@pytest.mark.parametrize(
    ("options", "cell", "holds"),
    [
        ({"value": "op"}, " op ", True),
        ({"test": "is_not", "value": "op"}, "op", False),
        ({"test": "is_not", "value": "op"}, "", True),
        ({"test": "one_of", "value": "op | dag"}, "dag", True),
        ({"test": "filled"}, " ", False),
        ({"test": "empty"}, " ", True),
        ({"test": "matches", "value": "[A-Z]{2}.*"}, "AB1", True),
        ({"test": "matches", "value": "[A-Z]{2}"}, "AB1", False),
        ({"test": "before", "value": "10"}, "9", True),
        ({"test": "before", "value": "10"}, "nio", False),
        ({"test": "after", "value": "2022-04-13"}, "2022-04-14", True),
        ({"test": "after", "value": "2022-04-13"}, "", False),
        ({"test": "after", "value": "13/04/2022", "format": "%d/%m/%Y"}, "01/05/2022", True),
        ({"test": "before", "value": "13/04/2022", "format": "%d/%m/%Y"}, "01/05/2022", False),
    ],
)
def test_a_value_holds_only_in_rows_where_another_column_says_so(options, cell, holds):
    around = Surroundings(PROJECT, {"TYP": cell})
    done = convert((step("only_when", column="TYP", **options),), ("x",), around)
    assert done == Converted("x" if holds else "")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"column": "TYP", "test": "kind of"}, "option-unreadable"),
        ({"column": "TYP", "test": "before"}, "option-unreadable"),
        ({"column": "TYP", "test": "matches", "value": "("}, "option-unreadable"),
        (
            {"column": "TYP", "test": "after", "value": "2022", "format": "%Y-%m-%d"},
            "option-unreadable",
        ),
        ({"column": "BORTA"}, "step-column-missing"),
    ],
)
def test_a_condition_that_cannot_be_asked_is_a_problem(options, problem):
    around = Surroundings(PROJECT, {"TYP": "op"})
    assert convert((step("only_when", **options),), ("x",), around).problem == problem


@pytest.mark.parametrize(
    ("options", "raw", "expected"),
    [
        ({}, " 1 ", "Sal 1"),
        ({}, "2", "<lookup-absent>"),
        ({"otherwise": "omit"}, "2", ""),
        ({"otherwise": "keep"}, "2", "2"),
        ({}, "3", ""),
        ({}, "4", "<lookup-several>"),
        ({"column": "BORTA"}, "1", "<step-column-missing>"),
    ],
)
def test_a_value_is_looked_up_in_another_table(options, raw, expected):
    place = ("salar", "NR", "NAMN")
    names = {"1": {"Sal 1"}, "3": {""}, "4": {"Sal 4", "Sal IV"}}
    rooms = {key: frozenset(found) for key, found in names.items()}
    around = Surroundings(PROJECT, lookups={place: rooms})
    look = step("lookup", **{"table": "salar", "key": "NR", "column": "NAMN", **options})
    done = convert((look,), (raw,), around)
    assert (f"<{done.problem}>" if done.problem else done.value) == expected


def test_the_century_of_ten_digits_follows_this_year_where_the_step_says_today():
    ten = step("person_id", latest="today")
    for year, expected in ((2026, "192701012382"), (2027, "202701012382")):
        around = Surroundings(PROJECT, year=year)
        assert convert((ten,), ("270101-2382",), around).value == expected


def test_the_columns_and_tables_that_a_link_reads_are_told():
    look = step("lookup", table="salar", key="NR", column="NAMN")
    link = Link("V1", "op", ("A",), (step("only_when", column="TYP", value="x"), look))
    assert columns_read(link) == ("A", "TYP")
    assert lookups_in(link) == (("salar", "NR", "NAMN"),)
    assert columns_in(look) == (("key", "salar", "NR"), ("column", "salar", "NAMN"))


def test_both_parts_empty_is_a_missing_value():
    assert result(step("datetime"), "", " ") == ""


def test_a_constant_needs_no_column():
    assert convert((step("constant", value="SPOR"),), (), PROJECT) == Converted("SPOR")


def test_the_first_problem_ends_the_conversion():
    steps = (step("number"), step("constant", value="1"))
    assert convert(steps, ("x",), PROJECT) == Converted(problem="number-unreadable")


def test_steps_follow_one_another():
    steps = (step("decimal_comma"), step("number", decimals="1"))
    assert convert(steps, (" 36,84 ",), PROJECT) == Converted("36.8")


@given(st.text(), st.sampled_from(sorted(KINDS)))
def test_a_value_is_never_blank_and_never_beside_a_problem(text, kind):
    done = convert((step(kind),), (text,), PROJECT)
    assert not (done.value and done.problem)
    assert done.value == "" or done.value.strip()
