"""The left side: the columns of the export under their tables."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.core.mapping import GroupLink
from app.gui.mapping.drawing.entries import FILLED, LEFT, UNLINKED, Entry, under_heading
from app.gui.mapping.variable_rows import VariableRow
from app.gui.widgets.looks import looks, looks_icon
from app.gui.widgets.numbers import share
from app.language.text import _
from app.workflow.views import ColumnView, TableView

_BETWEEN = "\t"
_SAMPLES = 3


def column_key(table: str, column: str = "") -> str:
    """Return the key of a column's entry, or of its table's heading."""
    return f"{table}{_BETWEEN}{column}"


def column_of(key: str) -> tuple[str, str]:
    """Return the table and the column of an entry's key."""
    table, _between, column = key.partition(_BETWEEN)
    return table, column


def ends(row: VariableRow) -> tuple[str, ...]:
    """Return the keys of the columns that a variable comes from."""
    link = row.link
    if link is None or not link.table:
        return ()
    return tuple(column_key(link.table, column) for column in dict.fromkeys(link.columns))


def column_entries(
    rows: Sequence[VariableRow], tables: Sequence[TableView], groups: Sequence[GroupLink]
) -> tuple[Entry, ...]:
    """Return all columns under their tables, also those that only the mapping knows."""
    used = Counter(key for row in rows for key in ends(row))
    found: list[Entry] = []
    for table in tables:
        name = table.source.name
        roles = _roles(table, groups)
        entries = [_column(table, one, used, roles) for one in table.columns]
        known = {one.key for one in entries}
        lost = [key for key in used if column_of(key)[0] == name and key not in known]
        entries.extend(_lost(key, used[key], is_read=bool(table.columns)) for key in lost)
        found.extend(under_heading(LEFT, column_key(name), name, entries))
    return tuple(found)


def _roles(table: TableView, groups: Sequence[GroupLink]) -> dict[str, tuple[str, str]]:
    """Return what columns do besides giving values: their icon and word."""
    name = table.source.name
    of_table = [one for one in groups if one.table == name]
    roles = {one.order_column: ("sort-ascending", _("orders rows")) for one in of_table}
    roles |= {one.filter_column: ("filter-outline", _("picks rows")) for one in of_table}
    return roles | {key: ("key-variant", _("key")) for key in table.source.keys}


def _column(
    table: TableView,
    column: ColumnView,
    used: Mapping[str, int],
    roles: Mapping[str, tuple[str, str]],
) -> Entry:
    key = column_key(table.source.name, column.name)
    look = (looks_icon(column.looks_like), looks(column.looks_like))
    icon, word = roles.get(column.name, look)
    linked = used.get(key, 0)
    marks = {
        UNLINKED: not linked and column.name not in roles,
        FILLED: column.filled > 0,
    }
    samples = "  ·  ".join(column.samples[:_SAMPLES])
    return Entry(
        LEFT,
        key,
        column_key(table.source.name),
        column.name,
        word,
        share(column.filled, table.rows),
        icon,
        tip="\n".join(filter(None, (f"{table.source.name} · {column.name}", look[1], samples))),
        marks=frozenset(mark for mark, holds in marks.items() if holds),
        linked=linked,
    )


def _lost(key: str, linked: int, *, is_read: bool) -> Entry:
    """Return a column that the mapping names and the file does not have, or is not read yet."""
    table, column = column_of(key)
    word, tail = (_("not in the file"), ("alert", "refused")) if is_read else ("", ("", ""))
    return Entry(LEFT, key, column_key(table), column, word, tail=tail, linked=linked)
