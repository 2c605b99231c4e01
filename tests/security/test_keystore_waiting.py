"""K10: a keystore that waits for a person blocks neither the window nor the wish to stop."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QTimer

from app.core.errors import Cancelled, WorkbenchError
from app.gui.background.backend import Backend, Job, ThreadChannel
from app.gui.background.deed import Deed
from app.keystore.secrets import OsSecrets
from app.main import build_desk
from app.workflow.desk import Desk
from tests.support.fake_keyring import FakeKeyring, allowed

TICKS = 10  # of the window's clock, while the keystore blocks
PACE = 20  # ms between them
AGAINST = "a keyring backend that blocks 30 s, the window's own backend"


def ask_keystore(desk: Desk, progress) -> str | None:
    """A deed that needs a secret; it never says itself that it waits."""
    return desk.secrets.read("certificate")


ASK = Deed[str](__name__, "ask_keystore")


@dataclass
class Asked:
    """What came of a deed, as the window was told."""

    steps: list[str] = field(default_factory=list)
    results: list[object] = field(default_factory=list)
    failures: list[WorkbenchError] = field(default_factory=list)

    def start(self, backend: Backend) -> Job:
        return backend.start(
            ASK,
            done=self.results.append,
            failed=self.failures.append,
            progress=lambda _done, _total, step: self.steps.append(step),
        )


@pytest.fixture
def blocking(monkeypatch) -> Iterator[FakeKeyring]:
    made = allowed(monkeypatch)
    made.block.clear()
    yield made
    made.block.set()


@pytest.fixture
def backend(blocking, tmp_path, monkeypatch, qtbot) -> Iterator[Backend]:
    # Deeds are found by their module's name, which pytest's import mode does not register.
    monkeypatch.setattr(Deed, "load", lambda _deed: ask_keystore)
    secrets = OsSecrets(lambda: blocking)
    made = Backend(lambda: build_desk(tmp_path, secrets), ThreadChannel)
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


@pytest.mark.case("K10", AGAINST)
def test_k10_the_window_goes_on_while_the_keystore_blocks_and_can_stop_waiting(
    backend, blocking, qtbot
):
    ticks, asked = ticking(qtbot), Asked()
    job = asked.start(backend)
    qtbot.waitUntil(lambda: blocking.asked.is_set() and "waiting-for-keystore" in asked.steps)
    before = ticks()
    qtbot.waitUntil(lambda: ticks() >= before + TICKS)
    assert not asked.results
    job.cancel()
    qtbot.waitUntil(lambda: bool(asked.failures))
    assert isinstance(asked.failures[0], Cancelled)
    assert not blocking.block.is_set()  # it blocks still, and nobody waits for it
    assert backend.jobs == ()


@pytest.mark.case("K10", AGAINST)
def test_k10_an_answer_that_comes_at_last_is_taken(backend, blocking, qtbot):
    asked = Asked()
    asked.start(backend)
    qtbot.waitUntil(lambda: "waiting-for-keystore" in asked.steps)
    blocking.block.set()
    qtbot.waitUntil(lambda: asked.results == [None])
    assert not asked.failures


@pytest.mark.case("K10", AGAINST)
def test_k10_the_program_can_be_left_while_the_keystore_blocks(backend, blocking, qtbot):
    asked = Asked()
    asked.start(backend)
    qtbot.waitUntil(blocking.asked.is_set)
    backend.close()
    assert not blocking.block.is_set()
    names = {thread.name for thread in threading.enumerate()}
    assert not any(name.startswith("deed") for name in names)
