"""Cases and the rows that belong to them: joined by key, in order, numbered once."""

from dataclasses import dataclass, field, replace

import polars as pl

from app.core.conversion import BLANKS, lookups_in
from app.core.finding import Tier
from app.core.mapping import Keep, Link, Project
from app.engine.columns import Surroundings, convert_columns
from app.engine.conversions.lookup import Lookups, lookups_of
from app.engine.export import LINES, ROW, Export
from app.engine.file_gaps import file_gaps
from app.engine.finding_rows import Place, as_json, found, none_found
from app.engine.keys import case_keys, key_columns, key_name, shown_keys
from app.engine.lost import doubtful, lost_rows
from app.engine.mapping import Feed, numbers_cases
from app.engine.ordering import in_order, let_through, sort_rows

KEY = "__key__"
PLACE = "__place__"  # of a row in its table, from 0
_NEAR = 50_000  # rows; a block's own are sought within as many beside them


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of an export in the file's order.

    `frame` has index, key (as it stands in the tables), case (the behandlingsnummer) and row;
    `keys` every key of each case (index, key): those of its further rows as well.
    """

    frame: pl.DataFrame
    findings: pl.DataFrame
    keys: pl.DataFrame


def number_cases(export: Export, project: Project, link: Link | None) -> Cases:
    """Return the case table's rows numbered; a further row of the same case is a finding.

    `link` is that of the behandlingsnummer; where it gives no value, the key itself stands.
    """
    table = project.case_table
    source = export.tables[table]
    keys = case_keys(source, key_columns(project, table))
    shown = shown_keys(keys)
    is_numbered = link is not None and numbers_cases(link, project)
    cases = _numbers(export, link, project).fill_null(shown) if is_numbered else shown
    rows = pl.DataFrame({"key": keys, "case": cases, "row": source[ROW]})
    keyed = rows.filter(pl.col("key").is_not_null())
    first, again = _told_apart(keyed, source, project)
    keyless = rows.filter(pl.col("key").is_null())["row"]
    column = key_name(project, table)
    no_code = Place("", Tier.NOTE, "", table, column)
    no_key = replace(no_code, code="key-empty")
    return Cases(
        first.select("index", "key", "case", "row"),
        pl.concat(
            [
                _further(again, no_code, project, export.files.get(table, ())),
                _without_case(no_key, pl.Series([""]).new_from_index(0, len(keyless)), keyless),
            ]
        ),
        pl.concat([one.select("index", "key") for one in (first, again)]).unique(
            maintain_order=True
        ),
    )


def _told_apart(
    keyed: pl.DataFrame, source: pl.DataFrame, project: Project
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the row that stands for each case, numbered, and the further rows beside theirs."""
    case = pl.col("case")
    stands = keyed.select(case.is_first_distinct().alias("stands"))["stands"]
    if project.duplicates.keep is not Keep.STOP:
        chosen = _chosen(keyed.filter(case.is_duplicated()), source, project)
        unique = keyed.select(case.is_unique().alias("stands"))["stands"]
        stands = unique | keyed["row"].is_in(chosen.implode())
    first = keyed.filter(stands).with_row_index("index")
    return first, keyed.filter(~stands).join(first, on="case", suffix="_1", maintain_order="left")


def _chosen(doubled: pl.DataFrame, source: pl.DataFrame, project: Project) -> pl.Series:
    """Return the row of each case that is kept by what the project says about duplicates."""
    column, last = project.duplicates.column, project.duplicates.keep is Keep.LAST
    by = in_order(column) if column else []
    texts = source.select(ROW, *([column] if column else []))
    rows = doubled.join(texts, left_on="row", right_on=ROW, how="left", maintain_order="left")
    directions = [last] * (len(by) + 1)
    ordered = rows.sort(*by, "row", descending=directions, nulls_last=True)
    return ordered.filter(pl.col("case").is_first_distinct())["row"]


def _further(
    again: pl.DataFrame, place: Place, project: Project, files: tuple[str, ...]
) -> pl.DataFrame:
    """Return the findings on further rows of a case: held back, or told which one stands."""
    first = (again["row_1"] % LINES).cast(pl.String)
    if files:
        names = pl.Series(files).gather(again["row_1"] // LINES)
        first = first + pl.Series([" ("]) + names + pl.Series([")"])
    stop = project.duplicates.keep is Keep.STOP
    code, tier = ("duplicate-case", Tier.BLOCKS) if stop else ("duplicate-left-out", Tier.NOTE)
    named = replace(place, code=code, tier=tier)
    return found(named, again["index"], again["row"], as_json({"first": first}))


def _numbers(export: Export, link: Link | None, project: Project) -> pl.Series:
    """Return the behandlingsnummer as the register will see them."""
    source = export.tables[project.case_table]
    columns = link.columns if link else ()
    steps = link.steps if link else ()
    places = lookups_in(link) if link else ()
    around = Surroundings(project, source, lookups_of(export.looked_up, places))
    converted = convert_columns([source[name] for name in columns], steps, around)
    return converted.values.str.strip_chars(BLANKS)


def _without_case(place: Place, keys: pl.Series, rows: pl.Series) -> pl.DataFrame:
    """Return findings on rows that belong to no case."""
    if rows.is_empty():
        return none_found()
    nowhere = pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(rows))
    return found(place, nowhere, rows).with_columns(keys.alias("case"))


