"""Contracts, bindings and changes in words."""

from app.core.profile_diff import ChangeKind
from app.language.text import N_, _

ORIGINS = {
    "shipped": N_("Shipped"),
    "imported": N_("Imported"),
}

# how far an element or a variable has come: status and words
STATES = {
    "demanded": ("blocks", N_("Demanded, unbound")),
    "wanted": ("refused", N_("Mandatory, unbound")),
    "guess": ("unknown", N_("Guess to approve")),
    "sure": ("inkonsistent", N_("Sure, to approve")),
    "bound": ("clean", N_("Approved")),
    "named": ("clean", N_("By the contract")),
    "free": ("", "–"),
}
ELEMENT_FILTERS = (
    ("", N_("All elements")),
    ("demanded", N_("Demanded, unbound")),
    ("waits", N_("To approve")),
    ("bound", N_("Bound")),
    ("free", N_("Without a variable")),
)
VARIABLE_FILTERS = (
    ("", N_("All variables")),
    ("wanted", N_("Mandatory, unbound")),
    ("waits", N_("To approve")),
    ("bound", N_("Bound")),
    ("free", N_("Without an element")),
)
REASONS = {
    "number-in-name": N_("the number stands in the element's name"),
    "number-in-documentation": N_("the number stands in the documentation"),
    "number-in-appinfo": N_("the number stands in the appinfo"),
    "name": N_("the names are alike"),
    "words": N_("they share words"),
    "type": N_("the types agree"),
    "codes": N_("the codes agree"),
    "place": N_("the place in the contract agrees"),
    "chosen": N_("chosen by a person"),
}
# the same in one word, for the table
SHORT = {
    "number-in-name": N_("V-number"),
    "number-in-documentation": N_("number in the text"),
    "number-in-appinfo": N_("number in appinfo"),
    "name": N_("name"),
    "words": N_("words"),
    "type": N_("type"),
    "codes": N_("codes"),
    "place": N_("place"),
}
KINDS = {
    ChangeKind.NEW: "plus-circle-outline",
    ChangeKind.REMOVED: "minus-circle-outline",
    ChangeKind.RENAMED: "rename-outline",
    ChangeKind.MOVED: "arrow-decision-outline",
    ChangeKind.TIGHTENED: "lock-outline",
    ChangeKind.LOOSENED: "lock-open-variant-outline",
    ChangeKind.CHANGED: "pencil-outline",
}


def reasons_sentence(reasons: tuple[str, ...]) -> str:
    """Return why a variable is suggested for an element."""
    return ", ".join(_(REASONS.get(one, one)) for one in reasons)


def reasons_words(reasons: tuple[str, ...]) -> str:
    """Return the same in as few words as the table has room for."""
    return ", ".join(_(SHORT.get(one, one)) for one in reasons)
