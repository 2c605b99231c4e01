"""Wall-clock times with Stockholm's offset as texts, by tables of days and seconds.

Writing a moment out is dear, and an export has millions of them: all but two days of a year have
one offset only, so a day's text and offset and a second's text are looked up.
"""

from functools import cache

import polars as pl

ZONE = "Europe/Stockholm"
_DAY, _HOUR = 86_400, 3_600
_SECOND = 1_000_000
# The years of times in an export, see `app.core.dateform`; day 0 is 1970-01-01.
_FIRST, _LAST = -7_305, 47_481


def written(local: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return texts and moments in UTC, null for days with two offsets: they need another look."""
    days, seconds = _tables()
    second = pl.col("local").to_physical().floordiv(_SECOND)
    day = second.floordiv(_DAY)
    known = pl.when(day.is_between(_FIRST, _LAST)).then(day - _FIRST)
    places = local.to_frame("local").select(
        known.cast(pl.UInt32).alias("day"), (second - day * _DAY).cast(pl.UInt32).alias("second")
    )
    ahead = days["ahead"].gather(places["day"])
    moments = (local.to_physical() - ahead).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    parts = (
        days["text"].gather(places["day"]).alias("day"),
        seconds.gather(places["second"]).alias("time"),
        days["offset"].gather(places["day"]).alias("offset"),
    )
    texts = pl.DataFrame(parts).select(pl.concat_str("day", "time", "offset")).to_series()
    return texts, moments


def moments_of(texts: pl.Series) -> pl.Series:
    """Return the moments in UTC that texts with an offset say."""
    form = "%Y-%m-%dT%H:%M:%S%:z"
    return texts.str.to_datetime(form, time_unit="us", time_zone="UTC", strict=False)


@cache
def _tables() -> tuple[pl.DataFrame, pl.Series]:
    """Return every day's text and offset, null where it has two, and every second's text.

    `ahead` is how far Stockholm's clocks are ahead of UTC, in microseconds.
    """
    days = pl.select(pl.int_range(_FIRST, _LAST + 1).cast(pl.Date).alias("day"))
    morning = pl.col("day").cast(pl.Datetime("us"))
    offsets = [
        moment.dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")
        .dt.strftime("%:z")
        .alias(name)
        for name, moment in (("first", morning), ("last", morning + pl.duration(days=1)))
    ]
    told = days.with_columns(offsets).select(
        pl.col("day").dt.strftime("%Y-%m-%dT").alias("text"),
        pl.when(pl.col("first") == pl.col("last")).then("first").alias("offset"),
        pl.col("first").str.slice(1, 2).cast(pl.Int64).mul(_HOUR * _SECOND).alias("ahead"),
    )
    midnight = pl.lit(0, pl.Datetime("us"))
    times = midnight + pl.duration(seconds=pl.int_range(_DAY))
    return told, pl.select(times.dt.strftime("%H:%M:%S")).to_series()
