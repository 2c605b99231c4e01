"""The mapping in words: where a value comes from, and what is done to it."""

from app.core.mapping import Link, Step
from app.core.register import Confidence, Mandatory
from app.language.text import N_, _

STEPS = {
    "constant": N_("the constant “{value}”"),
    "trim": N_("blanks removed"),
    "upper": N_("capital letters"),
    "replace": N_("“{find}” becomes “{with}”"),
    "missing_when": N_("missing when {values}"),
    "decimal_comma": N_("comma becomes point"),
    "number": N_("number"),
    "date": N_("date"),
    "datetime": N_("moment with Sweden's offset"),
    "value_map": N_("value map {name}"),
    "person_id": N_("personnummer with 12 digits"),
    "fold_up": N_("a local level folded into the register's ({form})"),
}
# the same in one word, for the table; the sentence stands in its tooltip and in the inspector
SHORT = {
    "constant": N_("constant"),
    "trim": N_("trimmed"),
    "upper": N_("capitals"),
    "replace": N_("replaced"),
    "missing_when": N_("left out"),
    "decimal_comma": N_("number"),
    "number": N_("number"),
    "date": N_("date"),
    "datetime": N_("moment"),
    "value_map": N_("value map"),
    "person_id": N_("12 digits"),
    "fold_up": N_("folded up"),
}
OPTIONS = {
    "value": N_("Value"),
    "find": N_("Find"),
    "with": N_("Put"),
    "values": N_("Missing when (| between)"),
    "decimals": N_("Decimals"),
    "format": N_("Format in the export"),
    "ambiguous": N_("Hour that occurs twice"),
    "time_missing": N_("Date without a time"),
    "name": N_("Value map"),
    "form": N_("Form (first group is kept)"),
}
# options that have few values; "" is what holds when nothing is said
CHOICES = {
    "ambiguous": (
        ("", N_("stops the case")),
        ("first", N_("is the first (summer time)")),
        ("second", N_("is the second (winter time)")),
    ),
    "time_missing": (("", N_("stops the case")), ("omit", N_("gives no value"))),
}
MANDATORY = {
    Mandatory.YES: N_("Mandatory"),
    Mandatory.CONDITIONAL: N_("Mandatory in some cases"),
    Mandatory.NO: N_("Optional"),
    Mandatory.UNKNOWN: N_("Not known whether mandatory"),
}
CONFIDENCE = {
    Confidence.STATED: N_("stated by the source"),
    Confidence.INFERRED: N_("inferred from the source"),
    Confidence.ASSUMED: N_("assumed by us"),
}


class _Options(dict[str, str]):
    """A step's options; one that is not set is shown as a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def step_sentence(step: Step) -> str:
    """Return what one step does."""
    template = STEPS.get(step.kind)
    return _(template).format_map(_Options(step.options)) if template else step.kind


def conversion_sentence(link: Link) -> str:
    """Return what is done to the columns' text, in the order in which it is done."""
    return ", ".join(step_sentence(step) for step in link.steps) or _("as it is")


def conversion_words(link: Link) -> str:
    """Return the conversion in as few words as the table has room for."""
    words = (_(SHORT.get(step.kind, step.kind)) for step in link.steps)
    return ", ".join(dict.fromkeys(words)) or _("as it is")


def origin(link: Link) -> str:
    """Return where a link's value comes from."""
    if not link.table:
        return _("constant")
    return " + ".join(link.columns)
