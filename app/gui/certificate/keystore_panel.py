"""How the place for secrets stands, where something must be done about it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFormLayout, QFrame, QVBoxLayout

from app.core.errors import WorkbenchError
from app.gui import theme
from app.gui.certificate.form import beside, named, secret_field
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label, Note
from app.gui.widgets.trouble import Trouble
from app.language.sentences import sentence_of
from app.language.text import N_, _
from app.workflow.certificate_views import KeystoreState, KeystoreView

Say = Callable[[str], object]

_QUIET = frozenset({KeystoreState.READY, KeystoreState.TYPED})
_CODES = {
    KeystoreState.MISSING: "keystore-missing",
    KeystoreState.LOCKED: "keystore-locked",
    KeystoreState.FAILED: "keystore-failed",
}
_MORE = {
    KeystoreState.MISSING: N_(
        "Without one you can choose a passphrase of your own. It opens the certificates' keys, is"
        " typed each time the program starts, and is written down nowhere: without it the keys"
        " are lost."
    ),
    KeystoreState.ASKS: N_(
        "This computer has no keystore. The certificates' keys lie behind the passphrase that you"
        " chose."
    ),
}


class KeystorePanel(QFrame):
    """Hidden while secrets can be kept; else says why not and what opens the way."""

    def __init__(self, start: Say, unlock: Say, again: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._start, self._unlock, self._look_again = start, unlock, again
        self._state = KeystoreState.READY
        self.trouble = Trouble()
        self.more = Note()
        self.passphrase = secret_field(_("Passphrase"))
        self.repeated = secret_field(_("The same once more"))
        self.confirm = Button("", self._confirm, kind="primary")
        self.again = Button(_("Try again"), self._try_again, icon="refresh")
        for field in (self.passphrase, self.repeated):
            field.returnPressed.connect(self._confirm)
            field.setMaximumWidth(360)
        self._lay_out()
        self.hide()

    def show_keystore(self, view: KeystoreView) -> None:
        """Show how the keystore stands now."""
        self._state = view.state
        self._clear()
        asks = view.state is KeystoreState.ASKS
        types = asks or view.state is KeystoreState.MISSING
        code = view.code or _CODES.get(view.state, "")
        self.trouble.say(sentence_of(code, view.values) if code and not asks else "")
        if asks:
            self.trouble.say(_("Type the passphrase to open the certificates' keys."), "note")
        self.more.setText(_(_MORE.get(view.state, "")))
        self.more.setVisible(view.state in _MORE)
        self._fields.setVisible(types)
        self._form.setRowVisible(self.repeated, view.state is KeystoreState.MISSING)
        self.confirm.setVisible(types)
        text = _("Open") if asks else _("Keep the keys behind this passphrase")
        self.confirm.setText(text)
        self.confirm.setAccessibleName(text)
        self.again.setVisible(not asks)
        self.set_busy(busy=False)
        self.setVisible(view.state not in _QUIET)

    def set_busy(self, *, busy: bool) -> None:
        """Ask for one thing at a time; the focus stays, and with it the page's keys."""
        if busy and self.passphrase.isVisible():
            self.passphrase.setFocus()
        for field in (self.passphrase, self.repeated):
            field.setReadOnly(busy)
        for button in (self.confirm, self.again):
            button.setEnabled(not busy)

    def refuse(self, error: WorkbenchError) -> None:
        """Say why it does not open; the passphrase is typed anew."""
        self.set_busy(busy=False)
        self._clear()
        self.trouble.show_error(error)
        self.passphrase.setFocus()

    def _try_again(self) -> None:
        """Let a locked keystore ask for its own password; else look how it stands now."""
        if self._state is KeystoreState.LOCKED:
            self.set_busy(busy=True)
            self._unlock("")
        else:
            self._look_again()

    def _confirm(self) -> None:
        typed = self.passphrase.text()
        if not typed or not self.confirm.isEnabled():
            self.passphrase.setFocus()
            return
        if self._state is KeystoreState.ASKS:
            self.set_busy(busy=True)
            self._unlock(typed)
        elif typed != self.repeated.text():
            self.trouble.say(_("The two passphrases differ. Type them again."))
            self.repeated.setFocus()
            self.repeated.selectAll()
        else:
            self.set_busy(busy=True)
            self._start(typed)

    def _clear(self) -> None:
        self.passphrase.clear()
        self.repeated.clear()

    def _lay_out(self) -> None:
        self._fields = QFrame()
        self._form = QFormLayout(self._fields)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * theme.GRID)
        named(self._form, self.passphrase)
        named(self._form, self.repeated)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        title = Label(_("The computer's keystore"), bold=True)
        for part in (title, self.trouble, self.more, self._fields):
            column.addWidget(part)
        column.addWidget(beside(self.confirm, self.again))
