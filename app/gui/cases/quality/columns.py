"""The lists to the left: variables, spans between two times, and what has changed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from app.core.register import Mandatory, Profile, ValueType
from app.gui.cases.quality.words import (
    per_cent,
    per_cent_of,
    shift_kind,
    shift_value,
    variable_name,
)
from app.gui.widgets.numbers import count
from app.gui.widgets.rows import Column
from app.language.text import _
from app.workflow.quality_views import Shift, SpanQuality, VariableQuality

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER, _WIDE, _ROOMY = 68, 140, 2000  # pixels
Row = TypeVar("Row")


def fill_columns(profile: Profile) -> tuple[Column[VariableQuality], ...]:
    """Return the columns of the variables."""
    return (
        Column(
            _("Variable"),
            lambda one: variable_name(profile, one.variable),
            sort="variable",
            status=lambda one: _fill_status(one, profile),
            tinted=False,
            tip=lambda one: _fill_tip(one, profile),
        ),
        Column(_("Filled"), lambda one: per_cent(one.filled), True, sort="filled", width=_NUMBER),
        Column(
            _("Missing"),
            lambda one: count(one.filled.total - one.filled.done),
            True,
            sort="missing",
            width=_NUMBER,
            hint=_("Cases, or rows of a repeated part, that have no value where one may be."),
        ),
        Column(
            _("Findings"),
            lambda one: count(one.findings) if one.findings else "",
            True,
            sort="findings",
            words=(count(9999),),
            hint=_("Cases with a finding on the variable."),
        ),
        Column(
            _("Before"),
            lambda one: "" if one.before is None else per_cent_of(one.before),
            True,
            sort="before",
            width=_NUMBER,
            idle=_ROOMY,
            hint=_("Filled in the load before."),
            quiet=True,
        ),
    )


def _fill_status(one: VariableQuality, profile: Profile) -> str:
    """Return the status of a variable that every case needs: whether it is there."""
    if profile.by_id[one.variable].mandatory is not Mandatory.YES:
        return ""
    return "clean" if one.filled.is_whole else "refused"


def _fill_tip(one: VariableQuality, profile: Profile) -> str:
    name = variable_name(profile, one.variable)
    status = _fill_status(one, profile)
    if not status:
        return name
    said = _("Mandatory, and always filled.") if status == "clean" else _("Mandatory, yet missing.")
    return f"{name}\n{said}"


def span_columns(profile: Profile) -> tuple[Column[SpanQuality], ...]:
    """Return the columns of the spans."""
    return (
        Column(_("From"), lambda one: variable_name(profile, one.begin), sort="begin", weight=1),
        Column(_("To"), lambda one: variable_name(profile, one.end), sort="end", weight=1),
        Column(
            _("Impossible"),
            lambda one: count(one.broken),
            True,
            status=lambda one: "fellista" if one.broken else "clean",
            tinted=False,
            sort="broken",
            width=_WIDE - 24,
            hint=_("Cases that break a rule on these two times."),
        ),
    )


def shift_columns(profile: Profile) -> tuple[Column[Shift], ...]:
    """Return the columns of what has changed."""
    return (
        Column(_("Variable"), lambda one: variable_name(profile, one.variable), sort="variable"),
        Column(_("What"), shift_kind, width=_WIDE),
        Column(_("Before"), lambda one: _value(one, one.before, profile), True, width=_NUMBER + 8),
        Column(
            _("Now"),
            lambda one: _value(one, one.now, profile),
            True,
            icon=lambda one: "arrow-up" if one.now > one.before else "arrow-down",
            width=_NUMBER + 24,
        ),
    )


def _value(shift: Shift, value: float, profile: Profile) -> str:
    return shift_value(shift, value, is_time=is_time(shift, profile))


def is_time(shift: Shift, profile: Profile) -> bool:
    """Whether a variable's middle value is a time of day."""
    return profile.by_id[shift.variable].value_type is ValueType.DATETIME


SORTS: dict[str, Callable[[VariableQuality], tuple[float, str]]] = {
    "filled": lambda one: (one.filled.done / max(1, one.filled.total), one.variable),
    "missing": lambda one: (one.filled.total - one.filled.done, one.variable),
    "findings": lambda one: (one.findings, one.variable),
    "before": lambda one: (-1.0 if one.before is None else one.before, one.variable),
}
SPAN_SORTS: dict[str, Callable[[SpanQuality], tuple[float, str]]] = {
    "broken": lambda one: (one.broken, one.begin),
}


def ordered(
    rows: "Sequence[Row]",
    keys: "dict[str, Callable[[Row], tuple[float, str]]]",
    sort: str,
    *,
    descending: bool,
) -> "list[Row]":
    """Return the rows by one column; by their own order where it has no key."""
    if sort in keys:
        return sorted(rows, key=keys[sort], reverse=descending)
    return list(reversed(rows)) if descending else list(rows)
