"""Choose the entrance: each with its icon, its word and its address."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from app.core.register import Entrance
from app.gui import theme
from app.gui.frame.authorities import authorities_sentence, needs_authorities
from app.gui.frame.chips import ENTRANCES
from app.gui.frame.context import Context
from app.gui.frame.expiry import is_ending, misfit, time_left
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import IconLabel, Note
from app.language.text import _, current

_ICON = 20


class EntranceChoice(QWidget):
    """The entrances of the profile; the local one can be started here."""

    def __init__(self, context: Context, start_stage: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        self._group = QButtonGroup(self)
        self.radios: dict[str, QRadioButton] = {}
        self.settings: dict[str, Button] = {}
        self.certificates: dict[str, IconLabel] = {}
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
            self.certificates[entrance.id].show_state(*self._certificate(entrance))

    def _where(self, entrance: Entrance) -> str:
        if not needs_authorities(self._context, entrance):
            stage = self._context.session.stage
            return stage.endpoint if stage else _("Not running. Practise here: nothing leaves.")
        trusted = authorities_sentence(self._context.document.project, entrance)
        return f"{entrance.address}\n{trusted}"

    def _certificate(self, entrance: Entrance) -> tuple[str, str, str]:
        """Return which certificate is shown to an entrance: icon, words and colour."""
        session = self._context.session
        view = session.shelf.for_kind(session.kind_of(entrance))
        if view is None:
            return "certificate-outline", _("No certificate is chosen"), "quiet"
        named = {"who": view.hsa_id or view.subject, "left": time_left(view).lower()}
        if misfit(view, entrance.id):
            text = _("{who} does not open this entrance").format(**named)
            return "alert-octagon-outline", text, "blocks"
        text = _("{who}, {left}").format(**named)
        if view.days_left < 0:
            return "alert-octagon-outline", text, "blocks"
        return (
            ("alert-outline", text, "fellista")
            if is_ending(view)
            else ("certificate", text, "clean")
        )

    def _add(self, entrance: Entrance) -> None:
        kind = self._context.session.kind_of(entrance)
        icon, word = ENTRANCES[kind]
        radio = QRadioButton(_(word))
        radio.setAccessibleName(f"{_(word)}: {entrance.name.in_language(current())}")
        radio.clicked.connect(lambda: self._context.session.set_entrance(entrance.id))
        self._group.addButton(radio)
        self.radios[entrance.id] = radio
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, kind).pixmap(_ICON, _ICON))
        picture.setFixedSize(_ICON, theme.ROW)
        note = self._notes[entrance.id] = Note()
        certificate = self.certificates[entrance.id] = IconLabel()
        certificate.let_shrink()
        first = QHBoxLayout()
        first.addWidget(radio, 1)
        first.addWidget(self._button(entrance))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(first)
        words.addWidget(note)
        words.addWidget(certificate)
        line = QHBoxLayout()
        line.setSpacing(theme.GRID)
        line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        self._layout.addLayout(line)

    def _button(self, entrance: Entrance) -> Button:
        """Return what an entrance needs first: a stage that runs, or somebody to trust."""
        if not needs_authorities(self._context, entrance):
            return self.start
        name = entrance.name.in_language(current())

        def go() -> None:
            self._context.navigator.go("certificate", entrance=entrance.id, settings="open")

        button = self.settings[entrance.id] = Button(_("Settings…"), go, icon="cog-outline")
        button.setAccessibleName(_("Settings of {entrance}…").format(entrance=name))
        button.setToolTip(_("CA file, proxy and revocation list of the entrance"))
        return button
