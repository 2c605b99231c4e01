"""`stage`: the local stage until it is stopped; one JSON line says how to reach it."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from threading import Thread
from types import FrameType
from typing import Annotated

import typer

from app.cli.options import desk_of
from app.cli.output import say
from app.cli.program import OK, USAGE, complain
from app.language.sentences import sentence_of
from app.language.text import _
from app.stage.faults import Faults
from app.stage.server import LocalStage
from app.workflow.desk import Desk
from app.workflow.stage_note import forget, remember, stage_passphrase

Port = Annotated[int, typer.Option(help=_("The port; 0 for any free one."), min=0, max=65535)]
Contract = Annotated[Path | None, typer.Option("--wsdl", help=_("Another contract (not yet)."))]
FaultSpec = Annotated[
    str, typer.Option("--faults", help=_("Faults to practise, as in slow=0.2,cut=5,down=3,closed."))
]
UntilInputEnds = Annotated[bool, typer.Option("--until-input-ends", hidden=True)]
ForThisRun = Annotated[bool, typer.Option("--for-this-run", hidden=True)]


def stage(
    context: typer.Context,
    port: Port = 0,
    wsdl: Contract = None,
    faults: FaultSpec = "",
    until_input_ends: UntilInputEnds = False,
    for_this_run: ForThisRun = False,
) -> int:
    """Run the local stage on this computer until it is stopped."""
    if wsdl is not None:
        complain(sentence_of("not-yet", {"command": "stage --wsdl"}), "not-yet")
        return USAGE
    wanted = Faults.parse(faults)
    with desk_of(context) as desk, _folder(desk, for_this_run) as (folder, passphrase):
        prepared = LocalStage(folder, desk.profile(), passphrase, port, wanted)
        _serve(desk, prepared, not for_this_run, until_input_ends)
    return OK


def _serve(desk: Desk, prepared: LocalStage, kept: bool, until_input_ends: bool) -> None:
    """Say how to reach the stage, and answer until told to stop."""
    with prepared as running:
        if kept:
            remember(desk.stage_folder, desk.secrets, dict(running.line()))
        say(json.dumps(running.line()))
        _stop_when_told(running, until_input_ends)
        try:
            running.serve_until_stopped()
        finally:
            if kept:
                forget(desk.stage_folder, running.endpoint)


@contextmanager
def _folder(desk: Desk, for_this_run: bool) -> Iterator[tuple[Path, str]]:
    """Give the stage's folder and its passphrase; the demo without a keystore keeps neither."""
    if not for_this_run:
        yield desk.stage_folder, stage_passphrase(desk)
        return
    with TemporaryDirectory(prefix="spor-stage-") as folder:
        yield Path(folder), token_urlsafe(32)


def _stop_when_told(running: LocalStage, until_input_ends: bool) -> None:
    """Stop at a signal, or when whoever started the stage has gone."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        running.stop()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, stop)
    if until_input_ends:
        Thread(target=_stop_at_end, args=(running,), name="stage-input", daemon=True).start()


def _stop_at_end(running: LocalStage) -> None:
    sys.stdin.buffer.read()
    running.stop()
