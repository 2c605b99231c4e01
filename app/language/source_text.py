"""Where a fact about the register comes from, in words."""

import re

from app.language.text import N_, _

_KINDS = (
    (re.compile(r"^guide(, |$)"), N_("integration guide")),
    (re.compile(r"^rules #"), N_("SPOR's list of faulty registrations, no.")),
    (re.compile(r"^news, "), N_("SPOR's news:")),
    (re.compile(r"^report "), N_("report")),
)
_ASIDE = re.compile(r" \([^)]*\)")


def source_text(source: str, *, asides: bool = False) -> str:
    """Return a fact's source as a person reads it; with its asides only when they are asked for."""
    told = source if asides else _ASIDE.sub("", source)
    return "; ".join(_part(part) for part in told.split("; "))


def _part(part: str) -> str:
    for form, word in _KINDS:
        if form.match(part):
            return f"{_(word)} {form.sub('', part)}".rstrip()
    return part
