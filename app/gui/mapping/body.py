"""What the mapping page shows of an open project: coverage, filters, table or drawing, one case."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.frame.context import Context
from app.gui.mapping.case_strip import CaseStrip
from app.gui.mapping.changes import Changes
from app.gui.mapping.coverage_strip import CoverageStrip, CoverageTable
from app.gui.mapping.inspector import VariableInspector
from app.gui.mapping.live import Live
from app.gui.mapping.table_columns import mapping_columns
from app.gui.mapping.variable_rows import (
    FILTERS,
    VariableRow,
    in_case,
    variable_rows,
    wanted_rows,
    with_troubles,
)
from app.gui.mapping.work_area import DRAWING, VIEWS, WorkArea
from app.gui.widgets.controls import Choice, SearchField
from app.gui.widgets.parts import Splitter
from app.gui.widgets.segments import Segments
from app.language.text import _, current
from app.workflow.coverage_views import Coverage

_LEAST = 96  # pixels of a field beside the switch of views, where a panel takes the room


class MappingBody(QWidget):
    """Filters the rows and hands the chosen one to the inspector."""

    def __init__(self, context: Context, changes: Changes, live: Live) -> None:
        super().__init__()
        self._context = context
        self._live = live
        self._folded: set[str] = set()
        self.search = SearchField(_("Find a variable or column"))
        self.search.setMinimumWidth(_LEAST)
        self.filter = Choice(_("Show"), tuple((value, _(text)) for value, text in FILTERS))
        self.filter.setMinimumWidth(_LEAST)
        self.views = Segments(_("View"), tuple((view, _(text)) for view, text in VIEWS))
        self.coverage = CoverageStrip()
        self.sections = CoverageTable()
        self.case = CaseStrip()
        self.work = WorkArea(context)
        self.inspector = VariableInspector(context, changes)
        self._lay_out()
        self._connect()
        self._show_filters()

    def refresh(self) -> None:
        """Show the rows as they now are, and keep what is chosen."""
        document = self._context.document
        if not document.is_open:
            return
        profile, table = document.profile, self.work.table
        headings = {
            section: text.in_language(current()) for section, text in profile.sections.items()
        }
        table.rows.columns = mapping_columns(headings, profile, is_brief=table.is_brief)
        rows = self._rows()
        chosen = table.current_row()
        wanted = wanted_rows(rows, self.search.text(), self.filter.value(), self._folded)
        table.show_rows(wanted, chosen.key if chosen else "")
        self._inspect(table.current_row())
        plain = variable_rows(profile, document.project, {})
        groups = document.project.groups
        self.work.show_drawing(plain, self._context.session.tables, groups, headings)

    def show_variable(self, variable: str) -> None:
        """Choose a variable, whatever is filtered or folded."""
        self.search.clear()
        self.filter.set_value("")
        profile = self._context.document.profile if self._context.document.is_open else None
        if profile is not None and variable in profile.by_id:
            self._folded.discard(profile.by_id[variable].section)
        self.refresh()
        self.work.table.choose_variable(variable)

    def set_view(self, view: str) -> None:
        """Show the table, the drawing or both."""
        self.views.set_value(view)
        self.work.set_view(view)
        self._show_filters()
        self.refresh()

    def _show_filters(self) -> None:
        """Hide the table's filters where it is not seen: the drawing has its own."""
        for part in (self.search, self.filter):
            part.setVisible(self.work.view != DRAWING)

    def search_again(self) -> None:
        """Go to the search; that of the variables in the drawing where there is no table."""
        shown = self.search if self.work.view != DRAWING else self.work.drawing.search
        shown.setFocus()
        shown.selectAll()

    def fold_all(self) -> None:
        """Show the headings alone."""
        self._folded = {row.section for row in self._rows()}
        self.refresh()

    def unfold_all(self) -> None:
        """Show every section's variables."""
        self._folded = set()
        self.refresh()

    def _rows(self) -> tuple[VariableRow, ...]:
        document = self._context.document
        rows = variable_rows(document.profile, document.project, self._live.results)
        rows = with_troubles(rows, self._context.session.tables)
        values = self._live.values
        return rows if values is None else in_case(rows, values, self._live.findings)

    def _fold(self, section: str, is_folded: bool) -> None:
        table, folded = self.work.table, set(self._folded)
        (folded.add if is_folded else folded.discard)(section)
        row = table.current_row()
        if folded == self._folded:
            return
        self._folded = folded
        self.refresh()
        if is_folded or (row is not None and row.variable is None):
            table.choose_variable(VariableRow(section).key)

    def _inspect(self, row: VariableRow | None) -> None:
        if row is not None or not self.work.table.rows.rowCount():
            self.inspector.show_row(row)

    def _show_case(self) -> None:
        if self._context.document.is_open:
            self.case.show_case(self._live, self._context.document.profile)
            self.refresh()

    def _show_coverage(self, coverage: Coverage) -> None:
        self.coverage.show_coverage(coverage)
        if self._context.document.is_open:
            self.sections.show_coverage(coverage, self._context.document.profile)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.refresh)
        self.filter.activated.connect(self.refresh)
        self.views.set_value(self.work.view)
        self.views.chosen.connect(self.set_view)
        self.coverage.details_wanted.connect(self.sections.setVisible)
        self.work.table.fold_wanted.connect(self._fold)
        self.work.table.brief_changed.connect(self.refresh)
        self.work.table.entered.connect(self.inspector.choose_column)
        self.work.chosen.connect(self._inspect)
        self.case.step_wanted.connect(self._live.step)
        self.case.chance_wanted.connect(self._live.go_anywhere)
        self.case.case_wanted.connect(self._live.follow)
        self.case.opened.connect(lambda case: self._context.navigator.go("cases", case=case))
        self._live.case_changed.connect(self._show_case)
        self._live.results_changed.connect(self.refresh)
        self._live.coverage_changed.connect(self._show_coverage)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(2 * theme.GRID)
        tools.addWidget(self.search, 9)
        tools.addWidget(self.filter)
        tools.addStretch(1)
        tools.addWidget(self.views)  # in the same place whatever is shown
        self.sections.hide()
        self.sections.setMaximumHeight(9 * theme.ROW)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(tools)
        column.addWidget(self.sections)
        column.addWidget(self.work, 1)
        column.addWidget(self.case)
        split = Splitter("mapping", self._context.settings, left, self.inspector)
        split.share(27, 10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.GRID)
        done = QHBoxLayout()
        done.addWidget(self.coverage)
        done.addStretch(1)
        whole.addLayout(done)
        whole.addWidget(split, 1)
