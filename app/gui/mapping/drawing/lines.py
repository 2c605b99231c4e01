"""Which lines are drawn between the entries that are shown.

What is folded away is stood for by its heading; lines between the same two places become one
that knows how many it stands for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.mapping import LinkState
from app.gui.mapping.drawing.columns import column_key, column_of, ends
from app.gui.mapping.drawing.entries import Entry
from app.gui.mapping.drawing.variables import section_key
from app.gui.mapping.variable_rows import VariableRow

# of several lines in one, the one with most left to do says how it is drawn
_WORST = (LinkState.FLAGGED, LinkState.SUGGESTED, LinkState.APPROVED)


@dataclass(frozen=True, slots=True)
class Line:
    """One line between two entries that are shown, and the variables that it stands for."""

    left: str
    right: str
    state: LinkState
    variables: tuple[str, ...]
    count: int = 1

    @property
    def key(self) -> tuple[str, str]:
        """What tells the line from all others."""
        return self.left, self.right


def drawn_lines(
    rows: Sequence[VariableRow], left: Sequence[Entry], right: Sequence[Entry]
) -> tuple[Line, ...]:
    """Return the lines between what is shown; a link with a hidden end has none."""
    columns = {one.key: one for one in left}
    variables = {one.key: one for one in right}
    found: dict[tuple[str, str], list[VariableRow]] = {}
    for row in rows:
        to = _place(row.id, section_key(row.section), variables)
        for key in ends(row) if to else ():
            start = _place(key, column_key(column_of(key)[0]), columns)
            if start:
                found.setdefault((start, to), []).append(row)
    return tuple(_line(*place, between) for place, between in found.items())


def _place(key: str, heading: str, shown: Mapping[str, Entry]) -> str:
    """Return where a line ends: at its entry, else at its folded heading, else nowhere ("")."""
    if key in shown:
        return key
    return heading if heading in shown and shown[heading].is_folded else ""


def _line(left: str, right: str, rows: list[VariableRow]) -> Line:
    states = {row.link.state for row in rows if row.link}
    state = next(one for one in _WORST if one in states)
    variables = tuple(dict.fromkeys(row.id for row in rows))
    return Line(left, right, state, variables, len(rows))
