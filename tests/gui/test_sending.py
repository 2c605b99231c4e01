"""What the user sees and does under Skicka: nothing leaves by the first press, nothing twice."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.entrance_settings import EntranceSettings, with_settings
from app.core.errors import GateClosed, StageError
from app.core.outcome import Outcome, OutcomeKind
from app.gui.frame.navigator import Place, joined
from app.gui.sending.page import SendingPage
from app.gui.sending.report import ReportView
from app.gui.sending.summary import held_back
from app.language.text import _
from app.workflow.views import SendReport
from tests.support import gui_pages as made
from tests.support import gui_shelf as shelves
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
    page = SendingPage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    qtbot.waitUntil(page.sum_up.isEnabled)
    return page


def sum_up(qtbot, page):
    qtbot.mouseClick(page.sum_up, CLICK)
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.summary)


def test_without_a_project_the_page_says_what_to_do(qtbot, tmp_path):
    window = Window(tmp_path, project=False)
    page = SendingPage(window.context)
    qtbot.addWidget(page)
    page.show()
    assert page.nothing.isVisible()
    assert not page.sum_up.isEnabled()
    window.close()


def test_the_first_press_sums_up_and_sends_nothing(qtbot, page, window):
    sum_up(qtbot, page)
    assert window.desk.times("send") == 0
    assert page.summary.title.text() == "3 ärenden kommer att skickas"
    assert page.summary.send.text() == "Skicka 3 ärenden"
    assert "SE0000000000-OP1" in page.summary.facts.text
    assert page.summary.held_title.text() == "3 ärenden hålls tillbaka"
    held = page.summary.held.rows
    assert [held.index(row, 1).data() for row in range(held.rowCount())] == ["2", "1"]


def test_all_changed_cases_are_summed_up_unless_some_are_selected(qtbot, page, window):
    sum_up(qtbot, page)
    assert window.desk.arguments("plan_sending")[1:] == ((), "local", False)
    page.arrive(Place("sending", {"cases": joined(("2200,003", "2200010"))}))
    assert page.right.currentWidget() is page.hint
    assert page.chooser.selected.text() == "2 markerade ärenden"
    page.chooser.again.click()
    sum_up(qtbot, page)
    assert window.desk.arguments("plan_sending")[1:] == (("2200,003", "2200010"), "local", True)


def test_the_second_press_sends_and_shows_what_the_register_answered(qtbot, page, window):
    sum_up(qtbot, page)
    with qtbot.waitSignal(window.session.sent):
        qtbot.mouseClick(page.summary.send, CLICK)
    assert page.right.currentWidget() is page.report
    assert page.report.title.text() == "2 av 3 ärenden togs emot"
    first = page.report.outcomes.rows
    assert first.index(0, 0).data() == "2200008"
    assert "Systemet kunde inte ta emot" in first.index(0, 2).data()
    assert window.session.plan is None
    assert page.report.outcomes.hasFocus()  # the button that was pressed is gone


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_pressing_twice_sends_once(qtbot, page, window, key):
    sum_up(qtbot, page)
    window.desk.held.add("send")
    page.summary.send.setFocus()
    for _press in range(2):
        qtbot.mouseClick(page.summary.send, CLICK)
        qtbot.keyClick(page.summary.send, key)
        page._send()
    assert window.desk.times("send") == 1
    window.desk.release()
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.report)
    page._send()
    assert window.desk.times("send") == 1


def test_a_closed_gate_keeps_the_button_shut_and_says_why(qtbot, page, window):
    window.desk.answers["plan_sending"] = lambda *_arguments: made.plan(("1",), is_open=False)
    sum_up(qtbot, page)
    assert not page.summary.send.isEnabled()
    assert page.summary.send.toolTip()
    closed = page.summary.gates.lines[2]
    assert not closed.is_open
    assert "05:15" in closed.text
    page._send()
    assert window.desk.times("send") == 0


def test_production_must_be_typed(qtbot, page, window):
    window.session.set_entrance("production")
    sum_up(qtbot, page)
    assert page.summary.production.isVisible()
    assert not page.summary.send.isEnabled()
    page.summary.production.setText("produktion")
    assert not page.summary.send.isEnabled()
    page.summary.production.setText("PRODUKTION")
    assert page.summary.send.isEnabled()


def test_progress_pause_continue_and_cancel(qtbot, page, window):
    sum_up(qtbot, page)
    window.desk.held.add("send")
    qtbot.mouseClick(page.summary.send, CLICK)
    assert page.right.currentWidget() is page.running
    window.desk.advance(0, 3, "connecting")
    window.desk.advance(1, 3, "sending")
    qtbot.waitUntil(lambda: page.running.state.text() == "1 av 3 ärenden")
    assert page.running.bar.value() == 1
    qtbot.mouseClick(page.running.pause, CLICK)
    assert page.running.pause.text() == "Fortsätt"
    qtbot.mouseClick(page.running.pause, CLICK)
    assert page.running.pause.text() == "Pausa"
    assert not page.sum_up.isEnabled()
    assert not page.chooser.entrances.isEnabled()
    qtbot.mouseClick(page.running.cancel, CLICK)
    assert window.desk.orders == ["pause", "resume", "cancel"]
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.hint)
    assert page.sum_up.isEnabled()


def test_a_batch_that_was_stopped_tells_what_is_left(qtbot, page, window):
    stopped = replace(made.report(("1", "2")), left=("3",), stopped="lines-lost")
    window.desk.answers["send"] = lambda _plan: stopped
    sum_up(qtbot, page)
    qtbot.mouseClick(page.summary.send, CLICK)
    qtbot.waitUntil(lambda: page.right.currentWidget() is page.report)
    assert page.report.left.text() == "1 ärende skickades inte"
    assert page.report.stopped.isVisible()
    assert page.report.counts[OutcomeKind.CREATED].isVisible()
    assert not page.report.counts[OutcomeKind.UNKNOWN].isVisible()


def test_a_gate_that_closes_meanwhile_is_told(qtbot, page, window):
    window.desk.fail("send", GateClosed("window-open", **{"from": "05:15", "to": "06:00"}))
    sum_up(qtbot, page)
    qtbot.mouseClick(page.summary.send, CLICK)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.right.currentWidget() is page.hint


def test_a_summary_that_cannot_be_made_is_told(qtbot, page, window):
    window.desk.fail("plan_sending", StageError("stage-not-running"))
    qtbot.mouseClick(page.sum_up, CLICK)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.sum_up.isEnabled()


def test_another_entrance_takes_the_summary_back(qtbot, page, window):
    sum_up(qtbot, page)
    page.chooser.entrances.radios["teststage"].click()
    assert window.session.entrance_id == "teststage"
    assert page.right.currentWidget() is page.hint


def test_a_changed_project_takes_the_summary_back(qtbot, page, window):
    sum_up(qtbot, page)
    window.document.change("byt namn", replace(made.PROJECT, name="Annat"))
    assert page.right.currentWidget() is page.hint


def test_the_local_stage_is_started_here(qtbot, page, window):
    start = page.chooser.entrances.start
    qtbot.mouseClick(start, CLICK)
    qtbot.waitUntil(lambda: window.session.stage is not None)
    assert not start.isVisible()


def test_a_stage_that_does_not_start_is_told(qtbot, page, window):
    window.desk.fail("start_stage", StageError("stage-start-failed"))
    qtbot.mouseClick(page.chooser.entrances.start, CLICK)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.chooser.entrances.start.isEnabled()


def test_the_answers_lead_on_to_fellista_and_journal(qtbot, page, window):
    page.report._go("fellista")
    assert window.places == [("fellista", {})]


def test_cases_are_held_back_by_reason_most_first():
    grouped = held_back(made.plan(("1",)).withheld)
    assert [(one.reason, len(one.cases)) for one in grouped] == [
        ("stopped-by-finding", 2),
        ("blocked-patient", 1),
    ]


def test_an_entrances_settings_are_one_press_away_and_its_ca_file_is_named(qtbot, page, window):
    note = page.chooser.entrances._notes["stage"]
    assert "Ingen utfärdarfil" in note.text()
    qtbot.mouseClick(page.chooser.entrances.settings["stage"], CLICK)
    assert window.places == [("certificate", {"entrance": "stage", "settings": "open"})]
    project = window.document.project
    chosen = EntranceSettings(authorities="/ca/siths.pem")
    window.document.change("x", with_settings(project, "stage", chosen))
    assert "siths.pem" in note.text()


def test_the_local_stage_needs_no_settings(page):
    assert "local" not in page.chooser.entrances.settings


def test_each_entrance_says_which_certificate_is_shown_there(page, window):
    shown = page.chooser.entrances.certificates
    window.session.set_shelf(
        shelves.shelf(
            shelves.GOOD, shelves.TEST, chosen=(("stage", "good"), ("production", "test"))
        )
    )
    assert shelves.GOOD.hsa_id in shown["stage"].text()
    assert "312" in shown["stage"].text()
    assert shown["production"].text().startswith(shelves.TEST.hsa_id)
    assert shown["production"].text() == _("{who} does not open this entrance").format(
        who=shelves.TEST.hsa_id
    )
    assert shown["local"].text() == _("No certificate is chosen")


def test_a_page_built_anew_goes_on_where_the_former_was(qtbot, page, window):
    page.arrive(Place("sending", {"cases": joined(("2200003", "2200010"))}))
    page.chooser.again.click()
    sum_up(qtbot, page)
    again = SendingPage(window.context)
    qtbot.addWidget(again)
    assert again.right.currentWidget() is again.summary
    assert again.chooser is not None
    assert again.chooser.wanted == ("2200003", "2200010")
    assert again.chooser.again.isChecked()
    with qtbot.waitSignal(window.session.sent):
        again.summary.send.click()
    later = SendingPage(window.context)
    qtbot.addWidget(later)
    assert later.right.currentWidget() is later.report


def test_why_a_case_did_not_leave_names_the_host(qtbot):
    view = ReportView(lambda _: None)
    qtbot.addWidget(view)
    refused = Outcome("1", OutcomeKind.NOT_SENT, code="address-refused")
    address = "https://register.example:8443/spor"
    view.show_report(SendReport("stage", (refused,), ("2",), refused.code, address))
    assert view.stopped.text().startswith("Inget svarar på register.example:8443.")
    model = view.outcomes.rows
    said = model.index(0, 2).data()
    assert said.startswith("Inget svarar på register.example:8443.")
