"""The local stage as a process of its own: start it, find a running one, stop it."""

import json
import subprocess
import sys
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO

from app.core.environment import without_secrets
from app.core.errors import StageError
from app.core.pairing import LOCAL
from app.core.progress import Progress, silent
from app.core.waiting import patiently
from app.workflow.certificate_views import CertificateShelf
from app.workflow.certify import (
    certificates,
    choose_certificate,
    import_certificate,
    remove_certificate,
)
from app.workflow.contract_profile import contract_mark
from app.workflow.desk import Desk
from app.workflow.keystores import lies_behind_passphrase
from app.workflow.stage_note import (
    find_stage,
    forget,
    remember,
    speaks,
    stage_package,
    stage_passphrase,
)
from app.workflow.views import LocalStage

START_LIMIT = 60.0  # seconds, for a slow machine's first keys
STOP_LIMIT = 10.0


def start_stage(desk: Desk, progress: Progress = silent) -> LocalStage:
    """Start the local stage as a process that ends with this one, unless one runs already.

    It speaks the contract of the open project; one of ours that speaks another is started anew.
    """
    with patiently(desk.stage_lock, "starting-stage"):
        running = find_stage(desk)
        if running is not None and speaks(running, desk.profile()):
            return running
        if running is not None:
            _stop_other(desk)
        progress(0, 1, "starting-stage")
        # Asked for first: it raises what is wrong with the keystore before any process.
        passphrase = "" if desk.for_this_run else stage_passphrase(desk)
        handed = passphrase if lies_behind_passphrase(desk) else ""
        process = _start(desk, handed)
        desk.stage_process = process
        desk.at_close(lambda: stop_stage(desk))
        line = _first_line(process)
        if line is None:
            stop_stage(desk)
            raise StageError("stage-start-failed")
        line["contract"] = contract_mark(desk.profile())
        desk.stage = remember(desk.stage_folder, desk.secrets, line)
        progress(1, 1, "starting-stage")
        return desk.stage


def running_stage(desk: Desk, _progress: Progress = silent) -> LocalStage | None:
    """Return the local stage that answers, whoever started it."""
    return find_stage(desk)


def stop_stage(desk: Desk, _progress: Progress = silent) -> None:
    """Stop the stage that this desk started; one started elsewhere is left alone."""
    with desk.stage_lock:
        process, desk.stage_process = desk.stage_process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        if desk.stage is not None:
            forget(desk.stage_folder, desk.stage.endpoint)
            desk.stage = None


def import_stage_certificate(desk: Desk, progress: Progress = silent) -> CertificateShelf:
    """Keep the client certificate that the local stage has made for us, and use it there."""
    path, password = stage_package(desk)
    shelf = import_certificate(desk, path, password, progress=progress)
    made = shelf.certificates[0]
    if dict(shelf.chosen).get(LOCAL) == made.id or desk.certificate_folder is not None:
        return shelf
    return choose_certificate(desk, made.id, (LOCAL,))


def remove_stage_certificate(desk: Desk) -> None:
    """Forget the certificate that is used at the local stage, if there is one."""
    made = certificates(desk).for_kind(LOCAL)
    if made is not None:
        remove_certificate(desk, made.id)


def _stop_other(desk: Desk) -> None:
    """Stop a stage that speaks another contract; one that was started elsewhere is an error."""
    if desk.stage_process is None:
        raise StageError("stage-other-contract")
    stop_stage(desk)


def _start(desk: Desk, handed: str) -> "subprocess.Popen[str]":
    """Start this program's own `stage` command; it ends with its standard input.

    A passphrase is handed over where the other process cannot find it by itself.
    """
    ways = {"--for-this-run": desk.for_this_run, "--passphrase-on-input": bool(handed)}
    options = [option for option, wanted in ways.items() if wanted]
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "app"]
    profile = ["--profile", desk.project.profile] if desk.project else []
    process = subprocess.Popen(  # noqa: S603 - our own program
        [*program, "--data", str(desk.data), "stage", "--until-input-ends", *profile, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=without_secrets(),
    )
    if handed and process.stdin is not None:
        with suppress(OSError):  # it has ended already, which its missing line tells
            process.stdin.write(handed + "\n")
            process.stdin.flush()
    return process


def _first_line(process: "subprocess.Popen[str]") -> dict[str, object] | None:
    """Return the JSON line that a stage prints once it serves."""
    output = process.stdout
    if output is None:
        return None
    lines: SimpleQueue[str] = SimpleQueue()
    Thread(target=_read_line, args=(output, lines), name="stage-output", daemon=True).start()
    try:
        line = json.loads(lines.get(timeout=START_LIMIT))
    except (Empty, ValueError):
        return None
    return line if isinstance(line, dict) else None


def _read_line(output: IO[str], lines: "SimpleQueue[str]") -> None:
    lines.put(output.readline())
