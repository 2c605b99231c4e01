"""The host decides what an entrance is, and what is known of authorities what opens it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.authority import Authority, Host, TrustFacts
from app.core.pairing import CertificateSays, kind_of, pair, takes_test_certificates
from app.core.register import Confidence, Entrance, Fact, Text

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
FACT = Fact("a test", Confidence.STATED)
NAME = Text("Ingång", "Entrance")


def host(name: str, kind: str, *, test: bool = False) -> Host:
    return Host(name, kind, test, FACT)


def known(name: str, *, test: bool = False, succeeds: str = "") -> Authority:
    return Authority(name, name, NAME, test, live=True, fact=FACT, succeeds=succeeds)


HOSTS = (
    host("prod.se", "production"),
    host("stage.se", "stage"),
    host("test.se", "teststage", test=True),
)
TRUST = TrustFacts(
    (known("Old CA"), known("New CA", succeeds="Old CA"), known("TEST CA", test=True)), HOSTS
)


def entrance(
    kind: str, address: str, *, test: bool = False, issuers: tuple[str, ...] = ()
) -> Entrance:
    return Entrance(kind, kind, NAME, address, test, FACT, issuers)


def certificate(issuer: str = "New CA", **changes: object) -> CertificateSays:
    says = CertificateSays(
        issuer, (issuer,), (), TRUST.is_test(issuer), True, NOW - YEAR, NOW + YEAR
    )
    return replace(says, **changes)  # type: ignore[arg-type]


KINDS = [
    # what the profile calls it, the address, what it is
    ("local", "", "local"),
    ("local", "https://127.0.0.1:4433/x", "local"),
    ("local", "https://localhost/x", "local"),
    ("local", "https://[::1]:1/x", "local"),
    ("local", "https://prod.se/x", "production"),
    ("local", "https://elsewhere.se/x", "production"),
    ("stage", "https://prod.se/x", "production"),
    ("teststage", "https://PROD.se./x", "production"),
    ("teststage", "https://stage.se/x", "stage"),
    ("stage", "https://test.se:8443/x", "teststage"),
    ("production", "https://stage.se/x", "production"),
    ("stage", "https://elsewhere.se/x", "production"),
    ("stage", "https://stage.se@elsewhere.se/x", "production"),
    ("stage", "https://127.0.0.1:1/x", "stage"),
    ("production", "https://127.0.0.1:1/x", "production"),
    ("stage", "", "production"),
    ("stage", "https://[broken/x", "production"),
]


@pytest.mark.parametrize(("called", "address", "kind"), KINDS)
def test_the_host_decides_and_an_unknown_one_is_production(called, address, kind):
    assert kind_of(address, entrance(called, address), TRUST) == kind


@given(st.sampled_from(["local", "teststage", "stage", "production"]), st.booleans())
def test_a_host_of_production_is_production_and_takes_real_ones_whatever_it_is_called(called, test):
    one = entrance(called, "https://prod.se/x", test=test)
    assert kind_of(one.address, one, TRUST) == "production"
    assert not takes_test_certificates(one, TRUST)
    assert pair(certificate("TEST CA"), one, TRUST, NOW, local=False).opens is False


def test_an_address_alone_is_what_its_host_is_known_to_be():
    assumed = Fact("address given by the user", Confidence.ASSUMED)
    for address, kind in (("https://stage.se/y", "stage"), ("https://elsewhere.se", "production")):
        given = replace(entrance("production", address), fact=assumed)
        assert kind_of(address, given, TRUST) == kind


def test_an_unknown_host_takes_real_certificates_only():
    one = entrance("teststage", "https://elsewhere.se/x", test=True)
    assert pair(certificate("TEST CA"), one, TRUST, NOW, local=False).code == "pairing-test-to-real"
    assert pair(certificate(), one, TRUST, NOW, local=False).opens


@pytest.mark.parametrize(
    ("kind", "local", "code"),
    [
        ("local", True, "pairing-opens"),
        ("local", False, "pairing-not-local"),
        ("stage", True, "pairing-local-only"),
    ],
)
def test_the_local_stage_and_its_own_certificate_go_together_only(kind, local, code):
    address = "" if kind == "local" else "https://stage.se/x"
    one = entrance(kind, address, test=True)
    assert pair(certificate("TEST CA"), one, TRUST, NOW, local=local).code == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"valid_to": NOW - YEAR / 2}, "pairing-expired"),
        ({"valid_from": NOW + YEAR / 2}, "pairing-not-yet"),
        ({"identifies_client": False}, "pairing-usage"),
        ({"test": True}, "pairing-test-to-real"),
        ({}, "pairing-opens-successor"),
    ],
)
def test_why_a_certificate_does_not_open(changes, code):
    one = entrance("production", "https://prod.se/x", issuers=("Old CA",))
    assert pair(certificate(**changes), one, TRUST, NOW, local=False).code == code


@pytest.mark.parametrize(
    ("issuer", "listed", "code"),
    [
        ("Old CA", ("old ca",), "pairing-opens"),
        ("New CA", ("Old CA",), "pairing-opens-successor"),
        ("New CA", (), "pairing-opens-unlisted-issuer"),
        ("New CA", ("Third CA",), "pairing-opens-unlisted-issuer"),
        ("Region CA", ("Old CA",), "pairing-opens-unlisted-issuer"),
        ("Region CA", ("Region CA",), "pairing-opens"),
    ],
)
def test_how_surely_it_opens_by_its_issuer(issuer, listed, code):
    one = entrance("production", "https://prod.se/x", issuers=listed)
    found = pair(certificate(issuer), one, TRUST, NOW, local=False)
    assert (found.opens, found.code) == (True, code)


@pytest.mark.parametrize(
    ("proved", "code"),
    [
        ((), "pairing-opens-successor"),  # it came without its issuer's certificate
        (("aa", "cc"), "pairing-opens-successor"),
        (("bb", "aa"), "pairing-opens-other-key"),
    ],
)
@pytest.mark.parametrize("issuers", [("Old CA",), ("Old CA", "New CA")])
def test_an_issuer_with_a_known_name_and_another_key_surely_opens_nothing(proved, code, issuers):
    authorities = (
        known("Old CA"),
        replace(known("New CA", succeeds="Old CA"), fingerprints=("aa",)),
    )
    trust = replace(TRUST, authorities=authorities)
    one = entrance("production", "https://prod.se/x", issuers=issuers)
    found = pair(certificate(fingerprints=proved), one, trust, NOW, local=False)
    sure = "pairing-opens" if "New CA" in issuers else "pairing-opens-successor"
    assert (found.opens, found.code) == (True, code if "other" in code else sure)


def test_an_unknown_issuer_without_a_test_word_is_let_through_to_the_test_stage():
    one = entrance("teststage", "https://test.se/x", test=True)
    assert pair(certificate("Region CA"), one, TRUST, NOW, local=False).opens
    assert pair(certificate("Old CA"), one, TRUST, NOW, local=False).code == "pairing-real-to-test"


@given(
    st.sampled_from([row[:2] for row in KINDS]),
    st.sampled_from(["Old CA", "New CA", "TEST CA", "Somebody PP", "Region CA"]),
    st.booleans(),
    st.booleans(),
)
def test_a_test_certificate_never_opens_what_is_production(place, issuer, test, local):
    called, address = place
    one = entrance(called, address, test=test)
    found = pair(certificate(issuer), one, TRUST, NOW, local=local)
    if kind_of(address, one, TRUST) == "production" and "stage.se/x" not in address:
        assert not (found.opens and (local or TRUST.is_test(issuer)))
