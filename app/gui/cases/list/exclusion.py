"""Leaving cases out of all sending: the reason is asked for below the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import FieldLabel, Note
from app.gui.widgets.numbers import count
from app.language.text import N_, _, ngettext

_REASONS = (
    N_("Being corrected in the planning system"),
    N_("Test person"),
    N_("Belongs to another unit"),
    N_("Registered by hand in the portal"),
)


class ExclusionForm(QWidget):
    """Asks why the chosen cases are left out."""

    excluded = Signal(str)  # the reason
    left = Signal()  # closed by a person who stood in it

    def __init__(self) -> None:
        super().__init__()
        self.reason = QComboBox()
        self.reason.setEditable(True)
        self.reason.setAccessibleName(_("Reason"))
        self.reason.addItems([_(reason) for reason in _REASONS])
        self._edit = QLineEdit()
        self._edit.setFrame(False)
        self._edit.setStyleSheet("border: none; padding: 0; background: transparent;")
        self.reason.setLineEdit(self._edit)
        self._edit.setPlaceholderText(_("Why are they left out?"))
        self.confirm = Button("", self._confirm, kind="primary")
        self.cancel = Button(_("Cancel"), self.close_form, kind="quiet")
        self._lay_out()
        self.reason.editTextChanged.connect(lambda _text: self._explain())
        self._edit.returnPressed.connect(self._confirm)
        self.hide()

    def open_for(self, number: int) -> None:
        """Ask about this many cases."""
        words = ngettext("Leave {count} case out", "Leave {count} cases out", number)
        self.confirm.setText(words.format(count=count(number)))
        self.confirm.setAccessibleName(self.confirm.text())
        self.reason.setCurrentIndex(-1)
        self.reason.setEditText("")
        self._explain()
        self.show()
        self.reason.setFocus()

    def close_form(self) -> None:
        """Leave nothing out."""
        focus = QApplication.focusWidget()
        stands_here = self.isVisible() and focus is not None and self.isAncestorOf(focus)
        self.hide()
        if stands_here:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        reason = self.reason.currentText().strip()
        if reason:
            self.close_form()
            self.excluded.emit(reason)

    def _explain(self) -> None:
        has_reason = bool(self.reason.currentText().strip())
        self.confirm.explain("" if has_reason else _("Say why first."))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(theme.GRID)
        line.addWidget(FieldLabel(_("Reason")))
        line.addWidget(self.reason, 1)
        line.addWidget(self.confirm)
        line.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(line)
        layout.addWidget(
            Note(
                _(
                    "The cases are not sent until they are taken back. The reason is journalled: "
                    "write nothing about the patient."
                )
            )
        )
