"""Made-up certificates, orders and shelves: what the certificate page is tested and drawn on."""

from dataclasses import replace
from typing import Any

from app.core.authority import Authority
from app.core.register import Confidence, Fact, Text
from app.workflow.certificate_views import (
    CertificateShelf,
    CertificateView,
    KeystoreState,
    KeystoreView,
    OrderForm,
    OrderView,
    PairingView,
    RevocationView,
    TokenCertificate,
)
from app.workflow.views import Problem

KINDS = tuple((kind, kind) for kind in ("local", "teststage", "stage", "production"))
_REAL = "SITHS e-id Function CA v1"
_TEST = "TEST SITHS e-id Function CA v1"


def authority(name: str, *, test: bool) -> Authority:
    """Return what is known of an issuer."""
    source = "inera.atlassian.net/wiki/spaces/IAM/pages/289082989 (PKI-struktur)"
    return Authority(
        id=name.casefold().replace(" ", "-"),
        name=name,
        generation=Text("SITHS e-id (dagens generation)", "SITHS e-id (today's generation)"),
        test=test,
        live=True,
        fact=Fact(source, Confidence.STATED),
    )


REAL_PAIRINGS = (
    PairingView("local", opens=False, code="pairing-not-local"),
    PairingView("teststage", opens=False, code="pairing-real-to-test", values=(("issuer", _REAL),)),
    PairingView(
        "stage",
        opens=True,
        code="pairing-opens-successor",
        values=(("issuer", _REAL), ("listed", "SITHS Type 3 CA v1")),
    ),
    PairingView(
        "production",
        opens=True,
        code="pairing-opens-successor",
        values=(("issuer", _REAL), ("listed", "SITHS Type 3 CA v1")),
    ),
)
TEST_PAIRINGS = (
    PairingView("local", opens=False, code="pairing-not-local"),
    PairingView("teststage", opens=True, code="pairing-opens"),
    PairingView("stage", opens=False, code="pairing-test-to-real", values=(("issuer", _TEST),)),
    PairingView(
        "production", opens=False, code="pairing-test-to-real", values=(("issuer", _TEST),)
    ),
)

GOOD = CertificateView(
    subject="opplan.exempelsjukhuset.se",
    hsa_id="SE2321000016-OP1",
    issuer=_REAL,
    chain=(_REAL, "SITHS e-id Root CA v2"),
    serial="5F3A20B7C4D1",
    fingerprint="ab" * 32,
    valid_from="2025-10-01T00:00:00+00:00",
    valid_to="2027-10-01T00:00:00+00:00",
    days_left=312,
    test_certificate=False,
    entrances=("stage", "production"),
    problems=(),
    place="Secret Service",
    id="good",
    organisation="Exempelsjukhuset AB",
    names=("opplan.exempelsjukhuset.se",),
    key="RSA 4096",
    usages=("digitalSignature", "keyEncipherment", "serverAuth", "clientAuth"),
    policies=("2.23.140.1.2.2", "1.2.752.74.8.505"),
    generation=_REAL,
    working_days_left=212,
    revocation_lists=("http://crl1.siths.se/sithseidfunctioncav1.crl",),
    pairings=REAL_PAIRINGS,
    authority=authority(_REAL, test=False),
)
EXPIRING = replace(
    GOOD,
    id="expiring",
    valid_to="2027-01-10T00:00:00+00:00",
    days_left=49,
    working_days_left=32,
    fingerprint="cd" * 32,
    problems=(Problem("certificate-expires-soon", (("days", "49"),)),),
)
EXPIRED = replace(
    GOOD,
    id="expired",
    hsa_id="SE2321000016-OLD",
    valid_to="2026-11-01T00:00:00+00:00",
    days_left=-21,
    working_days_left=0,
    problems=(Problem("certificate-expired", (("date", "2026-11-01"),)),),
    pairings=tuple(
        PairingView(one, opens=False, code="pairing-expired", values=(("date", "2026-11-01"),))
        for one in ("local", "teststage", "stage", "production")
    ),
)
TEST = replace(
    GOOD,
    id="test",
    subject="test.exempelsjukhuset.se",
    hsa_id="TSTNMT2321000156-B02",
    issuer=_TEST,
    chain=(_TEST, "TEST SITHS e-id Root CA v2"),
    fingerprint="ef" * 32,
    test_certificate=True,
    entrances=("teststage",),
    generation=_TEST,
    problems=(Problem("certificate-hsa-unusual", (("hsa_id", "TSTNMT2321000156-B02"),)),),
    pairings=TEST_PAIRINGS,
    authority=authority(_TEST, test=True),
)
TOKEN = replace(
    GOOD,
    id="token",
    hsa_id="SE2321000016-KORT",
    fingerprint="12" * 32,
    key_place="token",
    needs_pin=True,
)
STRANGER = replace(
    GOOD,
    id="stranger",
    hsa_id="",
    subject="klient.lab.test",
    issuer="Labbets CA",
    chain=(),
    generation="",
    revocation_lists=(),
    authority=None,
    problems=(
        Problem("certificate-hsa-missing"),
        Problem("certificate-chain-short", (("issuer", "Labbets CA"),)),
    ),
)
ORDER = OrderView(
    id="order-1",
    form=OrderForm(
        organisation="Exempelsjukhuset AB",
        common_name="opplan.exempelsjukhuset.se",
        names=("spor.exempelsjukhuset.se",),
        hsa_id="SE2321000016-OP1",
        locality="Uppsala",
        renews="expiring",
    ),
    made="2026-11-20T09:00:00+00:00",
    request="-----BEGIN CERTIFICATE REQUEST-----\nMIIC…\n-----END CERTIFICATE REQUEST-----\n",
    fingerprint="9a" * 32,
)
FOUND = (
    TokenCertificate("token", "SPOR-kort", (("serial", "1"), ("id", "01")), TOKEN),
    TokenCertificate("token", "SPOR-kort", (("serial", "1"), ("id", "02")), EXPIRED),
)


