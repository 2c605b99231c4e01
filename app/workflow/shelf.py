"""The tables that were read, found by how their files are read: a new key reads no file again."""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.mapping import Source
from app.workflow.views import Problem

if TYPE_CHECKING:
    import polars as pl

    from app.engine.export import Lost
    from app.workflow.content import Content

State = tuple[str, int, int]  # a file, when it was changed, its size


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as it was read, and the state of its files then."""

    keys: tuple[str, ...]  # by which the rows left out are known
    states: tuple[State, ...]
    table: "pl.DataFrame"
    contents: Mapping[str, "Content"]
    files: tuple[str, ...] = ()
    lost: tuple["Lost", ...] = ()
    trouble_count: int = 0
    notes: tuple[Problem, ...] = ()
    doubts: tuple["Lost", ...] = ()  # of the notes those that put values in doubt
    former: Mapping[str, "Content"] = field(default_factory=dict)  # before its columns changed


class Shelf(MutableMapping[Source, ReadTable]):
    """Tables by their sources; sources that read the same files the same way share one."""

    def __init__(self) -> None:
        self._tables: dict[Source, ReadTable] = {}

    def __getitem__(self, source: Source) -> ReadTable:
        return self._tables[reading_of(source)]

    def __setitem__(self, source: Source, table: ReadTable) -> None:
        self._tables[reading_of(source)] = table

    def __delitem__(self, source: Source) -> None:
        del self._tables[reading_of(source)]

    def __iter__(self) -> Iterator[Source]:
        return iter(tuple(self._tables))

    def __len__(self) -> int:
        return len(self._tables)


def reading_of(source: Source) -> Source:
    """Return what of a source says how its files are read."""
    return replace(source, name="", key="", key_more=(), shape=())


def states_of(paths: tuple[Path, ...]) -> tuple[State, ...]:
    """Return when files were changed and their sizes; reading tells what is wrong with them."""
    return tuple(_state(path.absolute()) for path in paths)


def _state(path: Path) -> State:
    try:
        facts = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), facts.st_mtime_ns, facts.st_size
