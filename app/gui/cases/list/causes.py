"""The causes: one line each with its cases, folded out to the values at fault."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.errors import Cancelled, WorkbenchError
from app.gui import theme
from app.gui.background.latest import Latest
from app.gui.cases.list.cause_detail import CauseDetail
from app.gui.cases.list.cause_rows import CauseLine, Key, cause_columns, lines_of, wanted_of
from app.gui.cases.list.query import CaseQuery, narrowing
from app.gui.cases.list.saved_views import SavedViews
from app.gui.cases.view import CaseView
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.grid import Grid
from app.gui.widgets.labels import Note
from app.gui.widgets.numbers import count
from app.gui.widgets.parts import EmptyState, Splitter
from app.gui.widgets.rows import RowsModel
from app.language.text import _, ngettext
from app.workflow.case_views import CauseGroup
from app.workflow.views import CaseFilter

_FOLD_COLUMN = 1


class CauseGrid(Grid[CauseLine]):
    """The causes; Right folds a cause out, Left folds it in."""

    fold_wanted = Signal(object, bool)  # the line, and whether out

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current_row()
        turns = {Qt.Key.Key_Right: True, Qt.Key.Key_Left: False}
        key = Qt.Key(event.key())
        if line is not None and key in turns and (line.can_open or line.is_part):
            self.fold_wanted.emit(line, turns[key])
        else:
            super().keyPressEvent(event)


class CausesView(CaseView):
    """What is wrong with the cases that the list shows, the most frequent first."""

    def __init__(self, page: Page, query: CaseQuery) -> None:
        super().__init__(page)
        self._context = page.context
        self._latest = Latest(page.context.backend, self)
        self._query = query
        self._groups: tuple[CauseGroup, ...] = ()
        self._opened: frozenset[Key] = frozenset()
        self._within = CaseFilter()
        profile = page.context.document.profile
        self.grid = CauseGrid(_("Causes"), RowsModel(cause_columns(profile)))
        self.detail = CauseDetail(profile)
        self.about = Note()
        self.widen = Button(_("Show all cases"), query.clear, kind="quiet")
        self.nothing = EmptyState(
            "check-circle-outline",
            _("Nothing is wrong"),
            _("None of the cases that the list shows has a finding."),
        )
        self._stack = QStackedLayout()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Ask what is wrong with the cases that the list shows now."""
        self._within = narrowing(self._query.wanted)
        self._say(_("The causes are being counted…"))
        self._latest.start(
            deeds.CAUSE_GROUPS, self._within, done=self._take, failed=self._tell_trouble
        )

    def show_mapping(self) -> None:
        """Go to the mapping row of the chosen cause."""
        line = self.grid.current_row()
        if line is not None and line.group.variable:
            self._context.navigator.go("mapping", variable=line.group.variable)

    def show_source(self) -> None:
        """Go to the column that the chosen cause is found in."""
        line = self.grid.current_row()
        if line is not None and line.group.table:
            target = {"table": line.group.table, "column": line.group.column}
            self._context.navigator.go("source", **target)

    def show_in_register(self) -> None:
        """Go to the rule of the chosen cause, else to its variable."""
        line = self.grid.current_row()
        if line is None:
            return
        code, variable = line.group.code, line.group.variable
        if any(rule.id == code for rule in self._context.document.project.rules):
            self._context.navigator.go("register", own=code)
        elif code in self._context.document.profile.rules_by_id:
            self._context.navigator.go("register", rule=code)
        elif variable:
            self._context.navigator.go("register", variable=variable)

    def show_cases(self) -> None:
        """Show the cases of the chosen cause in the list."""
        line = self.grid.current_row()
        if line is not None:
            self.filter_wanted.emit(wanted_of(line.group, self._within))

    def _take(self, groups: tuple[CauseGroup, ...]) -> None:
        self._groups = groups
        known = {line.key for line in lines_of(groups, frozenset(), 0)}
        self._opened &= known
        self._show_lines(0)
        self._stack.setCurrentIndex(0 if groups else 1)
        words = ngettext("{count} cause", "{count} causes", len(groups))
        self._say(words.format(count=count(len(groups))))

    def _say(self, text: str) -> None:
        """Say how many causes there are, and among which cases."""
        is_narrowed = self._within != CaseFilter()
        if is_narrowed:
            view = SavedViews(self._context.settings).named(self._within)
            name = view.name if view else _("the filters of the list")
            text = _("{text}, among: {name}").format(text=text, name=name)
        self.about.setText(text)
        self.widen.setVisible(is_narrowed)

    def _show_lines(self, number: int) -> None:
        summary = self._context.session.summary
        lines = tuple(lines_of(self._groups, self._opened, summary.cases if summary else 0))
        self.grid.rows.set_rows(lines)
        self.grid.choose(min(number, len(lines) - 1))
        self._follow()

    def _fold(self, line: CauseLine, out: bool) -> None:
        if line.is_part and out:
            return
        self._opened = self._opened | {line.key} if out else self._opened - {line.key}
        lines = lines_of(self._groups, self._opened, 0)
        place = next(n for n, one in enumerate(lines) if one.key == line.key and not one.is_part)
        self._show_lines(place)

    def _click(self, index: QModelIndex) -> None:
        line = self.grid.rows.row_at(index.row())
        if line is not None and line.can_open and index.column() == _FOLD_COLUMN:
            self._fold(line, not line.is_open)

    def _follow(self) -> None:
        self.detail.show_line(self.grid.current_row())

    def _show_case(self, case: str) -> None:
        self.cases_wanted.emit((case,))

    def _tell_trouble(self, error: WorkbenchError) -> None:
        if not isinstance(error, Cancelled):
            self.about.setText(_("The causes could not be counted."))
            self._context.messages.show_error(error)

    def _connect(self) -> None:
        self.grid.current_changed.connect(lambda _row: self._follow())
        self.grid.fold_wanted.connect(self._fold)
        self.grid.clicked.connect(self._click)
        self.grid.activated.connect(lambda _index: self.show_cases())
        self.detail.cases_wanted.connect(self.show_cases)
        self.detail.case_wanted.connect(self._show_case)
        self.detail.mapping_wanted.connect(self.show_mapping)
        self.detail.source_wanted.connect(self.show_source)
        self.detail.rule_wanted.connect(self.show_in_register)
        self._query.changed.connect(self._follow_query)

    def _follow_query(self) -> None:
        if self.isVisible() and narrowing(self._query.wanted) != self._within:
            self.refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.about, 1)
        head.addWidget(self.widen)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addLayout(self._stack, 1)
        for part in (self.grid, self.nothing):
            self._stack.addWidget(part)
        splitter = Splitter("causes", self._context.settings, left, self.detail)
        splitter.share(70, 30)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
