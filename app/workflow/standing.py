"""How each case of the checked export stands towards one entrance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.errors import WorkbenchError
from app.core.finding import Tier
from app.core.mapping import Project
from app.core.register import Profile
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.engine.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether one case may leave.

    `place` is its line in the analysis; `accepted` is the digest that the entrance surely holds,
    "" when it holds none or when an answer about it was lost. `excluded` is why a person has left
    it out, "" when nobody has.
    """

    place: int
    blocked: bool
    tier: Tier | None
    digest: str
    accepted: str
    excluded: str = ""

    @property
    def is_unchanged(self) -> bool:
        """Whether the register surely has the case as it now stands."""
        return self.accepted == self.digest


def prepared(desk: Desk) -> "Analysis":
    """Return the checked export; raise when nothing is loaded yet."""
    if desk.analysis is None:
        raise WorkbenchError("not-analysed")
    return desk.analysis


def checked_project(desk: Desk) -> Project:
    """Return the mapping that the export was checked with: the open project may be ahead of it."""
    return prepared(desk).project or desk.project or Project("", desk.profile().id)


def checked_profile(desk: Desk) -> Profile:
    """Return the profile that the documents were made by: it may be bound anew since."""
    return prepared(desk).profile or desk.profile()


def is_as_checked(desk: Desk, project: Project) -> bool:
    """Whether the export was checked with the mapping and the contract as they now are."""
    from app.engine.mapping import fingerprint

    is_same = prepared(desk).fingerprint == fingerprint(project)
    return is_same and is_by_contract(desk, project)


def is_by_contract(desk: Desk, project: Project) -> bool:
    """Whether the documents were made by the profile as it now is: it may be bound anew."""
    made_by = prepared(desk).profile
    return made_by is None or made_by == desk.profile(project.profile)


def standings(desk: Desk, entrance: str) -> Mapping[str, Standing]:
    """Return the standing of every case, in the order of the export."""
    return prepared_standings(desk, entrance)[1]


def prepared_standings(desk: Desk, entrance: str) -> "tuple[Analysis, Mapping[str, Standing]]":
    """Return the checked export and the standing of each of its cases: their places are in it."""
    from app.workflow.case_book import book_of, past_of_journal

    past_of_journal(desk)  # raises: without it nobody knows what was sent or left out
    cases = book_of(desk).cases
    past, analysis = cases.past, cases.analysis
    accepted, excluded = past.held_at(entrance), dict(past.excluded.iter_rows())
    columns = analysis.cases.select("case", "blocked", "tier", "digest")
    known = {
        case: Standing(
            place,
            bool(blocked),
            Tier(tier) if tier else None,
            digest or "",
            accepted.get(case, ""),
            excluded.get(case, ""),
        )
        for place, (case, blocked, tier, digest) in enumerate(columns.iter_rows())
    }
    return analysis, known


def document_of(analysis: "Analysis", standing: Standing) -> bytes:
    """Return the case's request document as it would be sent."""
    return analysis.document(standing.place)
