"""A plot of bars with axes: drawn by pyqtgraph, which is read in the background when needed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from app.gui import theme
from app.gui.widgets.labels import Note
from app.gui.widgets.numbers import count
from app.language.text import _

_THICK = 0.72  # of a bar that stands for a label, of the room that it has
_LONGEST = 22  # letters of a label at its axis
_GRID = 0.18  # of full strength
_STEPS = (1, 2, 5, 10)
_MOST_STEPS = 6
_LEAST = 200, 160  # pixels
_BEHIND = -1000
_EDGE = 0.02  # beside the amounts, of the highest
_FEWEST = 6  # bars below each other that fill the plot


@dataclass(frozen=True, slots=True)
class PlotBar:
    """One bar: with a label, or from `low` to `high`; an odd one is hatched."""

    label: str
    amount: float
    low: float = 0.0
    high: float = 0.0
    is_odd: bool = False


@dataclass(frozen=True, slots=True)
class PlotView:
    """What a plot shows; `values` names what the bars stand for with its unit, `amounts` how many.

    With `by_label` the bars lie below each other with their labels to the left. `limits` are drawn
    as broken lines.
    """

    name: str
    values: str
    amounts: str
    bars: tuple[PlotBar, ...]
    by_label: bool = True
    limits: tuple[float, ...] = ()


class _Library(QObject):
    """Reads the library on a thread of its own: it takes half a second."""

    ready = Signal(object)

    def read(self) -> None:
        Thread(target=self._read, name="plots", daemon=True).start()

    def _read(self) -> None:
        library = import_module("pyqtgraph")
        with suppress(RuntimeError):  # the plot is gone
            self.ready.emit(library)


class Plot(QWidget):
    """Shows bars; the same is to be read in a table beside it."""

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view: PlotView | None = None
        self._library: Any = None
        self._chart: Any = None
        self._note = Note()
        self._note.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._note)
        self.setMinimumSize(*_LEAST)
        self._reader = _Library()
        self._reader.ready.connect(self._take)
        self._reader.read()

    def show_view(self, view: PlotView | None) -> None:
        """Draw these bars, or nothing."""
        self.view = view
        self.setAccessibleName(view.name if view else "")
        self.setAccessibleDescription(_("The table beside it says the same.") if view else "")
        self._draw()

    def is_drawn(self) -> bool:
        """Whether the plot is on screen."""
        return self._chart is not None and self._stack.currentWidget() is self._chart

    def _take(self, library: Any) -> None:
        self._library = library
        self._draw()

    def _draw(self) -> None:
        if self.view is None or not self.view.bars:
            self._note.setText(_("There is nothing to draw.") if self.view else "")
            self._stack.setCurrentWidget(self._note)
            return
        if self._library is None:
            self._note.setText(_("The plot is being drawn…"))
            return
        former, self._chart = self._chart, draw(self._library, self.view)
        self._stack.addWidget(self._chart)
        self._stack.setCurrentWidget(self._chart)
        if former is not None:
            self._stack.removeWidget(former)
            former.deleteLater()
        self.drawn.emit()


def draw(library: Any, view: PlotView) -> Any:
    """Return a chart of the library that shows the bars."""
    chart = library.PlotWidget(background=theme.color("surface"))
    chart.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    chart.setFrameShape(chart.Shape.NoFrame)
    item = chart.getPlotItem()
    item.hideButtons()
    item.setMenuEnabled(False)
    item.setMouseEnabled(False, False)
    chart.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    _lay_out_axes(item, view)
    for odd in (False, True):
        _add_bars(library, item, view, is_odd=odd)
    for limit in view.limits:
        pen = library.mkPen(theme.color("blocks"), width=1.5, style=Qt.PenStyle.DashLine)
        item.addItem(library.InfiniteLine(limit, angle=90, pen=pen))
    return chart


def _lay_out_axes(item: Any, view: PlotView) -> None:
    names = ("left", "bottom") if view.by_label else ("bottom", "left")
    for side, text in zip(names, (view.values, view.amounts), strict=True):
        axis = item.getAxis(side)
        axis.enableAutoSIPrefix(False)
        axis.setPen(theme.color("line"))
        axis.setTextPen(theme.color("quiet"))
        axis.setStyle(tickFont=theme.font("note"), tickLength=-4)
        axis.label.setFont(theme.font("note"))
        axis.setLabel(text)
        axis.setZValue(_BEHIND)  # its lines lie below the bars
    along, up = (item.getAxis(side) for side in names)
    amounts = ticks(view.bars)
    around = -_EDGE * amounts[-1], (1 + 3 * _EDGE) * amounts[-1]  # so that no number is cut off
    up.setTicks([[(at, count(at)) for at in amounts]])
    if view.by_label:
        along.setTicks([[(-n, _cut(one.label)) for n, one in enumerate(view.bars)]])
        lowest = 0.5 - max(len(view.bars), _FEWEST)
        item.setRange(xRange=around, yRange=(lowest, 0.5), padding=0)
    else:
        item.setYRange(*around, padding=0)
    item.showGrid(x=view.by_label, y=not view.by_label, alpha=_GRID)


def _add_bars(library: Any, item: Any, view: PlotView, *, is_odd: bool) -> None:
    """Add the usual bars, or those that are odd: hatched, in a colour of their own."""
    chosen = [(n, one) for n, one in enumerate(view.bars) if one.is_odd is is_odd]
    if not chosen:
        return
    color = theme.color("fellista" if is_odd else "accent")
    brush = library.mkBrush(color)
    if is_odd:
        brush.setStyle(Qt.BrushStyle.BDiagPattern)
    amounts = [one.amount for _, one in chosen]
    nothing = [0.0] * len(chosen)
    if view.by_label:
        edges = {"x0": nothing, "x1": amounts}
        edges |= {"y": [-n for n, _ in chosen], "height": [_THICK] * len(chosen)}
    else:
        edges = {"y0": nothing, "y1": amounts}
        edges |= {"x0": [one.low for _, one in chosen], "x1": [one.high for _, one in chosen]}
    pen = library.mkPen(color if is_odd else theme.color("surface"))
    item.addItem(library.BarGraphItem(**edges, brush=brush, pen=pen))


def ticks(bars: Sequence[PlotBar]) -> list[int]:
    """Return a few round numbers from nothing up to the highest bar."""
    highest = max(1, *(round(one.amount) for one in bars), 1)
    unit = 1
    while highest > unit * _STEPS[-1] * _MOST_STEPS:
        unit *= 10
    step = next((s * unit for s in _STEPS if highest <= s * unit * _MOST_STEPS), unit * 10)
    return list(range(0, highest + step, step))


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST else label[: _LONGEST - 1] + "…"
