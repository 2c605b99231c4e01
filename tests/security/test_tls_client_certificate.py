"""T01-T06: every way a client certificate is refused, told by name, with nothing of a case sent."""

from contextlib import closing

import pytest

from app.core.outcome import Outcome, OutcomeKind
from app.language.sentences import sentence_of
from app.transport.client import Register
from app.transport.proxy import Proxy
from tests.support.fault_servers import proxying
from tests.support.outside import result
from tests.support.pki import Flaw, siths_false, siths_test, strangers
from tests.support.tls_line import WAITING, against, context_of, meeting, post, read_first

PYTHON, APACHE = "Python ssl", "Apache"


def show_refused(outside, folder, kind, flaw, *codes) -> None:
    """Show that probe and sending name the cause, and that the server received no request."""
    tree = {Flaw.OTHER_CA: strangers, Flaw.SAME_NAME: siths_false}.get(flaw, siths_test)()
    with meeting(kind, folder) as met:
        context = context_of(met, folder, flaw, tree)
        if kind[0] == PYTHON:
            assert read_first(met, context) in codes
        outcome = post(outside, met, context)
        assert outcome.kind is OutcomeKind.NOT_SENT
        assert outcome.code in codes
        assert met.received() == 0
    assert "Inget skickades" in sentence_of(outcome.code)


@against("T01", PYTHON, APACHE)
def test_t01_an_expired_client_certificate_is_named(outside, tmp_path, kind):
    show_refused(outside, tmp_path, kind, Flaw.EXPIRED, "tls-client-expired")


@against("T02", PYTHON, APACHE)
def test_t02_a_client_certificate_that_is_not_valid_yet_is_named(outside, tmp_path, kind):
    show_refused(outside, tmp_path, kind, Flaw.NOT_YET, "tls-client-bad")


@pytest.mark.parametrize("flaw", [Flaw.OTHER_CA, Flaw.SAME_NAME])
@against("T03", PYTHON, APACHE)
def test_t03_a_client_certificate_of_another_authority_is_named(outside, tmp_path, kind, flaw):
    show_refused(outside, tmp_path, kind, flaw, "tls-client-unknown-authority")


@against("T04", PYTHON, APACHE)
def test_t04_a_client_certificate_for_servers_only_is_named(outside, tmp_path, kind):
    show_refused(outside, tmp_path, kind, Flaw.SERVER_ONLY, "tls-client-usage")


@against("T05", PYTHON, APACHE)
def test_t05_a_revoked_client_certificate_is_named(outside, tmp_path, kind):
    show_refused(outside, tmp_path, kind, Flaw.REVOKED, "tls-client-revoked")


@against("T06", PYTHON, APACHE)
def test_t06_that_no_client_certificate_was_shown_is_named(outside, tmp_path, kind):
    # TLS 1.2 has no alert of its own for it.
    code = "tls-client-refused" if kind[1] == "TLS 1.2" else "tls-client-missing"
    show_refused(outside, tmp_path, kind, None, code)


@pytest.mark.parametrize("flaw", [Flaw.EXPIRED, Flaw.OTHER_CA, None])
@against("T01", PYTHON)
def test_t01_not_a_byte_of_a_case_leaves_towards_a_server_that_refuses(
    outside, tmp_path, kind, flaw
):
    document = b"<a>" + b"x" * 50_000 + b"</a>"
    with meeting(kind, tmp_path) as met, proxying() as proxy:
        context = context_of(met, tmp_path, flaw)
        register = Register(
            met.address,
            context,
            outside.contract,
            outside.texts,
            WAITING,
            Proxy("localhost", proxy.port),
        )
        with closing(register):
            assert register.post("1", document).kind is OutcomeKind.NOT_SENT
        assert 0 < len(proxy.listening.received) < len(document) / 2  # a handshake's worth


@against("T01", PYTHON, APACHE)
def test_t01_a_good_client_certificate_is_not_refused(outside, tmp_path, kind):
    with meeting(kind, tmp_path) as met:
        context = context_of(met, tmp_path, Flaw.NONE)
        if kind[0] == PYTHON:
            met.answers.append(result("OK", "Skapade: 1"))
            assert read_first(met, context) == ""
        assert post(outside, met, context) == Outcome("1", OutcomeKind.CREATED, "Skapade: 1")
