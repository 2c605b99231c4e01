"""Buttons and fields with the names that a screen reader reads."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QPushButton, QSizePolicy, QWidget

from app.gui import theme

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PLAIN = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier})


class Button(QPushButton):
    """A button; `kind` is "" (outlined), "primary" (one a page) or "quiet" (text only)."""

    def __init__(
        self,
        text: str,
        slot: Callable[[], object] | None = None,
        *,
        icon: str = "",
        kind: str = "",
        tip: str = "",
    ) -> None:
        super().__init__(text)
        if kind:
            self.setProperty(kind, True)
        if icon:
            tokens = {"primary": "on_accent", "quiet": "accent"}
            self.setIcon(theme.icon(icon, tokens.get(kind, "text")))
        if slot is not None:
            self.clicked.connect(lambda _checked=False: slot())
        self.setToolTip(tip)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as Space does; held down, it presses once."""
        if event.key() in _ENTER and event.modifiers() in _PLAIN:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def explain(self, reason: str) -> None:
        """Enable the button, or disable it and say why in its tooltip."""
        self.setEnabled(not reason)
        self.setToolTip(reason)


class Field(QLineEdit):
    """One line of text."""

    def __init__(self, name: str, *, placeholder: str = "", text: str = "") -> None:
        super().__init__(text)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)


class SearchField(Field):
    """A field that filters what stands beside it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, placeholder=name)
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("magnify", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(220)
        self.setMaximumWidth(280)


class Choice(QComboBox):
    """A choice among a few; every entry is a value and its text."""

    def __init__(self, name: str, entries: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.set_entries(entries)

    def set_entries(self, entries: tuple[tuple[str, str], ...]) -> None:
        """Offer other entries, keeping the value when it is still among them; says nothing."""
        kept = self.value()
        self.blockSignals(True)
        self.clear()
        for value, text in entries:
            self.addItem(text, value)
        self.setCurrentIndex(max(0, self.findData(kept)))
        self.blockSignals(False)

    def value(self) -> str:
        """Return the chosen value, "" when there is none."""
        return str(self.currentData() or "")

    def set_value(self, value: str) -> None:
        """Choose a value without telling anyone."""
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(value))
        self.blockSignals(False)


class Line(QFrame):
    """A thin line between parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.color("line"))
        self.setPalette(palette)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
