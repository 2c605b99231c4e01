"""Files that are there whole or not at all, and a lock for one process at a time."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

OWNER_ONLY = 0o600

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
_HALF_WRITTEN = ".*.tmp"


def write_atomically(path: Path, data: bytes, *, durable: bool = True, mode: int = 0o666) -> None:
    """Put `data` in place of a file in one step, so that a crash leaves the old or the new one.

    `durable` waits until the disk has it; `mode` is that of a new file, before the user's mask.
    Raises OSError and leaves nothing behind when it fails.
    """
    temporary = path.with_name(f".{path.name[:80]}.{token_hex(4)}.tmp")
    try:
        with os.fdopen(os.open(temporary, _NEW, mode), "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if durable and os.name == "posix":
        _sync_folder(path.parent)


def is_there(path: Path) -> bool:
    """Whether a file or folder can be reached: not when its drive is gone or closed to us."""
    try:
        return path.exists()
    except OSError:  # other than that it is missing: a network that is down, a folder of others
        return False


def behind(path: Path) -> Path:
    """Return the file that a symbolic link stands for, the path itself where it is none."""
    try:
        return path.resolve(strict=True) if path.is_symlink() else path
    except (OSError, RuntimeError):  # it leads nowhere, or to itself
        return path


def remove_half_written(folder: Path) -> None:
    """Remove what killed writers have left in a folder that nobody else writes to just now."""
    for left in folder.glob(_HALF_WRITTEN):
        left.unlink(missing_ok=True)


@contextmanager
def alone(lock: Path, patience: float) -> Iterator[None]:
    """Let one process, and one thread of it, at a time into the block.

    Raises TimeoutError when another stays longer than `patience` seconds, OSError when the lock
    file cannot be used. SQLite's own lock works on every system and ends with the process.
    """
    with closing(_opened(lock, patience)) as connection:
        try:
            connection.execute("PRAGMA journal_mode = MEMORY")  # else it needs room on the disk
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise TimeoutError from None
            raise OSError(str(error)) from None
        yield


def _opened(lock: Path, patience: float) -> sqlite3.Connection:
    lock.touch(mode=OWNER_ONLY)
    try:
        return sqlite3.connect(lock, timeout=patience, isolation_level=None)
    except sqlite3.DatabaseError as error:
        raise OSError(str(error)) from None


def _sync_folder(folder: Path) -> None:
    """Make the folder's own entries durable, so that a pointer never precedes its file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
