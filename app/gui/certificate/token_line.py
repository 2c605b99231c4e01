"""Where the PIN of a token is typed, once each time the program runs."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.gui import theme
from app.gui.certificate.form import beside, secret_field
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import FieldLabel
from app.gui.widgets.trouble import Trouble
from app.language.text import _

_WIDE = 160  # pixels


class TokenLine(QWidget):
    """A PIN and the button that opens the token; why it does not open stands below."""

    def __init__(self, open_token: Callable[[str], object]) -> None:
        super().__init__()
        self._open_token = open_token
        self.pin = secret_field(_("PIN"))
        self.pin.setMaximumWidth(_WIDE)
        self.open = Button(_("Open the token"), self._open, icon="key-outline")
        self.trouble = Trouble()
        self.pin.returnPressed.connect(self._open)
        text = _("The key is on a token. Its PIN is asked for once each time the program runs.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(Trouble(text, "waiting"))
        column.addWidget(beside(FieldLabel(self.pin.accessibleName()), self.pin, self.open))
        column.addWidget(self.trouble)

    def refuse(self, error: WorkbenchError) -> None:
        """Say why the token does not open; the PIN is typed anew, never tried again by itself."""
        self.open.setEnabled(True)
        self.pin.clear()
        self.trouble.show_error(error)
        self.pin.setFocus()

    def _open(self) -> None:
        if self.pin.text() and self.open.isEnabled():
            self.open.setEnabled(False)
            self.trouble.say("")
            self._open_token(self.pin.text())
