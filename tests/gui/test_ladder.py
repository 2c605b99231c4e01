"""The connection ladder: what the user reads of every rung, and what can be done about it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.core.entrance_settings import EntranceSettings, with_settings
from app.core.errors import StageError
from app.gui.certificate.ladder import Ladder
from app.gui.certificate.page import CertificatePage
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.language import text
from app.workflow.certificate_views import (
    CertificateShelf,
    LadderRung,
    PairingView,
    RungState,
)
from tests.support import gui_ladder as ladders
from tests.support import gui_pages as made
from tests.support import gui_shelf as shelves
from tests.support.gui_backend import Window


@pytest.fixture(autouse=True)
def english(own_home):
    text.use("en")


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EVERYWHERE = ("local", "teststage", "stage", "production")


def _shelf(**changes):
    one = replace(made.CERTIFICATE, **changes)
    return CertificateShelf((one,), chosen=tuple((kind, one.id) for kind in EVERYWHERE))


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    window.session.set_shelf(_shelf())
    yield window
    window.close()


@pytest.fixture
def ladder(qtbot, window):
    page = Page(window.context, "Certifikat", "")
    ladder = Ladder(window.context, page)
    page.show_body(ladder)
    qtbot.addWidget(page)
    page.resize(520, 900)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)  # the window of the test before may still be closing
    ladder.refresh()
    return ladder


def _press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _try(qtbot, window, ladder):
    _press(qtbot, ladder.attempt)
    qtbot.waitUntil(lambda: not window.backend.jobs)


def _choose(ladder, entrance):
    ladder.entrance.setCurrentIndex(ladder.entrance.findData(entrance))


def test_before_a_try_every_rung_is_there_and_none_is_said_to_hold(ladder):
    assert len(ladder.rungs.rows) == 8
    assert {row.rung.look.word for row in ladder.rungs.rows} == {"Not tried"}
    assert "sends no case" in ladder.result.note.text()
    assert not ladder.result.copy.isVisible()


def test_a_connection_that_holds_says_so_with_who_and_when(qtbot, window, ladder):
    _try(qtbot, window, ladder)
    assert {row.rung.look.word for row in ladder.rungs.rows} == {"Holds"}
    assert "Every rung holds" in ladder.result.title.text()
    assert "2026-11-22 14:00:00" in ladder.result.note.text()
    assert "SE0000000000-OP1" in ladder.result.note.text()
    assert window.desk.arguments("try_connection") == ("local",)


def test_a_rung_that_breaks_says_why_what_to_do_and_what_was_said(qtbot, window, ladder):
    values = (("name", "siths.pem"),)
    broken = ladders.broken_ladder(3, "tls-authority-unreadable", values, "[SSL] bad ca")
    window.desk.answers["try_connection"] = lambda _entrance: broken
    _try(qtbot, window, ladder)
    row = ladder.rungs.rows[3]
    assert "siths.pem" in row.rung.problem
    assert row.remedy is not None
    assert row.remedy.text() == "Choose a CA file…"
    assert row.raw is not None
    row.raw.turn()
    assert row.raw.body.text() == "[SSL] bad ca"
    assert {one.rung.look.word for one in ladder.rungs.rows[4:]} == {"Not reached"}
    assert "Rung 4 of 8 does not hold" in ladder.result.title.text()


def test_an_entrance_is_called_by_its_name_in_a_rung(qtbot, window, ladder):
    values = (("entrance", "stage"), ("demanded", "x"), ("present", "y"), ("issuer", "z"))
    broken = ladders.broken_ladder(0, "certificate-fits-entrance", values)
    window.desk.answers["try_connection"] = lambda _entrance: broken
    _try(qtbot, window, ladder)
    assert "Stage" in ladder.rungs.rows[0].rung.problem


def test_the_result_stays_until_something_it_depends_on_changes(qtbot, window, ladder):
    _try(qtbot, window, ladder)
    _choose(ladder, "teststage")
    assert not ladder.result.title.isVisible()
    _choose(ladder, "local")
    assert ladder.result.title.isVisible()
    window.session.set_shelf(_shelf(id="cd" * 8, fingerprint="cd" * 32))
    ladder.refresh()
    assert not ladder.result.title.isVisible()
    assert "has changed" in ladder.result.note.text()


def test_another_setting_of_the_entrance_makes_the_result_old(qtbot, window, ladder):
    window.desk.answers["try_connection"] = lambda entrance: replace(
        ladders.LADDER, entrance=entrance
    )
    _choose(ladder, "stage")
    _try(qtbot, window, ladder)
    assert ladder.result.title.isVisible()
    project = window.document.project
    changed = with_settings(project, "stage", EntranceSettings(proxy="p:1"))
    window.document.change("proxy", changed)
    assert not ladder.result.title.isVisible()
    window.document.undo_stack.undo()
    assert ladder.result.title.isVisible()


def test_what_is_tried_is_tried_with_the_settings_as_they_are(qtbot, window, ladder):
    project = window.document.project
    chosen = EntranceSettings(authorities="/ca/a.pem")
    window.document.change("ca", with_settings(project, "local", chosen))
    _try(qtbot, window, ladder)
    names = [name for name, _arguments in window.desk.asked]
    assert names.index("entrance_facts") < names.index("try_connection")
    assert dict(window.desk.arguments("entrance_facts")[1])["authorities_local"] == "/ca/a.pem"


def test_while_it_is_tried_the_rungs_follow_and_it_can_be_stopped(qtbot, window, ladder):
    window.desk.held.add("try_connection")
    _press(qtbot, ladder.attempt)
    qtbot.waitUntil(lambda: window.desk.times("try_connection") == 1)
    assert not ladder.attempt.isEnabled()
    window.desk.advance(3, 8, "rung-server-trusted")
    qtbot.waitUntil(lambda: ladder.rungs.rows[3].rung.look.word == "Is being tried")
    assert ladder.rungs.rows[2].rung.look.word == "Holds"
    _press(qtbot, ladder.climbing.cancel)
    qtbot.waitUntil(ladder.attempt.isEnabled)
    assert window.said == []
    assert not ladder.climbing.isVisible()


def test_a_proxy_and_a_case_are_rungs_of_their_own_while_they_are_tried(qtbot, window, ladder):
    _choose(ladder, "teststage")
    project = window.document.project
    chosen = with_settings(project, "teststage", EntranceSettings(proxy="p.se:8080"))
    window.document.change("proxy", chosen)
    assert len(ladder.rungs.rows) == 9
    window.desk.held.add("try_synthetic_case")
    _press(qtbot, ladder.synthetic.ask)
    _press(qtbot, ladder.synthetic.confirm)
    qtbot.waitUntil(lambda: window.desk.times("try_synthetic_case") == 1)
    window.desk.advance(2, 10, "rung-proxy")
    qtbot.waitUntil(lambda: ladder.rungs.rows[2].rung.look.word == "Is being tried")
    assert len(ladder.rungs.rows) == 10


def test_a_connection_that_cannot_be_tried_is_told(qtbot, window, ladder):
    window.desk.fail("try_connection", StageError("stage-not-running"))
    _press(qtbot, ladder.attempt)
    qtbot.waitUntil(lambda: bool(window.said))
    assert ladder.attempt.isEnabled()


def test_without_a_certificate_the_first_rung_says_so_and_leads_to_one(qtbot, window, ladder):
    window.session.set_shelf(CertificateShelf())
    window.session.set_entrance("production")
    ladder.refresh()
    first = ladder.rungs.rows[0]
    assert first.rung.look.word == "Does not hold"
    assert not ladder.attempt.isEnabled()
    with qtbot.waitSignal(ladder.certificate_wanted) as heard:
        _press(qtbot, first.remedy)
    assert heard.args == ["production"]


def test_a_certificate_that_does_not_open_the_entrance_is_told_before_any_try(window, ladder):
    wrong = PairingView("production", False, "pairing-test-to-real", (("issuer", "TEST CA"),))
    window.session.set_shelf(_shelf(pairings=(wrong,)))
    ladder.refresh()
    _choose(ladder, "production")
    assert "TEST CA" in ladder.rungs.rows[0].rung.problem
    _choose(ladder, "local")
    assert ladder.rungs.rows[0].rung.problem == ""


def test_without_a_project_the_ladder_says_what_is_missing(qtbot, tmp_path):
    window = Window(tmp_path, project=False)
    window.session.set_shelf(_shelf())
    page = Page(window.context, "Certifikat", "")
    ladder = Ladder(window.context, page)
    qtbot.addWidget(page)
    ladder.refresh()
    assert "Open a project first" in ladder.attempt.toolTip()
    assert ladder.rungs.rows == ()
    window.close()


def test_a_synthetic_case_takes_a_second_press_and_says_where_it_goes(qtbot, window, ladder):
    _choose(ladder, "teststage")
    case = LadderRung("rung-case", RungState.OK, (("text", "Skapade: 990001"),))
    whole = replace(ladders.LADDER, entrance="teststage", rungs=(*ladders.LADDER.rungs, case))
    window.desk.answers["try_synthetic_case"] = lambda _entrance: whole
    _press(qtbot, ladder.synthetic.ask)
    assert window.desk.times("try_synthetic_case") == 0
    assert "TEST STAGE" in ladder.synthetic.words.text()
    _press(qtbot, ladder.synthetic.confirm)
    qtbot.waitUntil(lambda: not window.backend.jobs)
    assert len(ladder.rungs.rows) == 9
    assert window.desk.times("try_synthetic_case") == 1
    assert "synthetic case" in ladder.result.title.text()
    assert "Skapade: 990001" in ladder.rungs.rows[8].rung.found
    assert not ladder.synthetic.isVisible()


def test_a_synthetic_case_is_declined_without_a_trace(qtbot, window, ladder):
    _press(qtbot, ladder.synthetic.ask)
    _press(qtbot, ladder.synthetic.leave)
    assert not ladder.synthetic.isVisible()
    assert window.desk.times("try_synthetic_case") == 0


def test_no_synthetic_case_is_offered_for_production_whatever_the_profile_calls_it(window, ladder):
    _choose(ladder, "production")
    assert not ladder.synthetic.ask.isEnabled()
    assert "never" in ladder.synthetic.ask.toolTip()
    shelf = replace(window.session.shelf, kinds=(("stage", "production"),))
    window.session.set_shelf(shelf)
    _choose(ladder, "stage")
    ladder.refresh()
    assert not ladder.synthetic.ask.isEnabled()
    assert ladder.line.kind.text() == "PRODUCTION"


def test_the_copy_for_the_register_holds_what_was_tried(qtbot, window, ladder):
    _try(qtbot, window, ladder)
    _press(qtbot, ladder.result.copy)
    text = QGuiApplication.clipboard().text()
    assert "SE0000000000-OP1" in text
    assert made.STAGE.endpoint in text


def test_tab_comes_to_the_rung_that_breaks_and_arrows_climb(qtbot, window, ladder):
    broken = ladders.broken_ladder(3, "tls-server-name")
    window.desk.answers["try_connection"] = lambda _entrance: broken
    _try(qtbot, window, ladder)
    rows = ladder.rungs.rows
    by_tab = [row for row in rows if row.focusPolicy() == Qt.FocusPolicy.StrongFocus]
    assert by_tab == [rows[3]]
    rows[3].setFocus()
    qtbot.keyClick(rows[3], Qt.Key.Key_Up)
    assert rows[2].hasFocus()
    qtbot.keyClick(rows[2], Qt.Key.Key_Down)
    assert rows[3].hasFocus()
    assert rows[3].accessibleName().startswith("Rung 4 of 8")
    assert "Does not hold" in rows[3].accessibleName()


def test_tab_goes_from_the_buttons_through_the_rungs_to_the_copy(qtbot, window, ladder):
    broken = ladders.broken_ladder(3, "authorities-missing", raw="said")
    window.desk.answers["try_connection"] = lambda _entrance: broken
    _try(qtbot, window, ladder)
    ladder.synthetic.ask.setFocus()
    went = []
    for _step in range(4):
        qtbot.keyClick(ladder.window().focusWidget(), Qt.Key.Key_Tab)
        went.append(ladder.window().focusWidget())
    row = ladder.rungs.rows[3]
    assert went == [row, row.remedy, row.raw.head, ladder.result.copy]


def test_a_change_that_the_rungs_do_not_depend_on_leaves_them_as_they_are(window, ladder):
    before = ladder.rungs.rows
    window.document.change("x", replace(window.document.project, notes="x"))
    ladder.refresh()
    assert ladder.rungs.rows is before


def test_the_focus_stays_among_the_rungs_when_they_are_shown_anew(qtbot, window, ladder):
    ladder.rungs.rows[0].setFocus()
    window.session.set_shelf(CertificateShelf())
    ladder.refresh()
    assert ladder.rungs.rows[0].hasFocus()


def test_a_stage_that_does_not_run_is_started_from_its_rung(qtbot, window, ladder):
    window.desk.answers["try_connection"] = lambda _entrance: ladders.broken_ladder(
        1, "stage-not-running"
    )
    _try(qtbot, window, ladder)
    _press(qtbot, ladder.rungs.rows[1].remedy)
    qtbot.waitUntil(lambda: window.session.stage == made.STAGE)
    assert made.STAGE.endpoint in ladder.line.address.text()


def test_a_keystore_that_is_locked_is_looked_at_again_from_its_rung(qtbot, window, ladder):
    window.desk.answers["try_connection"] = lambda _entrance: ladders.broken_ladder(
        0, "keystore-locked"
    )
    _try(qtbot, window, ladder)
    before = window.desk.times("certificates")
    _press(qtbot, ladder.rungs.rows[0].remedy)
    qtbot.waitUntil(lambda: window.desk.times("certificates") == before + 1)


def test_the_ladder_follows_the_entrance_that_is_chosen_for_sending(window, ladder):
    window.session.set_entrance("stage")
    assert ladder.entrance.value() == "stage"


@pytest.fixture
def page(qtbot, window):
    page = CertificatePage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    return page


def test_what_is_missing_leads_to_the_certificate_that_opens_the_entrance(qtbot, window, page):
    shelf = shelves.shelf(shelves.TEST, shelves.GOOD, chosen=(("teststage", "test"),))
    window.session.set_shelf(shelf)
    window.session.set_entrance("stage")
    _press(qtbot, page.ladder.rungs.rows[0].remedy)
    assert page.shelf.table.current_row().id == "good"
    window.session.set_shelf(shelves.EMPTY)
    _press(qtbot, page.ladder.rungs.rows[0].remedy)
    assert page.shelf.ways.choose.hasFocus()


@pytest.mark.parametrize(
    "shelf",
    [CertificateShelf(), _shelf(pairings=(PairingView("local", False, "pairing-not-local"),))],
    ids=["none", "another"],
)
def test_the_local_stages_own_certificate_is_one_press_from_its_rung(qtbot, window, page, shelf):
    window.session.set_shelf(shelf)
    _press(qtbot, page.ladder.rungs.rows[0].remedy)
    qtbot.waitUntil(lambda: window.desk.times("import_stage_certificate") == 1)


def test_what_came_of_a_try_is_scrolled_to(qtbot, window, page):
    broken = replace(ladders.broken_ladder(7, "ladder-no-contract"), entrance="stage")
    window.desk.answers["try_connection"] = lambda _entrance: broken
    page.resize(1166, 420)
    page.arrive(Place("certificate", {"entrance": "stage", "settings": "open"}))
    qtbot.waitUntil(lambda: not window.backend.jobs)
    page.ladder.climb()
    qtbot.waitUntil(
        lambda: len(page.ladder.rungs.rows) == 8 and page.ladder.result.copy.isVisible()
    )
    title = page.ladder.result.title
    qtbot.waitUntil(lambda: not title.visibleRegion().isEmpty())


def test_a_place_opens_an_entrances_settings(window, page):
    page.arrive(Place("certificate", {"entrance": "stage", "settings": "open"}))
    assert page.ladder.entrance.value() == "stage"
    assert page.ladder.settings.isVisible()
