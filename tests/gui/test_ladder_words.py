"""What the words on a ladder's rungs lead to."""

import pytest

from app.gui.certificate.ladder_words import remedy_of


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
        ("server-chain-missing", "trust"),
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