def chosen_rows(export: Export, feed: Feed, project: Project) -> pl.DataFrame:
    """Return the rows that a feed's links read, in the file's order, of whichever case they are."""
    rows = let_through(export.tables[feed.table], feed.rows)
    if not feed.nth:
        return rows
    keys = case_keys(rows, key_columns(project, feed.table)).alias("index")
    keyed = rows.with_columns(keys).filter(pl.col("index").is_not_null())
    ordered = sort_rows(keyed, feed.rows, ROW, backwards=feed.nth < 0)
    return _nth(ordered, feed.nth).drop("index").sort(ROW)


def _nth(rows: pl.DataFrame, nth: int) -> pl.DataFrame:
    """Return the row at a place among those with the same index, which lie in their order."""
    number = pl.int_range(pl.len()).over("index") + 1
    return rows.filter(number == abs(nth))


def _numbered(export: Export, table: str, project: Project, cases: Cases) -> pl.DataFrame:
    """Return a table's rows that are of a case as index, ROW and PLACE, sorted by case and line."""
    source = export.tables[table]
    keys = case_keys(source, key_columns(project, table)).alias(KEY)
    narrow = source.select(keys, ROW).with_row_index(PLACE)
    numbered = narrow.join(cases.keys.rename({"key": KEY}), on=KEY, how="inner")
    return numbered.select("index", ROW, PLACE).sort("index", ROW)


def _order_of(export: Export, feed: Feed, numbered: pl.DataFrame) -> pl.DataFrame:
    """Return those of a table's rows that a feed reads, by case and in the chosen order."""
    rows, is_backwards = feed.rows, feed.nth < 0
    asked = [name for name in (rows.filter_column, rows.order_column) if name]
    if not asked and rows.descending == is_backwards:
        return numbered
    beside = export.tables[feed.table].select(list(dict.fromkeys((ROW, *asked))))[numbered[PLACE]]
    chosen = let_through(numbered.hstack(beside.drop(ROW)), rows)
    return sort_rows(chosen, rows, ROW, backwards=is_backwards).select("index", ROW, PLACE)


@dataclass(frozen=True, slots=True)
class Stock:
    """The rows of one feed for all cases, sorted by the number of their case.

    `order` has index and the PLACE of each row in `table`, whose rows are not copied: only those
    of the cases at work are.
    """

    feed: Feed
    table: pl.DataFrame
    order: pl.DataFrame
    lookups: Lookups = field(default_factory=dict)  # what its links' steps look up

    def of(self, start: int, end: int) -> pl.DataFrame:
        """Return the rows of the cases from `start` up to, not including, `end`."""
        first, last = (self.order["index"].search_sorted(at, "left") for at in (start, end))
        mine = self.order.slice(first, last - first)
        return self._rows(mine[PLACE]).insert_column(0, mine["index"])

    def _rows(self, places: pl.Series) -> pl.DataFrame:
        """Return rows of the table, sought in the part of it where they lie."""
        if places.is_empty():
            return self.table.clear()
        low, high = (
            int(places[at]) for at in (places.arg_min(), places.arg_max()) if at is not None
        )
        part = self.table.slice(low, high - low + 1)
        is_run = part.height == len(places) and places.is_sorted()
        return part.rechunk() if is_run else part.rechunk()[places - low]


def stocks_of(
    export: Export, project: Project, feeds: tuple[Feed, ...], cases: Cases
) -> tuple[tuple[Stock, ...], pl.DataFrame]:
    """Return every feed's rows, and the findings on rows that do not fit their case."""
    stocks, findings = [], [_declined(export, project, cases)]
    own = project.case_table
    joined = dict.fromkeys(feed.table for feed in feeds if feed.group or feed.table != own)
    numbered = {table: _numbered(export, table, project, cases) for table in joined}
    for feed in feeds:
        if feed.group:
            stocks.append(_stock(export, feed, _order_of(export, feed, numbered[feed.table])))
        elif feed.table == own:
            stocks.append(_stock(export, feed, _own_order(export.tables[own], cases)))
        else:
            first, further = _one_row(_order_of(export, feed, numbered[feed.table]), feed, project)
            stocks.append(_stock(export, feed, first))
            findings.append(further)
    others = dict.fromkeys(feed.table for feed in feeds if feed.table != own)
    findings += [orphans(export, table, project, cases) for table in others]
    asked = (place[0] for feed in feeds for link in feed.links for place in lookups_in(link))
    read = dict.fromkeys((own, *others, *asked))
    findings += [lost_rows(export, table, project, cases.keys) for table in read]
    for table in (own, *others):
        columns = [name for feed in feeds if feed.table == table for name in feed.columns]
        findings.append(file_gaps(export, table, columns))
        findings.append(doubtful(export, table, (*columns, *key_columns(project, table))))
    findings += [_shared(export, table, project, cases) for table in others]
    return tuple(stocks), pl.concat(findings)


