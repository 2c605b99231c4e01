"""How tables belong together by their keys, told before anything is mapped."""

from collections.abc import Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.core.mapping import Project, Source
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.source_views import MANY, NO_RELATION, ONE, KeyProposal, Relation

if TYPE_CHECKING:
    import polars as pl

    from app.workflow.shelf import ReadTable

_STEP = "keys"
_LEAST = 0.3  # of a table's rows have a case; a smaller part is chance
_LEAST_OWN = 0.9  # of the case table's rows have a key that no other has
_SHOWN = 5
_TRIED = 8  # columns that are paired
_WHOLE = 0.999  # so many of the rows need no further column


def keys_of(table: "pl.DataFrame", source: Source) -> "pl.Series":
    """Return the key of every row of a source's table, null where it has none."""
    from app.engine.keys import case_keys

    return case_keys(table, source.keys)


def relation_of(keys: "pl.Series", cases: "pl.Series") -> Relation:
    """Return how rows with these keys belong to the distinct keys of the cases."""
    import polars as pl

    counts = keys.alias("key").value_counts(name="rows")
    mine = counts.filter(pl.col("key").is_in(cases.implode()))
    most = int(mine["rows"].max() or 0)  # type: ignore[arg-type]
    kind = NO_RELATION if most == 0 else ONE if most == 1 else MANY
    matched = int(mine["rows"].sum())
    without = len(cases) - mine.height
    return Relation(kind, most, mine.height, len(keys) - matched, without, len(cases))


def duplicate_keys(keys: "pl.Series") -> int:
    """Return how many keys are those of more than one row."""
    counts = keys.drop_nulls().value_counts(name="rows")["rows"]
    return int((counts > 1).sum())


def key_proposals(
    desk: Desk, project: Project, table: str, progress: Progress = silent
) -> tuple[KeyProposal, ...]:
    """Return columns, or pairs of them, that could be a table's key; the likeliest first."""
    source, own = project.source_of(table), project.source_of(project.case_table)
    read = desk.tables.get(source) if source else None
    if source is None or read is None:
        raise ExportError("source-unknown", table=table)
    if own is None or own.name == table:
        found = _unique(read, progress)
    else:
        cases = desk.tables.get(own)
        has_keys = cases is not None and set(own.keys) <= set(cases.contents)
        found = _matching(read, cases.table, own, progress) if cases and has_keys else []
    ordered = sorted(
        found, key=lambda one: (-round(one.share, 2), not is_known(desk, one.columns[0]))
    )
    return tuple(ordered[:_SHOWN])


def _unique(read: "ReadTable", progress: Progress) -> list[KeyProposal]:
    """Return the columns of a case table whose values are each their row's own."""
    columns = [name for name, one in read.contents.items() if one.filled > 0]
    least = _LEAST_OWN * read.table.height  # so many values at least are each a row's own
    likely = [name for name in columns if read.contents[name].distinct >= least]
    found = [_own_share(read, (name,), progress) for name in likely]
    if not any(one.share >= _WHOLE for one in found):
        by_distinct = sorted(columns, key=lambda name: -read.contents[name].distinct)
        pairs = combinations(by_distinct[:_TRIED], 2)
        found += [_own_share(read, pair, progress) for pair in pairs]
    return [one for one in found if one.share >= _LEAST_OWN]


def _own_share(read: "ReadTable", columns: tuple[str, ...], progress: Progress) -> KeyProposal:
    """Return how many rows have a key of these columns that no other row has."""
    from app.engine.keys import case_keys

    progress(0, 1, _STEP)
    first, rows = read.contents[columns[0]], read.table.height
    if len(columns) == 1 and first.filled == first.distinct == rows:
        return KeyProposal(columns, rows, 1.0)
    keys = case_keys(read.table, columns)
    alone = int((keys.is_unique() & keys.is_not_null()).sum())
    return KeyProposal(columns, alone, alone / max(rows, 1))


def _matching(
    read: "ReadTable", cases: "pl.DataFrame", own: Source, progress: Progress
) -> list[KeyProposal]:
    """Return the columns of a table that hold the case table's key, part by part."""
    from app.engine.keys import case_keys

    parts = [_holding(read, cases, name, progress) for name in own.keys]
    wanted = case_keys(cases, own.keys).drop_nulls().unique().implode()
    found = []
    for columns in product(*parts):
        progress(0, 1, _STEP)
        if len(set(columns)) == len(columns):
            matched = int(case_keys(read.table, columns).is_in(wanted).sum())
            found.append(KeyProposal(columns, matched, matched / max(read.table.height, 1)))
    return [one for one in found if one.share >= _LEAST]


def _holding(
    read: "ReadTable", cases: "pl.DataFrame", column: str, progress: Progress
) -> list[str]:
    """Return the columns of a table whose values are mostly those of one column of the cases."""
    from app.engine.keys import case_keys

    values = case_keys(cases, (column,)).drop_nulls().unique()
    likely = {}
    for name, content in read.contents.items():
        progress(0, 1, _STEP)
        if content.filled and _overlaps(content.values, values):
            keys = case_keys(read.table, (name,))
            likely[name] = int(keys.is_in(values.implode()).sum())
    ordered = sorted(likely, key=lambda name: -likely[name])
    return ordered[:_TRIED]


def _overlaps(values: Sequence[str], wanted: "pl.Series") -> bool:
    """Whether some of a column's most common values are among the wanted ones."""
    import polars as pl

    some = pl.Series([value.strip() for value in values], dtype=pl.String)
    return bool(some.is_in(wanted.implode()).any())


def is_known(desk: Desk, column: str) -> bool:
    """Whether a column is called as the register calls the case key, or as exports do."""
    from app.workflow.naming import names_of, plain

    profile = desk.profile()
    return plain(column) in {plain(name) for name in names_of(profile.by_id[profile.case_key])}
