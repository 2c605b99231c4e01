"""What the deeds on data quality and test batches give back: frozen values for the window."""

from dataclasses import dataclass

from app.core.distribution import Bar, Spread
from app.core.finding import Tier
from app.workflow.coverage_views import Share

MOST_CASES = 1000  # that are named of what is odd, impossible or missing: the first of them
# Kinds of `Distribution`.
CODES, NUMBERS, HOURS, MONTHS, SPANS = "codes", "numbers", "hours", "months", "spans"


@dataclass(frozen=True, slots=True)
class Among:
    """Which cases are looked at: those of a phase, and of a clinic by a variable; "" is all."""

    phase: str = ""
    by: str = ""
    clinic: str | None = None  # None is all, "" those of no named clinic


EVERYONE = Among()


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the cases: those of one phase or of one clinic, and how much is filled there."""

    key: str  # a phase's id or a clinic as it is sent; "" where it is not known
    filled: Share


@dataclass(frozen=True, slots=True)
class VariableQuality:
    """How full one mapped variable is, where a value may be.

    Cases count that have come as far as its phase ("" when it belongs to none). With a `group` its
    rows count instead that have any value of the variable's section. `before` is the percentage of
    the load before, None when it is not known.
    """

    variable: str
    group: str
    phase: str
    filled: Share
    phases: tuple[Part, ...]
    clinics: tuple[Part, ...]
    findings: int = 0  # cases with a finding on it
    before: float | None = None


@dataclass(frozen=True, slots=True)
class SpanQuality:
    """Two times of a case whose order or distance the profile's rules speak of.

    `rules` are their ids; `broken` is how many cases break any of them, in all and by phase and
    clinic.
    """

    begin: str
    end: str
    group: str
    rules: tuple[str, ...]
    broken: int = 0
    phases: tuple[tuple[str, int], ...] = ()
    clinics: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Shift:
    """What differs between the load before and this one.

    `kind` is "filled" (per cent), "share" (of the code `code`, per cent) or "median" (in the
    variable's unit; of a time the minute of the day); `size` orders them, largest first.
    """

    kind: str
    variable: str
    code: str
    before: float
    now: float
    size: float


@dataclass(frozen=True, slots=True)
class LoadChange:
    """The load before against this one; `seen` is the day on which that one was looked at.

    Without `same_mapping` some of what differs may come from the mapping.
    """

    seen: str
    cases_before: int
    shifts: tuple[Shift, ...]
    same_mapping: bool = True


@dataclass(frozen=True, slots=True)
class Quality:
    """The data quality of the checked export.

    `clinic` is the variable that tells clinics apart, one of `clinic_choices`, "" when none is
    mapped; `clinics` are the largest, the rest count together under "". `change` is None where
    there was no load before.
    """

    cases: int
    phases: tuple[tuple[str, int], ...]
    clinic: str
    clinics: tuple[tuple[str, int], ...]
    clinic_choices: tuple[str, ...]
    variables: tuple[VariableQuality, ...]
    spans: tuple[SpanQuality, ...]
    change: LoadChange | None = None


@dataclass(frozen=True, slots=True)
class Odd:
    """Values far outside: more than three times the middle half's width below or above it.

    `cases` are the first of them.
    """

    low: float
    high: float
    below: int
    above: int
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """How the values of a variable, or the spans between two, lie.

    `unit` is the variable's own, of a span "minutes", "hours" or "days". `limits` are where rules
    draw a line, in the unit. `unread` values are there and are none of the variable's kind.
    """

    kind: str
    unit: str
    bars: tuple[Bar, ...]
    counted: int
    spread: Spread | None = None
    odd: Odd | None = None
    limits: tuple[float, ...] = ()
    cases: tuple[str, ...] = ()  # of a span: the first of those that break its rules
    unread: int = 0


@dataclass(frozen=True, slots=True)
class BatchGoal:
    """One thing to cover: `kind` is "phase", "verdict", "variable", "several" or "entry".

    `name` is its id (of an entry the value map's), `value` a value map's local code.
    """

    kind: str
    name: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class BatchCase:
    """One case of a batch, and what it adds to those before it."""

    case: str
    phase: str
    verdict: str
    tier: Tier | None
    reached: int  # goals in all
    adds: tuple[BatchGoal, ...]


@dataclass(frozen=True, slots=True)
class Uncovered:
    """One goal that no case of the batch reaches.

    `reason` is "no-case", "held-back" (only `cases` cases that cannot be sent, `example` is one of
    them) or "too-many" (a batch of so few cases has no room for it).
    """

    goal: BatchGoal
    reason: str
    cases: int = 0
    example: str = ""


@dataclass(frozen=True, slots=True)
class PickedBatch:
    """Few cases that together cover what can be covered; `shares` is per kind of goal."""

    cases: tuple[BatchCase, ...]
    shares: tuple[tuple[str, Share], ...]
    uncovered: tuple[Uncovered, ...]
    sendable: int  # cases to choose from
    held_back: int
