"""A column on its way through the steps, and what every kind of step needs.

A missing value is null here. Each step gives the new column and says which code a value has that
it could not take.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from app.core.clock import in_stockholm, system_clock
from app.core.conversions.kind import BLANKS, KEEP, OMIT
from app.core.mapping import Project, Step


@dataclass(frozen=True, slots=True)
class Column:
    """A converted column: values, null when missing, and problem codes, null when none.

    `moments` are the values as moments in UTC where the step knew them, so that nobody has to read
    the texts again.
    """

    values: pl.Series
    problems: pl.Series
    moments: pl.Series | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a step may look at beside the values, as in `app.core.conversions.kind`.

    `rows` holds the rows' other columns. `lookups` has one table per place: key, value, and how
    many different values the key has.
    """

    project: Project
    rows: pl.DataFrame | None = None
    lookups: Mapping[tuple[str, str, str], pl.DataFrame] = field(default_factory=dict)
    year: int = 0

    @property
    def this_year(self) -> int:
        """The year that a two-digit year of birth cannot lie after."""
        return self.year or in_stockholm(system_clock()).year


Change = Callable[[pl.Series, Step, Surroundings], Column]
Combine = Callable[[list[pl.Series], Step], pl.Series]


def stripped(values: pl.Series) -> pl.Series:
    """Return the texts without blanks around them."""
    return values.str.strip_chars(BLANKS)


def present(texts: pl.Series) -> pl.Series:
    """Return the texts with null where they are empty or blank."""
    blank = stripped(texts).str.len_bytes() == 0
    return texts.set(blank, None) if blank.any() else texts


def filled(texts: pl.Series) -> pl.Series:
    """Return texts without blanks around them with null where they are empty."""
    blank = texts.str.len_bytes() == 0
    return texts.set(blank, None) if blank.any() else texts


def empty(length: int) -> pl.Series:
    """Return a column of nulls."""
    return pl.Series([None], dtype=pl.String).new_from_index(0, length)


def join_texts(parts: list[pl.Series], sign: str) -> pl.Series:
    """Return the columns' filled texts, blanks taken away, with a sign between."""
    return join_tidy([filled(stripped(part)) for part in parts], sign)


def join_tidy(parts: list[pl.Series], sign: str) -> pl.Series:
    """Return the columns' texts that are not missing with a sign between, "" for none."""
    named = [part.alias(str(at)) for at, part in enumerate(parts)]
    joined = pl.concat_str(pl.all(), separator=sign, ignore_nulls=True)
    return pl.DataFrame(named).select(joined).to_series()


def refuse(before: pl.Series, fits: pl.Series, code: str, after: pl.Series | None = None) -> Column:
    """Return the values that fit, and the code where a value that is there does not."""
    values = before if after is None else after
    failed = before.is_not_null() & ~fits.fill_null(value=False)
    if not failed.any():
        return Column(values, empty(len(before)))
    return Column(values.set(failed, None), empty(len(before)).set(failed, code))


def unfit(before: pl.Series, fits: pl.Series, after: pl.Series, step: Step, code: str) -> Column:
    """Return the values that fit, and what the step's policy makes of those that do not."""
    policy = step.option("otherwise")
    if policy not in {KEEP, OMIT}:
        return refuse(before, fits, code, after)
    fitting = fits.fill_null(value=False)
    return fine(after.zip_with(fitting, before if policy == KEEP else empty(len(before))))


def after(former: Column, done: Column) -> Column:
    """Return the column after one more step: the first problem stays and ends the value."""
    if former.problems.null_count() == len(former.problems):
        return done
    failed = former.problems.is_not_null()
    problems = former.problems.zip_with(failed, done.problems)
    return Column(done.values.set(failed, None), problems)


def fail(values: pl.Series, code: str) -> Column:
    """Return the code for every value that is there."""
    nothing = empty(len(values))
    return Column(nothing, nothing.set(values.is_not_null(), code))


def fine(values: pl.Series) -> Column:
    """Return values that all fit."""
    return Column(values, empty(len(values)))
