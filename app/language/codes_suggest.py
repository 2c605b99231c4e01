"""Sentences on why a link was suggested."""

from collections.abc import Iterable

from app.core.mapping import Link
from app.language.text import N_, _

NAMES: dict[str, str] = {"suggesting": N_("Looking for suggestions")}  # a step of work

REASONS: dict[str, str] = {
    "key": N_("It is the key of the table."),
    "only": N_("The register knows only this value."),
    "same-name": N_("It is called the same."),
    "name": N_("Its name says so."),
    "kind": N_("Its values are of the right kind."),
    "content": N_("Its values can hardly be anything else."),
    "codes": N_("Its values are codes of the list."),
    "order": N_("Its times come at this place in a case."),
    "earlier": N_("It was approved so in an earlier project."),
    "template": N_("It comes from a template."),
    "rest": N_("It is what is left for this variable."),
}


def reason_sentence(link: Link) -> str:
    """Return in words why a link was suggested, "" when nothing says it."""
    return " ".join(reason_sentences(link.reasons))


def reason_sentences(reasons: Iterable[str]) -> tuple[str, ...]:
    """Return one sentence for each reason that is known."""
    return tuple(_(REASONS[one]) for one in reasons if one in REASONS)
