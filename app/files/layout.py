"""How the lines of a text are laid out: delimiter, quotes, where the heading is."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.core.mapping import FIRST_FILLED, NO_HEADING, Source, SourceKind
from app.files.delimited import DELIMITERS
from app.files.fixed_width import guess_widths, split
from app.files.headings import holds_person

_ROWS = 200
_REGULAR = 0.8  # of the records that have as many cells
_HALF = 0.5
_SHARE = 0.8
_DATA = re.compile(r"\s*(?:[-+]?[\d\s.,:/T-]*\d[\d\s.,:/T-]*|SE\d{10}-\w+)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cut:
    """The first records of a text as one delimiter and quote cut them."""

    delimiter: str
    quote: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # line and cells
    broken: int = 0

    @property
    def width(self) -> int:
        """The most usual number of cells."""
        return Counter(len(cells) for _, cells in self.rows).most_common(1)[0][0]

    @property
    def likeliness(self) -> tuple[bool, float, int]:
        """Whether most records have several and equally many cells; how many; quotes undone."""
        if not self.rows:
            return False, 0.0, 0
        width = self.width
        share = sum(len(cells) == width for _, cells in self.rows) / (len(self.rows) + self.broken)
        quoted = sum(_is_quoted(cell) for _, cells in self.rows for cell in cells)
        return width > 1 and share >= _REGULAR, width * share, -quoted


def _is_quoted(cell: str) -> bool:
    return len(cell) > 1 and cell[0] == cell[-1] and cell[0] in "'\""


def guess_layout(lines: Sequence[str], source: Source) -> Source:
    """Return the source with how its lines seem to be cut, and where its heading is."""
    best = max((cut_lines(lines, one, '"') for one in DELIMITERS), key=lambda cut: cut.likeliness)
    others = [cut_lines(lines, best.delimiter, quote) for quote in _other_quotes(lines)]
    best = max((best, *others), key=lambda cut: cut.likeliness)
    widths = guess_widths(lines[:_ROWS])
    least = best.width if best.likeliness[0] else 1
    if len(widths) > least and (least == 1 or _is_spaced(lines[:_ROWS])):
        rows = [(at, split(line, widths)) for at, line in enumerate(lines, start=1)]
        fixed = replace(source, kind=SourceKind.FIXED, widths=widths)
        return replace(fixed, header=guess_header(rows))
    header = guess_header([(line, cells) for line, cells in best.rows])
    return replace(source, delimiter=best.delimiter, quote=best.quote, header=header)


def _is_spaced(lines: Sequence[str]) -> bool:
    """Whether most lines are filled up with blanks: another delimiter is there by chance."""
    filled = [line for line in lines if line.strip()]
    return sum("  " in line.strip() for line in filled) >= _REGULAR * len(filled)


def _other_quotes(lines: Sequence[str]) -> Iterator[str]:
    """Yield the quotes that may be meant instead of the usual one."""
    text = "\n".join(lines)
    if "'" in text:
        yield "'"
    if '"' in text:
        yield ""


def cut_lines(lines: Sequence[str], delimiter: str, quote: str) -> Cut:
    """Return the first records of some lines; those that are blank or broken are not among them."""
    rows: list[tuple[int, tuple[str, ...]]] = []
    start, broken = 0, 0
    while start < len(lines) and len(rows) < _ROWS:
        reader = csv.reader(
            (f"{line}\n" for line in lines[start:]),
            delimiter=delimiter,
            quotechar=quote or None,
            quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
            strict=True,
        )
        taken = 0
        try:
            for cells in reader:
                if any(cells):
                    rows.append((start + taken + 1, tuple(cells)))
                taken = reader.line_num
                if len(rows) >= _ROWS:
                    break
            break
        except csv.Error:
            broken += 1
            start += taken + 1
    return Cut(delimiter, quote, tuple(rows), broken)


def guess_header(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Return the line of the heading, FIRST_FILLED for the first row, NO_HEADING for none.

    Titles before it have few cells; a table without one begins as it goes on.
    """
    filled = [(line, cells) for line, cells in rows if any(cells)]
    if not filled:
        return FIRST_FILLED
    width = Counter(len(cells) for _, cells in filled).most_common(1)[0][0]
    places = (
        at
        for share in (_SHARE, _HALF)
        for at, (_, cells) in enumerate(filled)
        if _is_full(cells, width, share)
    )
    place = next(places, 0)
    line, heading = filled[place]
    body = [cells for _, cells in filled[place + 1 :] if len(cells) >= len(heading)]
    if any(map(holds_person, heading)) or (body and _goes_on(heading, body)):
        return NO_HEADING
    return FIRST_FILLED if place == 0 else line


def _is_full(cells: Sequence[str], width: int, share: float) -> bool:
    filled = sum(bool(cell.strip()) for cell in cells)
    return len(cells) >= width and filled >= max(min(2, width), share * width)


def _goes_on(first: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a row holds the same kinds of values as those after it: it is no heading."""
    alike = unlike = 0
    for place, cell in enumerate(first):
        values = [row[place] for row in body if row[place].strip()]
        data = [value for value in values if _DATA.fullmatch(value)]
        if values and len(data) >= _SHARE * len(values) and cell.strip():
            alike += bool(_DATA.fullmatch(cell))
            unlike += not _DATA.fullmatch(cell)
    return alike > unlike
