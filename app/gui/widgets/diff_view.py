"""Two documents as one list of lines: what is gone and what is new, by sign and by colour."""

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.gui import theme
from app.gui.widgets.diff_lines import DiffLine, compare
from app.gui.widgets.marked_text import make_reader
from app.gui.widgets.masking import mask_xml

_TOKENS = {"+": "added", "-": "removed"}
_SIGNS = {"+": "+ ", "-": "− ", " ": "  ", "…": "⋯"}


class DiffView(QPlainTextEdit):
    """Show what differs between the document accepted last and the one as it stands."""

    def __init__(self) -> None:
        super().__init__()
        make_reader(self)
        self._lines: tuple[DiffLine, ...] = ()
        self._person_element = ""
        self._case = ""
        self._revealed = False

    @property
    def counts(self) -> tuple[int, int]:
        """How many lines are gone, and how many are new."""
        signs = [line.sign for line in self._lines]
        return signs.count("-"), signs.count("+")

    def show_difference(self, before: str, after: str, person_element: str, case: str = "") -> None:
        """Compare two documents; `person_element` is the element that holds a personnummer."""
        self._case = case
        self._lines = compare(before, after)
        self._person_element = person_element
        self._refresh()

    def reveal(self, revealed: bool) -> None:
        """Show personnummer, or mask them again."""
        self._revealed = revealed
        self._refresh()

    def _refresh(self) -> None:
        self.setPlainText("\n".join(_SIGNS[line.sign] + self._text(line) for line in self._lines))
        self.setExtraSelections(
            [
                self._shade(number, theme.color(_TOKENS[line.sign]))
                for number, line in enumerate(self._lines)
                if line.sign in _TOKENS
            ]
        )

    def _text(self, line: DiffLine) -> str:
        return (
            line.text if self._revealed else mask_xml(line.text, self._person_element, self._case)
        )

    def _shade(self, number: int, color: QColor) -> QTextEdit.ExtraSelection:
        shade = QTextCharFormat()
        shade.setBackground(color)
        shade.setProperty(QTextFormat.Property.FullWidthSelection, True)
        selection = QTextEdit.ExtraSelection()
        selection.format = shade
        selection.cursor = QTextCursor(self.document().findBlockByNumber(number))
        return selection
