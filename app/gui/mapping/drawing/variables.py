"""The right side: the register's variables under their sections."""

from collections.abc import Mapping, Sequence

from app.core.register import Mandatory
from app.gui import theme
from app.gui.mapping.drawing.entries import FILLED, RIGHT, UNLINKED, Entry, under_heading
from app.gui.mapping.variable_rows import MISSING, STATES, VariableRow
from app.language.text import _, current

_SECTION = "\t"  # before a section's name: no variable's id has it


def section_key(section: str) -> str:
    """Return the key of a section's heading."""
    return _SECTION + section


def variable_entries(rows: Sequence[VariableRow], headings: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return all variables under their sections, in the order of the request."""
    sections: dict[str, list[Entry]] = {}
    for row in rows:
        if row.variable is not None:
            sections.setdefault(row.section, []).append(_variable(row))
    found: list[Entry] = []
    for section, entries in sections.items():
        name = headings.get(section, section)
        found.extend(under_heading(RIGHT, section_key(section), name, entries))
    return tuple(found)


def _variable(row: VariableRow) -> Entry:
    variable = row.variable
    if variable is None:
        raise TypeError(row.section)
    name = variable.name.in_language(current())
    status, word = STATES[row.state]
    look = theme.STATUS.get(status)
    is_constant = row.link is not None and not row.link.table
    marks = {
        UNLINKED: row.link is None,
        MISSING: row.state == MISSING,
        FILLED: row.result is not None and row.result.filled > 0,
    }
    return Entry(
        RIGHT,
        row.id,
        section_key(row.section),
        f"{row.id}  {name}" if row.is_named_by_number else name,
        _(word),
        _("constant") if is_constant else "",
        "asterisk" if variable.mandatory is Mandatory.YES else "",
        (look.icon, look.tone) if look else ("", ""),
        variable.meaning.in_language(current()),
        frozenset(mark for mark, holds in marks.items() if holds),
        int(row.link is not None),
    )
