"""Cases and the rows that belong to them: joined by key, in order, numbered once."""

from dataclasses import dataclass

import polars as pl

from app.core.conversion import BLANKS
from app.core.finding import Tier
from app.core.mapping import Link, Project
from app.engine.columns import convert_columns, present
from app.engine.export import ROW, Export
from app.engine.finding_rows import Place, as_json, found, none_found
from app.engine.mapping import Feed, key_column

KEY = "__key__"


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of an export in the file's order.

    `frame` has index, key (as it stands in the tables), case (the behandlingsnummer) and row.
    """

    frame: pl.DataFrame
    findings: pl.DataFrame


def number_cases(export: Export, project: Project, link: Link | None) -> Cases:
    """Return the case table's rows numbered; a second row of the same case is a finding.

    `link` is that of the behandlingsnummer; where it gives no value, the key itself stands.
    """
    table, column = project.case_table, key_column(project, project.case_table)
    source = export.tables[table]
    keys = _keys(source, column)
    cases = _numbers(source, link, project).fill_null(keys) if _fits(link, table) else keys
    rows = pl.DataFrame({"key": keys, "case": cases, "row": source[ROW]})
    keyed = rows.filter(pl.col("key").is_not_null())
    first = keyed.filter(pl.col("case").is_first_distinct()).with_row_index("index")
    again = keyed.filter(~pl.col("case").is_first_distinct()).join(first, on="case", suffix="_1")
    values = as_json({"first": again["row_1"].cast(pl.String)})
    duplicate = Place("duplicate-case", Tier.BLOCKS, "", table, column)
    keyless = rows.filter(pl.col("key").is_null())["row"]
    no_key = Place("key-empty", Tier.NOTE, "", table, column)
    return Cases(
        first.select("index", "key", "case", "row"),
        pl.concat(
            [
                found(duplicate, again["index"], again["row"], values),
                _without_case(no_key, pl.Series([""]).new_from_index(0, len(keyless)), keyless),
            ]
        ),
    )


def _fits(link: Link | None, table: str) -> bool:
    return link is not None and link.table == table and bool(link.columns)


def _numbers(source: pl.DataFrame, link: Link | None, project: Project) -> pl.Series:
    """Return the behandlingsnummer as the register will see them."""
    columns = link.columns if link else ()
    steps = link.steps if link else ()
    converted = convert_columns([source[name] for name in columns], steps, project)
    return converted.values.str.strip_chars(BLANKS)


def _keys(source: pl.DataFrame, column: str) -> pl.Series:
    return present(source[column].str.strip_chars(BLANKS))


def _without_case(place: Place, keys: pl.Series, rows: pl.Series) -> pl.DataFrame:
    """Return findings on rows that belong to no case."""
    if rows.is_empty():
        return none_found()
    nowhere = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(rows))
    return found(place, nowhere, rows).with_columns(keys.alias("case"))


def chosen_rows(source: pl.DataFrame, feed: Feed) -> pl.DataFrame:
    """Return the rows of a feed's table that its filter lets through."""
    if not feed.rows.filter_column:
        return source
    said = pl.col(feed.rows.filter_column).str.strip_chars(BLANKS)
    return source.filter(said == feed.rows.filter_value.strip(BLANKS))


def _rows_of(export: Export, feed: Feed, project: Project, cases: Cases) -> pl.DataFrame:
    """Return a feed's rows with the number of their case, sorted by it and the chosen order."""
    rows = chosen_rows(export.tables[feed.table], feed)
    keys = _keys(rows, key_column(project, feed.table)).alias(KEY)
    keyed = rows.select(keys, *dict.fromkeys((ROW, *feed.columns)))
    numbers = cases.frame.select("index", pl.col("key").alias(KEY))
    numbered = keyed.join(numbers, on=KEY, how="inner").drop(KEY)
    return numbered.sort("index", *_order(feed.rows.order_column), ROW, nulls_last=True)


def _order(column: str) -> list[pl.Expr]:
    """Return what rows are sorted by: numbers as numbers, the rest as text."""
    if not column:
        return []
    plain = pl.col(column).str.strip_chars(BLANKS)
    return [plain.cast(pl.Float64, strict=False).alias("__n__"), plain.alias("__t__")]


@dataclass(frozen=True, slots=True)
class Stock:
    """The rows of one feed for all cases, sorted by the number of their case."""

    feed: Feed
    rows: pl.DataFrame

    def of(self, start: int, end: int) -> pl.DataFrame:
        """Return the rows of the cases from `start` up to, not including, `end`."""
        first, last = (self.rows["index"].search_sorted(at, "left") for at in (start, end))
        return self.rows.slice(first, last - first)


def stocks_of(
    export: Export, project: Project, feeds: tuple[Feed, ...], cases: Cases
) -> tuple[tuple[Stock, ...], pl.DataFrame]:
    """Return every feed's rows, and the findings on rows that do not fit their case."""
    stocks, findings = [], [_declined(export, project, cases)]
    for feed in feeds:
        if feed.group:
            stocks.append(Stock(feed, _rows_of(export, feed, project, cases)))
        elif feed.table == project.case_table:
            stocks.append(Stock(feed, _own_rows(export.tables[feed.table], feed.columns, cases)))
        else:
            first, further = _first_rows(_rows_of(export, feed, project, cases), feed, project)
            stocks.append(Stock(feed, first))
            findings.append(further)
    others = dict.fromkeys(feed.table for feed in feeds if feed.table != project.case_table)
    findings += [orphans(export, table, project, cases) for table in others]
    return tuple(stocks), pl.concat(findings)


def row_column(table: str) -> str:
    """Return the name of the column that says which row of a table the values come from."""
    return f"row:{table}"


def _own_rows(source: pl.DataFrame, columns: tuple[str, ...], cases: Cases) -> pl.DataFrame:
    """Return the case table's rows, one per case."""
    numbered = cases.frame.select("index", pl.col("row").alias(ROW))
    return numbered.join(source.select(ROW, *columns), on=ROW, how="left", maintain_order="left")


def _first_rows(
    rows: pl.DataFrame, feed: Feed, project: Project
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return each case's first row, and a finding for every further one."""
    first = pl.col("index").is_first_distinct()
    further = rows.filter(~first)
    place = Place("several-rows", Tier.BLOCKS, "", feed.table, key_column(project, feed.table))
    return rows.filter(first), found(place, further["index"], further[ROW])


def _declined(export: Export, project: Project, cases: Cases) -> pl.DataFrame:
    """Return a finding for every case of a patient who has declined."""
    column, value = project.blocking.column, project.blocking.value.strip(BLANKS).lower()
    if not column:
        return none_found()
    rows = _own_rows(export.tables[project.case_table], (column,), cases)
    said = rows[column].str.strip_chars(BLANKS).str.to_lowercase()
    declined = rows.filter((said == value) if value else (said != ""))
    place = Place("blocked-patient", Tier.BLOCKS, "", project.case_table, column)
    return found(place, declined["index"], declined[ROW])


def orphans(export: Export, table: str, project: Project, cases: Cases) -> pl.DataFrame:
    """Return a finding for every row whose key has no case."""
    column = key_column(project, table)
    source = export.tables[table]
    rows = source.select(_keys(source, column).alias("key"), ROW)
    alone = rows.join(cases.frame.select("key"), on="key", how="anti")
    place = Place("orphan-row", Tier.NOTE, "", table, column)
    return _without_case(place, alone["key"].fill_null(""), alone[ROW])
