"""Gather the files of a contract: a WSDL and every WSDL and schema that it refers to.

Files are followed inside the WSDL's own folder, or at its own scheme, host and port, and nowhere
else. No file may have a document type, and every limit has a sentence of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

# Returns the content of a file. Raises FileNotFoundError when there is none at that location, and
# WorkbenchError with its own sentence when it cannot be had.
Load = Callable[[str], bytes]

MOST_FILES = 64
MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class GatheredFile:
    """One file of a contract; `places` are what it refers to, as written, and where that lies."""

    location: str
    data: bytes = field(repr=False)
    root: "etree._Element" = field(repr=False)
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GatheredContract:
    """The files of a contract by location; `start` is that of the WSDL."""

    start: str
    files: Mapping[str, GatheredFile]


def gather(place: str, load: Load, beside: tuple[str, ...] = ()) -> GatheredContract:
    """Return a WSDL and everything it refers to; `beside` are schemas that it does not name.

    `place` is an https address, or the name of a file inside the folder that `load` reads. Raises
    ProfileError for a file that is none of a contract, lies elsewhere or cannot be read.
    """
    raise NotImplementedError(place, load, beside)


def disk_loader(folder: Path) -> Load:
    """Return a loader of the files in a folder and below, which follows no link out of it."""
    raise NotImplementedError(folder)


def gather_file(wsdl: Path, beside: tuple[Path, ...] = ()) -> GatheredContract:
    """Return the contract whose WSDL lies on disk."""
    names = tuple(str(path.resolve()) for path in beside)
    return gather(wsdl.name, disk_loader(wsdl.parent), names)
