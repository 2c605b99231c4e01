"""Changing the folder of kept certificates so that a crash at any moment does no harm.

A new key: mark its id, secret into the keystore, file, note. Only the note makes it count. What is
forgotten goes the other way: note, file, secret, mark. Whatever was interrupted is found by its
mark, or by a file that no note speaks of, and cleaned away later.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app.core.errors import CertificateError, KeystoreError
from app.disk import OWNER_ONLY, alone, remove_half_written, write_atomically
from app.keystore.hardening import secure_folder
from app.keystore.identity import Secrets, secret_of
from app.keystore.notes import (
    CERTIFICATE,
    DAMAGED,
    ORDER,
    Notes,
    drop_replaced,
    is_id,
    note_path,
    read_notes,
)

KEY, REQUEST, MARK = ".pem", ".request", ".new"
FILE_OF = {CERTIFICATE: KEY, ORDER: REQUEST}
FIRST_POINTER = "active.json"  # of the program's first form, which kept one certificate
PATIENCE = 30.0  # seconds to wait while another process changes something

# Whatever these codes are told for, the keystore surely took nothing.
NOT_TAKEN = {"keystore-missing", "keystore-refused", "passphrase-needed", "secret-too-long"}


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Change the folder while no other process does; what the disk refuses is told."""
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(folder.with_suffix(".lock"), PATIENCE):
            folder.mkdir(mode=0o700, exist_ok=True)
            secure_folder(folder)
            drop_replaced(folder)
            yield
    except TimeoutError:
        raise CertificateError("certificate-busy") from None
    except OSError:
        raise CertificateError("certificate-not-kept") from None


def keep_secret(folder: Path, key_id: str, secrets: Secrets, passphrase: str) -> None:
    """Mark a new key and give the keystore its passphrase."""
    mark = folder / (key_id + MARK)
    keep(mark, b"")
    try:
        secrets.write(secret_of(key_id), passphrase)
    except KeystoreError as error:
        if error.code in NOT_TAKEN:
            mark.unlink(missing_ok=True)
        raise


def keep(path: Path, content: bytes) -> None:
    """Write a file for the owner only, in one step."""
    write_atomically(path, content, mode=OWNER_ONLY)


def forget(folder: Path, key_id: str, secrets: Secrets) -> None:
    """Forget a key: from its note on it is gone; a keystore that fails is asked again later."""
    mark = folder / (key_id + MARK)
    with suppress(OSError):  # a full disk must not keep a key
        keep(mark, b"")
    for path in (note_path(folder, key_id), folder / (key_id + KEY), folder / (key_id + REQUEST)):
        path.unlink(missing_ok=True)
    secrets.remove(secret_of(key_id))
    mark.unlink(missing_ok=True)


def has_leftovers(folder: Path) -> bool:
    """Whether there is something to clean; neither the keystore nor the lock is touched."""
    notes = read_notes(folder)
    return any(folder.glob(".*.tmp")) or any(_loose(folder, notes)) or any(_lost(folder, notes))


def clean(folder: Path, secrets: Secrets) -> None:
    """Remove what interrupted changes have left; the keystore is asked for each lost key."""
    notes = read_notes(folder)
    remove_half_written(folder)
    for path in list(_loose(folder, notes)):
        path.unlink(missing_ok=True)
    failure: KeystoreError | None = None
    for key_id in sorted(_lost(folder, notes)):
        try:
            forget(folder, key_id, secrets)
        except KeystoreError as error:  # its file is gone at least, and so are those of the others
            failure = error
    if failure is not None:
        raise failure


def _loose(folder: Path, notes: Notes) -> Iterator[Path]:
    """Yield the files beside the one that a note speaks of, such as the mark of a kept key."""
    for note in notes.every:
        for kind in {KEY, REQUEST, MARK} - {FILE_OF[note.what]}:
            path = folder / (note.id + kind)
            if path.exists():
                yield path


def _lost(folder: Path, notes: Notes) -> set[str]:
    """Return the ids of keys that no note speaks of, and of those that were replaced."""
    if (folder / FIRST_POINTER).exists():
        return set()  # what the program's first form has left is carried over first
    found = {path.stem for path in folder.iterdir() if is_id(path.stem)} if folder.is_dir() else ()
    damaged = {key_id for key_id, code in notes.damaged if code == DAMAGED}
    return set(found) - {note.id for note in notes.every} - damaged
