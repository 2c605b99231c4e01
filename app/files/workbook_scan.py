"""A sheet's XML looked through before it is read: how far it reaches, and what numbers show."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from zipfile import ZipFile

import polars as pl

from app.core.errors import ExportError
from app.core.progress import Progress
from app.files.workbook_parts import Book, filled_in

MOST_CELLS = 20_000_000  # rows times columns, empty ones included: the reader makes them all

_CHUNK = 4 << 20
_LONGEST = 1 << 20  # of one cell's text: a longer one is cut when pieces are put together
_UNUSUAL = (b"<c s=", b"<c t=", b":c ", b"<f")
_OVERLAP = 4096
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_START = b"<c "
_NAME = b' r="'
_LAST = re.compile(rb' r="([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*>\s*<f\b[^>]*?(?:/>|>[^<]*</f>)\s*'
    rb"(<v>[^<]|<v xml[^>]*>[^<]|)"
)
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^>]*\br=["']([A-Z]+[0-9]+)["'])(?=[^>]*\bt=["']e["'])[^>]*>"""
)
_ERRORS = (b't="e"', b"t='e'")
_MERGED = re.compile(rb'<mergeCell\b[^>]*?\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')


@dataclass(slots=True)
class SheetFacts:
    """What stands in a sheet besides its values."""

    rows: int = 0
    columns: int = 0
    formulas: str = ""  # the first cell that has one
    empty_formula: str = ""  # the first whose value is not stored
    error: str = ""  # the first cell that shows an error
    merged: list[tuple[str, int, int]] = field(default_factory=list)  # area, first and last row
    zeros: dict[tuple[int, int], str] = field(default_factory=dict)  # what a padded number shows


def scan(
    archive: ZipFile, sheet: str, book: Book | None, name: str, progress: Progress
) -> SheetFacts:
    """Return what a sheet holds; raises ExportError for one that would take all memory."""
    facts = SheetFacts()
    padded = _Padded(book.padded if book else {})
    size = archive.getinfo(sheet).file_size
    done = 0
    for chunk in _chunks(archive, sheet):
        _reach(chunk, facts)
        if facts.rows * facts.columns > MOST_CELLS:
            raise ExportError("workbook-too-large", name=name)
        if b"<f" in chunk:
            _formulas(chunk, facts)
        if not facts.error and any(sign in chunk for sign in _ERRORS):
            found = _ERROR.search(chunk)
            facts.error = found[1].decode() if found else ""
        if b"<mergeCell" in chunk:
            facts.merged += [_area(found) for found in _MERGED.findall(chunk)]
        facts.zeros.update(padded.found(chunk))
        done += len(chunk)
        progress(min(done, size), 3 * max(size, 1), "reading")
    return facts


def _reach(chunk: bytes, facts: SheetFacts) -> None:
    """Widen the area by a chunk's cells: by the last one of each row, all where one lies beyond."""
    for row in chunk.split(b"</row>"):
        start = row.rfind(_NAME)
        last = _LAST.match(row, start) if start >= 0 else None
        if last:
            facts.rows = max(facts.rows, int(last[2]))
            facts.columns = max(facts.columns, column_number(last[1]))
    if _lies_beyond(chunk, facts):
        found = _CELL.findall(chunk)
        facts.rows = max(facts.rows, max((int(row) for _, row in found), default=0))
        columns = {column for column, _ in found}
        facts.columns = max(facts.columns, max(map(column_number, columns), default=0))


def _lies_beyond(chunk: bytes, facts: SheetFacts) -> bool:
    """Whether a cell is outside the area found so far; fast, as files in order have none."""
    if not facts.columns:
        return True
    column = _greater(column_letters(facts.columns), "A", "Z", 3)
    row = _greater(str(facts.rows), "0", "9", 7)
    beyond = rf"""\br=["'](?:{column}[0-9]+|[A-Z]{{1,3}}{row})["']"""
    text = pl.Series([chunk.decode("latin-1")])
    return bool(text.str.contains(beyond)[0])


def _greater(text: str, first: str, last: str, most: int) -> str:
    """Return the form of everything that is longer than a text, or as long and after it."""
    sign = f"[{first}-{last}]"
    forms = [f"{sign}{{{len(text) + 1},{most}}}"] if len(text) < most else []
    for place, one in enumerate(text):
        if one < last:
            rest = len(text) - place - 1
            forms.append(f"{text[:place]}[{chr(ord(one) + 1)}-{last}]{sign}{{{rest}}}")
    return f"(?:{'|'.join(forms)})" if forms else "(?:!)"


def _formulas(chunk: bytes, facts: SheetFacts) -> None:
    for cell, value in _FORMULA.findall(chunk):
        facts.formulas = facts.formulas or cell.decode()
        if not value:
            facts.empty_formula = facts.empty_formula or cell.decode()


def _area(found: tuple[bytes, bytes, bytes, bytes]) -> tuple[str, int, int]:
    left, top, right, bottom = (one.decode() for one in found)
    return f"{left}{top}:{right}{bottom}", int(top), int(bottom)


class _Padded:
    """Finds the whole numbers that are shown with leading zeros."""

    def __init__(self, forms: dict[str, str]) -> None:
        self._forms = {style.encode(): form for style, form in forms.items()}
        styles = b"|".join(sorted(self._forms))
        self._usual = re.compile(
            rb'<c r="([A-Z]+)([0-9]+)" s="(' + styles + rb')"(?: t="n")?><v>([0-9]+)(?:\.0+)?</v>'
        )
        self._any = re.compile(
            rb"""<(?:\w+:)?c\b(?=[^>]*\br=["']([A-Z]+)([0-9]+)["'])"""
            rb"""(?=[^>]*\bs=["'](""" + styles + rb""")["'])(?![^>]*\bt=["'][^n])[^>]*>"""
            rb"""\s*(?:<(?:\w+:)?f\b[^<]*(?:</(?:\w+:)?f>)?\s*)?<(?:\w+:)?v>([0-9]+)(?:\.0+)?<"""
        )

    def found(self, chunk: bytes) -> Iterator[tuple[tuple[int, int], str]]:
        """Yield row and column of each, counted from 1, and what is shown."""
        if not self._forms:
            return
        usual = b"<c r=" in chunk and not any(sign in chunk for sign in _UNUSUAL)
        for column, row, style, digits in (self._usual if usual else self._any).findall(chunk):
            shown = filled_in(digits.decode(), self._forms[style])
            yield (int(row), column_number(column)), shown


def _chunks(archive: ZipFile, sheet: str) -> Iterator[bytes]:
    """Yield a part piece by piece, so that no cell is cut."""
    with archive.open(sheet) as stream:
        former = b""
        while piece := stream.read(_CHUNK):
            whole = former + piece
            cut = whole.rfind(_START)
            if cut > 0 and len(whole) - cut < _LONGEST:
                yield whole[:cut]
                former = whole[cut:]
            else:
                yield whole
                former = whole[-_OVERLAP:]  # what is found twice does no harm
        yield former


def column_letters(number: int) -> str:
    """Return the letters of a column from its number, 1 being A."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(column: bytes) -> int:
    """Return the number of a column from its letters, A being 1."""
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number
