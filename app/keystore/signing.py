"""Keys that sign where they lie: tried with a signature of ours, then given to a TLS context."""

import errno
import secrets
import ssl
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.core.errors import CertificateError, KeystoreError
from app.keystore.certificate import Chain

if TYPE_CHECKING:
    from sslcontext import Identity, Signer

# What C_Login, C_Sign and the rest answer, by their numbers in PKCS#11.
TOKEN_SAYS = {
    0x30: "certificate-token-gone",  # CKR_DEVICE_ERROR
    0x32: "certificate-token-gone",  # CKR_DEVICE_REMOVED
    0xA0: "certificate-pin-wrong",  # CKR_PIN_INCORRECT
    0xA1: "certificate-pin-wrong",  # CKR_PIN_INVALID
    0xA2: "certificate-pin-wrong",  # CKR_PIN_LEN_RANGE
    0xA4: "certificate-pin-locked",  # CKR_PIN_LOCKED
    0xE0: "certificate-token-gone",  # CKR_TOKEN_NOT_PRESENT
    0xE1: "certificate-token-gone",  # CKR_TOKEN_NOT_RECOGNIZED
}
# What the library says by itself, before or without a call of the token.
LIBRARY_SAYS: dict[int | None, str] = {
    errno.ENODEV: "certificate-token-gone",
    errno.EACCES: "certificate-pin-needed",
    errno.ENOENT: "certificate-token-key-gone",
    # What Windows answers, by its own numbers; from its documentation, not seen by us.
    0x80090016: "certificate-token-key-gone",  # NTE_BAD_KEYSET
    0x8010000C: "certificate-token-gone",  # SCARD_E_NO_SMARTCARD
    0x80100069: "certificate-token-gone",  # SCARD_W_REMOVED_CARD
    0x8010006B: "certificate-pin-wrong",  # SCARD_W_WRONG_CHV
    0x8010006C: "certificate-pin-locked",  # SCARD_W_CHV_BLOCKED
    0x8010006E: "certificate-pin-needed",  # SCARD_W_CANCELLED_BY_USER
}
DIGEST_SIZE = SHA256.digest_size


def give(
    context: ssl.SSLContext, signer: "Signer", certificate: x509.Certificate, chain: Chain
) -> None:
    """Let the context answer for the certificate; the key's session ends with the context."""
    import sslcontext

    issuers = tuple(one.public_bytes(Encoding.DER) for one in chain if one.issuer != one.subject)
    own = sslcontext.Identity(certificate.public_bytes(Encoding.DER), signer, issuers)
    weakref.finalize(context, close, signer)
    sslcontext.load_identity(context, own)


def close(signer: "Signer") -> None:
    """End the signer's session where it holds one; hardware has few."""
    end = getattr(signer, "close", None)
    if end is not None:
        end()


def require_own(signer: "Signer", certificate: x509.Certificate) -> None:
    """Raise unless the signer holds the certificate's own key: it signs, and we verify."""
    try:
        _sign_something(signer, certificate)
    except InvalidSignature:
        close(signer)
        raise CertificateError("certificate-key-mismatch") from None
    except BaseException:
        close(signer)
        raise


def _sign_something(signer: "Signer", certificate: x509.Certificate) -> None:
    from sslcontext import Padding

    digest = secrets.token_bytes(DIGEST_SIZE)
    public = certificate.public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        signature = signer.sign(digest, hash="sha256")
        public.verify(signature, digest, ec.ECDSA(utils.Prehashed(SHA256())))
    elif isinstance(public, rsa.RSAPublicKey):
        signature = signer.sign(digest, hash="sha256", padding=Padding.PKCS1V15)
        public.verify(signature, digest, padding.PKCS1v15(), utils.Prehashed(SHA256()))
    else:
        raise CertificateError("certificate-key-kind")


def certificates_of(identity: "Identity") -> tuple[x509.Certificate, Chain] | None:
    """Return the certificate and its issuers, None when it is an authority's or cannot be read."""
    try:
        own = x509.load_der_x509_certificate(identity.certificate)
        chain = tuple(x509.load_der_x509_certificate(one) for one in identity.chain)
        limits = own.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return own, chain
    except (ValueError, x509.DuplicateExtension):
        return None
    return None if limits.ca else (own, chain)


@contextmanager
def told(label: str) -> Iterator[None]:
    """Raise what the place of a key refuses as one of our codes; its own text may name anything."""
    from sslcontext import IdentityNotFoundError, SSLContextError

    try:
        yield
    except IdentityNotFoundError:
        raise CertificateError("certificate-token-certificate-gone", token=label) from None
    except SSLContextError as error:
        raise _as_our_error(error, label) from None


def _as_our_error(error: Exception, label: str) -> CertificateError | KeystoreError:
    """Return our code for a refusal: a PKCS#11 return value, or the errno of the library itself."""
    answer, number = getattr(error, "rv", None), getattr(error, "errno", None)
    if answer is None and number == errno.ENOSYS:
        return KeystoreError("keystore-windows-only")
    code = TOKEN_SAYS.get(answer) if answer is not None else LIBRARY_SAYS.get(number)
    if code is not None:
        return CertificateError(code, token=label)
    what = f"0x{number & 0xFFFFFFFF:X}" if isinstance(number, int) else type(error).__name__
    return CertificateError("certificate-token-failed", token=label, said=what)
