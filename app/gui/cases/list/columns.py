"""The columns of the case list and of the causes."""

from app.core.register import Profile
from app.gui import theme
from app.gui.widgets.attempt_words import outcome_status, outcome_word
from app.gui.widgets.rows import Column
from app.language.sentences import cause_sentence
from app.language.text import N_, _, current
from app.workflow.views import CaseRow, Cause

_CHANGES = {"new": N_("new"), "changed": N_("changed"), "same": N_("unchanged")}


def case_columns(profile: Profile) -> tuple[Column[CaseRow], ...]:
    """Return the columns of the case list."""
    verdicts = {verdict.id: verdict for verdict in profile.verdicts}

    def verdict_name(row: CaseRow) -> str:
        found = verdicts.get(row.verdict)
        return found.name.in_language(current()) if found else _("Not counted")

    def verdict_icon(row: CaseRow) -> str:
        found = verdicts.get(row.verdict)
        return found.icon if found else "help"

    return (
        Column(_("Case"), lambda row: row.case, sort="case", width=80),
        Column(_("Counts as"), verdict_name, icon=verdict_icon, sort="verdict", width=160),
        Column(
            _("Worst finding"),
            lambda row: worst_finding(row, profile),
            status=lambda row: theme.status_of(row.tier),
            sort="tier",
            weight=5,
        ),
        Column(_("No."), lambda row: str(row.findings), number=True, sort="findings", width=54),
        Column(_("Change"), lambda row: _(_CHANGES[row.change]), quiet=True, width=94),
        Column(_("Attempts"), lambda row: str(row.attempts), number=True, width=70),
        Column(
            _("Last answer"),
            lambda row: outcome_word(row.outcome) if row.attempts else "",
            status=lambda row: outcome_status(row.outcome) if row.attempts else "",
            width=118,
        ),
    )


def worst_finding(row: CaseRow, profile: Profile) -> str:
    """Return the word for the worst finding and what it is."""
    word = theme.status_word(theme.status_of(row.tier))
    return f"{word}: {cause_sentence(row.cause, profile)}" if row.cause else word


def cause_columns(profile: Profile) -> tuple[Column[Cause], ...]:
    """Return the columns of the list of causes."""
    return (
        Column(
            _("What happens"),
            lambda one: theme.status_word(theme.status_of(one.tier)),
            status=lambda one: theme.status_of(one.tier),
            width=150,
        ),
        Column(_("Cause"), lambda one: cause_sentence(one.code, profile)),
        Column(_("Cases"), lambda one: str(one.cases), number=True, width=72),
    )
