"""The place for secrets where the operating system has none: a passphrase that a person types."""

from app.core.errors import KeystoreError
from app.core.progress import Progress, silent
from app.workflow.certificate_shelf import shelf_of
from app.workflow.certificate_views import CertificateShelf, KeystoreState
from app.workflow.desk import Desk
from app.workflow.ports import PassphrasePlace

UNLOCKING = "keystore-unlocking"  # a step


def unlock_keystore(desk: Desk, passphrase: str, progress: Progress = silent) -> CertificateShelf:
    """Open the place for secrets for this run; the system's own asks for itself."""
    progress(0, 1, UNLOCKING)
    _place_of(desk).unlock(passphrase)
    return shelf_of(desk)


def start_passphrase(desk: Desk, passphrase: str, progress: Progress = silent) -> CertificateShelf:
    """Make a place for secrets of this program's own, where the operating system has none."""
    progress(0, 1, UNLOCKING)
    _place_of(desk).create(passphrase)
    return shelf_of(desk)


def asks_passphrase(desk: Desk) -> bool:
    """Whether the secrets lie behind a passphrase that was not typed yet; a cheap question."""
    stands = desk.secrets.state() if lies_behind_passphrase(desk) else None
    return stands is not None and stands.state == KeystoreState.ASKS.value


def lies_behind_passphrase(desk: Desk) -> bool:
    """Whether the secrets lie behind a passphrase, so that other processes do not find them."""
    from app.keystore.places import VAULT

    return (desk.data / VAULT).is_file()


def _place_of(desk: Desk) -> PassphrasePlace:
    """Return the place for secrets; one that lasts for this run only takes no passphrase."""
    if not isinstance(desk.secrets, PassphrasePlace):
        raise KeystoreError("passphrase-not-needed", place=desk.secrets.place)
    return desk.secrets
