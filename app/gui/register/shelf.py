"""One kind of thing in the register: the list that a search narrows, and all about one of them."""

from collections.abc import Mapping, Sequence
from typing import Generic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Note
from app.gui.widgets.parts import Inspector, Splitter
from app.gui.widgets.rows import Column, Row, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _


class Shelf(QWidget, Generic[Row]):
    """A list and an inspector; a subclass says what stands in them.

    `kind` is the name that a place's target gives to what is shown here.
    """

    chosen = Signal(str)  # the id of what the user chose
    kind = ""
    primary: Button | None = None  # what can be done here, to the right of the page's title

    def __init__(self, page: Page, name: str, columns: Sequence[Column[Row]]) -> None:
        super().__init__()
        self.page = page
        self.profile: Profile | None = None
        self.text = ""  # the search
        self.sureness = ""  # the filter, where a shelf has one
        self._shown = ""
        self.table: Table[Row] = Table(name, RowsModel(columns))
        self.count = Note()
        self.inspector = Inspector(_("Details"))
        self.left = QVBoxLayout()
        self._lay_out()
        self.table.current_changed.connect(self._choose)

    def found(self) -> tuple[Row, ...]:
        """Return the rows that the search and the filter leave."""
        raise NotImplementedError

    def id_of(self, row: Row) -> str:
        """Return the id by which a row is gone to."""
        raise NotImplementedError

    def about(self, row: Row) -> list[QWidget]:
        """Return what the inspector shows of a row."""
        raise NotImplementedError

    def counted(self, rows: Sequence[Row]) -> str:
        """Return how many there are, in words."""
        raise NotImplementedError

    def nothing(self) -> str:
        """Return what is said where the list is empty."""
        return _(
            "Nothing here fits the search. Look in another part above, or clear the search and"
            " the filter."
        )

    @property
    def shown(self) -> str:
        """The id of what the inspector shows."""
        return self._shown

    def show_profile(self, profile: Profile) -> None:
        """Show another profile, and there what was shown before."""
        self.profile = profile
        self.refresh()

    def seek(self, text: str, sureness: str = "") -> None:
        """Narrow the list."""
        self.text, self.sureness = text, sureness
        self.refresh()

    def refresh(self) -> None:
        """Fill the list and the inspector anew."""
        if self.profile is None:
            return
        rows, kept = self.found(), self._shown
        with_kept = [self.id_of(row) for row in rows]
        self.table.rows.set_rows(rows)
        self.count.setText(self.counted(rows) if rows else "")  # the inspector says why
        self._shown = ""
        if rows:
            self.table.choose(with_kept.index(kept) if kept in with_kept else 0)
        if not self._shown:
            self._show(self.table.current_row() if rows else None)

    def choose(self, wanted: str) -> bool:
        """Show one thing; False when it is not in the list."""
        rows = [self.table.rows.row_at(at) for at in range(self.table.rows.rowCount())]
        ids = [self.id_of(row) for row in rows if row is not None]
        if wanted not in ids:
            return False
        self.table.choose(ids.index(wanted))
        return True

    def follow(self, target: Mapping[str, str]) -> None:
        """Go on to what a link names; back returns."""
        self.page.context.navigator.follow("register", **target)

    def _choose(self, row: Row | None) -> None:
        if row is not None and self.id_of(row) != self._shown:
            self._show(row)
            self.chosen.emit(self._shown)

    def _show(self, row: Row | None) -> None:
        self._shown = "" if row is None else self.id_of(row)
        self.inspector.fill(*(self.about(row) if row is not None else [Note(self.nothing())]))
        self.inspector.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        self.count.setWordWrap(False)
        self.left.setContentsMargins(0, 0, 0, 0)
        self.left.setSpacing(theme.GRID)
        self.left.addWidget(self.table, 1)
        self.left.addWidget(self.count)
        side = QWidget()
        side.setLayout(self.left)
        split = Splitter(f"register-{self.kind}", self.page.context.settings, side, self.inspector)
        split.share(11, 9)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
