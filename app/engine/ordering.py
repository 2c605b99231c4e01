"""The order of rows for whole tables; what it means is written in `app.core.ordering`."""

import polars as pl

from app.core.conversion import BLANKS
from app.core.mapping import GroupLink
from app.core.ordering import DAY_FIRST, NUMBER, ONE_DIGIT, wanted_values


def in_order(column: str) -> list[pl.Expr]:
    """Return what rows are sorted by in the order of a column, missing ones last."""
    plain = pl.col(column).str.strip_chars(BLANKS)
    number = plain.str.contains(f"^(?:{NUMBER})$")
    size = pl.when(number).then(plain.str.replace(",", ".", literal=True)).cast(pl.Float64)
    by_time = plain
    for one in ONE_DIGIT:
        by_time = by_time.str.replace(one, "${1}0${2}${3}")
    by_time = by_time.str.replace(f"^{DAY_FIRST}", "${3}-${2}-${1}")
    text = pl.when(~number & (plain != "")).then(by_time)
    return [size.alias("__size__"), text.alias("__text__")]


def sort_rows(table: pl.DataFrame, rows: GroupLink, row: str, *, backwards: bool) -> pl.DataFrame:
    """Return a table sorted by its column index and the order of its rows, or against that.

    `row` is the column that tells the rows' order in their files.
    """
    against = rows.descending != backwards
    if not rows.order_column:
        return table.sort("index", row, descending=[False, against])
    by = in_order(rows.order_column)
    directions = [False, against, against, backwards]
    return table.sort("index", *by, row, descending=directions, nulls_last=True)


def let_through(table: pl.DataFrame, rows: GroupLink) -> pl.DataFrame:
    """Return the rows of a table that the filter lets through."""
    if not rows.filter_column:
        return table
    said = pl.col(rows.filter_column).str.strip_chars(BLANKS)
    return table.filter(said.is_in(wanted_values(rows.filter_value)))
