"""One case out of an analysis: its values, and where each of them came from."""

from dataclasses import dataclass

import polars as pl

from app.core.case import CaseValues
from app.engine.analysis import Analysis


@dataclass(frozen=True, slots=True)
class PlacedValue:
    """One value of a case; `index` numbers the rows of a group from 1, `row` is the file's line."""

    variable: str
    group: str
    index: int
    value: str
    row: int


def values_of(analysis: Analysis, case: str) -> CaseValues:
    """Return the values of one case as the rules see them."""
    rows = {group: _rows(frame, case) for group, frame in analysis.values.items()}
    own = [_present(row) for row in rows.pop("", [])]
    groups = {group: tuple(_present(row) for row in found) for group, found in rows.items()}
    return CaseValues(case, own[0] if own else {}, groups)


def placed_values(analysis: Analysis, case: str) -> tuple[PlacedValue, ...]:
    """Return every value of one case with the row of its table."""
    return tuple(
        PlacedValue(variable, group, index, value, int(row["row"]))
        for group, frame in analysis.values.items()
        for index, row in enumerate(_rows(frame, case), start=1)
        for variable, value in _present(row).items()
    )


def _rows(frame: pl.DataFrame, case: str) -> list[dict[str, str]]:
    return frame.filter(pl.col("case") == case).to_dicts()


def _present(row: dict[str, str]) -> dict[str, str]:
    """Return a row's values without what is missing and without its place."""
    return {name: value for name, value in row.items() if value and name not in {"case", "row"}}
