"""Källa, reading: encodings by eye, the heading on the raw lines, widths, parts, further files."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.mapping import Source, SourceKind
from app.gui.source import widths
from app.workflow.source_views import Preview
from app.workflow.views import EncodingGuess
from tests.support.gui import settle
from tests.support.gui_source import GUESSES, PROJECT, SOURCES, cells, source_desktop, source_page

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FIXED = Source("lab", "lab.txt", "OPNR", kind=SourceKind.FIXED, widths=(8, 10, 6))
BOOK = Source("bok", "bok.xlsx", "OPNR", sheet="Blad1", kind=SourceKind.WORKBOOK)
LINES = Preview(("OPNR    PROV      VÄRDE ", "2600000 Hb        120   "), ("OPNR", "PROV"), (), 1)


@pytest.fixture
def other(qtbot, tmp_path):
    """Return what opens the page on one source only."""
    made = []

    def build(source, **changed):
        desktop = source_desktop(tmp_path, {"read_tables": (), **changed})
        project = replace(PROJECT, sources=(source,), case_table=source.name, links=())
        made.append(desktop)
        return desktop, source_page(qtbot, desktop, project)

    yield build
    for one in made:
        one.backend.close()


def _pick(choice, value):
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())


def test_the_three_best_encodings_show_the_same_line(page):
    form = page.detail.reading.form
    assert [one.text() for one in form.encoding.buttons.values()] == [
        "Windows-1252", "ISO-8859-15", "DOS 850 (doubtful)",
    ]  # fmt: skip
    assert form.encoding.value() == "cp1252"
    lines = [one.text() for one in form.encoding.lines.values()]
    assert lines[0] == "2600000;Övrigt; Åsa"
    assert len({line[:8] for line in lines}) == 1
    assert "Övrigt" in form.encoding.buttons["cp1252"].accessibleName()


def test_an_encoding_chosen_by_eye_is_a_change_that_can_be_undone(page, desktop, qtbot):
    reads = desktop.channel.times("read_tables")
    page.detail.reading.form.encoding.buttons["cp850"].click()
    assert desktop.document.project.sources[0].encoding == "cp850"
    assert desktop.document.undo_stack.undoText() == "read operationer as DOS 850"
    settle(qtbot, desktop)
    assert desktop.channel.times("read_tables") == reads + 1
    desktop.document.undo_stack.undo()
    assert desktop.document.project == PROJECT
    settle(qtbot, desktop)
    assert page.detail.reading.form.encoding.value() == "cp1252"


def test_an_encoding_that_is_not_among_the_best_can_be_chosen_and_is_then_shown(
    page, desktop, qtbot
):
    form = page.detail.reading.form
    _pick(form.encoding.other, "utf-8")
    settle(qtbot, desktop)
    assert desktop.document.project.sources[0].encoding == "utf-8"
    assert list(form.encoding.buttons) == ["cp1252", "iso-8859-15", "utf-8"]
    assert form.encoding.value() == "utf-8"


def test_the_raw_lines_mark_the_heading_and_the_table_below_comes_of_them(page):
    reading = page.detail.reading
    assert cells(reading.lines, 0) == ["1", "Utdrag 2026-01"]
    assert cells(reading.lines, 1)[0] == "2  heading"
    assert cells(reading.outcome, 0) == ["2600000", "19770101-****", "2025-12-25", ""]


def test_enter_on_a_line_makes_it_the_heading(page, desktop, qtbot):
    lines = page.detail.reading.lines
    lines.choose(0)
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Return)
    assert desktop.document.project.sources[0].header == 1
    assert desktop.document.undo_stack.undoText() == "heading of operationer: line 1"
    settle(qtbot, desktop)


def test_columns_without_a_heading_are_a_choice(page, desktop, qtbot):
    _pick(page.detail.reading.form.header, "-1")
    assert desktop.document.project.sources[0].header == -1
    settle(qtbot, desktop)


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [("delimiter", ",", ","), ("quote", "", ""), ("kind", "fixed", SourceKind.FIXED)],
)
def test_every_option_is_a_named_change(page, desktop, qtbot, name, value, stored):
    _pick(getattr(page.detail.reading.form, name), value)
    assert getattr(desktop.document.project.sources[0], name) == stored
    assert "operationer" in desktop.document.undo_stack.undoText()
    settle(qtbot, desktop)


def test_only_the_options_of_the_kind_are_shown(other):
    _desktop, page = other(FIXED, preview_source=LINES)
    form = page.detail.reading.form
    shown = {name for name, field in form._fields.items() if field.isVisible()}
    assert shown == {"kind", "encoding", "widths", "header", "files"}


def test_a_workbooks_sheets_are_offered(other, qtbot):
    sheets = (replace(BOOK, sheet="Blad1"), replace(BOOK, sheet="Koder"))
    desktop, page = other(BOOK, describe_sources=sheets)
    part = page.detail.reading.form.part
    assert [part.itemText(number) for number in range(part.count())] == ["Blad1", "Koder"]
    part.setCurrentIndex(1)
    part.activated.emit(1)
    assert desktop.document.project.sources[0].sheet == "Koder"
    settle(qtbot, desktop)


def test_borders_are_moved_by_key_by_click_and_by_their_numbers(other, qtbot):
    desktop, page = other(FIXED, preview_source=LINES)
    lines = page.detail.reading.lines
    lines.setFocus()
    lines.caret = 18
    qtbot.keyClick(lines, Qt.Key.Key_Space)
    assert desktop.document.project.sources[0].widths == (8, 16)
    settle(qtbot, desktop)
    lines.caret = 7
    qtbot.keyClick(lines, Qt.Key.Key_Right)
    assert lines.caret == 8
    field = page.detail.reading.form.widths
    field.setText("4, 4 16")
    field.editingFinished.emit()
    assert desktop.document.project.sources[0].widths == (4, 4, 16)
    settle(qtbot, desktop)
    place = lines.visualRect(lines.model().index(0, 1)).topLeft()
    place.setX(place.x() + 11 + round(12 * lines.sign_width))
    place.setY(place.y() + 8)
    qtbot.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desktop.document.project.sources[0].widths == (4, 4, 4, 12)
    settle(qtbot, desktop)


def test_widths_that_are_none_are_not_taken(other):
    desktop, page = other(FIXED, preview_source=LINES)
    field = page.detail.reading.form.widths
    field.setText("8 x")
    field.editingFinished.emit()
    assert desktop.document.project.sources[0].widths == (8, 10, 6)
    assert field.text() == "8 10 6"


def test_a_month_can_be_left_out_of_a_table(other, qtbot):
    several = replace(SOURCES[0], more=("feb.csv", "mar.csv"))
    desktop, page = other(several)
    form = page.detail.reading.form
    _pick(form.files, "feb.csv")
    form.leave_out.click()
    assert desktop.document.project.sources[0].more == ("mar.csv",)
    settle(qtbot, desktop)


def test_what_hinders_a_table_is_said_above_the_raw_lines(other):
    hindered = Preview(("x",), problem="file-empty", values=(("name", "a.csv"),))
    _desktop, page = other(SOURCES[0], preview_source=hindered)
    assert "a.csv is empty" in page.detail.reading.trouble.text()


def test_a_border_is_set_where_there_is_none_and_taken_where_there_is_one():
    assert widths.with_border((8, 10), 8, 18) == (18,)
    assert widths.with_border((18,), 8, 24) == (8, 16)
    assert widths.with_border((8, 10), 0, 18) == (8, 10)
    assert widths.with_border((8, 10), 40, 18) == (8, 10)
    assert widths.understood("0 4") == ()
    assert widths.understood(widths.said((8, 10))) == (8, 10)


def test_encodings_of_the_former_file_are_not_offered_for_another(page, desktop, qtbot):
    desktop.hold("guess_encodings")
    page.choose_table("koder")
    late = desktop.waiting("guess_encodings")[-1]
    page.choose_table("operationer")
    desktop.answer(desktop.waiting("guess_encodings")[-1], GUESSES)
    desktop.answer(late, (EncodingGuess("utf-16", "annan fil", False),))
    settle(qtbot, desktop)
    assert "utf-16" not in page.detail.reading.form.encoding.buttons
