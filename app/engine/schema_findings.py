"""Breaches of the schema as findings: which variable, table, column and source row is at fault."""

from collections.abc import Iterable

import polars as pl

from app.core.finding import Tier
from app.core.mapping import Link
from app.core.register import Profile
from app.engine.block import Block
from app.engine.finding_rows import Place, as_json, found, none_found, shown
from app.engine.mapping import Feed
from app.engine.rows import row_column
from app.engine.schema_check import Broken, Judged
from app.engine.schema_words import VALUE

Kind = tuple[str, str, str]  # code, variable, group


def schema_findings(
    block: Block, judged: Judged, feeds: tuple[Feed, ...], profile: Profile
) -> pl.DataFrame:
    """Return the findings of one block's documents."""
    links = {link.variable: (feed, link) for feed in feeds for link in feed.links}
    kinds: dict[Kind, list[Broken]] = {}
    for one in judged.broken:
        kinds.setdefault((one.code, one.variable, one.group), []).append(one)
    return pl.concat(
        [
            none_found(),
            *(_findings(block, kind, same, links, profile) for kind, same in kinds.items()),
        ]
    )


def _findings(
    block: Block,
    kind: Kind,
    broken: list[Broken],
    links: dict[str, tuple[Feed, Link]],
    profile: Profile,
) -> pl.DataFrame:
    """Return the findings of one code on one variable."""
    code, variable, group = kind
    feed, link = links.get(variable, (None, None))
    columns = " + ".join(link.columns) if link else ""
    place = Place(code, Tier.SCHEMA, variable, feed.table if feed else "", columns)
    cases = block.values[""][[one.document for one in broken]]
    told = shown(_texts(one.value for one in broken), variable, profile)
    values = as_json(
        {
            "value": told,
            "expected": _texts(one.expected for one in broken),
            "element": _texts(one.element for one in broken),
            "surplus": _texts("yes" if one.surplus else "" for one in broken),
            "xerces": _texts(
                one.said.replace(VALUE, value)
                for one, value in zip(broken, told.to_list(), strict=True)
            ),
        }
    )
    if group in block.values and group:
        row = _rows_in_group(block.values[group], cases["index"], [one.place for one in broken])
    else:
        column = row_column(feed) if feed else "row"
        row = cases[column] if column in cases.columns else cases["row"]
    return found(place, cases["index"], row, values)


def _texts(texts: Iterable[str]) -> pl.Series:
    return pl.Series(list(texts), dtype=pl.String)


def _rows_in_group(rows: pl.DataFrame, index: pl.Series, places: list[int]) -> pl.Series:
    """Return the source row of the n-th element that a group has in each case."""
    numbered = rows.select(
        "index",
        "row",
        pl.int_range(pl.len(), dtype=pl.UInt32).over("index").alias("place"),
    )
    wanted = pl.DataFrame({"index": index, "place": pl.Series(places, dtype=pl.UInt32)})
    joined = wanted.join(numbered, on=["index", "place"], how="left", maintain_order="left")
    return joined["row"].fill_null(0)
