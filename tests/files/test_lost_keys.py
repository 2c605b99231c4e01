"""The key of a row that was left out: it holds back its own case and no other."""

from app.core.mapping import Source
from app.files.export import read_table


def write(path, heading, rows, broken):
    path.write_text("\n".join([heading, *rows, broken, ""]), "utf-8")


def test_a_second_file_with_its_columns_in_another_order_names_the_right_case(tmp_path):
    write(tmp_path / "jan.csv", "BEH;KOD;NAMN", [f"{n};77;x" for n in range(1000, 1030)], "")
    write(
        tmp_path / "feb.csv", "KOD;BEH;NAMN", [f"77;{n};x" for n in range(2000, 2030)], "77;3000;\0"
    )
    found = read_table(Source("t", "jan.csv", "BEH", more=("feb.csv",)), tmp_path)
    assert [(one.file, one.line, one.key) for one in found.troubles] == [("feb.csv", 32, "3000")]


def test_an_unnamed_empty_column_before_the_key_moves_it_nowhere(tmp_path):
    write(tmp_path / "op.csv", ";BEH;KOD", [f";{n};7" for n in range(1000, 1030)], ";1030;\0")
    found = read_table(Source("t", "op.csv", "BEH"), tmp_path)
    assert found.troubles[0].key == "1030"
