"""Register: everything that is known, found by a search, with its sureness, and the way back."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.core.register import Confidence, Text
from app.gui import theme
from app.gui.frame.navigator import Place
from app.gui.main_window import MainWindow
from app.gui.register.page import RegisterPage
from app.gui.register.terms import terms
from app.gui.register.words import how_sure
from app.gui.widgets.badge import Badge, fact_badge
from app.gui.widgets.fact_words import DEMANDS
from app.gui.widgets.link_list import LinkList
from app.gui.widgets.segments import Segments
from app.language.sentences import name_of
from app.language.text import _
from tests.support.gui import Desktop, settle, shipped, the_app
from tests.support.gui_register import PROJECT_WITH_RULES, answers, profile_of

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path, answers())
    yield made
    made.backend.close()


@pytest.fixture
def page(qtbot, desktop):
    made = RegisterPage(desktop.context)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    desktop.open(PROJECT_WITH_RULES)
    made.arrive(Place("register"))
    settle(qtbot, desktop)
    return made


@pytest.fixture
def window(qtbot, desktop):
    made = MainWindow(desktop.context, the_app())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    desktop.open(PROJECT_WITH_RULES)
    settle(qtbot, desktop)
    yield made
    desktop.document.undo_stack.setClean()


def _ids(page):
    rows = page.shelf.table.rows
    return [page.shelf.id_of(rows.row_at(number)) for number in range(rows.rowCount())]


def _said(page):
    """Return every text of the inspector."""
    return "\n".join(label.text() for label in page.shelf.inspector.findChildren(QLabel))


def _badges(page):
    return [badge.text() for badge in page.shelf.inspector.findChildren(Badge)]


def _targets(page):
    """Return where the inspector's links lead."""
    lists = page.shelf.inspector.findChildren(LinkList)
    return [dict(link.target) for one in lists for link in one.links]


def _follow(qtbot, page, wanted):
    """Follow the link whose target it is, as Enter does."""
    for one in page.shelf.inspector.findChildren(LinkList):
        targets = [dict(link.target) for link in one.links]
        if wanted in targets:
            one.setCurrentRow(targets.index(wanted))
            qtbot.keyClick(one, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: page.shelf.shown == next(iter(wanted.values())))
            return
    raise AssertionError(wanted)


def test_every_variable_is_listed_with_its_sureness_as_icon_word_and_colour(page):
    profile = shipped()
    assert _ids(page) == [one.id for one in profile.variables]
    table = page.shelf.table.model()
    for number, variable in enumerate(profile.variables):
        index = table.index(number, 2)
        look = theme.STATUS[variable.fact.confidence.value]
        assert index.data() == theme.status_word(variable.fact.confidence.value)
        assert index.data(Qt.ItemDataRole.ForegroundRole) == theme.color(look.tone)
        assert not index.data(Qt.ItemDataRole.DecorationRole).isNull()


@pytest.mark.parametrize(
    ("sought", "first"),
    [("v445", "V445"), ("445", "V445"), ("OPERATIONSANMALAN", "V310"), ("acute or", "V320")],
)
def test_a_search_finds_by_number_and_name_in_both_languages(page, sought, first):
    page.search.setText(sought)
    assert _ids(page)[0] == first
    assert page.shelf.shown == first


def test_a_search_for_nothing_that_is_there_says_so(page):
    page.search.setText("qqqq")
    assert _ids(page) == []
    said = [one.text() for one in page.shelf.inspector.findChildren(QLabel)]
    assert said == [page.shelf.nothing()]
    assert page.shelf.count.text() == ""  # not said twice


def test_the_list_narrows_to_what_is_only_assumed(page):
    page.sureness.set_value("assumed")
    page.sureness.activated.emit(0)
    assumed = [v.id for v in shipped().variables if v.fact.confidence is Confidence.ASSUMED]
    assert _ids(page) == assumed
    assert str(len(assumed)) in page.shelf.count.text()


def test_a_variable_shows_element_type_codes_rules_and_source(page):
    page.arrive(Place("register", {"variable": "V320"}))
    variable = shipped().by_id["V320"]
    said = _said(page)
    assert " / ".join(variable.path) in said
    assert how_sure(_(DEMANDS[variable.mandatory]), variable.mandatory_confidence) in said
    assert variable.meaning.sv in said
    assert theme.status_word(variable.fact.confidence.value) in _badges(page)
    assert {"list": variable.code_list} in _targets(page)
    assert any("rule" in target for target in _targets(page))


