"""One element or one variable: what it is, what it is bound to, and what else it could be."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app.core.binding import Path
from app.core.register import Element
from app.gui import theme
from app.gui.contract.binding_rows import (
    VARIABLES,
    Joined,
    JoinRow,
    element_name,
    named,
    state_words,
    variable_name,
)
from app.gui.contract.choosing import LongChoice
from app.gui.contract.wording import reasons_sentence
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.element_form import form_of
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label, Note, SectionTitle, StatusLabel
from app.gui.widgets.parts import Inspector
from app.language.text import _, current

_VALUES = 12  # of an enumeration; the rest is counted
_OTHERS = 6

Bind = Callable[[Path, str], object]
OnPaths = Callable[[tuple[Path, ...]], object]


class BindingInspector(Inspector):
    """Shows and changes one row of the binding; every change can be undone."""

    def __init__(self, bind: Bind, clear: OnPaths, approve: OnPaths) -> None:
        super().__init__(_("The chosen element or variable"))
        self._bind = bind
        self._clear = clear
        self._approve = approve
        self._row: JoinRow | None = None
        self._joined: Joined | None = None
        self.choice: LongChoice | None = None
        self.others: list[Button] = []

    def show_row(self, row: JoinRow | None, joined: Joined | None, *, editable: bool) -> None:
        """Show another row, or the same with another binding."""
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self._row, self._joined = row, joined
        self.choice, self.others = None, []
        if row is None or joined is None or not row.key:
            self.fill(Note(_("Choose an element or a variable to see what it is bound to.")))
            return
        status, words = state_words(row)
        title = SectionTitle(variable_name(row) if row.side == VARIABLES else row.path[-1])
        title.setWordWrap(True)
        parts: list[QWidget] = [title]
        if status:
            parts.append(StatusLabel(status, words))
        element, variable = self._about_element(row), self._about_variable(row)
        parts.extend(variable if row.side == VARIABLES else [])
        parts.extend(self._choosing(row, joined, editable=editable))
        parts.extend(variable if row.side != VARIABLES else [])
        parts.extend((*self._alternatives(row), *element))
        self.fill(*parts)
        if had_focus:
            self._focus_choice()

    def _focus_choice(self) -> None:
        if self.choice is not None:
            self.choice.setFocus()

    def _choosing(self, row: JoinRow, joined: Joined, *, editable: bool) -> list[QWidget]:
        """Return the choice of the other side, and what may be said of it."""
        if row.side == VARIABLES:
            name, entries, value = _("Element"), _elements(joined), "/".join(row.path)
        else:
            entries = _variables(joined, row.variable_id)
            name, value = _("Variable"), row.variable_id
        self.choice = LongChoice(name, (("", "–"), *entries))
        self.choice.set_value(value)
        self.choice.setEnabled(editable)
        # Later: a change builds the choice anew, and it must not be gone while it speaks.
        self.choice.activated.connect(self._choose, Qt.ConnectionType.QueuedConnection)
        parts: list[QWidget] = [SectionTitle(name), self.choice]
        if not editable:
            parts.append(
                Note(_("This contract and its binding were written together; it is fixed."))
            )
        if row.bound is not None and row.bound.variable and row.bound.reasons:
            why = _("Why: {reasons}").format(reasons=reasons_sentence(row.bound.reasons))
            parts.append(Label(why, tone="quiet"))
        if editable:
            parts.append(self._deciding(row))
        return parts

    def _deciding(self, row: JoinRow) -> QWidget:
        line = QWidget()
        buttons = QHBoxLayout(line)
        buttons.setContentsMargins(0, 0, 0, theme.GRID)
        path = (row.path,)
        if row.bound is not None and row.bound.variable:
            if not row.bound.is_bound:
                approve = Button(_("Approve"), partial(self._approve, path), icon="check")
                buttons.addWidget(approve)
            buttons.addWidget(Button(_("Clear"), partial(self._clear, path), kind="quiet"))
        buttons.addStretch(1)
        return line

    def _about_element(self, row: JoinRow) -> list[QWidget]:
        if row.leaf is None:
            return []
        element = row.leaf.element
        facts = FactRows()
        demand = _("Mandatory") if row.leaf.is_mandatory else _("Optional")
        facts.show_facts(
            (
                (_("Path"), element_name(row.path)),
                (_("Type"), form_of(element)),
                (_("Values"), _allowed(element)),
                (_("Occurs"), _occurs(element)),
                (_("Demand"), demand),
            )
        )
        told = [Label(element.documentation)] if element.documentation else []
        return [Line(), SectionTitle(_("Element")), *told, facts]

    def _about_variable(self, row: JoinRow) -> list[QWidget]:
        if row.variable is None:
            return []
        meaning = row.variable.meaning.in_language(current())
        return [Label(meaning)] if meaning else []

    def _alternatives(self, row: JoinRow) -> list[QWidget]:
        """Return what else the element could hold, each with a button that binds it."""
        rest = row.bound.alternatives[:_OTHERS] if row.bound else ()
        if not rest or self._joined is None or row.side == VARIABLES:
            return []
        by_id = self._joined.profile.by_id
        for one, score in rest:
            name = named(by_id[one]) if one in by_id else one
            words = _("{name} ({score})").format(name=name, score=score)
            self.others.append(Button(words, partial(self._bind, row.path, one), kind="quiet"))
        return [SectionTitle(_("It could also be")), *self.others]

    def _choose(self, _index: int) -> None:
        if self._row is None or self.choice is None:
            return
        value = self.choice.value()
        if self._row.side == VARIABLES:
            path = tuple(value.split("/")) if value else ()
            if path and path != self._row.path:
                self._bind(path, self._row.variable_id)
            elif not path and self._row.path:
                self._clear((self._row.path,))
        elif value and value != self._row.variable_id:
            self._bind(self._row.path, value)
        elif not value and self._row.variable_id:
            self._clear((self._row.path,))


def _elements(joined: Joined) -> tuple[tuple[str, str], ...]:
    return tuple(("/".join(leaf.path), element_name(leaf.path)) for leaf in joined.found)


def _variables(joined: Joined, own: str) -> tuple[tuple[str, str], ...]:
    """Return every variable that can be chosen; those bound elsewhere are marked."""
    taken = {row.variable for row in joined.table.rows if row.is_bound} - {own}
    known = joined.profile.by_id
    new = [row.variable for row in joined.table.rows if row.variable not in known]
    offers = [(one.id, named(one)) for one in joined.profile.variables]
    offers.extend((one, one) for one in dict.fromkeys(new) if one)
    words = _("{name} (bound)")
    return tuple((one, words.format(name=name) if one in taken else name) for one, name in offers)


def _allowed(element: Element) -> str:
    values = [value for name, value in element.facets if name == "enumeration"]
    more = len(values) - _VALUES
    words = ", ".join(values[:_VALUES])
    return _("{values} and {count} more").format(values=words, count=more) if more > 0 else words


def _occurs(element: Element) -> str:
    most = "∞" if element.maximum is None else str(element.maximum)
    return most if str(element.minimum) == most else f"{element.minimum}–{most}"
