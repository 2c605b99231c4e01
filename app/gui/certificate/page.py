"""Certifikat: the certificates that are kept, what each opens, and the way to the register."""

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.core.errors import WorkbenchError
from app.gui.certificate import files
from app.gui.certificate.ladder import Ladder
from app.gui.certificate.shelf_view import ShelfView
from app.gui.certificate.ways import Ways
from app.gui.certificate.work import ShelfWork
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.parts import Inspector, Splitter
from app.language.text import _


class CertificatePage(Page):
    """The certificates that prove who sends, and what they open."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Certificate"),
            _("The client certificate proves to SPOR who sends. Its key never lies unencrypted."),
            _(
                "Import a .p12 or .pfx file with its password, order a new certificate, or use the"
                " local stage's own to practise. Each entrance has a certificate of its own: Use"
                " here chooses it. A renewed one lies beside the former until you switch. Then try"
                " the connection."
            ),
        )
        self.work = ShelfWork(self)
        self._pressed: Button | None = None  # what the local stage was asked for by
        self._make_buttons()
        ways = Ways(self._choose, self._order, self._take_token, self._use_stage)
        self.shelf = ShelfView(context, self.work, ways)
        self.ladder = Ladder(context, self)
        self.ladder.certificate_wanted.connect(self.shelf.show_for)
        self.ladder.pin_wanted.connect(self.shelf.show_pin)
        self.ladder.stage_certificate_wanted.connect(self._use_stage)
        self.add_action(_("Try the connection"), "Ctrl+Return", self.ladder.climb)
        self.show_body(self._lay_out())
        self.setAcceptDrops(True)
        context.session.certificate_changed.connect(self.refresh)
        context.document.opened.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the certificates as they now stand."""
        self.shelf.refresh()
        self.ladder.refresh()

    def arrive(self, place: Place) -> None:
        """Show the certificate or order that the place names, or an entrance and its settings."""
        target = place.target
        if "certificate" in target:
            self.shelf.show_id(target["certificate"])
        if "file" in target:
            self.shelf.show_import(target["file"])
        if "entrance" in target:
            self.ladder.show_entrance(target["entrance"], settings="settings" in target)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _certificate_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _certificate_in(event.mimeData())
        if path:
            self.shelf.show_import(path)
            event.acceptProposedAction()

    def _make_buttons(self) -> None:
        self.stage = Button(_("Use the local stage's certificate"), self._use_stage, icon="laptop")
        self.order = Button(_("Order…"), self._order, icon="file-sign")
        self.order.setAccessibleName(_("Order a certificate…"))
        self.choose = Button(
            _("Import a certificate…"), self._choose, icon="file-key-outline", kind="primary"
        )
        self.add_secondary(self.order)
        self.add_secondary(self.stage)
        self.set_primary(self.choose)
        self.add_action(_("Import a certificate…"), "Ctrl+Shift+O", self._choose)
        self.add_action(_("Order a certificate…"), "", self._order)
        self.add_action(_("Use a token or this computer's store…"), "", self._take_token)

    def _lay_out(self) -> QWidget:
        right = Inspector(_("Connection"))
        right.fill(self.ladder)
        splitter = Splitter("certificate", self.context.settings, self.shelf, right)
        splitter.share(58, 42)
        return splitter

    def _choose(self) -> None:
        self.shelf.open_import()

    def _order(self) -> None:
        self.shelf.open_order_form()

    def _take_token(self) -> None:
        self.shelf.open_token_form()

    def _use_stage(self) -> None:
        """Start the stage unless one runs; a running one is found by the same deed."""
        buttons = (self.stage, self.shelf.ways.stage)
        self._pressed = next((one for one in buttons if one.hasFocus()), None)
        self._allow_stage(is_allowed=False)
        self.work.use_stage(self._refuse_stage, lambda: self._allow_stage(is_allowed=True))

    def _refuse_stage(self, error: WorkbenchError) -> None:
        self._allow_stage(is_allowed=True)
        if self._pressed is not None:
            self._pressed.setFocus()
        self.context.messages.show_error(error)

    def _allow_stage(self, *, is_allowed: bool) -> None:
        for button in (self.stage, self.shelf.ways.stage):
            button.setEnabled(is_allowed)


def _certificate_in(dropped: QMimeData) -> str:
    """Return the path of the certificate file among what was dropped, "" when there is none."""
    paths = (url.toLocalFile() for url in dropped.urls() if url.isLocalFile())
    return next((one for one in paths if files.suffix_of(one) in files.CERTIFICATES), "")
