"""The chain of conversions: each step with its options and with what it leaves of a real value."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.core.conversion import KINDS
from app.core.mapping import Link, Project, Step
from app.gui import theme
from app.gui.mapping.fields import NarrowChoice
from app.gui.mapping.option_fields import Surrounding
from app.gui.mapping.step_line import StepLine
from app.gui.widgets.labels import Note
from app.gui.widgets.tab_order import lead_through
from app.language.codes_conversion import kind_name
from app.language.text import _
from app.workflow.mapping_views import ConditionCount, LinkTrial
from app.workflow.views import TableView

Change = Callable[[tuple[Step, ...]], None]


class StepsPart(QWidget):
    """The steps from top to bottom; each can be opened, moved and removed, another added."""

    count_wanted = Signal(int)  # how often the condition of this step holds
    formats_wanted = Signal(int)  # how the column's times are written

    def __init__(self, change: Change) -> None:
        super().__init__()
        self._change = change
        self._steps: tuple[Step, ...] = ()
        self._key: object = None
        self._open: set[int] = set()
        self._is_first_open = False
        self.lines: list[StepLine] = []
        self.start = Note()
        self.kind = NarrowChoice(_("Add a step"))
        self.kind.activated.connect(self._add)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.GRID // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.start)
        layout.addLayout(self._list)
        row = QHBoxLayout()
        row.addWidget(self.kind, 1)
        layout.addLayout(row)

    def show_link(self, link: Link, project: Project, tables: tuple[TableView, ...]) -> None:
        """Show the steps of a link; the same steps keep what is open and where the focus is."""
        key = (link.variable, link.table, link.columns, link.steps, project.sources, tables)
        if key == self._key:
            return
        is_same = isinstance(self._key, tuple) and self._key[0] == link.variable
        self._key = key
        if not is_same:
            self._open = set()
        focus = self._focus_name()
        self._steps = link.steps
        self.kind.set_entries((("", _("Add a step…")), *_offers(link)))
        self.kind.set_value("")
        self._build(Surrounding(link, project, tables))
        self._focus(focus)

    def show_trial(self, trial: LinkTrial | None) -> None:
        """Show what every step leaves of the row that is tried."""
        values = trial.after if trial is not None else ()
        start = (trial.start or " + ".join(trial.raw)) if trial is not None else ""
        self.start.setText(start or _("(empty)") if trial is not None else "")
        self.start.setVisible(trial is not None)
        for number, line in enumerate(self.lines):
            line.show_value(values[number] if number < len(values) else None)

    def show_count(self, number: int, counted: ConditionCount) -> None:
        """Show for how many rows a step's condition holds."""
        if number < len(self.lines):
            self.lines[number].show_count(counted)

    def offer_formats(self, number: int, formats: tuple[tuple[str, float], ...]) -> None:
        """Offer the formats that the column's times are written in."""
        if number < len(self.lines):
            self.lines[number].offer_formats(formats)

    def remove(self, number: int) -> None:
        """Take away one step."""
        self._open = {one - (one > number) for one in self._open if one != number}
        self._change((*self._steps[:number], *self._steps[number + 1 :]))

    def move_step(self, number: int, way: int) -> None:
        """Let a step change places with the one before (-1) or after it (1)."""
        other = number + way
        if 0 <= other < len(self._steps):
            steps = list(self._steps)
            steps[number], steps[other] = steps[other], steps[number]
            swapped = {number: other, other: number}
            self._open = {swapped.get(one, one) for one in self._open}
            self._change(tuple(steps))

    def set_step(self, number: int, step: Step) -> None:
        """Give one step other options."""
        self._change((*self._steps[:number], step, *self._steps[number + 1 :]))

    def add(self, kind: str) -> None:
        """Add a step at the end, or at the beginning where it must come first; it opens."""
        is_first = KINDS[kind].combine is not None
        at = 0 if is_first else len(self._steps)
        self._open = {one + (one >= at) for one in self._open}
        if KINDS[kind].settings:
            self._open.add(at)
        self._change((*self._steps[:at], Step(kind), *self._steps[at:]))

    def _add(self, _index: int) -> None:
        if self.kind.value():
            self.add(self.kind.value())

    def _build(self, around: Surrounding) -> None:
        for line in self.lines:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for number, step in enumerate(self._steps):
            line = StepLine(number, step, around, is_open=number in self._open)
            line.changed.connect(partial(self.set_step, number))
            line.removed.connect(partial(self.remove, number))
            line.moved.connect(partial(self.move_step, number))
            line.toggled.connect(partial(self._remember, number))
            line.formats_wanted.connect(partial(self.formats_wanted.emit, number))
            line.set_ends(first=number == 0, last=number == len(self._steps) - 1)
            self.lines.append(line)
            self._list.addWidget(line)
            if step.kind == "only_when":
                self.count_wanted.emit(number)
        lead_through(self.lines, self.kind)

    def _remember(self, number: int, is_open: bool) -> None:
        (self._open.add if is_open else self._open.discard)(number)

    def _focus_name(self) -> str:
        focus = QApplication.focusWidget()
        return focus.objectName() if focus is not None and self.isAncestorOf(focus) else ""

    def _focus(self, name: str) -> None:
        for line in self.lines:  # the former lines are still children for a moment
            found = line.findChild(QWidget, name) if name else None
            if found is not None:
                found.setFocus()


def _offers(link: Link) -> tuple[tuple[str, str], ...]:
    """Return the kinds of steps that a link can get, by name."""
    several = len(link.columns) > 1
    return tuple(
        (name, kind_name(name))
        for name, kind in KINDS.items()
        if name != "constant" and (several or kind.combine is None)
    )
