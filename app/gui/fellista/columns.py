"""The columns of the fellista: its cases, and its reasons."""

from app.gui.widgets.rows import Column
from app.language.sentences import name_of
from app.language.text import N_, _
from app.workflow.views import FellistaCase

_FORECASTS = {"green": "clean", "still": "fellista", "unchanged": "note", "missing": "unknown"}
_KINDS = {"fellista": N_("Fellista"), "avvisad": N_("Refused")}

Reason = tuple[str, int]


def forecast_status(case: FellistaCase) -> str:
    """Return the status of what a resend would do."""
    return _FORECASTS.get(case.forecast, "unknown")


def case_columns() -> tuple[Column[FellistaCase], ...]:
    """Return the columns of the cases on the list."""
    return (
        Column(_("Behandlingsnr"), lambda one: one.entry.case, width=116),
        Column(
            _("If it is sent now"),
            lambda one: name_of(one.forecast),
            status=forecast_status,
            width=176,
        ),
        Column(_("List"), lambda one: _(_KINDS[one.entry.kind]), quiet=True, width=88),
        Column(_("The register's reasons"), lambda one: " · ".join(one.entry.reasons)),
    )


def reason_columns() -> tuple[Column[Reason], ...]:
    """Return the columns of the reasons."""
    return (
        Column(_("Cause"), lambda reason: reason[0]),
        Column(_("Cases"), lambda reason: str(reason[1]), number=True, width=72),
    )
