"""A window that is killed: its project is read-only elsewhere until then, and nothing is lost."""

import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from app.assets import RESOURCES
from app.files.project import read_project
from app.gui.background.backend import Backend, ThreadChannel
from app.gui.frame.pictures import Settled
from app.gui.frame.recovery import RecoveryStrip
from app.keystore.secrets import MemorySecrets
from app.main import build_desk, build_window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def project(tmp_path):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    return tmp_path / "sample" / "sample.sporproject"


@pytest.fixture
def window(qapp, tmp_path):
    desk = build_desk(tmp_path / "mine", MemorySecrets())
    backend = Backend(lambda: desk, ThreadChannel)
    made = build_window(qapp, backend, tmp_path / "mine" / "window.ini")
    made.show()
    yield made
    backend.close()
    desk.close()
    made.safekeeping.lock.release()
    made.deleteLater()
    made.context.document.deleteLater()


def _other(tmp_path, project):
    """Start a window in another process; it has changed the project when this returns."""
    program = [sys.executable, "-m", "tests.support.window_program"]
    process = subprocess.Popen(
        [*program, str(tmp_path / "theirs"), str(project), "förlorat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "kept\n"
    return process


def test_what_a_killed_window_had_is_offered_to_the_next(window, project, tmp_path):
    settled, document = Settled(window.context.backend), window.context.document
    with _other(tmp_path, project) as other:
        window.projects.open(str(project))
        settled.wait()
        assert document.is_read_only
        strip = window.findChild(RecoveryStrip)
        assert not strip.isVisible()  # it is theirs as long as they work
        other.kill()
    window.projects.open(str(project))
    settled.wait()
    assert not document.is_read_only
    assert strip.isVisible()
    strip.restore.click()
    settled.wait()
    assert document.project.notes == "förlorat"
    window.projects.save()
    settled.wait()
    assert read_project(project).notes == "förlorat"
    beside = {one.name for one in project.parent.glob(".*")}
    assert beside == {".sample.sporproject.lock"}
