"""How much of a mapping is done, as values for the window, the command line and the report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    done: int = 0
    total: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left."""
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """One section of the register: its variables, and its value maps.

    `mandatory` counts those that every case needs, `linked` all that have a link, `approved` the
    links that are used.
    """

    section: str
    mandatory: Share
    linked: Share
    approved: Share
    maps: Share


@dataclass(frozen=True, slots=True)
class PhaseCoverage:
    """Cases that have come equally far (a verdict's id), and how many of them nothing stops."""

    verdict: str
    passing: Share


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much is done.

    `maps` counts value maps that know every local code that occurs, `values` the rows whose code
    they know. `passing` counts the cases that nothing stops, None while the export as it is mapped
    now has not been checked.
    """

    mandatory: Share
    approved: Share
    maps: Share
    values: Share
    passing: Share | None
    sections: tuple[SectionCoverage, ...]
    phases: tuple[PhaseCoverage, ...]
