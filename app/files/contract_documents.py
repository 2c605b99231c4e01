"""The schemas of a gathered contract as documents of their own, each with a file name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote

from app.files.contract_gathering import (
    WSDL,
    XSD,
    GatheredContract,
    GatheredFile,
    references,
    written,
)
from app.files.contract_places import short_name

if TYPE_CHECKING:
    from lxml import etree

INCLUDING = (f"{XSD}include", f"{XSD}redefine")
_SILENT = (f"{XSD}import", f"{XSD}annotation")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")  # Windows has no such files
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class SchemaFile:
    """One schema; `targets` are the file names its references lead to, by location as written."""

    name: str
    root: "etree._Element" = field(repr=False)
    targets: Mapping[str, str]
    received: bytes = field(default=b"", repr=False)  # b"" for a schema that stood in a WSDL

    @property
    def namespace(self) -> str:
        """The namespace that its components are in, "" for none."""
        return self.root.get("targetNamespace", "")

    def parts(self) -> Iterator[str]:
        """Yield the names of the files that it takes into its own namespace."""
        for reference in references(self.root):
            if reference.tag in INCLUDING and (name := self.targets.get(written(reference))):
                yield name

    def imports(self) -> Iterator[str]:
        """Yield the names of the files of other namespaces that it uses."""
        for reference in references(self.root):
            if reference.tag not in INCLUDING and (name := self.targets.get(written(reference))):
                yield name


class Names:
    """Gives every file a name of its own that every system can have."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in taken}

    def new(self, wanted: str, suffix: str) -> str:
        """Return a free name like the wanted one."""
        stem = re.sub(r"[^A-Za-z0-9._-]+", "-", wanted.rpartition("/")[2]).strip("-.")
        stem = stem.removesuffix(suffix).strip("-.")[:_LONGEST] or "part"
        if _RESERVED.match(stem):
            stem = f"part-{stem}"
        name, number = f"{stem}{suffix}", 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}{suffix}"
        self._taken.add(name.casefold())
        return name


def named(contract: GatheredContract, names: Names) -> dict[str, str]:
    """Return the file name of each gathered file by its location."""
    return {
        location: names.new(_wanted(location), ".xsd" if file.is_schema else ".wsdl")
        for location, file in contract.files.items()
    }


def _wanted(location: str) -> str:
    """Return the name that a file would have if it had been saved by hand."""
    name, _, query = short_name(location).partition("?")
    return unquote(query.rpartition("=")[2]) if "=" in query else name


def schemas_of(
    contract: GatheredContract, names: Names, files: Mapping[str, str]
) -> dict[str, SchemaFile]:
    """Return every schema by file name: those on their own, and those inside WSDLs."""
    found = {}
    for location, file in contract.files.items():
        targets = targets_of(file, files)
        if file.is_schema:
            name = files[location]
            found[name] = SchemaFile(name, deepcopy(file.root), targets, file.data)
            continue
        for schema in inline_schemas(file.root):
            if has_content(schema):
                name = names.new(f"{files[location].removesuffix('.wsdl')}-types", ".xsd")
                found[name] = SchemaFile(name, _alone(schema), targets)
    return found


def targets_of(file: GatheredFile, files: Mapping[str, str]) -> dict[str, str]:
    """Return the file names that a file's references lead to, by location as written."""
    return {text: files[place] for text, place in file.places.items()}


def inline_schemas(root: "etree._Element") -> list["etree._Element"]:
    """Return the schemas that stand in a WSDL."""
    return list(root.iterfind(f"{WSDL}types/{XSD}schema"))


def has_content(schema: "etree._Element") -> bool:
    """Whether a schema does more than import others."""
    return any(child.tag not in _SILENT for child in schema.iterchildren("*"))


def _alone(schema: "etree._Element") -> "etree._Element":
    """Return a schema as a document of its own, with the prefixes that were in scope."""
    from lxml import etree

    from app.safexml import parse

    return parse(etree.tostring(schema, encoding="UTF-8", with_tail=False))
