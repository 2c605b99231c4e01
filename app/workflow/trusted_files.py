"""Which CA files somebody has looked at and trusted on this computer.

A project can be mailed: by itself it decides nobody's trust, else whoever writes one could pass for
the register. A file that has changed since is looked at again.
"""

from hashlib import sha256
from pathlib import Path

from app.core.errors import GateClosed
from app.disk import OWNER_ONLY
from app.workflow.desk import Desk

FOLDER = "authorities"
MARK = ".trusted"
LARGEST = 16 << 20  # bytes that are read of a file


def read_whole(path: Path) -> bytes:
    """Return what a file holds, b"" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError:
        return b""


def approve(desk: Desk, content: bytes) -> None:
    """Remember that a file with this content is trusted on this computer."""
    mark = _mark(desk, content)
    try:
        mark.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark.touch(mode=OWNER_ONLY)
    except OSError:
        raise GateClosed("authorities-not-kept", name=mark.name) from None


def is_approved(desk: Desk, path: Path) -> bool:
    """Whether a file was trusted here as it is now; one that cannot be read is told as that."""
    content = read_whole(path)
    return not content or _mark(desk, content).exists()


def _mark(desk: Desk, content: bytes) -> Path:
    return desk.data / FOLDER / (sha256(content).hexdigest() + MARK)
