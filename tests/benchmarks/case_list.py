"""Time the frames of the case list; run by hand.

`python -m tests.benchmarks.case_list --rows 1000000` paints a list of made-up cases at 1600 x 900
by Qt's own table and by ours, in turns, and prints the thread's milliseconds per frame (median and
longest): a whole repaint, a row at a time, a screen at a time, and choosing every row.
"""

import os
from argparse import ArgumentParser
from collections.abc import Callable
from statistics import median
from time import thread_time

from PySide6.QtWidgets import QApplication

from app.gui import theme
from app.gui.cases.list.columns import case_columns
from app.gui.widgets.grid import Grid
from app.gui.widgets.long_list import Arrived, LongList
from app.gui.widgets.table import Table
from app.workflow.views import CaseRow
from tests.support.gui import shipped
from tests.support.gui_pages import case_row

_FRAMES, _ROUNDS, _WIDTH, _HEIGHT = 40, 5, 1600, 900


class Frames:
    """One list on screen, and what its frames cost."""

    def __init__(self, app: QApplication, kind: type[Table[CaseRow]], rows: int) -> None:
        self._app = app
        self._total = rows
        self.model: LongList[CaseRow] = LongList(case_columns(shipped()), self._fetch)
        self.table = kind("Cases", self.model, several=True)
        self.table.resize(_WIDTH, _HEIGHT)
        self.table.show()
        self.model.reload()
        app.processEvents()

    def _fetch(self, start: int, count: int, arrived: Arrived, _failed: object) -> None:
        end = min(start + count, self._total)
        arrived(self._total, [case_row(number) for number in range(start, end)])

    def repaint(self) -> list[float]:
        """Return the seconds of whole repaints."""
        return [_timed(self.table.viewport().repaint) for _frame in range(_FRAMES)]

    def scroll(self, pixels: int) -> list[float]:
        """Return the seconds of frames while scrolling."""
        bar = self.table.verticalScrollBar()
        taken = []
        for _frame in range(_FRAMES):
            bar.setValue((bar.value() + pixels) % bar.maximum())
            taken.append(_timed(self.table.viewport().repaint))
            self._app.processEvents()  # pages that were asked for come between frames
        return taken

    def choose_all(self) -> list[float]:
        """Return the seconds of choosing every row and showing it."""
        taken = _timed(self._choose_all)
        self.table.clearSelection()
        return [taken]

    def _choose_all(self) -> None:
        self.table.selectAll()
        self._app.processEvents()


def _timed(deed: Callable[[], object]) -> float:
    start = thread_time()
    deed()
    return thread_time() - start


def main() -> None:
    """Compare the two tables in turns."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    theme.follow(app, "light")
    kinds: tuple[type[Table[CaseRow]], ...] = (Table, Grid)
    lists = {kind.__name__: Frames(app, kind, rows) for kind in kinds}
    deeds: dict[str, Callable[[Frames], list[float]]] = {
        "repaint": lambda one: one.repaint(),
        "scroll by a row": lambda one: one.scroll(theme.ROW),
        "scroll by a screen": lambda one: one.scroll(_HEIGHT),
        "scroll far": lambda one: one.scroll(theme.ROW * rows // 61),
    }
    for name, deed in deeds.items():
        found: dict[str, list[float]] = {kind: [] for kind in lists}
        for _round in range(_ROUNDS):
            for kind, one in lists.items():
                found[kind] += deed(one)
        _tell(name, found)
    _tell("choose all", {kind: one.choose_all() for kind, one in lists.items()})


def _tell(name: str, found: dict[str, list[float]]) -> None:
    middle = {kind: 1000 * median(taken) for kind, taken in found.items()}
    worst = {kind: 1000 * max(taken) for kind, taken in found.items()}
    cells = [f"{kind} {middle[kind]:8.2f} ms (longest {worst[kind]:8.2f})" for kind in found]
    ratio = middle["Table"] / middle["Grid"] if middle["Grid"] else 0
    print(f"{name:20} " + "   ".join(cells) + f"   {ratio:6.1f}x")


if __name__ == "__main__":
    main()
