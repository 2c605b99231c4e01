"""Cases with one corrupted field each: copies of the sample hospital's clean ones, seeded."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import polars as pl

from app.core.mapping import Project
from app.engine.export import ROW, Export

Row = dict[str, str]
Change = Callable[[Random, str], str]


@dataclass(frozen=True, slots=True)
class Mutation:
    """What was done to one case: the kind of corruption, its field, and both values."""

    key: str
    kind: str
    table: str
    column: str
    before: str
    after: str


def _at(rnd: Random, text: str, change: Callable[[str], str]) -> str:
    """Change one character of a text."""
    if not text:
        return change("")
    place = rnd.randrange(len(text))
    return text[:place] + change(text[place]) + text[place + 1 :]


def _inserted(rnd: Random, text: str, what: str) -> str:
    place = rnd.randint(0, len(text))
    return text[:place] + what + text[place:]


def _one_of(*values: str) -> Change:
    return lambda rnd, _text: rnd.choice(values)


def _around(*values: str) -> Change:
    return lambda rnd, text: rnd.choice(values) + text + rnd.choice(values)


def _with(*values: str) -> Change:
    return lambda rnd, text: _inserted(rnd, text, rnd.choice(values))


def _swapped(rnd: Random, text: str) -> str:
    place = rnd.randrange(max(1, len(text) - 1))
    return text[:place] + text[place : place + 2][::-1] + text[place + 2 :]


def _moved_year(rnd: Random, text: str) -> str:
    head = text[:4]
    if not head.isdigit():
        return str(rnd.randint(1, 3000))
    return f"{int(head) + rnd.choice((-900, -100, -30, -1, 1, 100, 900, 9000)):04d}{text[4:]}"


def _other_hour(rnd: Random, text: str) -> str:
    """Return another hour, near or far; of what is no hour, one in words."""
    hour, _, minute = text.partition(":")
    if not (hour.isdigit() and minute.isdigit()):
        return "kl 8"
    moved = int(hour) * 60 + int(minute) + rnd.choice((-600, -90, -15, -5, -1, 1, 5, 15, 90, 600))
    return f"{moved // 60 % 24:02d}:{moved % 60:02d}"


def _other_day(rnd: Random, text: str) -> str:
    """Return another day, near or far; of what is no day, the first that is one."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "0001-01-01"
    return str(day + timedelta(days=rnd.choice((-400, -15, -8, -2, -1, 1, 2, 8, 15, 400))))


KINDS: Mapping[str, Change] = {
    "other hour": _other_hour,
    "other day": _other_day,
    "emptied": lambda _rnd, _text: "",
    "cut": lambda rnd, text: text[: rnd.randrange(len(text) or 1)],
    "character lost": lambda rnd, text: _at(rnd, text, lambda _one: ""),
    "character doubled": lambda rnd, text: _at(rnd, text, lambda one: one * 2),
    "characters swapped": _swapped,
    "other digit": lambda rnd, text: _at(rnd, text, lambda _one: rnd.choice("0123456789")),
    "other letter": lambda rnd, text: _at(rnd, text, lambda _one: rnd.choice("ABXZabxzåÅéß")),
    "other case": lambda _rnd, text: text.swapcase() if text.swapcase() != text else text + "a",
    "blanks around": _around(" ", "\t", "\u00a0", "\n", ""),
    "blank inside": _with(" ", "  ", "\t", "\n", "\r", "\r\n", "\u00a0", "\u2003", "\u2028"),
    "special to XML": _with("&", "<", ">", "]]>", '"', "'", "&amp;", "<!--", "&#0;", "<![CDATA["),
    "illegal in XML": _with("\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"),
    "beyond Latin": _with("\U0001f600", "e\u0301", "\u0663", "\uff11", "\u200b", "€", "²"),
    "foreign digits": lambda _rnd, text: text.translate(
        {ord("0") + n: 0x660 + n for n in range(10)}
    ),
    "too long": lambda rnd, text: (text or "x") * rnd.choice((5, 20, 70, 600)),
    "word for nothing": _one_of("NULL", "null", "-", ".", "?", "saknas", "N/A", "0", "None"),
    "impossible day": _one_of("2026-02-30", "2025-02-29", "2026-13-01", "2026-00-10", "2026-04-31"),
    "other form of a day": _one_of("02/03/2026", "20260302", "2 mars 2026", "260302", "2026-3-2"),
    "year moved": _moved_year,
    "impossible hour": _one_of("24:00", "25:10", "12:60", "7:5", "0730", "07.30", "07:30:61"),
    "hour that is not or twice": _one_of("02:30", "02:00", "02:59", "03:00", "00:00", "23:59"),
    "other number": _one_of("-1", "0", "1", "9,99", "10", "11", "46,01", "260,1", "1e3", "NaN"),
    "form of a number": _one_of("36.75", "36,755", "1 000", "1.000,5", "+37", "037,0", ",5", "5,"),
    "huge number": _one_of("500,0001", "99999999999999999999", "0,00000001", "1" * 40, "-0"),
    "other code": _one_of("A", "J", "N", "SV", "ZZ", "NFB49", "NFB4", "M16", "A0", "A999", "7"),
    "other person": _one_of("19121212-1212", "20991231-2389", "19770161-2382", "abc"),
}  # fmt: skip
OF_ANOTHER = "value of another case"
OF_BESIDE = "value of another column"  # so that times are equal, or in the wrong order
# Some kinds come more often: what they make is taken, and tells what the rules say of it.
_OFTEN = (*KINDS, *(OF_ANOTHER, OF_BESIDE) * 6, *("other hour", "other day") * 4)


