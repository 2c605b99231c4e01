"""The values of every case, kept packed in memory, and the documents made of them on demand.

Packed are blocks of cases, as columns in Arrow's form, compressed: a million cases would fill the
memory otherwise. Nothing of it is ever a file.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from threading import Lock
from typing import Protocol

import polars as pl

from app.core.register import Profile
from app.engine.condition_columns import TYPED
from app.engine.convert import NOT_VALUES
from app.engine.document import documents

Values = Mapping[str, pl.DataFrame]  # per repeated group, "" for the case's own
Packed = Mapping[str, bytes]

_AHEAD = 4_096  # documents that are made together when many are asked for
_NEXT = 64  # documents that are made when one is asked for
_OPEN = 4  # blocks that stay unpacked


class Store(Protocol):
    """Where the values and the documents of an analysis come from; cases are told by place."""

    def documents(self, places: Sequence[int]) -> Iterator[bytes]:
        """Yield the documents of cases in the given order."""

    def values(self, place: int) -> Values:
        """Return one case's values."""

    def blocks(self) -> Iterator[Values]:
        """Yield all values, block by block, in the order of the cases."""


def pack(values: Values) -> Packed:
    """Return a block's values as compressed bytes."""
    return {group: _packed(frame) for group, frame in values.items()}


def _packed(frame: pl.DataFrame) -> bytes:
    target = BytesIO()
    made = [name for name in frame.columns if name.endswith(TYPED)]
    frame.drop(made).write_ipc(target, compression="zstd")
    return target.getvalue()


def _unpacked(packed: Packed) -> dict[str, pl.DataFrame]:
    return {group: pl.read_ipc(data) for group, data in packed.items()}


@dataclass(frozen=True)
class PackedStore:
    """Blocks of `size` cases each; `names` are the cases in their order."""

    profile: Profile  # by whose contract the documents are made
    names: pl.Series
    size: int
    packed: tuple[Packed, ...]
    _open: OrderedDict[int, Values] = field(default_factory=OrderedDict, repr=False)
    _ready: dict[int, bytes] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def documents(self, places: Sequence[int]) -> Iterator[bytes]:
        """Yield the documents of cases in the given order."""
        if len(places) == 1:
            yield self._document(places[0])
            return
        for start in range(0, len(places), _AHEAD):
            yield from self._made(places[start : start + _AHEAD])

    def _document(self, place: int) -> bytes:
        """Return one document; those after it are made with it, for who sends asks for them."""
        found = self._ready.get(place)
        if found is None:
            block = place // self.size
            end = min(place + _NEXT, (block + 1) * self.size, len(self.names))
            made = self._written(block, list(range(place, end)))
            found = made[place]
            with self._lock:
                self._ready.clear()
                self._ready.update(made)
        return found

    def values(self, place: int) -> Values:
        """Return one case's values."""
        block = self._block(place // self.size)
        mine = pl.col("index") == place
        return {group: self._shown(frame.filter(mine)) for group, frame in block.items()}

    def blocks(self) -> Iterator[Values]:
        """Yield all values, block by block, in the order of the cases."""
        for packed in self.packed:
            yield {group: self._shown(frame) for group, frame in _unpacked(packed).items()}

    def _made(self, places: Sequence[int]) -> Iterator[bytes]:
        """Yield some documents; those of the same block are made together."""
        wanted: dict[int, list[int]] = {}
        for place in places:
            wanted.setdefault(place // self.size, []).append(place)
        found: dict[int, bytes] = {}
        for block, within in wanted.items():
            found |= self._written(block, sorted(set(within)))
        for place in places:
            yield found[place]

    def _written(self, block: int, places: list[int]) -> dict[int, bytes]:
        """Return the documents of cases of one block, by their places."""
        chosen = pl.col("index").is_in(places)
        values = {name: frame.filter(chosen) for name, frame in self._block(block).items()}
        texts = documents(self.profile, values).cast(pl.Binary)
        return dict(zip(places, texts, strict=True))

    def _block(self, number: int) -> Values:
        """Return a block's values; those asked for last stay at hand."""
        with self._lock:
            if number not in self._open:
                self._open[number] = _unpacked(self.packed[number])
            self._open.move_to_end(number)
            while len(self._open) > _OPEN:
                self._open.popitem(last=False)
            return self._open[number]

    def _shown(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return values with the names of their cases, without what only the engine needs."""
        variables = [name for name in frame.columns if ":" not in name and name not in NOT_VALUES]
        return frame.select(self.names.gather(frame["index"]).alias("case"), "row", *variables)
