"""Above the case list: search, facets, saved views, and what the list is narrowed by."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.cases.list.chips import ChipRow
from app.gui.cases.list.facet_button import FacetButton
from app.gui.cases.list.facets import facets_of
from app.gui.cases.list.query import CaseQuery
from app.gui.cases.list.view_menu import ViewButton
from app.gui.settings import Settings
from app.gui.widgets.controls import SearchField
from app.gui.widgets.flow import FlowLayout
from app.language.text import _

_TYPING = 250  # ms of rest before a search begins
_SEARCH = 184  # pixels
_PRESS = QEvent.Type.KeyPress


class FilterBar(QWidget):
    """Shows and changes what the case list is narrowed by."""

    list_wanted = Signal()  # on from here, into the list

    def __init__(self, profile: Profile, query: CaseQuery, settings: Settings) -> None:
        super().__init__()
        self._query = query
        facets = facets_of(profile)
        self.search = SearchField(_("Search behandlingsnummer"))
        self.search.setPlaceholderText(_("Behandlingsnummer"))
        self.search.setFixedWidth(_SEARCH)
        self.facets = {facet.id: FacetButton(facet) for facet in facets}
        self.views = ViewButton(query, settings)
        self.chips = ChipRow(query, facets, profile)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING)
        self._lay_out()
        self._typing.timeout.connect(self._search)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self._search)
        for button in self.facets.values():
            button.turned.connect(query.turn)
        self.chips.gone.connect(self.list_wanted)
        self.search.installEventFilter(self)
        query.changed.connect(self._follow)

    def show_counts(self, counts: Mapping[tuple[str, str], int]) -> None:
        """Say how many cases each value of each facet has."""
        for button in self.facets.values():
            button.show_counts(counts)
        self.chips.show_counts(counts)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lead on from the search field by Down and Esc."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == _PRESS:
            deeds = {Qt.Key.Key_Down: self.list_wanted.emit, Qt.Key.Key_Escape: self._leave}
            if event.key() in deeds:
                deeds[Qt.Key(event.key())]()
                return True
        return super().eventFilter(watched, event)

    def take_focus(self) -> None:
        """Go to the search field."""
        self.search.setFocus()
        self.search.selectAll()

    def _leave(self) -> None:
        """Let go of what is searched for; of the field, where nothing is."""
        if self.search.text():
            self.search.clear()
            self._search()
        else:
            self.list_wanted.emit()

    def _search(self) -> None:
        self._typing.stop()
        self._query.change(text=self.search.text().strip())

    def _follow(self) -> None:
        wanted = self._query.wanted
        if wanted.text != self.search.text().strip() and not self._typing.isActive():
            self.search.blockSignals(True)
            self.search.setText(wanted.text)
            self.search.blockSignals(False)
        for button in self.facets.values():
            button.show_filter(wanted)
        self.chips.refresh()

    def _lay_out(self) -> None:
        line = QWidget()
        flow = FlowLayout(line)
        for part in (self.search, self.views, *self.facets.values()):
            flow.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(line)
        layout.addWidget(self.chips)
