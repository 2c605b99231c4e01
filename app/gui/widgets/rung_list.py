"""A ladder: rung below rung in the order they are climbed, each as icon, word and sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import Button
from app.gui.widgets.fact_rows import SELECTABLE
from app.gui.widgets.fold import Fold
from app.gui.widgets.labels import Label, Note
from app.gui.widgets.tab_order import lead_through, next_beyond
from app.language.text import _

_ICON = 18
_GUTTER = 32  # pixels that the upright and its icons take
_TOP = 6  # pixels above a rung's first line
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True)
class Look:
    """How a rung stands: its icon, its colour, and the word for both."""

    icon: str
    tone: str
    word: str
    is_reached: bool = True


@dataclass(frozen=True, slots=True)
class Remedy:
    """What the user can do about a rung, as a button."""

    text: str
    icon: str
    slot: Callable[[], object]


@dataclass(frozen=True, slots=True)
class RungText:
    """One rung as it is read: what it is about, what was found, what is wrong, what was said."""

    title: str
    look: Look
    found: str = ""
    problem: str = ""
    raw: str = ""
    remedy: Remedy | None = None


class RungList(QWidget):
    """The rungs of a ladder. Tab comes to one of them, the arrow keys climb between them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows: tuple[RungRow, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)

    @property
    def text(self) -> str:
        """All that is shown, a paragraph for each rung."""
        return "\n".join(row.accessibleName() for row in self.rows)

    def wanted(self) -> QWidget | None:
        """Return the rung that a reader wants first, None when there is none."""
        return self.rows[self._troubled()] if self.rows else None

    def show_rungs(self, rungs: Sequence[RungText]) -> None:
        """Show other rungs; Tab still comes to them where they stand."""
        if tuple(rungs) == tuple(row.rung for row in self.rows):
            return
        after, had_focus = next_beyond(self), self._has_focus()
        for row in self.rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = tuple(RungRow(rung, at, len(rungs)) for at, rung in enumerate(rungs))
        for row in self.rows:
            self._layout.addWidget(row)
            row.show()  # at once: what is not shown yet takes no focus
        for row, following in zip(self.rows, self.rows[1:], strict=False):
            row.joins = following.rung.look.is_reached
        self._offer(self._troubled())
        if after is not None:
            lead_through(self.rows, after)
        if had_focus and self.rows:
            self.rows[self._troubled()].setFocus()

    def _has_focus(self) -> bool:
        parts = (part for row in self.rows for part in (row, *row.findChildren(QWidget)))
        return any(part.hasFocus() for part in parts)

    def _troubled(self) -> int:
        """Return the rung that a reader wants first: the one with something to do, else the top."""
        with_problem = (at for at, row in enumerate(self.rows) if row.rung.problem)
        return next(with_problem, 0)

    def _offer(self, chosen: int) -> None:
        """Let Tab come to one rung only."""
        for at, row in enumerate(self.rows):
            way = Qt.FocusPolicy.StrongFocus if at == chosen else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = next((at for at, row in enumerate(self.rows) if row.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if here is None or step is None or not 0 <= here + step < len(self.rows):
            super().keyPressEvent(event)
            return
        self._offer(here + step)
        self.rows[here + step].setFocus(Qt.FocusReason.TabFocusReason)


class RungRow(QWidget):
    """One rung, with its piece of the ladder's upright to the left."""

    def __init__(self, rung: RungText, at: int, count: int) -> None:
        super().__init__()
        self.rung = rung
        self.joins = False  # whether the next rung was reached from here
        self.remedy: Button | None = None
        self.raw: Fold | None = None
        self._is_first, self._is_last = at == 0, at == count - 1
        self.setAccessibleName(_spoken(rung, at, count))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_GUTTER, _TOP, 4, _TOP)
        self._column.setSpacing(2)
        self._column.addLayout(self._head())
        self._add_sentences()
        self._add_remedy()
        self._add_raw()

    def _head(self) -> QHBoxLayout:
        look = self.rung.look
        tone = "text" if look.is_reached else "quiet"
        title = Label(self.rung.title, tone=tone, bold=look.is_reached)
        word = Label(look.word, "note", tone=look.tone)
        word.setWordWrap(False)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(title, 1)
        head.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _add_sentences(self) -> None:
        for text, tone in ((self.rung.found, "quiet"), (self.rung.problem, "text")):
            if text:
                label = Label(text, tone=tone)
                label.setTextInteractionFlags(SELECTABLE)
                label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
                self._column.addWidget(label)

    def _add_remedy(self) -> None:
        if self.rung.remedy is not None:
            remedy = self.rung.remedy
            self.remedy = Button(remedy.text, remedy.slot, icon=remedy.icon)
            line = QHBoxLayout()
            line.setContentsMargins(0, 4, 0, 2)
            line.addWidget(self.remedy)
            line.addStretch(1)
            self._column.addLayout(line)

    def _add_raw(self) -> None:
        if self.rung.raw:
            spoken = _("What was said, word for word: {rung}").format(rung=self.rung.title)
            self.raw = Fold(_("What was said, word for word"), self._raw_text, spoken)
            self._column.addWidget(self.raw)

    def _raw_text(self) -> QWidget:
        said = Note(self.rung.raw)
        said.setFont(theme.fixed_font())
        said.setTextInteractionFlags(SELECTABLE)
        return said

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_upright(painter)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def _paint_upright(self, painter: QPainter) -> None:
        look = self.rung.look
        middle, top = _GUTTER / 2 - 1, _TOP
        bottom = top + _ICON
        if not self._is_first:
            painter.setPen(_upright(is_reached=look.is_reached))
            painter.drawLine(int(middle), 0, int(middle), top - 3)
        if not self._is_last:
            painter.setPen(_upright(is_reached=self.joins))
            painter.drawLine(int(middle), bottom + 3, int(middle), self.height())
        box = QRectF(middle - _ICON / 2, top, _ICON, _ICON).toRect()
        theme.icon(look.icon, look.tone).paint(painter, box)


def _upright(*, is_reached: bool) -> QPen:
    """Return the pen of the ladder's upright: whole as far as one came, dotted beyond."""
    pen = QPen(theme.color("quiet" if is_reached else "field_line"), 2 if is_reached else 1)
    pen.setStyle(Qt.PenStyle.SolidLine if is_reached else Qt.PenStyle.DotLine)
    return pen


def _spoken(rung: RungText, at: int, count: int) -> str:
    """Return what a screen reader says of a rung."""
    place = _("Rung {number} of {count}").format(number=at + 1, count=count)
    said = (f"{rung.title} ({rung.look.word})", rung.found, rung.problem)
    return ". ".join((place, *(one.rstrip(".") for one in said if one)))
