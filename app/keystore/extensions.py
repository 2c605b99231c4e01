"""What stands in a certificate's extensions: names, uses, policies, lists of revoked ones."""

from typing import TypeVar

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID

Extension = TypeVar("Extension", bound=x509.ExtensionType)

# The names of X.509 for the uses of a key, by those of the library.
_KEY_USES = {
    "digital_signature": "digitalSignature",
    "content_commitment": "nonRepudiation",
    "key_encipherment": "keyEncipherment",
    "data_encipherment": "dataEncipherment",
    "key_agreement": "keyAgreement",
    "key_cert_sign": "keyCertSign",
    "crl_sign": "cRLSign",
}
_EXTENDED_USES = {
    ExtendedKeyUsageOID.CLIENT_AUTH: "clientAuth",
    ExtendedKeyUsageOID.SERVER_AUTH: "serverAuth",
    ExtendedKeyUsageOID.EMAIL_PROTECTION: "emailProtection",
    ExtendedKeyUsageOID.CODE_SIGNING: "codeSigning",
    ExtendedKeyUsageOID.TIME_STAMPING: "timeStamping",
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE: "anyExtendedKeyUsage",
}
_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
_CLIENT_USES = {ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}


def identifies_client(certificate: x509.Certificate) -> bool:
    """Whether the certificate may identify a client; one that says nothing may."""
    key_use = _found(certificate, x509.KeyUsage)
    extended = _found(certificate, x509.ExtendedKeyUsage)
    signs = key_use is None or key_use.digital_signature
    return signs and (extended is None or not _CLIENT_USES.isdisjoint(extended))


def usages(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return what the key may be used for, by the names of X.509."""
    key_use = _found(certificate, x509.KeyUsage)
    extended = _found(certificate, x509.ExtendedKeyUsage)
    named = [name for field, name in _KEY_USES.items() if key_use and getattr(key_use, field)]
    return (*named, *(_EXTENDED_USES.get(one, one.dotted_string) for one in extended or ()))


def dns_names(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the DNS names that the certificate is issued to."""
    names = _found(certificate, x509.SubjectAlternativeName)
    return tuple(names.get_values_for_type(x509.DNSName)) if names else ()


def policies(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the object identifiers of the policies it was issued by."""
    found = _found(certificate, x509.CertificatePolicies)
    return tuple(one.policy_identifier.dotted_string for one in found or ())


def revocation_lists(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the addresses of the lists where it would stand if it were revoked."""
    points = _found(certificate, x509.CRLDistributionPoints)
    return tuple(
        place.value
        for point in points or ()
        for place in point.full_name or ()
        if isinstance(place, x509.UniformResourceIdentifier)
    )


def key_name(certificate: x509.Certificate) -> str:
    """Return the kind and size of the key, such as "RSA 4096"."""
    key = certificate.public_key()
    if isinstance(key, RSAPublicKey):
        return f"RSA {key.key_size}"
    if isinstance(key, EllipticCurvePublicKey):
        return f"EC {_CURVES.get(key.curve.name, key.curve.name)}"
    return type(key).__name__.removesuffix("PublicKey")


def _found(certificate: x509.Certificate, kind: type[Extension]) -> Extension | None:
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None
