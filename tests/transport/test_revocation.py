"""Whether the own certificate is revoked, by its issuer's list and no other."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.core.errors import NotSent
from app.language.sentences import sentence_of
from app.transport.proxy import Proxy
from app.transport.revocation import Get, Revocation, download, own_revocation
from app.transport.timed import Limits
from tests.support.fault_servers import (
    ProxyRules,
    hang_up,
    listening,
    proxying,
    saying,
    silence,
    unused_port,
)
from tests.support.pki import (
    DAY,
    NOW,
    Issued,
    issue,
    list_pem,
    revoked_list,
    siths_false,
    siths_test,
    siths_wish,
    strangers,
)

SITHS = ("siths.se",)
PLACE = "http://crl1pp.siths.se/testsithseidfunctioncav1.crl"
OWN = issue(siths_test().issuing, siths_wish())
ISSUING = siths_test().issuing
ISSUER = ISSUING.certificate
QUICK = Limits(connect=1, read=1, total=2, answer=100_000)
DER = Encoding.DER


def asked(
    data: bytes | Exception, certificate=OWN.certificate, issuer=ISSUER, suffixes=SITHS
) -> Revocation:
    """Return what is said when the list is `data`, or the error with which it does not come."""
    calls = []

    def get(address: str) -> bytes:
        calls.append(address)
        if isinstance(data, Exception):
            raise data
        return data

    found = own_revocation(certificate, issuer, suffixes, NOW, get)
    assert calls in ([], [PLACE])
    sentence = sentence_of(found.code, found.values)
    assert found.code not in sentence
    assert "{" not in sentence
    return found


def der(*revoked: Issued, issuer: Issued = ISSUING, **more: Any) -> bytes:
    return revoked_list(issuer, *revoked, **more).public_bytes(DER)


def test_a_certificate_that_is_not_on_the_list_is_not_revoked():
    other = issue(siths_test().issuing)
    for data in (der(), der(other), list_pem(revoked_list(siths_test().issuing, other))):
        found = asked(data)
        assert found.code == "revocation-good"
        assert dict(found.values) == {
            "host": "crl1pp.siths.se",
            "until": f"{NOW + 7 * DAY:%Y-%m-%d}",
        }


def test_a_revoked_certificate_is_told_with_its_date():
    found = asked(der(OWN))
    assert found.code == "revocation-revoked"
    assert dict(found.values)["date"] == f"{NOW - DAY / 2:%Y-%m-%d}"


def test_an_old_list_says_nothing_good_but_what_it_revoked_stays_so():
    valid = (NOW - 9 * DAY, NOW - DAY)
    assert asked(der(valid=valid)).code == "revocation-old"
    assert asked(der(OWN, valid=valid)).code == "revocation-revoked"


@pytest.mark.parametrize("tree", [siths_false, strangers])
def test_a_list_that_the_issuer_did_not_sign_is_not_relied_on(tree):
    assert asked(der(OWN, issuer=tree().issuing)).code == "revocation-signature"
    assert asked(der(issuer=tree().issuing)).code == "revocation-signature"
    assert asked(der(signer=tree().issuing)).code == "revocation-signature"


@pytest.mark.parametrize("data", [b"", b"<html>", b"-----BEGIN X509 CRL-----\nrubbish", ISSUER])
def test_what_is_no_list_is_told(data):
    content = data if isinstance(data, bytes) else data.public_bytes(DER)
    assert asked(content).code == "revocation-unreadable"
    assert asked(der(OWN)[:-9]).code == "revocation-unreadable"


def signed(extension: x509.ExtensionType) -> bytes:
    """Return the issuer's list with a critical extension."""
    made: x509.CertificateRevocationList = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(ISSUER.subject)
        .last_update(NOW - DAY)
        .next_update(NOW + DAY)
        .add_extension(extension, critical=True)
        .sign(ISSUING.key, SHA256())
    )
    return made.public_bytes(DER)


def partly(
    clients: bool = False,
    authorities: bool = False,
    reasons: frozenset[x509.ReasonFlags] | None = None,
    indirect: bool = False,
    attributes: bool = False,
) -> bytes:
    """Return the issuer's list, said to cover only a part of what it has issued."""
    return signed(
        x509.IssuingDistributionPoint(
            None, None, clients, authorities, reasons, indirect, attributes
        )
    )


