"""Import a certificate file: the file, its password, and for PEM the key's own file."""

from collections.abc import Callable
from pathlib import Path

from app.core.errors import WorkbenchError
from app.gui.certificate import files
from app.gui.certificate.form import CertificateForm, beside, named, secret_field
from app.gui.settings import Settings
from app.gui.widgets.controls import Button, Choice, Field
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.language.text import _
from app.workflow.certificate_views import CertificateShelf, KeystoreState, OrderView

Import = Callable[[str, str, str], object]  # path, password, path of the key
Answer = Callable[[str, str], object]  # id of the order, path

_ALONE = " "  # what it is when it answers no order


class Importer(CertificateForm):
    """Takes a .p12 or .pfx file, a PEM pair, or the answer to an order."""

    def __init__(
        self,
        settings: Settings,
        import_file: Import,
        complete: Answer,
        close: Callable[[], object],
    ) -> None:
        super().__init__(_("Import a certificate"), _("Import"), close)
        self._settings = settings
        self._import_file = import_file
        self._complete = complete
        self._orders: tuple[OrderView, ...] = ()
        self._is_typed = False
        self.path = Field(_("File"), placeholder=_("A .p12 or .pfx file, or a certificate in PEM"))
        self.choose = Button(_("File…"), self.ask, icon="file-outline")
        self.answers = Choice(_("What it is"))
        self.key = Field(_("Private key"), placeholder=_("Only when the key is in another file"))
        self.choose_key = Button(_("File…"), self._ask_key, icon="file-key-outline")
        self.choose_key.setAccessibleName(_("Choose the key's file"))
        self.password = secret_field(_("Password"))
        self.about = Note()
        for field in (self.path, self.key, self.password):
            field.returnPressed.connect(self.decide)
        self.path.textChanged.connect(lambda _text: self._follow())
        self.answers.activated.connect(lambda _index: self._follow())
        self._lay_out()
        self._follow()

    def ask(self) -> None:
        """Let the user choose a file."""
        title = _("Choose a certificate file")
        files.ask_file(self, self._settings, title, files.CERTIFICATE_FILES, self.take_file)

    def show_shelf(self, shelf: CertificateShelf) -> None:
        """Know where keys are kept, and the orders that a file without a key may answer."""
        self._is_typed = shelf.keystore.state in {KeystoreState.TYPED, KeystoreState.ASKS}
        self._orders = orders = shelf.orders
        words = _("The answer to the order for {name}")
        named_orders = ((one.id, words.format(name=one.form.common_name)) for one in orders)
        self.answers.set_entries((*named_orders, (_ALONE, _("A certificate with its own key"))))
        self._follow()

    def take_file(self, path: str) -> None:
        """Ask for the password of this file."""
        is_answer = bool(self._orders) and files.suffix_of(path) in files.ANSWERS
        self.answers.set_value(self._orders[0].id if is_answer else _ALONE)
        self.path.setText(path)
        self._follow()
        self.password.clear()
        self.trouble.say("")
        self.set_busy(busy=False)
        (self.confirm if self._order() else self.password).setFocus()

    def decide(self) -> None:
        """Import the file as it is said to be."""
        if not self.confirm.isEnabled():
            return
        path = self.path.text().strip()
        if not path:
            self.trouble.say(_("Say which file it is."))
            self.path.setFocus()
        elif self._order():
            self._complete(self._order(), path)
        else:
            key = self.key.text().strip() if self._is_pair() else ""
            self._import_file(path, self.password.text(), key)

    def refuse(self, error: WorkbenchError) -> None:
        """Say why the file was not taken, and let the password be typed anew."""
        super().refuse(error)
        if self.isVisible():  # else it was put away in the meantime
            self.password.setFocus()
            self.password.selectAll()

    def empty(self) -> None:
        """Forget the file and the password."""
        for field in (self.path, self.key, self.password):
            field.clear()
        self.trouble.say("")
        self.set_busy(busy=False)

    @property
    def name(self) -> str:
        """The name of the file that is to be imported."""
        return Path(self.path.text()).name

    def _order(self) -> str:
        """Return the id of the order that the file is to answer, "" when it answers none."""
        suffix = files.suffix_of(self.path.text())
        may_answer = bool(self._orders) and suffix in (*files.ANSWERS, ".pem")
        return self.answers.value().strip() if may_answer else ""

    def _is_pair(self) -> bool:
        path = self.path.text().strip()
        return bool(path) and files.suffix_of(path) not in files.PACKAGES

    def _follow(self) -> None:
        """Show the fields that this kind of file has."""
        pair, order = self._is_pair(), bool(self._order())
        may_answer = pair and bool(self._orders)
        for row, shown in (
            (self._what, may_answer),
            (self._key_row, pair and not order),
            (self.password, not order),
        ):
            self.form.setRowVisible(row, shown)
        self.about.setText(self._about(is_answer=order))

    def _about(self, *, is_answer: bool) -> str:
        if is_answer:
            return _("The certificate is matched to the key that was made with the order.")
        if self._is_typed:
            return _("The key is kept encrypted, behind the passphrase that you chose.")
        return _("The key is kept encrypted; its passphrase lies in the computer's keystore.")

    def _ask_key(self) -> None:
        title = _("Choose the key's file")
        files.ask_file(self, self._settings, title, files.KEY_FILES, self.key.setText)

    def _lay_out(self) -> None:
        self._what = beside(self.answers, stretch=0)
        self._key_row = beside(self.key, self.choose_key, stretch=0)
        named(self.form, beside(self.path, self.choose, stretch=0), _("File"))
        named(self.form, self._what, _("What it is"))
        named(self.form, self._key_row, _("Private key"))
        named(self.form, self.password)
        about = _(
            "The file that the hospital has for SPOR: a .p12 or .pfx with its key, or a"
            " certificate and its key in PEM. The file itself is not changed."
        )
        title = SectionTitle(_("Import a certificate"))
        words = Label(about, tone="quiet")
        self.fill(title, words, self.fields, self.trouble, self.deciding(), self.about)
