"""What the rule language accepts, and what it means for one case."""

import ast
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.case import CaseValues
from app.core.condition import Condition, code_lists, holds, names, parse, read, type_of
from app.core.condition_types import check
from app.core.errors import ProfileError
from app.core.register import ValueType
from tests.support.profile import case_of, shipped

START, LATER = "2022-04-13T08:00:00+02:00", "2022-04-13T09:00:00+02:00"


def holds_in(text: str, case: CaseValues) -> bool:
    return holds(parse(text), case, shipped())


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("V565 > V570", {"V565": LATER, "V570": START}, True),
        ("V565 > V570", {"V565": START, "V570": START}, False),
        ("V565 >= V570", {"V565": START, "V570": START}, True),
        ("V565 == V570", {"V565": "2022-04-13T06:00:00Z", "V570": START}, True),
        ("V565 != V570", {"V565": LATER, "V570": START}, True),
        ("V565 <= V570", {"V565": START, "V570": LATER}, True),
        ("V570 - V565 < hours(2)", {"V565": START, "V570": LATER}, True),
        ("V570 - V565 > hours(0.5)", {"V565": START, "V570": LATER}, True),
        ("V570 - V565 > days(1)", {"V565": START, "V570": LATER}, False),
        ("V675 < 36.5", {"V675": "36.4"}, True),
        ("V675 + 1 == 37", {"V675": "36"}, True),
        ("vikt * 10000 > 40 * langd * langd", {"vikt": "200.5", "langd": "170"}, True),
        ("V320 == 'akut'", {"V320": "akut"}, True),
        ("V320 == 'akut'", {"V320": "Akut"}, False),
        ("not V320 == 'akut'", {"V320": "elektiv"}, True),
        ("present(V320)", {"V320": "akut"}, True),
        ("present(V320)", {"V320": ""}, False),
        ("missing(V320)", {}, True),
        ("True", {}, True),
        ("False or True", {}, True),
        ("in_list(peropKod, pak)", {}, False),
        ("matches(V320, 'a.*')", {"V320": "akut"}, True),
        ("matches(V320, 'a')", {"V320": "akut"}, False),
        ("valid_person_id(patientId)", {"patientId": "197701012382"}, True),
        ("not valid_person_id(patientId)", {"patientId": "197701012381"}, True),
        ("not valid_person_id(patientId)", {}, False),
        ("valid_hsa_id(SystemId)", {"SystemId": "SE13-137"}, True),
        ("date(V565) < date('2022-04-14')", {"V565": START}, True),
        ("date(V565) == date('2022-04-14')", {"V565": "2022-04-13T22:30:00Z"}, True),
        ("birth_date(patientId) == date('1977-01-01')", {"patientId": "197701012382"}, True),
        ("birth_date(patientId) < date(V565)", {"patientId": "197700612382", "V565": START}, False),
    ],
)
def test_a_condition_of_a_case(text, values, expected):
    assert holds_in(text, case_of(**values)) is expected


@pytest.mark.parametrize(
    "text",
    [
        "V565 > V570",
        "not (V565 > V570)",
        "V565 == V565",
        "V320 != 'akut'",
        "V565 - V310 > days(14)",
        "not matches(V445, 'x')",
        "not in_list(V320, akut_elektiv)",
        "V565 > V570 or V565 <= V570",
        "any(planering, V565 <= V440)",
    ],
)
def test_nothing_is_true_of_a_missing_value(text):
    assert not holds_in(text, case_of({"V445": ""}))


def test_one_sure_part_decides_although_the_other_is_unknown():
    case = case_of(V320="akut")
    assert holds_in("V320 == 'akut' or V565 > V570", case)
    assert holds_in("not (V320 == 'elektiv' and V565 > V570)", case)
    assert not holds_in("V320 == 'akut' and V565 > V570", case)


@pytest.mark.parametrize(
    "text",
    [
        "2022-04-13T08:00:00",
        "2022-02-30T08:00:00+01:00",
        "2022-04-13",
        "x",
        "2022-04-13T24:00:01+01:00",
    ],
)
def test_a_time_that_cannot_be_read_is_as_good_as_missing_to_comparisons(text):
    assert not holds_in("V565 < V570 or V565 >= V570", case_of(V565=text, V570=START))
    assert holds_in("present(V565)", case_of(V565=text))


