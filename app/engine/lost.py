"""Rows that could not be read, as findings: a case that lacks a row is never sent in silence."""

import json
from collections.abc import Iterable

import polars as pl

from app.core.conversion import BLANKS
from app.core.finding import Tier
from app.core.mapping import Project
from app.engine.export import Export, Lost
from app.engine.finding_rows import Place, found, none_found
from app.engine.keys import key_name, shown_keys


def lost_rows(export: Export, table: str, project: Project, cases: pl.DataFrame) -> pl.DataFrame:
    """Return a finding for every row of a table that was left out.

    It stops the case it is of; where that is not known, or not among the cases, it is noted.
    """
    lost = export.lost.get(table, ())
    if not lost:
        return none_found()
    column = key_name(project, table)
    rows = _frame(lost).join(
        cases.select("index", "key"), on="key", how="left", maintain_order="left"
    )
    findings = []
    for code in rows["code"].unique(maintain_order=True):
        of_code = rows.filter(pl.col("code") == code)
        known, unknown = (
            of_code.filter(pl.col("index").is_not_null() == is_) for is_ in (True, False)
        )
        findings += [
            _findings(known, Place(code, Tier.BLOCKS, "", table, column)),
            _findings(unknown, Place(code, Tier.NOTE, "", table, column)),
        ]
    more = export.lost_count.get(table, 0) - len(lost)
    return pl.concat([*findings, _uncounted(more, table)])


def doubtful(export: Export, table: str, columns: Iterable[str]) -> pl.DataFrame:
    """Return a note for everything that puts values of a table in doubt, in the columns read."""
    read = set(columns)
    findings = [none_found()]
    none = pl.Series([None], dtype=pl.UInt32)
    for one in export.doubts.get(table, ()):
        column = dict(one.values).get("column", "")
        if not column or column in read:
            values = pl.Series([json.dumps(dict(one.values), ensure_ascii=False)])
            place = Place(one.code, Tier.NOTE, "", table, column)
            told = found(place, none, pl.Series([one.row]), values)
            findings.append(told.with_columns(case=pl.lit("")))
    return pl.concat(findings)


def _frame(lost: Iterable[Lost]) -> pl.DataFrame:
    schema = {"code": pl.String, "row": pl.UInt32, "key": pl.String, "values": pl.String}
    rows = [
        (
            one.code,
            one.row,
            one.key.strip(BLANKS) or None,
            json.dumps(dict(one.values), ensure_ascii=False),
        )
        for one in lost
    ]
    return pl.DataFrame(rows, schema, orient="row")


def _findings(rows: pl.DataFrame, place: Place) -> pl.DataFrame:
    findings = found(place, rows["index"], rows["row"], rows["values"])
    return findings.with_columns(shown_keys(rows["key"]).fill_null("").alias("case"))


def _uncounted(more: int, table: str) -> pl.DataFrame:
    """Return a note on the rows that were left out beyond those told one by one."""
    if more <= 0:
        return none_found()
    place = Place("rows-left-out", Tier.NOTE, "", table)
    values = pl.Series([json.dumps({"count": str(more)})])
    none = pl.Series([None], dtype=pl.UInt32)
    return found(place, none, none, values).with_columns(case=pl.lit(""))
