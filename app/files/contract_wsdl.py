"""A WSDL as it is stored: its references lead to the files beside it."""

from collections.abc import Mapping
from copy import deepcopy

from lxml import etree

from app.files.contract_documents import has_content, inline_schemas
from app.files.contract_gathering import WSDL, GatheredFile, references, written
from app.files.contract_namespaces import driver, serialised
from app.safexml import parse

_BEFORE_TYPES = (f"{WSDL}documentation", f"{WSDL}import")


def stored_wsdl(
    file: GatheredFile,
    files: Mapping[str, str],
    namespaces: Mapping[str, str] | None,
    is_alone: bool,
) -> bytes:
    """Return a WSDL for the folder of its contract; one that needs no change keeps its bytes.

    `files` are the file names by location. `namespaces` are the schema files by namespace, for
    the WSDL that all others are imported by: its types then are these and nothing else. None
    leaves the WSDL without types. `is_alone` when no other file adds to its types.
    """
    root = deepcopy(file.root)
    is_same = [_lead(one, file, files) for one in list(root.iterchildren(f"{WSDL}import"))]
    if all(is_same) and _has_these_types(root, namespaces, is_alone):
        return file.data
    for types in root.findall(f"{WSDL}types"):
        root.remove(types)
    if namespaces is not None:
        place = sum(1 for child in root if child.tag in _BEFORE_TYPES)
        types = etree.Element(f"{WSDL}types")
        types.append(parse(driver(namespaces)))
        root.insert(place, types)
    return serialised(root)


def _lead(reference: etree._Element, file: GatheredFile, files: Mapping[str, str]) -> bool:
    """Lead an import to the stored file; whether it did so already."""
    former, parent = written(reference), reference.getparent()
    target = files[file.places[former]] if former in file.places else ""
    if target.endswith(".wsdl"):
        reference.set("location", target)
        return target == former
    if parent is not None:
        parent.remove(reference)  # a schema, or nothing: it is among the types
    return False


def _has_these_types(
    root: etree._Element, namespaces: Mapping[str, str] | None, is_alone: bool
) -> bool:
    """Whether a WSDL already has the types that it is to have."""
    schemas = inline_schemas(root)
    if namespaces is None or any(has_content(one) for one in schemas):
        return namespaces is None and not schemas
    imports = {
        (one.get("namespace", ""), written(one)) for part in schemas for one in references(part)
    }
    return imports <= set(namespaces.items()) and (is_alone or len(imports) == len(namespaces))
