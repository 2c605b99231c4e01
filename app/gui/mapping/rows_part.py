"""Which rows of a table give the value: those of a repeated group, or the one that is picked."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.core.mapping import GroupLink, Pick
from app.gui import theme
from app.gui.mapping.fields import FindChoice, NarrowChoice, tool
from app.gui.mapping.wording import rows_sentence
from app.gui.widgets.controls import Field
from app.gui.widgets.labels import FieldLabel, Note
from app.language.text import N_, _

_NTH = (
    ("0", N_("the only one")),
    ("1", N_("the first")),
    ("2", N_("the second")),
    ("3", N_("the third")),
    ("-1", N_("the last")),
)
_ORDER = (("", N_("rising")), ("down", N_("falling")))

Rows = GroupLink | Pick


class RowsPart(QWidget):
    """One sentence; opened it shows what is filtered by, the order, and which row is picked."""

    def __init__(self, change: Callable[[Rows], None]) -> None:
        super().__init__()
        self._change = change
        self._rows: Rows | None = None
        self.sentence = Note()
        self.opener = tool("chevron-right", _("Choose rows"), self._toggle, checkable=True)
        self.filter_column = FindChoice(_("Only rows where"))
        self.filter_value = Field(_("is (several with | between)"))
        self.order_column = FindChoice(_("In the order of"))
        self.order = NarrowChoice(_("Order"), tuple((value, _(text)) for value, text in _ORDER))
        self.nth = NarrowChoice(_("Row"), tuple((value, _(text)) for value, text in _NTH))
        self._form_body = QWidget()
        self._form = QFormLayout(self._form_body)
        self._form.setContentsMargins(3 * theme.GRID, 0, 0, 0)
        self._form.setVerticalSpacing(theme.GRID // 2)
        fields = (self.filter_column, self.filter_value, self.order_column, self.order, self.nth)
        for field in fields:
            self._form.addRow(FieldLabel(field.accessibleName()), field)
        self._form_body.hide()
        head = QFormLayout()
        head.setHorizontalSpacing(0)
        head.addRow(self.opener, self.sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._form_body)
        self._connect()

    def show_rows(self, rows: Rows | None, columns: tuple[str, ...]) -> None:
        """Show which rows are used; None where every case has one row."""
        self._rows = rows
        self.setVisible(rows is not None)
        if rows is None:
            return
        self.sentence.setText(rows_sentence(rows))
        entries = (("", "–"), *((one, one) for one in columns))
        self.filter_column.set_entries(_with(entries, rows.filter_column))
        self.filter_column.set_value(rows.filter_column)
        self.filter_value.setText(rows.filter_value)
        self.order_column.set_entries(_with(entries, rows.order_column))
        self.order_column.set_value(rows.order_column)
        self.order.set_value("down" if rows.descending else "")
        self._form.setRowVisible(self.filter_value, bool(rows.filter_column))
        self._form.setRowVisible(self.order, bool(rows.order_column))
        self._form.setRowVisible(self.nth, isinstance(rows, Pick))
        if isinstance(rows, Pick):
            known = tuple((value, _(text)) for value, text in _NTH)
            own = str(rows.nth)
            self.nth.set_entries(_with(known, own))
            self.nth.set_value(own)

    def _connect(self) -> None:
        self.filter_column.taken.connect(lambda name: self._tell(filter_column=name))
        self.order_column.taken.connect(lambda name: self._tell(order_column=name))
        self.order.activated.connect(lambda _at: self._tell(descending=bool(self.order.value())))
        self.nth.activated.connect(lambda _at: self._tell(nth=int(self.nth.value())))
        self.filter_value.editingFinished.connect(self._tell_value)

    def _tell_value(self) -> None:
        if self.filter_value.isModified():
            self.filter_value.setModified(False)
            self._tell(filter_value=self.filter_value.text())

    def _tell(self, **changes: str | bool | int) -> None:
        if self._rows is not None:
            self._change(replace(self._rows, **changes))  # type: ignore[arg-type]

    def _toggle(self, is_open: bool) -> None:
        self.opener.setIcon(theme.icon("chevron-down" if is_open else "chevron-right", "quiet"))
        self._form_body.setVisible(is_open)


def _with(entries: tuple[tuple[str, str], ...], value: str) -> tuple[tuple[str, str], ...]:
    """Return the entries, and the value that holds when it is not among them."""
    return entries if value in dict(entries) else (*entries, (value, value))
