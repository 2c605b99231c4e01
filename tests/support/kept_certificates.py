"""Certificates in the files that people import them from."""

from dataclasses import replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.support import pki

PASSWORD = "lösen"


def package(folder: Path, issued: pki.Issued, tree: pki.Tree, name: str = "a") -> str:
    """Write a .p12 file with a certificate, its key and its issuers; return its path."""
    path = folder / f"{name}.p12"
    path.write_bytes(pki.packed(issued, tree.chain, PASSWORD))
    return str(path)


def trial_package(folder: Path, flaw: pki.Flaw = pki.Flaw.NONE) -> str:
    """Write a certificate of the TEST authority."""
    return package(folder, pki.leaf(flaw), pki.siths_test(), f"test-{flaw}")


def real_package(folder: Path) -> str:
    """Write a certificate of the authority that production knows."""
    return package(folder, pki.real_leaf(), pki.siths_real(), "real")


def answer_to(request: str, issuer: pki.Issued, wish: pki.Wish | None = None) -> x509.Certificate:
    """Return the certificate that an authority issues for a request (PEM)."""
    asked = x509.load_pem_x509_csr(request.encode())
    return pki.issue(issuer, replace(wish or pki.siths_wish(), key=_Public(asked))).certificate


def answer_file(folder: Path, certificate: x509.Certificate) -> str:
    """Write a certificate as it comes back, alone and in DER."""
    path = folder / f"{certificate.serial_number:x}.cer"
    path.write_bytes(certificate.public_bytes(Encoding.DER))
    return str(path)


class _Public:
    """The half of a key that a request shows."""

    def __init__(self, asked: x509.CertificateSigningRequest) -> None:
        self.public_key = asked.public_key
