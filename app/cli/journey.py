"""`demo`: the whole journey on the sample hospital, without a display."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.cli.options import data_folder
from app.cli.output import progress_bar, remark, say
from app.cli.program import OK, SOME_NOT
from app.core.errors import KeystoreError
from app.language import text
from app.language.sentences import sentence_of
from app.language.text import _
from app.main import build_desk, picture_pages
from app.workflow.demo import Journey, make_journey
from app.workflow.demo_report import write_report
from app.workflow.desk import Desk
from app.workflow.local_stage import remove_stage_certificate
from app.workflow.ports import SecretStore

Out = Annotated[Path, typer.Option("--out", help=_("The folder for XML, report and pictures."))]


def demo(context: typer.Context, out: Out = Path("out/demo")) -> int:
    """Do the whole journey: load, map, check, send, correct a fellista case, send again."""
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="spor-demo-") as folder:
        # A folder of its own: the journey starts from nothing and leaves the user's data alone.
        secrets = _secrets()
        desk = build_desk(data_folder(context) or Path(folder), secrets)
        desk.for_this_run = secrets is not None
        try:
            journey = _travel(desk, out)
            _take_pictures(desk, journey, out)
        finally:
            remove_stage_certificate(desk)
            desk.close()
    if not journey.succeeded:
        return SOME_NOT
    say(_("All of it is in {folder}.").format(folder=out))
    return OK


def _travel(desk: Desk, out: Path) -> Journey:
    def tell(code: str, values: Mapping[str, object]) -> None:
        say(sentence_of(code, {name: str(value) for name, value in values.items()}))

    with progress_bar(False) as progress:
        journey = make_journey(desk, out, tell, progress)
    write_report(journey, out / "report.html")
    say(_("The report is in {path}.").format(path=out / "report.html"))
    return journey


def _take_pictures(desk: Desk, journey: Journey, out: Path) -> None:
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not shown:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    language = text.current()
    try:
        pictures = picture_pages(desk, Path(journey.opened.path), out / "pictures")
    finally:
        text.use(language)  # the pictures are Swedish
    say(
        _("{count} pictures of the window are in {folder}.").format(
            count=len(pictures), folder=out / "pictures"
        )
    )


def _secrets() -> SecretStore | None:
    """Return None for the keystore; on a machine without one, a memory for this run."""
    from app.keystore.secrets import MemorySecrets, OsSecrets

    try:
        OsSecrets().read("stage")
    except KeystoreError as error:
        if error.code != "keystore-missing":
            raise
        remark(_("There is no keystore here: the demo keeps its secrets in memory for this run."))
        return MemorySecrets()
    return None
