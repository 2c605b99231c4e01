"""The part of the inspector where a link's conversion steps are chosen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from app.core.conversion import KINDS
from app.core.mapping import Step
from app.gui import theme
from app.gui.mapping.columns_part import narrow
from app.gui.mapping.wording import CHOICES, OPTIONS, step_sentence
from app.gui.widgets.controls import Choice, Field
from app.gui.widgets.labels import Label, Note
from app.language.text import _

Change = Callable[[tuple[Step, ...]], None]


class StepsPart(QWidget):
    """The steps from top to bottom, each with its options; another can be added."""

    def __init__(self, steps: tuple[Step, ...], change: Change) -> None:
        super().__init__()
        self._steps = steps
        self._change = change
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        for number, step in enumerate(steps):
            self._layout.addWidget(self._line(number, step))
            for option in KINDS[step.kind].options if step.kind in KINDS else ():
                self._layout.addLayout(self._option(number, step, option))
        self.kind = narrow(Choice(_("Add a step"), self._offers()))
        self.kind.activated.connect(self._add)
        self._layout.addWidget(self.kind)

    def remove(self, number: int) -> None:
        """Take away one step."""
        self._change((*self._steps[:number], *self._steps[number + 1 :]))

    def _offers(self) -> tuple[tuple[str, str], ...]:
        kinds = (kind for kind in KINDS if kind != "constant")
        return (("", _("Add a step…")), *((kind, step_sentence(Step(kind))) for kind in kinds))

    def _line(self, number: int, step: Step) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Label(f"{number + 1}.  {step_sentence(step)}"), 1)
        button = QToolButton()
        button.setIcon(theme.icon("close", "quiet"))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(_("Remove the step"))
        button.setAccessibleName(_("Remove the step"))
        button.clicked.connect(partial(self.remove, number))
        row.addWidget(button)
        return line

    def _option(self, number: int, step: Step, option: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(3 * theme.GRID, 0, 0, 0)
        name = _(OPTIONS.get(option, option))
        field = self._field(number, step, option, name)
        label = Note(name)
        label.setWordWrap(False)
        row.addWidget(label)
        row.addWidget(field, 1)
        return row

    def _field(self, number: int, step: Step, option: str, name: str) -> Field | Choice:
        """Return what an option is set by: a choice where it has few values, else a text."""
        if option in CHOICES:
            offers = tuple((value, _(text)) for value, text in CHOICES[option])
            choice = narrow(Choice(name, offers))
            choice.set_value(step.option(option) if step.option(option) in dict(offers) else "")
            choice.activated.connect(lambda _index: self._set(number, option, choice.value()))
            return choice
        field = Field(name, text=step.option(option))
        field.editingFinished.connect(partial(self._take_text, number, option, field))
        return field

    def _take_text(self, number: int, option: str, field: Field) -> None:
        if field.isModified():
            field.setModified(False)
            self._set(number, option, field.text())

    def _set(self, number: int, option: str, value: str) -> None:
        step = self._steps[number]
        options = {**dict(step.options), option: value}
        kept = tuple((name, value) for name, value in options.items() if value)
        steps = list(self._steps)
        steps[number] = Step(step.kind, kept)
        self._change(tuple(steps))

    def _add(self, _index: int) -> None:
        if self.kind.value():
            self._change((*self._steps, Step(self.kind.value())))
