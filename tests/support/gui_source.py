"""What the source page is tested on: three tables, their heads, profiles, keys and changes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from app.core.mapping import Link, LinkState, Project, Source
from app.gui.source.page import SourcePage
from app.workflow.source_views import (
    ColumnProfile,
    FileChange,
    KeyProposal,
    Preview,
    Relation,
    Renaming,
    ShapeChange,
)
from app.workflow.views import ColumnView, EncodingGuess, Problem, RowsPage, TableView
from tests.support.gui import Desktop, settle

SHAPE = ("OPNR", "PNR", "ANMDAT", "VKT")
SOURCES = (
    Source("operationer", "operationer.csv", "OPNR", "cp1252", shape=SHAPE),
    Source("koder", "koder.csv", "OPNR", "cp1252", shape=("OPNR", "KOD")),
    Source("planer", "planer.csv", "OPNR", "cp1252", shape=("OPNR", "PLDAT")),
)
COLUMNS = (
    ColumnView("OPNR", 400, 400, ("2600000", "2600001"), "number"),
    ColumnView("PNR", 400, 398, ("19770101-****",), "person_id"),
    ColumnView("ANMDAT", 400, 250, ("2025-12-25",), "date", "2025-12-01", "2025-12-31"),
    ColumnView("VKT", 0, 0, (), "empty"),
)
LOST = (
    Problem(
        "row-ragged", (("name", "koder.csv"), ("line", "17"), ("cells", "3"), ("columns", "2"))
    ),
    Problem(
        "row-ragged", (("name", "koder.csv"), ("line", "90"), ("cells", "1"), ("columns", "2"))
    ),
)
TABLES = (
    TableView(SOURCES[0], 400, COLUMNS, duplicates=2),
    TableView(
        SOURCES[1],
        1206,
        (
            ColumnView("OPNR", 1206, 386, ("2600000",), "number"),
            ColumnView("KOD", 1206, 40, ("A", "B"), "code"),
        ),
        orphans=2,
        without=14,
        relation=Relation("many", 4, 386, 2, 14, 400),
        troubles=LOST,
        trouble_count=130,
    ),
    TableView(
        SOURCES[2],
        400,
        (ColumnView("OPNR", 400, 400, (), "number"), ColumnView("PLANDATUM", 400, 90, (), "date")),
        relation=Relation("one", 1, 400, 0, 0, 400),
        change=ShapeChange((), (), (Renaming("PLDAT", "PLANDATUM", 87),), ("PLDAT",)),
    ),
)
PROJECT = Project(
    name="Provsjukhuset",
    profile="spor-4.1",
    sources=SOURCES,
    case_table="operationer",
    links=(
        Link("V310", "operationer", ("ANMDAT",), (), LinkState.APPROVED),
        Link("V420", "planer", ("PLDAT",), (), LinkState.APPROVED),
    ),
)
PREVIEW = Preview(
    lines=("Utdrag 2026-01", "OPNR;PNR;ANMDAT;VKT", "2600000;19770101-****;2025-12-25;"),
    columns=SHAPE,
    rows=(("2600000", "19770101-2382", "2025-12-25", ""),),
    header=2,
    numbers=(3,),
)
PROFILE = ColumnProfile(
    "OPNR",
    400,
    400,
    400,
    (("2600000", 1), ("2600001", 1)),
    "2600000",
    "2600399",
    (("9999999", 400),),
    "number",
)
PROPOSALS = (KeyProposal(("OPNR",), 400, 1.0), KeyProposal(("PNR", "ANMDAT"), 398, 0.995))
GUESSES = (
    EncodingGuess("cp1252", "2600000;Övrigt; Åsa", False),
    EncodingGuess("iso-8859-15", "2600000;Övrigt; Åsa", False),
    EncodingGuess("cp850", "2600000;Íovrigt; ┼sa", True),
    EncodingGuess("utf-8", "2600000;\ufffdvrigt; \ufffdsa", True),
)
FOUND = FileChange(
    replace(SOURCES[0], path="operationer-feb.csv"),
    ShapeChange(("VIKT", "NY"), ("PNR",), (Renaming("ANMDAT", "ANMDATUM", 91),), ("ANMDAT",)),
    ("OPNR", "ANMDATUM", "VIKT", "NY"),
    412,
)


def profile_of(_project: Project, _table: str, column: str, _shared: bool) -> ColumnProfile:
    """Return the profile of any column."""
    return replace(PROFILE, name=column)


def rows_of(table: str, offset: int, number: int) -> RowsPage:
    """Return a page of a table of a million rows."""
    names = next(tuple(c.name for c in one.columns) for one in TABLES if one.source.name == table)
    rows = [
        (str(2600000 + row), *("19770101-2382" for _name in names[1:]))
        for row in range(offset, offset + number)
    ]
    places = tuple((0, row + 2) for row in range(offset, offset + number))
    return RowsPage(names, 1_000_000, offset, tuple(rows), places)


def answers() -> dict[str, Any]:
    """Return what the deeds of the source page answer unless a test says otherwise."""
    return {
        "read_tables": TABLES,
        "row_place": 1,
        "rows_page": rows_of,
        "guess_encodings": GUESSES,
        "preview_source": PREVIEW,
        "column_profile": profile_of,
        "key_proposals": PROPOSALS,
        "replace_files": FOUND,
        "describe_sources": (),
    }


def source_desktop(folder: Path, changed: dict[str, Any] | None = None) -> Desktop:
    """Return a window's parts whose deeds answer for the source page."""
    return Desktop(folder, {**answers(), **(changed or {})})


def source_page(qtbot: Any, desktop: Desktop, project: Project = PROJECT) -> SourcePage:
    """Return the source page with a project open, shown and everything answered."""
    made = SourcePage(desktop.context)
    qtbot.addWidget(made)
    desktop.open(project)
    made.resize(1150, 640)
    made.show()
    settle(qtbot, desktop)
    return made


def show(qtbot: Any, desktop: Desktop, page: SourcePage, table: str, tab: str) -> None:
    """Look at a view of a table."""
    page.choose_table(table)
    page.detail.show_tab(tab)
    settle(qtbot, desktop)


def cells(table: Any, row: int) -> list[Any]:
    """Return what a table shows in a row."""
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]
