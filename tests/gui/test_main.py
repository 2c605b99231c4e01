"""The real window on the real rooms: first paint without heavy parts, and pictures of pages."""

import os
import subprocess
import sys

import pytest

from app.assets import RESOURCES
from app.gui.actions import PAGES
from app.keystore.secrets import MemorySecrets
from app.main import build_desk, data_folder, picture_pages

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
_PROJECT = RESOURCES / "sample" / "sample.sporproject"

_FIRST_WINDOW = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.gui.background.backend import Backend
from app.main import build_window
from pathlib import Path
app = QApplication([])
backend = Backend(object)
window = build_window(app, backend, Path(sys.argv[1]))
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
backend.close()
heavy = {"polars", "lxml", "zeep", "xmlschema", "openpyxl", "cryptography", "keyring"}
print(sorted(heavy & sys.modules.keys()))
"""


def test_the_first_window_loads_nothing_heavy(tmp_path):
    command = [sys.executable, "-c", _FIRST_WINDOW, str(tmp_path / "window.ini")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip().endswith("[]"), done.stdout


def test_the_desk_has_the_users_own_folder(own_home):
    desk = build_desk(secrets=MemorySecrets())
    assert desk.data == data_folder()
    assert desk.data.is_dir()
    assert own_home in desk.data.parents


@pytest.mark.skipif(os.name != "posix", reason="Windows guards the user's own folders itself")
def test_the_users_own_folder_is_closed_to_others_and_a_chosen_one_left_as_it_is(tmp_path):
    build_desk(secrets=MemorySecrets()).close()
    own = data_folder()
    assert own.stat().st_mode & 0o777 == 0o700
    own.chmod(0o755)
    build_desk(secrets=MemorySecrets()).close()
    assert own.stat().st_mode & 0o777 == 0o700
    (tmp_path / "chosen").mkdir(mode=0o755)
    build_desk(tmp_path / "chosen", MemorySecrets()).close()
    assert (tmp_path / "chosen").stat().st_mode & 0o777 == 0o755
    build_desk(tmp_path / "new", MemorySecrets()).close()
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_every_page_is_pictured_in_light_and_dark(tmp_path, qapp):
    desk = build_desk(tmp_path / "data", MemorySecrets())
    try:
        taken = picture_pages(desk, _PROJECT, tmp_path / "out")
    finally:
        desk.close()
    assert [path.name for path in taken] == [
        f"{row.id}-{scheme}.png" for scheme in ("light", "dark") for row in PAGES
    ]
    assert all(path.stat().st_size > 10_000 for path in taken)
    assert sorted((tmp_path / "out").iterdir()) == sorted(taken)
