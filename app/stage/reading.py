"""Read a request into values, along the profile's tree of elements."""

from collections.abc import Iterator

from lxml import etree

from app.core.case import CaseValues
from app.core.register import Element, Profile

Row = dict[str, str]
_BLANKS = " \t\r\n"  # XML's; any other blank is part of a value


def registrations(request: etree._Element, profile: Profile) -> tuple[CaseValues, ...]:
    """Return every registration in a valid request as one case."""
    return tuple(read_case(alone, profile) for alone in each_alone(request, profile))


def each_alone(request: etree._Element, profile: Profile) -> Iterator[etree._Element]:
    """Yield the request as though each of its registrations had been sent alone.

    The request itself is yielded, and changed before the next one.
    """
    holder = profile.case_path or profile.by_id[profile.case_key].path[:-1]
    found = _descend([request], holder)
    if len(found) <= 1:
        yield request
        return
    places = [_taken_out(one) for one in found]
    for parent, place, one in places:
        parent.insert(place, one)
        yield request
        parent.remove(one)


def _taken_out(one: etree._Element) -> tuple[etree._Element, int, etree._Element]:
    """Take an element out of its parent; return the parent, the element's place and itself."""
    parent = next(one.iterancestors())
    place = parent.index(one)
    parent.remove(one)
    return parent, place, one


def read_case(request: etree._Element, profile: Profile) -> CaseValues:
    """Return a request with one registration as a case."""
    values: Row = {}
    groups: dict[str, list[Row]] = {}
    _read(request, profile.root, values, groups)
    rows = {group: tuple(rows) for group, rows in groups.items()}
    return CaseValues(values.get(profile.case_key, ""), values, rows)


def _descend(elements: list[etree._Element], path: tuple[str, ...]) -> list[etree._Element]:
    for name in path:
        elements = [child for one in elements for child in one.iterchildren(f"{{*}}{name}")]
    return elements


def _read(
    element: etree._Element,
    spec: Element,
    row: Row,
    groups: dict[str, list[Row]],
    group: str = "",
) -> None:
    """Put the values below one element into its row; a repeated part starts a row of its own."""
    by_name = {child.name: child for child in spec.children}
    for child in element.iterchildren("{*}*"):
        part = by_name.get(etree.QName(child).localname)
        if part is None:
            continue
        target, inside = row, group
        if part.group and part.group != group:
            target, inside = {}, part.group
            groups.setdefault(part.group, []).append(target)
        if part.variable:
            target[part.variable] = (child.text or "").strip(_BLANKS)
        _read(child, part, target, groups, inside)
