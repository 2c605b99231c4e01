"""Gather the files of a contract: a WSDL and every WSDL and schema that it refers to.

Files are followed inside the WSDL's own folder, or at its own scheme, host and port, and nowhere
else. No file may have a document type, and every limit has a sentence of its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from app.core.errors import ProfileError, TransportError
from app.files.contract_places import is_address, places_of, short_name

if TYPE_CHECKING:
    from lxml import etree

# Returns the content of a file. Raises FileNotFoundError when there is none at that location, and
# WorkbenchError with its own sentence when it cannot be had.
Load = Callable[[str], bytes]

MOST_FILES = 64
MOST_BYTES = 20_000_000  # of one file
MOST_IN_ALL = 60_000_000
MOST_LOOKED_AT = 20_000  # files in a folder in which a contract is sought
LONGEST_SHOWN = 200  # of what a file refers to

WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
XSD = "{http://www.w3.org/2001/XMLSchema}"
XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
# Imports of these often name an address of somebody else's; what they hold is known.
KNOWN_NAMESPACES = frozenset(
    {
        XML_NAMESPACE,
        "http://www.w3.org/2001/XMLSchema",
        "http://schemas.xmlsoap.org/soap/encoding/",
        "http://schemas.xmlsoap.org/soap/envelope/",
        "http://schemas.xmlsoap.org/wsdl/",
    }
)
_NO_CONTRACT = {
    "{http://www.w3.org/ns/wsdl}description": "contract-wsdl-2",
    "{http://www.w3.org/1999/xhtml}html": "contract-html",
    "html": "contract-html",
}
_PARTS = (f"{XSD}import", f"{XSD}include", f"{XSD}redefine")


@dataclass(frozen=True, slots=True)
class GatheredFile:
    """One file of a contract; `places` are what it refers to, as written, and where that lies."""

    location: str
    data: bytes = field(repr=False)
    root: "etree._Element" = field(repr=False)
    places: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The SHA-256 of the file as it was received."""
        return sha256(self.data).hexdigest()

    @property
    def is_schema(self) -> bool:
        """Whether it is a schema and no WSDL."""
        return self.root.tag == f"{XSD}schema"


@dataclass(frozen=True, slots=True)
class GatheredContract:
    """The files of a contract by location; `start` is that of the WSDL.

    `beside` are the locations of schemas that the WSDL does not name.
    """

    start: str
    files: Mapping[str, GatheredFile]
    beside: tuple[str, ...] = ()


def gather(place: str, load: Load, beside: tuple[str, ...] = ()) -> GatheredContract:
    """Return a WSDL and everything it refers to; `beside` are schemas that it does not name.

    `place` is an https address, or the name of a file inside the folder that `load` reads. Raises
    ProfileError for a file that is none of a contract, lies elsewhere or cannot be read.
    """
    hunt = _Hunt(load)
    try:
        start = hunt.follow(place, ())
    except FileNotFoundError:
        raise ProfileError("contract-missing", name=short_name(place)) from None
    more = []
    for one in beside:
        try:
            more.append(hunt.follow(one, (), f"{XSD}import"))
        except FileNotFoundError:
            raise ProfileError("contract-missing", name=short_name(one)) from None
    return GatheredContract(start, hunt.files, tuple(dict.fromkeys(more)))


def disk_loader(folder: Path, beside: tuple[Path, ...] = ()) -> Load:
    """Return a loader of the files in a folder and below, which follows no link out of it.

    `beside` are files that may lie elsewhere; what lies in their folders is read too.
    """
    named = {path.name: path for path in beside}
    roots = [one.resolve() for one in (folder, *(path.parent for path in beside))]

    def load(location: str) -> bytes:
        files = [root / location for root in roots]
        for path in [named[location], *files] if location in named else files:
            if (real := _real_file(path)) and any(real.is_relative_to(root) for root in roots):
                return _read(real)
        raise FileNotFoundError(location)

    return load


def gather_file(
    wsdl: Path, beside: tuple[Path, ...] = (), home: Path | None = None
) -> GatheredContract:
    """Return the contract whose WSDL lies on disk; `beside` are schemas it does not name.

    `home` is the folder that its files may lie in, the WSDL's own unless it is given.
    """
    home = home or wsdl.parent
    start = wsdl.relative_to(home).as_posix()
    return gather(start, disk_loader(home, beside), tuple(path.name for path in beside))


def wsdls_in(folder: Path) -> tuple[Path, ...]:
    """Return the WSDLs in a folder and below that no other one there imports."""
    several = islice(folder.rglob("*"), MOST_LOOKED_AT)
    found = [one for one in several if one.suffix.lower() == ".wsdl" and one.is_file()]
    imported = {target for one in found for target in _imported(one)}
    return tuple(sorted(one for one in found if one.resolve() not in imported) or sorted(found))


def _imported(wsdl: Path) -> Iterator[Path]:
    """Yield the WSDLs that one on disk imports, as far as that can be seen."""
    from app.safexml import UnsafeXml, parse

    try:
        root = parse(_read(wsdl))
    except (UnsafeXml, ProfileError):
        return  # what is wrong with it is told when it is gathered
    for part in root.iterchildren(f"{WSDL}import"):
        target = _real_file(wsdl.parent / unquote(written(part)))
        if target is not None and target != wsdl.resolve():
            yield target


