"""Open the window, on the sample hospital with a local stage when that is asked for."""

from pathlib import Path
from threading import Thread

from app.core.errors import WorkbenchError
from app.main import build_desk, open_window
from app.workflow.desk import Desk
from app.workflow.local_stage import start_stage
from app.workflow.projects import open_sample


def open_program(arguments: list[str], data: Path | None) -> int:
    """Open the window and return its exit code."""
    if not arguments or arguments[0] != "--sample":
        return open_window(arguments, data)
    desk = build_desk(data)
    starting = Thread(target=_try_to_start, args=(desk,), name="stage-start")
    starting.start()
    try:
        return open_window([open_sample(desk).path], data)
    finally:
        starting.join()
        desk.close()


def _try_to_start(desk: Desk) -> None:
    """Start the stage beside the window; without a keystore the window says so when asked."""
    try:
        start_stage(desk)
    except WorkbenchError:
        return
