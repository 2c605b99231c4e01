"""Going to a page, and to something on it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what to show there, such as a case or a cause."""

    page: str
    target: Mapping[str, str] = field(default_factory=dict)


class Navigator(QObject):
    """Lets a page send the user to another without knowing it."""

    requested = Signal(Place)

    def go(self, page: str, **target: str) -> None:
        """Show a page, and there what the target says."""
        self.requested.emit(Place(page, target))
