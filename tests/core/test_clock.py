"""The closed window follows Stockholm's wall clock on both sides of the clock changes."""

from datetime import UTC, datetime, time

from app.core.clock import is_within, next_occurrence

FROM, TO = time(5, 15), time(6)


def test_the_window_is_closed_in_winter_and_summer_by_the_wall_clock():
    assert is_within(datetime(2026, 1, 10, 4, 15, tzinfo=UTC), FROM, TO)
    assert is_within(datetime(2026, 7, 10, 3, 15, tzinfo=UTC), FROM, TO)
    assert not is_within(datetime(2026, 7, 10, 4, 0, tzinfo=UTC), FROM, TO)
    assert not is_within(datetime(2026, 1, 10, 4, 14, 59, tzinfo=UTC), FROM, TO)


def test_the_next_five_o_clock_is_today_or_tomorrow():
    early = datetime(2026, 7, 10, 2, 0, tzinfo=UTC)
    assert next_occurrence(early, time(5)) == datetime(2026, 7, 10, 3, 0, tzinfo=UTC)
    late = datetime(2026, 7, 10, 3, 0, tzinfo=UTC)
    assert next_occurrence(late, time(5)) == datetime(2026, 7, 11, 3, 0, tzinfo=UTC)


def test_a_night_with_a_clock_change_is_counted_in_real_hours():
    evening = datetime(2026, 10, 24, 20, 0, tzinfo=UTC)
    assert next_occurrence(evening, time(5)) == datetime(2026, 10, 25, 4, 0, tzinfo=UTC)
