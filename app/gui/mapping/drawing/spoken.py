"""What is focused in the drawing, in words: the live line below it, also for a screen reader."""

from collections.abc import Mapping, Sequence

from app.core.mapping import LinkState
from app.gui.mapping.drawing.columns import column_of
from app.gui.mapping.drawing.entries import LEFT, Entry
from app.gui.mapping.drawing.lines import Line
from app.language.text import N_, _, ngettext

_FEW = 3
_STATES = {
    LinkState.APPROVED: N_("approved"),
    LinkState.SUGGESTED: N_("suggested"),
    LinkState.FLAGGED: N_("flagged"),
}


def nothing_sentence(columns: int, variables: int, lines: int) -> str:
    """Return what the drawing shows while nothing is chosen."""
    words = _("{columns} columns, {variables} variables, {lines}. Choose with a click or arrows.")
    return words.format(columns=columns, variables=variables, lines=_lines(lines))


def entry_sentence(entry: Entry, lines: Sequence[Line], names: Mapping[str, str]) -> str:
    """Return what an entry is and where its lines go; `names` are those of all entries."""
    if entry.is_heading:
        folded = _("folded") if entry.is_folded else _("unfolded")
        return f"{entry.text}, {entry.tip}, {folded}"
    if entry.side == LEFT:
        return _column_sentence(entry, lines, names)
    return _variable_sentence(entry, lines, names)


def taken_sentence(entry: Entry) -> str:
    """Return what may be done with an entry that is in hand."""
    if entry.side == LEFT:
        words = _("{name} is in hand: click a variable or press Enter on it. Esc drops.")
    else:
        words = _("{name} is in hand: click a column or press Enter on it. Esc drops.")
    return words.format(name=entry.text)


def _column_sentence(entry: Entry, lines: Sequence[Line], names: Mapping[str, str]) -> str:
    known = ", ".join(one for one in (entry.word, _filled(entry)) if one)
    name = _("{column} in {table}").format(column=entry.text, table=column_of(entry.key)[0])
    start = f"{name} ({known})" if known else name
    if not lines:
        return _("{name}: not mapped yet").format(name=start)
    return _("{name} → {ends}").format(name=start, ends=_ends(lines, names))


def _variable_sentence(entry: Entry, lines: Sequence[Line], names: Mapping[str, str]) -> str:
    known = [_("mandatory")] if entry.lead else []
    known.append(entry.word.lower())
    start = f"{entry.text} ({', '.join(known)})"
    if lines:
        columns = ", ".join(names.get(line.left, "") for line in lines)
        return _("{name} ← {ends}").format(name=start, ends=columns)
    if entry.figure:
        return _("{name}: {what}").format(name=start, what=entry.figure)
    if entry.linked:
        return _("{name}: its column is hidden by the filter").format(name=start)
    return start


def _ends(lines: Sequence[Line], names: Mapping[str, str]) -> str:
    """Return the variables that lines go to, each with its state; only a few by name."""
    shown = [f"{names.get(line.right, '')} ({_(_STATES[line.state])})" for line in lines[:_FEW]]
    if len(lines) > _FEW:
        shown.append(_("{count} more").format(count=len(lines) - _FEW))
    return ", ".join(shown)


def _filled(entry: Entry) -> str:
    return _("{share} filled").format(share=entry.figure) if entry.figure else ""


def _lines(count: int) -> str:
    return ngettext("{count} line", "{count} lines", count).format(count=count)
