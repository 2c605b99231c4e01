"""Documents on screen: personnummer masked, differences by sign."""

import pytest

from app.gui.widgets.diff_lines import DiffLine, compare
from app.gui.widgets.diff_view import DiffView
from app.gui.widgets.masking import mask_cell, mask_xml
from app.gui.widgets.xml_view import XmlView
from tests.support.gui_pages import MASKED, PERSON, document

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CASE = document("2200001")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (PERSON, MASKED),
        ("19811218-9876", MASKED),
        ("811218-9876", "811218-****"),
        ("2200001", "2200001"),
        ("2024-05-13", "2024-05-13"),
        ("201305130805", "20130513-****"),  # a time it may be; hiding one too many does no harm
        ("", ""),
    ],
)
def test_a_cell_is_masked_when_a_personnummer_stands_in_it(text, shown):
    assert PERSON[8:] not in mask_cell(text)
    assert mask_cell(text) == shown


def test_a_cell_of_the_persons_column_is_masked_whatever_it_holds():
    assert "9876" not in mask_cell("8112189876", person=True)


def test_the_behandlingsnummer_stays_readable_though_it_may_look_like_a_person():
    assert mask_cell("8112180001", case="8112180001") == "8112180001"
    assert mask_xml("<nr>8112180001</nr>", "", "8112180001") == "<nr>8112180001</nr>"


def test_a_personnummer_is_masked_in_its_element_and_elsewhere():
    text = f"<a:patientId>{PERSON}</a:patientId><note>{PERSON}</note>"
    masked = mask_xml(text, "patientId")
    assert PERSON not in masked
    assert masked.count(MASKED) == 2


def test_the_document_is_masked_until_it_is_revealed(qtbot):
    view = XmlView()
    qtbot.addWidget(view)
    view.show_document(CASE, "patientId")
    assert PERSON not in view.toPlainText()
    assert MASKED in view.toPlainText()
    view.reveal(True)
    assert PERSON in view.toPlainText()


def test_the_document_cannot_be_edited_and_is_numbered(qtbot):
    view = XmlView()
    qtbot.addWidget(view)
    view.show_document(CASE, "patientId")
    view.resize(400, 300)
    view.show()
    assert view.isReadOnly()
    assert view.number_width() > 20
    assert not view.grab().isNull()


def test_the_caret_goes_to_the_element(qtbot):
    view = XmlView()
    qtbot.addWidget(view)
    view.show_document(CASE, "patientId")
    view.go_to("operationSlut")
    assert "<operationSlut>" in view.textCursor().block().text()
    line = view.textCursor().blockNumber()
    view.go_to("finnsInte")
    assert view.textCursor().blockNumber() == line


def test_equal_documents_have_no_difference():
    assert compare(CASE, CASE) == ()


def test_a_changed_line_is_shown_gone_and_new_with_a_little_around():
    lines = compare("a\nb\nc\nd\ne\nf", "a\nb\nc\nX\ne\nf")
    assert DiffLine("-", "d") in lines
    assert DiffLine("+", "X") in lines
    assert DiffLine("…", "") == lines[0]
    assert DiffLine(" ", "a") not in lines


def test_the_comparison_counts_and_masks(qtbot):
    view = DiffView()
    qtbot.addWidget(view)
    other = CASE.replace(PERSON, "199001012385").replace("07:30", "09:30")
    view.show_difference(CASE, other, "patientId")
    assert view.counts == (2, 2)
    assert PERSON not in view.toPlainText()
    assert "− " in view.toPlainText()
    assert "+ " in view.toPlainText()
    view.reveal(True)
    assert PERSON in view.toPlainText()
