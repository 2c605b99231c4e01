"""What the user sees and does under Ärenden."""

from dataclasses import replace

import pytest
import shiboken6
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

from app.core.errors import ExportError
from app.gui.cases.list.columns import case_columns, filled_columns
from app.gui.cases.page import CasesPage
from app.gui.frame.navigator import Place, joined
from app.gui.frame.panes import focus_next, panes_of
from app.gui.widgets.long_list import LongList
from app.workflow.views import CaseRow, OpenProject, Problem
from tests.support import gui_case
from tests.support import gui_pages as made
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    yield window
    window.close()


def listed(page):
    """Return how many cases the list holds."""
    return page.browser.model.total if page.browser else 0


@pytest.fixture
def page(qtbot, window):
    page = CasesPage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    qtbot.waitUntil(lambda: listed(page) == 400)
    return page


def choose(qtbot, page, number):
    page.browser.table.choose(number)
    case = page.browser.model.row_at(number).case
    qtbot.waitUntil(lambda: page.browser.inspector.title.text() == case)
    return page.browser.inspector


def test_without_a_project_the_page_says_what_to_do(qtbot, tmp_path):
    window = Window(tmp_path, project=False)
    page = CasesPage(window.context)
    qtbot.addWidget(page)
    page.show()
    assert page.nothing.isVisible()
    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    assert window.places == [("start", {})]
    window.close()


def test_an_export_that_cannot_be_checked_offers_to_check_again(qtbot, window):
    window.desk.fail("analyse", ExportError("file-missing", name="operationer.csv"))
    page = CasesPage(window.context)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(window.said))
    assert "operationer.csv" in window.said[0] or window.said[0]
    assert page.unchecked.isVisible()
    window.desk.answers["analyse"] = lambda *_arguments: made.SUMMARY
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: listed(page) == 400)


def test_the_cases_come_with_verdict_and_worst_finding(page):
    model = page.browser.model
    titles = [column.title for column in model.columns]
    assert titles == ["Ärende", "Räknas som", "Värsta anmärkning", "Ändring", "Försök", "Fellista"]
    assert model.index(0, 0).data() == "2200001"
    assert model.index(0, 1).data() == "Genomförd"
    assert model.index(2, 2).data() == "Fellista: Operationsstart ligger efter operationsslut"
    assert model.index(2, 2).data(Qt.ItemDataRole.DecorationRole) is not None
    assert page.browser.pane.count.text() == "400 ärenden"


def stand_at(qtbot, page, case):
    qtbot.waitUntil(lambda: getattr(page.browser.table.current_row(), "case", "") == case)


def test_f8_goes_to_the_next_case_with_findings_and_back(qtbot, page):
    page.browser.table.setFocus()
    qtbot.keyClick(page.browser.table, Qt.Key.Key_F8)
    stand_at(qtbot, page, "2200002")
    qtbot.keyClick(page.browser.table, Qt.Key.Key_F8)
    qtbot.keyClick(page.browser.table, Qt.Key.Key_F8)
    stand_at(qtbot, page, "2200005")
    qtbot.keyClick(page.browser.table, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    stand_at(qtbot, page, "2200003")


def test_f8_after_the_last_finding_begins_again_and_says_so(qtbot, page, window):
    page.browser.table.choose(399)
    page._step(1)
    stand_at(qtbot, page, "2200002")
    assert "började om" in window.said[-1] or "began again" in window.said[-1]


def test_f8_without_findings_in_the_list_says_so(qtbot, page, window):
    window.desk.answers["next_with_findings"] = lambda *_arguments: -1
    page._step(1)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.browser.table.current_row() is None


def test_searching_asks_for_the_number_after_a_rest(qtbot, page, window):
    page.browser.filters.search.setText("2200003")
    qtbot.waitUntil(lambda: page.browser.model.total == 1)
    assert window.desk.arguments("case_page")[0].text == "2200003"


def test_a_header_sorts(page, window):
    page.browser.table.sort_wanted.emit("tier", True)
    wanted = window.desk.arguments("case_page")[0]
    assert (wanted.sort, wanted.descending) == ("tier", True)


def test_nothing_selected_cannot_be_sent_and_says_why(page):
    assert not page.browser.pane.send.isEnabled()
    assert page.browser.pane.send.toolTip()


def test_selected_cases_go_to_send_also_those_not_fetched_yet(qtbot, page, window):
    selection = page.browser.table.selectionModel()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for number in (0, 5, 399):
        selection.select(page.browser.model.index(number, 0), flags)
    qtbot.mouseClick(page.browser.pane.send, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.places))
    assert window.places[-1] == ("sending", {"cases": joined(("2200001", "2200006", "2200400"))})


