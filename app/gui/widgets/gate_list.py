"""Gates and rungs: whether each holds, as icon and words, one below the other."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.labels import Label
from app.language.sentences import name_of, sentence_of
from app.workflow.views import Gate

_ICON = 16


class GateList(QWidget):
    """Show how every gate stands; one that is closed says why.

    `name_values` may translate values of a sentence, such as an entrance's id to its name.
    """

    def __init__(self, name: str, name_values: Callable[[str, str], str] | None = None) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name_values = name_values or (lambda _name, value: value)
        self.lines: tuple[GateLine, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GRID // 2)

    def show_gates(self, gates: Sequence[Gate]) -> None:
        """Show other gates."""
        for line in self.lines:
            self._layout.removeWidget(line)
            line.deleteLater()
        self.lines = tuple(GateLine(gate, self._text(gate)) for gate in gates)
        for line in self.lines:
            self._layout.addWidget(line)

    def _text(self, gate: Gate) -> str:
        if gate.is_open:
            return name_of(gate.code)
        values = {name: self._name_values(name, value) for name, value in gate.values}
        problem = values.get("problem", "")
        return sentence_of(problem or gate.code, values)


class GateLine(QWidget):
    """One gate: a tick or a stop sign, and its sentence."""

    def __init__(self, gate: Gate, text: str) -> None:
        super().__init__()
        self.text = text
        self.is_open = gate.is_open
        status = "clean" if gate.is_open else "blocks"
        self.setAccessibleName(f"{theme.status_word(status)}: {text}")
        picture = QLabel()
        picture.setPixmap(theme.status_icon(status).pixmap(_ICON, _ICON))
        picture.setFixedSize(_ICON, _ICON + 4)
        words = Label(text, tone="text" if gate.is_open else "blocks")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(theme.GRID)
        layout.addWidget(picture)
        layout.addWidget(words, 1)
