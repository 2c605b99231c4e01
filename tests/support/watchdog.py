"""A watchdog over the window's thread, and somebody who never lets the case list rest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import monotonic, thread_time

from PySide6.QtCore import QAbstractEventDispatcher, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.gui.cases.list.browser import CaseBrowser
from app.keystore.secrets import MemorySecrets
from app.main import build_desk
from app.workflow.desk import Desk

TICK = 8  # ms between two things that are done to the list
_ROWS = 137  # scrolled at once


def desk_in(folder: Path) -> Desk:
    """Return a desk of its own: what the worker process makes for itself."""
    return build_desk(folder, MemorySecrets())


@dataclass
class Watchdog:
    """Turns the event loop and notes how long each turn holds the thread.

    `own` is what the thread itself worked, which a loaded machine does not change; `stalls` is
    what a user would see, with waiting for the interpreter's lock and for the processor.
    """

    app: QApplication
    own: list[float] = field(default_factory=list)
    stalls: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._awake = monotonic()
        dispatcher = QAbstractEventDispatcher.instance()
        dispatcher.awake.connect(self._wake)

    def run_until(self, done: Callable[[], bool], most: float = 120.0) -> bool:
        """Turn the loop until something holds; say whether it came to hold in time."""
        end = monotonic() + most
        while not done():
            if monotonic() > end:
                return False
            self.turn()
        return True

    def turn(self) -> None:
        """Wait for an event, and take those that have come; waiting is no work."""
        worked, self._awake = thread_time(), monotonic()
        self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        self.own.append(thread_time() - worked)
        self.stalls.append(monotonic() - self._awake)

    def _wake(self) -> None:
        self._awake = monotonic()


class Restless:
    """Scrolls, searches, sorts, filters and steps through the list for as long as it may."""

    def __init__(self, browser: CaseBrowser) -> None:
        self._browser = browser
        self._deeds = cycle(self._round())
        self.done = 0
        self._timer = QTimer(interval=TICK)
        self._timer.timeout.connect(self._act)

    def start(self) -> None:
        """Begin."""
        self._timer.start()

    def stop(self) -> None:
        """Let the list rest."""
        self._timer.stop()

    def _act(self) -> None:
        next(self._deeds)()
        self.done += 1

    def _round(self) -> Iterator[Callable[[], object]]:
        """Yield the deeds of one round: mostly scrolling, and now and then another question."""
        filters, query = self._browser.filters, self._browser.query
        asks: tuple[Callable[[], object], ...] = (
            filters.facets["verdicts"].options["genomford"].trigger,
            lambda: self._browser.pane.sort_by("tier"),
            lambda: self._browser.step(1),
            lambda: filters.search.setText("26"),
            self._browser.table.selectAll,
            filters.facets["tiers"].options["korrupt"].trigger,
            lambda: self._browser.step(-1),
            query.clear,
            lambda: self._browser.pane.sort_by("case"),
        )
        for ask in asks:
            yield from (self._scroll for _count in range(25))
            yield ask

    def _scroll(self) -> None:
        bar = self._browser.table.verticalScrollBar()
        place = bar.value() + _ROWS * bar.singleStep()
        bar.setValue(place if place < bar.maximum() else bar.minimum())
