"""Nothing is lost: lock, autosave and recovery in the real window, on real files."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QLockFile
from PySide6.QtWidgets import QFileDialog, QMessageBox

from app.files.project import read_project, write_project
from app.gui.frame import recovery
from app.gui.main_window import MainWindow
from app.language.text import _
from app.workflow.template_views import Recovery
from app.workflow.views import OpenProject
from tests.support.gui import PROJECT, Desktop, settle, shipped, the_app

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NOON = datetime(2026, 1, 15, 11, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "sjukhuset"
    folder.mkdir()
    write_project(PROJECT, folder / "prov.sporproject")
    return folder / "prov.sporproject"


@pytest.fixture
def desktop(tmp_path, qtbot, path):
    made = Desktop(tmp_path, _real_deeds(tmp_path))
    yield made
    made.backend.close()


@pytest.fixture
def window(qtbot, desktop):
    made = MainWindow(desktop.context, the_app(), lambda: datetime.now(UTC))
    qtbot.addWidget(made)
    made.show()
    yield made
    if shiboken6.isValid(desktop.document.undo_stack):
        desktop.document.undo_stack.setClean()
    made.safekeeping.lock.release()


def _real_deeds(folder):
    """Return the deeds of this part as they are, on no desk."""
    from app.workflow import autosave

    def real(deed):
        return lambda *arguments: deed(None, *arguments)

    def opened(path):
        return OpenProject(read_project(path), str(path), shipped())

    def save(project, path):
        write_project(project, type(folder)(path))
        return path

    names = ("autosave", "recovery_of", "discard_autosave", "discard_recovery")
    found = {name: real(getattr(autosave, name)) for name in names}
    return {**found, "save_project": save, "open_project": lambda path: opened(folder / path)}


def _open(window, desktop, qtbot, path):
    window.projects.open(str(path))
    settle(qtbot, desktop)


def _change(desktop, note="ändrat"):
    desktop.document.change("ändra", replace(desktop.document.project, notes=note))


def _beside(path):
    return sorted(one.name for one in path.parent.iterdir() if one != path)


def _strip(window):
    return window.findChild(recovery.RecoveryStrip)


def test_changes_are_kept_beside_the_file_until_they_are_saved(window, desktop, qtbot, path):
    _open(window, desktop, qtbot, path)
    window.safekeeping.autosave.keep()
    assert desktop.channel.times("autosave") == 0
    _change(desktop)
    window.safekeeping.autosave.keep()
    window.safekeeping.autosave.keep()
    settle(qtbot, desktop)
    assert desktop.channel.times("autosave") == 1
    assert _beside(path) == [".prov.sporproject.autosave", ".prov.sporproject.lock"]
    assert read_project(path) == PROJECT
    window.projects.save()
    settle(qtbot, desktop)
    assert _beside(path) == [".prov.sporproject.lock"]
    assert read_project(path).notes == "ändrat"


def test_what_is_undone_needs_no_autosave(window, desktop, qtbot, path):
    _open(window, desktop, qtbot, path)
    _change(desktop)
    window.safekeeping.autosave.keep()
    desktop.document.undo_stack.undo()
    settle(qtbot, desktop)
    assert _beside(path) == [".prov.sporproject.lock"]


def test_the_timer_looks_every_ten_seconds(window):
    timer = window.safekeeping.autosave._timer
    assert (timer.isActive(), timer.interval()) == (True, 10_000)


def test_after_a_crash_the_changes_are_offered_and_taken_back(window, desktop, qtbot, path):
    left = path.with_name(".prov.sporproject.autosave")
    write_project(replace(PROJECT, notes="förlorat"), left)
    _open(window, desktop, qtbot, path)
    strip = _strip(window)
    assert strip.isVisible()
    assert strip.accessibleName().startswith("Det finns osparade ändringar från ")
    assert desktop.document.project == PROJECT
    strip.restore.click()
    settle(qtbot, desktop)
    assert desktop.document.project.notes == "förlorat"
    assert desktop.document.undo_stack.undoText() == "Återställ osparade ändringar"
    assert not strip.isVisible()
    assert left.exists()  # anew, until it is saved
    assert not path.with_name(".prov.sporproject.recovery").exists()


def test_the_offer_is_reached_with_f6(window, desktop, qtbot, path):
    write_project(replace(PROJECT, notes="x"), path.with_name(".prov.sporproject.autosave"))
    _open(window, desktop, qtbot, path)
    window.activateWindow()
    seen = set()
    for _step in range(8):
        window.next_pane()
        seen.add(window.focusWidget())
    assert _strip(window).restore in seen


def test_lost_changes_are_thrown_away_by_a_click(window, desktop, qtbot, path):
    write_project(replace(PROJECT, notes="x"), path.with_name(".prov.sporproject.autosave"))
    _open(window, desktop, qtbot, path)
    _strip(window).discard.click()
    settle(qtbot, desktop)
    assert not _strip(window).isVisible()
    assert _beside(path) == [".prov.sporproject.lock"]
    assert not desktop.document.is_modified


def test_the_offer_says_that_the_file_was_saved_after_the_lost_changes(
    window, desktop, qtbot, path
):
    left = path.with_name(".prov.sporproject.autosave")
    write_project(replace(PROJECT, notes="förlorat"), left)
    write_project(replace(PROJECT, notes="en kollegas"), path)
    at = left.stat().st_mtime + 60
    os.utime(path, (at, at))
    _open(window, desktop, qtbot, path)
    strip = _strip(window)
    assert strip.isVisible()
    text = _(
        "There are changes from {time} that were not saved. The file was saved after that,"
        " {later}: restoring them takes its content away."
    )
    assert strip.accessibleName().startswith(text.partition("{")[0])
    assert text.rpartition("}")[2] in strip.accessibleName()
    strip.restore.click()
    settle(qtbot, desktop)
    assert desktop.document.project.notes == "förlorat"
    desktop.document.undo_stack.undo()
    assert desktop.document.project.notes == "en kollegas"


def test_an_unanswered_offer_is_not_written_over(window, desktop, qtbot, path):
    write_project(replace(PROJECT, notes="förlorat"), path.with_name(".prov.sporproject.autosave"))
    _open(window, desktop, qtbot, path)
    _change(desktop, "nytt")
    window.safekeeping.autosave.keep()
    window.projects.save()
    settle(qtbot, desktop)
    assert _strip(window).isVisible()
    assert read_project(path.with_name(".prov.sporproject.recovery")).notes == "förlorat"


def test_changes_thrown_away_at_closing_are_not_offered(window, desktop, qtbot, path):
    _open(window, desktop, qtbot, path)
    _change(desktop)
    window.safekeeping.autosave.keep()
    settle(qtbot, desktop)
    window.close()
    window.findChild(QMessageBox).button(QMessageBox.StandardButton.Discard).click()
    assert _beside(path) == []


def test_a_project_that_is_open_elsewhere_is_read_only(window, desktop, qtbot, path):
    other = QLockFile(str(path.with_name(".prov.sporproject.lock")))
    assert other.tryLock(0)
    _open(window, desktop, qtbot, path)
    assert desktop.document.is_read_only
    chip = next(one for one in window.findChildren(type(_chip(window))) if one.isVisible())
    assert chip.text() == "Skrivskyddat"
    _change(desktop)
    assert desktop.document.project == PROJECT
    assert "skrivskyddat; spara en kopia" in window.strip.message.text
    assert desktop.channel.times("recovery_of") == 0
    window.projects.save()
    dialog = window.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.close()
    other.unlock()
    chip.menu().actions()[1].trigger()
    settle(qtbot, desktop)
    assert not desktop.document.is_read_only
    _change(desktop)
    assert desktop.document.project.notes == "ändrat"


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own")
def test_a_project_that_is_open_under_another_name_is_read_only_too(
    window, desktop, qtbot, path, tmp_path
):
    other = QLockFile(str(path.with_name(".prov.sporproject.lock")))
    assert other.tryLock(0)
    link = tmp_path / "genväg.sporproject"
    link.symlink_to(path)
    _open(window, desktop, qtbot, link)
    assert desktop.document.is_read_only


def test_a_copy_of_a_read_only_project_may_be_changed(window, desktop, qtbot, path):
    other = QLockFile(str(path.with_name(".prov.sporproject.lock")))
    assert other.tryLock(0)
    _open(window, desktop, qtbot, path)
    copy = path.parent.parent / "kopia.sporproject"
    window.projects.save_to(str(copy))
    settle(qtbot, desktop)
    assert desktop.document.path == str(copy)
    assert not desktop.document.is_read_only
    assert read_project(copy).sources[0].path == "sjukhuset/operationer.csv"


def test_a_file_that_is_open_elsewhere_is_not_written_over(window, desktop, qtbot, path):
    _open(window, desktop, qtbot, path)
    copy = path.parent / "annan.sporproject"
    other = QLockFile(str(copy.with_name(".annan.sporproject.lock")))
    assert other.tryLock(0)
    window.projects.save_to(str(copy))
    settle(qtbot, desktop)
    assert not copy.exists()
    assert "annat fönster" in window.strip.message.text


def test_the_lock_of_a_dead_program_is_taken_over(window, desktop, qtbot, path):
    lock = path.with_name(".prov.sporproject.lock")
    program = (
        "import os, sys\n"
        "from PySide6.QtCore import QLockFile\n"
        "assert QLockFile(sys.argv[1]).tryLock(0)\n"
        "os._exit(0)\n"
    )
    keeping = program.replace("assert QLockFile", "lock = QLockFile").replace(
        ".tryLock(0)", "; assert lock.tryLock(0)"
    )
    subprocess.run([sys.executable, "-c", keeping, str(lock)], check=True)
    assert lock.exists()
    _open(window, desktop, qtbot, path)
    assert not desktop.document.is_read_only


@pytest.mark.parametrize("left", ["4711\nspor\nen-annan-dator\n\n\n", "skräp"])
def test_a_lock_that_cannot_be_judged_from_here_says_what_to_remove(
    window, desktop, qtbot, path, left
):
    lock = path.with_name(".prov.sporproject.lock")
    lock.write_text(left)
    _open(window, desktop, qtbot, path)
    assert desktop.document.is_read_only
    assert lock.name in window.strip.message.text
    lock.unlink()
    _open(window, desktop, qtbot, path)
    assert not desktop.document.is_read_only


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder nobody can write to")
def test_a_folder_that_cannot_be_written_is_worked_in_and_said(window, desktop):
    desktop.open(path="/proc/prov.sporproject")
    assert not desktop.document.is_read_only
    assert "sparas inte undan" in window.strip.message.text


def test_an_undone_step_finds_its_files_after_saving_elsewhere(window, desktop, qtbot, path):
    _open(window, desktop, qtbot, path)
    _change(desktop)
    window.projects.save_to(str(path.parent.parent / "kopia.sporproject"))
    settle(qtbot, desktop)
    assert not desktop.document.is_modified
    desktop.document.undo_stack.undo()
    assert desktop.document.project.notes == ""
    assert desktop.document.project.sources[0].path == "sjukhuset/operationer.csv"


def test_trouble_with_the_autosave_is_said_once(window, desktop, qtbot, path):
    from app.core.errors import ProjectError

    desktop.answers["autosave"] = ProjectError("project-unwritable", name="x", reason="full")
    _open(window, desktop, qtbot, path)
    _change(desktop)
    for _again in range(2):
        window.safekeeping.autosave.keep()
        settle(qtbot, desktop)
    assert sum("full" in one for one in desktop.said) == 1
    assert desktop.channel.times("autosave") == 2


def _chip(window):
    from app.gui.frame.chips import ReadOnlyChip

    return window.findChild(ReadOnlyChip)


def test_lost_changes_of_the_former_project_are_not_offered_for_another(
    window, desktop, qtbot, path
):
    desktop.hold("recovery_of")
    desktop.open(path=str(path))
    late = desktop.waiting("recovery_of")[0]
    desktop.open(path=str(path.with_name("annat.sporproject")))
    desktop.answer(late, Recovery(str(path), PROJECT, datetime(2026, 11, 1, tzinfo=UTC)))
    qtbot.waitUntil(lambda: late not in desktop.backend.jobs)
    assert not _strip(window).isVisible()


def test_changes_that_are_saved_while_they_are_kept_are_not_offered_again(
    window, desktop, qtbot, path
):
    _open(window, desktop, qtbot, path)
    desktop.hold("autosave")
    desktop.document.change("anteckning", replace(PROJECT, notes="kvar"))
    window.safekeeping.autosave.keep()
    desktop.document.mark_saved(str(path))
    assert desktop.channel.times("discard_autosave") == 0
    desktop.answer(desktop.waiting("autosave")[0], "")
    qtbot.waitUntil(lambda: desktop.channel.times("discard_autosave") == 1)


def test_what_is_kept_stays_when_the_history_goes_with_its_window(window, desktop, qtbot, path):
    _open(window, desktop, qtbot, path)
    desktop.document.change("anteckning", replace(PROJECT, notes="kvar"))
    window.safekeeping.autosave.keep()
    settle(qtbot, desktop)
    shiboken6.delete(desktop.document.undo_stack)
    settle(qtbot, desktop)
    assert desktop.channel.times("discard_autosave") == 0
    assert path.with_name(".prov.sporproject.autosave").exists()
