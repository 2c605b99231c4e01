"""Conversion steps for whole columns; what they mean is written in `app.core.conversion`.

The property tests hold this equal to the core, value by value.
"""

from collections.abc import Mapping

import polars as pl

from app.core.conversion import ILLEGAL
from app.core.mapping import Project, Step
from app.engine.conversions import (
    constant,
    date,
    datetime,
    decimal_comma,
    extract,
    first_of,
    fold_up,
    hsa_id,
    icd,
    join,
    kva,
    lookup,
    lower,
    missing_when,
    number,
    only_when,
    person_id,
    replace,
    replace_pattern,
    split,
    trim,
    upper,
    value_map,
    yes_no,
)
from app.engine.conversions.column import (
    Change,
    Column,
    Combine,
    Surroundings,
    after,
    empty,
    fail,
    filled,
    join_texts,
    present,
    refuse,
)
from app.engine.conversions.datetime import ZONE

__all__ = [
    "CHANGES", "COMBINES", "ZONE", "Column", "Surroundings", "convert_columns", "convert_texts",
    "empty", "join_parts", "present",
]  # fmt: skip

CHANGES: Mapping[str, Change] = {
    "constant": constant.change,
    "trim": trim.change,
    "upper": upper.change,
    "lower": lower.change,
    "replace": replace.change,
    "replace_pattern": replace_pattern.change,
    "extract": extract.change,
    "split": split.change,
    "missing_when": missing_when.change,
    "only_when": only_when.change,
    "decimal_comma": decimal_comma.change,
    "number": number.change,
    "yes_no": yes_no.change,
    "date": date.change,
    "datetime": datetime.change,
    "value_map": value_map.change,
    "lookup": lookup.change,
    "person_id": person_id.change,
    "hsa_id": hsa_id.change,
    "icd": icd.change,
    "kva": kva.change,
    "fold_up": fold_up.change,
}
_DIGITS = {"date", "datetime", "number", "person_id"}  # what these write needs no looking at
_TIDY = _DIGITS | {"trim", "decimal_comma"}  # leave no blanks around a text
# Steps that read the columns themselves; they come first or not at all.
COMBINES: Mapping[str, Combine] = {"first_of": first_of.combine, "join": join.combine}


def convert_columns(
    parts: list[pl.Series], steps: tuple[Step, ...], around: Project | Surroundings
) -> Column:
    """Take whole columns of the same length through the steps."""
    known = Surroundings(around) if isinstance(around, Project) else around
    combine = COMBINES.get(steps[0].kind) if steps else None
    start = combine(parts, steps[0]) if combine else join_parts(parts)
    return convert_texts(present(start), steps[1:] if combine else steps, known)


def convert_texts(start: pl.Series, steps: tuple[Step, ...], known: Surroundings) -> Column:
    """Take texts, null where missing, through steps that change one column."""
    column, moments = Column(start, empty(len(start))), None
    for step in steps:
        done = CHANGES.get(step.kind, _unknown)(column.values, step, known)
        texts = filled(done.values) if step.kind in _TIDY else present(done.values)
        moments = done.moments
        column = after(column, Column(texts, done.problems))
    if steps and steps[-1].kind in _DIGITS:
        return _with_moments(column, moments)
    illegal = column.values.str.contains(ILLEGAL)
    if not illegal.any():
        return column
    refused = refuse(column.values, ~illegal, "character-illegal")
    return after(column, refused)


def _with_moments(column: Column, moments: pl.Series | None) -> Column:
    """Return a column with the moments of the values that are still there."""
    if moments is not None and moments.null_count() != column.values.null_count():
        moments = moments.set(column.values.is_null(), None)
    return Column(column.values, column.problems, moments)


def join_parts(parts: list[pl.Series]) -> pl.Series:
    """Return one column as it is; several with a blank between."""
    return parts[0] if len(parts) == 1 else join_texts(parts, " ")


def _unknown(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    if step.kind in COMBINES:
        return fail(values, "step-not-first")
    return Column(empty(len(values)), pl.Series(["step-unknown"]).new_from_index(0, len(values)))
