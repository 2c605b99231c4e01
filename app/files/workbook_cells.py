"""The cells of a workbook as text: whole numbers without a fraction, days and times as ISO."""

from datetime import date, datetime, time, timedelta

import polars as pl

from app.core.identity import person_id_problem
from app.files.reading import ROW

Cell = str | int | float | bool | date | datetime | time | timedelta

_ENOUGH = 200  # cells that tell what a column holds
_MOSTLY = 0.9
_NUMBERS = frozenset({int, float})
_SHORT = 10  # digits of a personnummer without its century
_DAY = "\ufdd1"  # ends the text of a day until it is known whether its column has times


def is_filled(cell: Cell) -> bool:
    """Whether a cell holds anything."""
    return cell != "" if isinstance(cell, str) else True


def text_of(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a fraction, ISO dates, HH:MM times."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool | int | float):
        whole = float(cell).is_integer()
        return str(int(cell)) if whole else f"{cell:.15g}"
    if isinstance(cell, timedelta):
        return _duration(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", _precision(cell))
    return cell.isoformat(_precision(cell)) if isinstance(cell, time) else cell.isoformat()


class Texts:
    """The columns of a sheet as they become text, some rows at a time."""

    def __init__(self, width: int) -> None:
        self._columns: list[list[pl.Series]] = [[] for _ in range(width)]
        self._lines: list[int] = []
        self._moments: set[int] = set()  # columns where midnight keeps its time
        self._days: set[int] = set()
        self._numbers: dict[int, list[tuple[int, str]]] = {}  # first number cells of a column
        self.beyond = 0  # the first row with a value to the right of the columns

    def add(self, rows: list[tuple[int, list[Cell]]]) -> None:
        """Take some rows; those without a value are none."""
        filled = [(number, cells) for number, cells in rows if any(map(is_filled, cells))]
        if not filled:
            return
        numbers = [number for number, _ in filled]
        self._lines.extend(numbers)
        width = len(self._columns)
        if not self.beyond and len(filled[0][1]) > width:
            past = (number for number, cells in filled if any(map(is_filled, cells[width:])))
            self.beyond = next(past, 0)
        columns = zip(*(cells for _, cells in filled), strict=False)
        for place, cells in zip(range(width), columns, strict=False):
            texts = self._texts(place, cells)
            self._columns[place].append(pl.Series("", texts, pl.String))
            self._note_numbers(place, cells, texts, numbers)

    def _texts(self, place: int, cells: tuple[Cell, ...]) -> list[str]:
        kinds = set(map(type, cells))
        if kinds == {str}:
            return list(cells)  # type: ignore[arg-type]
        if datetime in kinds:
            self._moments.add(place)
        if date in kinds:
            self._days.add(place)
            return [one.isoformat() + _DAY if type(one) is date else text_of(one) for one in cells]
        return [cell if type(cell) is str else text_of(cell) for cell in cells]

    def person_columns(self) -> dict[int, int]:
        """Return the columns that hold person's numbers as numbers, each with its first row."""
        return {
            place: cells[0][0]
            for place, cells in self._numbers.items()
            if sum(_is_person(text) for _, text in cells) >= _MOSTLY * len(cells)
        }

    def _note_numbers(
        self, place: int, cells: tuple[Cell, ...], texts: list[str], lines: list[int]
    ) -> None:
        """Keep the first cells of a column that are numbers."""
        kept = self._numbers.get(place, [])
        if len(kept) >= _ENOUGH or _NUMBERS.isdisjoint(map(type, cells)):
            return
        found = zip(cells, texts, lines, strict=True)
        numbers = [(line, text) for cell, text, line in found if type(cell) in _NUMBERS]
        self._numbers[place] = (kept + numbers)[:_ENOUGH]

    def frame(self, names: list[str]) -> pl.DataFrame:
        """Return the columns by their names, with the number of each row."""
        empty = pl.Series("", [], pl.String)
        columns = [pl.concat(parts) if parts else empty for parts in self._columns]
        for place in self._days:
            midnight = " 00:00" if place in self._moments else ""
            columns[place] = columns[place].str.replace(_DAY, midnight, literal=True)
        table = pl.DataFrame(
            [column.alias(name) for name, column in zip(names, columns, strict=True)]
        )
        return table.with_columns(pl.Series(ROW, self._lines, pl.UInt32))


def _is_person(text: str) -> bool:
    """Whether a number may be a personnummer, of twelve digits or of ten that lost their zeros."""
    ten = text.zfill(_SHORT)
    return any(person_id_problem(one) is None for one in (text, f"19{ten}", f"20{ten}"))


def _precision(moment: datetime | time) -> str:
    """Return how precisely a time is shown: with seconds only where it has any."""
    return "seconds" if moment.second else "minutes"


def _duration(span: timedelta) -> str:
    """Return a duration as hours and minutes."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
