"""Which rows say that a patient has declined: such a case is never sent."""

from collections.abc import Callable

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.core.mapping import Blocking
from app.gui import theme
from app.gui.widgets.controls import Choice, Field
from app.gui.widgets.labels import FieldLabel, Note, SectionTitle
from app.language.text import _


class DeclinedChoice(QWidget):
    """The column that says so, and the value by which it does."""

    def __init__(self, chosen: Callable[[Blocking], None]) -> None:
        super().__init__()
        self._chosen = chosen
        self._shown = Blocking()
        self.column = Choice(_("Column that tells who has declined"))
        self.column.activated.connect(lambda _index: self._tell())
        self.value = Field(_("Value that means declined"))
        self.value.editingFinished.connect(self._tell)
        self.told = Note()
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.GRID)
        form.setVerticalSpacing(theme.GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(FieldLabel(_("Column")), self.column)
        form.addRow(FieldLabel(_("Value")), self.value)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(SectionTitle(_("Patients who have declined")))
        column.addLayout(form)
        column.addWidget(self.told)

    def show_blocking(self, blocking: Blocking, columns: tuple[str, ...]) -> None:
        """Show what the project says, with the columns of the case table to choose from."""
        self._shown = blocking
        gone = () if blocking.column in columns or not blocking.column else (blocking.column,)
        none = ("", _("no column"))
        self.column.set_entries((none, *((one, one) for one in (*columns, *gone))))
        self.column.set_value(blocking.column)
        if not self.value.hasFocus():
            self.value.setText(blocking.value)
        self.value.setEnabled(bool(blocking.column))
        self.told.setText(_sentence(blocking))

    def _tell(self) -> None:
        column = self.column.value()
        wanted = Blocking(column, self.value.text().strip() if column else "")
        if wanted != self._shown:
            self._shown = wanted
            self._chosen(wanted)


def _sentence(blocking: Blocking) -> str:
    """Return which cases are held back."""
    if not blocking.column:
        return _("No case is held back for this.")
    if not blocking.value:
        return _("Every case with anything in {column} is held back.").format(
            column=blocking.column
        )
    words = _("Cases with {value} in {column} are held back; letter case makes no difference.")
    return words.format(value=blocking.value, column=blocking.column)
