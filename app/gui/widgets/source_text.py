"""Where a fact about the register comes from, in words."""

import re

from app.language.text import N_, _

_KINDS = (
    (re.compile(r"^guide, "), N_("integration guide")),
    (re.compile(r"^rules #"), N_("SPOR's list of faulty registrations, no.")),
    (re.compile(r"^rule "), N_("rule")),
    (re.compile(r"^news, "), N_("SPOR's news:")),
    (re.compile(r"^report "), N_("report")),
    (re.compile(r"^faq:"), "FAQ"),
)
_ASIDE = re.compile(r" \([^)]*\)")


def source_text(source: str) -> str:
    """Return a fact's source as the window shows it; asides for maintainers are left out."""
    return "; ".join(_part(part) for part in _ASIDE.sub("", source).split("; "))


def _part(part: str) -> str:
    for form, word in _KINDS:
        if form.match(part):
            return f"{_(word)} {form.sub('', part)}"
    return part
