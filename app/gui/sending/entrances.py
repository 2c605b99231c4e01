"""Choose the entrance: each with its icon, its word and its address."""

from collections.abc import Callable

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from app.core.register import Entrance
from app.gui import theme
from app.gui.frame.chips import ENTRANCES
from app.gui.frame.context import Context
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Note
from app.language.text import _, current

_ICON = 20


class EntranceChoice(QWidget):
    """The entrances of the profile; the local one can be started here."""

    def __init__(self, context: Context, start_stage: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._group = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        self._notes: dict[str, Note] = {}
        self.start = Button(_("Start the local stage"), start_stage, icon="play-outline")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GRID)
        for entrance in context.document.profile.entrances if context.document.is_open else ():
            self._add(entrance)
        self.refresh()

    def refresh(self) -> None:
        """Mark the chosen entrance, and say where each of them is."""
        session = self._context.session
        for entrance_id, radio in self.radios.items():
            radio.blockSignals(True)
            radio.setChecked(entrance_id == session.entrance_id)
            radio.blockSignals(False)
        self.start.setVisible(session.stage is None)
        for entrance in self._context.document.profile.entrances if self.radios else ():
            self._notes[entrance.id].setText(self._where(entrance))

    def _where(self, entrance: Entrance) -> str:
        if entrance.kind == "local":
            stage = self._context.session.stage
            return stage.endpoint if stage else _("Not running. Practise here: nothing leaves.")
        return _(
            "{address}\nNot reachable from the window yet: a file with the authorities (CA) to"
            " trust is missing. The command line takes one (--ca)."
        ).format(address=entrance.address)

    def _add(self, entrance: Entrance) -> None:
        icon, word = ENTRANCES[entrance.kind]
        radio = QRadioButton(f"{_(word)}  {entrance.name.in_language(current())}")
        radio.setAccessibleName(f"{_(word)}: {entrance.name.in_language(current())}")
        radio.clicked.connect(lambda: self._context.session.set_entrance(entrance.id))
        self._group.addButton(radio)
        self.radios[entrance.id] = radio
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, entrance.kind).pixmap(_ICON, _ICON))
        picture.setFixedWidth(_ICON)
        note = self._notes[entrance.id] = Note()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(radio)
        words.addWidget(note)
        line = QHBoxLayout()
        line.setSpacing(theme.GRID)
        line.addWidget(picture)
        line.addLayout(words, 1)
        if entrance.kind == "local":
            line.addWidget(self.start)
        self._layout.addLayout(line)
