"""Time as the register sees it; the clock is handed in, never asked for here."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def system_clock() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def in_stockholm(moment: datetime) -> datetime:
    """Return an aware moment as Stockholm's wall clock shows it."""
    return moment.astimezone(STOCKHOLM)


def is_within(moment: datetime, start: time, end: time) -> bool:
    """Whether Stockholm's wall clock lies in [start, end); the window does not cross midnight."""
    return start <= in_stockholm(moment).time() < end


def next_occurrence(moment: datetime, wall: time) -> datetime:
    """Return the next moment, in UTC, when Stockholm's wall clock shows `wall`."""
    local = in_stockholm(moment)
    candidate = datetime.combine(local.date(), wall, STOCKHOLM)
    if candidate.astimezone(UTC) <= moment:
        candidate = datetime.combine(local.date() + timedelta(days=1), wall, STOCKHOLM)
    return candidate.astimezone(UTC)
