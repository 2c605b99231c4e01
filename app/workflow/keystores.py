"""The place for secrets where the operating system has none: a passphrase that a person types."""

from app.core.errors import KeystoreError
from app.core.progress import Progress, silent
from app.workflow.certificate_views import CertificateShelf
from app.workflow.desk import Desk


def unlock_keystore(
    _desk: Desk, _passphrase: str, _progress: Progress = silent
) -> CertificateShelf:
    """Open the place for secrets of this program with the passphrase it was made with."""
    raise KeystoreError("keystore-missing")


def start_passphrase(
    _desk: Desk, _passphrase: str, _progress: Progress = silent
) -> CertificateShelf:
    """Make a place for secrets of this program's own, where the operating system has none."""
    raise KeystoreError("keystore-missing")
