"""What every view of a case is: filled when it is looked at, and something in it is pointed at."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.mapping import Link
from app.core.register import Profile
from app.gui.cases.one.pointed import NOTHING, Pointed
from app.workflow.views import CaseDetail

LinkOf = Callable[[str], Link | None]


def no_link(_variable: str) -> Link | None:
    """Know of no links: there is no project beside the case."""
    return None


class CaseTab(QWidget):
    """One view of a case."""

    pointed_changed = Signal()
    place_wanted = Signal(object)  # a Pointed to see in the document

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.profile = profile
        self.detail: CaseDetail | None = None
        self.link_of: LinkOf = no_link
        self._is_stale = True

    def take_case(self, detail: CaseDetail | None) -> None:
        """Have another case to show; it is shown when somebody looks."""
        names_somebody = self.detail is not None and self.detail.revealed
        self.detail = detail
        self._is_stale = True
        if self.isVisible():
            self.catch_up()
        elif names_somebody:
            self.fill(None)  # nothing of it stays behind

    def catch_up(self) -> None:
        """Show the case, if it is not shown yet."""
        if self._is_stale:
            self._is_stale = False
            self.fill(self.detail)
            self.pointed_changed.emit()

    def fill(self, detail: CaseDetail | None) -> None:
        """Show a case, None for none."""

    def pointed(self) -> Pointed:
        """Return what is pointed at."""
        return NOTHING

    def lists(self) -> tuple[QWidget, ...]:
        """Return the parts whose menu offers the ways from what is pointed at."""
        return ()
