"""The columns of the binding table, in both directions."""

from app.gui import theme
from app.gui.contract.binding_rows import (
    JoinRow,
    element_name,
    short_name,
    state_words,
    variable_name,
)
from app.gui.contract.wording import reasons_sentence, reasons_words
from app.gui.widgets.element_form import form_of
from app.gui.widgets.rows import Column
from app.language.text import _, current

_STATE, _SCORE = 172, 64  # pixels


def element_columns() -> tuple[Column[JoinRow], ...]:
    """Return the columns when the rows are elements."""
    return (
        Column(_("Element"), _element, icon=_star, tip=_documentation, weight=22),
        Column(_("Variable"), variable_name, tip=_meaning, weight=24),
        Column(_("State"), _state, status=_status, width=_STATE),
        Column(_("Score"), _score, number=True, width=_SCORE),
        Column(_("Why"), _why, quiet=True, tip=_whole_why, weight=11),
    )


def variable_columns() -> tuple[Column[JoinRow], ...]:
    """Return the columns when the rows are variables."""
    return (
        Column(_("Variable"), _named_or_heading, tip=_meaning, weight=22),
        Column(_("Element"), _path, tip=_documentation, weight=24),
        Column(_("State"), _state, status=_status, width=_STATE),
        Column(_("Score"), _score, number=True, width=_SCORE),
        Column(_("Why"), _why, quiet=True, tip=_whole_why, weight=11),
    )


def _element(row: JoinRow) -> str:
    if not row.key:
        return row.heading
    return short_name(row.path) if row.demanded else row.path[-1]


def _named_or_heading(row: JoinRow) -> str:
    return variable_name(row) if row.key else row.heading


def _star(row: JoinRow) -> str:
    if row.leaf is None:
        return ""
    return "asterisk" if row.leaf.is_mandatory else theme.BLANK


def _path(row: JoinRow) -> str:
    return short_name(row.path)


def _documentation(row: JoinRow) -> str:
    if row.leaf is None:
        return ""
    element = row.leaf.element
    lines = (element_name(row.path), form_of(element), element.documentation)
    return "\n".join(line for line in lines if line)


def _meaning(row: JoinRow) -> str:
    return row.variable.meaning.in_language(current()) if row.variable else ""


def _state(row: JoinRow) -> str:
    return state_words(row)[1] if row.key else ""


def _status(row: JoinRow) -> str:
    return state_words(row)[0] if row.key else ""


def _score(row: JoinRow) -> str:
    return str(row.bound.score) if row.bound and row.bound.variable and row.bound.score else ""


def _why(row: JoinRow) -> str:
    return reasons_words(row.bound.reasons) if row.bound and row.bound.variable else ""


def _whole_why(row: JoinRow) -> str:
    return reasons_sentence(row.bound.reasons) if row.bound and row.bound.variable else ""
