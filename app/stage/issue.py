"""Issue certificates in the shape of SITHS function certificates, under a CA that says TEST."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

HSA_ID = "SE0000000000-TST1"  # an organisation number that no organisation can have
KEY_BITS = 3072
AUTHORITY_LASTS = timedelta(days=3650)
CERTIFICATE_LASTS = timedelta(days=730)  # as function certificates do


@dataclass(frozen=True, slots=True)
class Issued:
    """A private key and the certificate that belongs to it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate


def authority() -> Issued:
    """Make a CA that may only sign certificates for servers and clients."""
    key = _new_key()
    subject = _name("TEST Lokal stage Function CA v1")
    builder = _builder(subject, subject, key, AUTHORITY_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return Issued(key, builder.sign(key, SHA512()))


def server(signer: Issued) -> Issued:
    """Issue the certificate that the stage shows on loopback."""
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return _leaf(signer, _name("localhost"), names, (ExtendedKeyUsageOID.SERVER_AUTH,))


def client(signer: Issued) -> Issued:
    """Issue the function certificate that opens the stage."""
    subject = _name("testsjukhuset.example", HSA_ID)
    both = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)
    return _leaf(signer, subject, [x509.DNSName("testsjukhuset.example")], both)


def certificate_pem(certificate: x509.Certificate) -> bytes:
    """Return a certificate as PEM."""
    return certificate.public_bytes(serialization.Encoding.PEM)


def pem(issued: Issued, passphrase: str) -> bytes:
    """Return the encrypted key (PKCS#8) followed by its certificate."""
    key = issued.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(passphrase.encode()),
    )
    return key + certificate_pem(issued.certificate)


def _leaf(
    signer: Issued,
    subject: x509.Name,
    names: list[x509.GeneralName],
    purposes: tuple[x509.ObjectIdentifier, ...],
) -> Issued:
    key = _new_key()
    builder = _builder(subject, signer.certificate.subject, key, CERTIFICATE_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    authority_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())
    builder = builder.add_extension(authority_key, critical=False)
    return Issued(key, builder.sign(signer.key, SHA512()))


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _name(common_name: str, serial_number: str = "") -> x509.Name:
    """Return a name with the attributes, and in the order, that SITHS uses."""
    parts = [
        (NameOID.COUNTRY_NAME, "SE"),
        (NameOID.LOCALITY_NAME, "Teststad"),
        (NameOID.ORGANIZATION_NAME, "Testregionen (lokal stage)"),
        (NameOID.COMMON_NAME, common_name),
        (NameOID.SERIAL_NUMBER, serial_number),
    ]
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts if text])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, lasts: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(hours=1),  # clocks differ
        not_valid_after=now + lasts,
    ).add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=not signs_certificates,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
