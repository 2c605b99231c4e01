"""What the steps of one case's values look up in other tables: only the keys that are asked for."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from app.engine.export import Export

Place = tuple[str, str, str]  # table, key column, value column


class OneCaseLookups(Mapping[Place, Mapping[str, frozenset[str]]]):
    """The tables of an export as the core asks them."""

    def __init__(self, export: "Export | None") -> None:
        self._tables = export.looked_up if export else {}

    def __getitem__(self, place: Place) -> Mapping[str, frozenset[str]]:
        """Return what a table says of its keys."""
        table = self._tables[place[0]]
        if not {*place[1:]} <= {*table.columns}:
            raise KeyError(place)
        return _Keys(table, *place[1:])

    def __iter__(self) -> Iterator[Place]:
        """Yield nothing: the places are asked for by name."""
        return iter(())

    def __len__(self) -> int:
        """Return how many places are told."""
        return 0


class _Keys(Mapping[str, frozenset[str]]):
    """The values of each key of a table."""

    def __init__(self, table: "pl.DataFrame", key: str, column: str) -> None:
        self._table, self._key, self._column = table, key, column

    def __getitem__(self, key: str) -> frozenset[str]:
        from app.engine.conversions.column import stripped

        table = self._table
        rows = table.filter(stripped(table[self._key]) == key)
        if rows.is_empty() or not key:
            raise KeyError(key)
        return frozenset(rows[self._column].fill_null(""))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
