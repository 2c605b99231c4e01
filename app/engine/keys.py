"""Which case a row belongs to: the texts of one or several columns as one key."""

from collections.abc import Sequence

import polars as pl

from app.core.conversion import BLANKS
from app.core.mapping import Project
from app.engine.columns import present

_BETWEEN = "\x1f"  # stands in no file's cell
_SHOWN_BETWEEN = "-"


def key_columns(project: Project, table: str) -> tuple[str, ...]:
    """Return the columns that together say which case a table's row belongs to."""
    source = project.source_of(table)
    return source.keys if source else ("",)


def key_name(project: Project, table: str) -> str:
    """Return what a table's key is called where a finding points to it."""
    return " + ".join(key_columns(project, table))


def case_keys(table: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Return the key of every row, null where any part of it is empty."""
    parts = [present(table[name].str.strip_chars(BLANKS)) for name in columns]
    if len(parts) == 1:
        return parts[0]
    joined = pl.concat_str([pl.col(str(at)) for at in range(len(parts))], separator=_BETWEEN)
    frame = pl.DataFrame({str(at): part for at, part in enumerate(parts)})
    return frame.select(joined.alias("key"))["key"]


def shown_keys(keys: pl.Series) -> pl.Series:
    """Return keys as a person reads them."""
    return keys.str.replace_all(_BETWEEN, _SHOWN_BETWEEN, literal=True)
