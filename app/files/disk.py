"""Whole files in and out: what can go wrong with a file said by code, nothing half-written."""

from pathlib import Path

from app.core.errors import ExportError
from app.disk import write_atomically

__all__ = ["read_bytes", "write_atomically"]


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
