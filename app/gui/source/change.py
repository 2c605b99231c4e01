"""Other columns than before: new, missing and renamed; the mapping is moved in one step."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.source.tables import change_sentence
from app.gui.widgets.controls import Button, Choice
from app.gui.widgets.labels import FieldLabel, Label, Note, SectionTitle
from app.gui.widgets.numbers import share
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import N_, _, ngettext
from app.workflow.source_views import Renaming, ShapeChange

RENAMED, MISSING, NEW = "renamed", "missing", "new"
_WORDS = {RENAMED: N_("renamed"), MISSING: N_("missing"), NEW: N_("new column")}
_ICONS = {RENAMED: "rename-outline", MISSING: "table-column-remove", NEW: "table-column-plus-after"}
_SURE = 100
_NONE = " "

Apply = Callable[[tuple[Renaming, ...]], None]


@dataclass(frozen=True, slots=True)
class Change:
    """One column that differs; `after` is what a person lets it be called."""

    before: str
    after: str
    score: int = 0
    is_used: bool = False

    @property
    def kind(self) -> str:
        """What has come of the column."""
        if not self.before:
            return NEW
        return RENAMED if self.after else MISSING


class ChangePanel(QWidget):
    """The columns that differ; a missing one can be said to be called something else now."""

    def __init__(self, dismiss: Callable[[], object]) -> None:
        super().__init__()
        self._apply: Apply = lambda _renamings: None
        self._change = ShapeChange()
        self._changes: tuple[Change, ...] = ()
        self._title = SectionTitle()
        self._files = Note()
        self._sentence = Label(tone="quiet")
        columns = (
            Column[Change](_("Change"), lambda one: _(_WORDS[one.kind]), icon=_icon, width=140),
            Column[Change](_("Column before"), lambda one: one.before or "–", width=220),
            Column[Change](_("Column now"), lambda one: one.after or "–", width=220),
            Column[Change](_("Likeness"), _likeness, number=True, width=96),
            Column[Change](_("What it means"), _meaning),
        )
        self.table: Table[Change] = Table(_("Columns that differ"), RowsModel(columns))
        self.table.current_changed.connect(self._choose)
        self.now = Choice(_("The column is now called"))
        self.now.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.now.setMinimumContentsLength(24)
        self.now.activated.connect(lambda _index: self._rename())
        self.apply = Button(_("Use these columns"), self._use, kind="primary")
        self.cancel = Button(_("Not now"), dismiss)
        escape = QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, dismiss)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay_out()

    def show_change(
        self, title: str, change: ShapeChange, button: str, apply: Apply, files: str = ""
    ) -> None:
        """Show how the columns differ (in these files); `apply` is told which are renamed."""
        self._apply, self._change = apply, change
        self._title.setText(title)
        self._files.setText(files)
        self._sentence.setText(change_sentence(change))
        self.apply.setText(button)
        self.apply.setAccessibleName(button)
        self._changes = changes_of(change)
        self.table.rows.set_rows(self._changes)
        if self._changes:
            self.table.choose(0)
            self._choose(self._changes[0])
        self.table.setFocus()

    def renamings(self) -> tuple[Renaming, ...]:
        """Return which columns are called something else, as it is shown."""
        return tuple(
            Renaming(one.before, one.after, one.score)
            for one in self._changes
            if one.kind == RENAMED
        )

    def _choose(self, change: Change | None) -> None:
        self.now.setEnabled(change is not None and bool(change.before))
        if change is None:
            return
        taken = {one.after for one in self._changes if one.before} - {change.after}
        every = (*self._change.added, *(one.after for one in self._change.renamed))
        free = tuple((name, name) for name in every if name not in taken)
        self.now.set_entries(((_NONE, _("gone: nothing replaces it")), *free))
        self.now.set_value(change.after or _NONE)

    def _rename(self) -> None:
        number, chosen = self.table.currentIndex().row(), self.now.value().strip()
        former = self._changes[number]
        known = {(one.before, one.after): one.score for one in self._change.renamed}
        score = known.get((former.before, chosen), _SURE) if chosen else 0
        changed = list(self._changes)
        changed[number] = replace(former, after=chosen, score=score)
        self._changes = _with_new(changed, self._change)
        self.table.rows.set_rows(self._changes)
        self.table.choose(number)
        self._choose(self._changes[number])

    def _use(self) -> None:
        self._apply(self.renamings())

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(theme.GRID)
        foot.addWidget(FieldLabel(_("The column is now called")))
        foot.addWidget(self.now)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._title)
        head.addWidget(self._files, 1)
        column.addLayout(head)
        column.addWidget(self._sentence)
        column.addWidget(self.table, 1)
        column.addLayout(foot)


def changes_of(change: ShapeChange) -> tuple[Change, ...]:
    """Return the columns that differ: those that are mapped first, the new ones last."""
    renamed = [Change(one.before, one.after, one.score, is_used=True) for one in change.renamed]
    missing = [Change(one, "", is_used=one in change.used) for one in change.missing]
    used = [replace(one, is_used=one.before in change.used) for one in (*renamed, *missing)]
    return _with_new(sorted(used, key=lambda one: not one.is_used), change)


def apply_words(change: ShapeChange, *, is_new_file: bool = False) -> str:
    """Return what the button says that follows the renamed columns, and takes a new file."""
    number = len(change.renamed)
    if not number:
        return _("Take the file") if is_new_file else _("Use these columns")
    if is_new_file:
        text = ngettext(
            "Take the file, re-point {count} column",
            "Take the file, re-point {count} columns",
            number,
        )
        return text.format(count=number)
    text = ngettext("Re-point {count} column", "Re-point {count} columns", number)
    return text.format(count=number)


def _with_new(changes: list[Change], change: ShapeChange) -> tuple[Change, ...]:
    known = [one for one in changes if one.before]
    taken = {one.after for one in known}
    every = (*change.added, *(one.after for one in change.renamed))
    return (*known, *(Change("", name) for name in every if name not in taken))


def _icon(change: Change) -> str:
    return _ICONS[change.kind]


def _likeness(change: Change) -> str:
    return share(change.score, _SURE) if change.kind == RENAMED else "–"


def _meaning(change: Change) -> str:
    if change.kind == NEW:
        return _("can be mapped")
    if not change.is_used:
        return _("not mapped: nothing is lost")
    if change.kind == RENAMED:
        return _("the mapping follows")
    return _("mapped, and no longer there")
