"""One key from a finding to what is known about it, and own rules known wherever they are named."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.core.finding import Finding, Tier
from app.gui.cases.page import CasesPage
from app.gui.document import Document
from app.gui.fellista.page import FellistaPage
from app.workflow.views import OpenProject
from tests.support import gui_pages as made
from tests.support.gui import shipped
from tests.support.gui_backend import Window
from tests.support.gui_register import OWN, PROJECT_WITH_RULES

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    yield window
    window.close()


def _look_up(qtbot, table):
    """Press the key where the focus is."""
    table.window().activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_I, CTRL)


def _cases(qtbot, window):
    page: Any = CasesPage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    qtbot.waitUntil(lambda: page.browser.model.total == 400)
    _choose_first(qtbot, page.browser)
    return page


def _choose_first(qtbot, browser):
    browser.table.choose(0)
    case = browser.model.row_at(0).case
    qtbot.waitUntil(lambda: browser.inspector.title.text() == case)


def test_a_finding_under_cases_leads_to_its_rule(qtbot, window):
    page = _cases(qtbot, window)
    page.browser.inspector.tabs.setCurrentWidget(page.browser.inspector.findings)
    _look_up(qtbot, page.browser.table)
    assert window.places[-1] == ("register", {"rule": made.START_AFTER_END})


def test_a_value_under_cases_leads_to_its_variable(qtbot, window):
    page = _cases(qtbot, window)
    inspector = page.browser.inspector
    inspector.tabs.setCurrentWidget(inspector.values)
    inspector.values.choose("V565")
    _look_up(qtbot, inspector.values.table)
    assert window.places[-1] == ("register", {"variable": "V565"})


def test_a_finding_on_the_fellista_leads_to_its_rule(qtbot, window):
    page = FellistaPage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    window.session.set_fellista(made.FELLISTA)
    found = next(case for case in made.FELLISTA.cases if case.findings)
    page.browser.cases.choose(made.FELLISTA.cases.index(found))
    _look_up(qtbot, page.browser.cases)
    assert window.places[-1][0] == "register"


def test_a_new_own_rule_is_known_under_cases_by_its_words(qtbot, window):
    finding = Finding("2200001", OWN.id, Tier.NOTE, "V310")
    window.desk.answers["case_detail"] = lambda case: replace(
        made.case_detail(case), findings=(finding,)
    )
    page = _cases(qtbot, window)
    project = window.document.project
    window.document.change("ny regel", project.with_rule(OWN))
    qtbot.waitUntil(lambda: page.browser.model.total == 400)
    _choose_first(qtbot, page.browser)
    inspector = page.browser.inspector
    inspector.tabs.setCurrentWidget(inspector.findings)
    assert inspector.findings.list.lines.item(0).text() == OWN.message.sv
    _look_up(qtbot, page.browser.table)
    assert window.places[-1] == ("register", {"own": OWN.id})


def test_the_documents_profile_follows_the_own_rules(qapp):
    document = Document()
    profile = shipped()
    document.open(OpenProject(replace(PROJECT_WITH_RULES, rules=()), "", profile))
    assert document.profile is profile
    document.change("ny regel", PROJECT_WITH_RULES)
    assert document.profile.rules == (*profile.rules, OWN)
    assert document.profile is document.profile  # made once, so that pages may compare
    document.undo_stack.undo()
    assert document.profile.rules == profile.rules
