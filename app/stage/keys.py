"""Everything secret in the stage's folder is derived from one passphrase; none of it is stored."""

from base64 import urlsafe_b64encode

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def derive(passphrase: str, purpose: str) -> bytes:
    """Return the 32 secret bytes for one purpose; the passphrase itself is random."""
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"stage {purpose}".encode())
    return key.derive(passphrase.encode())


def derive_password(passphrase: str, purpose: str) -> str:
    """Return the secret for one purpose as text that a person can copy."""
    return urlsafe_b64encode(derive(passphrase, purpose)).decode().rstrip("=")
