"""The codes of a national register: out of the files that are published, and as they are kept.

What is published each year is a workbook whose first sheet may be a read-me, a text with quoted
cells between tabs and a heading, or older texts that begin each line with the code and have no
heading. Kept are plain codes, one per line, in a file per year.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from app.core.codes import has_form, plain_code
from app.core.errors import ExportError, ProfileError
from app.core.register import CodeRegister
from app.files.disk import read_bytes, write_atomically

LARGEST = 64_000_000  # bytes; the largest published is a tenth of it
HEADINGS = frozenset({"kod", "code"})
FIRST_ROWS = 30  # among which the heading is
LEAST_SHARE = 0.5  # of what stands in the column: the rest are headings of chapters and sections
SUFFIX = ".txt"

Cells = list[str]


@dataclass(frozen=True, slots=True)
class FoundCodes:
    """The codes of a published file, plain, and how many other texts stood among them."""

    codes: frozenset[str]
    left_out: int


def read_published(path: Path, register: CodeRegister) -> FoundCodes:
    """Return the codes in a file as it is published.

    Raises ExportError when the file cannot be read, ProfileError when its codes are none or are
    not those of the register.
    """
    with suppress(OSError):
        size = path.stat().st_size
        if size > LARGEST:
            raise ProfileError("code-register-too-large", name=path.name, size=size // 1_000_000)
    texts = frozenset(_texts(read_bytes(path), path.name))
    fitting = [one for one in texts if has_form(one, register)]
    facts = {"name": path.name, "register": register.name.sv}
    if not fitting:
        raise ProfileError("register-no-codes", **facts)
    share = len(fitting) / len(texts)
    if share < LEAST_SHARE:
        raise ProfileError("register-wrong-codes", **facts, share=max(1, round(100 * share)))
    return FoundCodes(frozenset(map(plain_code, fitting)), len(texts) - len(fitting))


def year_in(name: str) -> int | None:
    """Return the year that a file's name says, None when it says none or several."""
    years = set(re.findall(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", name))
    return int(years.pop()) if len(years) == 1 else None


# What is published


def _texts(data: bytes, name: str) -> Iterator[str]:
    """Yield what stands in the columns of codes, blank cells left out."""
    tables = list(_tables(data, name))
    headed = [(rows, place) for rows in tables if (place := _heading(rows))]
    for rows, (row, column) in headed or [(rows, (0, 0)) for rows in tables]:
        for cells in rows[row:]:
            text = cells[column].strip() if column < len(cells) else ""
            if text:
                yield text


def _heading(rows: list[Cells]) -> tuple[int, int] | None:
    """Return the row after the heading and the column of codes, None without a heading."""
    for at, cells in enumerate(islice(rows, FIRST_ROWS), start=1):
        for column, cell in enumerate(cells):
            if cell.strip().rstrip(":").lower() in HEADINGS:
                return at, column
    return None


def _tables(data: bytes, name: str) -> Iterator[list[Cells]]:
    """Yield the rows of every sheet of a workbook, or those of a text."""
    from app.files.workbook import is_workbook, sheet_names, text_rows

    if not is_workbook(data):
        yield list(_lines(_decoded(data, name)))
        return
    for sheet in sheet_names(data, name):
        yield text_rows(data, sheet, name)


def _decoded(data: bytes, name: str) -> str:
    """Return a text in UTF-8, UTF-16 or, as older ones are, in the code page of Windows."""
    from app.files.encodings import decode

    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return decode(data, "utf-16" if marked else "utf-8", name)
    except ExportError as error:
        if error.code != "file-encoding":
            raise
        return decode(data, "cp1252", name)


def _lines(text: str) -> Iterator[Cells]:
    """Yield the cells of each line; quotation marks count only where the first cell has them."""
    first = text.split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count)
    csv.field_size_limit(LARGEST)
    quoting = csv.QUOTE_MINIMAL if first.startswith('"') else csv.QUOTE_NONE
    with suppress(csv.Error):  # what is no table holds no codes either
        yield from csv.reader(text.splitlines(keepends=True), delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]


# What is kept


def kept_codes(
    folder: Path, registers: Iterable[str]
) -> Mapping[str, Mapping[int, frozenset[str]]]:
    """Return the plain codes of every register and year that is kept in a folder."""
    found = {one: _years(folder / one) for one in registers if _is_name(one)}
    return {name: years for name, years in found.items() if years}


def keep_codes(folder: Path, register: str, year: int, codes: frozenset[str]) -> None:
    """Put a year's codes in place of those that were kept, in one step."""
    place = folder / register / f"{year}{SUFFIX}"
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, ("\n".join(sorted(codes)) + "\n").encode("utf-8"))
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ProfileError(
            "register-unwritable", register=register, year=year, reason=reason
        ) from None


def forget_codes(folder: Path, register: str, year: int) -> None:
    """Remove a year's codes; ProfileError when they are not kept or cannot be removed."""
    try:
        (folder / register / f"{year}{SUFFIX}").unlink()
    except FileNotFoundError:
        raise ProfileError("register-not-imported", register=register, year=year) from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ProfileError(
            "register-unwritable", register=register, year=year, reason=reason
        ) from None


def _is_name(register: str) -> bool:
    """Whether an id can be a folder's name; one of an imported profile may be anything."""
    return re.fullmatch(r"[\w-]{1,64}", register) is not None


def _years(folder: Path) -> dict[int, frozenset[str]]:
    paths = sorted(folder.glob(f"[0-9][0-9][0-9][0-9]{SUFFIX}")) if folder.is_dir() else []
    return {int(path.stem): _read(path, *_state(path)) for path in paths}


def _state(path: Path) -> tuple[int, int]:
    try:
        facts = path.stat()
    except OSError:
        return 0, 0
    return facts.st_mtime_ns, facts.st_size


@lru_cache(maxsize=32)
def _read(path: Path, _modified: int, _size: int) -> frozenset[str]:
    """Return the codes of a file; read again only when it has changed."""
    try:
        return frozenset(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError):
        raise ProfileError(
            "register-unreadable", register=path.parent.name, year=path.stem
        ) from None
