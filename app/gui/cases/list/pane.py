"""The list of cases with what is done with the chosen ones below it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.cases.list.chosen import ChosenCases
from app.gui.cases.list.columns import case_columns
from app.gui.cases.list.exclusion import ExclusionForm
from app.gui.cases.list.query import CaseQuery
from app.gui.cases.list.validation import ValidationPanel
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.grid import Grid
from app.gui.widgets.labels import Note
from app.gui.widgets.long_list import Fetch, LongList
from app.gui.widgets.numbers import count
from app.gui.widgets.parts import EmptyState
from app.language.text import N_, _, ngettext
from app.workflow.views import CaseRow

KINDS = (
    ("xml", N_("XML, one file a case…")),
    ("csv", N_("List as CSV…")),
    ("xlsx", N_("List as a workbook…")),
)


class ListPane(QWidget):
    """The grid, what stands in its place when it is empty, and the buttons."""

    menu_wanted = Signal(object)  # the QMenu that is about to show, to add to
    again_wanted = Signal()

    def __init__(self, page: Page, query: CaseQuery, fetch: Fetch) -> None:
        super().__init__()
        self._query = query
        self._all = 0
        profile = page.context.document.profile
        self.model: LongList[CaseRow] = LongList(case_columns(profile), fetch)
        self.grid: Grid[CaseRow] = Grid(_("Cases"), self.model, several=True)
        self.chosen = ChosenCases(page, query, self.grid)
        self.nothing = EmptyState(
            "filter-off-outline",
            _("No case fits the filters"),
            _("Remove a filter above the list, or show every case again."),
            _("Show all cases"),
            query.clear,
        )
        self.trouble = EmptyState(
            "alert-circle-outline",
            _("The list could not be fetched"),
            _("The message below says why. The cases themselves are untouched."),
            _("Try again"),
            self.again_wanted.emit,
        )
        self.form = ExclusionForm()
        self.validation = ValidationPanel(page, query, self.chosen)
        self.count = Note()
        self.send = Button(_("Send selected"), self.chosen.send, icon="send-outline")
        self.export = self._menu_button(_("Export"), "export-variant", self._add_kinds)
        self.validate = self._menu_button(
            _("Validate"), "file-check-outline", self.validation.add_ways
        )
        self.exclude = Button(_("Leave out…"), self.ask_exclude, icon="hand-back-left-outline")
        self.include = Button(_("Take back"), self.chosen.include, icon="undo-variant")
        self._stack = QStackedLayout()
        self._lay_out()
        self._connect()
        self._follow_choice()

    def show_total(self, all_cases: int) -> None:
        """Show the list that has come, and how much of the whole it is."""
        self._all = all_cases
        self._stack.setCurrentWidget(self.grid if self.model.total else self.nothing)
        self._follow_choice()

    def show_trouble(self) -> None:
        """Say that the list could not be fetched, unless there is one already."""
        if not self.model.total:
            self._stack.setCurrentWidget(self.trouble)

    def ask_exclude(self) -> None:
        """Ask why the chosen cases are left out."""
        if self.chosen.count():
            self.form.open_for(self.chosen.count())

    def sort_actions(self, menu: QMenu) -> None:
        """Offer to sort by each column, without the mouse as well."""
        wanted = self._query.wanted
        for column in self.model.columns:
            if column.sort:
                action = menu.addAction(column.title, partial(self.sort_by, column.sort))
                action.setCheckable(True)
                action.setChecked(column.sort == wanted.sort)
        menu.addSeparator()
        turned = menu.addAction(_("Descending"), partial(self.sort_by, wanted.sort))
        turned.setCheckable(True)
        turned.setChecked(wanted.descending)

    def sort_by(self, key: str) -> None:
        """Sort by a column; by the same one again the other way."""
        wanted = self._query.wanted
        descending = key == wanted.sort and not wanted.descending
        self._query.change(sort=key, descending=descending)

    def show_sorting(self) -> None:
        """Point at the column that the list is sorted by."""
        wanted, order = self._query.wanted, Qt.SortOrder
        keys = [column.sort for column in self.model.columns]
        section = keys.index(wanted.sort) if wanted.sort in keys else -1
        way = order.DescendingOrder if wanted.descending else order.AscendingOrder
        self.grid.horizontalHeader().setSortIndicator(section, way)

    def menu(self) -> QMenu:
        """Return the menu of the chosen cases."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        some = bool(self.chosen.count())
        menu.addAction(_("Send selected"), self.chosen.send).setEnabled(some)
        export = menu.addMenu(_("Export"))
        export.setEnabled(some)
        self._add_kinds(export)
        self.validation.add_ways(menu.addMenu(_("Validate")))
        if self.chosen.all_excluded():
            menu.addAction(_("Take back"), self.chosen.include)
        else:
            menu.addAction(_("Leave out…"), self.ask_exclude).setEnabled(some)
        menu.addAction(_("Copy the numbers"), self.chosen.copy).setEnabled(some)
        menu.addSeparator()
        self.menu_wanted.emit(menu)
        self.sort_actions(menu.addMenu(_("Sort by")))
        return menu

    def _menu_button(self, text: str, icon: str, add: Callable[[QMenu], None]) -> QPushButton:
        button = Button(text, icon=icon)
        menu = QMenu(button)
        menu.aboutToShow.connect(partial(_fill_anew, menu, add))
        button.setMenu(menu)
        return button

    def _add_kinds(self, menu: QMenu) -> None:
        for kind, text in KINDS:
            action = QAction(_(text), menu)
            action.triggered.connect(partial(self._export, kind))
            menu.addAction(action)

    def _export(self, kind: str, _on: bool = False) -> None:
        self.chosen.ask_export(kind)

    def _follow_choice(self) -> None:
        """Say how many are chosen, and what can be done with them."""
        some, total = self.chosen.count(), self.model.total
        words = ngettext("{count} case", "{count} cases", total)
        text = words.format(count=count(total))
        if total < self._all:
            text = _("{some} of {all}").format(some=text, all=count(self._all))
        if some > 1:
            picked = ngettext("{count} chosen", "{count} chosen", some).format(count=count(some))
            text = f"{text} · {picked}"
        self.count.setText(text)
        reason = "" if some else _("Select one or more cases in the list first.")
        for button in (self.send, self.export, self.exclude, self.include):
            button.setEnabled(bool(some))
            button.setToolTip(reason)
        self.validate.setEnabled(bool(total))
        is_out = self.chosen.all_excluded()
        self.include.setVisible(is_out)
        self.exclude.setVisible(not is_out)
        if not some:
            self.form.close_form()

    def _show_menu(self, point: QPoint) -> None:
        self.menu().popup(self.grid.viewport().mapToGlobal(point))

    def _connect(self) -> None:
        self.grid.sort_wanted.connect(
            lambda key, descending: self._query.change(sort=key, descending=descending)
        )
        self.grid.copy_wanted.connect(self.chosen.copy)
        self.grid.current_changed.connect(lambda _row: self._follow_choice())
        self.grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.customContextMenuRequested.connect(self._show_menu)
        self.form.excluded.connect(self.chosen.exclude)
        self.form.left.connect(self.grid.setFocus)
        self._query.changed.connect(self.show_sorting)
        self.show_sorting()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(self._stack, 1)
        for part in (self.grid, self.nothing, self.trouble):
            self._stack.addWidget(part)  # in the layout: one without a parent shows as a window
        layout.addWidget(self.form)
        layout.addWidget(self.validation)
        below = QHBoxLayout()
        below.setSpacing(theme.GRID)
        below.addWidget(self.count, 1)
        for button in (self.exclude, self.include, self.validate, self.export, self.send):
            below.addWidget(button)
        layout.addLayout(below)


def _fill_anew(menu: QMenu, add: Callable[[QMenu], None]) -> None:
    menu.clear()
    add(menu)