@pytest.mark.parametrize(
    "text",
    ["9999-12-31T23:30:00Z", "9999-12-31T23:59:59-01:00", "9999-12-31T24:00:00Z"],
)
def test_the_last_moments_of_the_calendar_come_last(text):
    assert holds_in("date(V565) > date('2100-01-01')", case_of(V565=text))
    assert holds_in("V565 > V570", case_of(V565=text, V570=START))


def test_the_first_moment_of_the_calendar_comes_first():
    case = case_of(V565="0001-01-01T00:00:00+02:00", V570=START)
    assert holds_in("date(V565) < date('1900-01-01') and V565 < V570", case)


def test_midnight_may_be_told_as_24_of_the_day_that_ends():
    case = case_of(V565="2022-04-13T24:00:00.0+02:00", V570="2022-04-14T00:00:00+02:00")
    assert holds_in("V565 == V570 and date(V565) == date('2022-04-14')", case)


def test_moments_are_compared_in_utc_over_the_autumn_change():
    case = case_of(V565="2026-10-25T02:50:00+02:00", V570="2026-10-25T02:10:00+01:00")
    assert holds_in("V565 < V570", case)
    assert not holds_in("V565 > V570", case)


@pytest.mark.parametrize(
    ("planned", "limit"),
    [
        ("2022-04-14T08:00:00+02:00", "2022-04-13T15:00:00Z"),
        ("2022-04-14T00:00:00+02:00", "2022-04-13T15:00:00Z"),
        ("2022-04-13T23:59:59+02:00", "2022-04-12T15:00:00Z"),
        ("2022-04-13T22:30:00Z", "2022-04-13T15:00:00Z"),  # half past midnight in Stockholm
        ("2022-01-01T08:00:00+01:00", "2021-12-31T16:00:00Z"),
        ("2026-03-29T08:00:00+02:00", "2026-03-28T16:00:00Z"),  # the day that lost an hour
        ("2026-03-30T08:00:00+02:00", "2026-03-29T15:00:00Z"),
        ("2026-10-25T08:00:00+01:00", "2026-10-24T15:00:00Z"),  # the day that gained one
        ("2026-10-26T08:00:00+01:00", "2026-10-25T16:00:00Z"),
    ],
)
def test_an_hour_of_the_day_before_follows_the_clock_on_the_wall(planned, limit):
    case = case_of(V565=planned, V310=limit)
    assert holds_in("V310 == at(V565, -1, '17:00')", case)
    assert not holds_in("V310 > at(V565, -1, '17:00')", case)
    second_later = datetime.fromisoformat(limit) + timedelta(seconds=1)
    assert holds_in(
        "V310 > at(V565, -1, '17:00')", case_of(V565=planned, V310=second_later.isoformat())
    )


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("2026-10-25", "02:30", "2026-10-25T00:30:00Z"),  # of the two the first
        ("2026-03-29", "02:30", "2026-03-29T01:30:00Z"),  # not there: the clock is put forward
        ("2026-03-29", "03:30:30", "2026-03-29T01:30:30Z"),
    ],
)
def test_an_hour_that_is_there_twice_or_not_at_all(day, clock, moment):
    assert holds_in(f"V310 == at('{day}', 0, '{clock}')", case_of(V310=moment))


@pytest.mark.parametrize("text", ["V310 > at(V565, -1, '17:00')", "V310 <= at(V565, -1, '17:00')"])
@pytest.mark.parametrize("planned", ["", "x", "0001-01-01T08:00:00+01:00"])
def test_no_day_has_no_hour(text, planned):
    assert not holds_in(text, case_of(V565=planned, V310=START))


def test_a_part_of_the_profile_is_there_with_any_of_its_values():
    assert not holds_in("has(operation)", case_of({"V415": START}, V310=START))
    assert holds_in("has(planering)", case_of({"V415": START}))
    assert holds_in("has(operation)", case_of(V565="x"))
    assert holds_in("not has(postop) and not has(okand)", case_of(V565=START))


