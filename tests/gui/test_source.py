"""Källa: files, encodings by eye, columns and rows."""

import pytest
from PySide6.QtWidgets import QWidget

from app.core.errors import ExportError
from app.core.mapping import Project, Source
from app.gui.frame.navigator import Place
from app.gui.source.edits import add_source, remove_source
from app.gui.source.page import SourcePage
from app.gui.widgets.looks import looks
from app.gui.widgets.numbers import count, share
from app.workflow.views import Problem, RowsPage, TableView
from tests.support.gui import PROJECT, SOURCES, TABLES, Desktop, settle


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path)
    yield made
    made.backend.close()


@pytest.fixture
def page(qtbot, desktop):
    made = SourcePage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    settle(qtbot, desktop)
    return made


def _cells(table, row):
    model = table.model()
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_without_a_project_the_page_says_what_to_do(qtbot, desktop):
    made = SourcePage(desktop.context)
    qtbot.addWidget(made)
    assert made._stack.currentWidget() is made._empty
    assert not made.add_button.isEnabled()


def test_every_file_shows_rows_keys_and_orphans(page):
    assert _cells(page.files, 0) == ["operationer · ärenden", "400", "6", "1", "0", "0"]
    assert _cells(page.files, 1)[-2:] == ["2", "14"]


def test_the_columns_show_what_they_hold(page):
    assert _cells(page.columns, 1) == ["PNR", "personnummer", "100\u00a0%", "398", "19770101-****"]


def test_personnummer_are_masked_among_the_first_rows(qtbot, tmp_path):
    rows = RowsPage(("OPNR", "PNR"), 1, 0, (("2600000", "19770101-2382"),))
    desktop = Desktop(tmp_path, {"rows_page": rows})
    made = SourcePage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    settle(qtbot, desktop)
    table = made.findChild(QWidget, "first-rows")
    assert _cells(table, 0) == ["2600000", "19770101-****"]
    desktop.backend.close()


def test_encodings_are_offered_with_the_telling_line(page):
    offers = [page.reading.encoding.itemText(i) for i in range(page.reading.encoding.count())]
    assert offers[0].startswith("Windows-1252:  Övrigt")
    assert "(tveksam)" in offers[1]
    assert page.reading.encoding.value() == "cp1252"
    assert "Åsa" in page.reading.telling.text()


def test_another_encoding_is_a_change_that_can_be_undone(page, desktop, qtbot):
    reads = desktop.channel.times("read_tables")
    page.reading.encoding.setCurrentIndex(1)
    page.reading.encoding.activated.emit(1)
    assert desktop.document.project.sources[0].encoding == "utf-8"
    assert desktop.document.undo_stack.undoText() == "läs operationer som utf-8"
    settle(qtbot, desktop)
    assert desktop.channel.times("read_tables") == reads + 1
    desktop.document.undo_stack.undo()
    assert desktop.document.project == PROJECT
    settle(qtbot, desktop)


def test_choosing_a_file_shows_how_it_is_read(page, qtbot, desktop):
    page.files.choose(1)
    settle(qtbot, desktop)
    assert page.chosen_table.source.name == "planeringar"
    assert not page.reading.case_table.isHidden()
    page.reading.case_table.click()
    assert desktop.document.project.case_table == "planeringar"
    settle(qtbot, desktop)


def test_a_place_chooses_its_table(page, qtbot, desktop):
    page.arrive(Place("source", {"table": "planeringar"}))
    settle(qtbot, desktop)
    assert page.chosen_table.source.name == "planeringar"


def test_removing_a_file_removes_what_needs_it(page, desktop, qtbot):
    page.remove()
    assert [one.name for one in desktop.document.project.sources] == ["planeringar"]
    assert desktop.document.project.links == ()
    settle(qtbot, desktop)


def test_a_file_that_cannot_be_read_says_why(qtbot, tmp_path):
    broken = TableView(SOURCES[0], problem=Problem("file-missing", (("name", "a.csv"),)))
    answers = {"read_tables": (broken, TABLES[1]), "rows_page": ExportError("file-missing")}
    desktop = Desktop(tmp_path, answers)
    made = SourcePage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    settle(qtbot, desktop)
    assert made.reading.problem.text() == "Går inte att läsa"
    assert made.files.model().index(0, 0).data(3)
    assert desktop.said == []
    desktop.backend.close()


def test_a_new_file_is_described_and_added(qtbot, tmp_path):
    desktop = Desktop(tmp_path, {"describe_source": Source("opkoder", "opkoder.csv", "OPNR")})
    made = SourcePage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    settle(qtbot, desktop)
    made.arrive(Place("source", {"add": "/x/opkoder.csv"}))
    settle(qtbot, desktop)
    assert desktop.document.project.sources[-1].name == "opkoder"
    assert desktop.document.undo_stack.undoText() == "lägg till opkoder"
    desktop.backend.close()


def test_two_files_of_one_name_are_told_apart():
    project = add_source(Project("x", "spor-4.1"), Source("a", "a.csv", "K"))
    again = add_source(project, Source("a", "b/a.csv", "K"))
    assert [one.name for one in again.sources] == ["a", "a 2"]
    assert again.case_table == "a"
    assert remove_source(remove_source(again, "a"), "a 2").case_table == ""


def test_numbers_are_never_rounded_to_all_or_nothing():
    assert [share(part, 1000) for part in (0, 1, 999, 1000)] == [
        "0\u00a0%", "<\u00a01\u00a0%", "99\u00a0%", "100\u00a0%",
    ]  # fmt: skip
    assert share(0, 0) == "–"
    assert count(1234567) == "1\u00a0234\u00a0567"


def test_what_a_column_looks_like_is_said_in_swedish():
    assert looks("person_id") == "personnummer"
    assert looks("something-new") == "something-new"
