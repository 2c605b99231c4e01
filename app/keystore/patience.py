"""Calls that block for as long as a person or a device takes: told, cancelled, and given up."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic
from typing import TypeVar

from app.core.errors import WorkbenchError
from app.core.waiting import still_waiting

Answer = TypeVar("Answer")

TOLD_AFTER = 0.2  # seconds between the moments when a wait is told and can be cancelled


class Patience:
    """Does work in threads of their own, one at a time, and waits for it up to a limit.

    `step` is what a wait is told as; `no_answer` makes the error of one that came to its limit.
    """

    def __init__(
        self, step: str, limit: float, no_answer: Callable[[float], WorkbenchError]
    ) -> None:
        self._step = step
        self._limit = limit
        self._no_answer = no_answer
        self._turn = Lock()

    def wait_for(self, work: Callable[[], Answer]) -> Answer:
        """Return what the work returns, or raise what it raises.

        What was given up before its turn came is not done: a secret that is written late must not
        replace a later one, and a PIN that nobody waits for must not be tried.
        """
        given_up = Event()
        answers: SimpleQueue[tuple[list[Answer], Exception | None]] = SimpleQueue()

        def run() -> None:
            with self._turn:
                if given_up.is_set():
                    return
                try:
                    answers.put(([work()], None))
                except Exception as error:  # noqa: BLE001 - raised again where it is waited for
                    answers.put(([], error))

        Thread(target=run, name=self._step, daemon=True).start()
        try:
            answer, failure = self._next_of(answers)
        except BaseException:
            given_up.set()
            raise
        if failure is not None:
            raise failure
        return answer[0]

    def _next_of(self, answers: "SimpleQueue[Answer]") -> "Answer":
        end = monotonic() + self._limit
        while (left := end - monotonic()) > 0:
            try:
                return answers.get(timeout=min(left, TOLD_AFTER))
            except Empty:
                still_waiting(self._step)
        raise self._no_answer(self._limit)
