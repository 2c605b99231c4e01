"""A tuple that knows how often it was gone through: what is done once must not be done per row."""

from collections.abc import Iterator
from typing import Any


class Walked(tuple[Any, ...]):
    """Counts its walks."""

    walks = 0

    def __iter__(self) -> Iterator[Any]:
        self.walks += 1
        return super().__iter__()
