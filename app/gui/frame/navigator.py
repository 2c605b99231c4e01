"""Going to a page, and to something on it, and the way back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

_KEPT = 100  # places
_BETWEEN = "\x1f"  # XML has no place for it, so no case that can be sent has it in its number


@dataclass(frozen=True, slots=True)
class Place:
    """A page and what to show there, such as a case or a cause."""

    page: str
    target: Mapping[str, str] = field(default_factory=dict)


def joined(cases: Iterable[str]) -> str:
    """Return several cases as the one text of a place's target."""
    return _BETWEEN.join(cases)


def parted(text: str) -> tuple[str, ...]:
    """Return the cases that were joined."""
    return tuple(one for one in text.split(_BETWEEN) if one)


class Navigator(QObject):
    """Lets a page send the user to another without knowing it, and remembers the way.

    A page keeps what it shows while the user is elsewhere, so the way holds only the page; one
    where a link leads on to more of its own says what it shows with `stand` and goes by `follow`.
    """

    requested = Signal(Place)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._way: list[Place] = []
        self._here = -1

    def go(self, page: str, **target: str) -> None:
        """Show a page, and there what the target says."""
        self.requested.emit(Place(page, target))

    def follow(self, page: str, **target: str) -> None:
        """Go on from where the user stands, on the same page or another; back returns."""
        self._add(Place(page, target))
        self.requested.emit(Place(page, target))

    def note(self, page: str) -> None:
        """Remember that the user came to a page."""
        if self._here < 0 or self._way[self._here].page != page:
            self._add(Place(page))

    def stand(self, page: str, **target: str) -> None:
        """Remember what the page shows now, so that going back finds it again."""
        if self._here >= 0 and self._way[self._here].page == page:
            self._way[self._here] = Place(page, target)

    def back(self) -> None:
        """Go to where the user was before."""
        self._step(-1)

    def forward(self) -> None:
        """Go where the user came back from."""
        self._step(1)

    def _add(self, place: Place) -> None:
        if self._here < 0 or self._way[self._here] != place:
            self._way = [*self._way[: self._here + 1], place][-_KEPT:]
            self._here = len(self._way) - 1

    def _step(self, step: int) -> None:
        if 0 <= self._here + step < len(self._way):
            self._here += step
            self.requested.emit(self._way[self._here])
