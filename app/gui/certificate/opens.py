"""Which entrances a certificate opens and why not the others, and the button that uses it there."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.certificate.words import entrance_name
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.labels import Label, StatusLabel
from app.language.sentences import sentence_of
from app.language.text import N_, _
from app.workflow.certificate_views import CertificateShelf, CertificateView, PairingView

Use = Callable[[str], object]  # a kind of entrance

_ICON = 16
_SURE = "pairing-opens"
_LIKELY = "pairing-opens-successor"
# Nothing more to say: it opens, or the same holds for every entrance and is said above the list.
_PLAIN = frozenset({_SURE, "pairing-expired", "pairing-not-yet", "pairing-usage"})
# icon, tone: that a real certificate does not open the test stage is nothing wrong with it
_LOOKS = {
    "opens": ("check-circle", "clean"),
    "likely": ("check-circle-outline", "clean"),
    "maybe": ("help-circle-outline", "fellista"),
    "closed": ("minus-circle-outline", "quiet"),
    "wrong": ("minus-circle", "blocks"),
}
_WORDS = {
    "opens": N_("opens"),
    "likely": N_("opens, most likely"),
    "maybe": N_("may open"),
    "closed": N_("does not open"),
    "wrong": N_("does not open, and is used there"),
}


@dataclass(frozen=True, slots=True)
class Opening:
    """How a certificate stands to one entrance."""

    pairing: PairingView
    kind: str
    name: str
    is_used: bool

    @property
    def state(self) -> str:
        """Opens, most likely opens, may open, does not, or is even used where it does not."""
        if not self.pairing.opens:
            return "wrong" if self.is_used else "closed"
        known = {_SURE: "opens", _LIKELY: "likely"}
        return known.get(self.pairing.code, "maybe")

    @property
    def word(self) -> str:
        """The same in a word."""
        return _(_WORDS[self.state])


class OpensList(QWidget):
    """One line an entrance: icon, word and sentence, and where it opens a button."""

    def __init__(self, use: Use) -> None:
        super().__init__()
        self.setAccessibleName(_("Which entrances it opens"))
        self._use = use
        self.lines: tuple[OpenLine, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.GRID // 2)

    def show_openings(self, openings: tuple[Opening, ...]) -> None:
        """Show how a certificate stands to every entrance."""
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.lines = tuple(OpenLine(one, self._use) for one in openings)
        for number, line in enumerate(self.lines):
            if number:
                self._layout.addWidget(Line())
            self._layout.addWidget(line)


class OpenLine(QWidget):
    """One entrance."""

    def __init__(self, opening: Opening, use: Use) -> None:
        super().__init__()
        self.opening = opening
        values = dict(opening.pairing.values) | {"entrance": opening.name}
        sentence = sentence_of(opening.pairing.code, values)
        self.sentence = "" if opening.pairing.code in _PLAIN else sentence
        self.setAccessibleName(f"{opening.name}: {opening.word}. {self.sentence}".strip())
        picture = QLabel()
        icon, tone = _LOOKS[opening.state]
        picture.setPixmap(theme.icon(icon, tone).pixmap(_ICON, _ICON))
        picture.setFixedSize(_ICON, theme.ROW)
        self.button = self._button(use)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        grid.addWidget(picture, 0, 0)
        grid.addWidget(Label(opening.name, bold=True), 0, 1)
        grid.addWidget(Label(opening.word, tone=tone), 0, 2)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self.button is not None:
            grid.setVerticalSpacing(2)  # the button is higher than the line
            grid.addWidget(self.button, 0, 3, right)
        elif opening.is_used and opening.pairing.opens:
            used = StatusLabel("clean", _("Used here"))
            grid.addWidget(used, 0, 3, right)
        if self.sentence:
            words = Label(self.sentence, tone="quiet")
            grid.addWidget(words, 1, 1, 1, 3)
        grid.setRowMinimumHeight(0, theme.ROW)

    def _button(self, use: Use) -> Button | None:
        opening = self.opening
        if opening.is_used or not opening.pairing.opens:
            return None
        button = Button(_("Use here"), lambda: use(opening.kind))
        words = _("Use the certificate at {entrance}").format(entrance=opening.name)
        button.setAccessibleName(words)
        button.setToolTip(_("Choosing sends nothing."))
        return button


def openings_of(
    view: CertificateView, shelf: CertificateShelf, profile: Profile | None
) -> tuple[Opening, ...]:
    """Return how a certificate stands to every entrance; those that it opens come first."""
    named = {one.id: one.kind for one in profile.entrances} if profile else {}
    kinds = {**named, **dict(shelf.kinds)}
    chosen = dict(shelf.chosen)
    made = []
    for pairing in view.pairings:
        kind = kinds.get(pairing.entrance, pairing.entrance)
        name = entrance_name(pairing.entrance, profile)
        made.append(Opening(pairing, kind, name, chosen.get(kind) == view.id))
    return tuple(sorted(made, key=lambda one: not (one.pairing.opens or one.is_used)))
