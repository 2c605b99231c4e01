"""How the values of one variable lie, or the spans between two times, for some of the cases."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.distribution import Spread
from app.core.phases import has_reached, phase_of
from app.core.progress import Progress, silent
from app.core.register import Profile, ValueType, Variable
from app.core.spans import Span, spans_of
from app.workflow.desk import Desk
from app.workflow.quality import is_by_case, profile_of, sent
from app.workflow.quality_views import (
    CODES,
    EVERYONE,
    HOURS,
    MONTHS,
    MOST_CASES,
    NUMBERS,
    SPANS,
    Among,
    Distribution,
    Odd,
)
from app.workflow.standing import prepared

if TYPE_CHECKING:
    import polars as pl

    from app.engine.analysis import Analysis

_UNITS = (("minutes", 1.0), ("hours", 60.0), ("days", 1440.0))
_LONG = (600.0, 4320.0)  # three quarters of the spans in minutes, from which a larger unit is used


def distribution(
    desk: Desk, variable_id: str, among: Among = EVERYONE, progress: Progress = silent
) -> tuple[Distribution, ...]:
    """Return how a variable's values lie: of a moment by its hour and by its month.

    Nothing for what tells cases or persons apart.
    """
    from app.engine import distribution as lies
    from app.engine.quality import gathered

    analysis, profile = prepared(desk), profile_of(desk)
    variable = profile.by_id[variable_id]
    if is_of_one_case(variable, profile):
        return ()
    rows = gathered(analysis, (variable,), _known(analysis, among, progress), progress)
    texts = rows[variable_id]
    counted = len(texts) - texts.null_count()
    if variable.value_type is ValueType.NUMBER:
        return (_measured(NUMBERS, variable.unit, rows["case"], lies.numbers(texts), counted),)
    if variable.value_type in {ValueType.DATE, ValueType.DATETIME}:
        numbers = lies.days(texts)
        odd = _odd(rows["case"], numbers, lies.quarters(numbers))
        by_month = Distribution(MONTHS, "", lies.months(texts), counted, odd=odd)
        if variable.value_type is ValueType.DATE:
            return (by_month,)
        return Distribution(HOURS, "", lies.hours(texts), counted), by_month
    return (Distribution(CODES, "", lies.codes(texts), counted),)


def span_distribution(
    desk: Desk, begin: str, end: str, among: Among = EVERYONE, progress: Progress = silent
) -> tuple[Distribution, ...]:
    """Return how long it is from one time to another, and which cases break a rule about it."""
    from app.engine import distribution as lies
    from app.engine.quality import broken_cases, gathered

    analysis, profile = prepared(desk), profile_of(desk)
    span = next(one for one in spans_of(profile) if (one.begin, one.end) == (begin, end))
    known = _known(analysis, among, progress)
    pair = (profile.by_id[begin], profile.by_id[end])
    rows = gathered(analysis, pair, known, progress)
    minutes = lies.minutes_between(rows, begin, end)
    unit, size = _unit_of(lies.quarters(minutes))
    there = rows.drop_nulls().height
    made = _measured(SPANS, unit, rows["case"], minutes / size, there)
    return (_limited(made, span, size, broken_cases(analysis, span.rules, known)),)


def cases_without(
    desk: Desk, variable_id: str, among: Among = EVERYONE, progress: Progress = silent
) -> tuple[str, ...]:
    """Return the first cases that lack a value of a variable where one may be."""
    import polars as pl

    from app.engine.quality import gathered

    analysis, profile = prepared(desk), profile_of(desk)
    variable, variables = profile.by_id[variable_id], sent(desk, profile)
    known = _known(analysis, among, progress)
    if is_by_case(variable, variables):
        phase = phase_of(variable, profile)
        reached = [one for one in known["phase"].unique() if has_reached(one, phase, profile)]
        known = known.filter(pl.col("phase").is_in(reached))
        having = gathered(analysis, (variable,), known, progress).drop_nulls()
        without = known.join(having, on="case", how="anti", maintain_order="left")["case"]
        return tuple(without.head(MOST_CASES))
    beside = [one for one in variables if _stands_beside(one, variable)]
    rows = gathered(analysis, (variable, *beside), known, progress)
    there = pl.any_horizontal(pl.col([one.id for one in beside]).is_not_null())
    lacking = rows.filter(pl.col(variable_id).is_null() & there)["case"]
    return tuple(lacking.unique(maintain_order=True).head(MOST_CASES))


def _stands_beside(one: Variable, other: Variable) -> bool:
    """Whether a variable is another one in the same section of the same repeated group."""
    is_same = (one.group, one.section) == (other.group, other.section)
    return is_same and one.id != other.id


def is_of_one_case(variable: Variable, profile: Profile) -> bool:
    """Whether a variable's values are of one case or one person each."""
    return variable.value_type is ValueType.PERSON_ID or variable.id == profile.case_key


def _limited(made: Distribution, span: Span, size: float, broken: "pl.Series") -> Distribution:
    """Return a span's distribution with what its rules say."""
    limits = sorted(limit.total_seconds() / 60 / size for limit in span.limits)
    return replace(made, limits=(0.0, *limits), cases=tuple(broken.head(MOST_CASES)))


def _known(analysis: "Analysis", among: Among, progress: Progress) -> "pl.DataFrame":
    """Return the cases that are looked at."""
    import polars as pl

    from app.engine.quality import strata

    known = strata(analysis, among.by if among.clinic is not None else "", progress)
    if among.phase:
        known = known.filter(pl.col("phase") == among.phase)
    return known if among.clinic is None else known.filter(pl.col("clinic") == among.clinic)


def _measured(
    kind: str, unit: str, cases: "pl.Series", values: "pl.Series", there: int
) -> Distribution:
    """Return how numbers lie; `there` is how many values there are, also those that are none."""
    from app.engine.distribution import histogram, quarters

    spread = quarters(values)
    bars = histogram(values, spread)
    counted = len(values) - values.null_count()
    unread = there - counted
    return Distribution(
        kind, unit, bars, counted, spread, _odd(cases, values, spread), unread=unread
    )


def _odd(cases: "pl.Series", values: "pl.Series", spread: Spread | None) -> Odd | None:
    """Return what lies far outside, None where nothing does."""
    from app.engine.distribution import far_outside

    below, above = far_outside(values, spread)
    if spread is None or not (below.any() or above.any()):
        return None
    named = cases.filter(below | above).unique(maintain_order=True).head(MOST_CASES)
    return Odd(*spread.fences, int(below.sum()), int(above.sum()), tuple(named))


def _unit_of(spread: Spread | None) -> tuple[str, float]:
    longest = max(abs(spread.quarter), abs(spread.three_quarters)) if spread else 0.0
    return _UNITS[sum(longest >= limit for limit in _LONG)]
