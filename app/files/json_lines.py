"""A file with a JSON object on every line, as columns of text: what is nested by its path."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from app.core.errors import ExportError
from app.files.headings import MOST_COLUMNS
from app.files.lines import ended, with_last
from app.files.losses import MARK, Losses
from app.files.reading import ROW
from app.files.records import Records

_DEEPEST = 20


class _Twice(list[tuple[str, Any]]):
    """The names and values of an object in which a name stands several times."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Twice:
    found = dict(pairs)
    return found if len(found) == len(pairs) else _Twice(pairs)


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=str
)


def read_json_lines(blocks: Iterable[bytes], losses: Losses) -> pl.DataFrame:
    """Return the table; `blocks` are UTF-8 and end with a line each."""
    records = Records()
    line = 1
    for block, last in with_last(blocks):
        lines = (ended(block) if last else block.removesuffix(b"\n")).decode("utf-8").split("\n")
        for number, text in enumerate(lines, start=line):
            if text.strip():
                _take(text, number, records, losses)
        records.settle()
        line += len(lines)
        losses.demand_hope(records.height)
        if records.width > MOST_COLUMNS:
            raise ExportError(
                "columns-many", name=losses.name, columns=records.width, most=MOST_COLUMNS
            )
    if not records.height and not losses.count:
        raise ExportError("file-empty", name=losses.name)
    losses.note_joined(records.joined)
    return records.frame()


def _take(text: str, line: int, records: Records, losses: Losses) -> None:
    if MARK in text or "\0" in text:
        losses.lose("left-out-encoding" if MARK in text else "left-out-nul", line)
        return
    try:
        found = _decoder.decode(text.strip())
    except (ValueError, RecursionError):
        losses.lose("left-out-json", line)
        return
    if not isinstance(found, dict | _Twice):
        losses.lose("left-out-json", line)
        return
    records.add(line, _flat(found))


def _flat(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield every single value by its path, names and numbers of places with dots between."""
    if depth < _DEEPEST and isinstance(value, dict | _Twice):
        for name, inner in value.items() if isinstance(value, dict) else value:
            yield from _flat(inner, f"{path}.{name}" if path else name, depth + 1)
    elif depth < _DEEPEST and isinstance(value, list):
        for place, inner in enumerate(value, start=1):
            nested = isinstance(inner, dict | list)
            yield from _flat(inner, f"{path}.{place}" if nested else path, depth + 1)
    else:
        yield path or ROW, _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
