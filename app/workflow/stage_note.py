"""The note about the local stage: where it is, so that other processes find it.

`stage.json` in the user's data folder holds no password: that of the client certificate and the
passphrase of the stage's own folder lie in the keystore.
"""

import json
import socket
from collections.abc import Mapping
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

from app.core.errors import StageError
from app.core.pairing import LOOPBACK, host_of
from app.core.register import Profile
from app.disk import OWNER_ONLY, alone, write_atomically
from app.workflow.contract_profile import contract_mark
from app.workflow.desk import Desk
from app.workflow.ports import SecretStore
from app.workflow.views import LocalStage

NOTE = "stage.json"
AUTHORITY = "ca.pem"  # as the stage writes it into its folder
PASSWORD = "stage-certificate"  # noqa: S105 - a name in the keystore
PASSPHRASE = "stage"  # noqa: S105 - a name in the keystore
PATIENCE = 60.0  # seconds to wait while another stage starts in the same folder
REACH_LIMIT = 2.0  # seconds


def remember(folder: Path, secrets: SecretStore, line: Mapping[str, object]) -> LocalStage:
    """Keep where a stage is and, in the keystore, its client certificate's password."""
    kept = {name: str(line[name]) for name in ("endpoint", "ca", "certificate", "portal")}
    kept |= {name: str(line[name]) for name in ("contract",) if name in line}
    secrets.write(PASSWORD, str(line["password"]))
    text = json.dumps(kept, indent=1) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(folder / NOTE, text.encode(), mode=OWNER_ONLY)
    except OSError:
        raise StageError("stage-folder-unusable", folder=folder) from None
    return LocalStage(**kept)


def forget(folder: Path, endpoint: str) -> None:
    """Drop the note about a stage that has stopped; that of a later one stays."""
    noted = _noted(folder)
    if noted is not None and noted.endpoint == endpoint:
        (folder / NOTE).unlink(missing_ok=True)


def stage_passphrase(desk: Desk) -> str:
    """Return the passphrase of the stage's folder; made at first use, by one process only."""
    folder = desk.stage_folder
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(folder / "passphrase.lock", PATIENCE):
            kept = desk.secrets.read(PASSPHRASE)
            if kept is None:
                kept = token_urlsafe(32)
                desk.secrets.write(PASSPHRASE, kept)
            return kept
    except TimeoutError:
        raise StageError("stage-folder-busy", folder=folder) from None
    except OSError:
        raise StageError("stage-folder-unusable", folder=folder) from None


def find_stage(desk: Desk) -> LocalStage | None:
    """Return the local stage that answers, whoever started it."""
    stage = _noted(desk.stage_folder)
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
    stage = _noted(desk.stage_folder)
    if stage is not None:
        return Path(stage.ca)
    own = desk.stage_folder / AUTHORITY  # the note is gone once it has stopped
    return own if own.is_file() else None


def speaks(stage: LocalStage, profile: Profile) -> bool:
    """Whether a stage has a profile's contract, as far as its note tells."""
    return stage.contract in {"", contract_mark(profile)}


def _noted(folder: Path) -> LocalStage | None:
    """Return what the note says of the stage that last ran.

    One that is not on this computer is none: what is local is sent to without production's gates.
    """
    try:
        text = (folder / NOTE).read_text(encoding="utf-8")
        stage = LocalStage(**json.loads(text))
    except (OSError, ValueError, TypeError):
        return None
    return stage if host_of(str(stage.endpoint)) in LOOPBACK else None


def _answers(endpoint: str) -> bool:
    address = urlsplit(endpoint)
    try:
        with socket.create_connection((address.hostname, address.port or 443), REACH_LIMIT):
            return True
    except OSError:
        return False