def shelf(
    *certificates: CertificateView,
    orders: tuple[OrderView, ...] = (),
    chosen: tuple[tuple[str, str], ...] = (),
    keystore: KeystoreState = KeystoreState.READY,
) -> CertificateShelf:
    """Return a shelf with these on it."""
    return CertificateShelf(certificates, orders, chosen, KeystoreView(keystore), KINDS)


def everywhere(certificate: CertificateView) -> CertificateShelf:
    """Return a shelf with one certificate that is used at every entrance."""
    return shelf(certificate, chosen=tuple((kind, certificate.id) for kind, _name in KINDS))


IN_USE = (("stage", "good"), ("production", "good"))
EMPTY = shelf()
ONE = shelf(GOOD, chosen=IN_USE)
EXPIRES = shelf(EXPIRING, chosen=(("stage", "expiring"), ("production", "expiring")))
WRONG = shelf(TEST, chosen=(("teststage", "test"),))
RENEWED = shelf(GOOD, EXPIRING, chosen=(("stage", "expiring"), ("production", "expiring")))
FULL = shelf(GOOD, TEST, TOKEN, EXPIRED, orders=(ORDER,), chosen=(*IN_USE, ("teststage", "test")))
WAITING = shelf(EXPIRING, orders=(ORDER,), chosen=(("stage", "expiring"),))


def answers() -> dict[str, Any]:
    """Return what the deeds of the certificate page answer."""
    fixed: dict[str, Any] = {
        "order_certificate": ORDER,
        "save_request": None,
        "complete_order": RENEWED,
        "cancel_order": ONE,
        "check_revocation": RevocationView(
            "revocation-good", (("host", "crl1.siths.se"), ("until", "2026-11-29"))
        ),
        "token_certificates": FOUND,
        "use_token_certificate": shelf(TOKEN),
        "open_token": shelf(replace(TOKEN, needs_pin=False)),
        "unlock_keystore": shelf(GOOD, chosen=IN_USE, keystore=KeystoreState.TYPED),
        "start_passphrase": shelf(keystore=KeystoreState.TYPED),
    }
    return {name: (lambda *_args, value=value: value) for name, value in fixed.items()}
