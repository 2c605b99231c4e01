"""A choice among many: typing narrows the list to what holds the letters anywhere."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

from app.gui.widgets.controls import Choice

_BARE = "QLineEdit { border: none; padding: 0; background: transparent; }"  # the box has the edge


class LongChoice(Choice):
    """A choice that can be typed into; what is no entry is put back."""

    def __init__(self, name: str, entries: tuple[tuple[str, str], ...]) -> None:
        super().__init__(name)
        self._edit = QLineEdit()
        self._edit.setStyleSheet(_BARE)
        self.setLineEdit(self._edit)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._edit.setAccessibleName(name)
        completer = QCompleter(self.model(), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._edit.editingFinished.connect(self._put_back)
        self.set_entries(entries)
        self._show_start()

    def set_value(self, value: str) -> None:
        """Choose a value without telling anyone."""
        super().set_value(value)
        self._show_start()

    @property
    def is_in_use(self) -> bool:
        """Whether the user stands in it."""
        return self.hasFocus() or self._edit.hasFocus()

    def _put_back(self) -> None:
        if self.findText(self.currentText()) < 0:
            self.setEditText(self.itemText(self.currentIndex()))
        self._show_start()

    def _show_start(self) -> None:
        self._edit.setCursorPosition(0)
