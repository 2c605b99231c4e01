"""Several files of the same kind as one table, every row with the number of its file."""

from typing import TYPE_CHECKING

from app.files.losses import Losses
from app.files.reading import FILE, ROW

if TYPE_CHECKING:
    import polars as pl

_SOME = 3  # columns that are named in a note


def joined(tables: "list[pl.DataFrame]", every: list[Losses]) -> "pl.DataFrame":
    """Return one table; a column that a file lacks is empty in its rows, and noted."""
    import polars as pl

    if len(tables) == 1:
        return tables[0]
    columns = list(dict.fromkeys(name for table in tables for name in table.columns))
    names = [name for name in columns if name != ROW]
    for table, losses in zip(tables, every, strict=True):
        _note_missing(table, names, losses)
    order = [*names, ROW, FILE]
    whole = [
        table.with_columns(
            *(pl.lit("").alias(name) for name in names if name not in table.columns),
            pl.lit(place, pl.UInt16).alias(FILE),
        ).select(order)
        for place, table in enumerate(tables)
    ]
    return pl.concat(whole, rechunk=False)


def _note_missing(table: "pl.DataFrame", names: list[str], losses: Losses) -> None:
    missing = [name for name in names if name not in table.columns]
    if missing:
        shown = ", ".join(missing[:_SOME]) + (", …" if len(missing) > _SOME else "")
        losses.note("columns-missing", count=len(missing), columns=shown)
