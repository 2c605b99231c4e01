"""A profile's binding as a text file: which element takes which variable, and who said so."""

from pathlib import Path
from typing import Any

from app.core.binding import BindingRow, BindingTable
from app.core.register import Binding
from app.files.profile_rows import Row, read_rows
from app.files.profile_writing import write_rows

BINDING = "binding.toml"


def write_table(table: BindingTable, folder: Path) -> None:
    """Write a table beside the profile that it makes. Raises OSError."""
    write_rows(folder / BINDING, [_fields(row) for row in table.rows], "element")


def read_table(folder: Path) -> BindingTable:
    """Return the table that lies in a profile's folder."""
    whole = read_rows(folder / BINDING)
    entries = whole.fields.get("element", [])
    if not isinstance(entries, list):
        raise whole.problem("profile-field-wrong", field="element")
    rows = (Row(whole.file, f"element {place}", one) for place, one in enumerate(entries, start=1))
    return BindingTable(tuple(_row(row) for row in rows))


def _fields(row: BindingRow) -> dict[str, Any]:
    fields: dict[str, Any] = {"path": "/".join(row.path), "state": row.state.value}
    if row.variable:
        fields |= {"variable": row.variable, "score": row.score}
    if row.reasons:
        fields["reasons"] = list(row.reasons)
    if row.alternatives:
        fields["alternatives"] = [f"{name} {score}" for name, score in row.alternatives]
    return fields


def _row(row: Row) -> BindingRow:
    return BindingRow(
        path=row.path(),
        variable=row.text("variable", ""),
        state=row.choice("state", Binding),
        score=row.count("score") if "score" in row.fields else 0,
        reasons=row.texts("reasons"),
        alternatives=tuple(_alternative(row, text) for text in row.texts("alternatives")),
    )


def _alternative(row: Row, text: str) -> tuple[str, int]:
    name, _, score = text.rpartition(" ")
    if not name or not score.isdigit():
        raise row.problem("profile-field-wrong", field="alternatives")
    return name, int(score)