def _shared(export: Export, table: str, project: Project, cases: Cases) -> pl.DataFrame:
    """Return a finding for every case whose rows in a table may as well be another case's."""
    several = cases.keys.filter(pl.col("key").is_duplicated())
    if several.is_empty():
        return none_found()
    keys = case_keys(export.tables[table], key_columns(project, table)).alias("key")
    there = several.join(pl.DataFrame([keys]), on="key", how="semi").unique("index")
    lines = cases.frame.select("index", "row").join(there, on="index", how="semi")
    own = project.case_table
    place = Place("key-shared", Tier.BLOCKS, "", own, key_name(project, own))
    others = pl.Series([table]).new_from_index(0, lines.height)
    return found(place, lines["index"], lines["row"], as_json({"other": others}))


def _stock(export: Export, feed: Feed, order: pl.DataFrame) -> Stock:
    """Return a feed's stock: the columns that its links read, and the order of its rows.

    Where a case's rows lie all over the table, they are put in order once, as a copy.
    """
    table = export.tables[feed.table].select(list(dict.fromkeys((ROW, *feed.columns))))
    places = order[PLACE]
    if ((places.cum_max() - places) > _NEAR).any():
        table = table[places]
        order = order.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias(PLACE))
    return Stock(feed, table, order, _lookups(export, feed))


def _lookups(export: Export, feed: Feed) -> Lookups:
    return lookups_of(export.looked_up, (one for link in feed.links for one in lookups_in(link)))


def row_column(feed: Feed) -> str:
    """Return the name of the column that says which row the values of a feed come from."""
    rows = feed.rows
    picked = (rows.filter_column, rows.filter_value, rows.order_column, str(rows.descending))
    return ":".join(("row", feed.table, *picked, str(feed.nth)))


def _own_order(source: pl.DataFrame, cases: Cases) -> pl.DataFrame:
    """Return the order of the case table's rows, one per case."""
    numbered = cases.frame.select("index", pl.col("row").alias(ROW))
    places = source.select(ROW).with_row_index(PLACE)
    return numbered.join(places, on=ROW, how="left", maintain_order="left")


def _one_row(rows: pl.DataFrame, feed: Feed, project: Project) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the row that is picked in each case; where it is the only one, several are found."""
    if feed.nth:
        return _nth(rows, feed.nth), none_found()
    first = pl.col("index").is_first_distinct()
    further = rows.filter(~first)
    place = Place("several-rows", Tier.BLOCKS, "", feed.table, key_name(project, feed.table))
    return rows.filter(first), found(place, further["index"], further[ROW])


def _declined(export: Export, project: Project, cases: Cases) -> pl.DataFrame:
    """Return a finding for every case of a patient who has declined, by whichever of its rows."""
    column, value = project.blocking.column, project.blocking.value.strip(BLANKS).lower()
    if not column:
        return none_found()
    further = cases.findings.filter(pl.col("index").is_not_null())
    numbered = pl.concat([one.select("index", "row") for one in (cases.frame, further)])
    source = export.tables[project.case_table].select(pl.col(ROW).alias("row"), column)
    rows = numbered.join(source, on="row", how="left", maintain_order="left")
    said = rows[column].str.strip_chars(BLANKS).str.to_lowercase()
    declined = rows.filter((said == value) if value else (said != ""))
    declined = declined.unique("index", keep="first", maintain_order=True)
    place = Place("blocked-patient", Tier.BLOCKS, "", project.case_table, column)
    return found(place, declined["index"], declined["row"])


def orphans(export: Export, table: str, project: Project, cases: Cases) -> pl.DataFrame:
    """Return a finding for every row whose key has no case."""
    source = export.tables[table]
    keys = case_keys(source, key_columns(project, table)).alias("key")
    alone = source.select(keys, ROW).join(cases.keys, on="key", how="anti")
    place = Place("orphan-row", Tier.NOTE, "", table, key_name(project, table))
    return _without_case(place, shown_keys(alone["key"]).fill_null(""), alone[ROW])
