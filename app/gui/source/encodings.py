"""The encoding chosen by eye: the likeliest ones, each with the same line decoded by it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import Choice
from app.gui.widgets.labels import Note
from app.gui.widgets.tab_order import lead_through
from app.language.text import _
from app.workflow.views import EncodingGuess

NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "iso-8859-1": "ISO-8859-1",
    "iso-8859-15": "ISO-8859-15",
    "cp850": "DOS 850",
}
_BEST = 3
_BEFORE, _LENGTH = 10, 44  # signs of the telling line
_LINE = 20  # pixels


class EncodingChoice(QWidget):
    """One row for each of the best guesses; the others are a list below."""

    def __init__(self, chosen: Callable[[str], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self.buttons: dict[str, QRadioButton] = {}
        self.lines: dict[str, QLabel] = {}
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(lambda _number: self._tell())
        self.other = Choice(_("Another encoding"))
        self.other.activated.connect(lambda _index: self._tell_other())
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(theme.GRID // 2)
        self._grid = QWidget()
        self._place.addWidget(self._grid)
        self._place.addWidget(self.other)
        self._place.addWidget(
            Note(_("Choose the row where å, ä and ö look right; the project remembers it."))
        )

    def show_guesses(self, guesses: tuple[EncodingGuess, ...], current: str) -> None:
        """Offer these encodings; the one in use is always among the rows."""
        best = list(guesses[:_BEST])
        if current not in {one.encoding for one in best}:
            in_use = (one for one in guesses if one.encoding == current)
            best = [*best[: _BEST - 1], next(in_use, EncodingGuess(current, "", False))]
        shown = {one.encoding for one in best}
        self._fill(best, current)
        rest = tuple((name, text) for name, text in NAMES.items() if name not in shown)
        self.other.set_entries((("", _("Another encoding…")), *rest))
        self.other.set_value("")

    def value(self) -> str:
        """Return the encoding that is chosen, "" when none is."""
        return next((name for name, one in self.buttons.items() if one.isChecked()), "")

    def _fill(self, guesses: list[EncodingGuess], current: str) -> None:
        had_focus = any(one.hasFocus() for one in self.buttons.values())
        for former in self.buttons.values():
            self._group.removeButton(former)
        self.buttons, self.lines = {}, {}
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID // 2)
        grid.setColumnStretch(1, 1)
        start = _start(guesses)
        for row, guess in enumerate(guesses):
            self._add(grid, row, guess, guess.line[start : start + _LENGTH])
        self.buttons[current].setChecked(True)
        self._place.replaceWidget(self._grid, fresh)
        self._grid.deleteLater()
        self._grid = fresh
        lead_through(list(self.buttons.values()), self.other)
        if had_focus:
            self.buttons[current].setFocus()

    def _add(self, grid: QGridLayout, row: int, guess: EncodingGuess, line: str) -> None:
        name = NAMES.get(guess.encoding, guess.encoding)
        doubt = " " + _("(doubtful)") if guess.doubtful else ""
        button = QRadioButton(name + doubt)
        button.setAccessibleName(f"{name}{doubt}: {line}")
        button.setMinimumHeight(_LINE)  # where room is scarce the form scrolls, lines stay whole
        told = QLabel(line)
        told.setFont(theme.fixed_font())
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setToolTip(guess.line)
        told.setMinimumWidth(1)  # cut off rather than push the options apart
        self._group.addButton(button)
        self.buttons[guess.encoding] = button
        self.lines[guess.encoding] = told
        grid.addWidget(button, row, 0)
        grid.addWidget(told, row, 1)

    def _tell(self) -> None:
        self._chosen(self.value())

    def _tell_other(self) -> None:
        if self.other.value():
            self._chosen(self.other.value())


def _start(guesses: list[EncodingGuess]) -> int:
    """Return where the part of the line begins that tells the encodings apart."""
    line = guesses[0].line
    first = next((place for place, sign in enumerate(line) if not sign.isascii()), 0)
    return max(0, first - _BEFORE)
