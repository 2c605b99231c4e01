"""What the deeds on cases give back beside the list itself: frozen values for the window."""

from dataclasses import dataclass

from app.core.finding import Tier
from app.core.journal_event import JournalEvent


@dataclass(frozen=True, slots=True)
class Unsent:
    """A variable that a case's document lacks, and why: a code and its values.

    `index` numbers the rows of a group from 1, 0 where it is none of one row.
    """

    variable: str
    group: str
    index: int
    reason: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class XmlPlace:
    """Where something stands in a case's text: `line` and `column` count from 1.

    `length` is that of the value within its element, or of the element's name where it has none.
    A part that is not there has the place of the part around it. `name` is the element's.
    """

    variable: str
    group: str
    index: int
    line: int
    column: int
    length: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceEntry:
    """One element that differs: `kind` is "added", "removed" or "changed".

    `variable` is "" for an element that none is bound to, and for a whole row of a group: then
    `element` names it, and an entry for each of its values follows. `index` is its row now, that
    before where it was removed; 0 where it occurs once.
    """

    kind: str
    variable: str
    group: str
    index: int
    before: str
    after: str
    element: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A case against what an entrance accepted last; `state` is "never", "same" or "changed".

    `when` is ISO 8601 in UTC, and so is `lost`: when something else was sent there later whose
    answer is not known, "" when nothing was.
    """

    against: str = ""
    when: str = ""
    state: str = "never"
    entries: tuple[DifferenceEntry, ...] = ()
    lost: str = ""

    @property
    def removals(self) -> int:
        """How many values are wiped in the register when the case is sent."""
        return sum(one.kind == "removed" and bool(one.before) for one in self.entries)


NEVER_ACCEPTED = Difference()


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """One cause and the cases that have it; `value` is "" where it stands for all values.

    `parts` are the same cause with one value each, the most frequent first; `values` says how many
    different ones there are. `examples` are the first cases.
    """

    code: str
    tier: Tier
    variable: str
    table: str
    column: str
    value: str
    cases: int
    examples: tuple[str, ...] = ()
    parts: "tuple[CauseGroup, ...]" = ()
    values: int = 0


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """The request of one case as it leaves; `text` is masked unless it was revealed.

    `digest` is the SHA-256 of the wrapped bytes, hex, and `size` how many they are; `wrapped` are
    the bytes themselves, empty unless revealed.
    """

    case: str
    text: str
    size: int
    digest: str
    wrapped: bytes = b""
    address: str = ""
    action: str = ""  # the SOAPAction


@dataclass(frozen=True, slots=True)
class Written:
    """What was written to a folder: how many documents, and the names of the lists."""

    documents: int
    lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFault:
    """One thing that a schema processor has against a document; texts are masked.

    `processor` is "libxml2" or "xmlschema"; `code` is the former's own name of the constraint.
    """

    case: str
    processor: str
    code: str
    message: str
    element: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Validation:
    """What the schema processors say about documents; `faults` are the first ones only.

    `refused` are the first cases whose document either processor refuses; `disagreed` are cases
    that libxml2 and xmlschema do not judge alike.
    """

    documents: int
    valid: int
    faults: tuple[DocumentFault, ...] = ()
    fault_count: int = 0
    disagreed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of what was done with cases beside sending them, newest first."""

    total: int
    offset: int
    events: tuple[JournalEvent, ...]
