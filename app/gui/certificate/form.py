"""A form beside the list: fields under each other, what is wrong with them, and a way out."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from app.core.errors import WorkbenchError
from app.gui import theme
from app.gui.widgets.controls import Button, Field
from app.gui.widgets.labels import FieldLabel
from app.gui.widgets.parts import Inspector
from app.gui.widgets.tab_order import holds_focus
from app.gui.widgets.trouble import Trouble
from app.language.text import _

Slot = Callable[[], object]


class CertificateForm(Inspector):
    """Stays as it is while its deed fails, with the reason in it; Esc leaves it."""

    def __init__(self, title: str, deciding: str, close: Slot) -> None:
        super().__init__(title)
        self._deciding = deciding
        self.trouble = Trouble()
        self.confirm = Button(deciding, self.decide, kind="primary")
        self.cancel = Button(_("Cancel"), close, kind="quiet")
        self.fields = QWidget()
        self.form = QFormLayout(self.fields)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(2 * theme.GRID)
        self.form.setVerticalSpacing(theme.GRID)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        escape = QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, close)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def is_busy(self) -> bool:
        """Whether its deed is under way."""
        return not self.fields.isEnabled()

    def decide(self) -> None:
        """Do what the form is for; a subclass says how."""
        raise NotImplementedError

    def set_busy(self, *, busy: bool) -> None:
        """Allow one deed at a time; the keys then come to the way out."""
        if busy and holds_focus(self):
            self.cancel.setFocus()
        self.fields.setEnabled(not busy)
        self.confirm.setEnabled(not busy)
        self.confirm.setText(_("Working…") if busy else self._deciding)
        if busy:
            self.trouble.say("")

    def refuse(self, error: WorkbenchError) -> None:
        """Say here why it failed; what was filled in stays."""
        self.set_busy(busy=False)
        self.trouble.show_error(error)
        self.ensureWidgetVisible(self.trouble)

    def deciding(self) -> QWidget:
        """Return the line of buttons that ends the form."""
        return beside(self.confirm, self.cancel)


def secret_field(name: str) -> Field:
    """Return a field whose text is not shown."""
    field = Field(name)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def named(form: QFormLayout, field: QWidget, name: str = "") -> None:
    """Put a field into a form under its accessible name, or another."""
    label = FieldLabel(name or field.accessibleName())
    label.setBuddy(field)
    label.setFixedHeight(theme.ROW)
    form.addRow(label, field)
    form.setAlignment(label, Qt.AlignmentFlag.AlignTop)  # what is wrong may stand below the field


def beside(*parts: QWidget, stretch: int = 1) -> QWidget:
    """Return the parts in a line; without stretch the first takes the room that is left."""
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.GRID)
    for number, part in enumerate(parts):
        row.addWidget(part, int(not stretch and not number))
    if stretch:
        row.addStretch(stretch)
    return line
