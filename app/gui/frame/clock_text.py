"""What the clock chip says: how long until the register's daily limits, in Stockholm's time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from app.core.clock import is_within, next_occurrence
from app.language.text import _


@dataclass(frozen=True, slots=True)
class ClockText:
    """The chip's words and whether the register is closed."""

    text: str
    is_closed: bool


def clock_text(now: datetime, settings: Mapping[str, str]) -> ClockText | None:
    """Return what the clock says now; None when the profile knows no limits."""
    try:
        closed_from, closed_to, deadline = (
            time.fromisoformat(settings[name])
            for name in ("closed_from", "closed_to", "report_deadline")
        )
    except (KeyError, ValueError):
        return None
    if is_within(now, closed_from, closed_to):
        return ClockText(_("Closed until {time}").format(time=f"{closed_to:%H:%M}"), True)
    minutes = int((next_occurrence(now, deadline) - now).total_seconds() // 60)
    words = _("{hours} h {minutes} min to {time}")
    return ClockText(
        words.format(hours=minutes // 60, minutes=minutes % 60, time=f"{deadline:%H:%M}"), False
    )
