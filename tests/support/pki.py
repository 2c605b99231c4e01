"""Authorities and certificates as SITHS has them, and with every fault they can have.

Keys of RSA are made once per test run; where the kind does not matter they are elliptic.
"""

import ssl
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

HSA_ID = "SE2321000016-A1B2"
TEST_HSA_ID = "TSTNMT2321000156-B02"  # as real TEST certificates have it
NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
CLIENT, SERVER = ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH

Moment = tuple[datetime, datetime]


@dataclass(frozen=True)
class Issued:
    """A certificate with its key."""

    key: Any
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[no-any-return]  # the key may be of any kind

    def locked_key(self, password: str) -> bytes:
        """Return the key as encrypted PEM."""
        lock = BestAvailableEncryption(password.encode())
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)  # type: ignore[no-any-return]  # the key may be of any kind


@cache
def elliptic_key(_number: int = 0) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key(bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


# --- authorities -------------------------------------------------------------------------------


def authority(
    name: str = "TEST SITHS e-id Root CA v2",
    parent: Issued | None = None,
    key: int = 1,
    valid: Moment = (NOW - 3650 * DAY, NOW + 3650 * DAY),
) -> Issued:
    """Make a CA of its own, or one under a parent."""
    own = elliptic_key(key)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = parent or Issued(own, None)  # type: ignore[arg-type]  # signs itself
    public = x509.SubjectKeyIdentifier.from_public_key
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(parent.certificate.subject if parent else subject)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(public(own.public_key()), critical=False)
        .add_extension(_key_of(issuer), critical=False)
    )
    return Issued(own, builder.sign(issuer.key, hashes.SHA256()))


def _key_of(issuer: Issued) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())


@dataclass(frozen=True)
class Tree:
    """A root, and the authority below it that issues function certificates."""

    root: Issued
    issuing: Issued

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """The issuing authority first, as it ought to be."""
        return self.issuing.certificate, self.root.certificate

    @property
    def pem(self) -> bytes:
        """Both certificates, as a CA file holds them."""
        return self.root.pem + self.issuing.pem


def tree(root: str, issuing: str, keys: tuple[int, int]) -> Tree:
    top = authority(root, key=keys[0])
    return Tree(top, authority(issuing, top, key=keys[1]))


@cache
def siths_test() -> Tree:
    """The TEST twin of today's SITHS authorities, by name."""
    return tree("TEST SITHS e-id Root CA v2", "TEST SITHS e-id Function CA v1", (21, 22))


@cache
def siths_real() -> Tree:
    """Today's SITHS authorities, by name."""
    return tree("SITHS e-id Root CA v2", "SITHS e-id Function CA v1", (23, 24))


@cache
def siths_old() -> Tree:
    """The authorities that the guide names."""
    return tree("SITHS Root CA v1", "SITHS Type 3 CA v1", (25, 26))


@cache
def siths_false() -> Tree:
    """Authorities with the names of the TEST twin and other keys."""
    return tree("TEST SITHS e-id Root CA v2", "TEST SITHS e-id Function CA v1", (27, 28))


@cache
def strangers() -> Tree:
    """Authorities that nobody knows."""
    return tree("Somebody's Root", "Somebody's CA", (29, 30))


@cache
def server_tree() -> Tree:
    """The authorities of the servers' certificates."""
    return tree("TEST Server Root", "TEST Server CA", (31, 32))


# --- certificates ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wish:
    """What a certificate should look like; "" leaves a part of the subject out."""

    name: str = "op.example.se"
    hsa_id: str | None = HSA_ID
    valid: Moment = (NOW - DAY, NOW + 400 * DAY)
    uses: tuple[Any, ...] = (CLIENT, SERVER)
    key: Any = field(default_factory=lambda: elliptic_key(2))
    loopback: bool = False
    organisation: str = ""
    locality: str = ""
    country: str = ""
    names: tuple[str, ...] = ()  # further DNS names
    policies: tuple[str, ...] = ()  # object identifiers
    revocation_list: str = ""  # its address
    serial: int = 0


def issue(issuer: Issued, wish: Wish | None = None) -> Issued:
    """Make a function certificate as wished."""
    wish = wish or Wish()
    usage = x509.KeyUsage(True, False, True, False, False, False, False, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject_of(wish))
        .issuer_name(issuer.certificate.subject)
        .public_key(wish.key.public_key())
        .serial_number(wish.serial or x509.random_serial_number())
        .not_valid_before(wish.valid[0])
        .not_valid_after(wish.valid[1])
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage(list(wish.uses)), critical=False)
        .add_extension(_alternatives(wish), critical=False)
        .add_extension(_key_of(issuer), critical=False)
    )
    for more in _extensions(wish):
        builder = builder.add_extension(more, critical=False)
    return Issued(wish.key, builder.sign(issuer.key, hashes.SHA256()))


def subject_of(wish: Wish) -> x509.Name:
    """Return the subject in the order that SITHS has it in."""
    parts = (
        (NameOID.COUNTRY_NAME, wish.country),
        (NameOID.LOCALITY_NAME, wish.locality),
        (NameOID.ORGANIZATION_NAME, wish.organisation),
        (NameOID.COMMON_NAME, wish.name),
        (NameOID.SERIAL_NUMBER, wish.hsa_id or ""),
    )
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in parts if value])


