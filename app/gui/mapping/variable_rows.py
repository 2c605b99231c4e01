"""The rows of the mapping table: one per variable, under its section, and which are shown."""

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from app.core.finding import Finding
from app.core.mapping import Link, LinkState, Project
from app.core.register import Mandatory, Profile, Variable
from app.core.variable_names import is_numbered
from app.language.text import N_
from app.workflow.views import LinkResult, Problem, TableView

MISSING, TO_APPROVE, FLAGGED, APPROVED, UNSENT, UNMAPPED = (
    "missing", "to_approve", "flagged", "approved", "unsent", "unmapped",
)  # fmt: skip
STATES = {
    MISSING: ("refused", N_("Missing")),
    TO_APPROVE: ("waiting", N_("Suggested")),
    FLAGGED: ("fellista", N_("Flagged")),
    APPROVED: ("clean", N_("Approved")),
    UNSENT: ("unknown", N_("No element")),
    UNMAPPED: ("", N_("No source")),
}
FILTERS = (
    ("", N_("All variables")),
    (MISSING, N_("Mandatory, missing")),
    (TO_APPROVE, N_("To approve")),
    (FLAGGED, N_("Flagged")),
    ("mapped", N_("With a source")),
    (UNMAPPED, N_("Without a source")),
    (UNSENT, N_("Without an element")),
    ("failed", N_("With failures")),
    ("noted", N_("With a note")),
)
SECTION = "§ "  # a heading's key begins so: no variable's id does


@dataclass(frozen=True, slots=True)
class VariableRow:
    """One variable with its link and what the link does; a section's heading has no variable.

    `values` are the variable's in the case that is followed, `findings` what is wrong with them
    there. A heading counts the `approved` of its `total` variables that have a link.
    """

    section: str
    variable: Variable | None = None
    link: Link | None = None
    result: LinkResult | None = None
    values: tuple[str, ...] | None = None  # None while no case is followed
    findings: tuple[Finding, ...] = ()
    trouble: Problem | None = None  # why the link cannot be read from the export as it is
    is_folded: bool = False
    states: tuple[tuple[str, int], ...] = ()  # of a heading: how many of each

    @property
    def id(self) -> str:
        """The variable's id, "" for a heading."""
        return self.variable.id if self.variable else ""

    @property
    def key(self) -> str:
        """What tells the row from all others."""
        return self.id or SECTION + self.section

    @property
    def state(self) -> str:
        """How far the variable has come."""
        if self.variable is None:
            return UNMAPPED
        if self.link is None:
            return MISSING if self.variable.mandatory is Mandatory.YES else UNMAPPED
        return {
            LinkState.SUGGESTED: TO_APPROVE,
            LinkState.FLAGGED: FLAGGED,
            LinkState.APPROVED: APPROVED if self.variable.is_bound else UNSENT,
        }[self.link.state]

    @property
    def is_named_by_number(self) -> bool:
        """Whether the variable has a V-number that people know it by."""
        return is_numbered(self.id)

    def count(self, state: str) -> int:
        """Return how many of a heading's variables have come so far."""
        return dict(self.states).get(state, 0)


def variable_rows(
    profile: Profile, project: Project, results: Mapping[str, LinkResult]
) -> tuple[VariableRow, ...]:
    """Return a row per variable that can be sent or has a link, in the order of the request."""
    links = {link.variable: link for link in project.links}
    return tuple(
        VariableRow(variable.section, variable, links.get(variable.id), results.get(variable.id))
        for variable in profile.variables
        if variable.is_bound or variable.id in links
    )


def wanted_rows(
    rows: tuple[VariableRow, ...], text: str, state: str, folded: AbstractSet[str] = frozenset()
) -> tuple[VariableRow, ...]:
    """Return the rows that match a search and a filter, each section under its heading.

    A folded section shows its heading alone, unless something is searched for.
    """
    found: list[VariableRow] = []
    sections: list[str] = []
    for row in rows:
        if not (_matches(row, text) and _is_in(row, state)):
            continue
        hides = row.section in folded and not text
        if row.section not in sections:
            sections.append(row.section)
            found.append(_heading(rows, row.section, is_folded=hides))
        if not hides:
            found.append(row)
    return tuple(found)


def _heading(rows: tuple[VariableRow, ...], section: str, *, is_folded: bool) -> VariableRow:
    """Return a section's heading, which counts all its variables, also those not shown."""
    states = Counter(row.state for row in rows if row.section == section)
    return VariableRow(section, is_folded=is_folded, states=tuple(sorted(states.items())))


def in_case(
    rows: tuple[VariableRow, ...],
    values: Mapping[str, tuple[str, ...]],
    findings: Mapping[str, tuple[Finding, ...]],
) -> tuple[VariableRow, ...]:
    """Return the rows with what they hold in one case."""
    return tuple(
        replace(row, values=values.get(row.id, ()), findings=findings.get(row.id, ()))
        for row in rows
    )


def with_troubles(
    rows: tuple[VariableRow, ...], tables: tuple[TableView, ...]
) -> tuple[VariableRow, ...]:
    """Return the rows, each with why its table or its columns are not there, if so."""
    known = {one.source.name: one for one in tables}
    return tuple(
        replace(row, trouble=_trouble(row.link, known[row.link.table]))
        if row.link is not None and row.link.table in known
        else row
        for row in rows
    )


def _trouble(link: Link, table: TableView) -> Problem | None:
    there = {one.name for one in table.columns}
    gone = [name for name in link.columns if name not in there]
    if table.problem is not None or not there or not gone:
        return table.problem
    names = ", ".join(gone)
    return Problem("column-missing", (("column", names), ("table", link.table)))


def _matches(row: VariableRow, text: str) -> bool:
    if not text or row.variable is None:
        return True
    link = row.link
    from_link = (*link.columns, link.table, link.note) if link else ()
    words = (row.id, row.variable.name.sv, row.variable.name.en, *from_link)
    return any(text.casefold() in word.casefold() for word in words)


def _is_in(row: VariableRow, state: str) -> bool:
    match state:
        case "mapped":
            return row.link is not None
        case "failed":
            return bool(row.findings or row.trouble) or (
                row.result is not None and row.result.failed > 0
            )
        case "noted":
            return row.link is not None and bool(row.link.note)
        case _ if state == UNMAPPED:
            return row.link is None
        case _:
            return not state or row.state == state
