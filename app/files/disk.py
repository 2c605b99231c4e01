"""Whole files in and out: what can go wrong with a file said by code, nothing half-written."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.core.errors import ExportError


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


def write_atomically(path: Path, data: bytes, durable: bool = True) -> None:
    """Put `data` in place of a file in one step, so that a crash leaves the old or the new one.

    `durable` waits until the disk has it; raises OSError and leaves nothing behind when it fails.
    """
    with NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name[:40]}.", suffix=".tmp", delete=False
    ) as file:
        temporary = Path(file.name)
        try:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        except BaseException:
            file.close()
            temporary.unlink(missing_ok=True)
            raise
    try:
        _keep_mode(path, temporary)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _keep_mode(path: Path, temporary: Path) -> None:
    """Give the new file the permissions of the one it replaces, or what a new file would have."""
    if os.name == "nt":
        return
    try:
        mode = path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    temporary.chmod(mode)