def test_a_place_leads_to_one_case_or_one_cause(page, window):
    page.arrive(Place("cases", {"case": "2200004"}))
    assert window.desk.arguments("case_page")[0].text == "2200004"
    page.arrive(Place("cases", {"cause": made.START_AFTER_END}))
    assert window.desk.arguments("case_page")[0].cause == made.START_AFTER_END


def test_after_sending_the_list_and_the_shown_case_are_fetched_anew(qtbot, page, window):
    choose(qtbot, page, 2)
    before = window.desk.times("case_detail")
    window.session.sent.emit()
    qtbot.waitUntil(lambda: window.desk.times("case_detail") > before)
    assert page.browser.inspector.title.text() == "2200003"


def test_a_case_that_cannot_be_shown_leaves_the_inspector_empty(qtbot, page, window):
    window.desk.fail("case_detail", ExportError("file-locked", name="x.csv"))
    page.browser.table.choose(1)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.browser.inspector.title.text() == "Inget ärende är valt"


def test_a_list_that_cannot_be_fetched_says_so(qtbot, page, window):
    window.desk.fail("case_page", ExportError("file-locked", name="x.csv"))
    page.browser.reload()
    qtbot.waitUntil(lambda: bool(window.said))


def pages_of(total):
    """Return a fetch that answers at once, and what it was asked."""
    asked = []

    def fetch(offset, count, arrived, _failed):
        asked.append(offset)
        rows = tuple(made.case_row(number) for number in range(offset, min(offset + count, total)))
        arrived(total, rows)

    return fetch, asked


def test_the_list_obeys_qts_rules(qtmodeltester, qtbot):
    fetch, _asked = pages_of(250)
    model = LongList(case_columns(made.PROFILE), fetch)
    model.reload()
    qtmodeltester.check(model)


def test_a_million_cases_are_fetched_only_where_they_are_looked_at(qtbot):
    fetch, asked = pages_of(1_000_000)
    model = LongList(case_columns(made.PROFILE), fetch)
    model.reload()
    assert model.rowCount() == 1_000_000
    for number in (500_000, 500_010, 999_999):
        assert model.row_at(number) is None
    qtbot.waitUntil(lambda: model.row_at(999_999) is not None)
    qtbot.waitUntil(lambda: model.row_at(500_010) is not None)
    assert sorted(asked) == [0, 500_000, 999_800]


def test_pages_scrolled_past_are_not_fetched(qtbot):
    fetch, asked = pages_of(1_000_000)
    model = LongList(case_columns(made.PROFILE), fetch)
    model.reload()
    for page in range(1, 60):
        model.row_at(page * 200)
    qtbot.waitUntil(lambda: model.row_at(59 * 200) is not None)
    assert len(asked) < 8


def test_only_so_many_pages_are_kept(qtbot):
    fetch, _asked = pages_of(20_000)
    model = LongList(case_columns(made.PROFILE), fetch)
    model.reload()
    gathered: list[CaseRow] = []
    model.collect(range(20_000), gathered.extend)
    qtbot.waitUntil(lambda: len(gathered) == 20_000)
    assert [row.case for row in gathered[:2]] == ["2200001", "2200002"]
    assert model.row_at(0) is None  # let go of, and fetched again when looked at
    qtbot.waitUntil(lambda: model.row_at(0) is not None)


def test_an_answer_to_a_former_question_is_ignored(qtbot):
    late = []

    def fetch(offset, count, arrived, failed):
        late.append((arrived, failed))

    model = LongList(case_columns(made.PROFILE), fetch)
    model.reload()
    model.reload()
    late[0][0](9, (made.case_row(0),) * 9)
    late[0][1]()
    assert model.total == 0
    late[1][0](1, (made.case_row(7),))
    assert model.index(0, 0).data() == "2200008"
    model.clear()
    assert model.rowCount() == 0


