"""How one file is read: encoding by eye, delimiter, key; every change can be undone."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QFormLayout, QVBoxLayout, QWidget

from app.core.mapping import Source
from app.gui import theme
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.labels import FieldLabel, Note, SectionTitle, StatusLabel
from app.language.sentences import error_sentence
from app.language.text import N_, _
from app.workflow.views import EncodingGuess, TableView

DELIMITERS = ((";", N_("semicolon ;")), (",", N_("comma ,")), ("\t", N_("tab")), ("|", "|"))
ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "cp850": "DOS 850"}
_TELLING = 90  # characters of the telling line

Change = Callable[[Source, str], None]


class ReadingOptions(QWidget):
    """The reading options of the chosen file."""

    def __init__(self, change: Change, make_case_table: Callable[[str], None]) -> None:
        super().__init__()
        self._change = change
        self._make_case_table = make_case_table
        self._table: TableView | None = None
        self._guesses: tuple[EncodingGuess, ...] = ()
        self._title = SectionTitle()
        self._path = Note()
        self.problem = StatusLabel("blocks")
        self.encoding = _narrow(Choice(_("Encoding")))
        self.telling = Note()
        self.delimiter = _narrow(Choice(_("Delimiter")))
        self.key = _narrow(Choice(_("Key column")))
        self.case_table = Button(_("This table holds the cases"), self._choose_case_table)
        self.encoding.activated.connect(partial(self._set, "encoding"))
        self.delimiter.activated.connect(partial(self._set, "delimiter"))
        self.key.activated.connect(partial(self._set, "key"))
        self._lay_out()

    def show_table(self, table: TableView, is_case_table: bool) -> None:
        """Show how this file is read."""
        self._table = table
        self._guesses = ()
        source = table.source
        self._title.setText(source.name)
        self._path.setText(source.path)
        self.problem.setVisible(table.problem is not None)
        if table.problem is not None:
            self.problem.set_status("blocks", _("Cannot be read"))
            self.problem.setToolTip(error_sentence(table.problem))
        self._path.setText(error_sentence(table.problem) if table.problem else source.path)
        self.encoding.set_entries(((source.encoding, _encoding_name(source.encoding)),))
        self.delimiter.set_entries(tuple((value, _(text)) for value, text in DELIMITERS))
        self.delimiter.set_value(source.delimiter)
        names = tuple((one.name, one.name) for one in table.columns)
        self.key.set_entries(names or ((source.key, source.key),))
        self.key.set_value(source.key)
        self.case_table.setVisible(not is_case_table)
        self.telling.setText("")

    def show_guesses(self, guesses: tuple[EncodingGuess, ...]) -> None:
        """Offer the encodings that the file may have, each with the same line decoded by it."""
        if self._table is None:
            return
        self._guesses = guesses
        self.encoding.set_entries(tuple((one.encoding, _offer(one)) for one in guesses))
        self.encoding.set_value(self._table.source.encoding)
        chosen = next((g for g in guesses if g.encoding == self._table.source.encoding), None)
        self.telling.setText(_short(chosen.line) if chosen else "")

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(2 * theme.GRID)
        form.setVerticalSpacing(theme.GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(FieldLabel(_("Encoding")), self.encoding)
        form.addRow("", self.telling)
        form.addRow(FieldLabel(_("Delimiter")), self.delimiter)
        form.addRow(FieldLabel(_("Key column")), self.key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for part in (self._title, self.problem, self._path):
            column.addWidget(part)
        column.addLayout(form)
        column.addWidget(self.case_table)

    def _set(self, name: str, _index: int) -> None:
        if self._table is None:
            return
        choices = {"encoding": self.encoding, "delimiter": self.delimiter, "key": self.key}
        source = self._table.source
        value = choices[name].value()
        texts = {
            "encoding": _("read {table} as {value}"),
            "delimiter": _("divide {table} at {value}"),
            "key": _("use {value} as key of {table}"),
        }
        option: dict[str, Any] = {name: value}
        changed = replace(source, **option)
        self._change(changed, texts[name].format(table=source.name, value=value))

    def _choose_case_table(self) -> None:
        if self._table is not None:
            self._make_case_table(self._table.source.name)


def _encoding_name(encoding: str) -> str:
    return ENCODINGS.get(encoding, encoding)


def _offer(guess: EncodingGuess) -> str:
    doubt = " " + _("(doubtful)") if guess.doubtful else ""
    return f"{_encoding_name(guess.encoding)}{doubt}:  {_short(guess.line)}"


def _short(line: str) -> str:
    text = line if len(line) <= _TELLING else line[:_TELLING] + "…"
    return text.replace(";", ";\u200b")  # a place where the line may be broken


def _narrow(choice: Choice) -> Choice:
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(12)
    return choice
