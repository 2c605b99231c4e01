"""Värden: every value of the case, and the steps from the raw text to what is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.masked import masked_value, shown_values
from app.gui.cases.one.masked_table import MaskedTable
from app.gui.cases.one.pointed import NOTHING, Pointed, at_value
from app.gui.cases.one.stages import Stages
from app.gui.cases.one.tab import CaseTab
from app.gui.cases.one.wording import group_name, variable_name
from app.gui.widgets.parts import Inspector
from app.gui.widgets.rows import Column
from app.language.text import _
from app.workflow.views import CaseDetail, ValueView


@dataclass(frozen=True, slots=True)
class Line:
    """A value, or the heading of a group's row."""

    value: ValueView | None = None
    heading: str = ""

    @property
    def key(self) -> str:
        """What tells the value from the others, "" for a heading."""
        one = self.value
        return f"{one.group} {one.index} {one.variable}" if one is not None else ""


class ValuesTab(CaseTab):
    """The values above, and below them the way of the one that is chosen."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        columns: tuple[Column[Line], ...] = (
            Column(_("Variable"), self._name, weight=44),
            Column(_("Value"), lambda line: line.value.value if line.value else "", weight=56),
        )
        self.table: MaskedTable[Line] = MaskedTable(
            _("Values"), columns, lambda line: line.key, self._hidden
        )
        self.stages = Stages()
        area = Inspector(_("The value's way"))
        area.fill(self.stages)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(area)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        parts.setSizes([300, 200])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID // 2, 0, 0)
        layout.addWidget(parts)
        self.table.current_changed.connect(self._choose)

    def fill(self, detail: CaseDetail | None) -> None:
        line = self.table.current_row()
        lines = tuple(self._lines(detail)) if detail is not None else ()
        self.table.show_rows(lines, line.key if line is not None else "")
        self._choose(self.table.current_row())

    def pointed(self) -> Pointed:
        line = self.table.current_row()
        return at_value(line.value) if line is not None and line.value is not None else NOTHING

    def choose(self, variable: str, group: str = "", index: int = 0) -> None:
        """Choose a variable's value; the first one where it does not matter which."""
        rows = (self.table.rows.row_at(at) for at in range(self.table.rows.rowCount()))
        same = [row.value for row in rows if row and row.value and row.value.variable == variable]
        exact = (one for one in same if (one.group, one.index) == (group, index))
        found = next(exact, same[0] if same else None)
        if found is not None:
            self.table.choose_key(Line(found).key)

    def _hidden(self, line: Line) -> Line:
        if line.value is None or self.detail is None:
            return line
        return Line(masked_value(line.value, self.detail.row.case, self.profile))

    def lists(self) -> tuple[QWidget, ...]:
        return (self.table,)

    def _lines(self, detail: CaseDetail) -> Iterator[Line]:
        shown = ("", 0)
        for value in shown_values(detail, self.profile):
            if value.group and (value.group, value.index) != shown:
                shown = (value.group, value.index)
                yield Line(heading=group_name(value.group, value.index, self.profile))
            yield Line(value)

    def _name(self, line: Line) -> str:
        if line.value is None:
            return line.heading
        return variable_name(line.value.variable, self.profile)

    def _choose(self, line: Line | None) -> None:
        value = line.value if line is not None else None
        link = self.link_of(value.variable) if value is not None else None
        self.stages.show_value(value, link)
        self.pointed_changed.emit()
