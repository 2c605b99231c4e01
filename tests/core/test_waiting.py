"""Waiting is told to whoever does the deed, and ends when it is cancelled."""

import threading

import pytest

from app.core.errors import Cancelled
from app.core.waiting import patiently, still_waiting, waits_are_told


def test_a_wait_is_told_to_the_innermost_and_to_nobody_outside():
    told = []

    def teller(name):
        return lambda done, total, step="": told.append((name, done, total, step))

    still_waiting("outside")
    with waits_are_told(teller("outer")):
        with waits_are_told(teller("inner")):
            still_waiting("one")
        still_waiting("two")
    still_waiting("outside")
    assert told == [("inner", 0, 1, "one"), ("outer", 0, 1, "two")]


def test_who_no_longer_wants_to_wait_ends_the_wait():
    def stop(_done, _total, _step=""):
        raise Cancelled

    with waits_are_told(stop), pytest.raises(Cancelled):
        still_waiting("one")
    still_waiting("one")


def test_deeds_on_other_threads_hear_nothing_of_it():
    told = []
    with waits_are_told(lambda *said: told.append(said)):
        other = threading.Thread(target=still_waiting, args=("one",))
        other.start()
        other.join()
    assert told == []


def test_a_lock_that_another_holds_for_long_is_waited_for_and_can_be_left():
    told, lock = [], threading.RLock()
    held, free = threading.Event(), threading.Event()

    def hold() -> None:
        with patiently(lock, "holding"):
            held.set()
            free.wait(30)

    def until_told(_done, _total, step=""):
        told.append(step)
        raise Cancelled

    other = threading.Thread(target=hold)
    other.start()
    held.wait(30)
    with waits_are_told(until_told), pytest.raises(Cancelled), patiently(lock, "waiting"):
        pytest.fail("the other holds it")
    free.set()
    other.join()
    with waits_are_told(until_told), patiently(lock, "waiting"):
        pass
    assert told == ["waiting"]
