"""Hide personnummer on screen until somebody asks to see them."""

import re

from app.core.identity import mask, mask_text


def mask_cell(text: str, *, person: bool = False, case: str = "") -> str:
    """Return a cell with personnummer masked; `person` says that the whole cell is one.

    `case`, the behandlingsnummer, stays readable though it may look like a person's number.
    """
    stripped = text.strip()
    if not stripped:
        return text
    return mask(stripped) if person else mask_text(text, keep=case)


def mask_part(text: str, first: int, end: int, element: str, case: str = "") -> str:
    """Return a part of a document without personnummer, also where it holds only some of one."""
    if not element:
        return mask_text(text[first:end], keep=case)
    found: list[str] = []
    person = re.compile(rf"(<(?:[\w.-]+:)?{re.escape(element)}>)([^<]*)(?=</)")
    for one in person.finditer(text):
        if one.start(2) < end and one.end(2) > first:
            found += [mask_text(text[first : max(first, one.start(2))], keep=case)]
            found += [mask(one[2].strip())]
            first = min(end, one.end(2))
    return "".join((*found, mask_text(text[first:end], keep=case)))


def mask_xml(text: str, element: str, case: str = "") -> str:
    """Return a document without personnummer: in the person's element and wherever one stands."""
    if element:
        person = re.compile(rf"(<(?:[\w.-]+:)?{re.escape(element)}>)([^<]*)(</)")
        text = person.sub(lambda found: found[1] + mask(found[2].strip()) + found[3], text)
    return mask_text(text, keep=case)
