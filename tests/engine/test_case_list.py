"""The list of cases in columns, held against the same list made case by case."""

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.finding import TIER_ORDER, Tier
from app.engine.case_list import Sought, case_list
from app.engine.case_past import past_of
from app.engine.causes import causes_of
from tests.support.made_cases import made_analysis, made_case, made_finding

ORDERS = {
    "verdict": ("genomford", "planerad"),
    "phase": ("postop", "operation"),
    "tier": (*(tier.value for tier in TIER_ORDER), "clean"),
    "change": ("new", "changed", "same"),
    "outcome": ("created", "unknown", "rejected", "under-way", "never"),
    "fellista": ("listed", "rejected", "corrected", "none"),
}
NUMBERS = st.sampled_from(["2", "10", "9", "A7", "a7", "010", "B", "26-1"])
FINDINGS = st.lists(
    st.tuples(
        st.sampled_from(["rule-a", "rule-b"]),
        st.sampled_from([Tier.BLOCKS.value, Tier.NOTE.value]),
        st.sampled_from(["V310", ""]),
        st.sampled_from(["17", 'a "quoted" \\ one', "ö", ""]),
    ),
    max_size=3,
)
CASES = st.dictionaries(
    NUMBERS,
    st.tuples(
        st.sampled_from(["genomford", "planerad", "other", None]),
        st.sampled_from(["postop", "operation", ""]),
        st.integers(0, 7),
        FINDINGS,
        st.booleans(),
        st.sampled_from(["", "held", "other", "lost", "lost-alone"]),
    ),
    max_size=8,
)


def build(cases):
    """Return the list, its rows by place, and its findings per case."""

    rows, findings = [], []
    tracks: list[tuple[object, ...]] = []
    for case, (verdict, phase, counts, found, blocked, held) in cases.items():
        tiers = [tier for _, tier, _, _ in found]
        worst = min(tiers, key=lambda one: TIER_ORDER.index(Tier(one)), default=None)
        fields = {"verdict": verdict, "phase": phase, "counts": counts, "tier": worst}
        rows.append(made_case(case, **fields, findings=len(found), blocked=blocked, cause=None))
        for code, tier, variable, value in found:
            said = json.dumps({"value": value}, ensure_ascii=False, separators=(",", ":"))
            findings.append(made_finding(case, code, tier, variable=variable, values=said))
        if held:
            own, other = str(rows[-1]["digest"]), "f" * 64
            sent: dict[str, list[tuple[str, str]]] = {
                "held": [(own, "created")],
                "other": [(other, "created")],
                "lost": [(other, "created"), (own, "unknown")],
                "lost-alone": [(own, "unknown")],
            }
            for digest, kind in sent[str(held)]:
                tracks.append((len(tracks) + 1, case, "stage", digest, kind, len(tracks) + 1))
    past = past_of((len(tracks), len(tracks), 0), [tracks], [])
    return case_list(made_analysis(rows, findings), past, ORDERS), rows, findings


def chosen(listed, masks, sort="case", *, descending=False):
    names = listed.column("case")
    return [names[place] for place in listed.places(masks, sort, descending=descending)]


def by_number(case):
    return (0, int(case), case) if case.isdigit() else (1, 0, case)


@settings(max_examples=150, deadline=None)
@given(CASES, st.sampled_from(["verdict", "phase", "tier", "findings", "change"]), st.booleans())
def test_sorted_by_a_column_and_then_by_number(cases, sort, descending):
    listed, rows, _ = build(cases)
    known = {row["case"]: place for place, row in enumerate(rows)}
    column = listed.column(sort).to_list()
    order = ORDERS.get(sort)

    def rank(case):
        value = column[known[case]]
        if order is None:
            return value
        return order.index(value) if value in order else len(order) - (sort == "tier")

    found = chosen(listed, [], sort, descending=descending)
    sign = -1 if descending else 1
    assert found == sorted(known, key=lambda case: (sign * rank(case), by_number(case)))
    everything = chosen(listed, [], "case", descending=descending)
    assert everything == sorted(known, key=by_number, reverse=descending)


