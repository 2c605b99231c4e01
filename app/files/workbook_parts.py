"""The parts of an XLSX that say what its cells look like: sheets, formats, shared strings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from typing import TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - the name says what it is

from app.safexml import UnsafeXml, parse

if TYPE_CHECKING:
    from lxml import etree

_ZIP = b"PK\x03\x04"
BROKEN = (
    BadZipFile, KeyError, ZlibError, UnsafeXml, EOFError, RuntimeError, NotImplementedError,
    ValueError,  # a place before the file's begin
)  # fmt: skip

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_MACROS = re.compile(r"xl/(?:vbaProject\.bin|macrosheets/.*)")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_ID = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PADDED = re.compile(r"""0+(?:(?:\\.|"[^"]*"|[- ])0+)*""")  # also 000000-0000
_LITERAL = re.compile(r"""\\(.)|"([^"]*)\"""")
_UNSAID = re.compile(r'"[^"]*"|\[[^\]hms]*\]|\\.|_.|\*.')
_MOMENT = re.compile("[dmyhs]", re.IGNORECASE)
_BUILT_IN_MOMENTS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
DATE = "date"


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook says of itself."""

    sheets: tuple[tuple[str, str], ...]  # name, and part of the archive
    formats: tuple[str, ...] = ()  # by style: DATE, zeros as they are filled in, or "" for others
    early: bool = False  # days are counted from 1904
    macros: bool = False

    def part(self, sheet: str) -> str:
        """Return the part that holds a sheet, of the first one when `sheet` is ""."""
        return dict(self.sheets)[sheet] if sheet else self.sheets[0][1]

    @property
    def padded(self) -> dict[str, str]:
        """The styles that show numbers with leading zeros, and the zeros that are filled in."""
        styles = enumerate(self.formats)
        return {str(number): form for number, form in styles if form.startswith("0")}


def filled_in(digits: str, form: str) -> str:
    """Return a whole number as a format such as 0000 or 000000-0000 shows it."""
    left = list(digits.zfill(form.count("0")))
    shown = [left.pop() if sign == "0" else sign for sign in reversed(form)]
    return "".join(left) + "".join(reversed(shown))


def is_torn(data: bytes) -> bool:
    """Whether a file begins as an archive does, but is none to its end."""
    try:
        ZipFile(BytesIO(data)).close()
    except (BadZipFile, NotImplementedError, ValueError):
        return data.startswith(_ZIP)
    return False


def open_archive(data: bytes | BinaryIO) -> ZipFile:
    """Open a workbook as the archive that it is."""
    return ZipFile(BytesIO(data) if isinstance(data, bytes) else data)


def read_book(archive: ZipFile) -> Book | None:
    """Return what a workbook says of itself; None for one of another kind."""
    names = set(archive.namelist())
    if _BOOK not in names:
        return None
    book = parse(archive.read(_BOOK))
    links = {one.get("Id", ""): one.get("Target", "") for one in parse(archive.read(_LINKS))}
    sheets = []
    for sheet in book.iter("{*}sheet"):
        target = links.get(sheet.get(_ID) or sheet.get(_STRICT_ID) or "", "")
        part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        if part in names:
            sheets.append((sheet.get("name", ""), part))
    if not sheets:
        return None
    early = any(one.get("date1904") in {"1", "true"} for one in book.iter("{*}workbookPr"))
    formats = _formats(parse(archive.read(_STYLES))) if _STYLES in names else ()
    return Book(tuple(sheets), formats, early, any(map(_MACROS.fullmatch, names)))


def _formats(styles: "etree._Element") -> tuple[str, ...]:
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iter("{*}numFmt")}
    return tuple(
        _kind(one.get("numFmtId", "0"), codes) for one in styles.iterfind("{*}cellXfs/{*}xf")
    )


def _kind(number: str, codes: "dict[str | None, str]") -> str:
    code = codes.get(number)
    if code is None:
        return DATE if number.isdigit() and int(number) in _BUILT_IN_MOMENTS else ""
    if _PADDED.fullmatch(code) and code.count("0") > 1:
        return _LITERAL.sub(r"\1\2", code)
    return DATE if _MOMENT.search(_UNSAID.sub("", code.split(";")[0])) else ""


def strings(texts: Iterator["etree._Element"]) -> Iterator[str]:
    """Yield the shared strings, without how their sounds are spelt."""
    for item in texts:
        yield "".join(one.text or "" for one in item.iterfind("{*}t")) + "".join(
            one.text or "" for one in item.iterfind("{*}r/{*}t")
        )
        item.clear()