def corrupted(
    export: Export, project: Project, base: Sequence[str], count: int, seed: int
) -> tuple[Export, tuple[Mutation, ...]]:
    """Return an export of so many cases, each a copy of a base case with one field corrupted.

    Rows of the case table stand in the order of the mutations. Most fields are ones that the
    project reads.
    """
    rnd = Random(seed)
    key = {one.name: one.key for one in project.sources}
    stock = {name: _by_case(frame, key[name]) for name, frame in export.tables.items()}
    pools = {name: _pools(frame, key[name]) for name, frame in export.tables.items()}
    made: dict[str, list[Row]] = {name: [] for name in export.tables}
    mutations = []
    read = {(link.table, column) for link in project.used_links for column in link.columns}
    for number in range(count):
        case = rnd.choice(base)
        own = f"{rnd.randrange(10**9):09d}{number:05d}"
        rows = {
            name: [row | {key[name]: own} for row in by_case.get(case, ())]
            for name, by_case in stock.items()
        }
        mutations.append(_corrupt(rnd, rows, pools, own, read))
        for name, own_rows in rows.items():
            made[name] += own_rows
    return Export({name: _frame(export.tables[name], rows) for name, rows in made.items()}), tuple(
        mutations
    )


def _corrupt(
    rnd: Random,
    rows: Mapping[str, list[Row]],
    pools: Mapping[str, Mapping[str, list[str]]],
    key: str,
    read: Set[tuple[str, str]],
) -> Mutation:
    """Change one field of a case's rows, in place."""
    fields = [(table, row, name) for table, found in rows.items() for row in found for name in row]
    wanted = [(table, row, name) for table, row, name in fields if (table, name) in read]
    filled = [(table, row, name) for table, row, name in wanted if row[name]]
    while True:
        kind = rnd.choice(_OFTEN)
        table, row, column = rnd.choice(rnd.choice((fields, wanted, *(filled,) * 8)))
        before = row[column]
        others = pools[table].get(column, [""]) if kind == OF_ANOTHER else _alike(row, before)
        after = KINDS[kind](rnd, before) if kind in KINDS else rnd.choice(others)
        if after != before:
            row[column] = after
            return Mutation(key, kind, table, column, before, after)


def _alike(row: Row, value: str) -> list[str]:
    """Return what stands in a row in the form of a value: days beside a day, hours beside hours."""
    form = re.sub("[0-9]", "0", value)
    return [one for one in row.values() if re.sub("[0-9]", "0", one) == form] or [""]


def _by_case(frame: pl.DataFrame, key: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in frame.drop(ROW).iter_rows(named=True):
        found[row[key]].append({name: value or "" for name, value in row.items()})
    return found


def _pools(frame: pl.DataFrame, key: str) -> dict[str, list[str]]:
    """Return what stands in each column, but for the key, which would mix up cases."""
    columns = [name for name in frame.columns if name not in {ROW, key}]
    return {name: frame[name].fill_null("").unique().sort().to_list() for name in columns}


def _frame(like: pl.DataFrame, rows: list[Row]) -> pl.DataFrame:
    names = [name for name in like.columns if name != ROW]
    frame = pl.DataFrame({name: [row[name] for row in rows] for name in names})
    return frame.cast(pl.String).with_row_index(ROW, 2)
