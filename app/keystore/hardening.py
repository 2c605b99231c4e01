"""What keeps keys from leaking beside the encrypted file: folder rights, and no core dumps."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from app.core.errors import CertificateError

OWNER, OTHERS_MAY_WRITE = 0o700, 0o022
FILE_RIGHTS = 0o600


def forbid_core_dumps() -> None:
    """Let no crash write this process, and with it a key, to the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_folder(folder: Path) -> None:
    """Close the program's own data folder to everybody else, where it is ours to close."""
    if sys.platform != "win32" and folder.stat().st_uid == os.geteuid():
        with suppress(OSError):  # a file system without rights
            _close(folder, OWNER)


def close_file(path: Path) -> None:
    """Close a file of secrets to everybody else, where it is ours to close."""
    if sys.platform != "win32":
        with suppress(OSError):
            _close(path, FILE_RIGHTS)


def secure_folder(folder: Path) -> None:
    """Close a folder of keys to everybody else.

    One that others could write to, or that is another user's, is refused: what lies in it may not
    be ours. Windows guards the user's own folders itself.
    """
    if sys.platform == "win32" or not folder.is_dir():
        return
    state = folder.stat()
    if state.st_uid != os.geteuid():
        raise CertificateError("certificate-folder-foreign", folder=folder)
    if state.st_mode & OTHERS_MAY_WRITE:
        raise CertificateError("certificate-folder-writable", folder=folder)
    try:
        _close(folder, OWNER)
        for path in folder.iterdir():
            if path.is_file() and not path.is_symlink():
                _close(path, FILE_RIGHTS)
    except OSError:
        raise CertificateError("certificate-folder-open", folder=folder) from None


def _close(path: Path, rights: int) -> None:
    try:
        if path.stat().st_mode & 0o777 != rights:
            path.chmod(rights)
    except FileNotFoundError:
        return  # another process has removed it just now
