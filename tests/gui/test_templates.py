"""Templates in the window: kept, applied, begun with; and the specification's file menu."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog

from app.core.mapping import Link, LinkState
from app.gui.main_window import MainWindow
from app.workflow.template_views import AppliedTemplate, BegunProject, TemplateEntry
from app.workflow.views import OpenProject, Problem
from tests.support.gui import PROJECT, Desktop, settle, shipped, the_app

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ENTRY = TemplateEntry("Orbit", "spor-4.1", ("operationer", "planeringar"), 41)
TASKS = (
    Problem("template-own-value", (("variable", "SystemId"),)),
    Problem("template-table-missing", (("table", "opkoder"), ("links", "3"))),
)
LINK = Link("V325", "operationer", ("VKT",), reasons=("template",))
APPLIED = AppliedTemplate("Orbit", PROJECT.with_link(LINK), ("V325",), TASKS)
BEGUN = BegunProject(OpenProject(APPLIED.project, "/x/ny.sporproject", shipped()), APPLIED)
ANSWERS = {
    "templates": (ENTRY,),
    "save_template": lambda _project, name: replace(ENTRY, name=name),
    "apply_template": APPLIED,
    "new_from_template": BEGUN,
    "write_specification": lambda _project, _base, path: path,
}


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path, ANSWERS)
    yield made
    made.backend.close()


@pytest.fixture
def window(qtbot, desktop):
    made = MainWindow(desktop.context, the_app(), lambda: datetime(2026, 1, 15, 11, tzinfo=UTC))
    qtbot.addWidget(made)
    made.show()
    settle(qtbot, desktop)
    yield made
    desktop.document.undo_stack.setClean()


def _do(window, desktop, qtbot, action):
    window.actions_by_id.by_id[action].trigger()
    settle(qtbot, desktop)


def _dialog(window, kind: type[QDialog]):
    return next(one for one in window.findChildren(kind) if one.isVisible())


def _asked(desktop, deed):
    return dict(desktop.channel.asked)[deed]


def test_a_project_is_kept_as_a_template_by_its_name(window, desktop, qtbot):
    desktop.open()
    settle(qtbot, desktop)
    _do(window, desktop, qtbot, "save_template")
    dialog = _dialog(window, QInputDialog)
    assert dialog.textValue() == "Provsjukhuset"
    dialog.setTextValue("Orbit 5")
    dialog.accept()
    settle(qtbot, desktop)
    assert _asked(desktop, "save_template") == (PROJECT, "Orbit 5")
    assert desktop.said[-1] == "Mallen Orbit 5 med 41 kopplingar är sparad."


def test_a_template_is_applied_as_one_step_and_leaves_a_list(window, desktop, qtbot):
    desktop.open()
    settle(qtbot, desktop)
    _do(window, desktop, qtbot, "apply_template")
    _dialog(window, QInputDialog).accept()
    settle(qtbot, desktop)
    assert _asked(desktop, "apply_template") == (PROJECT, "Orbit")
    assert desktop.document.project == APPLIED.project
    assert desktop.document.undo_stack.undoText() == "använd mallen Orbit"
    assert desktop.said[-1].startswith("1 koppling från mallen väntar på godkännande. 2 saker")
    work = window.panels.work
    assert work.isVisible()
    links = work.findChild(_list())
    assert [links.item(row).text().split(" ")[0] for row in range(links.count())] == [
        "SystemId",
        "Ingen",
    ]
    desktop.went.clear()
    links.setCurrentRow(0)
    links.itemActivated.emit(links.item(0))
    assert desktop.went == [("mapping", {"variable": "SystemId"})]
    desktop.document.undo_stack.undo()
    assert desktop.document.project == PROJECT


def test_what_is_changed_while_a_template_is_applied_is_kept(window, desktop, qtbot):
    desktop.open()
    settle(qtbot, desktop)
    desktop.hold("apply_template")
    window.templates.apply("Orbit")
    changed = replace(PROJECT, notes="under tiden")
    desktop.document.change("anteckning", changed)
    desktop.answer(desktop.waiting("apply_template")[0], APPLIED)
    qtbot.waitUntil(lambda: desktop.channel.times("apply_template") == 2)
    assert desktop.document.project == changed
    desktop.open(replace(PROJECT, name="Annat"))
    desktop.answer(desktop.waiting("apply_template")[0], APPLIED)
    settle(qtbot, desktop)
    assert desktop.document.project.name == "Annat"
    assert not desktop.document.is_modified


def test_without_templates_the_window_says_what_to_do(window, desktop, qtbot):
    desktop.answers["templates"] = ()
    desktop.open()
    settle(qtbot, desktop)
    _do(window, desktop, qtbot, "apply_template")
    assert desktop.said[-1] == "Det finns inga mallar än. Spara först ett projekt som mall."


def test_start_offers_a_new_project_with_each_template(window, desktop, qtbot):
    window.go("start")
    settle(qtbot, desktop)
    (button,) = window.page.template_buttons
    assert button.text() == "Orbit"
    assert button.toolTip() == "41 länkar för operationer, planeringar"
    button.click()
    for chosen in ("/x/a.csv", "/x/ny.sporproject"):
        dialog = _dialog(window, QFileDialog)
        dialog.close()
        dialog.filesSelected.emit([chosen])
    settle(qtbot, desktop)
    assert _asked(desktop, "new_from_template") == ("/x/ny.sporproject", ("/x/a.csv",), "Orbit")
    assert desktop.document.project == APPLIED.project
    assert window.panels.work.isVisible()


def test_the_list_goes_away_with_another_project(window, desktop, qtbot):
    desktop.open()
    desktop.session.set_applied(APPLIED)
    assert window.panels.work.isVisible()
    desktop.open(path="/x/annat.sporproject")
    assert not window.panels.work.isVisible()


def test_the_specification_is_written_where_the_user_says(window, desktop, qtbot):
    desktop.open()
    settle(qtbot, desktop)
    _do(window, desktop, qtbot, "specification")
    dialog = _dialog(window, QFileDialog)
    assert dialog.nameFilters() == [
        "Sida att läsa och skriva under (*.html)",
        "Arbetsbok (*.xlsx)",
    ]
    dialog.close()
    dialog.filesSelected.emit(["/x/spec.html"])
    settle(qtbot, desktop)
    assert _asked(desktop, "write_specification") == (PROJECT, "/x", "/x/spec.html")
    assert desktop.said[-1] == "Specifikationen är skriven: /x/spec.html"


@pytest.mark.parametrize("action", ["save_template", "apply_template", "specification"])
def test_what_needs_a_project_waits_for_one(window, desktop, action):
    assert not window.actions_by_id.by_id[action].isEnabled()
    desktop.open()
    assert window.actions_by_id.by_id[action].isEnabled()


def test_a_link_from_a_template_is_never_approved_by_itself():
    link = APPLIED.project.link_of("V325")
    assert link is not None
    assert link.state is LinkState.SUGGESTED


def _list():
    from app.gui.widgets.link_list import LinkList

    return LinkList