def test_both_readings_are_shown_where_the_sources_do_not_agree(qtbot, page, desktop):
    page.arrive(Place("register", {"variable": "V440"}))
    settle(qtbot, desktop)
    said = _said(page)
    for reading in shipped().readings:
        assert reading.name.sv in said
        assert reading.meaning.sv in said
    other = profile_of("spor-4.1:R2").by_id["V440"]
    assert other.name.sv in said
    sure = {theme.status_word(one.fact.confidence.value) for one in shipped().readings}
    assert sure <= set(_badges(page))
    page.arrive(Place("register", {"variable": "V310"}))
    assert shipped().readings[1].meaning.sv not in _said(page)


def test_readings_of_one_profile_are_not_shown_with_another(page, desktop, qtbot):
    page.arrive(Place("register", {"variable": "V440"}))
    assert page.shelf.readings
    alone = replace(shipped(), id="annan", readings=(), reading="")
    desktop.document.use_profile(PROJECT_WITH_RULES.profile, alone)
    settle(qtbot, desktop)
    assert page.shelf.readings == ()
    assert shipped().readings[1].meaning.sv not in _said(page)


def test_the_page_follows_a_project_into_the_other_reading(page, desktop, qtbot):
    page.arrive(Place("register", {"variable": "V440"}))
    other = profile_of("spor-4.1:R2")
    moved = replace(PROJECT_WITH_RULES, profile=other.id)
    desktop.document.move("R2", moved, other)
    settle(qtbot, desktop)
    assert other.by_id["V440"].meaning.sv in _said(page)
    assert [one.reading for one in page.shelf.readings] == [shipped().reading]
    desktop.document.undo_stack.undo()
    settle(qtbot, desktop)
    assert shipped().by_id["V440"].meaning.sv in _said(page)


def test_a_rule_leads_to_its_variables_and_they_back_to_it(qtbot, window):
    rule = next(one for one in shipped().rules if one.variables and one.condition)
    window.context.navigator.go("register", rule=rule.id)
    page = window.page
    assert rule.message.sv in _said(page)
    assert rule.condition in _said(page)
    assert name_of(rule.tier.value) in _badges(page)
    variable = rule.variables[0]
    _follow(qtbot, page, {"variable": variable})
    assert page.kinds.value() == "variable"
    assert {"rule": rule.id} in _targets(page)
    window.actions_by_id.by_id["back"].trigger()
    assert (page.kinds.value(), page.shelf.shown) == ("rule", rule.id)
    window.actions_by_id.by_id["forward"].trigger()
    assert (page.kinds.value(), page.shelf.shown) == ("variable", variable)


def test_going_back_finds_what_was_chosen_in_the_list_last(qtbot, window):
    window.context.navigator.go("register", variable="V310")
    page = window.page
    page.shelf.choose("V320")
    _follow(qtbot, page, {"list": shipped().by_id["V320"].code_list})
    window.actions_by_id.by_id["back"].trigger()
    assert page.shelf.shown == "V320"


def test_a_link_leads_to_what_a_search_hides(page):
    page.search.setText("qqqq")
    page.arrive(Place("register", {"variable": "V565"}))
    assert page.shelf.shown == "V565"
    assert page.search.text() == ""


def test_a_code_is_found_in_its_list(page):
    page.kinds.buttons["list"].click()
    code = next(one for one in shipped().codes if one.code_list == "strykningsorsak")
    page.search.setText(code.text.sv)
    assert code.code_list in _ids(page)
    page.arrive(Place("register", {"list": "strykningsorsak"}))
    users = [one.id for one in shipped().variables if one.code_list == "strykningsorsak"]
    assert _targets(page)[: len(users)] == [{"variable": user} for user in users]


def test_phases_and_what_a_case_counts_in_are_terms_too():
    every = terms(shipped())
    kinds = {one.kind for one in every}
    assert {"verdict", "phase", "count"} <= kinds
    assert len({one.id for one in every}) == len(every)


