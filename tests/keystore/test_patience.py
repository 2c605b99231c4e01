"""Calls that may block are waited for so long, told, cancelled, and given up."""

import threading
from threading import Event

import pytest

from app.core.errors import Cancelled, CertificateError
from app.core.waiting import waits_are_told
from app.keystore.patience import Patience


def gone(seconds: float) -> CertificateError:
    return CertificateError("certificate-token-no-answer", seconds=seconds)


def test_an_answer_is_given_and_an_error_raised_as_it_was():
    patience = Patience("waiting", 60, gone)
    assert patience.wait_for(lambda: None) is None
    assert patience.wait_for(lambda: 3) == 3

    def fails() -> None:
        raise CertificateError("certificate-pin-wrong")

    with pytest.raises(CertificateError, match="certificate-pin-wrong"):
        patience.wait_for(fails)


def test_what_was_given_up_before_its_turn_is_never_done():
    patience, free, done = Patience("waiting", 0.05, gone), Event(), []
    with pytest.raises(CertificateError, match="certificate-token-no-answer") as told:
        patience.wait_for(lambda: free.wait(60))
    assert told.value.values == {"seconds": "0.05"}
    with pytest.raises(CertificateError, match="certificate-token-no-answer"):
        patience.wait_for(lambda: done.append("a PIN that nobody waits for"))
    free.set()
    for thread in threading.enumerate():
        if thread.name == "waiting":
            thread.join()
    assert done == []


def test_a_wait_is_told_and_ends_when_it_is_cancelled():
    free, told = Event(), []

    def stop(done: int, total: int, step: str = "") -> None:
        told.append((done, total, step))
        raise Cancelled

    with waits_are_told(stop), pytest.raises(Cancelled):
        Patience("waiting", 60, gone).wait_for(lambda: free.wait(60))
    free.set()
    assert told == [(0, 1, "waiting")]
