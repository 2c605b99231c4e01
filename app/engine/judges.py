"""Who judges documents by the schema: libxml2, on those that the columns could not prove."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from queue import SimpleQueue

import polars as pl
from lxml import etree

from app.core.register import Profile
from app.engine.schema_check import Broken, judge

Compile = Callable[[], etree.XMLSchema]


class Judges:
    """Compiled schemas, each lent to one thread at a time: what is wrong is told by the schema.

    `another` compiles one more where several threads are at work; without it they wait for each
    other. Strict judges are shown every document, the others only doubtful ones.
    """

    def __init__(
        self, schema: etree.XMLSchema, another: Compile | None = None, *, strict: bool = False
    ) -> None:
        self.strict = strict
        self._another = another
        self._free: SimpleQueue[etree.XMLSchema] = SimpleQueue()
        self._free.put(schema)

    def broken(
        self,
        documents: pl.Series,
        doubtful: pl.Series,
        profile: Profile,
        is_stopped: Callable[[], bool],
    ) -> list[Broken]:
        """Return what is wrong with the doubtful ones of a block's documents."""
        places = list(range(len(documents))) if self.strict else doubtful.arg_true().to_list()
        if not places:
            return []
        texts = documents.gather(places).cast(pl.Binary).to_list()
        with self._lent() as schema:
            judged = judge(texts, schema, profile, is_stopped)
        return [replace(one, document=places[one.document]) for one in judged.broken]

    @contextmanager
    def _lent(self) -> Iterator[etree.XMLSchema]:
        is_short = self._free.empty() and self._another is not None
        schema = self._another() if is_short and self._another else self._free.get()
        try:
            yield schema
        finally:
            self._free.put(schema)
