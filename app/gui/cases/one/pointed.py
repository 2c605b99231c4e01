"""What is pointed at in a case, and so where its mapping, its rule and its source row are."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core.finding import Finding
from app.core.mapping import Link
from app.core.register import Profile
from app.workflow.views import CaseDetail, SourceRow, ValueView

_JOINED = " + "  # between columns in a finding


@dataclass(frozen=True, slots=True)
class Pointed:
    """A variable, a place in the export, and a target of the register's page; any may lack."""

    variable: str = ""
    table: str = ""
    row: int = 0
    file: str = ""
    column: str = ""
    register: Mapping[str, str] = field(default_factory=dict)


NOTHING = Pointed()


def at_value(value: ValueView) -> Pointed:
    """Return what one value of the case points at."""
    column = value.columns[0] if value.columns else ""
    register = {"variable": value.variable}
    return Pointed(value.variable, value.table, value.row, value.file, column, register)


def at_variable(
    variable: str, detail: CaseDetail, link: Link | None = None, group: str = "", index: int = 0
) -> Pointed:
    """Return what a variable points at, also where the case has no value for it."""
    same = [one for one in detail.values if one.variable == variable]
    exact = (one for one in same if (one.group, one.index) == (group, index))
    value = next(exact, same[0] if same else None)
    if value is not None and value.columns:
        return at_value(value)
    if not variable:
        return NOTHING
    register = {"variable": variable}
    if link is None or not link.columns:
        return Pointed(variable, register=register)
    own = detail.source_rows[0] if detail.source_rows else SourceRow("", 0, ())
    row = next((one for one in detail.source_rows if one.table == link.table), own)
    table = link.table or own.table
    return Pointed(variable, table, row.row, row.file, link.columns[0], register)


def at_finding(
    finding: Finding, detail: CaseDetail, profile: Profile, link: Link | None = None
) -> Pointed:
    """Return what a finding points at: its rule rather than its variable in the register."""
    there = at_variable(finding.variable, detail, link)
    rule = profile.rules_by_id.get(finding.code)
    register = there.register if rule is None else {"own" if rule.own else "rule": rule.id}
    if not finding.row:
        return Pointed(there.variable, there.table, there.row, there.file, there.column, register)
    named = {name for row in detail.source_rows for name, _cell in row.cells}
    first = finding.column.partition(_JOINED)[0]  # of several columns that a link reads together
    column = finding.column if finding.column in named else first
    place = (finding.table, finding.row, finding.file, column or there.column)
    return Pointed(finding.variable, *place, register)
