"""One case's rows in every table of a large export, found without going through it again."""

from dataclasses import dataclass, field

import polars as pl

from app.core.mapping import Project
from app.engine.conversions.column import stripped
from app.engine.export import ROW, Export
from app.engine.keys import case_keys


@dataclass(frozen=True)
class CaseRows:
    """Finds rows by their key; how keys are written in a table is looked at once."""

    export: Export
    project: Project
    _plain: dict[str, bool] = field(default_factory=dict, repr=False)
    _longest: dict[str, int] = field(default_factory=dict, repr=False)

    def of(self, row: int) -> dict[str, pl.DataFrame]:
        """Return the rows of the case that stands at a row of its own table, that table first."""
        own = self.project.source_of(self.project.case_table)
        if own is None or own.name not in self.export.tables:
            return {}
        table = self.export.tables[own.name]
        line = _where(table, pl.col(ROW) == row)
        found = {own.name: line}
        texts = _texts(line, own.keys)
        if texts is None:
            return found
        further = self._having(own.name, own.keys, texts)
        found[own.name] = pl.concat([line, further.filter(pl.col(ROW) != row)])
        others = (one for one in self.project.sources if one.name != own.name)
        for source in others:
            known = self.export.tables.get(source.name)
            if known is not None and set(source.keys) <= set(known.columns):
                found[source.name] = self._having(source.name, source.keys, texts)
        return found

    def _having(self, name: str, keys: tuple[str, ...], texts: tuple[str, ...]) -> pl.DataFrame:
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


def _texts(line: pl.DataFrame, keys: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the parts of a row's key, None where one is missing."""
    if line.is_empty() or not set(keys) <= set(line.columns):
        return None
    parts = tuple(stripped(line[column])[0] or "" for column in keys)
    return parts if all(parts) else None
