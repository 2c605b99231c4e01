"""The three chips that are always true: entrance, certificate, clock."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from app.core.clock import Clock
from app.core.register import Entrance
from app.gui import theme
from app.gui.frame.clock_text import clock_text
from app.gui.frame.context import Context
from app.gui.frame.expiry import is_ending, misfit, time_left, tone_of, warning, working_days
from app.language.sentences import sentence_of
from app.language.text import N_, _

# kind of entrance -> icon, word; the colour token is the kind itself
ENTRANCES = {
    "local": ("laptop", N_("LOCAL")),
    "teststage": ("test-tube", N_("TEST STAGE")),
    "stage": ("flask-outline", N_("STAGE")),
    "production": ("hospital-building", N_("PRODUCTION")),
}
Choices = Sequence[tuple[str, Callable[[], object]]]


class _Chip(QToolButton):
    """An icon and a word with rounded edges."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFixedHeight(theme.ROW)

    def say(self, icon: str, text: str, tone: str, *, fill: str = "") -> None:
        """Show an icon and a text in a colour, on a coloured ground when `fill` names one."""
        self.setIcon(theme.icon(icon, tone))
        self.setText(text)
        self.setAccessibleName(f"{self.name}: {text}")
        ground = theme.color(fill or "surface").name()
        edge = theme.color(fill or "line").name()
        colour, focus = theme.color(tone).name(), theme.color("accent").name()
        self.setStyleSheet(
            f"QToolButton {{ background: {ground}; color: {colour}; border: 1px solid {edge};"
            f" border-radius: 13px; padding: 2px 12px; font-weight: 600; }}"
            f"QToolButton:focus {{ border: 2px solid {focus}; padding: 1px 11px; }}"
            "QToolButton::menu-indicator { image: none; width: 0; }"
        )


class EntranceChip(_Chip):
    """Where cases go; a menu to choose another entrance."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Entrance"))
        self._context = context
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(_("Where cases are sent. Choosing sends nothing."))
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._offer)
        for signal in (context.session.entrance_changed, context.session.certificate_changed):
            signal.connect(self.refresh)  # with the certificates it is told what each host is
        self.refresh()

    def refresh(self) -> None:
        """Show the entrance that is chosen."""
        session = self._context.session
        kind = session.kind_of(session.entrance)
        icon, word = ENTRANCES[kind]
        self.say(icon, _(word), "on_entrance", fill=kind)

    def _offer(self) -> None:
        self._menu.clear()
        document = self._context.document
        for entrance in document.profile.entrances if document.is_open else ():
            self._menu.addAction(self._choice(entrance))

    def _choice(self, entrance: Entrance) -> QAction:
        kind = self._context.session.kind_of(entrance)
        icon, word = ENTRANCES[kind]
        action = QAction(theme.icon(icon, kind), _(word), self._menu)
        action.triggered.connect(lambda: self._context.session.set_entrance(entrance.id))
        return action


class CertificateChip(_Chip):
    """How many days the certificate has left; a click shows it."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("Certificate"))
        self._context = context
        self.clicked.connect(self._show)
        context.session.certificate_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is left of the certificate that the chosen entrance is opened by."""
        session = self._context.session
        certificate, entrance = session.certificate, session.entrance
        if certificate is None:
            self.say("certificate-outline", _("No certificate"), "quiet")
            self.setToolTip(_("A client certificate is needed before anything can be sent."))
            return
        misfits = misfit(certificate, entrance.id) if entrance else ""
        if misfits and certificate.days_left >= 0:
            self.say("alert-octagon-outline", _("Wrong certificate"), "blocks")
            self.setToolTip(f"{certificate.hsa_id}\n{misfits}")
        elif certificate.needs_pin:
            self.say("form-textbox-password", _("PIN needed"), "inkonsistent")
            self.setToolTip(f"{certificate.hsa_id}\n{_needed()}")
        else:
            icon = "certificate" if not is_ending(certificate) else "alert-outline"
            self.say(icon, time_left(certificate), tone_of(certificate))
            said = warning(certificate, session.shelf) or working_days(certificate)
            self.setToolTip(f"{certificate.hsa_id}\n{said}")

    def _show(self) -> None:
        self._context.navigator.go("certificate")


class ClockChip(_Chip):
    """How long until the register's daily limit, or until it opens again."""

    def __init__(self, context: Context, clock: Clock) -> None:
        super().__init__(_("Clock"))
        self._context = context
        self._clock = clock
        context.document.opened.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what the clock says now; hidden until a profile is known."""
        document = self._context.document
        said = clock_text(self._clock(), document.profile.settings) if document.is_open else None
        self.setVisible(said is not None)
        if said is not None:
            icon = "clock-alert-outline" if said.is_closed else "clock-outline"
            self.say(icon, said.text, "blocks" if said.is_closed else "quiet")
            self.setToolTip(
                _("Cases sent before this time are in the day's reports (Swedish time).")
            )


class ReadOnlyChip(_Chip):
    """Says that the project is open elsewhere; a menu with what can be done about it."""

    def __init__(self, context: Context, choices: Choices) -> None:
        super().__init__(_("Changes"))
        self._document = context.document
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(_("The project is open in another window, and cannot be changed here."))
        menu = QMenu(self)
        for text, slot in choices:
            menu.addAction(text).triggered.connect(lambda _checked=False, slot=slot: slot())
        self.setMenu(menu)
        self._document.guarded.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show it only while it is so."""
        self.say("lock-outline", _("Read-only"), "fellista")
        self.setVisible(self._document.is_read_only)


def _needed() -> str:
    return sentence_of("certificate-pin-needed", {"token": _("the token")})
