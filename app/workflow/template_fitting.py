"""Where a template's tables and columns are in another hospital's export."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.core.conversion import KINDS, Entry
from app.core.mapping import Link, Project, Source, Step
from app.workflow.naming import plain
from app.workflow.source_views import Renaming

_LIKE_ENOUGH = 75  # of two columns' names, 0-100
_ENOUGH_COLUMNS = 0.3  # of a table's columns, to take it for the same table
_SAME_NAME = 0.25  # what a table's name counts beside its columns

Columns = Mapping[str, tuple[str, ...]]  # of every table of the export


@dataclass(frozen=True, slots=True)
class Fit:
    """One table of the template in the export: what it is called there, and its columns."""

    table: str
    columns: Mapping[str, str]  # the template's column -> the export's
    likely: Mapping[str, Renaming] = field(default_factory=dict)  # those that are a guess

    def finds(self, columns: Iterable[str]) -> bool:
        """Whether all of these are there."""
        return all(one in self.columns for one in columns)


def fits_of(template: Project, export: Columns) -> dict[str, Fit]:
    """Return where each table of the template is; one that is not there is left out."""
    wanted = {one.name: columns_of_source(template, one) for one in template.sources}
    scores = sorted(
        (
            (_likeness(one.name, wanted[one.name], name, columns), one.name, name)
            for one in template.sources
            for name, columns in export.items()
        ),
        key=lambda found: (-found[0], found[1:]),
    )
    found: dict[str, Fit] = {}
    taken: set[str] = set()
    for score, table, name in scores:
        if score >= _ENOUGH_COLUMNS and table not in found and name not in taken:
            found[table] = _fit(name, wanted[table], export[name])
            taken.add(name)
    return found


def columns_of_source(project: Project, source: Source) -> tuple[str, ...]:
    """Return the columns that a source is known by: its shape, and what the mapping reads."""
    own = [*source.keys]
    if source.name == project.case_table:
        own += [project.blocking.column, project.duplicates.column]
    for group in project.groups:
        if group.table == source.name:
            own += [group.filter_column, group.order_column]
    for link in project.links:
        own += [column for table, column in places_of(link) if table == source.name]
    return tuple(name for name in dict.fromkeys((*source.shape, *own)) if name)


def places_of(link: Link) -> tuple[tuple[str, str], ...]:
    """Return every table and column that a link reads, also those that its steps ask."""
    picked = (link.pick.filter_column, link.pick.order_column)
    own = [(link.table, name) for name in (*link.columns, *picked)]
    asked = [place for step in link.steps for _option, *place in places_of_step(step, link.table)]
    return tuple(dict.fromkeys((table, name) for table, name in (*own, *asked) if name))


def places_of_step(step: Step, table: str) -> Iterator[tuple[str, str, str]]:
    """Yield the options of a step that name a column, with its table and the column."""
    for one in KINDS[step.kind].settings if step.kind in KINDS else ():
        if one.entry is Entry.COLUMN:
            there = step.option(one.table) if one.table else table
            yield one.name, there, step.option(one.name)


def _likeness(table: str, wanted: tuple[str, ...], name: str, columns: tuple[str, ...]) -> float:
    from rapidfuzz import fuzz

    known, there = {plain(one) for one in wanted}, {plain(one) for one in columns}
    share = len(known & there) / len(known) if known else 0.0
    return share + _SAME_NAME * fuzz.ratio(plain(table), plain(name)) / 100 if share else 0.0


def _fit(table: str, wanted: tuple[str, ...], columns: tuple[str, ...]) -> Fit:
    """Find each column by its name, as it stands or without signs; the rest by likeness."""
    by_letters = {plain(one): one for one in reversed(columns)}
    sure = {one: one for one in wanted if one in columns}
    for one in wanted:
        if one not in sure and by_letters.get(plain(one), "") not in {"", *sure.values()}:
            sure[one] = by_letters[plain(one)]
    left = [one for one in columns if one not in sure.values()]
    likely = _renamed([one for one in wanted if one not in sure], left)
    return Fit(table, {**sure, **{one.before: one.after for one in likely.values()}}, likely)


def _renamed(wanted: list[str], left: list[str]) -> dict[str, Renaming]:
    """Pair columns whose names are alike, the likest first, each once."""
    from rapidfuzz import fuzz

    pairs = sorted(
        ((fuzz.ratio(plain(a), plain(b)), a, b) for a in wanted for b in left),
        key=lambda pair: (-pair[0], pair[1:]),
    )
    found: dict[str, Renaming] = {}
    taken: set[str] = set()
    for score, before, after in pairs:
        if score >= _LIKE_ENOUGH and before not in found and after not in taken:
            found[before] = Renaming(before, after, round(score))
            taken.add(after)
    return found
