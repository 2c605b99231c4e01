"""Parts of the ladder: which entrance, how far the climb has come, the one synthetic case."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.core.register import Entrance
from app.gui import theme
from app.gui.frame.chips import ENTRANCES
from app.gui.frame.context import Context
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.labels import IconLabel, Note
from app.gui.widgets.trouble import Trouble
from app.language.text import _, current

_NEVER = "production"


class EntranceLine(QWidget):
    """The chosen entrance: its name, what its host is, and where it is."""

    def __init__(
        self, context: Context, chosen: Callable[[], None], turned: Callable[..., None]
    ) -> None:
        super().__init__()
        self._context = context
        self.choice = Choice(_("Entrance"))
        self.choice.currentIndexChanged.connect(lambda _index: chosen())
        self.settings = Button(_("Settings"), icon="cog-outline")
        self.settings.setCheckable(True)
        self.settings.setAccessibleName(_("The entrance's settings"))
        self.settings.toggled.connect(self._turn)
        self._turned = turned
        self.kind = IconLabel()
        self.address = Note()
        self.address.setWordWrap(True)
        first = QHBoxLayout()
        first.setSpacing(theme.GRID)
        first.addWidget(self.choice, 1)
        first.addWidget(self.settings)
        second = QHBoxLayout()
        second.setSpacing(2 * theme.GRID)
        second.addWidget(self.kind)
        second.addWidget(self.address, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(first)
        layout.addLayout(second)

    def _turn(self, shown: bool) -> None:
        self.settings.setIcon(theme.icon("chevron-up" if shown else "cog-outline"))
        self.settings.setAccessibleDescription(_("Unfolded") if shown else _("Folded"))
        self._turned(shown=shown)

    def entrances(self) -> tuple[Entrance, ...]:
        """Return the profile's entrances."""
        document = self._context.document
        return document.profile.entrances if document.is_open else ()

    def names(self) -> dict[str, str]:
        """Return what the entrances are called, by their ids."""
        return {one.id: one.name.in_language(current()) for one in self.entrances()}

    def refresh(self) -> None:
        """Offer the profile's entrances; the one chosen for sending is chosen here first."""
        entrances = self.entrances()
        former = self.choice.value()
        self.choice.set_entries(tuple(self.names().items()))
        wanted = self._context.session.entrance_id
        if entrances and former not in {one.id for one in entrances}:
            self.choice.set_value(wanted)
        self.choice.setEnabled(bool(entrances))
        self.settings.setEnabled(bool(entrances))
        self.show_entrance()

    def show_entrance(self) -> None:
        """Show what the chosen entrance is, and where."""
        chosen = next((one for one in self.entrances() if one.id == self.choice.value()), None)
        for part in (self.kind, self.address):
            part.setVisible(chosen is not None)
        if chosen is not None:
            kind = self._context.session.kind_of(chosen)
            icon, word = ENTRANCES[kind]
            self.kind.show_state(icon, _(word), kind)
            self.address.setText(self._where(chosen))

    def _where(self, entrance: Entrance) -> str:
        if entrance.address:
            return entrance.address
        stage = self._context.session.stage
        return stage.endpoint if stage else _("Not running. Practise here: nothing leaves.")


class Climb(QWidget):
    """How far a try has come, and a way to stop it."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the try has come"))
        self.cancel = Button(_("Cancel"), cancel, icon="stop")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        self.hide()

    def begin(self, *, focused: bool) -> None:
        """Show that a try has begun, with the focus on the way to stop it when it was near."""
        self.bar.setRange(0, 0)
        self.show()
        if focused:
            self.cancel.setFocus()

    def advance(self, done: int, total: int) -> None:
        """Show how many rungs have been tried."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)


class SyntheticCase(QWidget):
    """The second question before one synthetic case leaves; `ask` is the button that poses it."""

    def __init__(self, send: Callable[[], None]) -> None:
        super().__init__()
        self._send = send
        self.ask = Button(_("Try a synthetic case…"), self._pose, icon="test-tube")
        self.words = Trouble()
        self.confirm = Button(_("Send the synthetic case"), self._confirm, icon="send")
        self.leave = Button(_("Do not send"), self._leave, kind="quiet")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.hide()

    def offer(self, kind: str, reason: str) -> None:
        """Offer it at an entrance of this kind, unless there is a reason not to."""
        self.hide()
        self._kind = kind
        if kind == _NEVER:
            reason = _("A synthetic case is never sent to production.")
        self.ask.explain(reason)

    def lock(self) -> None:
        """Let nothing be asked while a try is under way."""
        self.hide()
        self.ask.setEnabled(False)

    def _pose(self) -> None:
        word = _(ENTRANCES[self._kind][1])
        text = _(
            "One made-up case is sent to {entrance}, after the rungs below have held. It is"
            " journalled, and the register may keep it."
        )
        self.words.say(text.format(entrance=word), "note")
        self.show()
        self.confirm.setFocus()

    def _leave(self) -> None:
        self.ask.setFocus()
        self.hide()

    def _confirm(self) -> None:
        self._send()
        self.hide()
