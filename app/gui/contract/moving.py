"""Moving the project to another contract: first what holds and what is left, then the move."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.core.register import Profile
from app.gui import theme
from app.gui.contract.binding_rows import named
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.fact_words import type_word
from app.gui.widgets.labels import Label, SectionTitle
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.sentences import sentence_of
from app.language.text import _, ngettext
from app.workflow.profile_views import MovedProject, MoveTask

_STATUS = dict.fromkeys(("move-link-check", "move-link-unknown", "move-value-gone"), "inkonsistent")
_TYPE_CHANGED = "move-link-check"  # `before` and `after` are types


class MovePanel(QFrame):
    """The plan of a move, and after it the work that is left; hidden until there is one."""

    def __init__(
        self,
        move: Callable[[], object],
        go: Callable[[str], object],
        bind: Callable[[str, str], object],
    ) -> None:
        super().__init__()
        self._bind = bind
        self._target = ""
        self._go = go
        self._profile: Profile | None = None
        self._name_of_all = ""
        self.title = SectionTitle()
        self.sentence = Label(tone="quiet")
        self.table: Table[MoveTask] = Table(_("Work to do"), RowsModel(self._columns()))
        self.confirm = Button(_("Move the project"), move, icon="transfer-right", kind="primary")
        self.show_variable = Button(
            _("Show in the mapping"), self._show_variable, icon="transit-connection-variant"
        )
        self.show_binding = Button(_("Show the binding"), self._show_binding, icon="link-variant")
        self.close_button = Button(_("Cancel"), self.close_plan, kind="quiet")
        self.table.activated.connect(lambda _index: self._show_variable())
        self.table.current_changed.connect(lambda _row: self._explain())
        self._lay_out()
        self.hide()

    def show_plan(self, moved: MovedProject, profile: Profile, name: str) -> None:
        """Show what a move to this contract would keep, and what it would leave to do."""
        self._profile, self._name_of_all = profile, name
        self._target = moved.project.profile
        self.title.setText(_("Move the project to {name}").format(name=name))
        self.sentence.setText(_summary(moved))
        self.table.rows.set_rows(moved.tasks)
        self.table.setVisible(bool(moved.tasks))
        for button in (self.show_variable, self.show_binding):
            button.setVisible(bool(moved.tasks))
        self.confirm.show()
        self.close_button.setText(_("Cancel"))
        self.show()
        self.table.choose(0)
        self._explain()
        self.confirm.setFocus()

    def end_plan(self) -> None:
        """Turn the plan of a move that is made into a list of the work that is left."""
        self.title.setText(_("Work after the move to {name}").format(name=self._name_of_all))
        self.confirm.hide()
        self.close_button.setText(_("Close"))
        (self.table if self.table.rows.rowCount() else self.close_button).setFocus()

    def close_plan(self) -> None:
        """Put the plan away."""
        self.hide()

    def _show_variable(self) -> None:
        task = self.table.current_row()
        if task is not None and task.variable and self.show_variable.isEnabled():
            self._go(task.variable)

    def _show_binding(self) -> None:
        task = self.table.current_row()
        if task is not None and self.show_binding.isEnabled():
            self._bind(self._target, task.variable)

    def _explain(self) -> None:
        task = self.table.current_row()
        is_there = (
            task is not None and self._profile is not None and task.variable in self._profile.by_id
        )
        for button in (self.show_variable, self.show_binding):
            button.explain("" if is_there else _("Choose a variable of the contract."))

    def _columns(self) -> tuple[Column[MoveTask], ...]:
        return (
            Column(_("Variable"), self._name, weight=3),
            Column(_("What to do"), self._work, status=_status, tinted=False, weight=7),
        )

    def _work(self, task: MoveTask) -> str:
        return work_words(task, self._name(task))

    def _name(self, task: MoveTask) -> str:
        variable = self._profile.by_id.get(task.variable) if self._profile else None
        if variable is None:
            return task.variable
        return named(variable)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        for part in (self.confirm, self.show_variable, self.show_binding, self.close_button):
            buttons.addWidget(part)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(Line())
        layout.addWidget(self.title)
        layout.addWidget(self.sentence)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        layout.addStretch()  # keeps the sentences together when no work is left


def _summary(moved: MovedProject) -> str:
    kept, left = len(moved.kept), len(moved.tasks)
    words = ngettext("{count} link still holds.", "{count} links still hold.", kept)
    work = ngettext("{count} thing is left to do.", "{count} things are left to do.", left)
    nothing = _("Nothing is left to do.")
    rest = work.format(count=left) if left else nothing
    return f"{words.format(count=kept)} {rest}"


def work_words(task: MoveTask, name: str = "") -> str:
    """Return what a move leaves to do, in a sentence that calls the variable by number or name."""
    is_numbered = not name or name.startswith(task.variable)
    values = {"variable": task.variable if is_numbered else name, **dict(task.values)}
    if task.code == _TYPE_CHANGED:
        values |= {
            one: type_word(values[one]).lower() for one in values.keys() & {"before", "after"}
        }
    return sentence_of(task.code, values)


def _status(task: MoveTask) -> str:
    return _STATUS.get(task.code, "refused")
