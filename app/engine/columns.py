"""Conversion steps for whole columns; what they mean is written in `app.core.conversion`.

A missing value is null here. Each step gives the new column and says which code a value has that
it could not take; the property tests hold this equal to the core, value by value.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from app.core.conversion import (
    BLANKS,
    DATE_FORMAT,
    ILLEGAL,
    NUMBER,
    OMIT,
    PERSON_ID,
    TIME_FORMAT,
    decimals_of,
    folds,
)
from app.core.dateform import Shape, date_shapes, day_shapes, time_shapes
from app.core.mapping import Project, Step
from app.core.stockholm import AMBIGUOUS, FIRST, MISSING_HOUR, SECOND

ZONE = "Europe/Stockholm"


@dataclass(frozen=True, slots=True)
class Column:
    """A converted column: values, null when missing, and problem codes, null when none."""

    values: pl.Series
    problems: pl.Series


Change = Callable[[pl.Series, Step, Project], Column]


def convert_columns(parts: list[pl.Series], steps: tuple[Step, ...], project: Project) -> Column:
    """Take whole columns of the same length through the steps."""
    column = Column(present(join_parts(parts)), empty(len(parts[0])))
    for step in steps:
        done = CHANGES.get(step.kind, _unknown)(column.values, step, project)
        column = _after(column, Column(present(done.values), done.problems))
    illegal = column.values.str.contains(ILLEGAL)
    if not illegal.any():
        return column
    refused = refuse(column.values, ~illegal, "character-illegal")
    return _after(column, refused)


def join_parts(parts: list[pl.Series]) -> pl.Series:
    """Return one column as it is; several with a blank between."""
    if len(parts) == 1:
        return parts[0]
    frame = pl.DataFrame([part.alias(str(at)) for at, part in enumerate(parts)])
    stripped = [present(part.str.strip_chars(BLANKS)) for part in frame]
    joined = pl.DataFrame(stripped).select(
        pl.concat_str(pl.all(), separator=" ", ignore_nulls=True)
    )
    return joined.to_series()


def present(texts: pl.Series) -> pl.Series:
    """Return the texts with null where they are empty or blank."""
    blank = texts.str.strip_chars(BLANKS).str.len_bytes() == 0
    return texts.set(blank, None) if blank.any() else texts


def empty(length: int) -> pl.Series:
    """Return a column of nulls."""
    return pl.Series([None], dtype=pl.String).new_from_index(0, length)


def refuse(before: pl.Series, fits: pl.Series, code: str, after: pl.Series | None = None) -> Column:
    """Return the values that fit, and the code where a value that is there does not."""
    values = before if after is None else after
    failed = before.is_not_null() & ~fits.fill_null(value=False)
    if not failed.any():
        return Column(values, empty(len(before)))
    return Column(values.set(failed, None), empty(len(before)).set(failed, code))


def _after(former: Column, done: Column) -> Column:
    """Return the column after one more step: the first problem stays and ends the value."""
    if former.problems.null_count() == len(former.problems):
        return done
    failed = former.problems.is_not_null()
    problems = former.problems.zip_with(failed, done.problems)
    return Column(done.values.set(failed, None), problems)


def _fail(values: pl.Series, code: str) -> Column:
    """Return the code for every value that is there."""
    nothing = empty(len(values))
    return Column(nothing, nothing.set(values.is_not_null(), code))


def _fine(values: pl.Series) -> Column:
    return Column(values, empty(len(values)))


def _unknown(values: pl.Series, _step: Step, _project: Project) -> Column:
    return Column(empty(len(values)), pl.Series(["step-unknown"]).new_from_index(0, len(values)))


def _constant(values: pl.Series, step: Step, _project: Project) -> Column:
    return _fine(pl.Series(values.name, [step.option("value")]).new_from_index(0, len(values)))


def _trim(values: pl.Series, _step: Step, _project: Project) -> Column:
    return _fine(values.str.strip_chars(BLANKS))


def _upper(values: pl.Series, _step: Step, _project: Project) -> Column:
    return _fine(values.str.to_uppercase())


def _replace(values: pl.Series, step: Step, _project: Project) -> Column:
    find = step.option("find")
    if not find:
        return _fine(values)
    return _fine(values.str.replace_all(find, step.option("with"), literal=True))


def _missing_when(values: pl.Series, step: Step, _project: Project) -> Column:
    named = values.str.strip_chars(BLANKS).is_in(step.option("values").split("|"))
    return _fine(values.set(named, None))


def _decimal_comma(values: pl.Series, _step: Step, _project: Project) -> Column:
    return _fine(values.str.strip_chars(BLANKS).str.replace_all(",", ".", literal=True))


def _number(values: pl.Series, step: Step, _project: Project) -> Column:
    decimals = decimals_of(step)
    if decimals == -1:
        return _fail(values, "format-unreadable")
    plain = values.str.strip_chars(BLANKS)
    fits = plain.str.contains(f"^(?:{NUMBER})$")
    if decimals is None:
        return refuse(values, fits, "number-unreadable", plain.str.strip_prefix("+"))
    return refuse(values, fits, "number-unreadable", _rounded(plain, decimals))


def _rounded(numbers: pl.Series, decimals: int) -> pl.Series:
    """Return numbers with that many decimals, halves rounded away from zero."""
    groups = numbers.str.extract_groups(f"^(?:{NUMBER})$").struct
    sign, whole, fraction = (groups.field(str(at)) for at in (1, 2, 3))
    digits = fraction.fill_null("").str.pad_end(decimals + 1, "0")
    up = (digits.str.slice(decimals, 1) >= "5").cast(pl.Int64)
    scaled = (whole + digits.str.head(decimals)).cast(pl.Int64, strict=False) + up
    text = scaled.cast(pl.String).str.zfill(decimals + 1)
    minus = sign.set((scaled == 0) | (sign == "+"), "")
    if decimals == 0:
        return minus + text
    return minus + text.str.head(-decimals) + "." + text.str.tail(decimals)


def _date(values: pl.Series, step: Step, _project: Project) -> Column:
    shapes = date_shapes(step.option("format", DATE_FORMAT))
    if not shapes:
        return _fail(values, "format-unreadable")
    read = _read(values, shapes)
    return refuse(values, read.is_not_null(), "date-unreadable", read.dt.strftime("%Y-%m-%d"))


def _datetime(values: pl.Series, step: Step, _project: Project) -> Column:
    form = step.option("format", TIME_FORMAT)
    shapes = time_shapes(form)
    if not shapes:
        return _fail(values, "format-unreadable")
    local = _read(values, shapes)
    if step.option("time_missing") == OMIT:
        values = values.set(local.is_null() & _read(values, day_shapes(form)).is_not_null(), None)
    read = refuse(values, local.is_not_null(), "time-unreadable")
    placed = _with_offset(local, step.option("ambiguous"))
    return (
        _after(read, placed)
        if placed.problems.null_count() < len(local)
        else Column(placed.values, read.problems)
    )


def _read(values: pl.Series, shapes: tuple[Shape, ...]) -> pl.Series:
    """Return the wall-clock times that the texts say, null where they do not fit a shape."""
    plain = values.str.strip_chars(BLANKS)
    read = pl.Series([None], dtype=pl.Datetime("us")).new_from_index(0, len(values))
    for shape in shapes:
        fitting = plain.set(~plain.str.contains(f"^(?:{shape.expression})$"), None)
        if fitting.null_count() < len(fitting):
            times = fitting.str.to_datetime(shape.format, time_unit="us", strict=False)
            read = read.zip_with(read.is_not_null(), times)
    return read


def _with_offset(local: pl.Series, ambiguous: str) -> Column:
    """Return wall-clock times with Stockholm's offset; the odd hours are problems."""
    first = local.dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")
    second = local.dt.replace_time_zone(ZONE, ambiguous="latest", non_existent="null")
    placed = second if ambiguous == SECOND else first
    texts = placed.dt.strftime("%Y-%m-%dT%H:%M:%S%:z")
    there = refuse(local, first.is_not_null(), MISSING_HOUR, texts)
    if ambiguous in {FIRST, SECOND}:
        return there
    once = refuse(local, (first == second) | first.is_null(), AMBIGUOUS, there.values)
    return _after(there, once)


