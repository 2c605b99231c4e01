"""Who judges documents by the schema: libxml2, on those that the columns could not prove."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from queue import SimpleQueue
from secrets import token_hex

import polars as pl
from lxml import etree

from app.core.register import Profile
from app.engine.document import DECLARATION
from app.engine.schema_check import Broken, judge
from app.safexml import UnsafeXml, parse

_DECLARATION = DECLARATION.encode()
_NAME = f"d{token_hex(8)}".encode()
_OPENING, _CLOSING = b"<" + _NAME + b">", b"</" + _NAME + b">"
_TOGETHER = 50  # documents that are parsed as one
Compile = Callable[[], etree.XMLSchema]


def _suspects(
    texts: Sequence[bytes], schema: etree.XMLSchema, is_stopped: Callable[[], bool]
) -> Iterator[int]:
    """Yield the places of documents that libxml2 has not found valid; they are judged singly.

    Every document is judged by itself, but many are parsed together, which takes half as long.
    """
    for start in range(0, len(texts), _TOGETHER):
        if is_stopped():
            return
        some = texts[start : start + _TOGETHER]
        roots = _roots(some)
        for place, root in enumerate(roots, start):
            if root is None or not schema.validate(root):
                yield place


def _roots(texts: Sequence[bytes]) -> "list[etree._Element | None]":
    """Return the roots of documents that are parsed as one, None for what may be no document.

    Each stands in an element whose name no document can hold, so that none reaches into another.
    """
    inside = b"".join(
        b"".join((_OPENING, text.removeprefix(_DECLARATION), _CLOSING)) for text in texts
    )
    try:
        places = list(parse(b"".join((_OPENING, inside, _CLOSING))))
    except UnsafeXml:
        places = []
    if len(places) != len(texts):
        return [None] * len(texts)
    return [_only(place) for place in places]


def _only(place: "etree._Element") -> "etree._Element | None":
    """Return the one element that stands in another, None where there is anything beside it."""
    if len(place) != 1 or (place.text or "").strip() or (place[0].tail or "").strip():
        return None
    return place[0]


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
            bad = list(_suspects(texts, schema, is_stopped))
            judged = judge([texts[place] for place in bad], schema, profile, is_stopped)
        return [replace(one, document=places[bad[one.document]]) for one in judged.broken]

    @contextmanager
    def _lent(self) -> Iterator[etree.XMLSchema]:
        is_short = self._free.empty() and self._another is not None
        schema = self._another() if is_short and self._another else self._free.get()
        try:
            yield schema
        finally:
            self._free.put(schema)
