"""Says when the program starts that the certificates' keys wait for a passphrase or a keystore."""

from PySide6.QtCore import QObject

from app.gui.frame.context import Context
from app.language.text import N_, _
from app.workflow.certificate_views import KeystoreState

_WORDS = {
    KeystoreState.ASKS: N_("Type your passphrase under Certificate: it opens the keys."),
    KeystoreState.LOCKED: N_("The computer's keystore is locked. See Certificate."),
    KeystoreState.FAILED: N_("The computer's keystore does not answer. See Certificate."),
}


class KeystoreNote(QObject):
    """One message for each state that must be dealt with; it goes when that is done."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._said = KeystoreState.READY
        context.session.certificate_changed.connect(self._look)

    def _look(self) -> None:
        state = self._context.session.shelf.keystore.state
        if state is self._said:
            return
        if self._said in _WORDS:
            self._context.messages.withdraw(_(_WORDS[self._said]))
        self._said = state
        if state in _WORDS:
            self._context.messages.show(_(_WORDS[state]), "waiting")
