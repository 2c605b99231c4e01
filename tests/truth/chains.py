"""The three ways a row is judged: the core, the engine's columns on an export, the local stage."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import polars as pl
from lxml import etree

from app import safexml
from app.core.condition import holds, parse
from app.core.finding import Tier
from app.core.mapping import GroupLink, Link, LinkState, Project, Source
from app.core.register import Profile
from app.engine.analysis import Analysis, analyse
from app.engine.export import ROW, Export
from app.files.profile import compile_schema
from app.stage.judging import Judge
from app.stage.reading import registrations
from tests.support.profile import shipped
from tests.truth.row import Row
from tests.truth.tables.codes import REGISTERS

CASES, KEY = "cases", "behandlingsnummer"


@cache
def profile() -> Profile:
    """Return the shipped profile with the small national registers of the tables."""
    return replace(shipped(), register_codes=REGISTERS)


@cache
def schema() -> etree.XMLSchema:
    """Return the contract, compiled once."""
    return compile_schema(profile())


def keys(rows: Sequence[Row]) -> list[str]:
    """Return the case numbers under which rows are sent."""
    return [str(2200000 + number) for number in range(len(rows))]


def by_core(rows: Sequence[Row], rule: str) -> list[bool]:
    """Return for each row whether the core says that it breaks the rule."""
    known = profile().rules_by_id[rule]
    condition = parse(known.condition) if known.condition else None
    return [
        condition is not None and holds(condition, one.case(key), profile())
        for key, one in zip(keys(rows), rows, strict=True)
    ]


@dataclass(frozen=True)
class Judged:
    """What the engine found in each row, and what the stage said about the document it made."""

    analysis: Analysis
    found: tuple[frozenset[str], ...]  # codes
    reasons: tuple[frozenset[str], ...]
    refused: tuple[bool, ...]


def by_export(rows: Sequence[Row]) -> Judged:
    """Put the rows through the whole chain: tables, mapping, conversion, documents, the stage."""
    tables = _tables(rows)
    export = Export({name: _frame(table) for name, table in tables.items()})
    analysis = analyse(export, _project(tables), profile(), schema())
    judge = Judge(profile())
    cases = [
        registrations(safexml.parse(document), profile())[0]
        for document in analysis.documents(range(len(rows)))
    ]
    codes: dict[str, set[str]] = defaultdict(set)
    for case, code in analysis.findings.select("case", "code").iter_rows():
        codes[case].add(code)
    return Judged(
        analysis,
        tuple(frozenset(codes[key]) for key in keys(rows)),
        tuple(frozenset(judge.reasons(case)) for case in cases),
        tuple(bool(judge.refusal(case)) for case in cases),
    )


def is_told_by_stage(rule: str) -> bool:
    """Whether the stage's fellista tells of the rule."""
    return profile().rules_by_id[rule].tier is Tier.CORRUPT


Cells = list[Mapping[str, str]]


def _tables(rows: Sequence[Row]) -> dict[str, Cells]:
    """Return the tables of an export that holds the rows: one of cases, one per group."""
    tables: dict[str, Cells] = {CASES: []}
    for key, one in zip(keys(rows), rows, strict=True):
        tables[CASES].append({KEY: key, **one.values})
        for group, members in one.groups.items():
            tables.setdefault(group, []).extend({KEY: key, **member} for member in members)
    return tables


def _columns(cells: Cells) -> list[str]:
    return list(dict.fromkeys(name for row in cells for name in row))


def _frame(cells: Cells) -> pl.DataFrame:
    columns = _columns(cells)
    data = [[row.get(name, "") for name in columns] for row in cells]
    frame = pl.DataFrame(data, dict.fromkeys(columns, pl.String), orient="row")
    return frame.with_row_index(ROW, 2)


def _project(tables: Mapping[str, Cells]) -> Project:
    """Return the mapping of such an export: each variable from the column of its name."""
    links = [
        Link(variable, table, (variable,), (), LinkState.APPROVED)
        for table, cells in tables.items()
        for variable in _columns(cells)
        if table == CASES or variable != KEY
    ]
    return Project(
        name="Truth",
        profile="spor-4.1",
        sources=tuple(Source(name, f"{name}.csv", KEY) for name in tables),
        case_table=CASES,
        groups=tuple(GroupLink(name, name) for name in tables if name != CASES),
        links=tuple(sorted(links, key=lambda link: link.variable)),
    )
