"""Names and numbers of the data quality view in the language in use."""

from app.core.distribution import Bar
from app.core.register import Profile
from app.gui.cases.one import wording
from app.gui.widgets.numbers import count
from app.language.text import N_, _, current, ngettext
from app.workflow.coverage_views import Share
from app.workflow.quality_views import HOURS, MONTHS, SPANS, Distribution, Shift

UNITS = {"minutes": N_("minutes"), "hours": N_("hours"), "days": N_("days")}
_GAP = "\u00a0"
_WHOLE = 100  # per cent


def variable_name(profile: Profile, variable_id: str) -> str:
    """Return a variable's number and name."""
    return wording.variable_name(variable_id, profile)


def phase_name(profile: Profile, phase: str) -> str:
    """Return the name of a phase."""
    found = next((one for one in profile.phases if one.id == phase), None)
    return found.name.in_language(current()) if found else phase or _("No phase")


def clinic_name(clinic: str) -> str:
    """Return a clinic as it is sent."""
    return clinic or _("Others and not known")


def number(value: float) -> str:
    """Return a number in few digits."""
    text = f"{round(value, 2):,.2f}".rstrip("0").rstrip(".").replace(",", _GAP)
    text = text.replace("-", "\u2212")
    return text.replace(".", ",") if current() == "sv" else text


def per_cent(share: Share) -> str:
    """Return a share in per cent with a decimal, never rounded up to all or down to nothing."""
    return per_cent_of(100 * share.done / share.total) if share.total else "–"


def per_cent_of(value: float) -> str:
    """Return per cent with a decimal, never rounded up to all or down to nothing."""
    shown = min(99.9, max(0.1, round(value, 1))) if 0 < value < _WHOLE else value
    return f"{number(shown)}{_GAP}%"


def unit_word(unit: str) -> str:
    """Return a unit as it is told."""
    return _(UNITS[unit]) if unit in UNITS else unit


def clock(minute: float) -> str:
    """Return the minute of a day as a time."""
    return f"{int(minute) // 60:02}:{int(minute) % 60:02}"


def bar_label(bar: Bar, made: Distribution, edge: int) -> str:
    """Return what a bar stands for; `edge` is -1 for the first, 1 for the last, else 0."""
    if made.kind == HOURS:
        return f"{int(bar.low):02}–{int(bar.high):02}"
    if bar.label or made.kind == MONTHS:
        return bar.label
    if not (bar.low or bar.high):
        return _("All others")
    if bar.is_odd and made.odd is not None:
        end = _("below {limit}") if edge < 0 else _("above {limit}")
        return end.format(limit=number(made.odd.low if edge < 0 else made.odd.high))
    if bar.high - bar.low == 1 and made.kind != SPANS:
        return number(bar.low)
    return f"{number(bar.low)} – {number(bar.high)}"


def spread_sentence(made: Distribution) -> str:
    """Return how the values lie, and what is far outside of them."""
    total = count(made.counted)
    text = ngettext("{count} value.", "{count} values.", made.counted).format(count=total)
    if made.spread is not None:
        is_alike = made.spread.quarter == made.spread.three_quarters
        half = (
            _("At least half of them are {middle}.")
            if is_alike
            else _("Half of them lie between {low} and {high}; the middle one is {middle}.")
        ).format(
            low=number(made.spread.quarter),
            high=number(made.spread.three_quarters),
            middle=number(made.spread.median),
        )
        text = f"{text} {half}"
    if made.unread:
        unread = ngettext("{count} cannot be read.", "{count} cannot be read.", made.unread)
        text = f"{text} {unread.format(count=count(made.unread))}"
    return f"{text} {_odd_sentence(made)}".strip()


def _odd_sentence(made: Distribution) -> str:
    odd = made.odd
    if odd is None:
        return ""
    total = odd.below + odd.above
    if made.kind == MONTHS:
        text = ngettext(
            "{count} day lies far outside the others.",
            "{count} days lie far outside the others.",
            total,
        )
        return text.format(count=count(total))
    if not odd.below:
        text = ngettext(
            "{count} lies far outside, above {high}.",
            "{count} lie far outside, above {high}.",
            total,
        )
    elif not odd.above:
        text = ngettext(
            "{count} lies far outside, below {low}.", "{count} lie far outside, below {low}.", total
        )
    else:
        text = _("{count} lie far outside, below {low} or above {high}.")
    return text.format(count=count(total), low=number(odd.low), high=number(odd.high))


def shift_kind(shift: Shift) -> str:
    """Return what has changed."""
    if shift.kind == "filled":
        return _("Filled")
    if shift.kind == "share":
        return _("Share of {code}").format(code=shift.code)
    return _("Middle value")


def shift_value(shift: Shift, value: float, *, is_time: bool) -> str:
    """Return one of the two values that differ."""
    if shift.kind == "median":
        return clock(value) if is_time else number(value)
    return per_cent_of(value)
