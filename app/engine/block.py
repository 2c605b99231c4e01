"""One block of cases through the chain: values, documents, verdicts and findings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from app.core.mapping import Project
from app.core.register import Profile
from app.engine.columns import Surroundings
from app.engine.convert import convert_rows, filled
from app.engine.document import documents
from app.engine.finding_rows import none_found
from app.engine.mapping import Feed
from app.engine.rows import Stock, row_column
from app.engine.rules import LATEST, Rulebook


@dataclass(frozen=True, slots=True)
class Block:
    """What came of a block: values per group; one row per case in documents and counted.

    `counted` has verdict, phase and counts.
    """

    values: Mapping[str, pl.DataFrame]
    documents: pl.Series
    counted: pl.DataFrame
    findings: pl.DataFrame


class Workshop:
    """Turns numbered cases and the rows that belong to them into blocks."""

    def __init__(
        self,
        project: Project,
        profile: Profile,
        cases: pl.DataFrame,
        stocks: tuple[Stock, ...],
        today: date = LATEST,
    ) -> None:
        self.profile = profile
        self._project = project
        self._cases = cases
        self._stocks = stocks
        self._year = 0 if today == LATEST else today.year
        self._rulebook = Rulebook(profile, tuple(stock.feed for stock in stocks), today)

    def block(self, start: int, end: int) -> Block:
        """Make the cases from `start` up to, not including, `end`."""
        values, problems = self.convert(start, end)
        counted, broken = self.count(values)
        written = documents(self.profile, values)
        return Block(values, written, counted, pl.concat([problems, broken]))

    def convert(self, start: int, end: int) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
        """Return the values per group of these cases, and the findings on what has none."""
        own = self._cases.slice(start, end - start).select("index", "row")
        values: dict[str, pl.DataFrame] = {"": own}
        findings = []
        for stock in self._stocks:
            rows = stock.of(start, end)
            around = Surroundings(self._project, rows, stock.lookups, self._year)
            converted, problems = convert_rows(rows, stock.feed, around, self.profile)
            findings.append(problems)
            if stock.feed.group:
                values[stock.feed.group] = filled(converted)
            else:
                values[""] = _beside(values[""], converted, stock.feed)
        return values, pl.concat([none_found(), *findings])

    def count(self, values: Mapping[str, pl.DataFrame]) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return how the register counts these cases, and the findings of its rules."""
        return self._rulebook.judge(values)

    @property
    def names(self) -> pl.Series:
        """The names of all cases in their order."""
        return self._cases["case"]

    @property
    def unreadable(self) -> pl.DataFrame:
        """Findings on own rules that could not be used in the blocks made so far."""
        return self._rulebook.unreadable


def _beside(own: pl.DataFrame, converted: pl.DataFrame, feed: Feed) -> pl.DataFrame:
    """Return the case's own values with those of one more table, and which row they stand in."""
    more = converted.rename({"row": row_column(feed)})
    if more["index"].equals(own["index"]):
        return own.hstack(more.drop("index"))
    return own.join(more, on="index", how="left", maintain_order="left")
