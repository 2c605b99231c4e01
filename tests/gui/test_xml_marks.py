"""The XML of a case to read: folds, search, findings, and what is copied of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QWidget

from app.gui.widgets.masking import mask_part
from app.gui.widgets.xml_lines import read_lines
from app.gui.widgets.xml_marks import Mark, step_from
from app.gui.widgets.xml_panel import XmlPanel
from app.language.text import _
from tests.support.gui_pages import MASKED, PERSON, document

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CASE = document("2200001")
START, END = 10, 11  # lines of the operation's times
MARKS = (
    Mark(END, 21, 25, "refused", "Slutet är fel", "Rätta det", 1),
    Mark(START, 22, 25, "fellista", "Starten är sen", "Rätta den", 0),
)
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(qtbot):
    panel = XmlPanel()
    qtbot.addWidget(panel)
    panel.resize(560, 420)
    panel.show()
    panel.show_document(CASE, "patientId", "2200001")
    panel.show_marks(MARKS)
    panel.view.setFocus()
    return panel


def shown(panel):
    """Return the lines that are not folded away."""
    blocks = map(panel.view.document().findBlockByNumber, range(panel.view.blockCount()))
    return [block.blockNumber() for block in blocks if block.isVisible()]


def caret(panel):
    return panel.view.textCursor().blockNumber()


def test_minus_folds_what_the_caret_stands_in_and_plus_unfolds_it(qtbot, panel):
    panel.view.go_to_line(START)
    qtbot.keyClicks(panel.view, "-")
    assert START not in shown(panel)
    assert caret(panel) == START - 1
    qtbot.keyClicks(panel.view, "-")  # the next one outwards
    assert caret(panel) == 3
    qtbot.keyClicks(panel.view, "++")
    assert START - 1 in shown(panel)


def test_all_but_the_outermost_part_folds_and_everything_unfolds(qtbot, panel):
    everything = shown(panel)
    qtbot.keyClicks(panel.view, "/")
    assert START not in shown(panel)
    assert 2 in shown(panel)
    qtbot.keyClicks(panel.view, "*")
    assert shown(panel) == everything


def test_folded_lines_take_no_room_and_say_how_many_they_are(qtbot, panel):
    panel.resize(560, 160)
    before = panel.view.verticalScrollBar().maximum()
    qtbot.keyClicks(panel.view, "/")
    assert panel.view.verticalScrollBar().maximum() < before
    assert panel.view.folding.hidden_by(3) == 10
    assert not panel.view.grab().isNull()


def test_a_click_in_the_margin_folds_and_unfolds(qtbot, panel):
    gutter, view = panel.view.gutter, panel.view
    place = view.blockBoundingGeometry(view.document().findBlockByNumber(6))
    middle = QPoint(gutter.width() - 6, int(place.translated(view.contentOffset()).center().y()))
    qtbot.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=middle)
    assert 7 not in shown(panel)
    qtbot.mouseClick(gutter, Qt.MouseButton.LeftButton, pos=middle)
    assert 7 in shown(panel)


def test_f8_goes_from_finding_to_finding_and_tells_about_each(qtbot, panel):
    qtbot.keyClick(panel.view, Qt.Key.Key_F8)
    assert caret(panel) == START
    assert panel.view.pop_over.isVisible()
    assert panel.view.pop_over.text.text() == "Starten är sen"
    assert panel.told.text() == _("Finding {number} of {count}").format(number=1, count=2)
    qtbot.keyClick(panel.view, Qt.Key.Key_F8)
    assert caret(panel) == END
    qtbot.keyClick(panel.view, Qt.Key.Key_F8, SHIFT)
    assert caret(panel) == START


def test_the_pop_over_has_room_for_all_of_its_sentence(qtbot, panel):
    note = panel.view.pop_over
    for width in (560, 300):
        panel.resize(width, 420)
        panel.view.step(1)
        inside = note.contentsRect()
        assert inside.height() < note.height()  # its edge takes some
        assert inside.height() >= note.layout().heightForWidth(inside.width())


def test_the_buttons_go_round_from_the_last_finding_to_the_first(qtbot, panel):
    for line in (START, END, START):
        qtbot.mouseClick(panel.after, Qt.MouseButton.LeftButton)
        assert caret(panel) == line
    qtbot.mouseClick(panel.before, Qt.MouseButton.LeftButton)
    assert caret(panel) == END


def test_of_two_findings_at_one_place_both_are_told(qtbot, panel):
    second = Mark(START, 22, 25, "note", "Också sen", "", 2)
    panel.show_marks((*MARKS, second))
    told = []
    for _press in range(3):
        qtbot.keyClick(panel.view, Qt.Key.Key_F8)
        told.append(panel.view.pop_over.text.text())
    assert told == ["Starten är sen", "Också sen", "Slutet är fel"]
    qtbot.keyClick(panel.view, Qt.Key.Key_F8, SHIFT)
    assert panel.view.pop_over.text.text() == "Också sen"


def test_after_the_last_finding_f8_is_the_pages_own_again(qtbot, panel):
    heard = []
    page = QWidget()
    qtbot.addWidget(page)
    panel.setParent(page)
    action = page.addAction("next case")
    action.setShortcut("F8")
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda: heard.append(True))
    page.show()
    panel.show()
    page.activateWindow()
    panel.view.setFocus()
    qtbot.waitUntil(panel.view.hasFocus)
    for _press in MARKS:
        qtbot.keyClick(panel.view, Qt.Key.Key_F8)
        assert not heard
    qtbot.keyClick(panel.view, Qt.Key.Key_F8)
    assert heard
    panel.setParent(None)


def test_a_folded_finding_is_unfolded_when_somebody_goes_to_it(qtbot, panel):
    qtbot.keyClicks(panel.view, "/")
    qtbot.keyClick(panel.view, Qt.Key.Key_F8)
    assert START in shown(panel)


def test_enter_tells_about_the_finding_on_the_line_and_esc_closes_it(qtbot, panel):
    panel.view.go_to_line(END)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert panel.view.pop_over.isVisible()
    assert panel.view.accessibleDescription() == f"{_('Would be refused')}: Slutet är fel"
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert not panel.view.pop_over.isVisible()


def test_the_ruler_shows_every_finding_where_it_is_and_leads_there(qtbot, panel):
    places = panel.view.ruler.places()
    assert [mark.line for mark, _place in places] == [START, END]
    assert places[0][1].top() < places[1][1].top()
    qtbot.mouseClick(panel.view.ruler, Qt.MouseButton.LeftButton, pos=places[1][1].center())
    assert caret(panel) == END


def test_findings_are_underlined_in_the_text(panel):
    waves = [one for one in panel.view.extraSelections() if one.format.fontUnderline() is not None]
    texts = [one.cursor.selectedText() for one in waves]
    assert texts == ["2024-05-13T08:05:00+02:00", "2024-05-13T07:30:00+02:00"]


def test_ctrl_f_finds_in_the_document_and_f3_goes_on(qtbot, panel):
    qtbot.keyClick(panel.view, Qt.Key.Key_F, CONTROL)
    assert panel.finder.field.hasFocus()
    qtbot.keyClicks(panel.finder.field, "OPERATIONS")
    assert panel.finder.count.text() == _("{number} of {count}").format(number=1, count=4)
    first = panel.view.textCursor().position()
    qtbot.keyClick(panel.finder.field, Qt.Key.Key_F3)
    assert panel.view.textCursor().position() > first
    qtbot.keyClick(panel.finder.field, Qt.Key.Key_F3, SHIFT)
    assert panel.view.textCursor().position() == first
    qtbot.keyClick(panel.finder.field, Qt.Key.Key_Escape)
    assert not panel.finder.isVisible()
    assert panel.view.hasFocus()


def test_what_is_not_found_is_said(qtbot, panel):
    qtbot.keyClick(panel.view, Qt.Key.Key_F, CONTROL)
    qtbot.keyClicks(panel.finder.field, "finns inte")
    assert panel.finder.count.text() == _("Not found")


def test_what_is_copied_is_masked_though_it_is_revealed(qtbot, panel):
    panel.view.reveal(True)
    assert PERSON in panel.view.toPlainText()
    panel.view.selectAll()
    panel.view.copy()
    assert PERSON not in QGuiApplication.clipboard().text()
    assert MASKED in QGuiApplication.clipboard().text()


def test_the_menu_copies_masked_too(panel):
    panel.view.reveal(True)
    panel.view.selectAll()
    copy = next(one for one in panel.view.actions() if one.text().endswith("Ctrl+C"))
    copy.trigger()
    assert MASKED in QGuiApplication.clipboard().text()


def test_half_a_personnummer_is_masked_too(qtbot, panel):
    panel.view.reveal(True)
    at = panel.view.toPlainText().index(PERSON)
    chosen = panel.view.textCursor()
    chosen.setPosition(at + 6)
    chosen.setPosition(at + 12, QTextCursor.MoveMode.KeepAnchor)
    panel.view.setTextCursor(chosen)
    panel.view.copy()
    assert PERSON[-4:] not in QGuiApplication.clipboard().text()


@pytest.mark.parametrize("first", range(0, 40, 3))
@pytest.mark.parametrize("size", [1, 5, 12, 40])
def test_no_part_of_a_document_lets_the_last_four_digits_out(first, size):
    text = f"<a><patientId>{PERSON}</patientId><b>x</b></a>"
    assert PERSON[-4:] not in mask_part(text, first, first + size, "patientId")


def test_the_lines_know_their_elements():
    lines = read_lines(CASE)
    assert lines.path_at(START) == (
        "postRegistrationRequest",
        "registrering",
        "operation",
        "operationStart",
    )
    assert lines.path_at(12)[-1] == "operation"  # its end
    assert lines.folds[9] == 12
    end = lines.find(("operation", "operationSlut"))
    assert end is not None
    assert end.first == END
    assert lines.find(("operationSlut",), 1) is None


def test_two_elements_on_one_line_and_prefixes_are_read():
    lines = read_lines("<x:a><x:b/><!-- <c> --><x:d>\n</x:d></x:a>")
    assert [one.path[-1] for one in lines.elements] == ["a", "b", "d"]
    assert lines.folds == {0: 1}


@given(st.text(alphabet="<>/abc!-[]\n \"'=", max_size=80))
def test_any_text_is_read_within_its_lines(text):
    lines = read_lines(text)
    last = text.count("\n")
    assert all(0 <= one.first <= one.last <= last for one in lines.elements)
    assert all(first < end <= last for first, end in lines.folds.items())


def test_there_is_nothing_before_the_first_mark_or_after_the_last():
    marks = tuple(sorted(MARKS, key=lambda one: one.line))
    assert step_from(marks, START, 22, -1) is None
    assert step_from(marks, END, 21, 1) is None
    assert step_from(marks, -1, 0, 1) is marks[0]
