"""Read a request into values, along the profile's tree of elements."""

from lxml import etree

from app.core.case import CaseValues
from app.core.register import Element, Profile

Row = dict[str, str]


def registrations(request: etree._Element, profile: Profile) -> tuple[CaseValues, ...]:
    """Return every registration in a valid request as one case."""
    holder = profile.by_id[profile.case_key].path[:-1]
    found = _descend([request], holder)
    return tuple(_case(request, one, profile) for one in found)


def _descend(elements: list[etree._Element], path: tuple[str, ...]) -> list[etree._Element]:
    for name in path:
        elements = [child for one in elements for child in one.iterchildren(f"{{*}}{name}")]
    return elements


def _case(request: etree._Element, registration: etree._Element, profile: Profile) -> CaseValues:
    values: Row = {}
    groups: dict[str, list[Row]] = {}
    others = set(registration.itersiblings(registration.tag))
    others |= set(registration.itersiblings(registration.tag, preceding=True))
    _read(request, profile.root, values, groups, others)
    rows = {group: tuple(rows) for group, rows in groups.items()}
    return CaseValues(values.get(profile.case_key, ""), values, rows)


def _read(
    element: etree._Element,
    spec: Element,
    row: Row,
    groups: dict[str, list[Row]],
    others: set[etree._Element],
    group: str = "",
) -> None:
    """Put the values below one element into its row; a repeated part starts a row of its own."""
    by_name = {child.name: child for child in spec.children}
    for child in element.iterchildren("{*}*"):
        part = by_name.get(_local(child))
        if part is None or child in others:
            continue
        target, inside = row, group
        if part.group and part.group != group:
            target, inside = {}, part.group
            groups.setdefault(part.group, []).append(target)
        if part.variable:
            target[part.variable] = (child.text or "").strip()
        _read(child, part, target, groups, others, inside)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
