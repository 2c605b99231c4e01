"""What a contract lets stand in an element, in words."""

from app.core.register import Element
from app.language.text import N_, _

_FACETS = {
    "length": N_("exactly {value} characters"),
    "minLength": N_("at least {value} characters"),
    "maxLength": N_("at most {value} characters"),
    "minInclusive": N_("from {value}"),
    "maxInclusive": N_("to {value}"),
    "minExclusive": N_("above {value}"),
    "maxExclusive": N_("below {value}"),
    "totalDigits": N_("at most {value} digits"),
    "fractionDigits": N_("at most {value} decimals"),
    "pattern": N_("of the form {value}"),
}
_WORDLESS = frozenset({"enumeration", "whiteSpace"})


def form_of(element: Element) -> str:
    """Return an element's built-in type and its limits."""
    words = [element.base]
    for name, value in element.facets:
        if name not in _WORDLESS:
            words.append(_(_FACETS[name]).format(value=value) if name in _FACETS else name)
    count = len(element.allowed)
    if count:
        words.append(_("one of {count} values").format(count=count))
    return ", ".join(words)
