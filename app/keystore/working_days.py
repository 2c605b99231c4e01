"""Swedish working days: how many are left until a day."""

from datetime import date, timedelta
from functools import lru_cache

LOOKED_AHEAD = timedelta(days=3653)

_SATURDAY = 5


@lru_cache(maxsize=256)
def working_days_left(today: date, last: date) -> int:
    """Return the working days after today, the last day among them; those of ten years at most."""
    if last <= today:
        return 0
    last = min(last, today + LOOKED_AHEAD)
    from holidays import DE_FACTO, PUBLIC
    from holidays.countries.sweden import Sweden

    years = range(today.year, last.year + 1)
    free = Sweden(years=years, categories=(PUBLIC, DE_FACTO))  # with midsommarafton and julafton
    days = (today + timedelta(days=count) for count in range(1, (last - today).days + 1))
    return sum(day.weekday() < _SATURDAY and day not in free for day in days)
