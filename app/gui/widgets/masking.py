"""Hide personnummer on screen until somebody asks to see them."""

import re

from app.core.identity import mask, person_id_problem

_TWELVE = re.compile(r"(?<![\w.-])(?:18|19|20)\d{6}[-+]?\d{4}(?![\w.-])")
_TEN = re.compile(r"(?<![\w.-])\d{6}[-+]\d{4}(?![\w.-])")


def mask_cell(text: str, person: bool = False) -> str:
    """Return the text with a personnummer masked; `person` says that the whole cell is one."""
    stripped = text.strip()
    if not stripped:
        return text
    if person or (len(stripped) <= len("YYYYMMDD-NNNN") and _is_person_id(stripped)):
        return mask(stripped)
    return text


def mask_xml(text: str, element: str) -> str:
    """Return a document without personnummer: in the person's element and wherever one stands."""
    if element:
        person = re.compile(rf"(<(?:[\w.-]+:)?{re.escape(element)}>)([^<]*)(</)")
        text = person.sub(lambda found: found[1] + mask(found[2].strip()) + found[3], text)
    return _TWELVE.sub(_masked, text)


def _masked(found: re.Match[str]) -> str:
    return mask(found[0]) if _is_person_id(found[0]) else found[0]


def _is_person_id(text: str) -> bool:
    if _TEN.fullmatch(text):
        return True
    digits = text.replace("-", "").replace("+", "")
    return bool(_TWELVE.fullmatch(text)) and person_id_problem(digits) is None
