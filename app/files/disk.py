"""Whole files in and out: what can go wrong with a file said by code, nothing half-written."""

import os
from pathlib import Path
from secrets import token_hex

from app.core.errors import ExportError

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def read_bytes(path: Path) -> bytes:
    """Return a file's content; raises ExportError when it is missing, locked, empty or a folder."""
    try:
        if path.is_dir():
            raise ExportError("file-folder", name=path.name)
        data = path.read_bytes()
    except FileNotFoundError:
        raise ExportError("file-missing", name=path.name) from None
    except PermissionError:
        raise ExportError("file-locked", name=path.name) from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ExportError("file-unreadable", name=path.name, reason=reason) from None
    if not data.strip():
        raise ExportError("file-empty", name=path.name)
    return data


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
