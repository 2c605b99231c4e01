"""Binding: which variable's value goes into which element of a contract, seen from both sides."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui import theme
from app.gui.contract.binding_columns import element_columns, variable_columns
from app.gui.contract.binding_inspector import BindingInspector
from app.gui.contract.binding_rows import ELEMENTS, VARIABLES, JoinRow, wanted_rows
from app.gui.contract.binding_tools import BindingTools
from app.gui.contract.binding_work import BindingWork
from app.gui.contract.store import Store
from app.gui.frame.page import Page
from app.gui.widgets.headed_table import HeadedTable
from app.gui.widgets.parts import EmptyState, Splitter
from app.gui.widgets.trouble import Trouble
from app.language.text import _


class BindingView(QWidget):
    """The table of elements (or variables) of one contract, its tools and the inspector."""

    def __init__(self, page: Page, store: Store) -> None:
        super().__init__()
        self._page = page
        self._store = store
        self._sought = ""  # a variable to show when the binding has been read
        self.work = BindingWork(page, store)
        self.tools = BindingTools(self.work.open, self.show_rows, self.show_side)
        self.troubles = Trouble()
        self.tables: dict[str, HeadedTable[JoinRow]] = {
            ELEMENTS: HeadedTable(_("Elements"), element_columns(), lambda row: row.key),
            VARIABLES: HeadedTable(_("Variables"), variable_columns(), lambda row: row.key),
        }
        self.inspector = BindingInspector(self.work.bind, self.work.clear, self.work.approve)
        self.waiting = EmptyState(
            "link-variant",
            _("The binding is being read"),
            _("The contract's elements and the variables they hold come here when it is done."),
        )
        self._lay_out()
        self._make_actions()
        store.changed.connect(self._offer)
        self.work.changed.connect(self.refresh)

    @property
    def table(self) -> HeadedTable[JoinRow]:
        """The table of the side that is shown."""
        return self.tables[self.tools.side.value()]

    def refresh(self) -> None:
        """Show the draft as it now is."""
        self.tools.contract.set_value(self.work.profile_id)
        joined, draft = self.work.joined, self.work.draft
        self._split.setVisible(joined is not None)
        self.waiting.setVisible(joined is None and self.work.problem is None)
        if self.work.problem is not None:
            self.troubles.show_error(self.work.problem)
        if joined is None or draft is None:
            return
        left = (one for one in draft.view.troubles if not joined.is_settled(one))
        self.troubles.say("\n".join(joined.in_words(one) for one in left))
        self.tools.show_counts(joined, editable=self.work.is_editable)
        self.show_side(self.tools.side.value())
        self.show_variable(self._sought)
        if self.isVisible():
            self.work.take_undo()

    def approve(self) -> None:
        """Approve the suggestions of the chosen rows."""
        waiting = tuple(row.path for row in self.table.chosen() if row.is_suggested)
        if waiting:
            self.work.approve(waiting)
        else:
            self._page.context.messages.show(_("Choose rows with a suggestion to approve."))

    def approve_sure(self) -> None:
        """Approve every suggestion that is shown as sure."""
        sure = self.work.sure()
        if sure:
            self.work.approve(sure)
        else:
            self._page.context.messages.show(_("No suggestion is sure. Look at each one."))

    def clear(self) -> None:
        """Let the chosen rows hold nothing."""
        chosen = self.table.chosen()
        self.work.clear(tuple(row.path for row in chosen if row.bound and row.variable_id))

    def choose_other(self) -> None:
        """Open the choice in the inspector."""
        choice = self.inspector.choice
        if choice is not None and choice.isEnabled():
            choice.setFocus()
            choice.showPopup()

    def step(self, way: int) -> None:
        """Go to the next (1) or the previous (-1) row where something is to be decided."""
        if not self.table.step_to(lambda row: row.waits, way):
            self._page.context.messages.show(_("Nothing is left to decide here."))

    def turn(self) -> None:
        """See the same from the other side, and there what was chosen."""
        row = self.table.current_row()
        side = VARIABLES if self.tools.side.value() == ELEMENTS else ELEMENTS
        self.tools.set_side(side)
        self.show_side(side)
        if row is not None:
            self.table.choose_key(row.variable_id if side == VARIABLES else "/".join(row.path))
        self.table.setFocus()

    def show_variable(self, variable: str) -> None:
        """Show one variable and the element it goes into, as soon as the binding is there."""
        self._sought = variable
        if self.work.joined is not None and variable:
            self._sought = ""
            self.tools.search.clear()
            self.tools.set_side(VARIABLES)
            self.show_side(VARIABLES)
            self.table.choose_key(variable)

    def show_in_register(self) -> None:
        """Go to all that is known about the chosen variable."""
        row = self.table.current_row()
        if row is not None and row.variable is not None:
            self._page.context.navigator.go("register", variable=row.variable_id)

    def show_rows(self) -> None:
        """Show the rows that the search and the filter leave."""
        joined = self.work.joined
        if joined is None:
            return
        table, side = self.table, self.tools.side.value()
        rows = joined.by_element() if side == ELEMENTS else joined.by_variable()
        chosen = table.current_row()
        text, state = self.tools.search.text(), self.tools.filter.value()
        wanted = wanted_rows(rows, joined.profile, text, state)
        table.show_rows(wanted, chosen.key if chosen else "")
        self._inspect(table.current_row() if wanted else None)

    def show_side(self, side: str) -> None:
        """Show elements or variables as rows."""
        for name, table in self.tables.items():
            table.setVisible(name == side)
        self.show_rows()

    def showEvent(self, event: QShowEvent) -> None:
        """Let undo be the binding's while it is shown."""
        super().showEvent(event)
        self.work.take_undo()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let undo be the project's again."""
        super().hideEvent(event)
        self.work.leave_undo()

    def _inspect(self, row: JoinRow | None) -> None:
        if row is not None or not self.table.rows.rowCount():
            self.inspector.show_row(row, self.work.joined, editable=self.work.is_editable)

    def _offer(self) -> None:
        self.tools.contract.set_entries(self._store.choices())
        self.tools.contract.set_value(self.work.profile_id)

    def _make_actions(self) -> None:
        """Give the deeds their keys; they hold while this part of the page is shown."""
        rows = (
            (_("Bind to…"), "Ctrl+M", self.choose_other),
            (_("Clear the binding"), "Ctrl+R", self.clear),
            (_("See from the other side"), "Ctrl+T", self.turn),
            (_("Next to decide"), "Alt+Down", lambda: self.step(1)),
            (_("Previous to decide"), "Alt+Up", lambda: self.step(-1)),
            (_("Approve the sure"), "Ctrl+Shift+A", self.approve_sure),
            (_("Show in the register"), "Ctrl+I", self.show_in_register),
        )
        self.deeds = [self._page.add_action(*row) for row in rows]
        approve = self._page.add_action(_("Approve"), "Space", self.approve)
        approve.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        for table in self.tables.values():
            table.addAction(approve)
        self.deeds.append(approve)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        for table in self.tables.values():
            column.addWidget(table)
            table.current_changed.connect(self._inspect)
        self.tables[VARIABLES].hide()
        self._split = Splitter("binding", self._page.context.settings, left, self.inspector)
        self._split.share(13, 5)
        self._split.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.tools)
        layout.addWidget(self.troubles)
        layout.addWidget(self._split, 1)
        layout.addWidget(self.waiting, 1)