def test_a_list_for_others_than_clients_says_nothing():
    assert asked(partly(clients=True)).code == "revocation-good"
    some = frozenset({x509.ReasonFlags.key_compromise})
    for data in (
        partly(authorities=True),
        partly(indirect=True),
        partly(attributes=True),
        partly(reasons=some),
        signed(x509.DeltaCRLIndicator(1)),
    ):
        assert asked(data).code == "revocation-unreadable"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "crl.example.se",
        "siths.se.example.se",
        "evilsiths.se",
        "crl1.siths.se@127.0.0.1",
        "169.254.169.254",
    ],
)
def test_no_other_host_than_the_issuers_is_asked(host):
    wish = replace(siths_wish(), revocation_list=f"http://{host}/a.crl")
    other = issue(siths_test().issuing, wish).certificate
    found = own_revocation(other, ISSUER, SITHS, NOW, lambda _: pytest.fail("asked"))
    assert found.code in {"revocation-host", "revocation-no-list"}


@pytest.mark.parametrize(
    "place", ["", "ldap://crl1.siths.se/a", "https://crl1.siths.se/a", "file:///etc/passwd"]
)
def test_a_certificate_without_a_list_over_http_says_so(place):
    wish = replace(siths_wish(), revocation_list=place)
    certificate = issue(siths_test().issuing, wish).certificate
    assert asked(b"", certificate).code == "revocation-no-list"


def test_without_its_issuer_nothing_is_asked():
    found = asked(NotSent("x"), issuer=None)
    assert found.code == "revocation-issuer-missing"
    assert dict(found.values) == {"issuer": "TEST SITHS e-id Function CA v1"}
    assert asked(NotSent("x"), issuer=siths_test().root.certificate).code == found.code


def test_a_list_that_cannot_be_reached_is_a_notice():
    error = NotSent("revocation-unreachable", host="crl1pp.siths.se")
    assert asked(error) == Revocation("revocation-unreachable", (("host", "crl1pp.siths.se"),))


# Over the network


FETCH = partial(download, limits=QUICK)


def listed(port: int) -> x509.Certificate:
    """Return a certificate whose list is on this computer."""
    wish = replace(siths_wish(), revocation_list=f"http://localhost:{port}/lists/a.crl?b=c")
    return issue(siths_test().issuing, wish).certificate


def http(body: bytes, status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


def over(port: int, get: Get = FETCH) -> Revocation:
    return own_revocation(listed(port), ISSUER, ("localhost",), NOW, get)


def test_a_list_is_fetched_over_http():
    with listening(saying(http(der()))) as server:
        assert over(server.port).code == "revocation-good"
    head = bytes(server.received)
    assert head.startswith(b"GET /lists/a.crl?b=c HTTP/1.1\r\n")
    assert f"Host: localhost:{server.port}\r\n".encode() in head


def test_a_list_is_fetched_through_the_proxy():
    with listening(saying(http(der()))) as server, proxying(ProxyRules(login="a:b")) as proxy:
        get = partial(download, limits=QUICK, proxy=Proxy("localhost", proxy.port, "a", "b"))
        assert over(server.port, get).code == "revocation-good"
        whole = f"GET http://localhost:{server.port}/lists/a.crl?b=c HTTP/1.1\r\n".encode()
        assert proxy.asked[0].startswith(whole)
        bare = partial(download, limits=QUICK, proxy=Proxy("localhost", proxy.port))
        assert over(server.port, bare).code == "revocation-unreachable"


@pytest.mark.parametrize(
    "answer",
    [
        http(b"", b"404 Not Found"),
        http(b"", b"301 Moved\r\nLocation: http://localhost/"),
        http(b" " * 100_001),
        http(der())[:-5],
        b"SSH-2.0\r\n",
        b"",
    ],
)
def test_a_list_that_does_not_come_whole_is_unreachable(answer):
    with listening(saying(answer)) as server:
        assert over(server.port).code == "revocation-unreachable"


@pytest.mark.parametrize("behave", [silence, hang_up])
def test_a_server_that_says_nothing_is_given_up(behave):
    with listening(behave) as server:
        quick = partial(download, limits=replace(QUICK, read=0.2))
        assert over(server.port, quick).code == "revocation-unreachable"


def test_a_server_that_is_not_there_is_unreachable():
    assert over(unused_port()).code == "revocation-unreachable"
    with pytest.raises(NotSent, match="revocation-unreachable"):
        download("ftp://localhost/a.crl", QUICK)
