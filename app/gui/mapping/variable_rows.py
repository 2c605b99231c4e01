"""The rows of the mapping table: one per variable, under its section."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.mapping import Link, LinkState, Project
from app.core.register import Mandatory, Profile, ValueType, Variable
from app.gui import theme
from app.gui.mapping.wording import conversion_sentence, conversion_words, origin
from app.gui.widgets.numbers import count, share
from app.gui.widgets.rows import Column
from app.language.text import N_, _, current
from app.workflow.views import LinkResult

MISSING, TO_APPROVE, FLAGGED, APPROVED, UNSENT, UNMAPPED = (
    "missing", "to_approve", "flagged", "approved", "unsent", "unmapped",
)  # fmt: skip
STATES = {
    MISSING: ("refused", N_("Missing")),
    TO_APPROVE: ("inkonsistent", N_("To approve")),
    FLAGGED: ("fellista", N_("Flagged")),
    APPROVED: ("clean", N_("Approved")),
    UNSENT: ("unknown", N_("No element")),
    UNMAPPED: ("", "–"),
}
FILTERS = (
    ("", N_("All variables")),
    (MISSING, N_("Mandatory, missing")),
    (TO_APPROVE, N_("To approve")),
    ("mapped", N_("Mapped")),
    (UNSENT, N_("Without an element")),
    (UNMAPPED, N_("Without a link")),
    ("failed", N_("With failures")),
)

_MINUTES = len("2026-01-01T00:00")


@dataclass(frozen=True, slots=True)
class VariableRow:
    """One variable with its link and what the link does; a section's heading has no variable."""

    section: str
    variable: Variable | None = None
    link: Link | None = None
    result: LinkResult | None = None

    @property
    def id(self) -> str:
        """The variable's id, "" for a heading."""
        return self.variable.id if self.variable else ""

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
        return self.id[:1] == "V" and self.id[1:].isdigit()


def variable_rows(
    profile: Profile, project: Project, results: Mapping[str, LinkResult]
) -> tuple[VariableRow, ...]:
    """Return a row per variable that can be sent or has a link, in the order of the request."""
    return tuple(
        VariableRow(
            variable.section, variable, project.link_of(variable.id), results.get(variable.id)
        )
        for variable in profile.variables
        if variable.is_bound or project.link_of(variable.id)
    )


def wanted_rows(rows: tuple[VariableRow, ...], text: str, state: str) -> tuple[VariableRow, ...]:
    """Return the rows that match a search and a filter, each section under its heading."""
    found: list[VariableRow] = []
    for row in rows:
        if not (_matches(row, text) and _is_in(row, state)):
            continue
        if not found or found[-1].section != row.section:
            found.append(VariableRow(row.section))
        found.append(row)
    return tuple(found)


def _matches(row: VariableRow, text: str) -> bool:
    if not text or row.variable is None:
        return True
    columns = row.link.columns if row.link else ()
    words = (row.id, row.variable.name.sv, row.variable.name.en, *columns)
    return any(text.casefold() in word.casefold() for word in words)


def _is_in(row: VariableRow, state: str) -> bool:
    if state == "mapped":
        return row.link is not None
    if state == "failed":
        return row.result is not None and row.result.failed > 0
    if state == UNMAPPED:
        return row.link is None
    return not state or row.state == state


def mapping_columns(headings: Mapping[str, str]) -> tuple[Column[VariableRow], ...]:
    """Return the columns of the mapping table."""

    def name(row: VariableRow) -> str:
        if row.variable is None:
            return headings.get(row.section, row.section)
        words = row.variable.name.in_language(current())
        return f"{row.id}  {words}" if row.is_named_by_number else words

    return (
        Column(_("Variable"), name, icon=_star, tip=_meaning, weight=290),
        Column(_("Column"), _origin, weight=154),
        Column(_("Conversion"), _conversion, quiet=True, tip=_whole_conversion, width=98),
        Column(_("Sample"), _sample, weight=138),
        Column(_("Filled"), _filled, number=True, width=76, status=_failing, tip=_failures),
        Column(_("State"), _state, status=_status, width=102),
    )


def _star(row: VariableRow) -> str:
    if row.variable is None:
        return ""
    return "asterisk" if row.variable.mandatory is Mandatory.YES else theme.BLANK


def _meaning(row: VariableRow) -> str:
    return row.variable.meaning.in_language(current()) if row.variable else ""


def _origin(row: VariableRow) -> str:
    return origin(row.link) if row.link else ""


def _conversion(row: VariableRow) -> str:
    return conversion_words(row.link) if row.link else ""


def _whole_conversion(row: VariableRow) -> str:
    return conversion_sentence(row.link) if row.link else ""


def _sample(row: VariableRow) -> str:
    if row.result is None or row.variable is None:
        return ""
    if row.variable.value_type is ValueType.DATETIME:
        return row.result.sample_out[:_MINUTES].replace("T", " ")
    return row.result.sample_out


def _filled(row: VariableRow) -> str:
    return share(row.result.filled, row.result.total) if row.result else ""


def _failing(row: VariableRow) -> str:
    return "blocks" if row.result and row.result.failed else ""


def _failures(row: VariableRow) -> str:
    if row.result is None:
        return ""
    words = _("{failed} of {total} values cannot be converted")
    return words.format(failed=count(row.result.failed), total=count(row.result.total))


def _state(row: VariableRow) -> str:
    return _(STATES[row.state][1]) if row.variable else ""


def _status(row: VariableRow) -> str:
    return STATES[row.state][0]
