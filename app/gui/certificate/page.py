"""Certifikat: import, inspect, and try which entrance it opens."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.errors import WorkbenchError
from app.gui.certificate.facts import CertificateFacts
from app.gui.certificate.importer import Importer
from app.gui.certificate.ladder import Ladder
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.page import Page
from app.gui.settings import FOLDER
from app.gui.widgets.controls import Button
from app.gui.widgets.parts import Inspector, Splitter
from app.language.text import _
from app.workflow.certificate_views import CertificateShelf
from app.workflow.views import LocalStage


class CertificatePage(Page):
    """The certificate that proves who sends, and what it opens."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Certificate"),
            _("The client certificate proves to SPOR who sends. Its key never lies unencrypted."),
            _(
                "Import a .p12 or .pfx file with its password, or use the local stage's own"
                " certificate to practise. Then try the connection."
            ),
        )
        self.stage = Button(_("Use the local stage's certificate"), self._use_stage, icon="laptop")
        self.choose = Button(
            _("Import a certificate…"), self._choose, icon="file-key-outline", kind="primary"
        )
        self.add_secondary(self.stage)
        self.set_primary(self.choose)
        self.importer = Importer(self._import)
        self.facts = CertificateFacts(self._remove)
        self.ladder = Ladder(context, self)
        self.show_body(self._lay_out())
        context.session.certificate_changed.connect(self.refresh)
        context.session.entrance_changed.connect(self.refresh)
        context.document.opened.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the certificate as it now stands."""
        document = self.context.document
        certificate = self.context.session.certificate
        self.facts.show_certificate(certificate, document.profile if document.is_open else None)
        self.ladder.refresh()

    def _lay_out(self) -> QWidget:
        left, right = Inspector(_("Certificate")), Inspector(_("Connection"))
        left.fill(self.importer, self.facts)
        right.fill(self.ladder)
        splitter = Splitter("certificate", self.context.settings, left, right)
        splitter.share(58, 42)
        return splitter

    def _choose(self) -> None:
        self.importer.ask_file(self.context.settings.text(FOLDER))

    def _import(self, path: str, password: str) -> None:
        self.importer.set_busy(busy=True)
        self.context.settings.set_text(FOLDER, str(Path(path).parent))
        self.run(
            deeds.IMPORT_CERTIFICATE, path, password, done=self._imported, failed=self._refused
        )

    def _imported(self, shelf: CertificateShelf) -> None:
        certificate = shelf.certificates[0]
        self.importer.close_panel()
        self.stage.setEnabled(True)
        self.context.session.set_certificate(certificate)
        self.context.messages.show(
            _("The certificate for {hsa_id} is imported.").format(hsa_id=certificate.hsa_id),
            "clean",
        )

    def _refused(self, error: WorkbenchError) -> None:
        self.importer.set_busy(busy=False)
        self.stage.setEnabled(True)
        self.context.messages.show_error(error)

    def _use_stage(self) -> None:
        """Start the stage unless one runs; a running one is found by the same deed."""
        self.stage.setEnabled(False)
        self.run(deeds.START_STAGE, done=self._import_from_stage, failed=self._refused)

    def _import_from_stage(self, stage: LocalStage) -> None:
        self.context.session.set_stage(stage)
        self.run(deeds.IMPORT_STAGE_CERTIFICATE, done=self._imported, failed=self._refused)

    def _remove(self) -> None:
        held = self.context.session.certificate
        if held is not None:
            self.run(deeds.REMOVE_CERTIFICATE, held.id, done=self._removed)

    def _removed(self, _shelf: CertificateShelf) -> None:
        self.context.session.set_certificate(None)
        self.context.messages.show(_("The certificate and its passphrase are removed."), "clean")
