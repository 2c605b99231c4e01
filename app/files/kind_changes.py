"""Columns that are written in one way first and in another further on: told with the row."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from app.files.losses import Losses
from app.files.reading import ROW

if TYPE_CHECKING:
    import polars as pl

_END = 200  # rows of each end that are looked at
_LEAST = 20  # filled ones among them
_CLEAR = 0.95
_MOST_NOTES = 20
_DIGITS = r"\d+"
_LETTERS = r"\p{L}+"


def note_kind_changes(table: "pl.DataFrame", losses: Losses) -> None:
    """Tell the columns whose last values are written otherwise than the first ones."""
    if table.height < 2 * _LEAST:
        return
    size = min(_END, table.height // 2)
    told = 0
    for name in table.columns:
        if name == ROW:
            continue
        before = _form_of_most(table[name].head(size))
        after = _form_of_most(table[name].tail(size))
        if before and after and before != after:
            losses.note("column-kind-changes", column=name, line=_change(table, name, before))
            told += 1
            if told == _MOST_NOTES:
                return


def _form_of_most(values: Iterable[str]) -> str:
    """Return the form that nearly all the values have, "" when there is none."""
    counts = Counter(_form(value.strip()) for value in values if value.strip())
    if counts.total() < _LEAST:
        return ""
    form, count = counts.most_common(1)[0]
    return form if count >= _CLEAR * counts.total() else ""


def _form(text: str) -> str:
    """Return a text with every number as 9 and every word as A."""
    return re.sub(r"[^\W\d_]+", "A", re.sub(_DIGITS, "9", text.lstrip("+-")))


def _change(table: "pl.DataFrame", name: str, before: str) -> int:
    """Return the line from which on no value has the former form any more."""
    import polars as pl

    value = pl.col(name).str.strip_chars()
    form = value.str.strip_chars_start("+-").str.replace_all(_DIGITS, "9")
    form = form.str.replace_all(_LETTERS, "A")
    former = table.select(
        pl.when((value != "") & (form == before)).then(pl.int_range(pl.len())).alias("at"),
        pl.when((value != "") & (form != before)).then(pl.int_range(pl.len())).alias("other"),
    )
    others = former["other"].drop_nulls()
    last = former["at"].max()
    after = others.filter(others > last) if isinstance(last, int) else others
    place = after[0] if after.len() else others[0]
    return int(table[ROW][place])
