"""What the deeds on conversions and value maps give back: frozen values for the window."""

from dataclasses import dataclass

from app.core.finding import Finding
from app.workflow.views import Problem, ValueView


@dataclass(frozen=True, slots=True)
class StepValue:
    """What one step leaves of a value: "" when missing, or the code of why it could not."""

    value: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class LinkTrial:
    """One row taken through a link, approved or not. Person ids are masked.

    `row` counts the link's rows from 0; `line` is where it stands in its file (0 when typed).
    `start` is what the steps begin with: one column's text, or several columns' joined.
    """

    row: int
    rows: int  # how many the link reads
    case: str  # the row's behandlingsnummer, "" when typed
    raw: tuple[str, ...]  # one text per column
    after: tuple[StepValue, ...]  # one per step
    value: str
    problem: str = ""
    line: int = 0
    start: str = ""


@dataclass(frozen=True, slots=True)
class CaseTrial:
    """One case taken through the whole chain with the mapping as it is edited.

    `place` counts the cases from 0 in the file's order, `total` is how many there are; both are 0
    and `case` is "" when there is none. `problem` says why nothing could be tried.
    """

    case: str
    values: tuple[ValueView, ...] = ()
    findings: tuple[Finding, ...] = ()
    verdict: str = ""
    place: int = 0
    total: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class ConditionCount:
    """For how many of the rows that a link reads a condition holds."""

    fits: int
    total: int


@dataclass(frozen=True, slots=True)
class ValueProposal:
    """A register code for a local one, by what they are called; `score` is 0-100."""

    local: str
    code: str
    score: int


@dataclass(frozen=True, slots=True)
class ReadPairs:
    """A value map as it was read or pasted: local and register codes, and what was left out."""

    pairs: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()
