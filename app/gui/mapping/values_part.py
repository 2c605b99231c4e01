"""The value map of a variable: every local code that occurs, how often, and what it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.core.identity import mask_text
from app.core.mapping import ValueMap
from app.core.register import Code
from app.gui import theme
from app.gui.mapping.fields import FindChoice, NarrowChoice
from app.gui.widgets.controls import Button, Field
from app.gui.widgets.labels import FieldLabel, Note, StatusLabel
from app.gui.widgets.numbers import count, share_to_tenth
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import N_, _, current
from app.workflow.views import ValueCount

UNMAPPED = (
    ("error", N_("stop the case")),
    ("keep", N_("are sent as they are")),
    ("omit", N_("are left out")),
)
_COUNT_WIDTH = 76  # pixels


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One local code; `code` is None until somebody has said what it becomes, "" is nothing."""

    local: str
    count: int
    code: str | None
    text: str = ""


class _Codes(Table[CodeRow]):
    """The local codes; several can be given the same register code."""

    pasted = Signal(str)
    cleared = Signal()
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.cleared.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class ValuesPart(QWidget):
    """A table of codes, below it what the chosen ones become."""

    value_wanted = Signal(tuple, object)  # local codes, a register code, "" or None
    policy_wanted = Signal(str)
    fill_wanted = Signal()
    paste_wanted = Signal(str)
    read_wanted = Signal()
    save_wanted = Signal()
    own_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._offers: tuple[tuple[str, str], ...] = ()
        self.done_of = (0, 0)
        self._codes: Mapping[str, str] = {}
        self.done = StatusLabel()
        self.shared = Note()
        self.own = Button(_("Make it its own"), self.own_wanted.emit, kind="quiet")
        self.fill = Button(_("Fill by text"), self.fill_wanted.emit, icon="auto-fix")
        self.fill.setToolTip(_("Proposes a code wherever the local one says what it means."))
        self.more = Button(_("More"), icon="dots-horizontal", kind="quiet")
        self.more.setMenu(self._menu())
        self.table = _Codes(_("Local codes"), RowsModel(_columns()), several=True)
        self.table.setMinimumHeight(8 * theme.ROW)
        self.code = FindChoice(_("Becomes"))
        self.text = Field(_("Becomes"))
        self.policy = NarrowChoice(_("Other values"), tuple((v, _(t)) for v, t in UNMAPPED))
        self._connect()
        self._lay_out()

    def show_map(
        self,
        counts: tuple[ValueCount, ...],
        value_map: ValueMap,
        codes: tuple[Code, ...],
        users: tuple[str, ...],
    ) -> None:
        """Show what occurs and what it becomes; `users` are the variables that share the map."""
        offers = tuple(_offer(one) for one in codes)
        self._codes = dict(offers)
        if offers != self._offers:
            self._offers = offers
            undecided = (("-", _("–  not decided")), ("", _("nothing (left out)")))
            self.code.set_entries((*undecided, *offers))
        self.code.setVisible(bool(codes))
        self.text.setVisible(not codes)
        self.policy.set_value(value_map.unmapped)
        rows = code_rows(counts, value_map, self._codes)
        kept = self.table.currentIndex().row()
        self.table.rows.set_rows(rows)
        if rows and not self.table.selectionModel().hasSelection():
            self.table.choose(min(max(kept, 0), len(rows) - 1))
        self._show_done(rows)
        self._show_users(users)
        self._show_chosen()

    def go_to_next(self) -> None:
        """Choose the next code that nobody has decided on, the most frequent first."""
        total, here = self.table.rows.rowCount(), self.table.currentIndex().row()
        for distance in range(1, total + 1):
            row = self.table.rows.row_at((here + distance) % total)
            if row is not None and row.code is None:
                self.table.choose((here + distance) % total)
                return

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _row: self._show_chosen())
        self.table.pasted.connect(self.paste_wanted)
        self.table.cleared.connect(lambda: self._tell(None))
        self.table.entered.connect(self._begin)
        self.code.taken.connect(self._tell_code)
        self.text.editingFinished.connect(self._tell_text)
        self.policy.activated.connect(lambda _index: self.policy_wanted.emit(self.policy.value()))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        paste = menu.addAction(_("Paste two columns"))
        paste.triggered.connect(lambda: self.paste_wanted.emit(QGuiApplication.clipboard().text()))
        menu.addAction(_("Read from a file…")).triggered.connect(self._ask_to_read)
        menu.addAction(_("Save to a file…")).triggered.connect(self._ask_to_save)
        return menu

    def _ask_to_read(self) -> None:
        self.read_wanted.emit()

    def _ask_to_save(self) -> None:
        self.save_wanted.emit()

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setSpacing(theme.GRID // 2)
        tools.addWidget(self.fill)
        tools.addWidget(self.more)
        tools.addStretch(1)
        sharing = QHBoxLayout()
        sharing.addWidget(self.shared, 1)
        sharing.addWidget(self.own, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.done)
        layout.addLayout(tools)
        layout.addWidget(self.table, 1)
        labels = tuple(FieldLabel(text) for text in (_("Becomes"), _("Other values")))
        widest = max(one.sizeHint().width() for one in labels)
        for label, fields in zip(labels, ((self.code, self.text), (self.policy,)), strict=True):
            label.setFixedWidth(widest)  # so that the fields begin under each other
            layout.addLayout(_row(label, *fields))
        layout.addLayout(sharing)

    def _begin(self) -> None:
        if self.code.isVisible():
            self.code.begin()
        else:
            self.text.setFocus()
            self.text.selectAll()

    def _show_done(self, rows: tuple[CodeRow, ...]) -> None:
        mapped = [one for one in rows if one.code is not None]
        self.done_of = (len(mapped), len(rows))
        part, whole = sum(one.count for one in mapped), sum(one.count for one in rows)
        words = _("{mapped} of {total} codes = {share} of the rows")
        share = share_to_tenth(part, whole)
        text = words.format(mapped=count(len(mapped)), total=count(len(rows)), share=share)
        self.done.set_status("clean" if len(mapped) == len(rows) else "waiting", text)

    def _show_users(self, users: tuple[str, ...]) -> None:
        is_shared = len(users) > 1
        words = _("Shared by {count} variables: {names}")
        self.shared.setText(words.format(count=len(users), names=", ".join(users)))
        self.shared.setVisible(is_shared)
        self.own.setVisible(is_shared)

    def _show_chosen(self) -> None:
        row = self.table.current_row()
        for field in (self.code, self.text):
            field.setEnabled(row is not None)
        code = row.code if row is not None else None
        self.code.set_value("-" if code is None else code)
        self.text.setText(code or "")
        self.text.setModified(False)

    def _tell_code(self, value: str) -> None:
        self._tell(None if value == "-" else value)
        self.table.setFocus()
        self.go_to_next()

    def _tell_text(self) -> None:
        if self.text.isModified():
            self.text.setModified(False)
            self._tell(self.text.text())

    def _tell(self, code: str | None) -> None:
        chosen = tuple(row.local for row in self.table.chosen())
        if chosen:
            self.value_wanted.emit(chosen, code)


def code_rows(
    counts: tuple[ValueCount, ...], value_map: ValueMap, texts: Mapping[str, str]
) -> tuple[CodeRow, ...]:
    """Return a row for each code that occurs, and for those that the map has beside them."""
    known = dict(value_map.entries)
    rows = [
        CodeRow(one.value, one.count, known.get(one.value.strip()), _text(one, known, texts))
        for one in counts
    ]
    occurring = {one.value.strip() for one in counts}
    rest = (local for local in known if local not in occurring)
    return (*rows, *(CodeRow(one, 0, known[one], texts.get(known[one], "")) for one in rest))


def _text(one: ValueCount, known: Mapping[str, str], texts: Mapping[str, str]) -> str:
    return texts.get(known.get(one.value.strip(), ""), "")


def _offer(code: Code) -> tuple[str, str]:
    text = code.text.in_language(current())
    same = text.casefold() == code.code.casefold()
    return code.code, code.code if same or not text else f"{code.code}  {text}"


def _columns() -> tuple[Column[CodeRow], ...]:
    return (
        Column(_("Local code"), lambda row: mask_text(row.local), weight=5),
        Column(_("Rows"), lambda row: count(row.count), number=True, width=_COUNT_WIDTH),
        Column(_("Becomes"), _becomes, status=_undecided, weight=8),
    )


def _becomes(row: CodeRow) -> str:
    if row.code is None:
        return _("not decided")
    return row.text or row.code or _("nothing (left out)")


def _undecided(row: CodeRow) -> str:
    return "waiting" if row.code is None else ""


def _row(label: FieldLabel, *fields: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.GRID)
    row.addWidget(label)
    for field in fields:
        row.addWidget(field, 1)
    return row