@pytest.mark.parametrize(
    "text",
    [
        "V310 > at(V565, -1, 17)",
        "V310 > at(V565, -1, '24:00')",
        "V310 > at(V565, -1, '17.00')",
        "V310 > at(V565, -1)",
        "V310 > at(V565, 0.5, '17:00')",
        "V310 > at(V565, 40000, '17:00')",
        "V310 > at(V565, True, '17:00')",
        "V310 > at('x', -1, '17:00')",
        "any(planering, has(operation))",
        "has('operation')",
    ],
)
def test_an_hour_or_a_part_that_is_not_in_the_language(text):
    with pytest.raises(ProfileError, match="condition-unreadable"):
        parse(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("has(nowhere)", "condition-unknown-name"),
        ("V310 > at(V320, -1, '17:00')", "condition-kinds"),
        ("date(V310) > at(V310, -1, '17:00')", "condition-kinds"),
        ("at(V310, -1, '17:00')", "condition-kinds"),
        ("V310 > at(V420, -1, '17:00')", "condition-outside-group"),
    ],
)
def test_an_hour_or_a_part_that_does_not_fit_the_profile(text, code):
    with pytest.raises(ProfileError, match=code):
        check(parse(text), shipped())


def test_a_groups_rows_are_asked_one_by_one():
    struck = {"V440": LATER, "V445": "7a", "V450": "Nej"}
    case = case_of({"V415": START}, struck, V565=START)
    assert holds_in("any(planering, present(V440))", case)
    assert not holds_in("every(planering, present(V440))", case)
    assert holds_in("count(planering, missing(V440)) == 1", case)
    assert holds_in("any(planering, V565 <= V440)", case)
    assert holds_in("any(planering, in_list(V445, strykningsorsak))", case_of({"V445": "7A"}))


def test_an_unknown_row_counts_for_nothing_but_leaves_any_and_every_open():
    case = case_of({"V445": "7a"}, {})
    assert not holds_in("not any(planering, V445 == '8B')", case)
    assert not holds_in("every(planering, V445 == '7a')", case)
    assert holds_in("count(planering, V445 == '7a') == 1", case)


def test_of_no_rows_everything_is_true_of_every_and_nothing_of_any():
    case = case_of()
    assert holds_in("every(planering, present(V440))", case)
    assert holds_in("not any(planering, present(V440))", case)
    assert holds_in("count(planering, True) == 0", case)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "V565 >",
        "V565 < V570 < V585",
        "__import__('os')",
        "present(V565).real",
        "[V565]",
        "lambda: V565",
        "V565 if V570 else V585",
        "V565 / 2",
        "-V675 < 1",
        "V565 in V570",
        "present()",
        "present('V565')",
        "present(x=V565)",
        "days('14') > V565",
        "days(True) > V565",
        "V565 - V310 > days(10000000000)",
        "V565 - V310 > hours(1e400)",
        "unknown(V565)",
        "any(planering, any(operationskod, present(operationskod)))",
        "any('planering', True)",
        "matches(V445, '(')",
        "matches(V445, 'a(?=b)')",
        "matches(V445, 'a(?<!b)')",
        r"matches(V445, '(a)\\1')",
        "matches(V445, '(?P<x>a)(?P=x)')",
        "matches(V445, 'a++')",
        "matches(V445, V320)",
        "date('2022-02-30') < date(V565)",
        "date(1) < date(V565)",
        "None",
        "b'x' == V320",
        "V565 := V570",
        "\0",
        "(" * 300 + "V565" + ")" * 300,
    ],
)
def test_what_is_not_in_the_language_is_refused(text):
    with pytest.raises(ProfileError) as caught:
        parse(text)
    assert caught.value.code == "condition-unreadable"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("present(V999)", "condition-unknown-name"),
        ("any(planeringar, True)", "condition-unknown-name"),
        ("in_list(V320, no_list)", "condition-unknown-name"),
        ("present(V440)", "condition-outside-group"),
        ("any(planering, present(operationskod))", "condition-outside-group"),
        ("V565 > 'akut'", "condition-kinds"),
        ("V565 > V675", "condition-kinds"),
        ("V320 < 'akut'", "condition-kinds"),
        ("V565 and V570", "condition-kinds"),
        ("not V565", "condition-kinds"),
        ("V565 + V570 > V585", "condition-kinds"),
        ("V565 - V570", "condition-kinds"),
        ("V675 - 1", "condition-kinds"),
        ("V320 * 2 == 4", "condition-kinds"),
        ("date(V320) < date('2022-01-01')", "condition-kinds"),
        ("any(planering, V440)", "condition-kinds"),
        ("V565 - V310 > 14", "condition-kinds"),
        ("True < False", "condition-kinds"),
    ],
)
def test_what_does_not_fit_the_profile_is_refused(text, code):
    with pytest.raises(ProfileError) as caught:
        check(parse(text), shipped())
    assert caught.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "date(V565) - birth_date(patientId) > days(3)",
        "every(planering, V440 <= V565)",
        "count(planering, True) >= 2 and 1 + 2 == 3",
        "True == (V320 == 'akut')",
    ],
)
def test_what_fits_is_accepted(text):
    check(parse(text), shipped())