def test_a_term_that_a_variable_counts_for_is_explained(qtbot, window):
    page_of = window.context.navigator.go
    page_of("register", variable="V565")
    verdict = next(one for one in shipped().verdicts if "V565" in one.condition)
    _follow(qtbot, window.page, {"term": verdict.id})
    said = _said(window.page)
    assert verdict.meaning.sv in said
    assert verdict.condition in said
    message = shipped().messages[0]
    window.page.search.setText(message.wording)
    assert window.page.shelf.shown == message.id
    assert theme.status_word(message.fact.confidence.value) in _badges(window.page)


def test_the_reading_is_changed_under_contract(page, desktop):
    page.arrive(Place("register", {"variable": "V440"}))
    buttons = page.shelf.inspector.findChildren(QPushButton)
    next(one for one in buttons if one.text() == _("Change the reading…")).click()
    assert desktop.went[-1] == ("contract", {"part": "contracts"})


def test_the_page_of_a_mapping_row_is_one_key_away_and_so_is_the_way_back(qtbot, window, desktop):
    desktop.context.navigator.go("mapping", variable="V320")
    settle(qtbot, desktop)
    mapping = window.page
    mapping.table.setFocus()
    qtbot.keyClick(mapping.table, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert window.page.accessibleName() == _("Register")
    assert window.page.shelf.shown == "V320"
    qtbot.keyClick(window.page.shelf.table, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert window.page is mapping
    qtbot.keyClick(mapping.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.page.shelf.shown == "V320"


def test_another_project_brings_its_own_profile(qtbot, page, desktop):
    profile = shipped()
    named = replace(profile, id="annan", name=Text("En annan", "Another"), readings=(), reading="")
    desktop.document.use_profile(PROJECT_WITH_RULES.profile, named)
    settle(qtbot, desktop)
    assert page.tools.which.text() == "En annan"


def test_without_a_project_the_shipped_profile_is_shown(qtbot, desktop):
    page = RegisterPage(desktop.context)
    qtbot.addWidget(page)
    page.show()
    page.arrive(Place("register", {"variable": "V310"}))
    settle(qtbot, desktop)
    assert page.shelf.shown == "V310"
    button = next(
        one
        for one in page.shelf.inspector.findChildren(QPushButton)
        if one.text() == _("Show in the mapping")
    )
    assert not button.isEnabled()
    assert button.toolTip()


def test_a_rule_no_longer_applied_says_so(page, monkeypatch):
    gone = replace(shipped().rules[0], until="2016-06-01")
    profile = replace(shipped(), rules=(gone,))
    page.show_profile(profile)
    page.arrive(Place("register", {"rule": gone.id}))
    assert _("No longer applied") in _badges(page)
    assert "2016-06-01" in _said(page)


def test_a_variable_that_the_contract_has_no_element_for_is_marked(page):
    unbound = replace(shipped().variables[3], path=())
    page.show_profile(replace(shipped(), variables=(unbound,)))
    assert _("Not in the contract") in _badges(page)


def test_a_badge_tells_whose_word_it_is(qtbot):
    fact = shipped().variables[0].fact
    badge = fact_badge(fact)
    qtbot.addWidget(badge)
    assert badge.text() == theme.status_word(fact.confidence.value)
    assert badge.accessibleDescription()


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("language", ["swedish", "english"])
def test_nothing_of_the_page_is_cut_off(qtbot, window, desktop, size, language):
    window.actions_by_id.by_id[language].trigger()
    window.resize(*size)
    try:
        for kind in ("variable", "rule", "list", "term", "own", "register"):
            window.context.navigator.go("register")
            window.page.kinds.buttons[kind].click()
            settle(qtbot, desktop)
            bar = window.page.shelf.inspector.horizontalScrollBar()
            assert bar.maximum() == 0
            for button in window.page.findChildren(QPushButton):
                if button.isVisible() and not isinstance(button.parent(), Segments):
                    assert button.width() >= button.minimumSizeHint().width()
    finally:
        window.actions_by_id.by_id["swedish"].trigger()


def test_the_rail_has_room_for_every_page_in_the_smallest_window(window):
    window.resize(window.minimumSize())
    places = window._rail._places.values()
    assert all(place.height() == place.minimumHeight() for place in places)
    assert max(place.geometry().bottom() for place in places) < window._rail.height()
