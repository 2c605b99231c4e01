"""Which cases are looked at: all of them, those of one phase, or those of one clinic."""

from dataclasses import replace

from app.core.register import Profile
from app.gui.cases.quality.words import clinic_name, phase_name
from app.gui.widgets.numbers import count
from app.language.text import _, ngettext
from app.workflow.coverage_views import Share
from app.workflow.quality_views import EVERYONE, Among, Quality, SpanQuality, VariableQuality

_PHASE, _CLINIC = "phase:", "clinic:"


def choices(quality: Quality, profile: Profile) -> tuple[tuple[str, str], ...]:
    """Return what can be chosen: a value and its text."""
    phases = tuple(
        (f"{_PHASE}{key}", f"{phase_name(profile, key)} ({count(cases)})")
        for key, cases in quality.phases
        if key
    )
    clinics = tuple(
        (f"{_CLINIC}{key}", f"{clinic_name(key)} ({count(cases)})")
        for key, cases in quality.clinics
    )
    return (("", _("All cases")), *phases, *clinics)


def among_of(value: str, by: str) -> Among:
    """Return the choice as the deeds want it; `by` is what tells clinics apart."""
    if value.startswith(_PHASE):
        return Among(phase=value.removeprefix(_PHASE))
    if value.startswith(_CLINIC):
        return Among(by=by, clinic=value.removeprefix(_CLINIC))
    return EVERYONE


def within(one: VariableQuality, value: str) -> VariableQuality:
    """Return a variable as it is among the cases that are looked at."""
    if not value:
        return one
    prefix, parts = (_PHASE, one.phases) if value.startswith(_PHASE) else (_CLINIC, one.clinics)
    key = value.removeprefix(prefix)
    filled = next((each.filled for each in parts if each.key == key), Share())
    return replace(one, filled=filled, findings=0, before=None)


def span_within(one: SpanQuality, value: str) -> SpanQuality:
    """Return a span with those of the cases that are looked at that break its rules."""
    if not value:
        return one
    is_phase = value.startswith(_PHASE)
    counts = dict(one.phases if is_phase else one.clinics)
    key = value.removeprefix(_PHASE if is_phase else _CLINIC)
    return replace(one, broken=counts.get(key, 0))


def summary(quality: Quality) -> str:
    """Return what the export is compared with."""
    cases = ngettext("{count} case", "{count} cases", quality.cases).format(
        count=count(quality.cases)
    )
    change = quality.change
    if change is None:
        first = _("No load before this one is known; the next one is compared with it.")
        return f"{cases}. {first}"
    before = _("The load before, looked at {day}, had {count}.").format(
        day=change.seen, count=count(change.cases_before)
    )
    other = "" if change.same_mapping else _("The mapping has changed since then as well.")
    return f"{cases}. {before} {other}".strip()