@settings(max_examples=150, deadline=None)
@given(
    CASES,
    st.builds(
        Sought,
        st.sampled_from(["", "rule-a"]),
        st.sampled_from(["", "V310"]),
        value=st.sampled_from(["", "17", 'a "quoted" \\ one', "ö"]),
    ),
)
def test_a_cause_is_one_finding_that_has_all_that_is_sought(cases, sought):

    listed, _, findings = build(cases)
    expected = {
        one["case"]
        for one in findings
        if sought.code in {"", one["code"]}
        and sought.variable in {"", one["variable"]}
        and sought.value in {"", json.loads(one["values"])["value"]}
    }
    assert set(chosen(listed, [listed.with_finding(sought)])) == expected


@settings(max_examples=150, deadline=None)
@given(CASES, st.sets(st.sampled_from(["blocks", "note", "clean"]), min_size=1))
def test_masks_let_through_what_each_row_says(cases, tiers):
    listed, rows, _ = build(cases)
    through = {row["case"] for row in rows if (row["tier"] or "clean") in tiers}
    assert set(chosen(listed, [listed.among("tier", tiers)])) == through
    free = {row["case"] for row in rows if row["tier"] != "blocks" and not row["blocked"]}
    assert set(chosen(listed, [listed.sendable()])) == free
    counted = {row["case"] for row in rows if row["counts"] & 0b101 == 0b101}
    assert set(chosen(listed, [listed.counted([0, 2])])) == counted
    like = {row["case"] for row in rows if "a" in row["case"].lower()}
    assert set(chosen(listed, [listed.like("A")])) == like
    assert set(chosen(listed, [listed.like("A"), listed.sendable()])) == like & free
    states = {"": "new", "held": "same", "other": "changed", "lost": "changed", "lost-alone": "new"}
    assert dict(zip(cases, listed.column("change"), strict=True)) == {
        case: states[fields[-1]] for case, fields in cases.items()
    }


@settings(max_examples=150, deadline=None)
@given(CASES, st.booleans())
def test_causes_are_counted_by_case_and_told_apart_by_value(cases, only_free):

    listed, _, findings = build(cases)
    masks = [listed.sendable()] if only_free else []
    inside = set(chosen(listed, masks))
    groups = causes_of(listed, listed.places(masks, "case", descending=False))
    told = {(one["code"], one["tier"], one["variable"]): one for one in groups}
    whole: dict[tuple[str, ...], set[str]] = {}
    parts: dict[tuple[str, ...], dict[str, set[str]]] = {}
    for one in findings:
        if one["case"] in inside:
            key = one["code"], one["tier"], one["variable"]
            whole.setdefault(key, set()).add(one["case"])
            value = json.loads(one["values"])["value"]
            if value:
                parts.setdefault(key, {}).setdefault(value, set()).add(one["case"])
    assert {key: one["cases"] for key, one in told.items()} == {
        key: len(names) for key, names in whole.items()
    }
    for key, one in told.items():
        assert set(one["examples"]) <= whole[key]
        assert len(one["examples"]) == min(5, len(whole[key]))
        assert one["values"] == len(parts.get(key, {}))
        counted = {part["value"]: part["cases"] for part in one["parts"] or ()}
        assert counted == {value: len(names) for value, names in parts.get(key, {}).items()}
    assert [one["cases"] for one in groups] == sorted(
        (one["cases"] for one in groups), reverse=True
    )


def test_only_the_most_frequent_values_are_told_apart():
    numbers = [str(number) for number in range(120)]
    rows = [made_case(number, tier="note", findings=1) for number in numbers]
    findings = [
        made_finding(number, "rule-a", "note", values=f'{{"value":"{min(int(number), 70)}"}}')
        for number in numbers
    ]
    listed = case_list(made_analysis(rows, findings), past_of((0, 0, 0), [], []), ORDERS)
    (group,) = causes_of(listed, listed.places([], "case", descending=False))
    assert (group["cases"], group["values"], len(group["parts"])) == (120, 71, 50)
    assert group["parts"][0]["value"] == "70"
    assert Counter(part["cases"] for part in group["parts"]) == {50: 1, 1: 49}


@pytest.mark.parametrize("cases", [{}])
def test_a_list_without_cases_is_empty(cases):
    listed, _, _ = build(cases)
    assert chosen(listed, [listed.sendable(), listed.with_finding(Sought("x"))], "tier") == []
    assert causes_of(listed, listed.places([], "case", descending=False)) == []
