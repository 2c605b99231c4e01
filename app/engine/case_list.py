"""The list of a million cases: what it is filtered and sorted by, as narrow columns.

All columns lie as the cases of the analysis do; a filtered and sorted list is their places.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from app.core.case_state import Change
from app.engine.analysis import Analysis
from app.engine.case_past import Past

CASE, TIER = "case", "tier"


@dataclass(frozen=True, slots=True)
class Sought:
    """What a finding must be like; empty fields let everything through."""

    code: str = ""
    variable: str = ""
    table: str = ""
    column: str = ""
    value: str = ""


@dataclass(frozen=True)
class Index:
    """Where the cases and findings of an analysis stand, whatever the journal says of them."""

    analysis: Analysis

    @cached_property
    def by_number(self) -> pl.Series:
        """The places in the order of the numbers, those that are none by their letters."""
        cases = self.analysis.cases.select("case").with_row_index("place")
        number = pl.col("case").cast(pl.Int64, strict=False)
        return cases.sort(number, "case", nulls_last=True)["place"]

    @cached_property
    def finding_places(self) -> pl.Series:
        """The place of each finding's case, null where it is of none."""
        cases = self.analysis.cases.select("case").with_row_index("place")
        found = self.analysis.findings.select("case")
        return found.join(cases, on="case", how="left", maintain_order="left")["place"]


@dataclass(frozen=True)
class CaseList:
    """The cases of an analysis beside what the journal says of them.

    `orders` tells the order of the texts of a column; what is in none of them comes last.
    """

    index: Index
    past: Past
    orders: Mapping[str, tuple[str, ...]]
    said: pl.DataFrame  # change, attempts, outcome, fellista, excluded, place by place

    def __len__(self) -> int:
        return self.analysis.cases.height

    @property
    def analysis(self) -> Analysis:
        """The checked export."""
        return self.index.analysis

    def renewed(self, past: Past) -> "CaseList":
        """Return the list with what the journal says now."""
        return _listed(self.index, past, self.orders)

    def named(self, cases: Sequence[str]) -> pl.Series:
        """Return which cases are among some."""
        return self._own("case").is_in(cases)

    def like(self, text: str) -> pl.Series:
        """Return which cases have a text in their number."""
        return self._own("case").str.to_lowercase().str.contains(text.casefold(), literal=True)

    def among(self, column: str, texts: Iterable[str]) -> pl.Series:
        """Return which cases have one of some texts in a column; the last of its order is none."""
        wanted = list(texts)
        found = self.column(column).is_in(wanted)
        is_none = column == TIER and self.orders[TIER][-1] in wanted
        return found.fill_null(is_none) if column == TIER else found

    def sendable(self) -> pl.Series:
        """Return which cases no finding stops."""
        return ~self.analysis.stopped()

    def counted(self, bits: Iterable[int]) -> pl.Series:
        """Return which cases are all of some counts, by their bits."""
        mask = sum(1 << bit for bit in bits)
        wanted = pl.lit(mask, pl.UInt64)
        counts = self.analysis.cases.select((pl.col("counts") & wanted) == wanted)
        return counts.to_series()

    def left_out(self) -> pl.Series:
        """Return which cases a person has left out."""
        return self.said["excluded"].is_not_null()

    def with_finding(self, sought: Sought) -> pl.Series:
        """Return which cases have a finding that is like what is sought."""
        rows = self.analysis.findings.select(found_like(sought).alias("like"))["like"]
        having = self.index.finding_places.filter(rows).drop_nulls().unique()
        places = pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(self))
        return places.scatter(having, True)

    def column(self, name: str) -> pl.Series:
        """Return a column of the list, place by place."""
        return self.said[name] if name in self.said.columns else self._own(name)

    def places(self, masks: Sequence[pl.Series], sort: str, *, descending: bool) -> pl.Series:
        """Return the places of the cases that all masks let through, in the wanted order.

        Cases that are alike come by their numbers.
        """
        chosen = self.index.by_number
        if masks:
            through = masks[0]
            for mask in masks[1:]:
                through &= mask
            chosen = chosen.filter(through.gather(chosen))
        if sort == CASE:
            return chosen.reverse() if descending else chosen
        ranks = self.rank(sort).gather(chosen)
        key = pl.col("rank").max() - pl.col("rank") if descending else pl.col("rank")
        position = pl.int_range(pl.len(), dtype=pl.UInt64)
        keyed = pl.DataFrame({"rank": ranks}).select(
            (key.cast(pl.UInt64) * (1 << 32) + position).sort() % (1 << 32)
        )
        return chosen.gather(keyed.to_series().cast(pl.UInt32))

    def rank(self, name: str) -> pl.Series:
        """Return a column as numbers to sort by."""
        column = self.column(name)
        if column.dtype == pl.Enum:
            return column.to_physical().cast(pl.UInt32)
        if column.dtype != pl.String:
            return column.cast(pl.UInt32)
        order = self.orders.get(name) or tuple(column.unique().drop_nulls().sort())
        ranks = {text: rank for rank, text in enumerate(order)}
        last = pl.lit(len(ranks), pl.UInt32)
        ranked = pl.col(name).replace_strict(ranks, default=last, return_dtype=pl.UInt32)
        return pl.DataFrame({name: column}).select(ranked.fill_null(last)).to_series()

    def _own(self, name: str) -> pl.Series:
        return self.analysis.cases[name]


def found_like(sought: Sought) -> pl.Expr:
    """Return which findings are like what is sought."""
    like = pl.lit(True)
    for name in ("code", "variable", "table", "column"):
        wanted = getattr(sought, name)
        if wanted:
            like &= pl.col(name) == wanted
    if sought.value:
        said = f'"value":{json.dumps(sought.value, ensure_ascii=False)}'
        like &= pl.col("values").str.contains(said, literal=True)
    return like


def case_list(analysis: Analysis, past: Past, orders: Mapping[str, tuple[str, ...]]) -> CaseList:
    """Put the cases of an analysis beside what the journal says of them."""
    return _listed(Index(analysis), past, orders)


def _listed(index: Index, past: Past, orders: Mapping[str, tuple[str, ...]]) -> CaseList:
    cases = index.analysis.cases.select("case", "digest")
    said = cases.select("case")
    for frame in (past.attempts, past.lists, past.excluded):
        said = said.join(frame, on="case", how="left", maintain_order="left")
    said = said.with_columns(pl.col("attempts").fill_null(0), change=_changes(cases, past))
    told = (
        pl.col(name).fill_null(order[-1]).cast(pl.Enum(order))
        for name, order in orders.items()
        if name in said.columns
    )
    return CaseList(index, past, orders, said.drop("case").with_columns(told))


def _changes(cases: pl.DataFrame, past: Past) -> pl.Series:
    """Return how each case differs from what was accepted; one may do where an answer was lost."""
    numbered = cases.with_row_index("place")
    places = pl.int_range(pl.len(), dtype=pl.UInt32)
    same = numbered.join(past.held, on=["case", "digest"], how="semi")["place"].implode()
    known = numbered.join(past.accepted, on="case", how="semi")["place"].implode()
    other = (
        pl.when(places.is_in(known))
        .then(pl.lit(Change.CHANGED.value))
        .otherwise(pl.lit(Change.NEW.value))
    )
    said = pl.when(places.is_in(same)).then(pl.lit(Change.SAME.value)).otherwise(other)
    return cases.select(said.alias("change"))["change"]
