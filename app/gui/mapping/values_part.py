"""The part of the inspector where local codes are mapped to the register's, with their counts."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.register import Code
from app.gui import theme
from app.gui.mapping.columns_part import narrow
from app.gui.widgets.controls import Choice, Field
from app.gui.widgets.labels import Label, Note, StatusLabel
from app.gui.widgets.numbers import count, share
from app.language.text import _, current
from app.workflow.views import ValueCount

_MOST = 60  # codes that are shown; the most frequent come first

Change = Callable[[str, str], None]


class ValuesPart(QWidget):
    """One line per local code: the code, how often it occurs, what it becomes."""

    def __init__(
        self, counts: tuple[ValueCount, ...], codes: tuple[Code, ...], change: Change
    ) -> None:
        super().__init__()
        self._codes = codes
        self._change = change
        self.fields: dict[str, Choice | Field] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setColumnStretch(2, 1)
        grid.addWidget(_done(counts), 0, 0, 1, 3)
        for number, one in enumerate(counts[:_MOST], start=1):
            amount = Note(count(one.count))
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.fields[one.value] = self._field(one)
            grid.addWidget(Label(one.value), number, 0)
            grid.addWidget(amount, number, 1)
            grid.addWidget(self.fields[one.value], number, 2)
        if len(counts) > _MOST:
            more = _("{count} rarer codes are not shown.").format(count=len(counts) - _MOST)
            grid.addWidget(Note(more), _MOST + 1, 0, 1, 3)

    def _field(self, one: ValueCount) -> Choice | Field:
        name = _("{value} becomes").format(value=one.value)
        if not self._codes:
            field = Field(name, text=one.mapped)
            field.editingFinished.connect(partial(self._tell_text, one, field))
            return field
        choice = narrow(Choice(name, (("", "–"), *(_offer(code) for code in self._codes))))
        choice.set_value(one.mapped)
        choice.activated.connect(partial(self._tell_choice, one, choice))
        return choice

    def _tell_text(self, one: ValueCount, field: Field) -> None:
        if field.text() != one.mapped:
            self._change(one.value, field.text())

    def _tell_choice(self, one: ValueCount, choice: Choice, _index: int) -> None:
        if choice.value() != one.mapped:
            self._change(one.value, choice.value())


def _offer(code: Code) -> tuple[str, str]:
    text = code.text.in_language(current())
    same = text.casefold() == code.code.casefold()
    return code.code, code.code if same or not text else f"{code.code}  {text}"


def _done(counts: tuple[ValueCount, ...]) -> StatusLabel:
    """Return how many codes are mapped, also by how often they occur."""
    mapped = [one for one in counts if one.mapped]
    occurring = share(sum(one.count for one in mapped), sum(one.count for one in counts))
    words = _("{mapped} of {total} codes mapped, {share} of the values")
    text = words.format(mapped=len(mapped), total=len(counts), share=occurring)
    return StatusLabel("clean" if len(mapped) == len(counts) else "inkonsistent", text)
