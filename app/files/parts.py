"""The files that a source is read from: on disk, or inside a zip archive."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - the name says what it is

from app.core.errors import ExportError
from app.core.mapping import Source
from app.core.progress import Progress
from app.files.disk import failure, telling

MOST_UNPACKED = 4 << 30  # bytes of one member
MOST_RATIO = 200  # of unpacked to packed, in a large member: a table packs to a tenth
MOST_MEMBERS = 2_000
BETWEEN = "|"  # several members that are one table

_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_LARGE = 64 << 20
_CHUNK = 16 << 20
_BOOK_PARTS = re.compile(r"xl/workbook\.xml|content\.xml|\[Content_Types\]\.xml")
_HIDDEN = re.compile(r"(?:^|/)(?:\.|__MACOSX/)")


@dataclass(frozen=True, slots=True)
class Part:
    """One file; `member` is its name inside the archive `path`, "" for the file itself.

    `folder` stands before its name where another file of the table has the same.
    """

    path: Path
    member: str = ""
    folder: str = ""

    @property
    def name(self) -> str:
        """What the file is called in sentences."""
        return "/".join(filter(None, (self.folder, self.path.name, self.member)))


def parts_of(source: Source, base: Path) -> tuple[Part, ...]:
    """Return a source's files in their order."""
    found: list[Part] = []
    for path in (base / one for one in (source.path, *source.more)):
        found.extend(Part(path, member) for member in _members(path, source.member))
    return tuple(_told_apart(found))


def _told_apart(parts: list[Part]) -> Iterator[Part]:
    """Yield files of one table, those with the same name by their folders as well."""
    often = Counter(part.name for part in parts)
    for part in parts:
        yield replace(part, folder=part.path.parent.name) if often[part.name] > 1 else part


def _members(path: Path, wanted: str) -> tuple[str, ...]:
    """Return which members of a file are read: of another archive its only one will do."""
    if not wanted:
        return ("",)
    there = members(path)
    chosen = wanted.split(BETWEEN)
    missing = [one for one in chosen if one not in there]
    if not missing:
        return tuple(chosen)
    if len(there) == 1 and len(missing) == len(chosen):
        return tuple(there)
    raise ExportError("member-missing", name=path.name, member=", ".join(missing))


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of tables; a workbook is one inside only."""
    with telling(path), path.open("rb") as stream:
        if stream.read(len(_ZIP)) not in {_ZIP, _EMPTY_ZIP}:
            return False
    try:
        with telling(path), ZipFile(path) as archive:
            return not any(_BOOK_PARTS.fullmatch(name) for name in archive.namelist())
    except (BadZipFile, NotImplementedError, ValueError):
        raise ExportError("file-broken", name=path.name) from None


def members(path: Path) -> list[str]:
    """Return the names of an archive's files, without folders and hidden ones."""
    if not is_archive(path):
        return []
    with _archive(path) as archive:
        found = [one for one in archive.infolist() if not one.is_dir()]
    if len(found) > MOST_MEMBERS:
        raise ExportError("archive-too-large", name=path.name)
    return [one.filename for one in found if not _HIDDEN.search(one.filename)]


@contextmanager
def opened(part: Part) -> Iterator[tuple[BinaryIO, int]]:
    """Open a file for reading; give its stream and how many bytes it has unpacked."""
    if not part.member:
        with telling(part.path), part.path.open("rb") as stream:
            yield stream, part.path.stat().st_size
        return
    with _archive(part.path) as archive:
        try:
            facts = archive.getinfo(part.member)
        except KeyError:
            raise ExportError("member-missing", name=part.path.name, member=part.member) from None
        _demand_harmless(facts, part)
        with archive.open(facts) as member:
            yield member, facts.file_size  # type: ignore[misc]


@contextmanager
def _archive(path: Path) -> Iterator[ZipFile]:
    try:
        with telling(path), ZipFile(path) as archive:
            yield archive
    except (BadZipFile, EOFError, NotImplementedError, ValueError, ZlibError):
        raise ExportError("archive-broken", name=path.name) from None
    except RuntimeError:  # it is encrypted
        raise ExportError("archive-password", name=path.name) from None


def _demand_harmless(facts: ZipInfo, part: Part) -> None:
    """Refuse, before it is unpacked, what would fill the memory; no more than said is read."""
    unpacked, packed = facts.file_size, max(1, facts.compress_size)
    if unpacked > MOST_UNPACKED or (unpacked > _LARGE and unpacked > MOST_RATIO * packed):
        raise ExportError("archive-too-large", name=part.name)


def chunks(
    part: Part, stream: BinaryIO, size: int, progress: Progress, most: int = 0
) -> Iterator[bytes]:
    """Yield what a stream holds, at most `most` bytes of it, and tell how far it has come."""
    done = 0
    left = most or (1 << 62)
    while left > 0:
        try:
            piece = stream.read(min(_CHUNK, left))
        except OSError as problem:
            raise failure(problem, part.name) from None
        if not piece:
            return
        done += len(piece)
        left -= len(piece)
        yield piece
        progress(done, max(size, done), "reading")


def whole(part: Part, progress: Progress) -> bytes:
    """Return all of a file."""
    with opened(part) as (stream, size):
        return b"".join(chunks(part, stream, size, progress))
