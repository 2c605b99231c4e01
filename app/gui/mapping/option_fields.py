"""What one option of a step is entered by: a field, a choice, a column, a table, a value map."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.core.conversion import Entry
from app.core.mapping import Link, Project, Step
from app.gui import theme
from app.gui.mapping.fields import FindChoice, NarrowChoice
from app.gui.widgets.controls import Field
from app.language.codes_conversion import StepOption
from app.language.text import _
from app.workflow.views import TableView

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Surrounding:
    """What options may choose among: the columns of all tables, the value maps."""

    link: Link
    project: Project
    tables: tuple[TableView, ...]

    @property
    def own_table(self) -> str:
        """The table whose rows the link reads; a constant stands beside the cases."""
        return self.link.table or self.project.case_table

    def columns_of(self, table: str) -> tuple[str, ...]:
        """Return the columns of a table as it was read."""
        return tuple(
            column.name for one in self.tables if one.source.name == table for column in one.columns
        )


def option_field(step: Step, option: StepOption, around: Surrounding, tell: Tell) -> QWidget:
    """Return the field of one option; `tell` hears what is entered."""
    name, value = option.label, step.option(option.name)
    match option.entry:
        case Entry.CHOICE:
            return _choice(name, option.choices, value or option.default, tell)
        case Entry.COLUMN:
            table = step.option(option.table) if option.table else around.own_table
            offers = tuple((one, one) for one in around.columns_of(table))
            return _find(name, offers, value, tell)
        case Entry.TABLE:
            offers = tuple((one.name, one.name) for one in around.project.sources)
            return _choice(name, (("", "–"), *offers), value, tell)
        case Entry.MAP:
            offers = tuple((one.name, one.name) for one in around.project.value_maps)
            known = offers if value in dict(offers) else (*offers, (value, value))
            return _choice(name, known, value, tell)
        case _:
            return _field(name, option, value, tell)


def _choice(name: str, offers: tuple[tuple[str, str], ...], value: str, tell: Tell) -> NarrowChoice:
    choice = NarrowChoice(name, offers)
    choice.set_value(value)
    choice.activated.connect(lambda _index: tell(choice.value()))
    return choice


def _find(name: str, offers: tuple[tuple[str, str], ...], value: str, tell: Tell) -> FindChoice:
    lost = () if not value or value in dict(offers) else ((value, _lost(value)),)
    choice = FindChoice(name, (("", "–"), *lost, *offers))
    choice.set_value(value)
    choice.taken.connect(tell)
    return choice


def _field(name: str, option: StepOption, value: str, tell: Tell) -> Field:
    field = Field(name, text=value, placeholder=option.default or option.hint)
    field.setToolTip(option.hint)
    field.setCursorPosition(0)
    if option.entry in {Entry.PATTERN, Entry.FORMAT}:
        field.setFont(theme.fixed_font())

    def told() -> None:
        if field.isModified():
            field.setModified(False)
            tell(field.text())

    field.editingFinished.connect(told)
    return field


def _lost(column: str) -> str:
    return _("{column} (missing)").format(column=column)
