"""The three forms that bring another certificate, each with its deed."""

from collections.abc import Callable

from app.gui.certificate.form import CertificateForm
from app.gui.certificate.importer import Importer
from app.gui.certificate.order_form import CertificateOrderForm
from app.gui.certificate.token_form import TokenForm
from app.gui.certificate.work import ShelfWork
from app.gui.settings import Settings
from app.workflow.certificate_views import OrderForm, TokenCertificate


class Forms:
    """Runs what the forms ask for; what fails is told in the form itself."""

    def __init__(
        self,
        settings: Settings,
        work: ShelfWork,
        close: Callable[[], object],
        ordered: Callable[[], object],
    ) -> None:
        self._work = work
        self._ordered = ordered
        self.importer = Importer(settings, self._import, self._complete, close)
        self.order = CertificateOrderForm(self._make_order, close)
        self.token = TokenForm(settings, self._look, self._use_token, close)
        self.every: tuple[CertificateForm, ...] = (self.importer, self.order, self.token)

    def empty(self) -> None:
        """Forget files, passwords and PINs."""
        self.importer.empty()
        self.token.empty()

    def _import(self, path: str, password: str, key_path: str) -> None:
        self.importer.set_busy(busy=True)
        self._work.import_file(path, password, key_path, self.importer.refuse)

    def _complete(self, order_id: str, path: str) -> None:
        self.importer.set_busy(busy=True)
        self._work.complete(order_id, path, self.importer.refuse)

    def _make_order(self, form: OrderForm) -> None:
        self.order.set_busy(busy=True)
        self._work.order(form, self._order_made, self.order.refuse)

    def _order_made(self) -> None:
        self.order.set_busy(busy=False)
        self._ordered()

    def _look(self, place: str, module: str, pin: str) -> None:
        self._work.look((place, module, pin), self.token.show_found, self.token.refuse)

    def _use_token(self, found: TokenCertificate, pin: str) -> None:
        self._work.use_token(found, pin, self.token.refuse)
