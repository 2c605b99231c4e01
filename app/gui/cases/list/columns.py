"""The columns of the case list."""

from collections.abc import Iterable, Mapping, Sequence

from app.core.case_state import NEVER, Change, FellistaState
from app.core.register import Profile, Verdict
from app.gui import theme
from app.gui.cases.list.facets import CHANGE_ICONS, CHANGES, FELLISTA
from app.gui.widgets.attempt_words import outcome_status, outcome_word
from app.gui.widgets.numbers import count
from app.gui.widgets.rows import Column
from app.language.sentences import cause_sentence
from app.language.text import _, current, ngettext
from app.workflow.case_counts import FacetCount
from app.workflow.views import CaseRow

EXCLUDED_ICON = "hand-back-left-outline"
_ROOMY = 780  # pixels


def case_columns(profile: Profile) -> tuple[Column[CaseRow], ...]:
    """Return the columns of the case list; a profile without phases has none of them."""
    verdicts, phases = _by_id(profile.verdicts), _by_id(profile.phases)
    phase: Column[CaseRow] = Column(
        _("Phase"),
        lambda row: _name(phases, row.phase, ""),
        icon=lambda row: _icon(phases, row.phase, ""),
        sort="phase",
        words=_names(phases),
        spare=_ROOMY,
    )
    return (
        Column(
            _("Case"),
            lambda row: row.case,
            sort="case",
            width=92,
        ),
        *((phase,) if phases else ()),
        Column(
            _("Counts as"),
            lambda row: _name(verdicts, row.verdict, _("Not counted")),
            icon=lambda row: _icon(verdicts, row.verdict, "help"),
            sort="verdict",
            words=(*_names(verdicts), _("Not counted")),
        ),
        Column(
            _("Worst finding"),
            lambda row: worst_finding(row, profile),
            status=lambda row: theme.status_of(row.tier),
            tip=lambda row: _about_findings(row, profile),
            sort="tier",
            weight=5,
        ),
        *_past_columns(),
    )


def _past_columns() -> tuple[Column[CaseRow], ...]:
    return (
        Column(
            _("Change"),
            lambda row: _("excluded") if row.excluded else _(CHANGES[Change(row.change)]),
            icon=lambda row: EXCLUDED_ICON if row.excluded else CHANGE_ICONS[Change(row.change)],
            quiet=True,
            tip=_about_change,
            hint=_("Against what the register accepted last"),
            sort="change",
            words=(*(_(word) for word in CHANGES.values()), _("excluded")),
        ),
        Column(
            _("Attempts"),
            _attempts,
            status=lambda row: outcome_status(row.outcome) if row.attempts else "",
            tinted=False,
            tip=lambda row: outcome_word(row.outcome) if row.attempts else _("Never sent"),
            hint=_("How often the case was sent, and how the last attempt ended"),
            sort="attempts",
            words=(count(99),),
            idle=_ROOMY,
        ),
        Column(
            _("Fellista"),
            _fellista,
            status=lambda row: FELLISTA[FellistaState(row.fellista)][0],
            hint=_("How the case stands on the register's lists, as read here last"),
            sort="fellista",
            words=[_(word) for status, word in FELLISTA.values() if status],
            idle=_ROOMY,
        ),
    )


def filled_columns(counts: Iterable[FacetCount]) -> frozenset[str]:
    """Return the columns, by their sort key, that have something to say of some case."""
    some = {(facet, value) for facet, value, number in counts if number}
    columns = {"outcomes": "attempts", "fellista": "fellista"}
    nothing = {("outcomes", NEVER), ("fellista", FellistaState.NONE)}
    return frozenset(columns[facet] for facet, _value in some - nothing if facet in columns)


def worst_finding(row: CaseRow, profile: Profile) -> str:
    """Return the word for the worst finding and what it is."""
    word = theme.status_word(theme.status_of(row.tier))
    return f"{word}: {cause_sentence(row.cause, profile)}" if row.cause else word


def spoken(columns: Sequence[Column[CaseRow]], row: CaseRow) -> str:
    """Return a row as a screen reader says it."""
    cells = ((column.title, column.text(row)) for column in columns)
    return ", ".join(f"{title}: {text}" for title, text in cells if text)


def _about_change(row: CaseRow) -> str:
    change = _(CHANGES[Change(row.change)])
    if not row.excluded:
        return change
    return f"{change}\n" + _("Left out by hand: {reason}").format(reason=row.excluded)


def _about_findings(row: CaseRow, profile: Profile) -> str:
    words = ngettext("{count} finding", "{count} findings", row.findings)
    return f"{worst_finding(row, profile)}\n{words.format(count=count(row.findings))}"


def _attempts(row: CaseRow) -> str:
    return count(row.attempts) if row.attempts else ""


def _fellista(row: CaseRow) -> str:
    state = FellistaState(row.fellista)
    return "" if state is FellistaState.NONE else _(FELLISTA[state][1])


def _by_id(entries: Sequence[Verdict]) -> dict[str, Verdict]:
    return {one.id: one for one in entries}


def _names(known: Mapping[str, Verdict]) -> tuple[str, ...]:
    return tuple(one.name.in_language(current()) for one in known.values())


def _name(known: Mapping[str, Verdict], one: str, unknown: str) -> str:
    found = known.get(one)
    return found.name.in_language(current()) if found else unknown


def _icon(known: Mapping[str, Verdict], one: str, unknown: str) -> str:
    found = known.get(one)
    return found.icon if found else unknown
