"""How the register counts cases, in columns; what it means is written in `app.core.counting`."""

from collections.abc import Mapping

import polars as pl

from app.core.condition import parse
from app.core.finding import TIER_ORDER
from app.core.register import Profile, Verdict
from app.engine.condition_columns import Rows


class Counting:
    """The verdicts, phases and counts of a profile, read once."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._counts = [
            (place, parse(one.condition))
            for place, one in enumerate(profile.counts)
            if one.condition
        ]

    def count(self, values: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
        """Return for each case its verdict, its phase and the counts it is in.

        Bit n of `counts` is the n-th count of the profile; findings are not asked: see `barred`.
        """
        return self.count_rows(Rows(self._profile, dict(values)))

    def count_rows(self, block: Rows) -> pl.DataFrame:
        """Return the same for a block whose columns other conditions share."""
        return pl.DataFrame(
            {
                "verdict": _first(block, self._profile.verdicts),
                "phase": _first(block, self._profile.phases),
                "counts": self._mask(block),
            },
            schema={"verdict": pl.String, "phase": pl.String, "counts": pl.UInt64},
        )

    def _mask(self, block: Rows) -> pl.Series:
        mask = pl.Series([0], dtype=pl.UInt64).new_from_index(0, len(block.frames[""]))
        for place, condition in self._counts:
            mask |= block.truths(condition).cast(pl.UInt64) * (1 << place)
        return mask


def barred(profile: Profile, counts: pl.Expr, tier: pl.Expr) -> pl.Expr:
    """Return the counts without those that the worst finding of a case, "" for none, bars."""
    for place, count in enumerate(profile.counts):
        if count.barred_by is not None:
            worse = TIER_ORDER[: TIER_ORDER.index(count.barred_by) + 1]
            everything_else = pl.lit(~(1 << place) & (2**64 - 1), pl.UInt64)
            counts = pl.when(tier.is_in(worse)).then(counts & everything_else).otherwise(counts)
    return counts


def _first(block: Rows, rows: tuple[Verdict, ...]) -> pl.Series:
    """Return the first row of the profile whose condition each case surely fulfils."""
    found = pl.Series([""]).new_from_index(0, len(block.frames[""]))
    for one in reversed(rows):
        found = found.set(block.truths(parse(one.condition)), one.id)
    return found
