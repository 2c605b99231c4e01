"""Nothing freezes the window while its worker process takes a large export through the chain.

The thread's own processor time is judged, so that a busy machine does not fail what is right.
"""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from app.files.project import write_project
from app.gui.background.backend import Backend
from app.main import build_window
from tests.support import sample_hospital
from tests.support.sample_project import sample_project
from tests.support.watchdog import Restless, Watchdog, desk_in

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CASES, MOST = 20_000, 0.100  # seconds of the window's own thread between two turns


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project of a large export of the sample hospital."""
    folder = tmp_path_factory.mktemp("large")
    sample_hospital.write(sample_hospital.make(CASES, seed=1), folder)
    path = folder / "large.sporproject"
    write_project(sample_project(), path)
    return path


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Any:
    """Return the real window before its worker process has begun."""
    backend = Backend(partial(desk_in, tmp_path / "data"))
    made = build_window(qapp, backend, tmp_path / "window.ini")
    made.resize(1366, 768)
    made.show()
    yield made
    backend.close()
    made.hide()
    made.context.document.deleteLater()
    made.deleteLater()


def test_the_window_answers_while_a_large_export_is_analysed(qapp, window, project):
    dog = Watchdog(qapp)
    session = window.context.session
    window.go("cases")
    window.projects.open(str(project))
    assert dog.run_until(lambda: session.summary is not None)
    assert session.summary.cases == CASES

    page = window.page
    assert dog.run_until(lambda: page.browser.model.total == CASES)
    restless = Restless(page.browser)
    restless.start()
    session.check()  # again, while the list of the former check is used
    checked = []
    session.summary_changed.connect(lambda: checked.append(session.is_checking))
    assert dog.run_until(lambda: False in checked)
    assert dog.run_until(lambda: restless.done > 500)
    restless.stop()
    assert dog.run_until(lambda: not window.context.backend.jobs)
    longest = max(dog.own)
    assert longest < MOST, f"a turn held the thread for {1000 * longest:.0f} ms"
