"""Test batches: few cases that together show the register everything that is mapped."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.finding import Tier
from app.core.progress import Progress, silent
from app.workflow.build import made_folder
from app.workflow.case_book import book_of
from app.workflow.coverage_views import Share
from app.workflow.desk import Desk
from app.workflow.exclusions import excluded_now
from app.workflow.quality_views import BatchCase, BatchGoal, PickedBatch, Uncovered
from app.workflow.standing import prepared

if TYPE_CHECKING:
    import polars as pl

    from app.engine.analysis import Analysis
    from app.engine.cover import Candidate
    from app.engine.cover_goals import Goal

NO_CASE, HELD_BACK, TOO_MANY = "no-case", "held-back", "too-many"


def pick_batch(desk: Desk, most: int = 0, progress: Progress = silent) -> PickedBatch:
    """Pick few cases that together reach every goal that a sendable case reaches.

    Cases without findings are preferred; `most` limits how many there may be (0 does not).
    """
    from app.engine.cover import cover
    from app.engine.cover_goals import STEP, candidates, goals_of, holders, marks

    book = book_of(desk)
    analysis, project = book.cases.analysis, book.project
    profile = desk.profile_for(project)
    goals = goals_of(project, profile)
    reached = marks(analysis, book.export, project, profile, goals, progress)
    held = _held_back(analysis, tuple(excluded_now(book)))
    free, doubtful = reached.filter(~held), analysis.cases["tier"].is_not_null().filter(~held)
    chosen = cover(candidates(free, doubtful), most, lambda: progress(0, 0, STEP))
    return PickedBatch(
        cases=_told(analysis, goals, chosen),
        shares=_shares(goals, chosen),
        uncovered=_uncovered(goals, chosen, analysis, holders(reached, len(goals)), free),
        sendable=free.height,
        held_back=int(held.sum()),
    )


def write_batch(desk: Desk, cases: Sequence[str], path: str, _progress: Progress = silent) -> int:
    """Write the cases as a list that `send --only` and the fellista page read; no personnummer."""
    import polars as pl

    from app.disk import write_atomically
    from app.files.plain_cells import plain

    profile = desk.profile()
    known = prepared(desk).cases.select("case", "phase", "verdict", "tier")
    places = pl.DataFrame({"case": list(cases)}, schema={"case": pl.String()})
    rows = places.join(known, on="case", how="inner", maintain_order="left")
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow((profile.case_key, "phase", "verdict", "finding"))
    writer.writerows([plain(cell or "") for cell in row] for row in rows.iter_rows())
    with made_folder(str(Path(path).parent)):
        write_atomically(Path(path), text.getvalue().encode("utf-8-sig"))
    return rows.height


def _held_back(analysis: "Analysis", excluded: Sequence[str]) -> "pl.Series":
    """Return which cases cannot be sent: stopped, declined, or left out by a person."""
    return analysis.stopped() | analysis.cases["case"].is_in(list(excluded))


def _told(
    analysis: "Analysis", goals: Sequence["Goal"], chosen: Sequence["Candidate"]
) -> tuple[BatchCase, ...]:
    """Return the chosen cases, each with what it adds to those before it."""
    told, had = [], 0
    for one in chosen:
        row = analysis.cases.row(one.place, named=True)
        told.append(
            BatchCase(
                row["case"],
                row["phase"] or "",
                row["verdict"] or "",
                Tier(row["tier"]) if row["tier"] else None,
                one.mask.bit_count(),
                _goals_in(goals, one.mask & ~had),
            )
        )
        had |= one.mask
    return tuple(told)


def _goals_in(goals: Sequence["Goal"], mask: int) -> tuple[BatchGoal, ...]:
    from app.engine.cover import bits

    return tuple(_view(goals[place]) for place in bits(mask))


def _view(goal: "Goal") -> BatchGoal:
    return BatchGoal(goal.kind.value, goal.name, goal.value)


def _held(chosen: Sequence["Candidate"]) -> int:
    held = 0
    for one in chosen:
        held |= one.mask
    return held


def _shares(
    goals: Sequence["Goal"], chosen: Sequence["Candidate"]
) -> tuple[tuple[str, Share], ...]:
    """Return how much of each kind of goal is covered."""
    held = _held(chosen)
    found: dict[str, list[bool]] = {}
    for place, goal in enumerate(goals):
        found.setdefault(goal.kind.value, []).append(bool(held >> place & 1))
    return tuple((kind, Share(sum(one), len(one))) for kind, one in found.items())


def _uncovered(
    goals: Sequence["Goal"],
    chosen: Sequence["Candidate"],
    analysis: "Analysis",
    holders: Sequence[tuple[int, int]],
    free: "pl.DataFrame",
) -> tuple[Uncovered, ...]:
    """Return the goals that are not covered, and why."""
    from app.engine.cover_goals import holders as holders_of

    held, sendable = _held(chosen), holders_of(free, len(goals))
    found = []
    for place, goal in enumerate(goals):
        if held >> place & 1:
            continue
        count, first = holders[place]
        reason = TOO_MANY if sendable[place][0] else HELD_BACK if count else NO_CASE
        example = str(analysis.cases["case"][first]) if count else ""
        found.append(Uncovered(_view(goal), reason, count, example))
    return tuple(found)
