"""An order that waits for its certificate: its three steps, and what was ordered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.gui import theme
from app.gui.certificate.details import Details
from app.gui.certificate.form import beside
from app.gui.certificate.order_form import KEY_KINDS
from app.gui.certificate.words import day, name_of_certificate
from app.gui.certificate.work import Failed
from app.gui.widgets.attempt_words import grouped
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.fold import Fold
from app.gui.widgets.labels import Label, Note, SectionTitle, StatusLabel
from app.gui.widgets.trouble import Trouble
from app.language.order_words import order_letter
from app.language.text import _, current
from app.workflow.certificate_views import CertificateShelf, OrderView

_NUMBER = 24  # pixels
_LETTER = 260


@dataclass(frozen=True, slots=True)
class OrderSlots:
    """What can be done with the chosen order."""

    save: Callable[[OrderView], object]
    answer: Callable[[OrderView, Failed], object]
    cancel: Callable[[str], object]  # by its id
    copied: Callable[[], object]  # the letter was copied


class OrderDetails(Details):
    """The chosen order; asks in place before it is cancelled."""

    def __init__(self, slots: OrderSlots) -> None:
        super().__init__(_("The chosen order"))
        self._slots = slots
        self._order: OrderView | None = None
        self._shelf = CertificateShelf()
        self._is_asking = False
        self.save = self.copy = self.answer = self.cancel = Button("")
        self.cancel_now = self.keep = Button("")
        self.letter = ""
        self.trouble = Trouble()

    @property
    def order(self) -> OrderView | None:
        """The order that is shown."""
        return self._order

    def show_order(self, order: OrderView, shelf: CertificateShelf) -> None:
        """Show an order."""
        if self._order is None or self._order.id != order.id:
            self._is_asking = False
        self._order, self._shelf = order, shelf
        self.letter = order_letter(order, current())
        self._build()

    def refuse(self, order_id: str, error: WorkbenchError) -> None:
        """Say why the answer was not taken in, if its order is still shown; it waits on."""
        if self._order is not None and self._order.id == order_id:
            self.trouble.show_error(error)
            self.ensureWidgetVisible(self.trouble)

    def ask_cancel(self) -> None:
        """Ask, here, whether the order and its key are to go."""
        self._is_asking = True
        self._build()
        self.ensureWidgetVisible(self.cancel_now)
        self.keep.setFocus()

    def _build(self) -> None:
        order = self._order
        if order is None:
            return
        words = _("Waits for its certificate since {day}").format(day=day(order.made))
        self._make_buttons(order)
        self.facts = FactRows()
        self.facts.show_facts(self._facts(order))
        self.fill(
            SectionTitle(order.form.common_name),
            StatusLabel("waiting", words),
            *self._renewing(order),
            *self._steps(),
            self.trouble,
            Line(),
            Label(_("What was ordered"), bold=True),
            self.facts,
            *(self._asking(order) if self._is_asking else [beside(self.cancel)]),
        )

    def _make_buttons(self, order: OrderView) -> None:
        slots = self._slots
        self.trouble = Trouble()
        self.save = Button(
            _("Save the certificate request…"), lambda: slots.save(order), icon="file-sign"
        )
        self.copy = Button(_("Copy the letter"), self._copy, icon="content-copy")
        self.answer = Button(
            _("Import the answer…"),
            lambda: slots.answer(order, partial(self.refuse, order.id)),
            icon="file-certificate-outline",
            kind="primary",
        )
        self.cancel = Button(_("Cancel the order…"), self.ask_cancel, icon="delete-outline")

    def _renewing(self, order: OrderView) -> list[QWidget]:
        found = (one for one in self._shelf.certificates if one.id == order.form.renews)
        former = next(found, None)
        if former is None:
            return []
        words = _("It is to replace {name}, valid to {day}, which stays in use until you switch.")
        text = words.format(name=name_of_certificate(former), day=day(former.valid_to))
        return [Note(text)]

    def _steps(self) -> list[QWidget]:
        return [
            _Step(
                1,
                _("Save the certificate request"),
                _("It holds the names and the public key. The key itself stays here."),
                self.save,
            ),
            _Step(
                2,
                _("Send it to your local SITHS administration"),
                _("The letter says what is ordered and holds the request."),
                self.copy,
                Fold(_("Show the letter"), self._show_letter),
            ),
            _Step(
                3,
                _("Import the answer"),
                _("The certificate that comes back is matched to the key that waits here."),
                self.answer,
            ),
        ]

    def _facts(self, order: OrderView) -> tuple[tuple[str, str], ...]:
        form = order.form
        kind = KEY_KINDS.get(form.key_kind)
        return (
            (_("Organisation"), form.organisation),
            (_("DNS names"), "\n".join((form.common_name, *form.names))),
            (_("HSA-id"), form.hsa_id),
            (_("Locality"), form.locality),
            (_("Country"), form.country),
            (_("Key"), _(kind) if kind else form.key_kind),
            (_("Fingerprint of the key (SHA-256)"), grouped(order.fingerprint)),
        )

    def _asking(self, order: OrderView) -> list[QWidget]:
        words = _(
            "The order and its key are removed. A certificate that is issued for it can then not"
            " be used."
        )
        self.cancel_now = Button(
            _("Cancel the order"), lambda: self._slots.cancel(order.id), icon="delete-outline"
        )
        self.keep = Button(_("Keep the order"), self._keep, kind="quiet")
        return [Trouble(words, "refused"), beside(self.cancel_now, self.keep)]

    def _keep(self) -> None:
        self._is_asking = False
        self._build()
        self.cancel.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.letter)
        self._slots.copied()

    def _show_letter(self) -> QWidget:
        text = QPlainTextEdit(self.letter)
        text.setReadOnly(True)
        text.setFont(theme.fixed_font())
        text.setTabChangesFocus(True)
        text.setAccessibleName(_("The letter"))
        text.setFixedHeight(_LETTER)
        return text


class _Step(QWidget):
    """One numbered step: what is done, why, and the button that does it."""

    def __init__(self, number: int, title: str, sentence: str, *parts: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(f"{number}. {title}")
        badge = Label(f"{number}.", bold=True, tone="accent")
        badge.setFixedWidth(_NUMBER)
        column = QVBoxLayout()
        column.setSpacing(theme.GRID // 2)
        column.addWidget(Label(title, bold=True))
        column.addWidget(Label(sentence, tone="quiet"))
        for part in parts:  # a button alone would keep the whole step from growing
            column.addWidget(beside(part) if isinstance(part, Button) else part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.GRID // 2, 0, theme.GRID // 2)
        row.setSpacing(0)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
