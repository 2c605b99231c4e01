"""What each conversion step does to one value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversion import KINDS, Converted, convert
from app.core.mapping import Project, Step, ValueMap

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
        (step("date", format="%d/%m/%y"), "13/04/22", "<format-unreadable>"),
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
