"""What the source page is told about one table: its columns, its relation, what was left out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.identity import mask_text
from app.core.mapping import Project, Source
from app.workflow.relation import duplicate_keys, keys_of, relation_of
from app.workflow.shape import change_from
from app.workflow.shelf import ReadTable
from app.workflow.source_views import Relation, ShapeChange
from app.workflow.views import ColumnView, Problem, TableView

if TYPE_CHECKING:
    from app.workflow.content import Content

_SAMPLES = 5
_SHOWN_TROUBLES = 100


def relations(
    project: Project, found: Mapping[str, ReadTable], problems: Mapping[str, Problem]
) -> dict[str, Relation]:
    """Return how each table that could be read belongs to the case table's cases."""
    own = project.source_of(project.case_table)
    if own is None or own.name not in found or own.name in problems:
        return {}
    cases = keys_of(found[own.name].table, own).drop_nulls().unique()
    return {
        source.name: relation_of(keys_of(found[source.name].table, source), cases)
        for source in project.sources
        if source.name in found and source.name not in problems and source != own
    }


def table_view(
    project: Project,
    source: Source,
    read: ReadTable | None,
    joined: Mapping[str, Relation],
    problem: Problem | None,
) -> TableView:
    """Return what is told about a table; what there is of it also where it has a problem."""
    if read is None:
        return TableView(source, problem=problem, files=1 + len(source.more))
    relation = joined.get(source.name)
    view = TableView(
        source,
        read.table.height,
        _columns(read.contents),
        problem=problem,
        relation=relation,
        change=_change(project, source, read),
        troubles=tuple(Problem(one.code, one.values) for one in read.lost[:_SHOWN_TROUBLES]),
        trouble_count=read.trouble_count,
        notes=read.notes,
        files=1 + len(source.more),
    )
    if relation:
        return replace(view, orphans=relation.orphans, without=relation.without)
    if source.name == project.case_table and problem is None:
        return replace(view, duplicates=duplicate_keys(keys_of(read.table, source)))
    return view


def _change(project: Project, source: Source, read: ReadTable) -> ShapeChange | None:
    change = change_from(project, source, read.former, read.contents)
    return None if change == ShapeChange() else change


def _columns(contents: "Mapping[str, Content]") -> tuple[ColumnView, ...]:
    from app.workflow.content import shown_samples

    return tuple(
        ColumnView(
            name,
            content.filled,
            content.distinct,
            shown_samples(content, _SAMPLES),
            content.looks_like,
            mask_text(content.least),
            mask_text(content.greatest),
        )
        for name, content in contents.items()
    )
