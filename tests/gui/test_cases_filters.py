"""Narrowing the case list: facets, chips, search and saved views."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from app.gui.cases.list.facets import chosen, facets_of, turned
from app.gui.cases.list.saved_views import CASE_VIEWS, SavedViews
from app.gui.cases.page import CasesPage
from app.gui.settings import Settings
from app.workflow.views import CaseFilter
from tests.support import gui_pages as made
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    yield window
    window.close()


@pytest.fixture
def filters(qtbot, window):
    window.desk.answers["analyse"] = lambda *_arguments: replace(made.SUMMARY, cases=400)
    page: Any = CasesPage(window.context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitUntil(lambda: page.browser is not None and page.browser.model.total == 400)
    page.browser.filters.page = page  # kept for as long as the bar
    return page.browser.filters


def asked(window):
    return window.desk.arguments("case_page")[0]


def total(filters):
    return filters.page.browser.model.total


def texts(filters):
    return [chip.text() for chip in filters.chips.chips]


def test_ticking_a_value_narrows_the_list_and_shows_a_chip_with_its_count(qtbot, window, filters):
    filters.facets["verdicts"].options["avford"].trigger()
    assert asked(window).verdicts == ("avford",)
    qtbot.waitUntil(lambda: total(filters) == 67)
    qtbot.waitUntil(lambda: texts(filters) == ["Räknas som: Avförd  67"])
    assert filters.facets["verdicts"].accessibleName() == "Räknas som: Avförd"
    assert filters.page.browser.pane.count.text().startswith("67")
    assert "400" in filters.page.browser.pane.count.text()


def test_several_values_of_a_facet_widen_and_facets_narrow_each_other(window, filters):
    for value in ("avford", "genomford"):
        filters.facets["verdicts"].options[value].trigger()
    filters.facets["changes"].options["new"].trigger()
    assert asked(window).verdicts == ("avford", "genomford")
    assert asked(window).changes == ("new",)


def test_a_click_on_a_chip_lets_the_filter_go(qtbot, window, filters):
    filters.facets["tiers"].options["korrupt"].trigger()
    qtbot.mouseClick(filters.chips.chips[0], LEFT)
    assert asked(window).tiers == ()
    assert not filters.chips.isVisible()
    assert not filters.facets["tiers"].options["korrupt"].isChecked()


def test_a_value_at_fault_that_looks_like_a_personnummer_is_masked_on_its_chip(filters, window):
    wanted = CaseFilter(cause="value-not-mapped", value=made.PERSON)
    filters.page.browser.query.show(wanted)
    (chip,) = filters.chips.chips
    assert made.PERSON not in chip.text()
    assert made.PERSON not in chip.accessibleName()
    assert "****" in chip.text()


def test_delete_on_a_chip_lets_the_filter_go_and_the_focus_stays_among_the_chips(
    qtbot, window, filters
):
    for value in ("korrupt", "blocks"):
        filters.facets["tiers"].options[value].trigger()
    filters.window().activateWindow()
    filters.chips.chips[1].setFocus()
    qtbot.waitUntil(filters.chips.chips[1].hasFocus)
    qtbot.keyClick(filters.chips.chips[1], Qt.Key.Key_Delete)
    assert len(asked(window).tiers) == 1
    qtbot.waitUntil(filters.chips.chips[0].hasFocus)


def test_one_button_shows_every_case_again(qtbot, window, filters):
    filters.search.setText("22000")
    filters.facets["standing"].options["sendable"].trigger()
    qtbot.waitUntil(lambda: asked(window).text == "22000")
    qtbot.mouseClick(filters.chips.clear, LEFT)
    assert asked(window) == CaseFilter()
    assert filters.search.text() == ""


def test_the_menu_stays_open_while_values_are_ticked_by_key(qtbot, window, filters):
    menu = filters.facets["verdicts"].menu()
    menu.popup(filters.mapToGlobal(filters.rect().center()))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return):
        qtbot.keyClick(menu, key)
    assert menu.isVisible()
    assert len(asked(window).verdicts) == 2
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()


def test_values_say_how_many_cases_they_have(qtbot, filters):
    option = filters.facets["verdicts"].options["genomford"]
    qtbot.waitUntil(lambda: option.text() == "Genomförd\t67")


def test_left_out_and_taken_back_exclude_each_other(filters):
    query = filters.page.browser.query
    seen = []
    for value in ("excluded", "included", "included"):
        query.turn("standing", value)
        seen.append(query.wanted.excluded)
    assert seen == [True, False, None]


def test_an_order_stays_when_the_filters_go(window, filters):
    query = filters.page.browser.query
    query.change(sort="tier", descending=True)
    query.turn("changes", "new")
    query.clear()
    assert (asked(window).sort, asked(window).descending) == ("tier", True)


def test_a_list_without_cases_says_so_and_offers_all(qtbot, window, filters):
    filters.search.setText("no such number")
    nothing = filters.page.browser.pane.nothing
    qtbot.waitUntil(nothing.isVisible)
    qtbot.mouseClick(nothing.button, LEFT)
    qtbot.waitUntil(lambda: total(filters) == 400)
    assert not nothing.isVisible()


def test_a_view_is_saved_applied_renamed_and_removed(window, filters):
    query, button = filters.page.browser.query, filters.views
    query.show(CaseFilter(verdicts=("avford",), text="2200"))
    button.save("Avförda")
    query.clear()
    view = button.views.own()[0]
    button.apply(view)
    assert asked(window).verdicts == ("avford",)
    assert "Avförda" in button.text()
    button.rename(view, "Borta")
    assert [one.name for one in button.views.own()] == ["Borta"]
    assert "Borta" in button.text()
    button.remove(button.views.own()[0])
    assert not button.views.own()


def test_the_views_of_the_program_are_offered_and_keep_their_names(filters):
    button = filters.views
    names = [view.name for view in button.views.all()]
    assert {"Hålls tillbaka", "Nya eller ändrade", "På fellistan"} <= set(names)
    filters.page.browser.query.turn("changes", "new")
    button.save("På fellistan")
    button.save("   ")
    assert not button.views.own()


def test_the_menu_of_views_ticks_the_one_that_is_shown(filters):
    filters.views.save("Mina")
    menu = filters.views.menu_of_views
    filters.page.browser.query.show(filters.views.views.all()[2].wanted)
    filters.views.menu_of_views.aboutToShow.emit()
    assert [action.text() for action in menu.actions() if action.isChecked()] == [
        "Nya eller ändrade"
    ]


def test_a_view_keeps_nothing_of_a_patient(tmp_path):
    settings = Settings(tmp_path / "w.ini")
    wanted = CaseFilter(text="2200001", cases=("2200002",), value="19121212", cause="x")
    SavedViews(settings).save("Orsak", wanted)
    kept = settings.text(CASE_VIEWS)
    assert not any(text in kept for text in ("2200001", "2200002", "19121212"))
    assert SavedViews(settings).own()[0].wanted == CaseFilter(cause="x")


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[1]",
        '{"name": "x"}',
        '[{"name": "", "filter": {}}]',
        '[{"name": "x", "filter": {"verdicts": "avford"}}]',
        '[{"name": "x", "filter": {"excluded": "yes"}}]',
        '[{"name": "x", "filter": {"sendable": 1}}]',
    ],
)
def test_views_that_another_hand_has_broken_are_left_out(tmp_path, kept):
    settings = Settings(tmp_path / "w.ini")
    settings.set_text(CASE_VIEWS, kept)
    assert SavedViews(settings).own() == ()


def test_a_view_of_a_newer_program_is_read_as_far_as_it_is_known(tmp_path):
    settings = Settings(tmp_path / "w.ini")
    row = {"name": "x", "filter": {"changes": ["new"], "colour": "red"}}
    settings.set_text(CASE_VIEWS, json.dumps([row]))
    assert SavedViews(settings).own()[0].wanted == CaseFilter(changes=("new",))


VALUES = [
    (facet, value)
    for facet, value in (
        ("verdicts", "avford"),
        ("verdicts", "genomford"),
        ("tiers", "clean"),
        ("changes", "new"),
        ("outcomes", "never"),
        ("fellista", "listed"),
        ("standing", "sendable"),
    )
]


@given(st.lists(st.sampled_from(VALUES), max_size=6), st.sampled_from(VALUES))
def test_turning_a_value_on_and_off_again_changes_nothing(before, pair):
    wanted = CaseFilter()
    for facet, value in before:
        wanted = turned(wanted, facet, value)
    once = turned(wanted, *pair)
    again = turned(once, *pair)
    assert (pair[1] in chosen(once, pair[0])) != (pair[1] in chosen(wanted, pair[0]))
    assert set(chosen(again, pair[0])) == set(chosen(wanted, pair[0]))


@given(st.lists(st.sampled_from(VALUES), max_size=8))
def test_a_saved_view_is_the_filter_it_was_saved_of(tmp_path_factory, turns):
    wanted = CaseFilter()
    for facet, value in turns:
        wanted = turned(wanted, facet, value)
    settings = Settings(tmp_path_factory.mktemp("views") / "w.ini")
    SavedViews(settings).save("x", wanted)
    assert SavedViews(settings).own()[0].wanted == wanted


def test_facets_without_values_are_not_offered(qapp):
    ids = [facet.id for facet in facets_of(made.PROFILE)]
    assert "phases" not in ids
    assert "verdicts" in ids


def test_down_leads_from_the_search_into_the_list_and_esc_lets_go_of_it_first(
    qtbot, window, filters
):
    table = filters.page.browser.table
    filters.page.activateWindow()
    filters.take_focus()
    qtbot.waitUntil(filters.search.hasFocus)
    qtbot.keyClicks(filters.search, "22000")
    qtbot.keyClick(filters.search, Qt.Key.Key_Return)
    assert asked(window).text == "22000"
    qtbot.keyClick(filters.search, Qt.Key.Key_Escape)
    assert asked(window).text == ""
    assert filters.search.hasFocus()
    qtbot.keyClick(filters.search, Qt.Key.Key_Escape)
    assert table.hasFocus()
    filters.take_focus()
    qtbot.keyClick(filters.search, Qt.Key.Key_Down)
    assert table.hasFocus()
    table.choose(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)  # and in the list it is the list's own
    assert table.currentIndex().row() == 1


def test_when_the_last_chip_is_removed_by_key_the_list_has_the_focus(qtbot, filters):
    filters.page.activateWindow()
    for value in ("avford", "genomford"):
        filters.facets["verdicts"].options[value].trigger()
    filters.chips.chips[0].setFocus()
    qtbot.waitUntil(filters.chips.chips[0].hasFocus)
    qtbot.keyClick(filters.chips.chips[0], Qt.Key.Key_Delete)
    qtbot.waitUntil(filters.chips.chips[0].hasFocus)
    qtbot.keyClick(filters.chips.chips[0], Qt.Key.Key_Tab)
    assert filters.chips.clear.hasFocus()
    filters.chips.chips[0].setFocus()
    qtbot.keyClick(filters.chips.chips[0], Qt.Key.Key_Delete)
    assert filters.page.browser.table.hasFocus()


def test_a_name_that_the_program_has_taken_is_asked_for_again(qtbot, filters):
    button = filters.views
    filters.facets["verdicts"].options["avford"].trigger()
    button.save("På fellistan")
    dialog = button.findChild(QInputDialog)
    assert dialog.isVisible()
    assert "På fellistan" in dialog.labelText()
    dialog.setTextValue("Andra")
    dialog.accept()
    assert [view.name for view in button.views.own()] == ["Andra"]
