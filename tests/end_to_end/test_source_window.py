"""Källa through the real window on real files: what a hospital sends, month after month."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.mapping import Link, LinkState, Project, Source
from app.files.project import write_project
from app.gui.background.backend import Backend, ThreadChannel
from app.gui.frame.pictures import Settled
from app.keystore.secrets import MemorySecrets
from app.language import text
from app.main import build_desk, build_window
from tests.support.gui_source import cells

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

OPERATIONS = [
    f"{7000 + n};{'Öron' if n % 2 else 'Åderbråck'};2026-01-{1 + n:02d}" for n in range(20)
]


class Hospital:
    """A window on a project beside its files."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.folder = folder
        self.desk = build_desk(folder / "data", MemorySecrets())
        self.backend = Backend(lambda: self.desk, ThreadChannel)
        self.window = build_window(app, self.backend, folder / "window.ini")
        self.window.resize(1366, 768)
        self.window.show()
        self.settled = Settled(self.backend)

    def write(self, name: str, *lines: str, encoding: str = "cp1252") -> str:
        path = self.folder / name
        path.write_text("\n".join(lines) + "\n", encoding=encoding)
        return str(path)

    def open(self, *sources: Source, links: tuple[Link, ...] = ()):
        project = Project("Prov", "spor-4.1", sources, sources[0].name, links=links)
        path = self.folder / "prov.sporproject"
        write_project(project, path)
        self.window.projects.open(str(path))
        self.settled.wait()
        self.window.go("source")
        self.settled.wait()
        return self.window.page

    @property
    def project(self) -> Project:
        return self.window.context.document.project

    def leave(self) -> None:
        self.window.context.document.undo_stack.setClean()  # nobody asks about changes any more
        self.backend.close()
        self.desk.close()
        self.window.deleteLater()
        self.window.context.document.deleteLater()


@pytest.fixture
def hospital(qapp, tmp_path):
    text.use("en")
    one = Hospital(qapp, tmp_path)
    one.window.dress.use_language("en")
    yield one
    one.leave()


def test_a_wrong_encoding_is_seen_and_put_right_by_eye(hospital):
    hospital.write("op.csv", "OPNR;DIAGNOS;DATUM", *OPERATIONS)
    page = hospital.open(Source("op", "op.csv", "OPNR", "cp850"))
    form = page.detail.reading.form
    assert form.encoding.value() == "cp850"
    assert "Åderbråck" in form.encoding.lines["cp1252"].text()
    assert "Åderbråck" not in cells(page.detail.reading.outcome, 0)
    form.encoding.buttons["cp1252"].click()
    hospital.settled.wait()
    assert cells(page.detail.reading.outcome, 0) == ["7000", "Åderbråck", "2026-01-01"]
    assert cells(page.files, 0)[1:4] == ["20", "3", "OPNR"]


def test_a_heading_below_titles_is_chosen_on_the_raw_lines(hospital, qtbot):
    hospital.write("op.csv", "Utdrag;;", "OPNR;DIAGNOS;DATUM", *OPERATIONS)
    page = hospital.open(Source("op", "op.csv", "OPNR", "cp1252"))
    assert "OPNR" in page.detail.trouble.text()  # there is no such column while the title heads
    page.detail.reading.lines.choose(1)
    qtbot.keyClick(page.detail.reading.lines, Qt.Key.Key_Return)
    hospital.settled.wait()
    assert page.detail.trouble.text() == ""
    assert [one.name for one in page.chosen.table.columns] == ["OPNR", "DIAGNOS", "DATUM"]


def test_tables_are_told_apart_by_their_relation_before_anything_is_mapped(hospital):
    hospital.write("op.csv", "OPNR;DIAGNOS;DATUM", *OPERATIONS)
    codes = [f"{7000 + n // 2};NFB{n}" for n in range(30)]
    hospital.write("koder.csv", "OPERATION;KOD", *codes, "9999;X", "7001;A;för;mycket")
    page = hospital.open(
        Source("op", "op.csv", "OPNR", "cp1252"), Source("koder", "koder.csv", "KOD", "cp1252")
    )
    page.choose_table("koder")
    page.detail.show_tab("cases")
    hospital.settled.wait()
    assert "No row here has a case" in page.detail.relation.facts.text()
    assert cells(page.detail.relation.proposals, 0)[0] == "OPERATION"
    page.detail.relation.use.click()
    hospital.settled.wait()
    assert cells(page.files, 1)[1:] == [
        "31",
        "2",
        "OPERATION",
        "1:n, at most 2",
        "1",
        "5",
        "0",
        "1",
    ]
    page.detail.show_tab("left-out")
    assert cells(page.detail.troubles.table, 0)[1:] == ["koder.csv", "33"]


def test_a_new_months_file_re_points_the_renamed_column_in_one_step(hospital):
    hospital.write("jan.csv", "OPNR;DIAGNOS;DATUM", *OPERATIONS)
    new = hospital.write("feb.csv", "OPNR;DIAGNOSKOD;DATUM;NY", *[f"{one};" for one in OPERATIONS])
    link = Link("V310", "op", ("DIAGNOS",), (), LinkState.APPROVED)
    shape = ("OPNR", "DIAGNOS", "DATUM")
    page = hospital.open(Source("op", "jan.csv", "OPNR", "cp1252", shape=shape), links=(link,))
    before = hospital.project
    page.replacing.replace([new])
    hospital.settled.wait()
    change = page.detail.change
    assert [cells(change.table, row)[:3] for row in range(2)] == [
        ["renamed", "DIAGNOS", "DIAGNOSKOD"],
        ["new column", "–", "NY"],
    ]
    change.apply.click()
    hospital.settled.wait()
    assert hospital.project.sources[0].path == "feb.csv"
    assert hospital.project.links[0].columns == ("DIAGNOSKOD",)
    assert page.detail.trouble.text() == ""
    hospital.window.context.document.undo_stack.undo()
    hospital.settled.wait()
    assert hospital.project == before


def test_a_workbook_and_a_month_of_files_are_added_and_looked_at(hospital):
    hospital.write("op.csv", "OPNR;DIAGNOS;DATUM", *OPERATIONS)
    page = hospital.open(Source("op", "op.csv", "OPNR", "cp1252"))
    book = Workbook()
    for row in (["Lab 2026"], [], ["OPNR", "PROV"], *([str(7000 + n), f"0{n}"] for n in range(9))):
        book.worksheets[0].append(row)
    book.save(hospital.folder / "lab.xlsx")
    hospital.window.projects.take_files([str(hospital.folder / "lab.xlsx")])
    hospital.settled.wait()
    assert [one.sheet for one in hospital.project.sources] == ["", "Sheet"]
    assert page.detail.reading.lines.rows.row_at(2)[1].startswith("OPNR")
    page.detail.show_tab("columns")
    page.detail.columns.choose_column("PROV")
    hospital.settled.wait()
    page.detail.columns._ask_profile()
    hospital.settled.wait()
    assert page.detail.columns.profile.facts["range"].text() == "00 – 08"
    page.detail.show_tab("rows")
    hospital.settled.wait()
    assert cells(page.detail.rows.table, 8) == ["12", "7008", "08"]
