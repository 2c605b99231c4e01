"""Time the drawing of the mapping; run by hand with QT_QPA_PLATFORM=offscreen.

`python -m tests.benchmarks.drawing --columns 120 --variables 120` prints milliseconds: to show it
all, and per frame (painted in full) while both sides scroll, while one variable after the other
is chosen, and while a line follows the pointer. A frame has 16.7 ms at 60 frames a second.
"""

from argparse import ArgumentParser
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.gui import theme
from app.gui.mapping.drawing.entries import RIGHT
from app.gui.mapping.drawing.panel import MappingDrawing
from tests.support.gui_drawing import large_mapping

_FRAMES = 120


def _frames(drawing: MappingDrawing, name: str, step: Callable[[int], object]) -> None:
    """Print the median and the worst of the frames that a step makes."""
    spent = []
    for number in range(_FRAMES):
        start = perf_counter()
        step(number)
        drawing.canvas.viewport().repaint()
        spent.append(1000 * (perf_counter() - start))
    spent.sort()
    print(f"{name:10} median {spent[_FRAMES // 2]:6.1f} ms, worst {spent[-1]:6.1f} ms")


def main() -> None:
    """Print what the drawing costs."""
    parser = ArgumentParser()
    parser.add_argument("--columns", type=int, default=120)
    parser.add_argument("--variables", type=int, default=120)
    wanted = parser.parse_args()
    app = QApplication([])
    theme.follow(app, "light")
    rows, tables = large_mapping(wanted.columns, wanted.variables)
    drawing = MappingDrawing()
    drawing.resize(850, 600)
    drawing.show()
    QTest.qWaitForWindowExposed(drawing)
    start = perf_counter()
    drawing.show_mapping(rows, tables)
    drawing.canvas.viewport().repaint()
    print(f"{'show':10} {1000 * (perf_counter() - start):6.1f} ms")
    canvas = drawing.canvas
    entries = canvas.board.sides[RIGHT].entries
    way = _FRAMES // 2
    _frames(drawing, "scroll", lambda at: canvas.scroll_by("", 12 if at < way else -12))
    _frames(drawing, "choose", lambda at: canvas.choose(entries[at % len(entries)]))
    start_entry = next(one for one in entries if not one.is_heading)
    canvas.choose(start_entry)
    canvas.take(start_entry)
    _frames(drawing, "stretch", lambda at: canvas.board.stretch(start_entry, QPointF(300, 4 * at)))


if __name__ == "__main__":
    main()
