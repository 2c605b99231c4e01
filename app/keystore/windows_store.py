"""Certificates in the Windows certificate store, whose keys Windows keeps to itself.

Written by the documented interface of `sslcontext` (CNG). It was never run on Windows by us: the
tests go through a stand-in for the store, so what Windows itself answers is not proved.
"""

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING

from cryptography import x509

from app.core.errors import CertificateError
from app.keystore.chain import Chain, fingerprint
from app.keystore.elsewhere import WINDOWS, Found, Reference
from app.keystore.signing import certificates_of, close, give, require_own, told

if TYPE_CHECKING:
    from sslcontext import Signer
    from sslcontext.backends import Backend

    Opening = Callable[[str, str], Backend]  # of a location, with a PIN or ""

STORES = {"current_user": "CurrentUser\\MY", "local_machine": "LocalMachine\\MY"}


def open_store(location: str, pin: str) -> "Backend":
    """Return the personal certificates of the user or of the computer.

    Without a PIN Windows asks by itself, in its own window, when the key wants one.
    """
    from sslcontext import KEYSTORE_PROMPT
    from sslcontext.backends import CNGBackend

    store: Backend = CNGBackend("MY", location, pin=pin or KEYSTORE_PROMPT)
    return store


def find_store_certificates(open_store: "Opening" = open_store) -> tuple[Found, ...]:
    """Return the certificates with a key in the user's and in the computer's store."""
    found: list[Found] = []
    refused: list[CertificateError] = []
    for location in STORES:
        try:
            found += _found_in(location, open_store)
        except CertificateError as error:  # one store may be closed to the user: show the other
            refused.append(error)
    if not found:
        raise refused[0] if refused else CertificateError("certificate-store-empty")
    return tuple(found)


def load_store(
    context: ssl.SSLContext,
    reference: Reference,
    certificate: x509.Certificate,
    chain: Chain,
    pin: str = "",
    open_store: "Opening" = open_store,
) -> None:
    """Give a TLS context the certificate and the use of its key in the store."""
    signer = _proved(reference, certificate, pin, open_store)
    with told(STORES[reference["location"]]):
        give(context, signer, certificate, chain)


def require_store_key(
    reference: Reference,
    certificate: x509.Certificate,
    pin: str = "",
    open_store: "Opening" = open_store,
) -> None:
    """Raise unless the store signs with the certificate's own key."""
    close(_proved(reference, certificate, pin, open_store))


def _found_in(location: str, open_store: "Opening") -> list[Found]:
    store = STORES[location]
    with told(store):
        identities = list(open_store(location, "").identities())
    found = []
    for identity in identities:
        read = certificates_of(identity)
        if read is not None:
            reference = {"location": location, "fingerprint": fingerprint(read[0])}
            found.append(Found(WINDOWS, store, reference, *read))
    return found


def _proved(
    reference: Reference, certificate: x509.Certificate, pin: str, open_store: "Opening"
) -> "Signer":
    """Return the signer of the key, once it has signed something of ours."""
    location = reference["location"]
    with told(STORES[location]):
        backend = open_store(location, pin)
        found = backend.find_identity(thumbprint=reference["fingerprint"], valid=False)
        require_own(found.signer, certificate)
    return found.signer
