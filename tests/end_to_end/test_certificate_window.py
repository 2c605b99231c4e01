"""From a .p12 file to a green ladder against the local stage, in the real window, counted.

Every click and key is really made; see `tests/support/newcomer.py` for what an action is.
"""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog

from app.gui.settings import FOLDER
from app.language.text import _
from app.workflow.local_stage import start_stage
from app.workflow.stage_note import stage_package
from tests.support.newcomer import Newcomer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

PACKAGE = "opplan.p12"
MOST = 8
LEAST_RUNGS = 7
HSA_ID = "SE0000000000-TST1"


class Sender(Newcomer):
    """Somebody who was told the password of a file."""

    password = ""


@pytest.fixture
def person(qapp, tmp_path):
    """Return somebody with a project open, a stage running, and the file that it was given."""
    one = Sender(qapp, tmp_path / "data", tmp_path)
    one.window.projects.open_sample()
    one.wait()
    one.window.context.session.set_stage(start_stage(one.desk))
    package, one.password = stage_package(one.desk)
    given = tmp_path / "given"
    given.mkdir()
    shutil.copy(Path(package), given / PACKAGE)
    one.window.context.settings.set_text(FOLDER, str(given))
    yield one
    sys.stdout.write(f"\n{one.actions} actions {dict(one.done)}\n")
    one.leave()


def opened_by(dialog: QFileDialog):
    """Return the button that takes the chosen file."""
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    return box.button(QDialogButtonBox.StandardButton.Open)


def assert_green(person):
    """Assert that every rung is seen to hold, within the actions that it may take."""
    shown = person.page.ladder.result
    assert shown.title.text() == _("Every rung holds: the entrance takes the certificate.")
    assert len(shown.rungs.rows) >= LEAST_RUNGS
    assert all(row.rung.look.is_reached and not row.rung.problem for row in shown.rungs.rows)
    assert person.page.shelf.details.view.hsa_id == HSA_ID
    assert person.window.context.session.certificate.hsa_id == HSA_ID
    assert person.actions <= MOST


def test_a_file_becomes_a_green_ladder_by_clicks(person):
    person.click(person.button(_("Certificate")))
    person.click(person.page.choose)
    dialog = person.dialog()
    person.pick_file(dialog, PACKAGE)
    person.click(opened_by(dialog))
    person.write(person.password)
    person.click(person.page.shelf.importer.confirm)
    person.click(person.page.ladder.attempt)
    assert_green(person)


def test_a_file_becomes_a_green_ladder_by_keys(person):
    person.press("Ctrl+5")
    person.press("F6")  # from the rail to the page
    person.press("Ctrl+Shift+O")
    person.write(PACKAGE)
    person.press("Enter")
    person.write(person.password)
    person.press("Enter")
    person.press("Ctrl+Enter")
    assert_green(person)
