"""How long work reports, and how it is told to stop or to wait."""

from typing import Protocol


class Progress(Protocol):
    """Told how far work has come; raises Cancelled when the user asked to stop, waits on pause."""

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Report `done` of `total`; `step` is a code for what is being done."""


def silent(done: int, total: int, step: str = "") -> None:
    """Report to nobody."""
