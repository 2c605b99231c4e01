"""Reading what is kept: certificates and orders, by the notes about them."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding

from app.core.authority import TrustFacts
from app.core.clock import Clock
from app.core.errors import CertificateError
from app.keystore.certificate import Chain, describe, ordered_chain
from app.keystore.changes import KEY, REQUEST
from app.keystore.elsewhere import Pins
from app.keystore.identity import FILE, Identity, Secrets, secret_of
from app.keystore.notes import ORDER, Note, Notes
from app.keystore.orders import Order, require_key_of, split_key


@dataclass(frozen=True)
class Opener:
    """Opens the certificates and orders of a folder; no key is decrypted for it."""

    folder: Path
    secrets: Secrets
    clock: Clock
    trust: TrustFacts | None
    pins: Pins

    def every(self, notes: Notes) -> tuple[tuple[Identity, ...], tuple[tuple[str, str], ...]]:
        """Return the certificates that open, and id and code of all that does not."""
        opened, damaged = [], list(notes.damaged)
        for note in notes.every:
            try:
                if note.what == ORDER:
                    self.order(note)
                else:
                    opened.append(self.identity(note))
            except CertificateError as error:
                damaged.append((note.id, error.code))
        return tuple(opened), tuple(damaged)

    def orders(self, notes: Notes) -> tuple[Order, ...]:
        """Return the orders that open."""
        orders = []
        for note in notes.of(ORDER):
            with suppress(CertificateError):
                orders.append(self.order(note))
        return tuple(orders)

    def identity(self, note: Note) -> Identity:
        """Return a certificate."""
        pem = self.folder / (note.id + KEY)
        content = content_of(pem) if note.key_place == FILE else note.certificates.encode()
        certificate, chain = certificates_in(content)
        return Identity(
            id=note.id,
            pem=pem,
            facts=describe(certificate, chain, self.clock(), self.trust),
            place=note.place,
            made=note.made,
            certificate=certificate,
            chain=chain,
            secrets=self.secrets,
            pins=self.pins,
            key_place=note.key_place,
            reference=note.reference,
            meta=note.meta,
        )

    def order(self, note: Note) -> Order:
        """Return an order."""
        _key, request = split_key(content_of(self.folder / (note.id + REQUEST)))
        return Order(note.id, note.made, _text_of(request), note.fingerprint, note.meta)

    def proved_key(self, order: Note) -> bytes:
        """Return an order's encrypted key once its passphrase has opened it."""
        key, _request = split_key(content_of(self.folder / (order.id + REQUEST)))
        passphrase = self.secrets.read(secret_of(order.id))
        if passphrase is None:
            raise CertificateError("certificate-order-passphrase-missing", place=order.place)
        require_key_of(key, passphrase, order.fingerprint)
        return key


def _text_of(request: bytes) -> str:
    """Return a request (PKCS#10) as PEM; raise when it is damaged."""
    try:
        text = request.decode("ascii")
        if x509.load_pem_x509_csr(request).is_signature_valid:
            return text
    except (ValueError, UnsupportedAlgorithm):
        pass
    raise CertificateError("certificate-key-unreadable")


def content_of(path: Path) -> bytes:
    """Return what a file of ours holds."""
    try:
        return path.read_bytes()
    except OSError:
        raise CertificateError("certificate-file-missing", name=path.name) from None


def certificates_in(content: bytes) -> tuple[x509.Certificate, Chain]:
    """Return the certificate of a PEM file and its issuers."""
    try:
        certificate, *chain = x509.load_pem_x509_certificates(content)
    except ValueError:
        raise CertificateError("certificate-key-unreadable") from None
    return certificate, tuple(chain)


def pems(certificate: x509.Certificate, chain: Chain) -> bytes:
    """Return the certificate and its proved issuers as PEM."""
    every = (certificate, *ordered_chain(certificate, chain))
    return b"".join(one.public_bytes(Encoding.PEM) for one in every)
