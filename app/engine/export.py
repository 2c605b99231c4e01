"""The hospital's export as tables of text."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

ROW = "__row__"  # the row's line in its file; the header is line 1


@dataclass(frozen=True, slots=True)
class Export:
    """Tables by source name: every column text, plus `ROW` as UInt32."""

    tables: Mapping[str, pl.DataFrame]
