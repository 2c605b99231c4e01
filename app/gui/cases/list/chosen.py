"""What is done with the chosen cases: send, write to files, leave out, take back, copy."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.gui.background.deed import Deed, Result
from app.gui.cases.list.query import CaseQuery
from app.gui.frame import deeds
from app.gui.frame.navigator import joined
from app.gui.frame.page import Page
from app.gui.settings import FOLDER
from app.gui.widgets.grid import Grid
from app.gui.widgets.numbers import count
from app.language.text import _, ngettext
from app.workflow.case_views import Written
from app.workflow.views import CaseFilter, CaseRow

Numbers = tuple[str, ...]
Then = Callable[[Numbers], None]


class ChosenCases(QObject):
    """Knows which cases are chosen in the list, also those that are not here, and acts on them."""

    standing_changed = Signal()  # cases were left out or taken back

    def __init__(self, page: Page, query: CaseQuery, grid: Grid[CaseRow]) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context
        self._query = query
        self._grid = grid

    def count(self) -> int:
        """Return how many cases are chosen."""
        return self._grid.selected_count()

    def all_excluded(self) -> bool:
        """Whether those of the chosen cases that are here are left out already."""
        rows = self._here()
        return bool(rows) and all(row.excluded for row in rows)

    def send(self) -> None:
        """Take the chosen cases to the page where they are sent."""
        self._with_numbers(lambda cases: self._context.navigator.go("sending", cases=joined(cases)))

    def copy(self) -> None:
        """Copy the behandlingsnummer of the chosen cases, one a line."""
        self._with_numbers(self._copy)

    def ask_export(self, kind: str) -> None:
        """Ask for a folder, and write the chosen cases there as "xml", "csv" or "xlsx"."""
        if not self.count():
            return
        settings = self._context.settings
        dialog = QFileDialog(self._page, _("Folder for the cases"), settings.text(FOLDER))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.export(folder, kind))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, folder: str, kind: str) -> None:
        """Write the chosen cases to a folder."""
        self._context.settings.set_text(FOLDER, folder)
        self.with_chosen(
            lambda cases: self._run(
                deeds.WRITE_CASES, cases, folder, (kind,), done=self._tell_written(folder)
            )
        )

    def exclude(self, reason: str) -> None:
        """Leave the chosen cases out of all sending, and journal why."""
        self.with_chosen(
            lambda cases: self._run(deeds.EXCLUDE_CASES, cases, reason, done=self._tell_excluded)
        )

    def include(self) -> None:
        """Take the chosen cases back."""
        self.with_chosen(
            lambda cases: self._run(deeds.INCLUDE_CASES, cases, done=self._tell_included)
        )

    def with_chosen(self, then: Callable[[Numbers | CaseFilter], None]) -> None:
        """Call with the numbers of all chosen cases, or with the filter when the list is long."""
        if _NEAR < self.count() == self._grid.rows.rowCount():
            then(self._query.wanted)
        else:
            self._with_numbers(then)

    def _here(self) -> tuple[CaseRow, ...]:
        """Return those of the chosen cases that are on screen or near it, without fetching any."""
        rows = (self._grid.rows.kept_row(one) for one in self._near())
        return tuple(row for row in rows if row is not None)

    def _near(self) -> list[int]:
        return [number for one in self._grid.ranges() for number in one[:_NEAR]][:_NEAR]

    def _with_numbers(self, then: Then) -> None:
        """Call with the numbers of all chosen cases; those not here are asked for."""
        ranges = self._grid.ranges()
        if not ranges:
            return
        here = self._here()
        if len(here) == self.count():
            then(tuple(row.case for row in here))
            return
        spans = tuple((one.start, one.stop) for one in ranges)

        def done(cases: Numbers) -> None:
            if self._are_seen(ranges, cases):
                then(cases)
            else:
                self._context.messages.show(_("The list has changed since. Choose again."))
                self.standing_changed.emit()

        self._page.run(deeds.CASE_NUMBERS, self._query.wanted, spans, done=done, owner=self._grid)

    def _are_seen(self, ranges: Sequence[range], cases: Numbers) -> bool:
        """Whether cases found by their places are those that the list shows there."""
        offset, rows = 0, self._grid.rows
        for one in ranges:
            for place in {*one[:_NEAR], *one[-_NEAR:]}:
                row, number = rows.kept_row(place), offset + place - one.start
                if row is not None and cases[number : number + 1] != (row.case,):
                    return False
            offset += len(one)
        return len(cases) == offset

    def _run(self, deed: Deed[Result], *arguments: object, done: Callable[[Result], None]) -> None:
        self._page.run(deed, *arguments, done=done, owner=self._grid)

    def _copy(self, cases: Numbers) -> None:
        QGuiApplication.clipboard().setText("\n".join(cases))
        words = ngettext("{count} number is copied.", "{count} numbers are copied.", len(cases))
        self._context.messages.show(words.format(count=count(len(cases))))

    def _tell_written(self, folder: str) -> Callable[[Written], None]:
        shown = Path(folder).name or folder

        def tell(written: Written) -> None:
            if written.lists:
                text = _("The list is written to {folder}: {names}.")
            else:
                text = ngettext(
                    "{count} document is written to {folder}. Keep it safe: it names the patient.",
                    "{count} documents are written to {folder}. "
                    "Keep them safe: they name patients.",
                    written.documents,
                )
            names, number = ", ".join(written.lists), count(written.documents)
            told = text.format(folder=shown, names=names, count=number)
            self._context.messages.show(told, "clean")

        return tell

    def _tell_excluded(self, number: int) -> None:
        words = ngettext("{count} case is left out.", "{count} cases are left out.", number)
        self._tell(words, number)

    def _tell_included(self, number: int) -> None:
        words = ngettext("{count} case is taken back.", "{count} cases are taken back.", number)
        self._tell(words, number)

    def _tell(self, words: str, number: int) -> None:
        self._context.messages.show(words.format(count=count(number)), "clean")
        self.standing_changed.emit()


_NEAR = 200  # rows looked at for what the buttons say
