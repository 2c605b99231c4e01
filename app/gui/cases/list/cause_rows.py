"""The lines of the list of causes: a cause, and folded under it the values at fault."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.core.finding import Tier
from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.wording import variable_name
from app.gui.widgets.masking import mask_cell
from app.gui.widgets.numbers import count, share
from app.gui.widgets.rows import Column
from app.language.sentences import cause_sentence
from app.language.text import _, ngettext
from app.workflow.case_views import CauseGroup
from app.workflow.views import CaseFilter

_ROOMY = 1000  # pixels
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One line: a cause, or one of its values; `total` is of all cases that are looked at."""

    group: CauseGroup
    is_part: bool
    is_open: bool
    total: int

    @property
    def can_open(self) -> bool:
        """Whether values are folded under it."""
        return not self.is_part and bool(self.group.parts)

    @property
    def key(self) -> Key:
        """What tells the cause from others."""
        return key_of(self.group)


def key_of(group: CauseGroup) -> Key:
    """Return what tells a cause from others, whatever its values are."""
    return group.code, group.variable, group.table, group.column


def lines_of(
    groups: Sequence[CauseGroup], opened: frozenset[Key], total: int
) -> Iterator[CauseLine]:
    """Yield the lines of all causes, with the values of those that are open."""
    for group in groups:
        is_open = key_of(group) in opened
        yield CauseLine(group, is_part=False, is_open=is_open, total=total)
        for part in group.parts if is_open else ():
            yield CauseLine(part, is_part=True, is_open=False, total=total)


def wanted_of(group: CauseGroup, within: CaseFilter) -> CaseFilter:
    """Return the filter that shows the cases of a cause, among those looked at."""
    return replace(
        within,
        cause=group.code,
        variable=group.variable,
        table=group.table,
        column=group.column,
        value=group.value,
    )


def cause_columns(profile: Profile) -> tuple[Column[CauseLine], ...]:
    """Return the columns of the list of causes."""
    return (
        Column(
            _("What happens"),
            lambda line: "" if line.is_part else theme.status_word(_status(line)),
            status=lambda line: "" if line.is_part else _status(line),
            icon=lambda _line: theme.BLANK,
            words=[theme.status_word(theme.status_of(tier)) for tier in Tier],
        ),
        Column(
            _("Cause"),
            lambda line: "" if line.is_part else cause_sentence(line.group.code, profile),
            icon=_fold,
            weight=10,
        ),
        Column(
            _("Variable"),
            lambda line: "" if line.is_part else variable_words(line.group, profile),
            weight=6,
        ),
        Column(
            _("Column"),
            lambda line: "" if line.is_part else place_words(line.group),
            weight=6,
            spare=_ROOMY,
        ),
        Column(_("Value"), _value, weight=5),
        Column(_("Cases"), lambda line: count(line.group.cases), number=True, width=84),
        Column(
            _("Share"),
            lambda line: share(line.group.cases, line.total),
            number=True,
            quiet=True,
            width=72,
            spare=_ROOMY,
        ),
    )


def variable_words(group: CauseGroup, profile: Profile) -> str:
    """Return the variable of a cause with its name."""
    return variable_name(group.variable, profile)


def place_words(group: CauseGroup) -> str:
    """Return the column that a cause is found in."""
    return " · ".join(part for part in (group.table, group.column) if part)


def value_words(group: CauseGroup) -> str:
    """Return the value at fault, without a personnummer."""
    return mask_cell(group.value)


def _value(line: CauseLine) -> str:
    if line.is_part:
        return value_words(line.group)
    if not line.group.values:
        return ""
    words = ngettext("{count} value", "{count} values", line.group.values)
    return words.format(count=count(line.group.values))


def _status(line: CauseLine) -> str:
    return theme.status_of(line.group.tier)


def _fold(line: CauseLine) -> str:
    if not line.can_open:
        return theme.BLANK
    return "chevron-down" if line.is_open else "chevron-right"
