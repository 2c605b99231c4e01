"""The columns of a case's rows and values."""

from dataclasses import dataclass

from app.core.register import Profile
from app.gui.widgets.masking import mask_cell
from app.gui.widgets.rows import Column
from app.language.text import _, current
from app.workflow.views import CaseDetail, ValueView


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the export as it stands in the file."""

    table: str
    row: int
    column: str
    value: str


def cell_columns() -> tuple[Column[Cell], ...]:
    """Return the columns of a case's rows in the export."""
    return (
        Column(_("Column"), lambda cell: cell.column, width=112),
        Column(_("In the file"), lambda cell: cell.value),
        Column(
            _("Row"),
            lambda cell: _("{table}, row {row}").format(table=cell.table, row=cell.row),
            quiet=True,
            width=150,
        ),
    )


def value_columns(profile: Profile) -> tuple[Column[ValueView], ...]:
    """Return the columns of a case's values."""
    return (
        Column(_("Variable"), lambda value: variable_name(value, profile), weight=36),
        Column(_("Value"), lambda value: value.value, weight=42),
        Column(_("From"), origin, quiet=True, weight=22),
    )


def variable_name(value: ValueView, profile: Profile) -> str:
    """Return a value's variable with its name, and which of several it is."""
    variable = profile.by_id.get(value.variable)
    name = variable.name.in_language(current()) if variable else ""
    number = f" ({value.index})" if value.index else ""
    return (f"{value.variable} {name}" if name != value.variable else name) + number


def origin(value: ValueView) -> str:
    """Return the columns a value came from, and what stood there."""
    if not value.columns:
        return _("Constant")
    pairs = zip(value.columns, value.raw, strict=False)
    return f"{value.table}: " + ", ".join(f"{column} = {raw}" for column, raw in pairs)


def cells_of(detail: CaseDetail, person_id: str, *, revealed: bool) -> tuple[Cell, ...]:
    """Return the cells of a case's rows, personnummer masked unless revealed."""
    persons = {
        (value.table, column)
        for value in detail.values
        if value.variable == person_id
        for column in value.columns
    }
    case = detail.row.case
    return tuple(
        Cell(
            " / ".join(filter(None, (row.table, row.file))),
            row.row,
            column,
            text if revealed else mask_cell(text, person=(row.table, column) in persons, case=case),
        )
        for row in detail.source_rows
        for column, text in row.cells
    )


def values_of(detail: CaseDetail, person_id: str, *, revealed: bool) -> tuple[ValueView, ...]:
    """Return the values of a case, personnummer masked unless revealed."""
    if revealed:
        return detail.values
    case = detail.row.case
    return tuple(
        _masked(value, case, person=value.variable == person_id) for value in detail.values
    )


def _masked(value: ValueView, case: str, *, person: bool) -> ValueView:
    return ValueView(
        value.variable,
        value.group,
        value.index,
        mask_cell(value.value, person=person, case=case),
        value.table,
        value.columns,
        tuple(mask_cell(raw, person=person, case=case) for raw in value.raw),
    )
