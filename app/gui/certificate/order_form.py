"""Order a certificate: what the request is to say, checked before a key is made."""

import re
from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.certificate_names import is_country, is_dns_name
from app.core.identity import certificate_hsa_id_problem, hsa_id_notices
from app.gui.certificate.form import CertificateForm, named
from app.gui.widgets.controls import Choice, Field
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.trouble import Trouble
from app.language.sentences import sentence_of
from app.language.text import N_, _
from app.workflow.certificate_views import CertificateView, OrderForm

Order = Callable[[OrderForm], object]

KEY_KINDS = {
    "rsa-4096": N_("RSA 4096 (usual)"),
    "rsa-3072": N_("RSA 3072"),
    "ec-p256": N_("EC P-256"),
}
_BREAKS = re.compile(r"[\s,;]+")


class CheckedField(QWidget):
    """A field, and below it what is wrong with what stands there."""

    def __init__(self, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.field = Field(name, placeholder=placeholder)
        self.trouble = Trouble()
        self.setAccessibleName(name)
        self.setFocusProxy(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.field)
        column.addWidget(self.trouble)
        self.field.textEdited.connect(lambda _text: self.say(""))

    def text(self) -> str:
        """Return what stands in the field, without blanks around it."""
        return self.field.text().strip()

    def say(self, text: str, status: str = "blocks") -> None:
        """Say what is wrong, or only worth a look; to a screen reader too. "" when nothing is."""
        self.trouble.say(text, status)
        self.field.setAccessibleDescription(text)


class CertificateOrderForm(CertificateForm):
    """The request's names and its key; the key is made here and stays here."""

    def __init__(self, order: Order, close: Callable[[], object]) -> None:
        super().__init__(_("Order a certificate"), _("Make the key and the request"), close)
        self._order = order
        self._renews = ""
        self.title = SectionTitle(_("Order a certificate"))
        self.about = Label(tone="quiet")
        self.organisation = CheckedField(_("Organisation"), _("Its registered name"))
        self.common_name = CheckedField(_("DNS name"), "spor.sjukhuset.se")
        self.names = CheckedField(_("Further DNS names"), _("With a blank between them"))
        self.hsa_id = CheckedField(_("HSA-id"), "SE2321000016-A1B2")
        self.locality = CheckedField(_("Locality"))
        self.country = CheckedField(_("Country"))
        self.key_kind = Choice(
            _("Kind of key"), tuple((kind, _(text)) for kind, text in KEY_KINDS.items())
        )
        for one in self._checked():
            one.field.returnPressed.connect(self.decide)
        self.hsa_id.field.editingFinished.connect(self._note_hsa_id)
        self._lay_out()
        self.begin(None)

    def begin(self, renewed: CertificateView | None, organisation: str = "") -> None:
        """Begin an order anew, or one that is to replace a certificate: with its names."""
        self._renews = renewed.id if renewed else ""
        for one in self._checked():
            one.field.clear()
            one.say("")
        self.trouble.say("")
        self.country.field.setText("SE")
        self.organisation.field.setText(renewed.organisation if renewed else organisation)
        self.key_kind.set_value("rsa-4096")
        if renewed is not None:
            self._copy(renewed)
        self.title.setText(_("Renew the certificate") if renewed else _("Order a certificate"))
        self.about.setText(_renewing() if renewed else _ordering())
        self.set_busy(busy=False)

    def focus_first(self) -> None:
        """Put the focus where something is still to be written, else on the deciding button."""
        wanted = (self.organisation, self.common_name)
        empty = next((one.field for one in wanted if not one.text()), None)
        (empty or self.confirm).setFocus()

    def decide(self) -> None:
        """Check the form, and order when nothing is wrong with it."""
        if not self.confirm.isEnabled():
            return
        wrong = [one for one in self._checked() if not self._is_right(one)]
        if wrong:
            wrong[0].field.setFocus()
            self.ensureWidgetVisible(wrong[0])
        else:
            self._order(self.filled())

    def filled(self) -> OrderForm:
        """Return what the form says."""
        return OrderForm(
            organisation=self.organisation.text(),
            common_name=self.common_name.text().casefold(),
            names=_split(self.names.text()),
            hsa_id=self.hsa_id.text(),
            locality=self.locality.text(),
            country=self.country.text().upper(),
            key_kind=self.key_kind.value(),
            renews=self._renews,
        )

    def _note_hsa_id(self) -> None:
        """Say what is unusual about the HSA-id; it may still be right, so nothing is stopped."""
        text = self.hsa_id.text()
        if text and certificate_hsa_id_problem(text):
            return  # said when the form is decided
        notices = hsa_id_notices(text) if text else ()
        self.hsa_id.say(" ".join(sentence_of(code) for code in notices), "fellista")

    def _copy(self, view: CertificateView) -> None:
        """Fill in what the certificate to be replaced says."""
        name = view.subject if is_dns_name(view.subject) else next(iter(view.names), "")
        self.common_name.field.setText(name)
        self.names.field.setText(" ".join(one for one in view.names if one != name))
        self.hsa_id.field.setText(view.hsa_id)
        self.key_kind.set_value("ec-p256" if view.key.startswith("EC") else "rsa-4096")

    def _is_right(self, one: CheckedField) -> bool:
        problem = self._problem(one)
        if problem or one is not self.hsa_id:
            one.say(problem)
        else:
            self._note_hsa_id()
        return not problem

    def _problem(self, one: CheckedField) -> str:
        """Return what is wrong with one field, "" when nothing is."""
        text = one.text()
        if one is self.organisation:
            return "" if text else _("Say which organisation the certificate is for.")
        if one is self.common_name and not is_dns_name(text):
            return _("Write a whole DNS name, such as spor.sjukhuset.se.")
        if one is self.names:
            bad = next((name for name in _split(text) if not is_dns_name(name)), "")
            return _("{name} is not a DNS name.").format(name=bad) if bad else ""
        if one is self.hsa_id and text:
            code = certificate_hsa_id_problem(text)
            return sentence_of(code, {"value": text, "hsa_id": text}) if code else ""
        if one is self.country and not is_country(text.upper()):
            return _("Write the country as two letters, such as SE.")
        return ""

    def _checked(self) -> tuple[CheckedField, ...]:
        return (
            self.organisation,
            self.common_name,
            self.names,
            self.hsa_id,
            self.locality,
            self.country,
        )

    def _lay_out(self) -> None:
        for one in self._checked():
            named(self.form, one)
        named(self.form, self.key_kind)
        note = Note(_("The domain must be one that the organisation owns: the issuer checks it."))
        self.fill(self.title, self.about, self.fields, note, self.trouble, self.deciding())


def _split(text: str) -> tuple[str, ...]:
    return tuple(one.casefold() for one in _BREAKS.split(text) if one)


def _ordering() -> str:
    return _(
        "The key is made here and never leaves this computer. You get a request and a letter to"
        " send to your local SITHS administration; the certificate that comes back is imported"
        " here and matched to its key."
    )


def _renewing() -> str:
    return _(
        "A new key is made for the same names. The certificate in use stays in use until the new"
        " one has come and you switch."
    )
