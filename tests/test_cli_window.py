"""What opens the window, and on what."""

from pathlib import Path

import pytest

from app.cli import program, window
from app.cli.program import OK
from app.core.errors import WorkbenchError
from app.workflow.desk import Desk
from tests.support.workflow import make_desk


@pytest.mark.parametrize(
    ("arguments", "is_window"),
    [
        ([], True),
        (["mine.sporproject"], True),
        (["--sample"], True),
        (["check"], False),
        (["chekc"], False),
        (["--help"], False),
    ],
)
def test_what_opens_the_window(arguments, is_window):
    assert program.opens_window(arguments) is is_window


def test_options_before_the_command_are_split_off():
    settings, rest = program.split(["--lang=en", "--data", "d", "check", "--json"])
    assert settings == {program.LANGUAGE: "en", program.DATA: "d"}
    assert rest == ["check", "--json"]


def test_the_window_opens_on_a_project_or_the_sample(monkeypatch, tmp_path):
    opened: list[tuple[list[str], Path | None]] = []

    def open_nothing(arguments, data):
        opened.append((arguments, data))
        return OK

    monkeypatch.setattr(window, "open_window", open_nothing)
    monkeypatch.setattr(window, "build_desk", lambda data: make_desk(tmp_path))
    monkeypatch.setattr(window, "start_stage", _cannot_start)
    assert program.run(["a.sporproject"]) == OK
    assert program.run(["--data", str(tmp_path), "--sample"]) == OK
    assert opened[0] == (["a.sporproject"], None)
    (paths, data) = opened[1]
    assert Path(paths[0]).is_file()
    assert data == tmp_path


def _cannot_start(desk: Desk) -> None:
    raise WorkbenchError("keystore-missing")
