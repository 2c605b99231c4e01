"""One schema file for each namespace of a contract, which brings in all others of it.

libxml2 imports a namespace only once, from whichever file it meets first; so every import of a
namespace must lead to the same file, and that file must hold everything.
"""

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from app.files.contract_documents import Names, SchemaFile
from app.files.contract_gathering import (
    KNOWN_NAMESPACES,
    XML_NAMESPACE,
    XSD,
    GatheredContract,
    references,
    written,
)

Schemas = Mapping[str, SchemaFile]

_NAMES_IN = ("type", "base", "ref", "refer", "itemType", "memberTypes", "substitutionGroup")
_OF_XML = f"""\
<xsd:schema xmlns:xsd="{XSD[1:-1]}" targetNamespace="{XML_NAMESPACE}">
  <xsd:attribute name="lang" type="xsd:language"/>
  <xsd:attribute name="space" type="xsd:NCName"/>
  <xsd:attribute name="base" type="xsd:anyURI"/>
  <xsd:attribute name="id" type="xsd:ID"/>
</xsd:schema>
"""


def doors(
    contract: GatheredContract, schemas: Schemas, files: Mapping[str, str], names: Names
) -> tuple[dict[str, str], dict[str, bytes]]:
    """Return the file name of each namespace, and the files that had to be made for that."""
    found: dict[str, str] = {}
    made: dict[str, bytes] = {}
    for namespace, entries in _entries(contract, schemas, files).items():
        kept = _without_parts_of_others(entries, schemas)
        found[namespace] = kept[0]
        if len(kept) > 1:
            found[namespace] = names.new("namespace", ".xsd")
            made[found[namespace]] = _wrapper(namespace, kept)
    if XML_NAMESPACE not in found and any(_uses_xml(one) for one in schemas.values()):
        found[XML_NAMESPACE] = names.new("xml", ".xsd")
        made[found[XML_NAMESPACE]] = _OF_XML.encode()
    return found, made


def driver(namespaces: Mapping[str, str]) -> bytes:
    """Return a schema without a namespace that brings in the file of each namespace."""
    root = etree.Element(f"{XSD}schema", nsmap={"xsd": XSD[1:-1]})
    for namespace, name in namespaces.items():
        if namespace:
            etree.SubElement(root, f"{XSD}import", namespace=namespace, schemaLocation=name)
        else:
            etree.SubElement(root, f"{XSD}include", schemaLocation=name)
    return serialised(root)


def _wrapper(namespace: str, files: Iterable[str]) -> bytes:
    """Return a schema of one namespace that brings in several files of it."""
    root = etree.Element(f"{XSD}schema", nsmap={"xsd": XSD[1:-1]})
    if namespace:
        root.set("targetNamespace", namespace)
    for name in files:
        etree.SubElement(root, f"{XSD}include", schemaLocation=name)
    return serialised(root)


def connected(schema: SchemaFile, found: Mapping[str, str]) -> bytes:
    """Return a schema whose references lead to the files as they are stored.

    An import that its references need and nobody wrote is added; one that leads nowhere, or to
    itself, is left out. A schema in which nothing changes keeps its bytes.
    """
    before = etree.tostring(schema.root)
    imported = {schema.namespace, XSD[1:-1]}
    for reference in list(references(schema.root)):
        name = _target(reference, schema, found)
        if name is None:
            schema.root.remove(reference)
            continue
        reference.set("schemaLocation", name)
        if reference.tag == f"{XSD}import":
            imported.add(reference.get("namespace", ""))
    for namespace in sorted(_used(schema.root) & found.keys() - imported):
        added = etree.Element(f"{XSD}import", namespace=namespace, schemaLocation=found[namespace])
        schema.root.insert(0, added)
    is_same = schema.received and etree.tostring(schema.root) == before
    return schema.received if is_same else serialised(schema.root)


def serialised(root: "etree._Element") -> bytes:
    """Return an element as a file."""
    if root.text is None:
        etree.indent(root)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def _target(
    reference: "etree._Element", schema: SchemaFile, found: Mapping[str, str]
) -> str | None:
    """Return the file that a reference is to lead to, None when it is to go."""
    if reference.tag != f"{XSD}import":
        name = schema.targets.get(written(reference))
        return None if name == schema.name else name  # libxml2 takes nothing that includes itself
    namespace = reference.get("namespace", "")
    return None if namespace == schema.namespace else found.get(namespace)


def _entries(
    contract: GatheredContract, schemas: Schemas, files: Mapping[str, str]
) -> dict[str, list[str]]:
    """Return the schemas that each namespace is entered by; the rest are parts of these."""
    direct = [files[one] for one in contract.beside]
    for file in contract.files.values():
        if not file.is_schema:  # its own schemas, and what it imports beside or inside them
            parts = [written(one) for one in references(file.root)]
            direct += [files[file.places[one]] for one in parts if one in file.places]
    direct += [name for name, schema in schemas.items() if not schema.received]
    direct += [name for schema in schemas.values() for name in schema.imports()]
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(direct):
        if name in schemas:
            found.setdefault(schemas[name].namespace, []).append(name)
    return found


def _without_parts_of_others(entries: list[str], schemas: Schemas) -> list[str]:
    """Return the entries that no other entry already includes; of a circle, the first."""
    kept: list[str] = []
    for name in entries:
        if not any(name in _reached(one, schemas) for one in kept):
            below = _reached(name, schemas)
            kept = [*(one for one in kept if one not in below), name]
    return kept


def _reached(name: str, schemas: Schemas) -> set[str]:
    """Return the files that one includes, directly or by way of others."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for part in schemas[waiting.pop()].parts():
            if part not in found:
                found.add(part)
                waiting.append(part)
    return found - {name}


def _used(root: "etree._Element") -> set[str]:
    """Return the namespaces that a schema's references name."""
    return {namespace for namespace in _prefixes(root) if namespace} - KNOWN_NAMESPACES


def _prefixes(root: "etree._Element") -> Iterator[str]:
    for part in root.iter(f"{XSD}*"):
        for name in _NAMES_IN:
            for one in part.get(name, "").split():
                prefix = one.partition(":")[0] if ":" in one else None
                yield part.nsmap.get(prefix, "") or ""


def _uses_xml(schema: SchemaFile) -> bool:
    imports: Iterable[etree._Element] = references(schema.root)
    return any(one.get("namespace") == XML_NAMESPACE for one in imports)
