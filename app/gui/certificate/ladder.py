"""The connection ladder: from the certificate here to the contract there, rung by rung."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.entrance_settings import settings_of
from app.core.register import Entrance
from app.gui import theme
from app.gui.background.deed import Deed
from app.gui.certificate import ladder_words as words
from app.gui.certificate.entrance_settings import EntranceSettingsPanel
from app.gui.certificate.ladder_parts import Climb, EntranceLine, SyntheticCase
from app.gui.certificate.ladder_result import LadderResult
from app.gui.certificate.ladder_run import LadderRun
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label, SectionTitle
from app.gui.widgets.rung_list import Remedy
from app.gui.widgets.tab_order import holds_focus
from app.language.text import _
from app.workflow.certificate_views import CertificateView, LadderView


class Ladder(QWidget):
    """Try an entrance and see which rung holds and which does not."""

    certificate_wanted = Signal(str)  # a certificate is to be chosen or opened for this entrance
    pin_wanted = Signal(str)  # the PIN of the certificate in use at this entrance
    stage_certificate_wanted = Signal()

    def __init__(self, context: Context, page: Page) -> None:
        super().__init__()
        self._context, self._page = context, page
        self.run = LadderRun(page)
        self._codes: tuple[str, ...] = words.RUNGS  # of the try under way
        self.line = EntranceLine(context, self._choose, self._turn_settings)
        self.entrance = self.line.choice
        self.settings = EntranceSettingsPanel(context, page)
        self.settings.hide()
        self.attempt = Button(_("Try the connection"), self.climb, icon="lan-connect")
        self.synthetic = SyntheticCase(self.send_case)
        self.climbing = Climb(self.run.cancel)
        self._remedies = self._make_remedies()
        self.result = LadderResult(context, self._remedies)
        self.rungs = self.result.rungs
        self._lay_out()
        self.run.began.connect(self._show_climb)
        self.run.advanced.connect(self._advance)
        self.run.ended.connect(self._show_rungs)
        context.document.changed.connect(self._show_rungs)
        context.session.stage_changed.connect(self.refresh)
        context.session.entrance_changed.connect(self._follow)

    def refresh(self) -> None:
        """Show the profile's entrances and the chosen one's ladder; what was tried is kept."""
        self.line.refresh()
        self.settings.show_entrance(self._chosen())
        if self._chosen() is None:
            self.line.settings.setChecked(False)
        self._show_rungs()

    def show_entrance(self, entrance_id: str, *, settings: bool = False) -> None:
        """Show another entrance's ladder, with its settings open when asked."""
        self.entrance.set_value(entrance_id)
        self._choose()
        if settings and self._chosen() is not None:
            self.line.settings.setChecked(True)
            self.settings.setFocus()

    def climb(self) -> None:
        """Try how far the certificate reaches; no case is sent."""
        self._start(deeds.TRY_CONNECTION)

    def send_case(self) -> None:
        """Try the whole way with one synthetic case."""
        self._start(deeds.TRY_SYNTHETIC_CASE)

    def _follow(self) -> None:
        """Show the entrance that was chosen for sending."""
        self.entrance.set_value(self._context.session.entrance_id)
        self.refresh()

    def _choose(self) -> None:
        self.run.cancel()
        self.line.show_entrance()
        self.settings.show_entrance(self._chosen())
        self._show_rungs()

    def _turn_settings(self, *, shown: bool) -> None:
        self.settings.setVisible(shown and self._chosen() is not None)

    def _chosen(self) -> Entrance | None:
        entrances = self.line.entrances()
        return next((one for one in entrances if one.id == self.entrance.value()), None)

    def _certificate(self) -> CertificateView | None:
        session, entrance = self._context.session, self._chosen()
        return session.shelf.for_kind(session.kind_of(entrance)) if entrance else None

    def _depends_on(self) -> object:
        entrance = self._chosen()
        return _basis(self._context, entrance, self._certificate()) if entrance else None

    def _reason(self) -> str:
        """Return why the connection cannot be tried, "" when it can."""
        if not self._context.document.is_open:
            return _("Open a project first; its profile knows the entrances.")
        if self._certificate() is None:
            return _("Choose a certificate for this entrance first.")
        return _("The connection is being tried.") if self.run.is_under_way else ""

    def _no_case(self) -> str:
        """Return why no synthetic case can be sent, "" when one can."""
        entrance = self._chosen()
        fits = entrance and words.own_problem(self._certificate(), entrance.id) is None
        return self._reason() or ("" if fits else _("The first rung says what is missing."))

    def _show_rungs(self) -> None:
        """Show what came of the last try, or what would be tried."""
        if self.run.is_under_way:
            return
        self.attempt.explain(self._reason())
        self.synthetic.offer(self._context.session.kind_of(self._chosen()), self._no_case())
        if holds_focus(self.climbing):
            self.attempt.setFocus()
        self.climbing.hide()
        entrance, on = self._chosen(), self._depends_on()
        if entrance is None:
            self.result.show_waiting(self._reason(), ())
            return
        tried = self._context.session.tried
        view = tried.of(entrance.id, on)
        if view is not None:
            self.result.show_ladder(view, self.line.names())
            return
        is_outdated = tried.is_outdated(entrance.id, on)
        note = (
            _("Something has changed since the last try. Try again.")
            if is_outdated
            else _("Trying the connection sends no case.")
        )
        codes = words.codes_of(has_proxy=self._has_proxy())
        remedies = dict(self._remedies)
        if self._context.session.kind_of(entrance) == "local":
            remedies[words.PICK] = remedies[words.OWN]
        outline = words.outline(self._certificate(), entrance.id, remedies, codes)
        self.result.show_waiting(note, outline)

    def _start(self, deed: Deed[LadderView]) -> None:
        entrance, on = self._chosen(), self._depends_on()
        if entrance is None or self._reason():
            return

        def done(view: LadderView) -> None:
            self._context.session.tried.keep(view, on)
            QTimer.singleShot(0, self, self.result.reveal)  # once the rungs have their places
            # A screen reader says what came of it, wherever the focus is.
            said = QAccessibleAnnouncementEvent(self, words.headline(view)[1])
            QAccessible.updateAccessibility(said)

        with_case = deed is deeds.TRY_SYNTHETIC_CASE
        self._codes = words.codes_of(has_proxy=self._has_proxy(), with_case=with_case)
        self.run.start(deed, entrance.id, done)

    def _has_proxy(self) -> bool:
        entrance, project = self._chosen(), self._context.document.project
        return bool(entrance and settings_of(project, entrance.id).proxy)

    def _show_climb(self) -> None:
        asked = holds_focus(self.attempt) or holds_focus(self.synthetic)
        self.attempt.explain(self._reason())
        self.synthetic.lock()
        self.climbing.begin(focused=asked)
        self.result.show_climb(words.CERTIFICATE, self._codes)

    def _advance(self, done: int, total: int, step: str) -> None:
        self.climbing.advance(done, total)
        self.result.show_climb(step, self._codes)

    def _make_remedies(self) -> dict[str, Remedy]:
        def choose() -> None:
            self.certificate_wanted.emit(self.entrance.value())

        slots: dict[str, Callable[[], object]] = {
            words.CHOOSE: choose,
            words.PICK: choose,
            words.PIN: lambda: self.pin_wanted.emit(self.entrance.value()),
            words.OWN: self.stage_certificate_wanted.emit,
            words.TRUST: self._ask_authorities,
            words.SETTINGS: lambda: self.show_entrance(self.entrance.value(), settings=True),
            words.STAGE: self._start_stage,
            words.KEYSTORE: self._context.session.ask_certificate,
            words.CONTRACT: lambda: self._context.navigator.go("contract"),
        }
        return {name: Remedy(*words.button_of(name), slot) for name, slot in slots.items()}

    def _ask_authorities(self) -> None:
        self.show_entrance(self.entrance.value(), settings=True)
        self.settings.authorities.ask()

    def _start_stage(self) -> None:
        done, failed = self._context.session.set_stage, self._context.messages.show_error
        self._page.run(deeds.START_STAGE, done=done, failed=failed)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(SectionTitle(_("Connection")))
        text = _("Try how far the certificate reaches, rung by rung, before anything is sent.")
        layout.addWidget(Label(text, tone="quiet"))
        layout.addWidget(self.line)
        layout.addWidget(self.settings)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        for button in (self.attempt, self.synthetic.ask):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        for part in (self.synthetic, self.climbing, self.result):
            layout.addWidget(part)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)


def _basis(context: Context, entrance: Entrance, certificate: CertificateView | None) -> object:
    """Return what the ladder of an entrance depends on: when it is another, it says nothing."""
    project = context.document.project
    shown = (certificate.id, certificate.fingerprint) if certificate else None
    stage = context.session.stage if context.session.kind_of(entrance) == "local" else None
    return shown, settings_of(project, entrance.id), project.profile, stage
