"""What the journal says of many cases, as columns: attempts, what is held, lists and exclusions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from app.core.case_state import UNDER_WAY, FellistaState
from app.core.journal_event import EventKind
from app.core.outcome import OutcomeKind

_TRACK = {
    "number": pl.Int64,
    "case": pl.String,
    "entrance": pl.String,
    "digest": pl.String,
    "kind": pl.String,
    "answer": pl.Int64,
}
_EVENT = {
    "number": pl.Int64,
    "case": pl.String,
    "kind": pl.String,
    "entrance": pl.String,
    "text": pl.String,
    "answers": pl.Int64,
}
_ACCEPTED = [kind.value for kind in OutcomeKind if kind.accepted]
_PLACE = ["case", "entrance"]
_SEEN = [EventKind.REVEALED.value, EventKind.WRITTEN.value]  # they change no case
_MARKS = [EventKind.LISTED.value, EventKind.REJECTED.value]


@dataclass(frozen=True)
class Past:
    """The journal as it was at a stamp.

    `attempts` has case, attempts and outcome (of the latest); `held` case, entrance and digest of
    what entrances surely hold; `accepted` case, entrance and number of the last answer that took
    it; `events` every event that changes how a case stands.
    """

    stamp: tuple[int, int, int]
    attempts: pl.DataFrame
    held: pl.DataFrame
    accepted: pl.DataFrame
    events: pl.DataFrame

    def says_the_same(self, other: "Past") -> bool:
        """Whether nothing has come in between that changes how a case stands."""
        return self.attempts is other.attempts and self.events is other.events

    @cached_property
    def excluded(self) -> pl.DataFrame:
        """The cases that are left out now, with the reason."""
        kinds = [EventKind.EXCLUDED.value, EventKind.INCLUDED.value]
        latest = self.events.filter(pl.col("kind").is_in(kinds)).unique("case", keep="last")
        now = latest.filter(pl.col("kind") == EventKind.EXCLUDED.value)
        return now.select("case", pl.col("text").alias("excluded"))

    @cached_property
    def lists(self) -> pl.DataFrame:
        """How cases stand on the register's lists: case and fellista (listed, rejected, ...)."""
        marks = self.events.filter(pl.col("kind").is_in([*_MARKS, EventKind.CLEARED.value]))
        cleared = pl.col("kind") == EventKind.CLEARED.value
        of = pl.when(cleared).then(pl.col("text")).otherwise(pl.col("kind")).alias("list")
        latest = marks.with_columns(of).unique([*_PLACE, "list"], keep="last", maintain_order=True)
        marked = latest.filter(~cleared).with_columns(taken=self._taken(latest.filter(~cleared)))
        said = (
            pl.when("taken").then(pl.lit(FellistaState.CORRECTED.value)).otherwise(pl.col("kind"))
        )
        order = pl.Enum([one.value for one in FellistaState])
        worst = marked.group_by("case").agg(said.cast(order).min().cast(pl.String))
        return worst.rename({worst.columns[1]: "fellista"})

    def marked(self, entrance: str, kind: EventKind) -> dict[str, str]:
        """Return what a list of an entrance said when it was read last: case and reasons."""
        of = pl.when(pl.col("kind") == EventKind.CLEARED.value).then(pl.col("text"))
        own = self.events.with_columns(of.otherwise(pl.col("kind")).alias("list")).filter(
            (pl.col("entrance") == entrance) & (pl.col("list") == kind.value)
        )
        latest = own.unique("case", keep="last", maintain_order=True)
        return dict(latest.filter(pl.col("kind") == kind.value).select("case", "text").iter_rows())

    def held_at(self, entrance: str) -> dict[str, str]:
        """Return the digests of what one entrance surely holds, per case."""
        own = self.held.filter(pl.col("entrance") == entrance)
        return dict(own.select("case", "digest").iter_rows())

    def _taken(self, marks: pl.DataFrame) -> pl.Series:
        """Return which marks are older than an answer that took the case, at that entrance."""
        row = pl.int_range(pl.len(), dtype=pl.UInt32).alias("row")
        later = (
            marks.select(row, "case", "entrance", "answers")
            .join(self.accepted, on="case", suffix="_taken")
            .filter(pl.col("answer") > pl.col("answers"))
            .filter((pl.col("entrance") == "") | (pl.col("entrance") == pl.col("entrance_taken")))
        )
        rows = pl.Series(range(marks.height), dtype=pl.UInt32)
        return rows.is_in(later["row"].implode())


def past_of(
    stamp: tuple[int, int, int],
    tracks: Iterable[Sequence[tuple[object, ...]]],
    events: Sequence[tuple[object, ...]],
    before: Past | None = None,
) -> Past:
    """Return what the journal says; after a former state only of cases that anything came to.

    The attempts come some at a time, in the order of their numbers.
    """
    none = pl.DataFrame(schema=_TRACK)
    parts = (pl.DataFrame(some, schema=_TRACK, orient="row") for some in tracks)
    rows = pl.concat([none, *parts])
    kept = pl.DataFrame(events, schema=_EVENT, orient="row").filter(~pl.col("kind").is_in(_SEEN))
    if before is not None and rows.is_empty() and kept.is_empty():
        return replace(before, stamp=stamp)
    attempts = rows.group_by("case", maintain_order=True).agg(
        pl.len().cast(pl.UInt32).alias("attempts"),
        pl.col("kind").last().fill_null(UNDER_WAY).alias("outcome"),
    )
    taken = _taken_last(rows)
    held = _held(rows, taken)
    accepted = taken.select(*_PLACE, "answer")
    if before is None:
        return Past(stamp, attempts, held, accepted, kept)
    touched = attempts.select("case")
    old = [
        frame.join(touched, on="case", how="anti")
        for frame in (before.attempts, before.held, before.accepted)
    ]
    new = (attempts, held, accepted)
    attempts, held, accepted = (pl.concat(pair) for pair in zip(old, new, strict=True))
    return Past(stamp, attempts, held, accepted, pl.concat([before.events, kept]))


def _taken_last(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the last attempt that was accepted, per case and entrance."""
    taken = rows.filter(pl.col("kind").is_in(_ACCEPTED))
    return taken.unique(_PLACE, keep="last", maintain_order=True)


def _held(rows: pl.DataFrame, taken: pl.DataFrame) -> pl.DataFrame:
    """Return what entrances surely hold: nothing else was sent later and is without an answer."""
    unsure = rows.filter(pl.col("kind").is_null() | (pl.col("kind") == OutcomeKind.UNKNOWN.value))
    later = unsure.join(taken, on=_PLACE, suffix="_taken").filter(
        (pl.col("number") > pl.col("number_taken")) & (pl.col("digest") != pl.col("digest_taken"))
    )
    return taken.join(later, on=_PLACE, how="anti").select(*_PLACE, "digest")
