"""PINs are remembered for one run, per token; a refused one is not tried by another caller."""

import ssl
import threading

import pytest

from app.core.errors import CertificateError
from app.keystore import elsewhere
from app.keystore.elsewhere import TOKEN, Pins
from tests.support.pki import leaf

CARD = {"module": "/usr/lib/a.so", "token": "Kort", "serial": "1", "fingerprint": "aa"}


def test_a_pin_opens_every_key_of_its_token_and_no_other():
    pins = Pins()
    pins.remember(CARD, "2718")
    assert pins.get(CARD | {"fingerprint": "bb"}) == "2718"
    for other in ({"serial": "2"}, {"module": "/usr/lib/b.so"}):
        assert (pins.get(CARD | other), pins.knows(CARD | other)) == ("", False)
    pins.forget(CARD)
    pins.forget(CARD)
    assert (pins.get(CARD), pins.knows(CARD)) == ("", False)
    assert "2718" not in repr(pins)


@pytest.mark.parametrize(
    "code", ["certificate-pin-wrong", "certificate-pin-last-try", "certificate-pin-locked"]
)
def test_of_many_callers_at_once_only_one_tries_a_pin_that_is_wrong(monkeypatch, code):
    tried: list[str] = []
    codes: list[str] = []

    def load(_context, _place, _reference, _certificate, _chain, pin: str) -> None:
        tried.append(pin)
        raise CertificateError(code if pin else "certificate-pin-needed")

    monkeypatch.setattr(elsewhere, "_load", load)
    pins = Pins()
    pins.remember(CARD, "0000")

    def call() -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        try:
            pins.load_into(context, TOKEN, CARD, leaf().certificate, ())
        except CertificateError as error:
            codes.append(error.code)

    callers = [threading.Thread(target=call) for _ in range(8)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    assert sorted(tried) == [""] * 7 + ["0000"]
    assert sorted(codes) == sorted(["certificate-pin-needed"] * 7 + [code])


def test_a_token_that_is_gone_keeps_its_pin_for_when_it_is_back(monkeypatch):
    def load(*_told: object) -> None:
        raise CertificateError("certificate-token-gone")

    monkeypatch.setattr(elsewhere, "_load", load)
    pins = Pins()
    pins.remember(CARD, "2718")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with pytest.raises(CertificateError, match="certificate-token-gone"):
        pins.load_into(context, TOKEN, CARD, leaf().certificate, ())
    assert pins.get(CARD) == "2718"
