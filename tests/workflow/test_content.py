"""What columns hold: the least and the greatest value, by size and by time."""

import polars as pl
import pytest

from app.workflow.content import content_of


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        (["9", "10", "100"], ("9", "100")),
        (["9,5", "10,0", " "], ("9,5", "10,0")),
        (["2026-02-01", "2025-12-31", ""], ("2025-12-31", "2026-02-01")),
        (["01.02.2026", "31.12.2025"], ("", "")),
        (["Kir", "Ort", "Ann"], ("Ann", "Ort")),
        (["19770101-2382", "19780101-2381"], ("", "")),
        (["", " "], ("", "")),
    ],
)
def test_the_ends_of_a_column_are_told_where_one_look_tells_them(values, ends):
    content = content_of(pl.Series("x", values))
    assert (content.least, content.greatest) == ends
