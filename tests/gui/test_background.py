"""Deeds off the GUI thread, in threads and in a real process."""

import os
from threading import enumerate as running_threads

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from app.core.errors import Cancelled, ExportError, WorkbenchError
from app.gui.background.backend import Backend, ProcessChannel, ThreadChannel
from app.gui.background.deed import Deed
from tests.support.gui_deeds import SmallDesk

_HERE = "tests.support.gui_deeds"
ADD = Deed[int](_HERE, "add")
WHERE = Deed[int](_HERE, "where")
COUNT = Deed[None](_HERE, "count_for_ever")
FAIL = Deed[None](_HERE, "fail")
STUMBLE = Deed[None](_HERE, "stumble")
DIE = Deed[None](_HERE, "die")


@pytest.fixture(params=[ThreadChannel, ProcessChannel], ids=["threads", "process"])
def backend(request, qapp):
    made = Backend(SmallDesk, request.param)
    yield made
    made.close()


@pytest.fixture
def in_threads(qapp):
    made = Backend(SmallDesk, ThreadChannel)
    yield made
    made.close()


@pytest.fixture
def in_a_process(qapp):
    made = Backend(SmallDesk)
    yield made
    made.close()


class Answers:
    """Notes what comes back, and on which thread."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[WorkbenchError] = []
        self.steps: list[tuple[int, int, str]] = []
        self.threads: set[QThread] = set()

    def done(self, result: object) -> None:
        self.threads.add(QThread.currentThread())
        self.results.append(result)

    def failed(self, error: WorkbenchError) -> None:
        self.errors.append(error)

    def progress(self, done: int, total: int, step: str) -> None:
        self.steps.append((done, total, step))


def test_a_result_arrives_on_the_gui_thread(backend, qtbot, qapp):
    answers = Answers()
    backend.start(ADD, 2, 3, done=answers.done)
    backend.start(ADD, 4, done=answers.done)
    qtbot.waitUntil(lambda: len(answers.results) == 2, timeout=20_000)
    assert answers.results == [5, 5]
    assert answers.threads == {qapp.thread()}
    assert backend.jobs == ()


def test_an_error_keeps_its_kind_code_and_values(backend, qtbot):
    answers = Answers()
    backend.start(FAIL, failed=answers.failed)
    qtbot.waitUntil(lambda: bool(answers.errors), timeout=20_000)
    (error,) = answers.errors
    assert isinstance(error, ExportError)
    assert (error.code, error.values) == ("file-missing", {"name": "a.csv"})


def test_cancel_stops_a_deed_at_its_next_step(backend, qtbot):
    answers = Answers()
    job = backend.start(COUNT, failed=answers.failed, progress=answers.progress)
    qtbot.waitUntil(lambda: len(answers.steps) > 1, timeout=20_000)
    assert answers.steps[0][1:] == (100, "counting")
    job.cancel()
    qtbot.waitUntil(lambda: bool(answers.errors))
    assert isinstance(answers.errors[0], Cancelled)


def test_a_paused_deed_waits_until_it_may_go_on(in_threads, qtbot):
    answers = Answers()
    job = in_threads.start(COUNT, failed=answers.failed, progress=answers.progress)
    qtbot.waitUntil(lambda: bool(answers.steps))
    job.pause()
    assert job.is_paused
    qtbot.wait(150)
    seen = len(answers.steps)
    qtbot.wait(250)
    assert len(answers.steps) == seen
    job.resume()
    qtbot.waitUntil(lambda: len(answers.steps) > seen)
    job.cancel()
    qtbot.waitUntil(lambda: bool(answers.errors))


def test_several_deeds_run_at_once(in_threads, qtbot):
    answers = Answers()
    job = in_threads.start(COUNT, failed=answers.failed)
    in_threads.start(ADD, 1, done=answers.done)
    qtbot.waitUntil(lambda: answers.results == [2])
    job.cancel()
    qtbot.waitUntil(lambda: bool(answers.errors))


def test_a_failure_that_nobody_takes_is_told_to_the_window(in_threads, qtbot):
    with qtbot.waitSignal(in_threads.troubled) as blocker:
        in_threads.start(FAIL)
    assert blocker.args[0].code == "file-missing"


def test_a_slip_of_ours_is_logged_and_becomes_an_error(in_threads, qtbot, caplog):
    answers = Answers()
    in_threads.start(STUMBLE, failed=answers.failed)
    qtbot.waitUntil(lambda: bool(answers.errors))
    assert answers.errors[0].code == "unexpected"
    assert answers.errors[0].values == {"kind": "ZeroDivisionError"}
    assert "stumble failed" in caplog.text


def test_whoever_is_gone_hears_nothing(in_threads, qtbot):
    owner, answers = QObject(), Answers()
    in_threads.start(ADD, 1, done=answers.done, owner=owner)
    shiboken6.delete(owner)
    qtbot.waitUntil(lambda: not in_threads.jobs)
    assert answers.results == []


def test_the_process_is_another_and_is_gone_after_close(in_a_process, qtbot):
    answers = Answers()
    in_a_process.start(WHERE, done=answers.done)
    qtbot.waitUntil(lambda: bool(answers.results), timeout=20_000)
    assert answers.results != [os.getpid()]
    in_a_process.close()
    assert "worker-reader" not in {thread.name for thread in running_threads()}


def test_a_dead_worker_fails_its_deeds_and_is_replaced(in_a_process, qtbot):
    answers = Answers()
    heard: list[bool] = []
    in_a_process.died.connect(lambda: heard.append(True))
    in_a_process.start(DIE, failed=answers.failed)
    qtbot.waitUntil(lambda: bool(answers.errors), timeout=20_000)
    assert answers.errors[0].code == "worker-died"
    assert heard == [True]
    in_a_process.start(ADD, 1, done=answers.done)
    qtbot.waitUntil(lambda: answers.results == [2], timeout=20_000)


def test_closing_stops_what_is_under_way(qapp, qtbot):
    before = set(running_threads())
    backend, answers = Backend(SmallDesk, ThreadChannel), Answers()
    backend.start(COUNT, failed=answers.failed, progress=answers.progress)
    qtbot.waitUntil(lambda: bool(answers.steps))
    backend.close()
    assert backend.jobs == ()
    mine = set(running_threads()) - before
    assert not [one for one in mine if one.name.startswith("deed")]
