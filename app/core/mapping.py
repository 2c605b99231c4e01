"""The mapping of an export to the register: links, conversions and value maps as one value."""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.core.finding import Tier
from app.core.register import Rule

OWN_RULE = "own-"  # the id of a hospital's own rule begins so: none of a profile's does
OWN_TIERS = (Tier.BLOCKS, Tier.CORRUPT, Tier.INCONSISTENT, Tier.NOTE)  # what one may do

FIRST_FILLED = 0  # the heading is the first row that is not blank
NO_HEADING = -1  # columns are called by their number


class LinkState(StrEnum):
    """How far a person has come with a link; only approved links are used."""

    SUGGESTED = "suggested"
    APPROVED = "approved"
    FLAGGED = "flagged"


class SourceKind(StrEnum):
    """What kind of file a source is; a text that begins as a workbook does is read as one."""

    TEXT = "text"  # delimited
    FIXED = "fixed"  # columns of fixed width
    WORKBOOK = "workbook"
    XML = "xml"  # a repeated element
    JSON_LINES = "json-lines"


class Keep(StrEnum):
    """What is done when several rows of the case table are of one case."""

    STOP = "stop"  # the case is held back
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Step:
    """One conversion step: its kind (see `app.core.conversion.KINDS`) and its options."""

    kind: str
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """Return one option's text."""
        return dict(self.options).get(name, default)


@dataclass(frozen=True, slots=True)
class Pick:
    """Which row of a case's rows in a child table gives a value that occurs once.

    `nth` counts from 1, -1 is the last one; 0 is the only one, and several are a finding.
    """

    filter_column: str = ""
    filter_value: str = ""  # several with | between
    order_column: str = ""
    descending: bool = False
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """Where one variable's value comes from: a table's columns and the steps they go through.

    `table` is a source's name, "" for a constant. For a variable in a repeated group the table is
    that of the group's `GroupLink`. `reasons` are codes: why it was suggested. `decided_by` and
    `decided_on` (a day) say who approved or flagged it last.
    """

    variable: str
    table: str = ""
    columns: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    state: LinkState = LinkState.SUGGESTED
    score: int = 100  # of a suggestion, 0-100
    note: str = ""
    pick: Pick = Pick()
    reasons: tuple[str, ...] = ()
    decided_by: str = ""
    decided_on: str = ""


@dataclass(frozen=True, slots=True)
class GroupLink:
    """Which table's rows become the rows of a repeated group, and in which order."""

    group: str
    table: str
    filter_column: str = ""
    filter_value: str = ""  # several with | between
    order_column: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One table of the export and how to read it.

    `path` is relative to the project file where possible, as are those of `more`: further files
    of the same kind that are read after it as one table. `key` is the column that holds the
    behandlingsnummer, `key_more` are further columns where it takes several to tell cases apart.
    `shape` is the columns that the mapping was made for; empty as long as nobody has said so.
    """

    name: str
    path: str
    key: str
    encoding: str = "utf-8"
    delimiter: str = ";"
    sheet: str = ""
    kind: SourceKind = SourceKind.TEXT
    more: tuple[str, ...] = ()
    member: str = ""  # the file inside a zip archive
    header: int = FIRST_FILLED  # the heading's row, counted from 1, or FIRST_FILLED or NO_HEADING
    quote: str = '"'  # "" when quotes are signs like others
    widths: tuple[int, ...] = ()  # of the columns of a text of fixed width
    record: str = ""  # the repeated element of an XML file, names with / between
    key_more: tuple[str, ...] = ()
    shape: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that together say which case a row belongs to."""
        return (self.key, *self.key_more)


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What is done with several rows of one case in the case table.

    `column` says which one is first and last, "" means by their order in the file.
    """

    keep: Keep = Keep.STOP
    column: str = ""


@dataclass(frozen=True, slots=True)
class ValueMap:
    """Local codes to register codes."""

    name: str
    entries: tuple[tuple[str, str], ...]
    unmapped: str = "error"  # "error", "keep" or "omit"


@dataclass(frozen=True, slots=True)
class Blocking:
    """The column that says that a patient has declined, and the value that says so."""

    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """One hospital's project; holds no patient data. Every change returns a new project."""

    name: str
    profile: str
    sources: tuple[Source, ...] = ()
    case_table: str = ""
    groups: tuple[GroupLink, ...] = ()
    links: tuple[Link, ...] = ()
    value_maps: tuple[ValueMap, ...] = ()
    blocking: Blocking = Blocking()
    notes: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    rules: tuple[Rule, ...] = ()  # the hospital's own, sorted by id
    duplicates: Duplicates = Duplicates()

    def link_of(self, variable: str) -> Link | None:
        """Return the link of one variable, None when it has none."""
        return next((link for link in self.links if link.variable == variable), None)

    def source_of(self, name: str) -> Source | None:
        """Return the source of that name."""
        return next((source for source in self.sources if source.name == name), None)

    def group_link_of(self, group: str) -> GroupLink | None:
        """Return the link of a repeated group."""
        return next((link for link in self.groups if link.group == group), None)

    def value_map_of(self, name: str) -> ValueMap | None:
        """Return the value map of that name."""
        return next((one for one in self.value_maps if one.name == name), None)

    def with_link(self, link: Link) -> "Project":
        """Return the project with this link in place of the variable's former one."""
        rest = tuple(one for one in self.links if one.variable != link.variable)
        return replace(self, links=tuple(sorted((*rest, link), key=lambda one: one.variable)))

    def without_link(self, variable: str) -> "Project":
        """Return the project without the variable's link."""
        return replace(self, links=tuple(one for one in self.links if one.variable != variable))

    def with_value_map(self, value_map: ValueMap) -> "Project":
        """Return the project with this value map in place of the one of the same name."""
        rest = tuple(one for one in self.value_maps if one.name != value_map.name)
        ordered = tuple(sorted((*rest, value_map), key=lambda one: one.name))
        return replace(self, value_maps=ordered)

    def rule_of(self, rule_id: str) -> Rule | None:
        """Return the hospital's own rule of that id."""
        return next((one for one in self.rules if one.id == rule_id), None)

    def with_rule(self, rule: Rule) -> "Project":
        """Return the project with this own rule in place of the one of the same id."""
        rest = (one for one in self.rules if one.id != rule.id)
        ordered = tuple(sorted((*rest, rule), key=lambda one: one.id))
        return replace(self, rules=ordered)

    def without_rule(self, rule_id: str) -> "Project":
        """Return the project without the own rule of that id."""
        return replace(self, rules=tuple(one for one in self.rules if one.id != rule_id))

    def free_rule_id(self) -> str:
        """Return an id that no own rule has yet."""
        taken = {one.id for one in self.rules}
        numbers = range(1, len(taken) + 2)
        return next(name for name in (f"{OWN_RULE}{at}" for at in numbers) if name not in taken)

    def with_source(self, source: Source) -> "Project":
        """Return the project with this source in place of the one of the same name."""
        kept = tuple(source if one.name == source.name else one for one in self.sources)
        return replace(self, sources=kept if source in kept else (*kept, source))

    @property
    def used_links(self) -> tuple[Link, ...]:
        """The links that take part in building: the approved ones."""
        return tuple(link for link in self.links if link.state is LinkState.APPROVED)
