"""The names of a table's columns, out of whatever stands in its heading."""

from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.core.identity import mask_text
from app.files.losses import MARK, Losses
from app.files.reading import FILE, ROW

if TYPE_CHECKING:
    import polars as pl

MOST_COLUMNS = 20_000


def column_names(cells: list[str], losses: Losses) -> list[str]:
    """Return the heading's names; an unnamed column is called by its number, a twin numbered.

    A cell that may hold a person's number names no column: names go into the project file.
    """
    if len(cells) > MOST_COLUMNS:
        raise ExportError("columns-many", name=losses.name, columns=len(cells), most=MOST_COLUMNS)
    wanted = [_name(cell) for cell in cells]
    taken = {ROW, FILE, *wanted}
    names: list[str] = []
    for place, name in enumerate(wanted, start=1):
        given = name or f"#{place}"
        if given in names or given in {ROW, FILE}:
            given = _free(given, taken)
            losses.note("column-twice", column=name, place=place, called=given)
        taken.add(given)
        names.append(given)
    losses.know(names)
    return names


def numbered(count: int, losses: Losses) -> list[str]:
    """Return the names of columns that have no heading."""
    names = [f"#{place}" for place in range(1, count + 1)]
    losses.know(names)
    return names


def demand_readable(cells: list[str], line: int, losses: Losses) -> None:
    """Raise ExportError for a heading with a sign that its encoding does not know."""
    if any(MARK in cell for cell in cells):
        raise ExportError("file-encoding", name=losses.name, encoding=losses.encoding, line=line)


def without_unnamed(table: "pl.DataFrame", losses: Losses) -> "pl.DataFrame":
    """Leave out columns that have neither a name nor a value, such as after a last delimiter."""
    unnamed = [one for one in table.columns if one.startswith("#") and one[1:].isdigit()]
    empty = [one for one in unnamed if (table[one] == "").all()]
    kept = [one for one in unnamed if one not in empty]
    named = len(unnamed) < table.width - 1
    if kept and named:
        losses.note("column-unnamed", column=kept[0], count=len(kept))
    return table.drop(empty) if named else table


def holds_person(cell: str) -> bool:
    """Whether a cell of a heading may hold a person's number."""
    return mask_text(cell) != cell


def _name(cell: str) -> str:
    return "" if holds_person(cell) else cell.replace("\0", "").strip()


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while f"{name} {number}" in taken:
        number += 1
    return f"{name} {number}"
