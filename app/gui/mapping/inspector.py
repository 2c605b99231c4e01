"""One variable at work: where it comes from, its steps on real rows, its codes, what it means."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from app.core.mapping import LinkState
from app.gui import theme
from app.gui.frame.context import Context
from app.gui.mapping.about_part import AboutPart
from app.gui.mapping.changes import Changes
from app.gui.mapping.inspector_head import InspectorHead
from app.gui.mapping.link_tab import LinkTab
from app.gui.mapping.map_tools import MapTools
from app.gui.mapping.variable_rows import VariableRow
from app.gui.widgets.labels import Note
from app.gui.widgets.parts import Inspector
from app.language.text import _

LINK, VALUES, ABOUT = range(3)


class VariableInspector(QWidget):
    """Shows and changes the link of the chosen variable; every change can be undone."""

    register_wanted = Signal(object)  # what is to be shown on the register's page

    def __init__(self, context: Context, changes: Changes) -> None:
        super().__init__()
        self.setMinimumWidth(300)
        self._context = context
        self._changes = changes
        self._row: VariableRow | None = None
        self._shown: object = None  # what the parts were filled from
        self.head = InspectorHead()
        self.link_tab = LinkTab(context, changes)
        self.values = MapTools(context, changes)
        self.about = AboutPart(self.register_wanted.emit)
        self.about.setMinimumWidth(0)
        self._lay_out()
        self.head.decided.connect(self._decide)
        self.values.counted.connect(self._name_values)
        self.head.removed.connect(lambda: changes.remove((self._id,)))

    def show_row(self, row: VariableRow | None) -> None:
        """Show another variable, or the same with another link."""
        if row is None or row.id != self._id:
            self._finish_writing()
        self._row = row
        if row is None or row.variable is None:
            self._shown = None
            self._stack.setCurrentIndex(0)
            return
        self._stack.setCurrentIndex(1)
        self.head.show_row(row)
        document, tables = self._context.document, self._context.session.tables
        shown = (row.variable, row.link, document.project, document.profile, tables)
        if shown == self._shown:
            return  # filled anew, the fields would lose what is being written in them
        self._shown = shown
        self.link_tab.show_row(row)
        self.about.show_variable(document.profile, row.id)
        self.values.show_link(row.variable, row.link)

    def choose_column(self) -> None:
        """Go to where the source is entered."""
        self.tabs.setCurrentIndex(LINK)
        self.link_tab.columns.begin()

    def edit_note(self) -> None:
        """Go to the note."""
        self.tabs.setCurrentIndex(LINK)
        self.link_tab.note.setFocus()
        self.link_tab.note.selectAll()

    def show_values(self) -> None:
        """Go to the value map."""
        self.tabs.setCurrentIndex(VALUES)
        (self.values.part.table if self.values.name else self.values.begin).setFocus()

    @property
    def _id(self) -> str:
        return self._row.id if self._row is not None else ""

    def _finish_writing(self) -> None:
        """Take what is being written for the variable that it was begun for."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            focus.clearFocus()
            focus.setFocus()

    def _lay_out(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.tabBar().setAccessibleName(_("Views of the variable"))
        for part, name in (
            (self.link_tab, _("Link")),
            (self.values, _("Value map")),
            (self.about, _("Meaning")),
        ):
            self.tabs.addTab(part, name)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.head)
        layout.addWidget(self.tabs, 1)
        nothing = Inspector(_("Details of the variable"))
        nothing.fill(Note(_("Choose a variable to see where it comes from.")))
        self._stack = QStackedLayout(self)
        self._stack.addWidget(nothing)
        self._stack.addWidget(whole)

    def _name_values(self, done: int, total: int) -> None:
        words = _("Value map {done}/{total}") if total else _("Value map")
        self.tabs.setTabText(VALUES, words.format(done=done, total=total))

    def _decide(self, state: LinkState) -> None:
        self._changes.decide((self._id,), state)
