"""How the tables of a new project are joined: which one holds the cases, and every table's key."""

from dataclasses import replace

from app.core.mapping import Project
from app.workflow.desk import Desk
from app.workflow.relation import is_known, key_proposals
from app.workflow.source_views import NO_RELATION, KeyProposal
from app.workflow.views import TableView

_NEARLY = 0.98  # of the keys are their own row's: a case that stands twice does not change what
_SURE = 0.8  # of a table's rows have a case by a key that is chosen without asking


def with_case_table(desk: Desk, project: Project, views: tuple[TableView, ...]) -> Project:
    """Return the project with the table that has one row per case, and a key that is so there.

    Of several such tables it is the one that most others belong to, then the one with most columns.
    """
    readable = [view for view in views if view.columns]
    named = all(is_known(desk, view.source.key) for view in readable)
    found = [_as_case_table(desk, project, view) for view in readable]

    def fitness(place: int) -> tuple[bool, int, int, int]:
        view, (candidate, share) = readable[place], found[place]
        others = [] if named else [one for one in readable if one is not view]
        belonging = sum(_best(desk, candidate, one, _SURE) is not None for one in others)
        return share >= _NEARLY, belonging, len(view.columns), view.rows

    best = max(range(len(found)), key=fitness, default=None)
    return project if best is None else found[best][0]


def _as_case_table(desk: Desk, project: Project, view: TableView) -> tuple[Project, float]:
    """Return the project with this case table, and the part of its rows that have their own key."""
    alone = replace(project, case_table=view.source.name)
    share = _own_keys(view)
    best = _best(desk, alone, view, _NEARLY) if share < _NEARLY else None
    return (_keyed(alone, view, best), best.share) if best else (alone, share)


def with_keys(desk: Desk, project: Project, views: tuple[TableView, ...]) -> Project:
    """Return the project with keys by which its tables belong to the cases, where theirs do not.

    `views` are those of the project with its case table.
    """
    for view in views:
        apart = view.relation is None or view.relation.kind == NO_RELATION
        if view.source.name != project.case_table and view.columns and apart:
            best = _best(desk, project, view, _SURE)
            project = _keyed(project, view, best) if best else project
    return project


def _own_keys(view: TableView) -> float:
    """Return the part of a table's rows that are alone with their key."""
    key = next((one for one in view.columns if one.name == view.source.key), None)
    filled = key is not None and key.filled == view.rows
    return key.distinct / view.rows if key and filled and view.rows else 0.0


def _best(desk: Desk, project: Project, view: TableView, least: float) -> KeyProposal | None:
    proposals = key_proposals(desk, project, view.source.name)
    return next((one for one in proposals[:1] if one.share >= least), None)


def _keyed(project: Project, view: TableView, best: KeyProposal) -> Project:
    key, *more = best.columns
    return project.with_source(replace(view.source, key=key, key_more=tuple(more)))
