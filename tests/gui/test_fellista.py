"""What the user sees and does under Fellista: why, which are right now, and send them again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.errors import StageError
from app.core.mapping import Source
from app.gui.fellista.columns import case_columns, reason_columns
from app.gui.fellista.correction import corrected
from app.gui.fellista.page import FellistaPage
from app.gui.widgets.rows import RowsModel
from app.workflow.views import FellistaView
from tests.support import gui_pages as made
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    yield window
    window.close()


@pytest.fixture
def page(qtbot, window):
    page = FellistaPage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    qtbot.waitUntil(lambda: window.session.summary is not None)
    return page


@pytest.fixture
def read(qtbot, page):
    qtbot.mouseClick(page.read_stage, CLICK)
    qtbot.waitUntil(lambda: page.browser.cases.rows.rowCount() == 3)
    return page


def test_without_a_project_the_page_says_what_to_do(qtbot, tmp_path):
    window = Window(tmp_path, project=False)
    page = FellistaPage(window.context)
    qtbot.addWidget(page)
    page.show()
    assert page.nothing.isVisible()
    assert not page.read_stage.isEnabled()
    window.close()


def test_before_a_list_is_read_the_page_offers_to_read_one(qtbot, page):
    assert page.empty.isVisible()
    qtbot.mouseClick(page.empty.button, CLICK)
    qtbot.waitUntil(page.browser.cases.isVisible)


def test_the_list_shows_cases_forecasts_and_causes(read):
    reasons = read.browser.reasons.rows
    assert (reasons.index(0, 0).data(), reasons.index(0, 1).data()) == (
        "Operationsstart ligger efter operationsslut",
        "2",
    )
    assert read.browser.cases.rows.index(2, 2).data() == "Avvisad"
    assert read.browser.count.text() == "3 ärenden"
    assert read.browser.inspector.title.text() == "2200003"


def test_the_inspector_tells_what_is_found_and_what_a_resend_changes(qtbot, read):
    qtbot.waitUntil(lambda: read.browser.inspector.difference.counts == (1, 1))
    assert made.PERSON not in read.browser.inspector.difference.toPlainText()
    read.browser.cases.choose(1)
    assert read.browser.inspector.title.text() == "2200010"
    assert "Rätta tiderna" in read.browser.inspector.findings.facts.text


def test_a_case_that_is_not_in_the_export_is_not_asked_for(read, window):
    before = window.desk.times("case_detail")
    read.browser.cases.choose(2)
    assert "finns inte i den inlästa exporten" in read.browser.inspector.meaning.text()
    assert not read.browser.inspector.open.isEnabled()
    assert window.desk.times("case_detail") == before


def test_the_green_ones_go_to_send(qtbot, read, window):
    assert read.browser.resend.text() == "Skicka om 1 grönt"
    qtbot.mouseClick(read.browser.resend, CLICK)
    assert window.places == [("sending", {"cases": "2200003"})]


def test_without_green_ones_there_is_nothing_to_send_and_the_page_says_so(qtbot, read, window):
    window.session.set_fellista(replace(made.FELLISTA, cases=made.FELLISTA.cases[1:]))
    assert not read.browser.resend.isEnabled()
    assert "rätt som det nu är" in read.browser.resend.toolTip()


def test_an_empty_list_says_that_nothing_waits(read, window):
    window.session.set_fellista(FellistaView((), ()))
    assert read.browser.count.text() == "Listan är tom. Inget väntar på att rättas."
    assert read.browser.inspector.title.text() == "Inget ärende är valt"


def test_a_cause_shows_only_its_cases(qtbot, read):
    read.browser.reasons.choose(1)
    read.browser.reasons.activated.emit(read.browser.reasons.currentIndex())
    assert read.browser.cases.rows.rowCount() == 1
    assert read.browser.filter.isVisible()
    qtbot.mouseClick(read.browser.filter, CLICK)
    assert read.browser.cases.rows.rowCount() == 3


def test_a_case_of_the_list_is_shown_under_cases(qtbot, read, window):
    qtbot.mouseClick(read.browser.inspector.open, CLICK)
    assert window.places[-1] == ("cases", {"case": "2200003"})


def test_a_pasted_list_is_read(qtbot, page, window):
    qtbot.mouseClick(page.paste, CLICK)
    assert page.panel.isVisible()
    assert not page.panel.confirm.isEnabled()
    page.panel.text.setPlainText("2200003;fel\n2200010")
    qtbot.mouseClick(page.panel.confirm, CLICK)
    qtbot.waitUntil(lambda: page.browser.cases.rows.rowCount() == 3)
    assert window.desk.arguments("read_fellista_text") == ("2200003;fel\n2200010",)
    assert not page.panel.isVisible()


def test_a_stage_that_is_down_is_told(qtbot, page, window):
    window.desk.fail("read_stage_fellista", StageError("stage-not-running"))
    qtbot.mouseClick(page.read_stage, CLICK)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.empty.isVisible()


def test_the_list_is_judged_anew_after_a_check(qtbot, read, window):
    before = window.desk.times("read_stage_fellista")
    window.session.check()
    qtbot.waitUntil(lambda: window.desk.times("read_stage_fellista") > before)


def test_a_list_that_is_gone_is_not_asked_for_for_ever(qtbot, read, window):
    window.desk.fail("read_stage_fellista", StageError("stage-not-running"))
    window.session.sent.emit()
    qtbot.waitUntil(lambda: bool(window.said))
    count = window.desk.times("read_stage_fellista")
    window.session.sent.emit()
    assert window.desk.times("read_stage_fellista") == count


def test_a_corrected_export_is_one_change_that_can_be_undone(page, window, tmp_path):
    folder = tmp_path / "rättad"
    folder.mkdir()
    (folder / "operationer.csv").write_text("OPNR\n", encoding="utf-8")
    page.load_corrected(str(folder))
    assert window.document.project.sources[0].path == "rättad/operationer.csv"
    assert window.document.undo_stack.count() == 1
    window.document.undo_stack.undo()
    assert window.document.project == made.PROJECT


def test_a_folder_without_the_files_changes_nothing(page, window, tmp_path):
    page.load_corrected(str(tmp_path))
    assert window.document.project == made.PROJECT
    assert "Ingen av projektets filer" in window.said[-1]


def test_files_that_are_not_in_the_folder_are_read_as_before(page, window, tmp_path):
    other = Source("Diagnoser", "export/diagnoser.csv", "OPNR")
    window.document.change("x", replace(made.PROJECT, sources=(*made.PROJECT.sources, other)))
    (tmp_path / "operationer.csv").write_text("OPNR\n", encoding="utf-8")
    page.load_corrected(str(tmp_path))
    assert window.document.project.sources[1] == other
    assert "diagnoser.csv" in window.said[-1]


def test_a_folder_elsewhere_keeps_its_whole_path(tmp_path):
    (tmp_path / "operationer.csv").write_text("OPNR\n", encoding="utf-8")
    project, missing = corrected(made.PROJECT, tmp_path, "/somewhere/else")
    assert project.sources[0].path == str(tmp_path / "operationer.csv")
    assert missing == ()


def test_the_lists_obey_qts_rules(qtmodeltester, qtbot):
    qtmodeltester.check(RowsModel(case_columns(), made.FELLISTA.cases))
    qtmodeltester.check(RowsModel(reason_columns(), made.FELLISTA.reasons))
