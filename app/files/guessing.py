"""How a file seems to be read, told from its head; a person may correct it."""

import re
from dataclasses import replace
from pathlib import Path, PurePosixPath

from app.core.errors import ExportError
from app.core.mapping import Source, SourceKind
from app.core.progress import silent
from app.files import encodings
from app.files.heads import head_of, telling_head
from app.files.layout import guess_header, guess_layout
from app.files.losses import Losses
from app.files.parts import Part, is_archive, members
from app.files.reading import ROW
from app.files.workbook import head_rows, is_workbook, part_sheets
from app.files.xml_shape import repeated_paths

_LINES = 400  # of the head that are looked at
_JSON_LIST = re.compile(r"\s*\[\s*\{")


def sheets(path: Path) -> list[str]:
    """Return the sheets of a workbook; none for another file."""
    part = Part(path)
    return part_sheets(part) if _is_workbook(part) else []


def guess_encodings(path: Path, member: str = "") -> list[tuple[str, str, bool]]:
    """Return the best encodings, likeliest first: name, the same telling line, doubtful or not."""
    part = _first_part(path, member)
    return [] if _is_workbook(part) else encodings.guess_encodings(telling_head(part))


def guess_source(path: Path) -> Source:
    """Return how the first table of a file seems to be read."""
    return guess_sources(path)[0]


def guess_sources(path: Path) -> list[Source]:
    """Return how a file seems to be read: a source per sheet, archive member or XML record."""
    if not is_archive(path):
        return _sources(Part(path))
    found: list[Source] = []
    problem = ExportError("archive-empty", name=path.name)
    for member in members(path):
        try:
            found += _sources(Part(path, member))
        except ExportError as error:
            problem = error
    if not found:
        raise problem
    return found


def _first_part(path: Path, member: str) -> Part:
    if member or not is_archive(path):
        return Part(path, member)
    return Part(path, next(iter(members(path)), ""))


def _is_workbook(part: Part) -> bool:
    return is_workbook(head_of(part, 8)[0])


def _sources(part: Part) -> list[Source]:
    head, more = head_of(part)
    if not head.strip(b"\r\n\t \x1a\0\xef\xbb\xbf\xff\xfe"):
        raise ExportError("file-empty", name=part.name)
    name = PurePosixPath(part.member).stem if part.member else part.path.stem
    plain = Source(name=name, path=part.path.as_posix(), key="", member=part.member)
    if is_workbook(head):
        return _sheets(part, plain)
    encoding = encodings.guess_encodings(telling_head(part))[0][0]
    text = b"".join(encodings.transcoded((head,), encoding, part.name)).decode("utf-8")
    source = replace(plain, encoding=encoding)
    if text.lstrip().startswith("<"):
        return _records(head, source, part, cut=more)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if more and len(lines) > 1:
        lines.pop()
    if _JSON_LIST.match(text):
        raise ExportError("json-list", name=part.name)
    if text.lstrip().startswith("{"):
        return [_with_key(replace(source, kind=SourceKind.JSON_LINES), part)]
    return [_with_key(guess_layout(lines[:_LINES], source), part)]


def _records(head: bytes, source: Source, part: Part, *, cut: bool) -> list[Source]:
    """Return a source for every element of an XML file that is repeated."""
    paths = repeated_paths(head, part.name, cut=cut)
    found = [
        replace(
            source,
            name=path[-1] if len(paths) > 1 else source.name,
            kind=SourceKind.XML,
            record="/".join(path),
        )
        for path in paths
    ]
    return [_with_key(one, part) for one in found]


def _sheets(part: Part, plain: Source) -> list[Source]:
    """Return a source for every sheet that has rows."""
    found = []
    problem = ExportError("file-empty", name=part.name)
    names = part_sheets(part)
    for sheet in names:
        name = sheet if len(names) > 1 else plain.name
        one = replace(plain, name=name, kind=SourceKind.WORKBOOK, sheet=sheet)
        try:
            one = replace(one, header=guess_header(head_rows(part, sheet)))
            found.append(_with_key(one, part))
        except ExportError as error:
            problem = error
    if not found:
        raise problem
    return found


def _with_key(source: Source, part: Part) -> Source:
    """Return the source with the first column that is filled and unique as key, else the first."""
    from app.files.tables import head_table

    table = head_table(part, source, Losses(part.name), silent)
    names = [name for name in table.columns if name != ROW]
    if not names:
        raise ExportError("file-empty", name=part.name)

    def is_key(name: str) -> bool:
        column = table[name]
        return bool((column != "").all()) and column.n_unique() == table.height

    return replace(source, key=next((name for name in names if is_key(name)), names[0]))
