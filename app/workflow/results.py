"""What single links do to the loaded export: samples before and after, and codes with counts."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from app.core.mapping import Project
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.load import prepared_export
from app.workflow.views import LinkResult, ValueCount

if TYPE_CHECKING:
    from app.engine.results import LinkOutcome


def link_results(
    desk: Desk, project: Project, variables: tuple[str, ...] = (), progress: Progress = silent
) -> tuple[LinkResult, ...]:
    """Return what the links of some variables do, of all when none is named."""
    from app.engine.results import link_results as results_of

    wanted = variables or tuple(link.variable for link in project.links)
    export, profile = prepared_export(desk), desk.profile_for(project)
    names = [one.name for one in fields(LinkResult)]
    found: list[LinkOutcome] = []
    for place, variable in enumerate(wanted):
        progress(place, len(wanted), "converting")
        found += results_of(export, project, profile, (variable,))
    return tuple(LinkResult(**{name: _field(one, name) for name in names}) for one in found)


def value_counts(
    desk: Desk, project: Project, variable: str, _progress: Progress = silent
) -> tuple[ValueCount, ...]:
    """Return the local codes that one link's column holds, and what its value map makes of them."""
    from app.engine.results import value_counts as counts_of

    link = project.link_of(variable)
    if link is None or not link.columns:
        return ()
    names = [step.option("name") for step in link.steps if step.kind == "value_map"]
    value_map = project.value_map_of(names[0]) if names else None
    mapped = dict(value_map.entries) if value_map else {}
    return tuple(
        ValueCount(value, count, mapped.get(value, ""), value in mapped)
        for value, count in counts_of(
            prepared_export(desk), link, project, desk.profile_for(project)
        )
    )


def _field(result: object, name: str) -> Any:
    """Return one fact of the engine's result, which has the same names as the view."""
    return getattr(result, name)
