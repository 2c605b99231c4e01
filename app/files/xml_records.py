"""A repeated element of an XML file as a table: what is inside it by its path.

A child table, of an element repeated inside another repeated one, has the columns of the outer
one before its own, their names with ../ before them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

import polars as pl

from app.core.errors import ExportError
from app.files.losses import Losses
from app.files.records import Records
from app.files.xml_shape import Path, local, path_of, repeated_paths, told
from app.safexml import Fault, UnsafeXml, stream

if TYPE_CHECKING:
    from lxml import etree

Field = tuple[str, str]

_BLOCK = 5_000
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
_ABOVE = "../"


class Pieces:
    """A stream of what is given piece by piece."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, nothing at the end."""
        if not self._left:
            self._left = next(self._pieces, b"")
        end = len(self._left) if size < 0 else size
        found, self._left = self._left[:end], self._left[end:]
        return found


def read_xml(
    pieces: Iterator[bytes], head: bytes, record: str, losses: Losses, *, cut: bool = False
) -> pl.DataFrame:
    """Return the table of a record; `head` is the beginning of the whole that `pieces` give."""
    repeated = repeated_paths(head, losses.name, cut=True)
    wanted = tuple(record.split("/")) if record else repeated[0]
    levels = _levels(wanted, repeated, losses.keys)
    walk = _Walk(levels, frozenset((*repeated, *levels)))
    records = Records()
    file = cast("BinaryIO", Pieces(pieces))
    try:
        for element in stream(file, ("{*}" + levels[0][-1],)):
            if path_of(element) == levels[0]:
                for fields in walk.rows(element):
                    records.add(records.height + 1, fields)
                    if records.height % _BLOCK == 0:
                        records.settle()
                _forget(element)
    except UnsafeXml as problem:
        if not cut or problem.fault is not Fault.ILL_FORMED:
            raise told(problem, losses.name) from None
    if not records.height:
        raise ExportError("record-missing", name=losses.name, record="/".join(wanted))
    losses.note_joined(records.joined)
    return records.frame()


def _levels(wanted: Path, repeated: tuple[Path, ...], keys: tuple[str, ...]) -> list[Path]:
    """Return the elements whose records are around a record, the outermost first, and itself.

    In a file with one case nothing says that cases are repeated: the key's column does.
    """
    levels = [path for path in repeated if len(path) > 1 and _is_inside(wanted, path)]
    lacking = max(key.count(_ABOVE) for key in (*keys, "")) - len(levels)
    others = [wanted[:end] for end in range(2, len(wanted)) if wanted[:end] not in levels]
    return [*sorted((*levels, *others[: max(0, lacking)]), key=len), wanted]


def _is_inside(path: Path, outer: Path) -> bool:
    return len(outer) < len(path) and path[: len(outer)] == outer


def _forget(element: "etree._Element") -> None:
    """Let go of an element and of those before it, which would fill the memory."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Walk:
    """Makes rows of an element and of what is repeated inside it."""

    def __init__(self, levels: list[Path], repeated: frozenset[Path]) -> None:
        self._levels = levels
        self._repeated = repeated

    def rows(self, element: "etree._Element", level: int = 0) -> Iterator[list[Field]]:
        """Yield the fields of every record at or below an element of one of the levels."""
        path = self._levels[level]
        below = len(self._levels) - 1 - level
        own = [(_ABOVE * below + name, text) for name, text in self._fields(element, path)]
        if not below:
            yield own
            return
        for inner in _at(element, self._levels[level + 1][len(path) :]):
            for fields in self.rows(inner, level + 1):
                yield [*own, *fields]

    def _fields(self, element: "etree._Element", path: Path) -> Iterator[Field]:
        """Yield what stands in an element itself, and not in one repeated inside it."""
        if not len(element):
            yield local(element), _text(element)
        yield from self._inside(element, path, "")

    def _inside(self, element: "etree._Element", path: Path, before: str) -> Iterator[Field]:
        if element.attrib:
            yield from _attributes(element, before)
        for child in element:
            name = local(child)
            inner = (*path, name)
            if inner in self._repeated:
                continue
            if len(child):
                yield from self._inside(child, inner, f"{before}{name}/")
                continue
            yield before + name, _text(child)
            if child.attrib:
                yield from _attributes(child, f"{before}{name}/")


def _attributes(element: "etree._Element", before: str) -> Iterator[Field]:
    for name, value in element.attrib.items():
        if not str(name).startswith(_INSTANCE):
            yield f"{before}@{str(name).rpartition('}')[2]}", str(value)


def _at(element: "etree._Element", names: Path) -> Iterator["etree._Element"]:
    """Yield the elements at a path below one."""
    for child in element:
        if local(child) != names[0]:
            continue
        if len(names) == 1:
            yield child
        else:
            yield from _at(child, names[1:])


def _text(element: "etree._Element") -> str:
    return (element.text or "").strip()
