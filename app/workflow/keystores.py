"""The place for secrets where the operating system has none: a passphrase that a person types."""

from collections.abc import Callable

from app.core.errors import KeystoreError
from app.core.progress import Progress, silent
from app.workflow.certificate_shelf import shelf_of
from app.workflow.certificate_views import CertificateShelf, KeystoreState
from app.workflow.desk import Desk

UNLOCKING = "keystore-unlocking"  # a step


def unlock_keystore(desk: Desk, passphrase: str, progress: Progress = silent) -> CertificateShelf:
    """Open the place for secrets for this run; the system's own asks for itself."""
    progress(0, 1, UNLOCKING)
    _deed_of(desk, "unlock")(passphrase)
    return shelf_of(desk)


def start_passphrase(desk: Desk, passphrase: str, progress: Progress = silent) -> CertificateShelf:
    """Make a place for secrets of this program's own, where the operating system has none."""
    progress(0, 1, UNLOCKING)
    _deed_of(desk, "create")(passphrase)
    return shelf_of(desk)


def asks_passphrase(desk: Desk) -> bool:
    """Whether the secrets lie behind a passphrase that was not typed yet; a cheap question."""
    from app.keystore.places import VAULT

    state = getattr(desk.secrets, "state", None)
    if state is None or not (desk.data / VAULT).is_file():
        return False
    return KeystoreState(state().state) is KeystoreState.ASKS


def lies_behind_passphrase(desk: Desk) -> bool:
    """Whether the secrets lie behind a passphrase, so that other processes do not find them."""
    from app.keystore.places import VAULT

    return (desk.data / VAULT).is_file()


def _deed_of(desk: Desk, name: str) -> Callable[[str], None]:
    """Return what the place for secrets does with a passphrase; the demo's memory takes none."""
    deed: Callable[[str], None] | None = getattr(desk.secrets, name, None)
    if deed is None:
        raise KeystoreError("passphrase-not-needed", place=desk.secrets.place)
    return deed
