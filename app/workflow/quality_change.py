"""The last load against this one: which variables changed, and by how much."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

from app.core.clock import in_stockholm
from app.core.register import Profile, ValueType
from app.workflow.desk import Desk
from app.workflow.last_load import ENOUGH, FEW, Load, exchange, latest_stamp, percent
from app.workflow.quality_views import LoadChange, Shift, VariableQuality

if TYPE_CHECKING:
    import polars as pl

    from app.engine.analysis import Analysis

FOLDER = "quality"
_ROUNDED = 0.05  # per cent, by which a share that is kept may be off
_MOST_CODES = 200  # of a variable: one with more holds no codes
_LEAST = {"filled": 1.0, "share": 2.0, "median": 5.0}  # what is told: per cent


def this_load(
    desk: Desk,
    analysis: "Analysis",
    told: Sequence[VariableQuality],
    counts: "Mapping[str, pl.DataFrame]",
    profile: Profile,
) -> Load:
    """Return the checked export in the few numbers that are kept of it."""
    types = {one.id: one.value_type for one in profile.variables}
    shares = {one.variable: percent(one.filled.done, one.filled.total) for one in told}
    coded = {name: _shares(counts[name]) for name in counts if types[name] is ValueType.CODE}
    measured = (ValueType.NUMBER, ValueType.DATETIME)
    medians = {name: _median(counts[name]) for name in counts if types[name] in measured}
    today: date = in_stockholm(desk.clock()).date()
    return Load(
        stamp=_stamp(desk),
        mapping=analysis.fingerprint,
        day=today.isoformat(),
        cases=analysis.cases.height,
        filled={name: share for name, share in shares.items() if share is not None},
        shares={name: found for name, found in coded.items() if found},
        medians={name: found for name, found in medians.items() if found is not None},
    )


def compared(desk: Desk, now: Load) -> tuple[Load | None, LoadChange | None]:
    """Keep this load and return the one before it and what differs; None when there was none."""
    before = exchange(desk.data / FOLDER, _name(desk), now)
    if before is None:
        return None, None
    shifts = sorted(_shifts(before, now), key=lambda one: (-one.size, one.variable, one.code))
    same = before.mapping == now.mapping
    return before, LoadChange(before.day, before.cases, tuple(shifts), same)


def is_kept(desk: Desk) -> bool:
    """Whether the files as they were read are the load that was kept last."""
    return latest_stamp(desk.data / FOLDER, _name(desk)) == _stamp(desk)


def _name(desk: Desk) -> str:
    return f"{desk.project.profile}/{desk.project.name}" if desk.project else ""


def _stamp(desk: Desk) -> str:
    """Return what tells one state of the project's files from another."""
    sources = desk.project.sources if desk.project else ()
    with desk.lock:
        known = [desk.tables.get(source) for source in sources]
    states = [one.states for one in known if one is not None]
    return sha256(repr(states).encode()).hexdigest()


def _shares(counts: "pl.DataFrame") -> dict[str, float]:
    """Return the share of each code that is not rare."""
    total = int(counts["n"].sum())
    if counts.height > _MOST_CODES or total < ENOUGH:
        return {}
    return {
        str(code): round(100 * n / total, 1)
        for code, n in counts.iter_rows()
        if n >= FEW and (total - n >= FEW or n == total)
    }


def _median(counts: "pl.DataFrame") -> float | None:
    """Return the value in the middle: of moments the minute of the day, rounded to five."""
    import polars as pl

    value = pl.col("value")
    clock = value.str.slice(0, 2).cast(pl.Float64, strict=False) * 60 + value.str.slice(3, 2).cast(
        pl.Float64, strict=False
    )
    is_clock = value.str.contains(":", literal=True)
    number = pl.when(is_clock).then(clock).otherwise(value.cast(pl.Float64, strict=False))
    ordered = counts.select(number.alias("value"), "n").drop_nulls().sort("value")
    total = int(ordered["n"].sum())
    if total < ENOUGH:
        return None
    middle = float(ordered.filter(pl.col("n").cum_sum() * 2 >= total)["value"][0])
    return 5.0 * round(middle / 5) if ":" in str(counts["value"][0]) else round(middle, 1)


def _shifts(before: Load, now: Load) -> Iterator[Shift]:
    """Yield what differs by enough to be told."""
    for name in before.filled.keys() & now.filled.keys():
        size = abs(now.filled[name] - before.filled[name])
        if size >= _LEAST["filled"]:
            yield Shift("filled", name, "", before.filled[name], now.filled[name], size)
    for name in before.shares.keys() & now.shares.keys():
        yield from share_shifts(name, before.shares[name], now.shares[name])
    for name in before.medians.keys() & now.medians.keys():
        first, second = before.medians[name], now.medians[name]
        size = 100 * abs(second - first) / max(abs(first), 1.0)
        if size >= _LEAST["median"]:
            yield Shift("median", name, "", first, second, min(size, 100.0))


def share_shifts(
    name: str, before: Mapping[str, float], now: Mapping[str, float]
) -> Iterator[Shift]:
    """Yield the codes of one variable that have become more or less common.

    A code that was too rare to be kept counts with all that was not kept: no change is overstated.
    """
    rest_before, rest_now = _rest(before), _rest(now)
    for code in before.keys() | now.keys():
        first, second = before.get(code, rest_before), now.get(code, rest_now)
        known = code in before and code in now
        size = abs(second - first) if known else _grown(before.get(code), first, second)
        if size >= _LEAST["share"]:
            yield Shift("share", name, code, first, second, size)


def _rest(shares: Mapping[str, float]) -> float:
    """Return the share of what was not kept; none where roundings alone may account for it."""
    rest = 100 - sum(shares.values())
    return round(rest, 1) if rest > _ROUNDED * len(shares) else 0.0


def _grown(before: float | None, first: float, second: float) -> float:
    """Return by how much a code has surely grown, or shrunk, that was kept of one load only."""
    return first - second if before is not None else second - first