def _value_map(values: pl.Series, step: Step, project: Project) -> Column:
    value_map = project.value_map_of(step.option("name"))
    entries = dict(value_map.entries) if value_map else {}
    unmapped = value_map.unmapped if value_map else "error"
    plain = values.str.strip_chars(BLANKS)
    mapped = plain.replace_strict(
        list(entries), list(entries.values()), default=None, return_dtype=pl.String
    )
    if unmapped == "keep":
        return _fine(mapped.fill_null(values))
    if unmapped == "omit":
        return _fine(mapped)
    return refuse(values, mapped.is_not_null(), "value-unmapped", mapped)


def _person_id(values: pl.Series, _step: Step, _project: Project) -> Column:
    plain = values.str.strip_chars(BLANKS)
    fits = plain.str.contains(f"^(?:{PERSON_ID})$")
    digits = plain.str.replace_all("-", "", literal=True)
    return refuse(values, fits, "person-id-unreadable", digits)


def _fold_up(values: pl.Series, step: Step, _project: Project) -> Column:
    form = step.option("form")
    if not folds(form):
        return _fail(values, "format-unreadable")
    try:
        kept = values.str.strip_chars(BLANKS).str.extract(f"^(?:{form})$", 1)
    except pl.exceptions.PolarsError:  # too much for its engine
        return _fail(values, "format-unreadable")
    return _fine(kept.set((kept == "").fill_null(value=False), None).fill_null(values))


CHANGES: dict[str, Change] = {
    "constant": _constant,
    "trim": _trim,
    "upper": _upper,
    "replace": _replace,
    "missing_when": _missing_when,
    "decimal_comma": _decimal_comma,
    "number": _number,
    "date": _date,
    "datetime": _datetime,
    "value_map": _value_map,
    "person_id": _person_id,
    "fold_up": _fold_up,
}
