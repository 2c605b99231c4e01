"""Word the answer in the contract's own elements: a code and a text for each registration."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from xml.sax.saxutils import quoteattr

from lxml import etree

from app import safexml
from app.core.register import Answer, Element

Path = tuple[str, ...]
Facets = tuple[tuple[str, str], ...]
PREFIX = "ns2"  # as the register's own software writes it
_LISTED = "enumeration"
_NO_FACETS = frozenset({_LISTED, "fixed"})  # not written one by one, or no part of a type
_NOWHERE = ("",)  # a way that leads to neither code nor text
_XSD = "http://www.w3.org/2001/XMLSchema"
# What may stand in an element that the contract demands and that says nothing of a case.
_FILLINGS = (
    *("0", "1", "-1", "A", "a", "-", "P0D", "00000000-0000-0000-0000-000000000000"),
    *(character * length for character in "0Aa" for length in range(2, 41)),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one registration."""

    case: str
    taken: bool
    text: str


class Answering:
    """Writes answers along the contract's tree of elements; what it demands beside them is made up.

    Safe to use from any thread.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._lock = Lock()  # a schema's error log is shared
        leaves = dict.fromkeys((leaf.base, leaf.facets) for leaf in _leaves(answer.root))
        self._schemas = {kind: _schema_of(*kind) for kind in leaves}
        self._fillings = {kind: _filling(made, kind[1]) for kind, made in self._schemas.items()}

    def response(self, results: Sequence[Result]) -> etree._Element:
        """Return the answer's element with a result for each registration."""
        root = self._answer.root
        space = root.namespace
        response = etree.Element(_tag(root), nsmap={PREFIX: space} if space else None)
        if self._answer.result:
            self._around(response, root, (), results)
        else:
            self._tell(response, root, (), results[0])
        return response

    def _around(
        self, element: etree._Element, spec: Element, way: Path, results: Sequence[Result]
    ) -> None:
        """Write the children of a part that stands around the results."""
        result = self._answer.result
        for child in spec.children:
            path = (*way, child.name)
            if path == result:
                for one in results:
                    self._tell(_below(element, child), child, (), one)
            elif result[: len(path)] == path:
                self._around(_below(element, child), child, path, results)
            elif child.minimum:
                self._tell(_below(element, child), child, _NOWHERE, results[0])

    def _tell(self, element: etree._Element, spec: Element, way: Path, result: Result) -> None:
        """Write one result: its code, its text, and what else the contract demands in it."""
        answer = self._answer
        if way == answer.code:
            element.text = answer.accepted if result.taken else answer.rejected
        elif way == answer.text:
            element.text = result.text[: _longest(spec)]
        elif spec.base:
            element.text = self._made_up(spec, result.case)
        for child in spec.children:
            path = (*way, child.name)
            wanted = path in {answer.code[: len(path)], answer.text[: len(path)]}
            for _ in range(max(child.minimum, int(wanted))):
                self._tell(_below(element, child), child, path, result)

    def _made_up(self, spec: Element, case: str) -> str:
        """Return the case's number where a text may hold it, else what the contract allows."""
        if spec.fixed is not None:
            return spec.fixed
        if spec.base == "string":
            with self._lock:
                if _holds(self._schemas[spec.base, spec.facets], case):
                    return case
        return self._fillings[spec.base, spec.facets]


def _leaves(spec: Element) -> Iterator[Element]:
    if spec.base:
        yield spec
    for child in spec.children:
        yield from _leaves(child)


def _below(parent: etree._Element, spec: Element) -> etree._Element:
    return etree.SubElement(parent, _tag(spec))


def _tag(spec: Element) -> str:
    return f"{{{spec.namespace}}}{spec.name}" if spec.namespace else spec.name


def _longest(spec: Element) -> int | None:
    """Return how many characters a text may have, None without limit."""
    lengths = [int(value) for name, value in spec.facets if name in {"maxLength", "length"}]
    return min(lengths) if lengths else None


def _filling(schema: etree.XMLSchema | None, facets: Facets) -> str:
    """Return a value that an element may have, "" when none is found."""
    listed = [value for name, value in facets if name == _LISTED]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    moments = (now, now.replace("+00:00", "Z"), now[:19], now[:10], now[11:19], now[:4])
    return next((one for one in (*listed, *_FILLINGS, *moments) if _holds(schema, one)), "")


def _holds(schema: etree.XMLSchema | None, value: str) -> bool:
    if schema is None:
        return False
    element = etree.Element("v")
    element.text = value
    return schema.validate(element)


def _schema_of(base: str, facets: Facets) -> etree.XMLSchema | None:
    """Return the schema of one element of a type, None when there is none such.

    Each facet narrows the one before it; the values that a schema lists are one facet.
    """
    narrowing = [
        *(
            f"<x:{name} value={quoteattr(value)}/>"
            for name, value in facets
            if name not in _NO_FACETS
        ),
        "".join(
            f"<x:{_LISTED} value={quoteattr(one)}/>" for name, one in facets if name == _LISTED
        ),
    ]
    steps = "".join(
        f'<x:simpleType name="t{place}"><x:restriction base="t{place - 1}">{facet}'
        "</x:restriction></x:simpleType>"
        for place, facet in enumerate(narrowing, start=1)
    )
    text = (
        f'<x:schema xmlns:x="{_XSD}"><x:simpleType name="t0"><x:restriction base="x:{base}"/>'
        f'</x:simpleType>{steps}<x:element name="v" type="t{len(narrowing)}"/></x:schema>'
    )
    try:
        return etree.XMLSchema(safexml.parse(text.encode()))
    except etree.XMLSchemaParseError:
        return None
