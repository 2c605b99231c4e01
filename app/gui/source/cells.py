"""The columns of a file's rows, with person ids masked."""

from collections.abc import Iterable, Sequence
from functools import partial

from app.gui.source.wide_table import column_widths
from app.gui.widgets.masking import mask_cell
from app.gui.widgets.rows import Column
from app.workflow.views import ColumnView

Cells = tuple[str, ...]

_TIMES = frozenset({"date", "time", "datetime"})


def cell_columns(
    names: Sequence[str], known: Iterable[ColumnView], rows: Sequence[Cells]
) -> tuple[Column[Cells], ...]:
    """Return a column for each of a file's, as wide as its first cells want."""
    looks = {one.name: one.looks_like for one in known}
    return tuple(
        Column(name, partial(shown_cell, place, looks.get(name, "")), width=width)
        for place, (name, width) in enumerate(zip(names, column_widths(names, rows), strict=True))
    )


def shown_cell(place: int, looks_like: str, row: Cells) -> str:
    """Return a cell as it may be shown; times are no person ids, though they look alike."""
    text = row[place] if place < len(row) else ""
    return text if looks_like in _TIMES else mask_cell(text, person=looks_like == "person_id")
