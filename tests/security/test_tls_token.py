"""T14, T24: nginx and Apache take a certificate whose key lies on a PKCS#11 token."""

from contextlib import closing

import pytest

from app.core.outcome import OutcomeKind
from app.keystore.elsewhere import Pins
from app.transport.tls import client_context
from tests.support.pki import leaf
from tests.support.real_servers import RealSetup, apache, nginx
from tests.support.software_token import PIN, OnToken, make_reader, needs_softhsm
from tests.support.tls_line import VERSIONS

LARGE = b"<a>" + b"x" * 200_000 + b"</a>"
SERVERS = {"T14": nginx, "T24": apache}  # Apache asks late, once it knows the path


@needs_softhsm
@pytest.mark.parametrize(
    ("run", "version"),
    [
        pytest.param(
            run,
            version,
            marks=pytest.mark.case(number, f"{run.__name__}, {name}, key on SoftHSM2"),
            id=f"{run.__name__}-{name}",
        )
        for number, run in SERVERS.items()
        for name, version in VERSIONS.items()
    ],
)
@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_t14_t24_a_certificate_on_a_token_sends_through_real_servers(
    run, version, kind, outside, tmp_path
):
    issued, pins = leaf(kind=kind), Pins()
    reference = make_reader(tmp_path / "reader").insert("Funktionskort").put(issued)
    pins.remember(reference, PIN)
    with run(RealSetup(version)) as server:
        context = client_context((server.trusted,), OnToken(reference, issued, pins))
        with closing(outside.register(server.address, context)) as register:
            for body in (b"<a/>", LARGE):
                assert register.post("1", body).kind is OutcomeKind.CREATED
