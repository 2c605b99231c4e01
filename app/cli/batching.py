"""`batch`: few cases that together cover everything, to send to stage first."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.checking import checked
from app.cli.options import AsJson, ProjectFile, desk_of
from app.cli.output import progress_bar, say, say_json
from app.cli.program import OK, SOME_NOT
from app.language.text import _
from app.workflow.batch_words import batch_sentence, goal_name, kind_name, kinds_name, reason_of
from app.workflow.batches import pick_batch, write_batch
from app.workflow.quality_views import PickedBatch

Out = Annotated[
    Path | None, typer.Option("--out", help=_("The list to write; “send --only” reads it."))
]
Most = Annotated[int, typer.Option("--most", min=0, help=_("At most so many cases; 0: no limit."))]


def batch(
    context: typer.Context,
    project: ProjectFile,
    out: Out = None,
    most: Most = 0,
    json: AsJson = False,
) -> int:
    """Pick few cases that cover every phase, verdict, variable and value-map entry."""
    with desk_of(context) as desk:
        opened, _summary = checked(desk, project, shown=not json)
        with progress_bar(not json) as progress:
            picked = pick_batch(desk, most, progress)
        if out is not None:
            write_batch(desk, [one.case for one in picked.cases], str(out.absolute()))
        if json:
            say_json(_as_json(picked))
            return SOME_NOT if picked.uncovered else OK
        say(batch_sentence(picked))
        for one in picked.cases:
            say(f"  {one.case:<14} +{len(one.adds)}")
        for kind, share in picked.shares:
            say(f"  {kinds_name(kind)}: {share.done}/{share.total}")
        if picked.uncovered:
            say(_("Not covered:"))
        for gap in picked.uncovered:
            name = goal_name(gap.goal, opened.profile)
            say(f"  {kind_name(gap.goal.kind)} {name}. {reason_of(gap)}")
        if out is not None:
            say(_("The list is written: {path}").format(path=out))
    return SOME_NOT if picked.uncovered else OK


def _as_json(picked: PickedBatch) -> dict[str, object]:
    """Return the batch as counts and goals; no case is named."""
    return {
        "cases": len(picked.cases),
        "sendable": picked.sendable,
        "held_back": picked.held_back,
        "covered": {kind: [share.done, share.total] for kind, share in picked.shares},
        "uncovered": [
            {
                "kind": gap.goal.kind,
                "name": gap.goal.name,
                "value": gap.goal.value,
                "reason": gap.reason,
                "cases": gap.cases,
            }
            for gap in picked.uncovered
        ],
    }
