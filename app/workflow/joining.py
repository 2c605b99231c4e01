"""How the tables of a new project are joined: which one holds the cases, and every table's key."""

from dataclasses import replace

from app.core.mapping import Project, Source
from app.workflow.desk import Desk
from app.workflow.relation import key_proposals
from app.workflow.source_views import NO_RELATION, KeyProposal
from app.workflow.views import TableView

_NEARLY = 0.98  # of the keys are their own row's: a case that stands twice does not change what
_SURE = 0.8  # of a table's rows have a case by a key that is chosen without asking


def case_table_of(views: tuple[TableView, ...]) -> str:
    """Return the table that has one row per case: nearly unique keys, then the most columns."""

    def fitness(view: TableView) -> tuple[bool, int, int]:
        return _own_keys(view) >= _NEARLY, len(view.columns), view.rows

    readable = [view for view in views if view.columns]
    return max(readable, key=fitness).source.name if readable else ""


def with_keys(desk: Desk, project: Project, views: tuple[TableView, ...]) -> Project:
    """Return the project with keys by which the tables hold together, where theirs do not.

    `views` are those of the project with its case table.
    """
    tables = {view.source.name: view for view in views}
    own = tables.get(project.case_table)
    if own is None:
        return project
    if _own_keys(own) < _NEARLY:
        project = _with_best(desk, project, own.source, _NEARLY)
    chosen = project.source_of(project.case_table)
    changed = chosen is not None and chosen.keys != own.source.keys
    for view in views:
        apart = view.relation is None or view.relation.kind == NO_RELATION
        if view.source.name != project.case_table and view.columns and (apart or changed):
            project = _with_best(desk, project, view.source, _SURE)
    return project


def _own_keys(view: TableView) -> float:
    """Return the part of a table's rows that are alone with their key."""
    key = next((one for one in view.columns if one.name == view.source.key), None)
    filled = key is not None and key.filled == view.rows
    return key.distinct / view.rows if key and filled and view.rows else 0.0


def _with_best(desk: Desk, project: Project, source: Source, least: float) -> Project:
    proposals = key_proposals(desk, project, source.name)
    best: KeyProposal | None = proposals[0] if proposals else None
    if best is None or best.share < least:
        return project
    key, *more = best.columns
    return project.with_source(replace(source, key=key, key_more=tuple(more)))
