"""The columns of the mapping table: what of a variable is shown, in few words."""

from collections.abc import Mapping
from dataclasses import replace

from app.core.finding import worst
from app.core.mapping import Link
from app.core.register import Mandatory, Profile, ValueType
from app.gui import theme
from app.gui.mapping.variable_rows import (
    APPROVED,
    FLAGGED,
    MISSING,
    STATES,
    TO_APPROVE,
    VariableRow,
)
from app.gui.mapping.wording import place_words
from app.gui.widgets.masking import mask_cell
from app.gui.widgets.numbers import count, share
from app.gui.widgets.rows import Column
from app.language.codes_conversion import conversion_sentence, conversion_words, origin
from app.language.sentences import error_sentence, finding_sentence
from app.language.text import _, current

_MINUTES = len("2026-01-01T00:00")
CONVERSION = 2
NARROW = frozenset({0, 6})  # the columns that are left where the drawing stands beside the table
FIRST_TO_GO = frozenset({2, 4})  # where a panel beside the page takes the room


def mapping_columns(
    headings: Mapping[str, str], profile: Profile | None = None, *, is_brief: bool = False
) -> tuple[Column[VariableRow], ...]:
    """Return the columns of the mapping table; a brief one says the conversion in a word or two."""

    def name(row: VariableRow) -> str:
        if row.variable is None:
            return f"{headings.get(row.section, row.section)}   {_tally(row)}"
        words = row.variable.name.in_language(current())
        return f"{row.id}  {words}" if row.is_named_by_number else words

    def troubles(row: VariableRow) -> str:
        return _troubles(row, profile)

    return (
        Column(_("Variable"), name, icon=_mark, tip=_meaning, weight=214),
        Column(_("Source"), _origin, icon=_note_mark, tip=_whole_origin, weight=124),
        Column(
            _("Conversion"),
            _brief if is_brief else _conversion,
            quiet=True,
            tip=_conversion,
            weight=112 if is_brief else 200,
        ),
        Column(_("Result"), _sample, width=132),
        Column(_("Filled"), _filled, number=True, width=66),
        Column(_("Found"), _findings, status=_finding_status, tip=troubles, width=96),
        Column(_("State"), _state, icon=_no_mark, status=_status, tip=_decision, width=116),
    )


def _mark(row: VariableRow) -> str:
    if row.variable is None:
        return "chevron-right" if row.is_folded else "chevron-down"
    return "asterisk" if row.variable.mandatory is Mandatory.YES else theme.BLANK


def _tally(row: VariableRow) -> str:
    """Return how far a section has come, in a few words."""
    total = sum(number for _state_name, number in row.states)
    parts = [_("{done} of {total} approved").format(done=row.count(APPROVED), total=total)]
    for state, words in (
        (MISSING, _("{count} missing")),
        (TO_APPROVE, _("{count} to approve")),
        (FLAGGED, _("{count} flagged")),
    ):
        if row.count(state):
            parts.append(words.format(count=row.count(state)))
    return " · ".join(parts)


def _meaning(row: VariableRow) -> str:
    return row.variable.meaning.in_language(current()) if row.variable else ""


def _origin(row: VariableRow) -> str:
    return origin(row.link) if row.link else ""


def _note_mark(row: VariableRow) -> str:
    return "note-text-outline" if row.link and row.link.note else ""


def _whole_origin(row: VariableRow) -> str:
    if row.link is None:
        return ""
    return f"{place_words(row.link)}\n{row.link.note}".strip()


def _conversion(row: VariableRow) -> str:
    return conversion_sentence(row.link) if row.link else ""


def _brief(row: VariableRow) -> str:
    if row.link is None:
        return ""
    telling = tuple(step for step in row.link.steps if step.kind != "trim") or row.link.steps
    return conversion_words(replace(row.link, steps=telling))


def sample_of(row: VariableRow) -> str:
    """Return what the variable becomes in the case that is followed, else in a sample."""
    if row.variable is None or row.link is None:
        return ""
    if row.values is not None:
        first = row.values[0] if row.values else "–"
        more = f" +{len(row.values) - 1}" if len(row.values) > 1 else ""
        return _short(row, first) + more
    return _short(row, row.result.sample_out) if row.result else ""


def _short(row: VariableRow, value: str) -> str:
    kind = row.variable.value_type if row.variable else ValueType.TEXT
    if kind is ValueType.DATETIME:
        return value[:_MINUTES].replace("T", " ")
    return mask_cell(value, person=kind is ValueType.PERSON_ID and value != "–")


def _sample(row: VariableRow) -> str:
    return sample_of(row)


def _filled(row: VariableRow) -> str:
    return share(row.result.filled, row.result.total) if row.result else ""


def _findings(row: VariableRow) -> str:
    """Return how many values of the export fail, and what is found in the case."""
    parts = [_("missing")] if row.trouble else []
    if row.result is not None and row.result.failed:
        parts.append(_("{count} fail").format(count=count(row.result.failed)))
    if row.findings:
        parts.append(_("{count} here").format(count=len(row.findings)))
    return ", ".join(parts)


def _finding_status(row: VariableRow) -> str:
    if row.trouble or (row.result is not None and row.result.failed):
        return "blocks"
    return theme.status_of(worst(row.findings)) if row.findings else ""


def _troubles(row: VariableRow, profile: Profile | None) -> str:
    lines = [error_sentence(row.trouble)] if row.trouble else []
    if row.result is not None and row.result.failed:
        lines.append(failure_sentence(row.result.failed, row.result.total))
    if profile is not None:
        lines += [finding_sentence(one, profile)[0] for one in row.findings]
    return "\n".join(lines)


def failure_sentence(failed: int, total: int) -> str:
    """Return how many values of the whole export cannot be converted."""
    words = _("{failed} of {total} values cannot be converted")
    return words.format(failed=count(failed), total=count(total))


def _state(row: VariableRow) -> str:
    return _(STATES[row.state][1]) if row.variable else ""


def _no_mark(row: VariableRow) -> str:
    return theme.BLANK if row.variable else ""


def _status(row: VariableRow) -> str:
    return STATES[row.state][0] if row.variable else ""


def _decision(row: VariableRow) -> str:
    if row.link is None or not row.link.decided_on:
        return _state(row)
    return f"{_state(row)}\n{decided(row.link)}"


def decided(link: Link) -> str:
    """Return who decided on a link, and when."""
    if not link.decided_by:
        return link.decided_on
    return _("by {name} {day}").format(name=link.decided_by, day=link.decided_on)
