"""The left side of the page: the list, and beside it the chosen one or a form."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.certificate.certificate_details import CertificateDetails, Slots
from app.gui.certificate.damaged_details import DamagedDetails
from app.gui.certificate.forms import Forms
from app.gui.certificate.keystore_panel import KeystorePanel
from app.gui.certificate.order_details import OrderDetails, OrderSlots
from app.gui.certificate.order_files import OrderFiles
from app.gui.certificate.shelf_list import ShelfRow, ShelfTable, rows_of
from app.gui.certificate.waiting import WaitingLine
from app.gui.certificate.ways import Ways
from app.gui.certificate.words import opens
from app.gui.certificate.work import ShelfWork
from app.gui.frame.context import Context
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import SectionTitle
from app.gui.widgets.tab_order import holds_focus
from app.language.text import _
from app.workflow.certificate_views import CertificateView


class ShelfView(QWidget):
    """Shows what is kept; a form takes the place of the chosen one while it is filled in."""

    def __init__(self, context: Context, work: ShelfWork, ways: Ways) -> None:
        super().__init__()
        self._context = context
        self._work = work
        self.ways = ways
        self.keystore = KeystorePanel(
            lambda typed: work.start_passphrase(typed, self.keystore.refuse),
            lambda typed: work.unlock(typed, self.keystore.refuse),
            work.reload,
        )
        self.waiting = WaitingLine(context.backend)
        self.table = ShelfTable()
        self.token_button = Button(
            _("From a token or this computer…"),
            self.open_token_form,
            icon="smart-card-outline",
            kind="quiet",
        )
        self.details = CertificateDetails(self._slots())
        self.order_details = OrderDetails(self._order_slots())
        self.damaged = DamagedDetails(work.remove)
        self.forms = Forms(context.settings, work, self.close_form, self._leave_form)
        self.importer, self.order_form = self.forms.importer, self.forms.order
        self.token_form = self.forms.token
        self.stack = QStackedWidget()
        self._lay_out()
        self.table.current_changed.connect(self._choose)
        remove = QShortcut(QKeySequence.StandardKey.Delete, self.table, self._ask_remove)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        work.arrived.connect(self.show_id)

    def refresh(self) -> None:
        """Show the certificates and orders as they now are; a form that is open stays open."""
        document, shelf = self._context.document, self._work.shelf
        rows = rows_of(shelf, document.profile if document.is_open else None)
        chosen = self.table.current_row()
        kept = chosen.id if chosen else ""
        beside: QWidget | None = self.stack.currentWidget()
        form = beside if beside in self.forms.every else None
        was_here = form is None and holds_focus(self.stack)
        was_asked = holds_focus(self.keystore)
        self.keystore.show_keystore(shelf.keystore)
        self.importer.show_shelf(shelf)
        self._head.setVisible(bool(rows))
        self.table.setVisible(bool(rows))
        self.table.show_rows(rows, kept)
        self._choose(self.table.current_row())
        if form is not None:
            self.stack.setCurrentWidget(form)
        is_gone = was_here and kept not in {one.id for one in rows}
        if is_gone or (was_asked and self.keystore.isHidden()):
            self._focus_list()

    def show_id(self, wanted: str) -> None:
        """Show a certificate or an order, in place of a form that is done."""
        self.forms.empty()
        rows = [self.table.rows.row_at(at) for at in range(self.table.rows.rowCount())]
        ids = [row.id for row in rows if row is not None]
        if wanted in ids:
            self.table.choose(ids.index(wanted))
        self._choose(self.table.current_row())
        if self.isVisible():
            self.table.setFocus()

    def show_for(self, entrance_id: str) -> None:
        """Show what can be chosen for an entrance: what is used there, else the first it takes."""
        shelf = self._work.shelf
        used = shelf.for_kind(dict(shelf.kinds).get(entrance_id, entrance_id))
        fitting = next((one for one in shelf.certificates if opens(one, entrance_id)), None)
        wanted = fitting if fitting is not None and (used is None or fitting is not used) else used
        if wanted is not None:
            self.show_id(wanted.id)
        elif shelf.certificates or shelf.orders:
            self.show_import()
        else:
            self.ways.choose.setFocus()

    def show_pin(self, entrance_id: str) -> None:
        """Show the certificate in use at an entrance, with the focus where its PIN is typed."""
        shelf = self._work.shelf
        used = shelf.for_kind(dict(shelf.kinds).get(entrance_id, entrance_id))
        self.show_id(used.id if used else "")
        if self.details.token is not None:
            self.details.token.pin.setFocus()

    def open_import(self) -> None:
        """Open the form for a file, and ask which file."""
        self.show_import()
        self.importer.ask()

    def show_import(self, path: str = "") -> None:
        """Open the form for a file, or for this one."""
        self.stack.setCurrentWidget(self.importer)
        if path:
            self.importer.take_file(path)
        else:
            self.importer.path.setFocus()

    def open_order_form(self) -> None:
        """Open the form for a new certificate."""
        known = (one.organisation for one in self._work.shelf.certificates if one.organisation)
        self.order_form.begin(None, next(known, ""))
        self.stack.setCurrentWidget(self.order_form)
        self.order_form.focus_first()

    def open_token_form(self) -> None:
        """Open the form for a key that stays where it is."""
        self.stack.setCurrentWidget(self.token_form)
        self.token_form.place.setFocus()

    def close_form(self) -> None:
        """Put a form away; what it has set out to do is stopped."""
        if any(form.is_busy for form in self.forms.every):
            self.waiting.stop()
        self.forms.empty()
        self._choose(self.table.current_row())
        self._focus_list()

    def _focus_list(self) -> None:
        (self.ways.choose if self.table.isHidden() else self.table).setFocus()

    def _ask_remove(self) -> None:
        """Ask beside the list whether the chosen one is to go."""
        shown: QWidget | None = self.stack.currentWidget()
        if shown is self.details:
            self.details.ask_remove()
        elif shown is self.order_details:
            self.order_details.ask_cancel()
        elif shown is self.damaged:
            self.damaged.ask_remove()

    def _leave_form(self) -> None:
        """Show no form any more; what was ordered comes with the next shelf."""
        self.stack.setCurrentWidget(self.ways)

    def _choose(self, row: ShelfRow | None) -> None:
        document, shelf = self._context.document, self._work.shelf
        if row is None:
            if not self.table.rows.rowCount():
                self.stack.setCurrentWidget(self.ways)
        elif row.problem is not None:
            self.damaged.show_problem(row.problem)
            self.stack.setCurrentWidget(self.damaged)
        elif row.certificate is not None:
            profile = document.profile if document.is_open else None
            self.details.show_certificate(row.certificate, shelf, profile)
            self.stack.setCurrentWidget(self.details)
        elif row.order is not None:
            self.order_details.show_order(row.order, shelf)
            self.stack.setCurrentWidget(self.order_details)

    def _slots(self) -> Slots:
        work = self._work
        return Slots(
            use=work.choose,
            renew=self._renew,
            check=work.check,
            remove=work.remove,
            open_token=work.open_token,
            show=self.show_id,
        )

    def _order_slots(self) -> OrderSlots:
        asking = OrderFiles(self, self._context.settings, self._work)
        said = _("The letter is copied. Paste it into a mail.")
        return OrderSlots(
            save=asking.ask_save,
            answer=asking.ask_answer,
            cancel=self._work.cancel_order,
            copied=lambda: self._context.messages.show(said, "clean"),
        )

    def _renew(self, view: CertificateView) -> None:
        self.order_form.begin(view)
        self.stack.setCurrentWidget(self.order_form)
        self.order_form.focus_first()

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(SectionTitle(_("Your certificates")), 1)
        head.addWidget(self.token_button)
        beside: tuple[QWidget, ...] = (self.ways, self.details, self.order_details, self.damaged)
        for part in (*beside, *self.forms.every):
            self.stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for part in (self.keystore, self.waiting, self._head, self.table):
            column.addWidget(part)
        column.addWidget(self.stack, 1)
