"""Columns that one of a table's files lacks or leaves empty: its cases would lack them unseen."""

from collections.abc import Iterable

import polars as pl

from app.core.conversion import BLANKS
from app.core.finding import Tier
from app.engine.export import LINES, ROW, Export
from app.engine.finding_rows import Place, as_json, found, none_found

_FILE, _ROWS = "__file__", "__rows__"


def file_gaps(export: Export, table: str, columns: Iterable[str]) -> pl.DataFrame:
    """Return a note for every column and file without a value where another file has some."""
    names = export.files.get(table, ())
    read = [name for name in dict.fromkeys(columns) if name in export.tables[table].columns]
    if len(names) <= 1 or not read:
        return none_found()
    filled = (pl.col(read).str.strip_chars(BLANKS) != "").any()
    place = (pl.col(ROW) // LINES).alias(_FILE)
    files = export.tables[table].group_by(place).agg(filled, pl.len().alias(_ROWS)).sort(_FILE)
    findings = [none_found()]
    for name in read:
        empty = files.filter(~pl.col(name))
        if empty.height and files[name].any():
            told = pl.Series(names, dtype=pl.String).gather(empty[_FILE])
            values = as_json({"file": told, "rows": empty[_ROWS].cast(pl.String)})
            nowhere = pl.Series([None], dtype=pl.UInt32).new_from_index(0, empty.height)
            lines = empty[_FILE] * LINES + 1
            place_of = Place("column-empty-in-file", Tier.NOTE, "", table, name)
            findings.append(found(place_of, nowhere, lines, values).with_columns(case=pl.lit("")))
    return pl.concat(findings)
