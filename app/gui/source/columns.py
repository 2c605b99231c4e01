"""Columns: what each column of the chosen file holds, and one of them in full beside."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.mapping import Project
from app.core.register import Profile, Variable
from app.core.variable_names import is_numbered
from app.gui import theme
from app.gui.background.backend import Job
from app.gui.frame import deeds
from app.gui.settings import Settings
from app.gui.source.bars import BarDelegate
from app.gui.source.profile import ProfileView
from app.gui.source.run import Run, keep_silent
from app.gui.source.tables import FileRow
from app.gui.widgets.controls import Choice, SearchField
from app.gui.widgets.labels import Note
from app.gui.widgets.looks import looks, looks_icon
from app.gui.widgets.numbers import count, share
from app.gui.widgets.parts import Inspector, Splitter
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import N_, _, current, ngettext
from app.workflow.source_views import ColumnProfile
from app.workflow.views import ColumnView

_SHOW = (
    ("", N_("every column")),
    ("filled", N_("columns with content")),
    ("unmapped", N_("columns with content, not mapped")),
)
_FILLED = 2  # the column that shows it
_MEASURED = frozenset({"number", "decimal", "date", "time", "datetime"})
_GAP = "  ·  "
_TWO_DAYS = 196  # pixels: a span of two whole dates
_REST = 60  # ms on a column before it is asked about: arrows may be held down


class ColumnsPanel(QWidget):
    """The columns of the chosen file, and the chosen one's profile."""

    def __init__(self, settings: Settings, run: Run, go: Callable[[str], None]) -> None:
        super().__init__()
        self._run = run
        self._go = go
        self._row: FileRow | None = None
        self._project: Project | None = None
        self._job: Job | None = None
        self._used: dict[str, tuple[str, ...]] = {}
        self._names: dict[str, str] = {}
        self._wanted = ""
        self.search = SearchField(_("Find a column"))
        self.search.textChanged.connect(lambda _text: self._show_columns())
        self.filter = Choice(_("Which columns"), tuple((one, _(text)) for one, text in _SHOW))
        self.filter.activated.connect(lambda _index: self._show_columns())
        self.told = Note()
        self.told.setWordWrap(False)
        self.table: Table[ColumnView] = Table(_("Columns"), RowsModel(self._columns(0)))
        self.table.setItemDelegateForColumn(_FILLED, BarDelegate(self.table, self._part))
        self.table.current_changed.connect(self._choose)
        self._timer = QTimer(self, singleShot=True, interval=_REST)
        self._timer.timeout.connect(self._ask_profile)
        self.table.activated.connect(lambda _index: self._go_on())
        self.profile = ProfileView()
        self._lay_out(settings)

    def show_table(self, row: FileRow, project: Project, profile: Profile | None) -> None:
        """Show the columns of a file; the profile names the variables."""
        is_same = self._row is not None and self._row.name == row.name
        self._row, self._project = row, project
        self._used = _used_columns(project, row.name)
        known = profile.variables if profile is not None else ()
        self._names = {one.id: _variable_name(one) for one in known}
        if not is_same:
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self._show_columns()

    def choose_column(self, name: str) -> None:
        """Choose a column by its name, whatever the filter says."""
        self.search.clear()
        self.filter.set_value("")
        self._wanted = name
        self._show_columns()
        self.table.setFocus()
        QTimer.singleShot(0, self, self._bring)  # once the view has its size

    def _bring(self) -> None:
        self.table.scrollTo(self.table.currentIndex())

    def _show_columns(self) -> None:
        if self._row is None:
            return
        shown = [one for one in self._row.table.columns if self._is_shown(one)]
        current = self.table.current_row()
        kept = self._wanted or (current.name if current is not None else "")
        self.table.rows.columns = self._columns(self._row.table.rows)
        self.table.rows.set_rows(shown)
        every = len(self._row.table.columns)
        text = ngettext("{shown} of {all} column", "{shown} of {all} columns", every)
        self.told.setText(text.format(shown=count(len(shown)), all=count(every)))
        names = [one.name for one in shown]
        if shown:
            self._wanted = "" if self._wanted in names else self._wanted
            self.table.choose(names.index(kept) if kept in names else 0)
        self._choose(self.table.current_row() if shown else None)

    def _is_shown(self, column: ColumnView) -> bool:
        wanted = self.search.text().strip().casefold()
        used = self._used.get(column.name, ())
        names = (self._names.get(one, "") for one in used)
        texts = (column.name, looks(column.looks_like), *used, *names)
        if wanted and not any(wanted in text.casefold() for text in texts):
            return False
        show = self.filter.value()
        return not show or bool(
            column.filled and (show == "filled" or column.name not in self._used)
        )

    def _choose(self, column: ColumnView | None) -> None:
        if column is None or self._row is None:
            self.profile.clear()
            return
        self.profile.show_column(column, self._row.table.rows)
        self._timer.start()

    def _ask_profile(self) -> None:
        column = self.table.current_row()
        if column is None or self._row is None or not self._row.is_read:
            return
        if self._job is not None:
            self._job.cancel()
        arguments = (self._project, self._row.name, column.name, False)
        done = partial(self._take_profile, self._row.name)
        self._job = self._run(deeds.COLUMN_PROFILE, *arguments, done=done, failed=keep_silent)

    def _take_profile(self, table: str, profile: ColumnProfile) -> None:
        current = self.table.current_row()
        is_shown = self._row is not None and self._row.name == table
        if is_shown and current is not None and current.name == profile.name:
            self.profile.show_profile(profile)

    def _go_on(self) -> None:
        """Go to the first variable that the column is mapped to."""
        column = self.table.current_row()
        variables = self._used.get(column.name, ()) if column is not None else ()
        if variables:
            self._go(variables[0])

    def _part(self, column: ColumnView) -> float:
        rows = self._row.table.rows if self._row is not None else 0
        return column.filled / rows if rows else 0.0

    def _columns(self, rows: int) -> tuple[Column[ColumnView], ...]:
        keys = self._row.source.keys if self._row is not None else ()

        def key_icon(one: ColumnView) -> str:
            return "key" if one.name in keys else theme.BLANK

        def used(one: ColumnView) -> str:
            ids = self._used.get(one.name, ())
            return ", ".join(self._names.get(variable, variable) for variable in ids)

        return (
            Column(_("Column"), lambda one: one.name, icon=key_icon, weight=8),
            Column(
                _("Looks like"),
                lambda one: looks(one.looks_like),
                icon=lambda one: looks_icon(one.looks_like),
                width=150,
            ),
            Column(_("Filled"), lambda one: share(one.filled, rows), number=True, width=68),
            Column(_("Distinct"), lambda one: count(one.distinct), number=True, width=76),
            Column(_("From – to"), _ends, width=_TWO_DAYS),
            Column(_("Mapped to"), used, weight=5),
            Column(_("Most frequent"), lambda one: _GAP.join(one.samples), quiet=True, weight=6),
        )

    def _lay_out(self, settings: Settings) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        for part in (self.search, self.filter, self.told):
            head.addWidget(part)
        head.addStretch(1)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        inspector = Inspector(_("The chosen column"))
        inspector.fill(self.profile)
        whole = Splitter("source-columns", settings, left, inspector)
        whole.share(3, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.addWidget(whole)


def _ends(column: ColumnView) -> str:
    """Return the least and the greatest value where they are known at once."""
    if column.looks_like not in _MEASURED:
        return ""
    ends = (one for one in (column.least, column.greatest) if one)
    return " – ".join(dict.fromkeys(ends))


def _variable_name(variable: Variable) -> str:
    """Return what a variable is called: by its number, or by its name where it has none."""
    name = variable.name.in_language(current())
    return variable.id if is_numbered(variable.id) else name


def _used_columns(project: Project, table: str) -> dict[str, tuple[str, ...]]:
    """Return which variables each column of a table is mapped to."""
    used: dict[str, tuple[str, ...]] = {}
    for link in project.links:
        if link.table == table:
            for column in link.columns:
                used[column] = (*used.get(column, ()), link.variable)
    return used
