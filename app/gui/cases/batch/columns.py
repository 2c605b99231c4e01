"""The lists of a test batch: its cases, what one of them adds, what is not covered."""

from app.core.register import Profile
from app.gui import theme
from app.gui.widgets.numbers import count
from app.gui.widgets.rows import Column
from app.language.text import _, current
from app.workflow.batch_words import goal_name, kind_name, reason_of
from app.workflow.quality_views import BatchCase, BatchGoal, Uncovered

_NUMBER, _KIND = 68, 112  # pixels


def case_columns(profile: Profile) -> tuple[Column[BatchCase], ...]:
    """Return the columns of the batch's cases."""
    phases = {one.id: one.name.in_language(current()) for one in profile.phases}
    verdicts = {one.id: one.name.in_language(current()) for one in profile.verdicts}
    columns = [
        Column[BatchCase](_("Case"), lambda one: one.case, weight=2),
        Column[BatchCase](
            _("Verdict"), lambda one: verdicts.get(one.verdict, one.verdict), weight=3
        ),
        Column[BatchCase](
            _("Worst finding"),
            lambda one: theme.status_word(theme.status_of(one.tier)),
            status=lambda one: theme.status_of(one.tier),
            width=_KIND + 24,
        ),
        Column[BatchCase](_("Covers"), lambda one: count(one.reached), True, width=_NUMBER),
        Column[BatchCase](
            _("Adds"),
            lambda one: count(len(one.adds)),
            True,
            width=_NUMBER,
            hint=_("What it covers that the cases before it do not."),
        ),
    ]
    if phases:
        name = Column[BatchCase](_("Phase"), lambda one: phases.get(one.phase, one.phase), weight=2)
        columns.insert(1, name)
    return tuple(columns)


def goal_columns(profile: Profile) -> tuple[Column[BatchGoal], ...]:
    """Return the columns of what one case adds."""
    return (
        Column(_("Kind"), lambda one: kind_name(one.kind), width=_KIND),
        Column(_("Covered"), lambda one: goal_name(one, profile)),
    )


def uncovered_columns(profile: Profile) -> tuple[Column[Uncovered], ...]:
    """Return the columns of what is not covered."""
    return (
        Column(_("Kind"), lambda one: kind_name(one.goal.kind), width=_KIND),
        Column(_("Not covered"), lambda one: goal_name(one.goal, profile), weight=2),
        Column(
            _("Why"),
            reason_of,
            weight=3,
            status=lambda one: "fellista" if one.reason == "held-back" else "note",
            tinted=False,
        ),
    )
