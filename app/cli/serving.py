"""`stage`: the local stage until it is stopped; one JSON line says how to reach it."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
from app.core.register import Profile
from app.language.sentences import sentence_of
from app.language.text import _
from app.stage.faults import Faults
from app.stage.server import LocalStage
from app.workflow.contract_profile import contract_mark, profile_of_wsdl, require_servable
from app.workflow.desk import Desk
from app.workflow.registers import with_registers
from app.workflow.stage_note import forget, remember, stage_passphrase

Port = Annotated[int, typer.Option(help=_("The port; 0 for any free one."), min=0, max=65535)]
Contract = Annotated[
    Path | None, typer.Option("--wsdl", help=_("The WSDL of the contract to speak."))
]
ProfileId = Annotated[
    str, typer.Option("--profile", help=_("The profile whose contract to speak."))
]
FaultSpec = Annotated[
    str, typer.Option("--faults", help=_("Faults to practise, as in slow=0.2,cut=5,down=3,closed."))
]
UntilInputEnds = Annotated[bool, typer.Option("--until-input-ends", hidden=True)]
PassphraseOnInput = Annotated[bool, typer.Option("--passphrase-on-input", hidden=True)]
ForThisRun = Annotated[bool, typer.Option("--for-this-run", hidden=True)]


def stage(  # noqa: PLR0913, PLR0917 - one parameter per option
    context: typer.Context,
    port: Port = 0,
    wsdl: Contract = None,
    profile: ProfileId = "",
    faults: FaultSpec = "",
    until_input_ends: UntilInputEnds = False,
    for_this_run: ForThisRun = False,
    passphrase_on_input: PassphraseOnInput = False,
) -> int:
    """Run the local stage on this computer until it is stopped."""
    if wsdl is not None and profile:
        complain(sentence_of("stage-one-contract"), "stage-one-contract")
        return USAGE
    wanted = Faults.parse(faults)
    with (
        desk_of(context) as desk,
        _spoken(desk, profile, wsdl) as spoken,
        _folder(desk, for_this_run, passphrase_on_input) as (folder, passphrase),
    ):
        prepared = LocalStage(folder, spoken, passphrase, port, wanted)
        mark = "" if for_this_run or passphrase_on_input else contract_mark(spoken)
        _serve(desk, prepared, mark, until_input_ends)
    return OK


@contextmanager
def _spoken(desk: Desk, profile: str, wsdl: Path | None) -> Iterator[Profile]:
    """Give the profile whose contract the stage speaks, with the code registers imported here."""
    with ExitStack() as until_stopped:
        if wsdl is None:
            spoken = desk.profile(profile)
        else:
            spoken = until_stopped.enter_context(profile_of_wsdl(desk, wsdl))
        require_servable(spoken)
        yield with_registers(desk, spoken)


def _serve(desk: Desk, prepared: LocalStage, mark: str, until_input_ends: bool) -> None:
    """Say how to reach the stage, and answer until told to stop.

    With the contract's mark others find the stage through a note; without one it leaves none.
    """
    with prepared as running:
        if mark:
            line = {**running.line(), "contract": mark}
            remember(desk.stage_folder, desk.secrets, line)
        say(json.dumps(running.line()))
        _stop_when_told(running, until_input_ends)
        try:
            running.serve_until_stopped()
        finally:
            if mark:
                forget(desk.stage_folder, running.endpoint)


@contextmanager
def _folder(desk: Desk, for_this_run: bool, on_input: bool) -> Iterator[tuple[Path, str]]:
    """Give the stage's folder and its passphrase; the demo without a keystore keeps neither.

    Who started us may hand the passphrase over, and then keeps the note about the stage as well.
    """
    if on_input:
        yield desk.stage_folder, sys.stdin.buffer.readline().decode().strip()
        return
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
