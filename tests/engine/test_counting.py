"""A block of cases is counted as each of them is: verdict, phase, counts and what bars them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.case import CaseValues
from app.core.counting import counts_in, explain, phase_of, verdict_of
from app.core.finding import TIER_ORDER, Tier
from app.engine.counting import Counting, barred
from tests.support.counted_cases import CASES, LATE, OPERATED, PLANNED, case
from tests.support.facts import other_reading
from tests.support.profile import shipped

NUMBERS = {"index": pl.UInt32, "row": pl.UInt32}
PROFILES = st.sampled_from([shipped(), other_reading()])


def _columns(profile, group):
    return {one.id: pl.String for one in profile.of_group(group)}


def block_of(cases: list[CaseValues], profile, first: int = 5) -> dict[str, pl.DataFrame]:
    """Return cases as the values of a block; only some variables are linked at all."""
    groups = {group for one in cases for group in one.groups}
    frames = {}
    for group in ("", *groups):
        rows = [
            {"index": first + at, "row": 2, **values}
            for at, one in enumerate(cases)
            for values in ((one.values,) if not group else one.groups.get(group, ()))
        ]
        frames[group] = pl.DataFrame(rows, {**NUMBERS, **_columns(profile, group)})
    return frames


@settings(max_examples=150, deadline=None)
@given(st.lists(CASES, min_size=1, max_size=5), PROFILES)
def test_a_block_is_counted_as_each_of_its_cases(cases, profile):
    counted = Counting(profile).count(block_of(cases, profile))
    for row, one in zip(counted.iter_rows(named=True), cases, strict=True):
        assert row["verdict"] == verdict_of(one, profile)
        assert row["phase"] == phase_of(one, profile)
        held = [counts_in(count, one, profile, frozenset()) for count in profile.counts]
        assert [bool(row["counts"] >> at & 1) for at in range(len(held))] == held


@settings(max_examples=100, deadline=None)
@given(CASES, st.frozensets(st.sampled_from(TIER_ORDER)))
def test_findings_bar_in_columns_as_for_one_case(one, tiers):
    profile = shipped()
    counted = Counting(profile).count(block_of([one], profile))
    worst = min(tiers, key=TIER_ORDER.index).value if tiers else ""
    left = counted.select(barred(profile, pl.col("counts"), pl.lit(worst))).item()
    explained = explain(one, profile, tiers)
    assert [bool(left >> at & 1) for at in range(len(profile.counts))] == [
        bool(count.holds) for count in explained.counts
    ]


@pytest.mark.parametrize("worst", [None, "", *(one.value for one in TIER_ORDER)])
def test_a_korrupt_case_or_worse_enters_no_report(worst):
    profile = shipped()
    whole = case(PLANNED | LATE, PLANNED, **OPERATED, operationskod="NFB49")
    counted = Counting(profile).count(block_of([whole], profile))
    told = barred(profile, pl.col("counts"), pl.lit(worst, pl.String))
    left = counted.select(told).item()
    names = {one.id for at, one in enumerate(profile.counts) if left >> at & 1}
    reports = {one.id for one in profile.counts if one.kind == "report"}
    keeps = worst in {None, "", Tier.INCONSISTENT.value, Tier.NOTE.value}
    assert names & reports == (reports if keeps else set())
    assert {"raknas_operation", "raknas_sen_strykning", "utlost_ankomst"} <= names


def test_no_cases_are_counted_as_none():
    empty = {"": pl.DataFrame(schema=NUMBERS)}
    counted = Counting(shipped()).count(empty)
    assert counted.schema == {"verdict": pl.String, "phase": pl.String, "counts": pl.UInt64}
    assert counted.is_empty()
