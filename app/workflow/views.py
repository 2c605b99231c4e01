"""What deeds give back: frozen values that cross from the worker process to the window."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.counting import CaseCount
from app.core.finding import Finding, Tier
from app.core.mapping import GroupLink, Link, Project, Source, ValueMap
from app.core.outcome import Attempt, Outcome, OutcomeKind
from app.core.register import Entrance, Profile
from app.workflow.case_views import NEVER_ACCEPTED, Difference, Unsent, XmlPlace
from app.workflow.source_views import Relation, ShapeChange

if TYPE_CHECKING:
    from app.core.journal_event import JournalEvent
    from app.workflow.certificate_views import CertificateView
    from app.workflow.mapping_views import StepValue


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as a value: its code and its values."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenProject:
    """A project that was opened, where it lies, and the profile it is bound to."""

    project: Project
    path: str  # absolute; "" for a project never saved
    profile: Profile


@dataclass(frozen=True, slots=True)
class ColumnView:
    """One column of a source table. `looks_like` is a code: "datetime", "person_id", "kva", ..."""

    name: str
    filled: int
    distinct: int
    samples: tuple[str, ...]  # most frequent first; masked when the column looks like person ids
    looks_like: str
    least: str = ""  # "" where it takes the column's profile to say
    greatest: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """One source table as read. `problem` says why it could not be read.

    `relation` is None for the case table and while there is none. `change` is None while the
    columns are those that the mapping was made for. `troubles` are the first rows left out,
    `notes` what is worth knowing about the files; all of it codes with values.
    """

    source: Source
    rows: int = 0
    columns: tuple[ColumnView, ...] = ()
    duplicates: int = 0  # keys that occur more than once (in the case table)
    orphans: int = 0  # rows whose key has no case
    without: int = 0  # cases without a row here
    problem: Problem | None = None
    relation: Relation | None = None
    change: ShapeChange | None = None
    troubles: tuple[Problem, ...] = ()
    trouble_count: int = 0
    notes: tuple[Problem, ...] = ()
    files: int = 1


@dataclass(frozen=True, slots=True)
class EncodingGuess:
    """One possible encoding of a file, with the same telling line decoded by it."""

    encoding: str
    line: str
    doubtful: bool  # decodes with replacement or control characters


@dataclass(frozen=True, slots=True)
class RowsPage:
    """A page of rows of a source table as they stand in the file."""

    columns: tuple[str, ...]
    total: int
    offset: int
    rows: tuple[tuple[str, ...], ...]
    places: tuple[tuple[int, int], ...] = ()  # of each row: which of the files, and its line there


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A link proposed by name, content, order or earlier projects; `link.reasons` says which.

    `reason` is the first of them. A sure one may be approved in bulk after a look, any other one
    by one. `alternatives` are what else the variable may be, next best first.
    """

    link: Link
    reason: str
    value_map: ValueMap | None = None  # what a value_map step of the link refers to
    sure: bool = False
    alternatives: tuple[Link, ...] = ()
    group: GroupLink | None = None  # which rows the link's table gives, where nothing says it yet


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What a link does to the loaded export: a sample before and after, and how often it works."""

    variable: str
    sample_in: tuple[str, ...]
    sample_out: str
    filled: int
    failed: int
    total: int


@dataclass(frozen=True, slots=True)
class ValueCount:
    """One local code of a column, how often it occurs, and what it is mapped to ("" = nothing)."""

    value: str
    count: int
    mapped: str
    decided: bool = False  # the value map has it, if only to send nothing


@dataclass(frozen=True, slots=True)
class Cause:
    """One finding code, how many cases have it, and where it is found."""

    code: str
    tier: Tier
    cases: int
    places: tuple[tuple[str, str], ...] = ()  # variable and column, by their names


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole export through the whole chain, counted."""

    cases: int
    verdicts: tuple[tuple[str, int], ...]  # verdict id -> cases, in the profile's order
    clean: int  # cases without findings above NOTE
    stopped: int  # cases that are held back by a finding
    blocked: int  # of these, patients who have declined
    causes: tuple[Cause, ...]  # most frequent first
    unapproved: int  # links that are suggested or flagged and so not used
    fingerprint: str  # of the mapping that was used
    profile_rules_unchecked: int = 0


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list; empty fields do not filter.

    `cause`, `variable`, `table`, `column` and `value` are of one and the same finding. `tiers` are
    those of the worst finding, "clean" for none; `outcomes` those of the latest attempt, "never"
    for none; `counts` all hold.
    """

    text: str = ""  # part of the behandlingsnummer
    verdicts: tuple[str, ...] = ()
    cause: str = ""
    sendable: bool = False  # only those no finding stops
    cases: tuple[str, ...] = ()
    sort: str = "case"  # a field of CaseRow
    descending: bool = False
    phases: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()  # see `Change`
    outcomes: tuple[str, ...] = ()
    fellista: tuple[str, ...] = ()  # see `FellistaState`
    counts: tuple[str, ...] = ()  # ids of the profile's counts
    variable: str = ""
    table: str = ""
    column: str = ""
    value: str = ""
    excluded: bool | None = None


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case in the list. `change` is "new", "changed" or "same" against the last accepted.

    `excluded` is the reason that a person gave for leaving it out, "" when nobody did.
    """

    case: str
    verdict: str
    tier: Tier | None
    cause: str
    findings: int
    blocked: bool
    change: str
    attempts: int
    outcome: OutcomeKind | None
    phase: str = ""
    fellista: str = "none"  # see `FellistaState`
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of the case list; `trouble` is why the journal cannot say what became of the cases."""

    total: int
    offset: int
    rows: tuple[CaseRow, ...]
    trouble: Problem | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of the export as it stands in the file; `row` is its line (header = 1).

    `file` names its file where the table has several.
    """

    table: str
    row: int
    cells: tuple[tuple[str, str], ...]
    file: str = ""


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a case and where it came from. `index` numbers the rows of a group from 1.

    `stages` begin with what the columns give together; then one for each step of the link. `row`
    is the line in `file` (named where the table has several).
    """

    variable: str
    group: str
    index: int
    value: str
    table: str
    columns: tuple[str, ...]
    raw: tuple[str, ...]
    row: int = 0
    file: str = ""
    stages: "tuple[StepValue, ...]" = ()


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """One case from export rows to the register's answers; masked unless `revealed`.

    `places` tells where values and parts stand in `xml`; `finding_places` the same for each of the
    findings, that of the part around it where its element is missing, None where it is of no part.
    """

    row: CaseRow
    source_rows: tuple[SourceRow, ...]
    values: tuple[ValueView, ...]
    xml: str
    accepted_xml: str  # last accepted at any entrance, "" when never
    findings: tuple[Finding, ...]
    attempts: tuple[Attempt, ...]
    count: CaseCount | None = None
    unsent: tuple[Unsent, ...] = ()
    difference: Difference = NEVER_ACCEPTED
    places: tuple[XmlPlace, ...] = ()
    finding_places: tuple[XmlPlace | None, ...] = ()
    events: "tuple[JournalEvent, ...]" = ()
    revealed: bool = False
    trouble: Problem | None = None  # why the journal cannot say what became of it


@dataclass(frozen=True, slots=True)
class LocalStage:
    """A running local stage, as its JSON line says; `contract` marks which one it speaks."""

    endpoint: str
    ca: str
    certificate: str
    portal: str
    contract: str = ""


@dataclass(frozen=True, slots=True)
class Gate:
    """One rule that may stop sending altogether. `code` names it, `is_open` says how it stands."""

    code: str
    is_open: bool
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Withheld:
    """One case that will not be sent, and the code of the reason."""

    case: str
    reason: str


@dataclass(frozen=True, slots=True)
class SendPlan:
    """What would be sent where: the summary before the second click."""

    entrance: Entrance
    address: str
    certificate: "CertificateView | None"
    cases: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    gates: tuple[Gate, ...]
    fingerprint: str
    again: bool = False  # send cases too that the register has accepted unchanged

    @property
    def is_open(self) -> bool:
        """Whether every gate is open and there is something to send."""
        return bool(self.cases) and all(gate.is_open for gate in self.gates)


@dataclass(frozen=True, slots=True)
class SendReport:
    """What came of a batch. `stopped` is the code of what ended it early, "" when nothing did."""

    entrance: str
    outcomes: tuple[Outcome, ...]
    left: tuple[str, ...] = ()
    stopped: str = ""
    address: str = ""

    def count(self, kind: OutcomeKind) -> int:
        """Return how many outcomes are of one kind."""
        return sum(outcome.kind is kind for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class FellistaEntry:
    """One line of the register's fellista or avvisade registreringar; `kind` says which."""

    case: str
    kind: str  # "fellista" or "avvisad"
    reasons: tuple[str, ...]  # the register's wording


@dataclass(frozen=True, slots=True)
class FellistaCase:
    """A fellista entry against the loaded export.

    `forecast` is "green" (the case as it now stands breaks none of our checks), "still",
    "unchanged" (clean by our checks, yet the same bytes as the register has) or "missing".
    """

    entry: FellistaEntry
    forecast: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FellistaView:
    """The whole list, grouped by the register's reasons."""

    cases: tuple[FellistaCase, ...]
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One point of acceptance. `state` is "passed", "failed" or "waiting"; `code` names it."""

    code: str
    state: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A page of attempts, newest first."""

    total: int
    offset: int
    attempts: tuple[Attempt, ...]
