"""One case from its rows to its attempts, and the ways from each of its tabs."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSplitter, QWidget

from app.gui.cases.one.inspector import CaseInspector
from app.gui.cases.one.wording import variable_name
from app.language.text import _, ngettext
from tests.support import gui_case as one
from tests.support import gui_pages as made
from tests.support.gui import shipped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CASE = "2200003"


@pytest.fixture
def inspector(qtbot):
    inspector = CaseInspector(one.PROFILE)
    qtbot.addWidget(inspector)
    inspector.resize(460, 560)
    inspector.show()
    inspector.show_case(one.case_detail(CASE))
    return inspector


def turn_to(inspector, tab):
    inspector.tabs.setCurrentWidget(tab)
    return tab


def told(qtbot, signal, act):
    """Return what a signal says while something is done."""
    with qtbot.waitSignal(signal) as caught:
        act()
    return caught.args


def test_the_head_says_number_verdict_and_worst_finding(inspector):
    assert inspector.title.text() == CASE
    assert inspector.heading.meaning.text() == "Genomförd"
    assert inspector.heading.worst.text() == "Fellista"


def test_rows_stand_as_in_the_file_under_table_and_line_with_what_they_give(inspector):
    rows = turn_to(inspector, inspector.rows).table.rows
    assert rows.index(0, 0).data() == _("{table}, line {row}").format(table="Operationer", row=42)
    assert [rows.index(row, 1).data() for row in range(1, 5)] == [
        CASE,
        made.MASKED,
        "08:05",
        "07:30",
    ]
    assert rows.index(3, 2).data() == "V565"


def test_a_cell_leads_to_its_mapping_and_to_its_row_in_the_source(qtbot, inspector):
    rows = turn_to(inspector, inspector.rows)
    rows.table.choose(3)
    assert told(qtbot, inspector.mapping_wanted, inspector.show_mapping) == ["V565"]
    where = told(qtbot, inspector.source_wanted, inspector.show_source)
    assert where == ["Operationer", 42, "", "OPSTART"]


def test_a_value_shows_every_step_from_the_raw_text_to_what_is_sent(inspector):
    values = turn_to(inspector, inspector.values)
    values.choose("V565")
    text = values.stages.text
    order = ["OPDATUM", "2024-05-13", "OPSTART", "08:05", "2024-05-13 08:05", one.START]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_personnummer_is_masked_until_the_revealed_case_comes(qtbot, inspector):
    turn_to(inspector, inspector.document)
    assert made.PERSON not in inspector.document.view.toPlainText()
    assert told(qtbot, inspector.reveal_wanted, inspector.reveal.click) == [CASE]
    assert not inspector.reveal.isChecked()  # not before the journal has it
    inspector.show_case(one.case_detail(CASE, reveal=True))
    assert inspector.reveal.isChecked()
    assert inspector.heading.revealed.isVisible()  # and says that the journal has it
    assert made.PERSON in inspector.document.view.toPlainText()
    turn_to(inspector, inspector.values)
    assert inspector.values.table.rows.index(0, 1).data() == made.PERSON
    inspector.reveal.click()
    assert inspector.values.table.rows.index(0, 1).data() == made.MASKED


def test_what_is_copied_of_a_revealed_case_is_masked(qtbot, inspector):
    inspector.show_case(one.case_detail(CASE, reveal=True))
    for tab in (inspector.rows, inspector.values, inspector.difference):
        turn_to(inspector, tab).table.selectAll()
        qtbot.keyClick(tab.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        copied = QGuiApplication.clipboard().text()
        assert (made.MASKED in copied) is (tab is not inspector.difference)
        assert made.PERSON[-4:] not in copied


def test_the_next_case_is_masked_again(inspector):
    inspector.show_case(one.case_detail(CASE, reveal=True))
    inspector.show_case(one.case_detail("2200004"))
    assert not inspector.reveal.isChecked()
    turn_to(inspector, inspector.document)
    assert made.PERSON not in inspector.document.view.toPlainText()


def test_a_finding_says_why_what_decides_it_and_where(inspector):
    findings = turn_to(inspector, inspector.findings).list
    facts = findings.facts.text
    assert "Rätta tiderna i planeringssystemet" in facts
    assert "Integrationsguide 4.1, bilaga 3 (uppgivet av registret)" in facts
    assert "Operationer, OPSTART, rad 42" in facts
    assert one.START in findings.deciding.text


def test_nothing_said_about_a_finding_is_cut_off_where_the_pane_is_narrowest(qtbot, inspector):
    inspector.resize(inspector.minimumWidth(), 560)
    findings = turn_to(inspector, inspector.findings).list
    long = "V440 Tidpunkt för strykning (Planeringar, rad 1)"
    findings.deciding.show_facts(((long, one.START), (long, "(saknas)")))
    room = inspector.minimumWidth()
    qtbot.waitUntil(lambda: 0 < findings.deciding.minimumSizeHint().width() <= room)


def test_the_head_says_how_a_case_counts_in_whole_words_where_it_is_narrowest(qtbot, inspector):
    inspector.resize(inspector.minimumWidth(), 560)
    meaning = inspector.heading.meaning
    meaning.show_state("check", "Struken (planerad) · Planering", "text")
    qtbot.waitUntil(lambda: meaning.width() >= meaning.sizeHint().width())


def test_the_tab_tells_how_many_findings_there_are(inspector):
    place = inspector.tabs.indexOf(inspector.findings)
    assert inspector.tabs.tabText(place).split() == ["Anmärkningar", "1"]


def test_a_finding_leads_to_mapping_source_rule_and_document(qtbot, inspector):
    findings = turn_to(inspector, inspector.findings)
    assert told(qtbot, inspector.mapping_wanted, inspector.show_mapping) == ["V565"]
    where = told(qtbot, inspector.source_wanted, inspector.show_source)
    assert where == ["Operationer", 42, "", "OPSTART"]
    rule = told(qtbot, inspector.rule_wanted, inspector.show_in_register)
    assert rule == [{"rule": made.START_AFTER_END}]
    findings.list.place_wanted.emit(findings.list.chosen)
    assert inspector.tabs.currentWidget() is inspector.document
    assert "<operationStart>" in inspector.document.view.textCursor().block().text()
    assert inspector.document.view.pop_over.isVisible()


def test_a_line_of_the_document_leads_to_the_mapping(qtbot, inspector):
    document = turn_to(inspector, inspector.document)
    document.view.go_to("operationSlut")
    assert told(qtbot, inspector.mapping_wanted, inspector.show_mapping) == ["V570"]
    document.view.go_to("behandlingsnummer")
    assert told(qtbot, inspector.mapping_wanted, inspector.show_mapping) == ["behandlingsnummer"]


def test_what_is_not_sent_stands_below_the_document_with_its_reason(qtbot, inspector):
    unsent = turn_to(inspector, inspector.document).unsent
    words = ngettext("{count} variable is not sent", "{count} variables are not sent", 1)
    assert unsent.toggle.text() == words.format(count=1)
    assert not unsent.table.isVisible()
    qtbot.mouseClick(unsent.toggle, Qt.MouseButton.LeftButton)
    assert unsent.table.isVisible()
    assert unsent.table.rows.index(0, 0).data() == "V570 Operationsslut"
    unsent.table.choose(0)
    assert unsent.reason.isVisible()
    leads = inspector.ways.mapping  # a click there takes the focus from the list
    assert told(qtbot, inspector.mapping_wanted, leads.click) == ["V570"]


def test_how_it_counts_is_told_with_what_decides_and_what_would_change_it(qtbot, inspector):
    counting = turn_to(inspector, inspector.counting)
    deciders = counting.lists_shown[0]
    assert "V565 Operationsstart" in deciders.item(0).text()
    assert one.START in deciders.item(0).text()
    assert deciders.item(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith(_("Yes"))
    qtbot.mouseClick(counting.folds[0].head, Qt.MouseButton.LeftButton)
    changes = counting.lists_shown[1]
    assert changes.item(0).text().startswith("Avförd: ")
    assert "V310" in changes.item(0).text()
    assert changes.count() == 2  # the way that nobody could compute is told too


def test_what_decides_leads_to_its_value_and_its_mapping(qtbot, inspector):
    deciders = turn_to(inspector, inspector.counting).lists_shown[0]
    deciders.setFocus()
    deciders.setCurrentRow(0)
    assert told(qtbot, inspector.mapping_wanted, inspector.show_mapping) == ["V565"]
    qtbot.keyClick(deciders, Qt.Key.Key_Return)
    assert inspector.tabs.currentWidget() is inspector.values
    assert inspector.values.pointed().variable == "V565"


def test_a_count_leads_to_what_the_register_says_of_it(qtbot, inspector):
    counting = turn_to(inspector, inspector.counting)
    assert told(qtbot, inspector.rule_wanted, inspector.show_in_register) == [{"term": "genomford"}]
    head = next(fold.head for fold in counting.folds if "Operation enligt" in fold.head.text())
    qtbot.mouseClick(head, Qt.MouseButton.LeftButton)
    wanted = told(qtbot, inspector.rule_wanted, inspector.show_in_register)
    assert wanted == [{"term": "raknas_operation"}]


def test_a_removal_is_shouted_and_stands_first(inspector):
    difference = turn_to(inspector, inspector.difference)
    assert difference.shout.isVisible()
    assert difference.shout.text().startswith("1 ")
    first = [difference.table.rows.index(0, column).data() for column in range(4)]
    assert first == [_("Is wiped"), "V310 Tidpunkt för anmälan", "2024-04-02T09:10:00+02:00", ""]


def test_the_tab_warns_of_a_removal_before_it_is_opened(inspector):
    place = inspector.tabs.indexOf(inspector.difference)
    assert not inspector.tabs.tabIcon(place).isNull()
    assert inspector.tabs.tabToolTip(place).startswith("1 ")


def test_the_head_says_that_a_case_is_on_the_fellista_or_left_out(inspector):
    heading = inspector.heading
    assert not heading.listed.isVisible()
    detail = one.case_detail(CASE)
    row = replace(detail.row, fellista="listed", excluded="dubblett")
    inspector.show_case(replace(detail, row=row))
    assert heading.listed.text() == _("On the fellista")
    assert "dubblett" in heading.excluded.text()


def test_a_lost_answer_is_told_beside_what_was_accepted(inspector):
    difference = turn_to(inspector, inspector.difference)
    before = difference.against.text()
    detail = one.case_detail(CASE)
    lost = replace(detail.difference, lost="2026-03-01T11:00:00+00:00")
    inspector.show_case(replace(detail, difference=lost))
    assert difference.against.text().startswith(before)
    assert "2026-03-01 12:00" in difference.against.text().removeprefix(before)


def test_the_difference_can_be_read_as_lines_of_xml(qtbot, inspector):
    difference = turn_to(inspector, inspector.difference)
    qtbot.mouseClick(difference.turn, Qt.MouseButton.LeftButton)
    assert difference.lines.isVisible()
    assert difference.lines.counts == (1, 1)


def test_attempts_and_other_events_are_told(inspector):
    attempts = turn_to(inspector, inspector.attempts)
    assert attempts.table.rows.rowCount() == 1
    assert attempts.events.rows.index(0, 2).data() == "dubblett"


def test_the_exact_bytes_are_one_click_away_and_saved_only_when_revealed(qtbot, inspector):
    document = turn_to(inspector, inspector.document)
    asked = told(qtbot, inspector.request_wanted, document.exact.click)
    assert asked == [CASE]
    inspector.show_request(one.case_request(CASE, "local"))
    assert document.bytes.text.isVisible()
    assert made.PERSON not in document.bytes.text.toPlainText()
    assert not document.bytes.save.isEnabled()
    qtbot.keyClick(document.bytes.text, Qt.Key.Key_Escape)
    assert document.view.isVisible()
    inspector.show_request(one.case_request(CASE, "local", reveal=True))
    assert document.bytes.save.isEnabled()


def test_nothing_pointed_at_leads_nowhere_and_says_why(inspector):
    turn_to(inspector, inspector.attempts)
    for button in (inspector.ways.mapping, inspector.ways.source, inspector.ways.register):
        assert not button.isEnabled()
        assert button.toolTip()


def test_every_tab_bears_that_there_is_no_case(inspector):
    inspector.show_case(None)
    for tab in range(inspector.tabs.count()):
        inspector.tabs.setCurrentIndex(tab)
    assert inspector.title.text() == "Inget ärende är valt"
    assert not inspector.tabs.isEnabled()


def test_the_case_can_have_all_the_room(qtbot, inspector):
    splitter, beside = QSplitter(), QWidget()
    qtbot.addWidget(splitter)
    splitter.addWidget(beside)
    splitter.addWidget(inspector)
    splitter.show()
    inspector.room.click()
    assert not beside.isVisible()
    assert inspector.isVisible()
    inspector.room.click()
    assert beside.isVisible()
    inspector.setParent(None)


def test_a_variable_is_named_once_with_the_number_that_the_register_gave_it():
    shown = {one.id: variable_name(one.id, shipped()) for one in shipped().variables}
    assert shown["V565"] == "V565 Operation start"
    assert shown["behandlingsnummer"] == "Behandlingsnummer"
    assert not [name for one, name in shown.items() if name.startswith(f"{one} {one}")]
