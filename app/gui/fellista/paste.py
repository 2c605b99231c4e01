"""Paste a list of behandlingsnummer, with or without reasons."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label
from app.language.text import _

_TALL = 132


class PastePanel(QWidget):
    """A box for a pasted list; there only while it is needed."""

    def __init__(self, read: Callable[[str], None], closed: Callable[[], None]) -> None:
        super().__init__()
        self._read = read
        self._closed = closed
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Pasted list"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TALL)
        self.text.textChanged.connect(self._allow)
        self.confirm = Button(_("Read the list"), self._confirm, kind="primary")
        self.cancel = Button(_("Cancel"), self._cancel, kind="quiet")
        buttons = QHBoxLayout()
        buttons.addWidget(self.confirm)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addWidget(
            Label(
                _(
                    "Paste lines from the fellista or from avvisade registreringar: one"
                    " behandlingsnummer per line, the reason after it if there is one."
                ),
                tone="quiet",
            )
        )
        layout.addWidget(self.text)
        layout.addLayout(buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._allow()
        self.hide()

    def open_panel(self) -> None:
        """Show an empty box and wait for the list."""
        self.text.clear()
        self.show()

    def _allow(self) -> None:
        empty = not self.text.toPlainText().strip()
        self.confirm.explain(_("Paste the list first.") if empty else "")

    def _cancel(self) -> None:
        self.hide()
        self._closed()

    def _confirm(self) -> None:
        self._read(self.text.toPlainText())
