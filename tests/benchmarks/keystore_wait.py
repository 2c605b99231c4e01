"""How long the window's event loop stands still while a keystore blocks 30 s; run by hand.

`python -m tests.benchmarks.keystore_wait --seconds 30` prints the longest and the median time
between two ticks of a 10 ms timer, from before the worker starts until it was asked to stop, and
how long the window waited for the cancelling to be answered.
"""

import tempfile
from argparse import ArgumentParser
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

from PySide6.QtCore import QCoreApplication, QTimer

from app.gui.background.backend import Backend, ProcessChannel
from tests.support.blocked_keystore import ASK, blocked_desk

TICK = 10  # ms


def main() -> None:
    """Measure and print."""
    parser = ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    seconds = parser.parse_args().seconds
    app = QCoreApplication([])
    with tempfile.TemporaryDirectory() as folder:
        backend = Backend(partial(blocked_desk, Path(folder)), ProcessChannel)
        ticks: list[float] = []
        timer = QTimer(interval=TICK)
        timer.timeout.connect(lambda: ticks.append(perf_counter()))
        timer.start()
        asked: list[float] = []
        job = backend.start(ASK, failed=lambda _error: app.quit())

        def stop() -> None:
            asked.append(perf_counter())
            job.cancel()

        QTimer.singleShot(int(seconds * 1000), app, stop)
        app.exec()
        answered = perf_counter() - asked[0]
        backend.close()
    gaps = [later - former for former, later in pairwise(ticks)]
    print(f"longest {max(gaps) * 1000:.0f} ms, median {median(gaps) * 1000:.0f} ms")
    print(f"cancelled after {answered * 1000:.0f} ms")


if __name__ == "__main__":
    main()
