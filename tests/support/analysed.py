"""What tests ask of an analysis: all values as one table per group, documents as text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from app.engine.analysis import Analysis


def every_value(analysis: Analysis) -> dict[str, pl.DataFrame]:
    """Return the values of all cases, per repeated group."""
    blocks = list(analysis.blocks())
    groups = dict.fromkeys(group for block in blocks for group in block)
    return {group: pl.concat([block[group] for block in blocks]) for group in groups}


def every_document(analysis: Analysis) -> list[str]:
    """Return the documents of all cases in their order."""
    places = range(analysis.cases.height)
    return [document.decode() for document in analysis.documents(places)]


def clean_documents(analysis: Analysis) -> list[str]:
    """Return the documents of the cases without any finding."""
    clean = analysis.cases.with_row_index("place").filter(analysis.cases["tier"].is_null())
    return [document.decode() for document in analysis.documents(clean["place"].to_list())]


@dataclass(frozen=True)
class ReadyStore:
    """Documents that were written by hand, of cases without values."""

    ready: tuple[str, ...]

    def documents(self, places: Sequence[int]) -> Iterator[bytes]:
        return (self.ready[place].encode() for place in places)

    def values(self, _place: int) -> Mapping[str, pl.DataFrame]:
        return {}

    def blocks(self) -> Iterator[Mapping[str, pl.DataFrame]]:
        return iter(())
