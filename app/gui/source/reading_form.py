"""How one file is read, option by option; every change can be undone."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QWidget

from app.core.mapping import Source, SourceKind
from app.gui import theme
from app.gui.source import options, widths
from app.gui.source.edits import without_file
from app.gui.source.encodings import NAMES, EncodingChoice
from app.gui.widgets.controls import Button, Choice, Field
from app.gui.widgets.labels import FieldLabel
from app.language.text import _
from app.workflow.views import EncodingGuess

Change = Callable[[Source, str], None]


class ReadingForm(QWidget):
    """The options of the chosen file."""

    def __init__(self, change: Change, add_files: Callable[[], object]) -> None:
        super().__init__()
        self._change = change
        self._source: Source | None = None
        self._guesses: tuple[EncodingGuess, ...] = ()
        self.kind = _narrow(Choice(_("Kind of file"), options.kind_entries()))
        self.part = _narrow(Choice(_("Part of the file")))
        self.encoding = EncodingChoice(self._set_encoding)
        self.delimiter = _narrow(Choice(_("Delimiter"), options.named(options.DELIMITERS)))
        self.quote = _narrow(Choice(_("Quotation marks"), options.named(options.QUOTES)))
        self.header = _narrow(Choice(_("Heading")))
        self.widths = Field(_("Column widths"), placeholder="8 12 10")
        self.files = _narrow(Choice(_("Files")))
        self.leave_out = Button(_("Leave out"), self._leave_out, kind="quiet")
        self.add_files = Button(_("Add…"), add_files, kind="quiet")
        self.add_files.setAccessibleName(_("Add files to this table"))
        self.add_files.setToolTip(_("More files of the same kind, one per month for instance."))
        for name in ("kind", "delimiter", "quote", "header"):
            choice: Choice = getattr(self, name)
            choice.activated.connect(partial(self._set, name))
        self.part.activated.connect(self._set_part)
        self.widths.editingFinished.connect(self._set_widths)
        self._lay_out()

    def show_source(self, source: Source) -> None:
        """Show how a file is read."""
        is_same = self._source is not None and self._source.path == source.path
        self._source = source
        self._guesses = self._guesses if is_same else ()
        self.encoding.show_guesses(self._guesses, source.encoding)
        self.kind.set_value(source.kind.value)
        parts = ((options.part_of(source), options.part_name(source)),)
        if not is_same or options.part_of(source) not in _values(self.part):
            self.part.set_entries(parts)
        self.part.set_value(options.part_of(source))
        self._labels["part"].setText(options.part_label(source))
        self.delimiter.set_value(source.delimiter)
        self.quote.set_value(source.quote)
        self.header.set_entries(options.heading_entries(source))
        self.header.set_value(str(source.header))
        if not is_same or not self.widths.isModified():
            self.widths.setText(widths.said(source.widths))
        self.files.set_entries(options.file_names(source))
        self.leave_out.setVisible(bool(source.more))
        shown = options.options_of(source)
        for name, field in self._fields.items():
            self._form.setRowVisible(field, name in shown or name in {"kind", "files"})

    def show_guesses(self, guesses: tuple[EncodingGuess, ...]) -> None:
        """Offer the encodings that the file may have."""
        self._guesses = guesses
        if self._source is not None:
            self.encoding.show_guesses(guesses, self._source.encoding)

    def show_parts(self, sources: tuple[Source, ...]) -> None:
        """Offer the sheets, records or files that there are in the file."""
        if self._source is None:
            return
        own = (options.part_of(self._source), options.part_name(self._source))
        entries = {options.part_of(one): options.part_name(one) for one in sources}
        if own[0] not in entries:
            entries = {own[0]: own[1], **entries}
        self.part.set_entries(tuple(entries.items()))
        self.part.set_value(own[0])

    def _lay_out(self) -> None:
        files = QWidget()
        row = QHBoxLayout(files)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.files, 1)
        row.addWidget(self.leave_out)
        row.addWidget(self.add_files)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * theme.GRID)
        self._form.setVerticalSpacing(theme.GRID // 2)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        labels = {
            "kind": _("Kind"),
            "part": _("Part"),
            "encoding": _("Encoding"),
            "delimiter": _("Delimiter"),
            "quote": _("Quotes"),
            "widths": _("Widths"),
            "header": _("Heading"),
            "files": _("Files"),
        }
        every: dict[str, QWidget] = {"files": files}
        self._fields = {name: every.get(name) or getattr(self, name) for name in labels}
        self._labels = {name: FieldLabel(text) for name, text in labels.items()}
        self._labels["encoding"].setFixedHeight(theme.ROW)
        for name, field in self._fields.items():
            self._form.addRow(self._labels[name], field)

    def _set(self, name: str, _index: int) -> None:
        if self._source is None:
            return
        choice: Choice = getattr(self, name)
        value: Any = choice.value()
        texts = {
            "kind": _("read {table} as {value}"),
            "delimiter": _("divide {table} at {value}"),
            "quote": _("quotation marks of {table}: {value}"),
            "header": _("heading of {table}: {value}"),
        }
        typed: dict[str, Callable[[str], Any]] = {"kind": SourceKind, "header": int}
        option: dict[str, Any] = {name: typed.get(name, str)(value)}
        self._tell(replace(self._source, **option), texts[name], choice.currentText())

    def _set_encoding(self, encoding: str) -> None:
        if self._source is not None:
            changed = replace(self._source, encoding=encoding)
            name = NAMES.get(encoding, encoding)
            self._tell(changed, _("read {table} as {value}"), name)

    def _set_part(self, _index: int) -> None:
        if self._source is not None:
            changed = options.with_part(self._source, self.part.value())
            self._tell(changed, _("take {value} for {table}"), self.part.currentText())

    def _set_widths(self) -> None:
        self.widths.setModified(False)
        said = widths.understood(self.widths.text())
        if self._source is None or said == self._source.widths:
            return
        if not said:
            self.widths.setText(widths.said(self._source.widths))
            return
        self._tell(replace(self._source, widths=said), _("column widths of {table}"), "")

    def _leave_out(self) -> None:
        if self._source is not None and self._source.more:
            changed = without_file(self._source, self.files.value())
            self._tell(changed, _("leave {value} out of {table}"), self.files.currentText())

    def _tell(self, changed: Source, text: str, value: str) -> None:
        self._change(changed, text.format(table=changed.name, value=value))


def _values(choice: Choice) -> list[str]:
    return [str(choice.itemData(number)) for number in range(choice.count())]


def _narrow(choice: Choice) -> Choice:
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(12)
    return choice
