"""Own rules are written, tried and undone; code registers are imported and removed by year."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from app.core.errors import ProfileError
from app.core.finding import Finding, Tier
from app.gui.frame.navigator import Place
from app.gui.register.own_rules import OwnRuleShelf
from app.gui.register.page import RegisterPage
from app.gui.widgets.finding_list import FindingList, facts_of
from app.gui.widgets.link_list import LinkList
from app.language.text import _
from app.workflow.rule_views import RuleTrial
from app.workflow.views import Problem
from tests.support.gui import Desktop, settle, shipped
from tests.support.gui_register import OWN, PROJECT_WITH_RULES, STATUS, answers

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
    made.resize(1100, 700)
    made.show()
    desktop.open(PROJECT_WITH_RULES)
    made.arrive(Place("register", {"own": OWN.id}))
    settle(qtbot, desktop)
    return made


def _rule(desktop, rule_id=OWN.id):
    return desktop.document.project.rule_of(rule_id)


def _write(qtbot, field, text):
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)


def _finish(qtbot, page, desktop):
    page.search.setFocus()
    settle(qtbot, desktop)


def test_a_rule_is_shown_with_what_it_does_to_the_export(page, desktop):
    editor = page.shelf.editor
    assert editor.message.text() == OWN.message.sv
    assert editor.condition.text() == OWN.condition
    trial = answers()["try_rule"](None, OWN)
    words = _("{cases} of {total} cases break it")
    assert editor.result.text() == words.format(cases=trial.cases, total=trial.total)
    assert [link.text for link in editor.samples.links] == list(trial.samples)


def test_a_sample_leads_to_its_case(qtbot, page, desktop):
    samples = page.shelf.editor.samples
    samples.setCurrentRow(1)
    qtbot.keyClick(samples, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("cases", {"case": "2600004"}) in desktop.went)


def test_a_condition_is_kept_tried_and_undone(qtbot, page, desktop):
    _write(qtbot, page.shelf.editor.condition, "missing(V320) and")
    qtbot.keyClick(page.shelf.editor.condition, Qt.Key.Key_Return)
    qtbot.keyClicks(page.shelf.editor.condition, " present(V565)")
    _finish(qtbot, page, desktop)
    assert _rule(desktop).condition == "missing(V320) and present(V565)"
    assert _rule(desktop).variables == ("V320", "V565")
    _name, arguments = next(one for one in reversed(desktop.channel.asked) if one[0] == "try_rule")
    assert arguments[1].condition == "missing(V320) and present(V565)"
    assert arguments[0].rule_of(OWN.id) is None  # so that its id is not taken
    desktop.document.undo_stack.undo()
    assert _rule(desktop) == OWN
    assert page.shelf.editor.condition.text() == OWN.condition


def test_a_condition_that_cannot_be_read_says_why_and_is_kept(qtbot, page, desktop):
    problem = Problem("condition-unreadable", (("condition", "("),))
    desktop.answers["try_rule"] = lambda *_arguments: RuleTrial(problem)
    _write(qtbot, page.shelf.editor.condition, "missing(")
    _finish(qtbot, page, desktop)
    assert _rule(desktop).condition == "missing("
    assert page.shelf.editor.result.text()
    assert page.shelf.editor.samples is None


def test_writing_goes_on_where_it_was_while_the_rule_is_kept(qtbot, page, desktop):
    editor, field = page.shelf.editor, page.shelf.editor.condition
    field.setFocus()
    field.moveCursor(field.textCursor().MoveOperation.End)
    qtbot.keyClicks(field, " or missing(V320)")
    qtbot.waitUntil(lambda: _rule(desktop).condition.endswith("missing(V320)"))
    settle(qtbot, desktop)
    assert page.shelf.editor is editor
    assert field.textCursor().atEnd()
    qtbot.keyClicks(field, " ")
    assert field.toPlainText().endswith(") ")


def test_effect_and_words_are_the_hospitals_own(qtbot, page, desktop):
    editor = page.shelf.editor
    editor.effect.setCurrentIndex(editor.effect.findData(Tier.BLOCKS.value))
    editor.effect.activated.emit(0)
    _write(qtbot, editor.message, "Ring avdelningen")
    _finish(qtbot, page, desktop)
    assert _rule(desktop).tier is Tier.BLOCKS
    assert _rule(desktop).message.sv == "Ring avdelningen"
    assert _rule(desktop).message.en == OWN.message.en
    assert page.shelf.table.rows.row_at(0).message.sv == "Ring avdelningen"


def test_a_new_rule_is_ready_to_be_written_and_can_be_removed(qtbot, page, desktop):
    page.shelf.primary.click()
    settle(qtbot, desktop)
    assert len(desktop.document.project.rules) == 2
    made = _rule(desktop, page.shelf.shown)
    assert made.own
    assert made.id != OWN.id
    assert page.shelf.editor.message.selectedText() == made.message.sv
    _write(qtbot, page.shelf.editor.message, "Egen")
    _finish(qtbot, page, desktop)
    assert _rule(desktop, made.id).message.en == "Egen"
    remove = next(
        one
        for one in page.shelf.inspector.findChildren(QPushButton)
        if one.text() == _("Remove the rule")
    )
    remove.click()
    assert desktop.document.project.rules == (OWN,)
    desktop.document.undo_stack.undo()
    assert len(desktop.document.project.rules) == 2


def test_own_rules_mention_their_variables_and_the_variables_them(page):
    page.arrive(Place("register", {"variable": "V310"}))
    links = page.shelf.inspector.findChildren(LinkList)
    assert {"own": OWN.id} in [link.target for one in links for link in one.links]


def test_without_a_project_there_is_nowhere_to_keep_a_rule(qtbot, desktop):
    page = RegisterPage(desktop.context)
    qtbot.addWidget(page)
    page.show()
    page.arrive(Place("register"))
    settle(qtbot, desktop)
    page.kinds.buttons["own"].click()
    assert isinstance(page.shelf, OwnRuleShelf)
    assert not page.shelf._new.isEnabled()
    said = [one.text() for one in page.shelf.inspector.findChildren(QLabel)]
    assert said == [_("Own rules are kept in a project. Open one first.")]


def test_a_register_that_is_not_imported_says_that_only_the_form_is_checked(page):
    page.kinds.buttons["register"].click()
    page.shelf.choose("icd")
    table = page.shelf.table.model()
    assert [table.index(row, 2).data() for row in (0, 1)] == [
        _("In use"),
        _("Only the form is checked"),
    ]
    assert table.index(0, 1).data() == "2026, 2025"


def test_a_yearly_file_is_imported_and_the_export_checked_again(qtbot, page, desktop):
    page.kinds.buttons["register"].click()
    page.shelf.choose("icd")
    checked = desktop.channel.times("analyse")
    page.shelf.year.setCurrentIndex(page.shelf.year.findData("2026"))
    page.shelf.import_file("/x/icd.xlsx")
    settle(qtbot, desktop)
    assert ("import_register", ("/x/icd.xlsx", "icd", 2026)) in desktop.channel.asked
    assert desktop.channel.times("analyse") == checked + 1
    assert any("9\u00a0874" in text or "9874" in text for text in desktop.said)


def test_without_a_chosen_year_the_files_name_says_it(qtbot, page, desktop):
    page.kinds.buttons["register"].click()
    page.shelf.choose("kva")
    page.shelf.import_file("/x/kva_2027.txt")
    settle(qtbot, desktop)
    assert ("import_register", ("/x/kva_2027.txt", "kva", None)) in desktop.channel.asked


def test_a_file_that_is_no_register_is_told_and_nothing_changes(qtbot, page, desktop):
    desktop.answers["import_register"] = ProfileError("register-empty", file="x.xlsx")
    told: list[ProfileError] = []
    desktop.backend.troubled.connect(told.append)
    page.kinds.buttons["register"].click()
    page.shelf.import_file("/x/x.xlsx")
    settle(qtbot, desktop)
    assert [error.code for error in told] == ["register-empty"]
    assert page.shelf.table.rows.rowCount() == len(STATUS)


def test_a_year_is_removed(qtbot, page, desktop):
    page.kinds.buttons["register"].click()
    page.shelf.choose("kva")
    name = _("Remove {year}").format(year=2025)
    buttons = page.shelf.inspector.findChildren(QPushButton)
    next(one for one in buttons if one.accessibleName() == name).click()
    settle(qtbot, desktop)
    assert ("remove_register", ("kva", 2025)) in desktop.channel.asked


def test_a_finding_leads_to_its_rule_else_to_its_variable(qtbot):
    found = FindingList()
    qtbot.addWidget(found)
    targets: list[dict[str, str]] = []
    found.register_wanted.connect(targets.append)
    profile = shipped()
    rule = profile.rules[0]
    own = replace(profile, rules=(*profile.rules, OWN))
    for finding in (
        Finding("1", rule.id, rule.tier, "V310"),
        Finding("1", OWN.id, OWN.tier, "V310"),
        Finding("1", "value-unreadable", Tier.BLOCKS, "V310"),
        Finding("1", "duplicate-case", Tier.BLOCKS),
    ):
        found.show_findings((finding,), own)
        found.show_in_register()
    assert targets == [{"rule": rule.id}, {"own": OWN.id}, {"variable": "V310"}]


def test_the_variables_that_a_condition_names_are_one_click_away(qtbot, page, desktop):
    _write(qtbot, page.shelf.editor.condition, "missing(V320)")
    _finish(qtbot, page, desktop)
    named = page.shelf.editor.named
    assert [link.target for link in named.links] == [{"variable": "V320"}]
    named.setCurrentRow(0)
    qtbot.keyClick(named, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ("register", {"variable": "V320"}) in desktop.went)


def test_a_finding_of_an_own_rule_is_not_put_in_the_registers_mouth():
    profile = replace(shipped(), rules=(*shipped().rules, OWN))
    facts = dict(facts_of(Finding("1", OWN.id, Tier.CORRUPT, "V310"), profile))
    assert facts[_("Why")] == _("It breaks a rule of your own, which only this project knows.")
    assert not facts[_("Source")]
