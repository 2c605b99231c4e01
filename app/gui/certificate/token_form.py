"""A certificate whose key stays where it is: on a token, or in the computer's own store."""

from collections.abc import Callable

from app.core.errors import WorkbenchError
from app.gui.certificate import files
from app.gui.certificate.form import CertificateForm, beside, named, secret_field
from app.gui.certificate.words import day, name_of_certificate
from app.gui.settings import Setting, Settings
from app.gui.widgets.controls import Button, Choice, Field
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import N_, _, ngettext
from app.workflow.certificate_views import TokenCertificate

Look = Callable[[str, str, str], object]  # place, module, PIN
Use = Callable[[TokenCertificate, str], object]

TOKEN, WINDOWS = "token", "windows"
PLACES = {
    TOKEN: N_("A token or smart card (PKCS#11)"),
    WINDOWS: N_("This computer's own store (Windows)"),
}
_MODULE = Setting("pkcs11_module")  # the library that was used last
_SHOWN = 3  # rows of the list before it scrolls
_ROW = 28


class TokenForm(CertificateForm):
    """Looks for certificates with a key that cannot leave its place, and uses one of them."""

    def __init__(
        self, settings: Settings, look: Look, use: Use, close: Callable[[], object]
    ) -> None:
        super().__init__(_("From a token or this computer"), _("Use this certificate"), close)
        self._settings = settings
        self._look, self._use = look, use
        self.place = Choice(_("Where the key is"), tuple((one, _(PLACES[one])) for one in PLACES))
        self.module = Field(_("PKCS#11 module"), placeholder=_("The token's program library"))
        self.module.setText(settings.text(_MODULE))
        self.choose = Button(_("File…"), self._ask_module, icon="file-outline")
        self.pin = secret_field(_("PIN"))
        self.seek = Button(_("Look for certificates"), self.look, icon="magnify")
        self.found: Table[TokenCertificate] = Table(_("Certificates found"), RowsModel(_columns()))
        self.said = Note()
        self.place.activated.connect(lambda _index: self._follow())
        for field in (self.module, self.pin):
            field.returnPressed.connect(self.look)
        self.found.current_changed.connect(lambda _row: self._explain())
        self.found.activated.connect(lambda _index: self.decide())
        self._lay_out()
        self.show_found(())
        self._follow()

    def look(self) -> None:
        """Look for certificates where the form says."""
        if not self.seek.isEnabled():
            return
        module = self.module.text().strip()
        if self.place.value() == TOKEN and not module:
            self.trouble.say(_("Name the token's program library. Its maker says which file."))
            self.module.setFocus()
            return
        self._settings.set_text(_MODULE, module)
        self.set_busy(busy=True)
        self._look(self.place.value(), module if self.place.value() == TOKEN else "", self._pin())

    def decide(self) -> None:
        """Use the chosen certificate."""
        chosen = self.found.current_row()
        if chosen is not None and self.fields.isEnabled():
            self.set_busy(busy=True)
            self._use(chosen, self._pin())

    def show_found(self, found: tuple[TokenCertificate, ...]) -> None:
        """Show what was found; one alone is chosen at once."""
        self.set_busy(busy=False)
        self.found.rows.set_rows(found)
        self.found.setVisible(bool(found))
        rows = min(max(len(found), 1), _SHOWN) + 1
        self.found.setFixedHeight(rows * _ROW + 2)
        words = ngettext("{count} certificate found", "{count} certificates found", len(found))
        self.said.setText(words.format(count=len(found)) if found else "")
        self.said.setVisible(bool(found))
        if found:
            self.found.choose(0)
            self.found.setFocus()
        self._explain()

    def refuse(self, error: WorkbenchError) -> None:
        """Say why, and let the PIN be typed anew: it is never tried again by itself."""
        super().refuse(error)
        if self.isVisible():  # else it was put away in the meantime
            self.pin.setFocus()
            self.pin.selectAll()
        self._explain()

    def set_busy(self, *, busy: bool) -> None:
        """Look or take one at a time."""
        super().set_busy(busy=busy)
        self.found.setEnabled(not busy)
        if not busy:
            self._explain()

    def empty(self) -> None:
        """Forget the PIN and what was found."""
        self.pin.clear()
        self.trouble.say("")
        self.show_found(())

    def _pin(self) -> str:
        return self.pin.text() if self.place.value() == TOKEN else ""

    def _follow(self) -> None:
        """Show the fields of this place; what was found in the other is no longer so."""
        is_token = self.place.value() == TOKEN
        self.form.setRowVisible(self._module_row, is_token)
        self.form.setRowVisible(self._pin_row, is_token)
        self.trouble.say("")
        self.show_found(())

    def _explain(self) -> None:
        has_one = self.found.current_row() is not None and bool(self.found.rows.rowCount())
        self.confirm.explain("" if has_one else _("Look for certificates first."))

    def _ask_module(self) -> None:
        title = _("Choose the token's program library")
        files.ask_file(self, self._settings, title, files.LIBRARIES, self.module.setText)

    def _lay_out(self) -> None:
        self._module_row = beside(self.module, self.choose, stretch=0)
        self._pin_row = beside(self.pin, stretch=0)
        named(self.form, self.place)
        named(self.form, self._module_row, self.module.accessibleName())
        named(self.form, self._pin_row, self.pin.accessibleName())
        about = _(
            "The key stays on the token or in the store and is only asked to sign. The PIN is"
            " never written down: it is asked for once each time the program runs."
        )
        self.fill(
            SectionTitle(_("From a token or this computer")),
            Label(about, tone="quiet"),
            self.fields,
            beside(self.seek),
            self.trouble,
            self.said,
            self.found,
            self.deciding(),
        )


def _columns() -> tuple[Column[TokenCertificate], ...]:
    return (
        Column(_("Token"), lambda one: one.label, weight=2),
        Column(_("Certificate"), lambda one: name_of_certificate(one.certificate), weight=3),
        Column(_("Issued by"), lambda one: one.certificate.issuer, quiet=True, weight=3),
        Column(_("Valid to"), lambda one: day(one.certificate.valid_to), number=True, width=100),
    )
