"""What the case list shows right now: one filter that the bar, the chips and the views share."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.gui.cases.list.facets import turned
from app.workflow.views import CaseFilter

_CAUSE = {"cause": "", "variable": "", "table": "", "column": "", "value": ""}


class CaseQuery(QObject):
    """Holds the filter with its order; says when it is another."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = CaseFilter()

    def show(self, wanted: CaseFilter) -> None:
        """Want another filter, in the order that the list has."""
        self._take(replace(wanted, sort=self.wanted.sort, descending=self.wanted.descending))

    def change(self, **fields: Any) -> None:
        """Change some fields of the filter."""
        self._take(replace(self.wanted, **fields))

    def turn(self, facet: str, value: str) -> None:
        """Turn one value of a facet on or off."""
        self._take(turned(self.wanted, facet, value))

    def clear(self) -> None:
        """Show every case."""
        self.show(CaseFilter())

    def clear_cause(self) -> None:
        """Show cases whatever their findings are."""
        self.change(**_CAUSE)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is filtered away."""
        return narrowing(self.wanted) != CaseFilter()

    def _take(self, wanted: CaseFilter) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.changed.emit()


def narrowing(wanted: CaseFilter) -> CaseFilter:
    """Return a filter without its order."""
    return replace(wanted, sort=CaseFilter().sort, descending=CaseFilter().descending)
