"""One case's rows in every table of a large export, found without going through it again."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from app.core.mapping import Project
from app.engine.conversions.column import stripped
from app.engine.export import ROW, Export
from app.engine.keys import case_keys

Key = tuple[str, ...]


@dataclass(frozen=True)
class CaseRows:
    """Finds rows by their key; how keys are written in a table is looked at once."""

    export: Export
    project: Project
    _plain: dict[str, bool] = field(default_factory=dict, repr=False)
    _longest: dict[str, int] = field(default_factory=dict, repr=False)

    def of(self, row: int, further: Sequence[int] = ()) -> dict[str, pl.DataFrame]:
        """Return the rows of the case that stands at a row of its own table, that table first.

        `further` are more rows of the same case in its own table: their keys may be others.
        """
        own = self.project.source_of(self.project.case_table)
        if own is None or own.name not in self.export.tables:
            return {}
        table = self.export.tables[own.name]
        line = _where(table, pl.col(ROW) == row)
        found = {own.name: line}
        keys = _texts(line, own.keys)
        if further:
            keys += _texts(_where(table, pl.col(ROW).is_in(further)), own.keys)
        if not keys:
            return found
        more = self._of_keys(own.name, own.keys, keys)
        found[own.name] = pl.concat([line, more.filter(pl.col(ROW) != row)])
        others = (one for one in self.project.sources if one.name != own.name)
        for source in others:
            known = self.export.tables.get(source.name)
            if known is not None and set(source.keys) <= set(known.columns):
                found[source.name] = self._of_keys(source.name, source.keys, keys)
        return found

    def _of_keys(self, name: str, columns: tuple[str, ...], keys: Sequence[Key]) -> pl.DataFrame:
        """Return the rows of a table that have any of some keys, as they stand in it."""
        each = [self._having(name, columns, key) for key in dict.fromkeys(keys)]
        return each[0] if len(each) == 1 else pl.concat(each).sort(ROW)

    def _having(self, name: str, keys: tuple[str, ...], texts: Key) -> pl.DataFrame:
        """Return the rows of a table that have a key."""
        table = self.export.tables[name]
        if len(keys) != len(texts):
            return table.clear()
        fits = all(len(text.encode()) >= self._longest_of(name, keys) for text in texts)
        if not fits and not self._is_plain(name, keys):
            wanted = case_keys(pl.DataFrame([texts], schema=list(keys), orient="row"), keys)[0]
            return table.filter(case_keys(table, keys) == wanted)
        pairs = zip(keys, texts, strict=True)
        return _where(table, *(pl.col(column) == text for column, text in pairs))

    def _longest_of(self, name: str, keys: tuple[str, ...]) -> int:
        """Return the bytes of the longest key of a table: none as long has blanks around it."""
        if name not in self._longest:
            longest = (self.export.tables[name][key].str.len_bytes().max() for key in keys)
            self._longest[name] = max(int(str(one or 0)) for one in longest)
        return self._longest[name]

    def _is_plain(self, name: str, keys: tuple[str, ...]) -> bool:
        """Whether no key of a table has blanks around it."""
        if name not in self._plain:
            table = self.export.tables[name]
            columns = (table[column] for column in keys)
            self._plain[name] = all(
                (stripped(one) == one).fill_null(value=True).all() for one in columns
            )
        return self._plain[name]


def _where(table: pl.DataFrame, *conditions: pl.Expr) -> pl.DataFrame:
    """Return a few rows of a large table; a filter would go through every column."""
    places = table.select(pl.all_horizontal(conditions).alias("is")).to_series().arg_true()
    return table[places] if len(places) else table.clear()


def _texts(lines: pl.DataFrame, keys: tuple[str, ...]) -> list[Key]:
    """Return the parts of each row's key; nothing for a row where one is missing."""
    if lines.is_empty() or not set(keys) <= set(lines.columns):
        return []
    parts = zip(*(stripped(lines[column]).fill_null("") for column in keys), strict=True)
    return [key for key in parts if all(key)]