def test_names_are_told_apart():
    condition = parse("any(planering, in_list(V445, strykningsorsak)) and V565 > V310 or not True")
    assert names(condition) == {"planering", "V445", "V565", "V310"}
    assert code_lists(condition) == {"strykningsorsak"}


def test_a_days_value_is_read_and_its_day_is_itself():
    base = shipped()
    of_day = replace(base.by_id["V310"], id="dag", value_type=ValueType.DATE)
    profile = replace(base, variables=(*base.variables, of_day))
    case = case_of(dag="2022-04-13")
    assert type_of("dag", profile) is ValueType.DATE
    assert holds(parse("date(dag) == dag and dag < date('2022-04-14')"), case, profile)


def test_values_are_read_by_their_type():
    assert read("36.5", ValueType.NUMBER) == 36.5
    assert read("1e3", ValueType.NUMBER) is None
    assert read("36,5", ValueType.NUMBER) is None
    assert read("٣٦", ValueType.NUMBER) is None
    assert read("2022-04-13", ValueType.DATE) == date(2022, 4, 13)
    assert read("2022-13-13", ValueType.DATE) is None
    assert read(START, ValueType.DATETIME) == datetime(2022, 4, 13, 6, tzinfo=UTC)
    assert read("x", ValueType.CODE) == "x"
    assert read("", ValueType.TEXT) is None


def test_a_condition_travels_to_a_worker_process():
    condition = parse("V565 > V310")
    assert pickle.loads(pickle.dumps(condition)) == condition
    assert holds(pickle.loads(pickle.dumps(condition)), case_of(V565=LATER, V310=START), shipped())


WALL_CLOCKS = st.integers(0, 4_000_000_000).map(
    lambda seconds: f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}"
)
OFFSETS = st.sampled_from(("Z", "+01:00", "+02:00", "-05:30"))


@given(WALL_CLOCKS, WALL_CLOCKS, OFFSETS, OFFSETS)
def test_comparing_is_the_same_as_comparing_the_moments(first, second, offset, other):
    case = case_of(V565=first + offset, V310=second + other)
    truly = datetime.fromisoformat(case.values["V565"]) - datetime.fromisoformat(
        case.values["V310"]
    )
    assert holds_in("V565 > V310", case) == (truly > timedelta())
    assert holds_in("not (V565 > V310)", case) == (truly <= timedelta())
    assert holds_in("V565 - V310 > days(14)", case) == (truly > timedelta(days=14))


@given(st.dictionaries(st.sampled_from(("V320", "V565", "V675")), st.text(max_size=30)))
def test_any_text_is_judged_without_an_error(values):
    case = CaseValues("1", MappingProxyType(values))
    holds_in("V320 == 'akut' or V675 > 3 or date(V565) > date('2000-01-01')", case)


@given(st.lists(st.sampled_from(("7a", "8B", "")), max_size=4))
def test_any_and_every_are_each_others_opposite(reasons):
    case = case_of(*({"V445": reason} for reason in reasons))
    assert holds_in("not any(planering, V445 == '7a')", case) == holds_in(
        "every(planering, V445 != '7a')", case
    )


def test_a_tree_that_did_not_come_from_parse_is_refused():
    with pytest.raises(ProfileError):
        holds(Condition("[]", ast.List([])), case_of(), shipped())
