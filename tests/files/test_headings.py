"""A row of values taken for a heading: no person's number becomes a column's name."""

from pathlib import Path

import pytest

from app.core.mapping import NO_HEADING, Source
from app.files.export import guess_source, preview, read_table
from tests.support.files import write_xlsx

PERSON = "19770101-2382"
CELLS = ("100", PERSON, "ringde " + PERSON.replace("-", ""), "Kommentar")
NAMES = ("100", "#2", "#3", "Kommentar")


def _text(folder: Path) -> Path:
    path = folder / "op.csv"
    path.write_text(";".join(CELLS) + "\n101;a;b;c\n", encoding="utf-8")
    return path


def _workbook(folder: Path) -> Path:
    return write_xlsx(folder / "op.xlsx", [list(CELLS), ["101", "a", "b", "c"]])


@pytest.mark.parametrize("made", [_text, _workbook])
def test_a_cell_with_a_persons_number_names_no_column(tmp_path, made):
    path = made(tmp_path)
    source = Source("op", path.name, "100")
    table = read_table(source, tmp_path).table
    assert tuple(table.columns[: len(NAMES)]) == NAMES
    assert preview(source, tmp_path).columns == NAMES


def test_a_row_with_a_persons_number_is_guessed_to_be_no_heading(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text(";".join(CELLS) + "\n", encoding="utf-8")
    found = guess_source(path)
    assert (found.header, found.key) == (NO_HEADING, "#1")
