"""K10: a keystore that waits for a person blocks neither the window nor the wish to stop."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QTimer

from app.core.errors import Cancelled, WorkbenchError
from app.gui.background.backend import Backend, Job, ProcessChannel, ThreadChannel
from app.gui.background.deed import Deed
from app.keystore.secrets import OsSecrets
from app.main import build_desk
from tests.support.blocked_keystore import ASK, ASK_JOURNAL, ASK_PROFILE, blocked_desk
from tests.support.fake_keyring import FakeKeyring, allowed

TICKS = 10  # of the window's clock, while the keystore blocks
PACE = 20  # ms between them
BLOCKS = "a keyring backend that blocks 30 s"
STARTING = 30_000  # ms that a busy machine may take to start a process


@dataclass
class Asked:
    """What came of a deed, as the window was told."""

    steps: list[str] = field(default_factory=list)
    results: list[object] = field(default_factory=list)
    failures: list[WorkbenchError] = field(default_factory=list)

    def start(self, backend: Backend, deed: Deed[Any] = ASK) -> Job:
        return backend.start(
            deed,
            done=self.results.append,
            failed=self.failures.append,
            progress=lambda _done, _total, step: self.steps.append(step),
        )

    @property
    def waits(self) -> bool:
        return "waiting-for-keystore" in self.steps


@pytest.fixture
def blocking(monkeypatch) -> Iterator[FakeKeyring]:
    made = allowed(monkeypatch)
    made.block.clear()
    yield made
    made.block.set()


@pytest.fixture
def backend(blocking, tmp_path, qtbot) -> Iterator[Backend]:
    secrets = OsSecrets(lambda: blocking)
    made = Backend(lambda: build_desk(tmp_path, secrets), ThreadChannel)
    yield made
    made.close()


@pytest.fixture
def worker(tmp_path, qtbot) -> Iterator[Backend]:
    """The backend as the program has it: a process of its own does the deeds."""
    made = Backend(partial(blocked_desk, tmp_path), ProcessChannel)
    yield made
    made.close()


def ticking(qtbot) -> Callable[[], int]:
    """Start the window's clock and return what counts its ticks."""
    ticks: list[None] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(None))
    timer.start(PACE)

    def count() -> int:
        assert timer.isActive()
        return len(ticks)

    return count


@pytest.mark.case("K10", BLOCKS + ", in the window's worker process and in a thread")
@pytest.mark.parametrize("kind", ["worker", "backend"])
def test_k10_the_window_goes_on_while_the_keystore_blocks_and_can_stop_waiting(
    kind, request, qtbot
):
    backend = request.getfixturevalue(kind)
    ticks, asked = ticking(qtbot), Asked()
    job = asked.start(backend)
    qtbot.waitUntil(lambda: asked.waits, timeout=STARTING)
    before = ticks()
    qtbot.waitUntil(lambda: ticks() >= before + TICKS)
    assert not asked.results
    job.cancel()
    qtbot.waitUntil(lambda: bool(asked.failures))  # long before the 30 s are over
    assert isinstance(asked.failures[0], Cancelled)
    assert backend.jobs == ()


@pytest.mark.case("K10", BLOCKS + ", and then answers")
def test_k10_an_answer_that_comes_at_last_is_taken(backend, blocking, qtbot):
    asked = Asked()
    asked.start(backend)
    qtbot.waitUntil(lambda: asked.waits)
    blocking.block.set()
    qtbot.waitUntil(lambda: asked.results == [None])
    assert not asked.failures


@pytest.mark.case("K10", BLOCKS + ", while the window closes")
def test_k10_the_program_can_be_left_while_the_keystore_blocks(backend, blocking, qtbot):
    before = set(threading.enumerate())  # other tests of this process may have left theirs
    Asked().start(backend)
    qtbot.waitUntil(blocking.asked.is_set)
    own = {one for one in set(threading.enumerate()) - before if one.name.startswith("deed")}
    assert own
    backend.close()
    assert not blocking.block.is_set()
    assert not any(one.is_alive() for one in own)


@pytest.mark.case("K10", BLOCKS + ", asked for the journal's key")
def test_k10_whoever_needs_no_secret_does_not_wait_for_one(backend, blocking, qtbot):
    first, second, other = Asked(), Asked(), Asked()
    jobs = [one.start(backend, ASK_JOURNAL) for one in (first, second)]
    qtbot.waitUntil(lambda: first.waits and second.waits)
    other.start(backend, ASK_PROFILE)
    qtbot.waitUntil(lambda: other.results == ["spor-4.1"])
    assert not blocking.block.is_set()
    for job in jobs:
        job.cancel()
    qtbot.waitUntil(lambda: bool(first.failures and second.failures))
    assert {type(one.failures[0]) for one in (first, second)} == {Cancelled}
