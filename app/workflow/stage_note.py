"""The note about the local stage: where it is, so that other processes find it.

`stage.json` in the user's data folder holds no password: that of the client certificate lies in
the keystore.
"""

import json
import socket
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from app.core.errors import StageError
from app.workflow.desk import Desk
from app.workflow.ports import SecretStore
from app.workflow.views import LocalStage

NOTE = "stage.json"
PASSWORD = "stage-certificate"  # noqa: S105 - a name in the keystore
REACH_LIMIT = 2.0  # seconds


def remember(folder: Path, secrets: SecretStore, line: Mapping[str, object]) -> LocalStage:
    """Keep where a stage is and, in the keystore, its client certificate's password."""
    kept = {name: str(line[name]) for name in ("endpoint", "ca", "certificate", "portal")}
    secrets.write(PASSWORD, str(line["password"]))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    note = folder / NOTE
    note.touch(mode=0o600)
    note.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return LocalStage(**kept)


def forget(folder: Path) -> None:
    """Drop the note about a stage that has stopped."""
    (folder / NOTE).unlink(missing_ok=True)


def find_stage(desk: Desk) -> LocalStage | None:
    """Return the local stage that answers, whoever started it."""
    stage = _noted(desk)
    return stage if stage is not None and _answers(stage.endpoint) else None


def stage_package(desk: Desk) -> tuple[str, str]:
    """Return the path and password of the client certificate that the stage has made for us."""
    stage = find_stage(desk)
    if stage is None:
        raise StageError("stage-not-running")
    password = desk.secrets.read(PASSWORD)
    if password is None:
        raise StageError("stage-password-missing")
    return stage.certificate, password


def known_authority(desk: Desk) -> Path | None:
    """Return the CA file of the local stage, running or not; None when there never was one."""
    if "local" in desk.authorities:
        return desk.authorities["local"]
    stage = _noted(desk)
    return None if stage is None else Path(stage.ca)


def _noted(desk: Desk) -> LocalStage | None:
    """Return what the note says of the stage that last ran."""
    try:
        text = (desk.stage_folder / NOTE).read_text(encoding="utf-8")
        return LocalStage(**json.loads(text))
    except (OSError, ValueError, TypeError):
        return None


def _answers(endpoint: str) -> bool:
    address = urlsplit(endpoint)
    try:
        with socket.create_connection((address.hostname, address.port or 443), REACH_LIMIT):
            return True
    except OSError:
        return False
