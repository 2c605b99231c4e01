"""Whole files in and out: what can go wrong with a file said by code, nothing half-written."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.core.errors import ExportError
from app.disk import write_atomically

__all__ = ["failure", "read_bytes", "telling", "write_atomically"]

# What a network drive says when it is no longer there.
_GONE = {
    errno.EIO,
    errno.ESTALE,
    errno.ENODEV,
    errno.ENXIO,
    errno.ENOTCONN,
    errno.ETIMEDOUT,
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.ENETRESET,
    errno.ECONNRESET,
}
_GONE_ON_WINDOWS = {53, 54, 55, 59, 64, 67, 121, 1231}  # the same, in its own numbers


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Say by code what is wrong with a file that is read inside."""
    try:
        if path.is_dir():
            raise ExportError("file-folder", name=path.name)
        if path.exists() and not path.is_file():  # reading a pipe or a device may never end
            raise ExportError("file-special", name=path.name)
        yield
    except OSError as problem:
        raise failure(problem, path.name) from None


def failure(problem: OSError, name: str) -> ExportError:
    """Return what is wrong with a file as an error of ours."""
    if isinstance(problem, FileNotFoundError):
        return ExportError("file-missing", name=name)
    if isinstance(problem, PermissionError):
        return ExportError("file-locked", name=name)
    reason = problem.strerror or type(problem).__name__
    gone = problem.errno in _GONE or getattr(problem, "winerror", 0) in _GONE_ON_WINDOWS
    return ExportError("file-gone" if gone else "file-unreadable", name=name, reason=reason)


def read_bytes(path: Path) -> bytes:
    """Return a file's content; raises ExportError when it is missing, locked, empty or a folder."""
    with telling(path):
        data = path.read_bytes()
    if not data.strip():
        raise ExportError("file-empty", name=path.name)
    return data