def references(root: "etree._Element") -> Iterator["etree._Element"]:
    """Yield the elements of a WSDL or schema that may refer to other files."""
    yield from root.iterchildren(f"{WSDL}import")
    for part in root.iter(*_PARTS):
        parent = part.getparent()
        if parent is not None and parent.tag == f"{XSD}schema":
            yield part


def written(reference: "etree._Element") -> str:
    """Return the location that a referring element gives, "" when it gives none."""
    field_name = "location" if reference.tag == f"{WSDL}import" else "schemaLocation"
    return reference.get(field_name, "").strip()


def _real_file(path: Path) -> Path | None:
    """Return where a file really lies; None when there is none, or none can have that name."""
    try:
        real = path.resolve()
        return real if real.is_file() else None
    except (OSError, ValueError):
        return None


def _is_known(reference: "etree._Element") -> bool:
    """Whether it imports a namespace that every reader of schemas knows."""
    return reference.tag == f"{XSD}import" and reference.get("namespace") in KNOWN_NAMESPACES


def _read(path: Path) -> bytes:
    """Return a file's content, as long as it can be a contract's."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError:
        raise ProfileError("contract-unopened", file=path.name) from None


@dataclass(slots=True)
class _Hunt:
    """Follows references from file to file; each file is loaded once."""

    load: Load
    files: dict[str, GatheredFile] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)  # location -> the one it is kept under
    size: int = 0

    def follow(self, location: str, way: tuple[str, ...], asked: str = "") -> str:
        """Gather the file at a location and all it refers to; return where it is kept.

        `way` are the WSDLs that lead here, and `asked` is the kind of reference. Raises
        FileNotFoundError when the file is not there.
        """
        if location in self.known:
            return self.known[location]
        file = self._taken(location, asked)
        self.known[location] = location
        self.files[location] = file
        places = {}
        for reference in references(file.root):
            if (text := written(reference)) and text not in places and not _is_known(reference):
                places[text] = self._target(reference, location, (*way, location))
        return self._kept(GatheredFile(location, file.data, file.root, places))

    def _taken(self, location: str, asked: str) -> GatheredFile:
        """Load one file and see that it is what it was asked for as."""
        from app.safexml import UnsafeXml, parse

        name = short_name(location)
        if len(self.known) >= MOST_FILES:
            raise ProfileError("contract-too-many-files", file=name, most=MOST_FILES)
        data = self._loaded(location, asked)
        self.size += len(data)
        if len(data) >= MOST_BYTES or self.size >= MOST_IN_ALL:
            most = MOST_BYTES if len(data) >= MOST_BYTES else MOST_IN_ALL
            raise ProfileError("contract-too-large", file=name, megabytes=most // 1_000_000)
        try:
            root = parse(data)
        except UnsafeXml as error:
            code = f"contract-{error.fault}"
            raise ProfileError(code, file=name, megabytes=MOST_BYTES // 1_000_000) from None
        _check_kind(root, name, asked)
        return GatheredFile(location, data, root)

    def _loaded(self, location: str, asked: str) -> bytes:
        try:
            return self.load(location)
        except (ProfileError, TransportError) as error:
            if not asked or error.code == "contract-too-large":
                raise
            raise FileNotFoundError(location) from None  # whoever refers to it is named

    def _target(self, reference: "etree._Element", base: str, way: tuple[str, ...]) -> str:
        """Follow one reference; return where its file is kept."""
        text, asked = written(reference), str(reference.tag)
        shown = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
        values = {"file": short_name(base), "place": shown}
        places = places_of(base, text)
        if not places and is_address(base):
            raise ProfileError("contract-import-elsewhere", **values)
        for place in places:
            if asked == f"{WSDL}import" and place in way:
                raise ProfileError("contract-circular", **values)
            try:
                return self.follow(place, way, asked)
            except FileNotFoundError:
                continue
        raise ProfileError("contract-import-missing", **values)

    def _kept(self, file: GatheredFile) -> str:
        """Keep a file, unless the same one is there under another location already."""
        for other in self.files.values():
            if (other.location != file.location and other.data == file.data) and (
                list(other.places.values()) == list(file.places.values())
            ):
                del self.files[file.location]
                self.known[file.location] = other.location
                return other.location
        self.files[file.location] = file
        return file.location


def _check_kind(root: "etree._Element", name: str, asked: str) -> None:
    """Raise ProfileError when a file is not of the kind it was asked for as."""
    allowed = {"": (f"{WSDL}definitions",), f"{WSDL}import": (f"{WSDL}definitions", f"{XSD}schema")}
    if root.tag not in allowed.get(asked, (f"{XSD}schema",)):
        other = "contract-not-schema" if asked in _PARTS else "contract-not-wsdl"
        code = _NO_CONTRACT.get(str(root.tag), other)
        raise ProfileError(code, file=name, element=root.tag)