def test_attempts_and_fellista_have_room_in_a_narrow_list_once_there_are_any():
    nothing = [("outcomes", "never", 400), ("fellista", "none", 400), ("fellista", "listed", 0)]
    assert filled_columns(nothing) == set()
    assert filled_columns([*nothing, ("outcomes", "created", 3)]) == {"attempts"}
    assert filled_columns([*nothing, ("fellista", "corrected", 1)]) == {"fellista"}


def test_tab_goes_from_the_list_to_its_buttons_and_on_to_the_case(qtbot, page):
    page.window().activateWindow()
    choose(qtbot, page, 3)
    table = page.browser.table
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    walked = []
    for _step in range(6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        walked.append(QApplication.focusWidget())
    pane = page.browser.pane
    assert walked[:4] == [pane.exclude, pane.validate, pane.export, pane.send]
    assert walked[4] is page.browser.inspector.reveal


def test_f6_goes_between_the_list_and_the_case_whichever_of_its_tabs_is_open(qtbot, page):
    page.window().activateWindow()
    inspector = choose(qtbot, page, 3)
    for tab in (inspector.rows, inspector.counting):
        inspector.tabs.setCurrentWidget(tab)
        page.browser.table.setFocus()
        qtbot.waitUntil(page.browser.table.hasFocus)
        focus_next(panes_of(page))
        assert QApplication.focusWidget() is inspector.tabs.tabBar()  # not what shows personnummer
        focus_next(panes_of(page))
        assert QApplication.focusWidget() is page.browser.table


def test_tab_goes_through_how_a_case_counts_before_the_ways_from_it(qtbot, page):
    page.window().activateWindow()
    inspector = choose(qtbot, page, 3)
    inspector.show_case(gui_case.case_detail(inspector.case))
    inspector.tabs.setCurrentWidget(inspector.counting)
    inspector.counting.area.setFocus()
    qtbot.waitUntil(inspector.counting.area.hasFocus)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert inspector.counting.area.isAncestorOf(QApplication.focusWidget())


def test_a_list_without_its_past_says_why_above_it(qtbot, page, window):
    assert not page.browser.unknown.isVisible()
    whole = window.desk.answers["case_page"]
    lost = Problem("journal-key-missing", (("name", "journal.db"),))
    window.desk.answers["case_page"] = lambda *asked: replace(whole(*asked), trouble=lost)
    page.browser.reload()
    qtbot.waitUntil(page.browser.unknown.isVisible)
    assert "journal.db" in page.browser.unknown.text()
    assert page.browser.model.total == 400
    window.desk.answers["case_page"] = whole
    page.browser.reload()
    qtbot.waitUntil(lambda: not page.browser.unknown.isVisible())


@pytest.mark.parametrize("deed", ["case_detail", "case_page", "next_with_findings", "case_counts"])
def test_an_answer_about_a_project_that_is_closed_reaches_nobody(qtbot, page, window, deed):
    window.desk.held.add(deed)
    former = page.browser
    former.shown.show("2200005")
    former.step(1)
    former.reload()
    project = OpenProject(made.PROJECT, str(window.document.path), made.PROFILE)
    window.document.open(project)
    assert page.browser is not former
    qtbot.waitUntil(lambda: not shiboken6.isValid(former))
    window.desk.held.clear()
    window.desk.release()
    qtbot.waitUntil(lambda: not window.backend.jobs)


def test_a_case_asked_for_while_the_export_is_checked_anew_comes_after_the_check(
    qtbot, page, window
):
    known = dict(window.desk.answers)
    window.desk.held.add("analyse")
    for deed in ("case_detail", "case_page"):
        window.desk.fail(deed, ExportError("not-checked"))
    window.session.check()
    page.browser.shown.show("2200005")
    page.browser.reload()
    qtbot.waitUntil(lambda: len(window.backend.jobs) == 1)
    assert not window.said
    window.desk.answers.update(known)
    window.desk.held.clear()
    window.desk.release()
    qtbot.waitUntil(lambda: page.browser.inspector.title.text() == "2200005")
