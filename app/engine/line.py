"""The line that blocks of cases go along: made, proved, judged, counted and packed."""

from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from threading import Event

import polars as pl

from app.engine.block import Block, Workshop
from app.engine.finding_rows import TIERS
from app.engine.judges import Judges
from app.engine.mapping import Feed
from app.engine.proof.proof import Proof
from app.engine.schema_check import Judged
from app.engine.schema_findings import schema_findings
from app.engine.store import Packed, pack

_AT_ONCE = 2  # blocks under way; the columns use both cores as well
_FEW = 50
_COUNTED = {
    "verdict": pl.String,
    "phase": pl.String,
    "counts": pl.UInt64,
    "digest": pl.String,
}


@dataclass(frozen=True, slots=True)
class Checked:
    """What is kept of a block: verdict, phase, counts and digest per case, findings, values."""

    counted: pl.DataFrame
    findings: pl.DataFrame
    packed: Packed


def none_counted() -> pl.DataFrame:
    """Return the table of how cases are counted with no rows."""
    return pl.DataFrame(schema=_COUNTED)


def by_tier(findings: pl.DataFrame) -> pl.DataFrame:
    """Return findings with the worst first within each case."""
    return findings.sort("index", pl.col("tier").cast(TIERS), maintain_order=True)


class Line:
    """Takes blocks of cases all the way; `early` are findings from before there were values."""

    def __init__(
        self, workshop: Workshop, feeds: tuple[Feed, ...], judges: Judges, early: pl.DataFrame
    ) -> None:
        self._workshop = workshop
        self._feeds = feeds
        self._judges = judges
        self._early = early
        self._proof = Proof(workshop.profile)

    def checked(self, total: int, size: int) -> Generator[Checked]:
        """Yield every block of so many cases in order; some are worked on at once."""
        stopped = Event()
        with ThreadPoolExecutor(_AT_ONCE) as hands, ExitStack() as at_the_end:
            at_the_end.callback(hands.shutdown, cancel_futures=True)
            at_the_end.callback(stopped.set)
            waiting: deque[Future[Checked]] = deque()
            for start in range(0, total, size):
                end = min(start + size, total)
                waiting.append(hands.submit(self._block, start, end, stopped.is_set))
                if len(waiting) > _AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _block(self, start: int, end: int, is_stopped: Callable[[], bool]) -> Checked:
        """Take the cases from `start` up to, not including, `end` all the way."""
        profile = self._workshop.profile
        block = self._workshop.block(start, end)
        doubtful = self._doubtful(block)
        broken = self._judges.broken(block.documents, doubtful, profile, is_stopped)
        late = schema_findings(block, Judged((), tuple(broken)), self._feeds, profile)
        among = pl.col("index").is_between(start, end, closed="left")
        found = pl.concat([self._early.filter(among), block.findings, late])
        return Checked(
            block.counted.with_columns(digests(block.documents)),
            by_tier(self._named(found)),
            pack(block.values),
        )

    def _doubtful(self, block: Block) -> pl.Series:
        """Return which documents libxml2 must judge: of a few all, for that is the faster way."""
        count = len(block.documents)
        if count <= _FEW:
            return pl.Series([True]).new_from_index(0, count)
        return self._proof.doubtful(block.values)

    def _named(self, findings: pl.DataFrame) -> pl.DataFrame:
        """Return the findings of cases with the case's name; the numbers are places, from 0."""
        return findings.with_columns(case=self._workshop.names.gather(findings["index"]))


def digests(documents: pl.Series) -> pl.Series:
    """Return the SHA-256 of each document."""
    found = [sha256(document).hexdigest() for document in documents.cast(pl.Binary)]
    return pl.Series("digest", found, dtype=pl.String)
