"""Vad har ändrats: the changes between two contracts, and what they mean for the project."""

from dataclasses import replace

import pytest

from app.core.errors import ProfileError
from app.core.profile_diff import Change, ChangeKind, Subject
from app.gui.contract.change_rows import after_words, before_words
from app.gui.contract.moving import work_words
from app.gui.contract.page import CHANGES, ContractPage
from app.language.text import _
from app.workflow.profile_compare import ChangeView, ProfileDiff
from app.workflow.profile_views import MoveTask
from tests.support.gui import PROJECT, settle
from tests.support.gui_contract import CHANGES as MADE
from tests.support.gui_contract import ENTRIES, IMPORTED, SHIPPED

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(qtbot, desktop, contract_page):
    contract_page.show_part(CHANGES)
    settle(qtbot, desktop)
    return contract_page


def _cells(page, number):
    model = page.changes.table.model()
    return [model.index(number, column).data() for column in range(model.columnCount())]


def test_the_projects_contract_is_compared_with_the_imported_one_at_once(desktop, page):
    asked = next(args for name, args in desktop.channel.asked if name == "compare_profiles")
    assert asked == (SHIPPED, IMPORTED, PROJECT)


def test_an_imported_contract_in_use_is_compared_with_what_it_is_built_on(qtbot, desktop):
    desktop.answers["profile_entries"] = lambda: ENTRIES[:3]
    desktop.open(replace(PROJECT, profile=IMPORTED))
    page = ContractPage(desktop.context)
    qtbot.addWidget(page)
    page.show()
    settle(qtbot, desktop)
    page.show_part(CHANGES)
    settle(qtbot, desktop)
    asked = next(args for name, args in desktop.channel.asked if name == "compare_profiles")
    assert asked[:2] == (SHIPPED, IMPORTED)


def test_what_means_work_comes_first_and_says_for_how_many_cases(page):
    cells = _cells(page, 0)
    assert cells[3:5] == ["1, 2, 3", "1, 2"]
    assert "41" in cells[5]
    assert page.changes.table.rows.rowCount() == len(MADE)


def test_a_variable_is_named(page):
    assert any("V310  Tidpunkt" in _cells(page, number)[1] for number in range(len(MADE)))


def test_a_kind_is_filtered_by_its_chip(page):
    page.changes.kinds[ChangeKind.NEW].click()
    assert page.changes.table.rows.rowCount() == 1
    page.changes.kinds[ChangeKind.LOOSENED].click()
    assert page.changes.table.rows.rowCount() == 2
    assert not page.changes.kinds[ChangeKind.REMOVED].isVisible()


def test_only_what_means_work(page):
    page.changes.work.click()
    assert page.changes.table.rows.rowCount() == 1


def test_the_search_looks_in_everything_that_is_said(page):
    page.changes.search.setText("41")
    assert page.changes.table.rows.rowCount() == 1
    page.changes.search.setText("zzz")
    assert page.changes.table.rows.rowCount() == 0


@pytest.mark.parametrize(
    ("subject", "field", "value", "word"),
    [
        (Subject.VARIABLE, "type", "datetime", "Date and time"),
        (Subject.ELEMENT, "type", "dateTime", "dateTime"),
        (Subject.RULE, "confidence", "assumed", "Assumed"),
        (Subject.VARIABLE, "element_confidence", "stated", "Stated"),
        (Subject.VARIABLE, "mandatory", "yes", "Mandatory"),
        (Subject.ELEMENT, "maximum", "unbounded", "∞"),
        (Subject.VARIABLE, "name", "stated", "stated"),
    ],
)
def test_facts_are_shown_in_words(subject, field, value, word):
    change = Change(ChangeKind.CHANGED, subject, "V310", field, value, value)
    one = ChangeView(change, "effect-nothing")
    assert (before_words(one), after_words(one)) == (_(word), _(word))


def test_a_type_that_changed_is_told_in_words():
    values = (("before", "datetime"), ("after", "code"))
    said = work_words(MoveTask("move-link-check", "V440", values))
    assert _("Date and time").lower() in said
    assert "datetime" not in said
    assert work_words(MoveTask("move-link-lost", "asa"), "ASA-klass").startswith("ASA-klass:")
    assert work_words(MoveTask("move-link-lost", "V325"), "V325  Akut").startswith("V325:")


def test_a_change_leads_to_the_mapping(desktop, page):
    page.changes.details.mapping.click()
    assert desktop.went == [("mapping", {"variable": "V325"})]


def test_swapping_compares_the_other_way_round(qtbot, desktop, page):
    page.changes.swap.click()
    settle(qtbot, desktop)
    asked = [args for name, args in desktop.channel.asked if name == "compare_profiles"]
    assert asked[-1][:2] == (IMPORTED, SHIPPED)


def test_two_that_are_the_same_are_said_to_be(qtbot, desktop, page):
    desktop.answers["compare_profiles"] = lambda first, second, _project: ProfileDiff(
        first, second, ()
    )
    page.changes.choose(SHIPPED, f"{SHIPPED}:R2")
    settle(qtbot, desktop)
    assert page.changes._same.isVisible()
    page.changes.choose(SHIPPED, SHIPPED)
    assert page.changes.nothing.isVisible()


def test_a_comparison_that_fails_says_why_in_place(qtbot, desktop, page):
    desktop.answers["compare_profiles"] = ProfileError("profile-missing", name="x")
    page.changes.compare()
    settle(qtbot, desktop)
    assert page.changes.trouble.isVisible()
    assert page.changes.nothing.isVisible()


def test_cases_that_were_not_counted_are_said_and_counted_after_the_check(qtbot, desktop, page):
    counted = desktop.answers["compare_profiles"]
    desktop.answers["compare_profiles"] = lambda first, second, _project: ProfileDiff(
        first, second, MADE, counted=False
    )
    page.changes.compare()
    settle(qtbot, desktop)
    before = page.changes.count.text()
    desktop.answers["compare_profiles"] = counted
    desktop.session.check()
    settle(qtbot, desktop)
    assert page.changes.count.text() != before


def test_what_changed_is_asked_from_a_contract(qtbot, desktop, page):
    page.show_changes(f"{SHIPPED}:R2")
    settle(qtbot, desktop)
    asked = [args for name, args in desktop.channel.asked if name == "compare_profiles"]
    assert asked[-1][:2] == (SHIPPED, f"{SHIPPED}:R2")


def test_without_a_project_changes_have_no_effect_to_show(qtbot, desktop):
    made = ContractPage(desktop.context)
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, desktop)
    made.show_part(CHANGES)
    settle(qtbot, desktop)
    asked = [args for name, args in desktop.channel.asked if name == "compare_profiles"]
    assert asked[-1][2] is None
    assert made.changes.details.mapping is None
