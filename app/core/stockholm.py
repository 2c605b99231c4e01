"""What a wall-clock time in Sweden means: its offset, the missing hour and the double one."""

from datetime import UTC, datetime, timedelta

from app.core.clock import STOCKHOLM

MISSING_HOUR = "time-missing-hour"
AMBIGUOUS = "time-ambiguous"
FIRST, SECOND = "first", "second"
FORWARD = "forward"
HOUR = timedelta(hours=1)


def with_offset(local: datetime, ambiguous: str = "error", missing: str = "") -> tuple[str, str]:
    """Return a wall-clock time as ISO 8601 with Stockholm's offset, and the code of a problem.

    `ambiguous` says which one is meant in the hour that occurs twice in October: "first",
    "second", or anything else for a problem. `missing` says what is done with the hour that is
    left out in March: "forward" puts the clock forward, anything else is a problem.
    """
    first, second = (local.replace(tzinfo=STOCKHOLM, fold=fold) for fold in (0, 1))
    if _wall(first) != local:
        return with_offset(local + HOUR, ambiguous) if missing == FORWARD else ("", MISSING_HOUR)
    if first.utcoffset() != second.utcoffset() and ambiguous not in {FIRST, SECOND}:
        return "", AMBIGUOUS
    return (second if ambiguous == SECOND else first).isoformat(timespec="seconds"), ""


def _wall(moment: datetime) -> datetime:
    """Return what the clock on the wall shows after a round trip through UTC."""
    return moment.astimezone(UTC).astimezone(STOCKHOLM).replace(tzinfo=None)
