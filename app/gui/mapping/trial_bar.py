"""Which row the steps are tried on: the next, the one before, any, or what is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.mapping.fields import tool
from app.gui.widgets.controls import Field
from app.gui.widgets.labels import Note
from app.gui.widgets.numbers import count
from app.language.text import _
from app.workflow.mapping_views import LinkTrial


class TrialBar(QWidget):
    """Leads through the rows; typed values take the row's place while the pencil is on."""

    step_wanted = Signal(int)
    chance_wanted = Signal()
    typed = Signal(tuple)  # the texts, one per column; () when a row is wanted again

    def __init__(self) -> None:
        super().__init__()
        self._feed: tuple[str, tuple[str, ...]] = ("", ())
        self._columns: tuple[str, ...] = ()
        self.fields: list[Field] = []
        self.place = Note()
        self.before = tool("chevron-left", _("Previous row"), lambda: self.step_wanted.emit(-1))
        self.after = tool("chevron-right", _("Next row"), lambda: self.step_wanted.emit(1))
        self.any = tool("dice-3-outline", _("Any row"), self.chance_wanted.emit)
        self.pencil = tool("pencil", _("Type a value to try"), self._type, checkable=True)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.place, 1)
        for part in (self.before, self.after, self.any, self.pencil):
            row.addWidget(part)
        self._typing = QVBoxLayout()
        self._typing.setSpacing(theme.GRID // 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(row)
        layout.addLayout(self._typing)

    def show_columns(self, feed: tuple[str, tuple[str, ...]]) -> None:
        """Know what a row of the link is; another link is tried on rows again."""
        if feed != self._feed:
            self._feed, self._columns = feed, feed[1]
            self.pencil.blockSignals(True)
            self.pencil.setChecked(False)
            self.pencil.blockSignals(False)
            self._clear()

    def show_trial(self, trial: LinkTrial | None) -> None:
        """Say which row is tried."""
        if trial is None:
            self.place.setText("")
        elif self.pencil.isChecked():
            self.place.setText(_("Typed"))
        elif not trial.rows:
            self.place.setText(_("No rows"))
        else:
            words = _("Row {row} of {rows} · {case}")
            place, rows = count(trial.row + 1), count(trial.rows)
            self.place.setText(words.format(row=place, rows=rows, case=trial.case or "–"))
        is_on_rows = trial is not None and bool(trial.rows) and not self.pencil.isChecked()
        for part in (self.before, self.after, self.any):
            part.setEnabled(is_on_rows)

    def _type(self, is_on: bool) -> None:
        self._clear()
        if not is_on:
            self.typed.emit(())
            return
        for column in self._columns:
            field = Field(_("{column} to try").format(column=column), placeholder=column)
            field.textChanged.connect(self._tell)
            self.fields.append(field)
            self._typing.addWidget(field)
        if self.fields:
            self.fields[0].setFocus()
        self._tell()

    def _tell(self) -> None:
        self.typed.emit(tuple(field.text() for field in self.fields))

    def _clear(self) -> None:
        for field in self.fields:
            self._typing.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = []
