"""What the words on a ladder's rungs lead to."""

from dataclasses import replace

import pytest

from app.gui.certificate.ladder_words import headline, remedy_of
from app.language import text
from app.workflow.certificate_views import CLIENT_RUNG, RungState
from tests.support import gui_ladder as ladders


@pytest.mark.parametrize(
    ("problem", "remedy"),
    [
        ("certificate-expired", "choose"),
        ("pairing-test-to-real", "choose"),
        ("pairing-not-yet", ""),
        ("authorities-missing", "trust"),
        ("server-issuer-not-trusted", "trust"),
        ("tls-revocation-old", "settings"),
        ("proxy-login", "settings"),
        ("contract-differs", "contract"),
        ("tls-client-expired", "choose"),
        ("client-expired-there", "choose"),
        ("client-revoked-there", "choose"),
        ("server-chain-missing", "trust"),
        ("server-own-chosen", "trust"),
        ("server-authority-expired", "trust"),
        ("server-chain-expired", ""),
        ("tls-name-unwanted", "settings"),
        ("name-unknown", ""),
        ("pairing-opens-successor", ""),
        ("certificate-hsa-unusual", ""),
        ("certificate-expires-soon", ""),
        ("certificate-pin-wrong", "pin"),
        ("keystore-locked", "keystore"),
        ("passphrase-needed", "keystore"),
    ],
)
def test_a_problem_has_the_remedy_that_fits_it(problem, remedy):
    assert remedy_of(problem) == remedy


def test_a_ladder_whose_server_asked_for_nothing_does_not_say_that_it_takes_the_certificate():
    text.use("en")
    assert headline(ladders.LADDER)[:2] == (
        "check-circle",
        "Every rung holds: the entrance takes the certificate.",
    )
    rungs = tuple(
        replace(one, state=RungState.NOTE, problem="client-not-judged")
        if one.code == CLIENT_RUNG
        else one
        for one in ladders.LADDER.rungs
    )
    icon, words, _tone = headline(replace(ladders.LADDER, rungs=rungs))
    assert icon == "alert-outline"
    assert words == "Every rung was climbed, but nobody asked for the certificate."
