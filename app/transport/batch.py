"""Several registrations in one request, where the contract takes many of them."""

from collections.abc import Sequence

from lxml import etree

from app.core.register import Answer, Element, Profile
from app.safexml import parse

Path = tuple[str, ...]
DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def largest_batch(profile: Profile) -> int:
    """Return how many registrations may leave together: one unless each gets its own answer."""
    answers_each = profile.answer is not None and _is_repeated(profile.answer)
    return profile.batch_size if profile.case_path and answers_each else 1


def head_of(document: bytes, case_path: Path) -> bytes:
    """Return what a request says beside its registration, in canonical form; b"" without one.

    Requests with the same head may be sent as one.
    """
    root = parse(document)
    registrations = _registrations(root, case_path)
    for registration in registrations:
        _parent(registration).remove(registration)
    return etree.tostring(root, method="c14n", exclusive=True) if registrations else b""


def joined(documents: Sequence[bytes], case_path: Path) -> bytes:
    """Return one request with the registrations of several that have the same head, in order."""
    root, *others = [parse(document) for document in documents]
    last = _registrations(root, case_path)[-1]
    for other in others:
        for registration in _registrations(other, case_path):
            parent = _parent(last)
            parent.insert(parent.index(last) + 1, registration)
            last = registration
    return DECLARATION + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + b"\n"


def _registrations(root: etree._Element, case_path: Path) -> list[etree._Element]:
    return root.findall("/".join(f"{{*}}{name}" for name in case_path))


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _is_repeated(answer: Answer) -> bool:
    """Whether an answer may hold a result for each registration."""
    element: Element | None = answer.root
    for name in answer.result:
        children = element.children if element else ()
        element = next((one for one in children if one.name == name), None)
        if element is not None and element.maximum != 1:
            return True
    return False
