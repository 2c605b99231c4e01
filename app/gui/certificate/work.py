"""What the page does with certificates: each deed, and what the session then knows."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.core.errors import WorkbenchError
from app.gui.background.deed import Deed
from app.gui.certificate.words import name_of_certificate
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.language.text import _
from app.workflow.certificate_views import (
    CertificateShelf,
    OrderForm,
    OrderView,
    RevocationView,
    TokenCertificate,
)
from app.workflow.views import LocalStage

Failed = Callable[[WorkbenchError], None]


class ShelfWork(QObject):
    """Runs deeds; the session hears of every shelf that comes back."""

    arrived = Signal(str)  # the id of what was imported, ordered or completed just now

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._context = page.context

    @property
    def shelf(self) -> CertificateShelf:
        """What is kept, as it was last told."""
        return self._context.session.shelf

    def reload(self) -> None:
        """Look again what is kept and how the keystore stands."""
        self._change(deeds.CERTIFICATES)

    def import_file(self, path: str, password: str, key_path: str, failed: Failed) -> None:
        """Import a certificate file."""
        arguments = (path, password, key_path) if key_path else (path, password)
        self._arrive(deeds.IMPORT_CERTIFICATE, *arguments, failed=failed)

    def use_stage(self, failed: Failed, done: Callable[[], object]) -> None:
        """Start the local stage unless one runs, and import the certificate that it made."""

        def take(stage: LocalStage) -> None:
            self._context.session.set_stage(stage)
            self._arrive(deeds.IMPORT_STAGE_CERTIFICATE, failed=failed, then=done)

        self._page.run(deeds.START_STAGE, done=take, failed=failed)

    def choose(self, certificate_id: str, kinds: tuple[str, ...]) -> None:
        """Use a certificate at the entrances of these kinds."""
        said = _("The certificate is chosen. Nothing was sent.")
        self._change(deeds.CHOOSE_CERTIFICATE, certificate_id, kinds, said=said)

    def remove(self, certificate_id: str) -> None:
        """Remove a certificate and its key."""
        said = _("The certificate and its passphrase are removed.")
        self._change(deeds.REMOVE_CERTIFICATE, certificate_id, said=said)

    def check(
        self, certificate_id: str, done: Callable[[RevocationView], None], failed: Failed
    ) -> None:
        """Ask the issuer's list of revoked certificates."""
        self._page.run(deeds.CHECK_REVOCATION, certificate_id, done=done, failed=failed)

    def order(self, form: OrderForm, done: Callable[[], object], failed: Failed) -> None:
        """Make a key and a request."""

        def take(order: OrderView) -> None:
            done()
            self._change(deeds.CERTIFICATES, then=lambda: self.arrived.emit(order.id))
            self._tell(_("The key and the request are made. Save the request and send it."))

        self._page.run(deeds.ORDER_CERTIFICATE, form, done=take, failed=failed)

    def save_request(self, order_id: str, path: str) -> None:
        """Write an order's request to a file."""
        said = _("The request is saved as {name}.").format(name=Path(path).name)
        self._page.run(deeds.SAVE_REQUEST, order_id, path, done=lambda _nothing: self._tell(said))

    def complete(self, order_id: str, path: str, failed: Failed) -> None:
        """Take in the certificate that was issued for an order."""
        self._arrive(deeds.COMPLETE_ORDER, order_id, path, failed=failed)

    def cancel_order(self, order_id: str) -> None:
        """Forget an order and its key."""
        said = _("The order and its key are removed.")
        self._change(deeds.CANCEL_ORDER, order_id, said=said)

    def look(
        self,
        where: tuple[str, str, str],
        done: Callable[[tuple[TokenCertificate, ...]], None],
        failed: Failed,
    ) -> None:
        """Look for certificates on a token or in the computer's store."""
        self._page.run(deeds.TOKEN_CERTIFICATES, *where, done=done, failed=failed)

    def use_token(self, found: TokenCertificate, pin: str, failed: Failed) -> None:
        """Use a certificate whose key stays where it is."""
        self._arrive(deeds.USE_TOKEN_CERTIFICATE, found, pin, failed=failed)

    def open_token(self, certificate_id: str, pin: str, failed: Failed) -> None:
        """Open a token for this run."""
        said = _("The token is open until the program ends.")
        self._change(deeds.OPEN_TOKEN, certificate_id, pin, said=said, failed=failed)

    def unlock(self, passphrase: str, failed: Failed) -> None:
        """Open the place for secrets with the passphrase it was made with."""
        self._change(deeds.UNLOCK_KEYSTORE, passphrase, failed=failed)

    def start_passphrase(self, passphrase: str, failed: Failed) -> None:
        """Make a place for secrets behind a passphrase."""
        said = _("The keys are kept behind your passphrase.")
        self._change(deeds.START_PASSPHRASE, passphrase, said=said, failed=failed)

    def _arrive(
        self,
        deed: Deed[CertificateShelf],
        *arguments: object,
        failed: Failed,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Do what adds a certificate, and tell which one it was."""
        former = {one.id for one in self.shelf.certificates}

        def take(shelf: CertificateShelf) -> None:
            new = (one for one in shelf.certificates if one.id not in former)
            came = next(new, shelf.certificates[0] if shelf.certificates else None)
            self._context.session.set_shelf(shelf)
            if then is not None:
                then()
            if came is not None:
                words = _("The certificate for {hsa_id} is imported.")
                self._tell(words.format(hsa_id=name_of_certificate(came)))
                self.arrived.emit(came.id)

        self._page.run(deed, *arguments, done=take, failed=partial(self._refuse, failed))

    def _refuse(self, failed: Failed, error: WorkbenchError) -> None:
        """Show how the keystore stands when that is what failed: what it asks for is seen then."""
        failed(error)
        if error.code.startswith(("keystore-", "passphrase-")):
            self.reload()

    def _change(
        self,
        deed: Deed[CertificateShelf],
        *arguments: object,
        said: str = "",
        then: Callable[[], Any] | None = None,
        failed: Failed | None = None,
    ) -> None:
        done = partial(self._take, said, then)
        self._page.run(deed, *arguments, done=done, failed=failed)

    def _take(self, said: str, then: Callable[[], Any] | None, shelf: CertificateShelf) -> None:
        self._context.session.set_shelf(shelf)
        if then is not None:
            then()
        if said:
            self._tell(said)

    def _tell(self, text: str) -> None:
        self._context.messages.show(text, "clean")
