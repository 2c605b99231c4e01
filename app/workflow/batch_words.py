"""A test batch in words: what it covers, what it does not and why; for the window and the CLI."""

from app.core.register import Profile
from app.core.variable_names import is_numbered
from app.language.numbers import count
from app.language.text import N_, _, current, ngettext
from app.workflow.quality_views import BatchGoal, PickedBatch, Uncovered

KINDS = {
    "phase": N_("Phases"),
    "verdict": N_("Verdicts"),
    "variable": N_("Variables"),
    "several": N_("Several rows"),
    "entry": N_("Value-map entries"),
}
_ONE = {
    "phase": N_("Phase"),
    "verdict": N_("Verdict"),
    "variable": N_("Variable"),
    "several": N_("Several rows"),
    "entry": N_("Value map"),
}


def kinds_name(kind: str) -> str:
    """Return what things of a kind are called together."""
    return _(KINDS[kind])


def kind_name(kind: str) -> str:
    """Return what one thing to cover is."""
    return _(_ONE[kind])


def goal_name(goal: BatchGoal, profile: Profile) -> str:
    """Return what is covered."""
    if goal.kind == "entry":
        return f"{goal.name}: {goal.value}"
    names = {
        "phase": {one.id: one.name for one in profile.phases},
        "verdict": {one.id: one.name for one in profile.verdicts},
        "variable": {one.id: one.name for one in profile.variables},
        "several": {one.id: one.name for one in profile.groups},
    }
    found = names[goal.kind].get(goal.name)
    name = found.in_language(current()) if found else goal.name
    return f"{goal.name} {name}" if is_numbered(goal.name) and found else name


def reason_of(one: Uncovered) -> str:
    """Return why nothing covers a goal."""
    if one.reason == "no-case":
        return _("No case of the export has it.")
    if one.reason == "held-back":
        text = ngettext(
            "Only {count} case that is held back has it: {example}.",
            "Only {count} cases that are held back have it, such as {example}.",
            one.cases,
        )
        return text.format(count=count(one.cases), example=one.example)
    return _("There is no room for it in so few cases.")


def batch_sentence(batch: PickedBatch) -> str:
    """Return how many cases cover how much."""
    covered = sum(share.done for _kind, share in batch.shares)
    total = sum(share.total for _kind, share in batch.shares)
    text = ngettext(
        "{count} case of {all} that can be sent covers {covered} of {total}.",
        "{count} cases of {all} that can be sent cover {covered} of {total}.",
        len(batch.cases),
    )
    return text.format(
        count=count(len(batch.cases)),
        all=count(batch.sendable),
        covered=count(covered),
        total=count(total),
    )