def _alternatives(wish: Wish) -> x509.SubjectAlternativeName:
    names: list[x509.GeneralName] = [x509.DNSName(one) for one in (wish.name, *wish.names)]
    if wish.loopback:
        names.append(x509.IPAddress(ip_address("127.0.0.1")))
    return x509.SubjectAlternativeName(names)


def _extensions(wish: Wish) -> list[Any]:
    found: list[Any] = []
    if wish.policies:
        policies = [x509.PolicyInformation(ObjectIdentifier(one), None) for one in wish.policies]
        found.append(x509.CertificatePolicies(policies))
    if wish.revocation_list:
        place = x509.UniformResourceIdentifier(wish.revocation_list)
        point = x509.DistributionPoint([place], None, None, None)
        found.append(x509.CRLDistributionPoints([point]))
    return found


def siths_wish(name: str = "op.example.se", hsa_id: str = HSA_ID) -> Wish:
    """Return the look of a real SITHS function certificate."""
    return Wish(
        name,
        hsa_id,
        organisation="Region Exempel",
        locality="Karlstad",
        country="SE",
        policies=("2.23.140.1.2.2", "1.2.752.74.8.505"),
        revocation_list="http://crl1pp.siths.se/testsithseidfunctioncav1.crl",
    )


class Flaw(StrEnum):
    """What can be wrong with a client certificate."""

    NONE = "none"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    EXPIRING = "expiring"  # 59 days left
    OTHER_CA = "other-ca"
    SAME_NAME = "same-name-other-key"
    SERVER_ONLY = "server-only"  # extended key usage
    SHORT_KEY = "short-key"
    NO_HSA_ID = "no-hsa-id"
    TEST_HSA_ID = "test-hsa-id"
    REVOKED = "revoked"  # by `revoked_list(siths_test().issuing, leaf(Flaw.REVOKED))`


_WISHES: dict[Flaw, dict[str, Any]] = {
    Flaw.EXPIRED: {"valid": (NOW - 400 * DAY, NOW - DAY)},
    Flaw.NOT_YET: {"valid": (NOW + DAY, NOW + 400 * DAY)},
    Flaw.EXPIRING: {"valid": (NOW - 300 * DAY, NOW + 59 * DAY + timedelta(hours=1))},
    Flaw.SERVER_ONLY: {"uses": (SERVER,)},
    Flaw.NO_HSA_ID: {"hsa_id": None},
    Flaw.TEST_HSA_ID: {"hsa_id": TEST_HSA_ID},
}
_TREES = {Flaw.OTHER_CA: strangers, Flaw.SAME_NAME: siths_false}


@cache
def leaf(flaw: Flaw = Flaw.NONE, kind: str = "ec") -> Issued:
    """Return a client certificate of TEST SITHS with one flaw; `kind` is "ec" or "rsa"."""
    key: Any = elliptic_key(2) if kind == "ec" else rsa_key()
    if flaw is Flaw.SHORT_KEY:
        key = rsa_key(1024)
    changes = _WISHES.get(flaw, {})
    wish = replace(siths_wish(), key=key, **changes)
    return issue(_TREES.get(flaw, siths_test)().issuing, wish)


@cache
def real_leaf() -> Issued:
    """Return a client certificate under the names of SITHS's production authorities."""
    return issue(siths_real().issuing, siths_wish("op.region.example.se"))


@cache
def server_leaf() -> Issued:
    """Return a good server certificate for localhost and 127.0.0.1."""
    return issue(server_tree().issuing, Wish("localhost", None, key=elliptic_key(5), loopback=True))


# --- files -------------------------------------------------------------------------------------


def packed(
    issued: Issued,
    chain: tuple[x509.Certificate, ...] = (),
    password: str = "lösen",
    encryption: KeySerializationEncryption | None = None,
) -> bytes:
    """Return a PKCS#12 file."""
    encryption = encryption or BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(
        b"funktion", issued.key, issued.certificate, list(chain), encryption
    )


def pems(certificates: tuple[x509.Certificate, ...]) -> bytes:
    """Return certificates as one PEM file."""
    return b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


@dataclass
class PlainIdentity:
    """A client identity straight from a file of the test."""

    pem: Path

    def load_into(self, context: ssl.SSLContext) -> None:
        context.load_cert_chain(self.pem)


def plain_identity(
    folder: Path, issued: Issued, chain: tuple[x509.Certificate, ...] = ()
) -> PlainIdentity:
    pem = folder / f"{issued.certificate.serial_number}-{len(chain)}.pem"
    pem.write_bytes(issued.key_pem + issued.pem + pems(chain))
    return PlainIdentity(pem)


# --- revocation lists --------------------------------------------------------------------------


def revoked_list(
    issuer: Issued,
    *revoked: Issued,
    valid: Moment = (NOW - DAY, NOW + 7 * DAY),
    signer: Issued | None = None,
) -> x509.CertificateRevocationList:
    """Return the issuer's list of what it has revoked, or one that another signed in its name."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(valid[0])
        .next_update(valid[1])
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(_key_of(issuer), critical=False)
    )
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
        reason = x509.CRLReason(x509.ReasonFlags.key_compromise)
        entry = entry.revocation_date(NOW - DAY / 2).add_extension(reason, critical=False)
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign((signer or issuer).key, hashes.SHA256())


def list_pem(*lists: x509.CertificateRevocationList) -> bytes:
    """Return revocation lists as one PEM file."""
    return b"".join(one.public_bytes(Encoding.PEM) for one in lists)
