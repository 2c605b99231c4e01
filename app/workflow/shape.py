"""The shape of a source: its columns, what has changed in them, and the mapping moved along."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.conversion import KINDS, Entry
from app.core.mapping import Blocking, Duplicates, GroupLink, Link, Pick, Project, Source, Step
from app.workflow.source_views import FileChange, Renaming, ShapeChange
from app.workflow.views import TableView

if TYPE_CHECKING:
    from app.workflow.content import Content

_LIKELY = 65  # a column that is less like the one that is gone is another column
_BY_NAME, _BY_CONTENT = 0.6, 0.4  # how much each says where both are known
_FEW_VALUES = 60  # a column with more holds other values every month
_CODED = {"code", "kva", "icd", "hsa_id"}
_SAME_KIND = 75.0
_OTHER_KIND = 30  # is taken from the likeness of names where the contents are of other kinds


def repointed(project: Project, table: str, renamings: Iterable[Renaming]) -> Project:
    """Return the project with every place that names a renamed column naming the new one."""
    names = {one.before: one.after for one in renamings}
    return repointed_by(project, table, lambda column: names.get(column, column))


def repointed_by(project: Project, table: str, new: Callable[[str], str]) -> Project:
    """Return the project with every place that names a column of a table asked for its name."""
    is_case_table = table == project.case_table
    return replace(
        project,
        sources=tuple(_source(one, new) if one.name == table else one for one in project.sources),
        groups=tuple(_group(one, new) if one.table == table else one for one in project.groups),
        links=tuple(_link(one, table, project.case_table, new) for one in project.links),
        blocking=_blocking(project.blocking, new) if is_case_table else project.blocking,
        duplicates=_duplicates(project.duplicates, new) if is_case_table else project.duplicates,
    )


def columns_used(project: Project, table: str) -> frozenset[str]:
    """Return the columns of a table that the project names anywhere."""
    used: set[str] = set()

    def note(column: str) -> str:
        used.add(column)
        return column

    repointed_by(project, table, note)
    return frozenset(used - {""})


def change_from(
    project: Project,
    source: Source,
    before: Mapping[str, "Content"],
    now: Mapping[str, "Content"],
) -> ShapeChange:
    """Return how a source's columns differ from those that the project expects.

    Where it expects none, they are those that it had before, else those that the mapping names.
    """
    used = columns_used(project, source.name)
    expected = source.shape or tuple(before)
    if expected:
        return change_of(expected, before, now, used)
    return replace(change_of(sorted(used), before, now, used), added=())


def change_of(
    shape: Sequence[str],
    before: Mapping[str, "Content"],
    now: Mapping[str, "Content"],
    used: Container[str] = (),
) -> ShapeChange:
    """Return how columns differ from those expected; what they held before may not be known."""
    missing = tuple(one for one in shape if one not in now)
    added = tuple(one for one in now if one not in set(shape))
    renamed = _renamed(missing, added, before, now)
    gone, come = {one.before for one in renamed}, {one.after for one in renamed}
    return ShapeChange(
        tuple(one for one in added if one not in come),
        tuple(one for one in missing if one not in gone),
        renamed,
        tuple(one for one in missing if one in used),
    )


def with_shape(project: Project, tables: Iterable[TableView]) -> Project:
    """Return the project with the columns as they were read now for the ones to expect."""
    read = {one.source.name: one for one in tables if one.problem is None}
    return replace(
        project,
        sources=tuple(
            replace(one, shape=tuple(column.name for column in read[one.name].columns))
            if one.name in read
            else one
            for one in project.sources
        ),
    )


def with_files(project: Project, found: FileChange, renamings: Iterable[Renaming] = ()) -> Project:
    """Return the project with other files for a table, renamed columns re-pointed, in one step."""
    name = found.source.name
    changed = repointed(project.with_source(found.source), name, renamings)
    source = changed.source_of(name) or found.source
    return changed.with_source(replace(source, shape=found.columns))


def _source(source: Source, new: Callable[[str], str]) -> Source:
    return replace(source, key=new(source.key), key_more=tuple(new(one) for one in source.key_more))


def _group(group: GroupLink, new: Callable[[str], str]) -> GroupLink:
    return replace(
        group, filter_column=new(group.filter_column), order_column=new(group.order_column)
    )


def _link(link: Link, table: str, case_table: str, new: Callable[[str], str]) -> Link:
    asked = link.table or case_table  # where the condition of a constant looks
    steps = tuple(_step(one, asked, table, new) for one in link.steps)
    if link.table != table:
        return replace(link, steps=steps) if steps != link.steps else link
    columns = tuple(new(one) for one in link.columns)
    return replace(link, columns=columns, steps=steps, pick=_pick(link.pick, new))


def _step(step: Step, own: str, table: str, new: Callable[[str], str]) -> Step:
    """Return a step whose conditions and lookups in the table name the new columns."""
    mine = {
        one.name
        for one in (KINDS[step.kind].settings if step.kind in KINDS else ())
        if one.entry is Entry.COLUMN and table == (step.option(one.table) if one.table else own)
    }
    options = tuple((name, new(said) if name in mine else said) for name, said in step.options)
    return replace(step, options=options)


def _pick(pick: Pick, new: Callable[[str], str]) -> Pick:
    return replace(pick, filter_column=new(pick.filter_column), order_column=new(pick.order_column))


def _blocking(blocking: Blocking, new: Callable[[str], str]) -> Blocking:
    return replace(blocking, column=new(blocking.column))


def _duplicates(duplicates: Duplicates, new: Callable[[str], str]) -> Duplicates:
    return replace(duplicates, column=new(duplicates.column))


def _renamed(
    missing: Sequence[str],
    added: Sequence[str],
    before: Mapping[str, "Content"],
    now: Mapping[str, "Content"],
) -> tuple[Renaming, ...]:
    """Return the likeliest pairs of a column that is gone and one that is new, each once."""
    pairs = [
        Renaming(old, new, _likeness(old, new, before.get(old), now[new]))
        for old in missing
        for new in added
    ]
    found: dict[str, Renaming] = {}
    for pair in sorted(pairs, key=lambda one: -one.score):
        taken = {one.after for one in found.values()}
        if pair.score >= _LIKELY and pair.before not in found and pair.after not in taken:
            found[pair.before] = pair
    return tuple(found[one] for one in missing if one in found)


def _likeness(old: str, new: str, before: "Content | None", now: "Content") -> int:
    """Return how surely a new column is one that is gone, by their names and what they hold."""
    from rapidfuzz import fuzz

    from app.workflow.naming import plain

    names = fuzz.WRatio(plain(old), plain(new))
    if before is None or not before.filled or not now.filled:
        return round(names)
    if before.looks_like != now.looks_like:
        return max(0, round(names) - _OTHER_KIND)
    return round(_BY_NAME * names + _BY_CONTENT * _shared(before, now))


def _shared(before: "Content", now: "Content") -> float:
    """Return how much of what occurs in one column occurs in the other, 0-100.

    Only codes come again from month to month; other values of one kind are likely of one column.
    """
    old, new = set(before.values), set(now.values)
    least = min(len(old), len(new))
    if before.looks_like not in _CODED or max(before.distinct, now.distinct) > _FEW_VALUES:
        return 100.0 if old & new else _SAME_KIND
    return 100 * len(old & new) / least
