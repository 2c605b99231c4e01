"""Opening, making and saving projects by the file dialogs."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.core.errors import ProjectError
from app.gui.frame import deeds
from app.gui.frame.projects import Projects
from app.workflow.views import OpenProject
from tests.support.gui import PROJECT, Desktop, settle, shipped

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
OPENED = OpenProject(PROJECT, "/x/prov.sporproject", shipped())


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path, {"open_project": OPENED, "new_project": OPENED, "open_sample": OPENED})
    yield made
    made.backend.close()


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def _choose(window, *paths):
    dialog = next(one for one in window.findChildren(QFileDialog) if one.isVisible())
    title = dialog.windowTitle()
    dialog.close()  # as the dialog does before it tells what was chosen
    dialog.filesSelected.emit(list(paths))
    return title


def test_a_project_is_chosen_and_its_folder_remembered(window, desktop, qtbot):
    Projects(desktop.context, window).ask_open()
    assert _choose(window, "/x/prov.sporproject") == "Öppna projekt"
    settle(qtbot, desktop)
    assert desktop.document.project == PROJECT
    assert desktop.context.settings.recent() == ("/x/prov.sporproject",)


def test_a_new_project_asks_for_files_and_then_for_its_place(window, desktop, qtbot):
    projects = Projects(desktop.context, window)
    projects.ask_new()
    assert _choose(window, "/x/a.csv", "/x/b.csv") == "Välj exportens filer"
    assert _choose(window, "/x/nytt.sporproject") == "Spara projektet"
    settle(qtbot, desktop)
    asked = dict(desktop.channel.asked)["new_project"]
    assert asked == ("/x/nytt.sporproject", ("/x/a.csv", "/x/b.csv"))
    assert desktop.went == [("source", {})]


def test_a_project_without_a_file_asks_where_to_be_saved(window, desktop, qtbot):
    desktop.open(path="")
    Projects(desktop.context, window).save()
    _choose(window, "/x/sparat")
    settle(qtbot, desktop)
    assert desktop.document.path == "/x/sparat.sporproject"


def test_the_sample_is_one_click(window, desktop, qtbot):
    Projects(desktop.context, window).open_sample()
    settle(qtbot, desktop)
    assert desktop.document.is_open


def test_changes_are_asked_about_before_another_project_is_opened(window, desktop, qtbot):
    desktop.open()
    desktop.document.change("x", replace(PROJECT, notes="n"))
    Projects(desktop.context, window).open("/x/annat.sporproject")
    assert desktop.channel.times("open_project") == 0
    window.findChild(QMessageBox).button(QMessageBox.StandardButton.Save).click()
    settle(qtbot, desktop)
    assert [name for name, _asked in desktop.channel.asked if "project" in name] == [
        "save_project",
        "open_project",
    ]


def test_nothing_is_opened_when_the_changes_could_not_be_saved(window, desktop, qtbot):
    desktop.open()
    desktop.answers["save_project"] = ProjectError("project-locked", name="prov")
    desktop.document.change("x", replace(PROJECT, notes="n"))
    Projects(desktop.context, window).open_sample()
    window.findChild(QMessageBox).button(QMessageBox.StandardButton.Save).click()
    settle(qtbot, desktop)
    assert desktop.channel.times("open_sample") == 0
    assert desktop.document.project.notes == "n"
    desktop.document.undo_stack.setClean()


def test_no_other_project_is_opened_under_a_batch(window, desktop):
    desktop.open()
    desktop.channel.send, send = lambda request: None, desktop.channel.send
    desktop.backend.start(deeds.SEND, None)
    desktop.channel.send = send
    Projects(desktop.context, window).open_sample()
    assert desktop.channel.times("open_sample") == 0
    assert "omgång" in desktop.said[-1]


def test_files_dropped_without_a_project_begin_one(window, desktop):
    Projects(desktop.context, window).take_files(["/x/a.csv"])
    assert _choose(window, "/x/a.sporproject") == "Spara projektet"
    assert desktop.channel.times("new_project") == 1


def test_what_is_changed_while_another_project_comes_is_asked_about(window, desktop, qtbot):
    desktop.open()
    settle(qtbot, desktop)
    desktop.hold("new_project")
    Projects(desktop.context, window).make("/x/nytt.sporproject", ["/x/a.csv"])
    changed = replace(PROJECT, notes="under tiden")
    desktop.document.change("anteckning", changed)
    desktop.answer(desktop.waiting("new_project")[0], replace(OPENED, path="/x/nytt.sporproject"))
    settle(qtbot, desktop)
    assert desktop.document.project == changed
    box = window.findChild(QMessageBox)
    box.button(QMessageBox.StandardButton.Discard).click()
    assert desktop.document.path == "/x/nytt.sporproject"
