"""The chosen table: its name and state, what can be done with it, and its five views."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from app.core.mapping import Project
from app.core.register import Profile
from app.gui import theme
from app.gui.settings import Setting, Settings
from app.gui.source.all_rows import RowsPanel
from app.gui.source.change import ChangePanel
from app.gui.source.columns import ColumnsPanel
from app.gui.source.reading import ReadingPanel
from app.gui.source.reading_form import Change
from app.gui.source.relation import Edit, RelationPanel
from app.gui.source.run import Run
from app.gui.source.tables import FileRow, change_sentence
from app.gui.source.troubles import TroublesPanel
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Note, SectionTitle
from app.gui.widgets.numbers import count
from app.gui.widgets.trouble import Trouble
from app.language.sentences import error_sentence
from app.language.text import _
from app.workflow.source_views import Preview

READING, CASES, COLUMNS, ROWS, LEFT_OUT = "reading", "cases", "columns", "rows", "left-out"
_TAB = Setting("source-tab", READING)
_PATHS = 2  # that are named before the rest is counted


@dataclass(frozen=True)
class Deeds:
    """What the views ask the page to do."""

    run: Run
    change: Change
    edit: Edit
    add_files: Callable[[], object]
    replace_files: Callable[[], object]
    remove: Callable[[], object]
    review: Callable[[], object]
    go: Callable[[str], None]


class Detail(QWidget):
    """Everything about one table."""

    def __init__(self, settings: Settings, deeds: Deeds) -> None:
        super().__init__()
        self._settings = settings
        self._base = ""
        self._project = Project("", "")
        self._profile: Profile | None = None
        self.row: FileRow | None = None
        self.preview = Preview(())
        self.reading = ReadingPanel(settings, deeds.run, deeds.change, deeds.add_files)
        self.relation = RelationPanel(settings, deeds.run, deeds.edit)
        self.columns = ColumnsPanel(settings, deeds.run, deeds.go)
        self.rows = RowsPanel(deeds.run)
        self.troubles = TroublesPanel()
        self.change = ChangePanel(self.show_views)
        self._title = SectionTitle()
        self._path = Note()
        self._path.setWordWrap(False)
        self._path.setMinimumWidth(1)
        self.replace = Button(_("New file for this table…"), deeds.replace_files)
        self.replace.setIcon(theme.icon("file-replace-outline"))
        self.remove = Button(_("Remove"), deeds.remove, icon="table-remove")
        self.trouble = Trouble()
        self.review = Button(_("Look at the columns…"), deeds.review)
        self.tabs = self._make_tabs()
        self._lay_out()
        self.show_tab(settings.text(_TAB))
        self.tabs.currentChanged.connect(self._turn)

    def show_row(
        self, row: FileRow, project: Project, base: str, profile: Profile | None = None
    ) -> None:
        """Show a table; the profile names the variables that its columns are mapped to."""
        self.row, self._project, self._base, self._profile = row, project, base, profile
        self._title.setText(row.name)
        self._path.setText(_paths(row))
        self._path.setToolTip("\n".join((row.source.path, *row.source.more)))
        self._say_state(row)
        lost = len(row.table.notes) + row.table.trouble_count
        place = self._keys.index(LEFT_OUT)
        self.tabs.setTabText(place, _("Left out") + (f"  {count(lost)}" if lost else ""))
        self.show_current()

    def show_preview(self, preview: Preview) -> None:
        """Show the head of the file in the views that want it."""
        self.preview = preview
        self.reading.show_preview(preview)
        if self.tab == ROWS:
            self.rows.show_preview(preview)

    def show_current(self) -> None:
        """Fill the view that is looked at."""
        if self.row is None:
            return
        fill: dict[str, Callable[[FileRow], None]] = {
            READING: lambda row: self.reading.show_table(row, self._base),
            CASES: lambda row: self.relation.show_table(row, self._project),
            COLUMNS: lambda row: self.columns.show_table(row, self._project, self._profile),
            ROWS: lambda row: self.rows.show_table(row, self.preview),
            LEFT_OUT: self.troubles.show_table,
        }
        fill[self.tab](self.row)

    @property
    def tab(self) -> str:
        """The view that is looked at."""
        return self._keys[self.tabs.currentIndex()]

    def show_tab(self, key: str) -> None:
        """Look at another view."""
        if key in self._keys:
            self.tabs.setCurrentIndex(self._keys.index(key))

    def show_line(self, line: int, file: str, column: str) -> None:
        """Look at one row of the table, and at this column of it."""
        self.show_tab(ROWS)
        self.rows.go_to(line, file, column)

    def step(self, step: int) -> None:
        """Look at the next view, or the previous one."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + step) % len(self._keys))

    def show_views(self) -> None:
        """Go back to the views from the columns that differ."""
        self._stack.setCurrentIndex(0)

    def show_change(self) -> None:
        """Show the columns that differ in place of the views."""
        self._stack.setCurrentWidget(self.change)

    def _turn(self, _place: int) -> None:
        self._settings.set_text(_TAB, self.tab)
        self.show_current()

    def _say_state(self, row: FileRow) -> None:
        table = row.table
        if table.problem is not None:
            self.trouble.say(error_sentence(table.problem))
        elif table.change is not None:
            status = "fellista" if table.change.used else "note"
            self.trouble.say(change_sentence(table.change), status)
        else:
            self.trouble.say("")
        self.review.setVisible(table.change is not None)
        self._state.setVisible(table.problem is not None or table.change is not None)

    def _make_tabs(self) -> QTabWidget:
        views = {
            READING: (self.reading, _("How it is read")),
            CASES: (self.relation, _("Key and cases")),
            COLUMNS: (self.columns, _("Columns")),
            ROWS: (self.rows, _("Rows")),
            LEFT_OUT: (self.troubles, _("Left out")),
        }
        self._keys = list(views)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.tabBar().setAccessibleName(_("Views of the table"))
        for view, text in views.values():
            tabs.addTab(view, text)
        return tabs

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._title)
        head.addWidget(self._path, 1)
        head.addWidget(self.replace)
        head.addWidget(self.remove)
        self._state = QWidget()
        state = QHBoxLayout(self._state)
        state.setContentsMargins(0, 0, 0, 0)
        state.setSpacing(theme.GRID)
        state.addWidget(self.trouble, 1, Qt.AlignmentFlag.AlignVCenter)
        state.addWidget(self.review)
        views = QWidget()
        column = QVBoxLayout(views)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        column.addWidget(self._state)
        column.addWidget(self.tabs, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(views)
        self._stack.addWidget(self.change)


def _paths(row: FileRow) -> str:
    """Return the table's first files, and how many more there are."""
    every = (row.source.path, *row.source.more)
    rest = len(every) - _PATHS
    told = "  ·  ".join(every[:_PATHS])
    return told + (f"  +{count(rest)}" if rest > 0 else "")
