"""Above the binding table: which contract, from which side, what is sought, what is left."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.contract.binding_rows import ELEMENTS, VARIABLES, Joined
from app.gui.contract.wording import ELEMENT_FILTERS, VARIABLE_FILTERS
from app.gui.widgets.controls import Choice, SearchField
from app.gui.widgets.filter_chip import FilterChip
from app.gui.widgets.labels import Note, StatusLabel
from app.gui.widgets.segments import Segments
from app.language.text import _, ngettext

_TYPING = 150  # ms of rest before the table is searched
_FILTERS = {ELEMENTS: ELEMENT_FILTERS, VARIABLES: VARIABLE_FILTERS}


class BindingTools(QWidget):
    """What the table shows; tells the table when it changes."""

    def __init__(
        self,
        show_profile: Callable[[str], object],
        show_rows: Callable[[], object],
        show_side: Callable[[str], object],
    ) -> None:
        super().__init__()
        self._show_rows = show_rows
        self._show_side = show_side
        self.contract = Choice(_("Contract"))
        self.contract.setMaximumWidth(300)
        sides = ((ELEMENTS, _("Elements")), (VARIABLES, _("Variables")))
        self.side = Segments(_("Rows are"), sides)
        self.search = SearchField(_("Find element or variable"))
        self.filter = Choice(_("Show"))
        self.demanded, self.waiting = StatusLabel(), StatusLabel()
        self.free_elements = FilterChip("")
        self.free_variables = FilterChip("")
        self.rest = Note()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._timer.timeout.connect(show_rows)
        self._fill_filter(ELEMENTS)
        self._lay_out()
        self.contract.activated.connect(lambda _index: show_profile(self.contract.value()))
        self.side.chosen.connect(self._turn)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.filter.activated.connect(lambda _index: self._filter())
        self.free_elements.clicked.connect(lambda on: self._show_free(ELEMENTS, on=on))
        self.free_variables.clicked.connect(lambda on: self._show_free(VARIABLES, on=on))

    def set_side(self, side: str, state: str = "") -> None:
        """Show one side without telling anyone."""
        self.side.set_value(side)
        self._fill_filter(side)
        self.filter.set_value(state)
        self._mark()

    def show_counts(self, joined: Joined, *, editable: bool) -> None:
        """Say what is left to do, and what has nothing on the other side."""
        demanded, waiting = len(joined.demanded), len(joined.table.suggested)
        words = ngettext("{count} demanded, unbound", "{count} demanded, unbound", demanded)
        done = _("All that is demanded is bound")
        status = "blocks" if demanded else "clean"
        self.demanded.set_status(status, words.format(count=demanded) if demanded else done)
        words = _("{count} to approve").format(count=waiting)
        self.waiting.set_status("inkonsistent" if waiting else "clean", words)
        self.waiting.setVisible(editable)
        elements = sum(not row.variable for row in joined.table.rows)
        ids = [one.id for one in joined.profile.variables]
        variables = len(joined.table.unbound_variables(ids))
        words = ngettext(
            "{count} element without a variable", "{count} elements without a variable", elements
        )
        self.free_elements.setText(words.format(count=elements))
        words = ngettext(
            "{count} variable without an element", "{count} variables without an element", variables
        )
        self.free_variables.setText(words.format(count=variables))

    def _turn(self, side: str) -> None:
        self._fill_filter(side)
        self._mark()
        self._show_side(side)

    def _show_free(self, side: str, *, on: bool) -> None:
        self.set_side(side, "free" if on else "")
        self._show_side(side)

    def _filter(self) -> None:
        self._mark()
        self._show_rows()

    def _mark(self) -> None:
        """Let the chips say which of the two lists of what is left is shown."""
        side = self.side.value() if self.filter.value() == "free" else ""
        self.free_elements.set_on(on=side == ELEMENTS)
        self.free_variables.set_on(on=side == VARIABLES)

    def _fill_filter(self, side: str) -> None:
        entries = tuple((value, _(text)) for value, text in _FILTERS[side])
        self.filter.set_entries(entries)

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for part in (self.contract, self.side, self.search, self.filter):
            first.addWidget(part)
        first.addStretch(1)
        for what in (self.demanded, self.waiting, self.free_elements, self.free_variables):
            second.addWidget(what)
        second.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for line in (first, second):
            line.setSpacing(2 * theme.GRID)
            layout.addLayout(line)
