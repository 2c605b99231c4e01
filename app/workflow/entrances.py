"""Which entrance is meant, and where it is: by id, by kind, or by an https address."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from app.core.errors import GateClosed, StageError
from app.core.register import Confidence, Entrance, Fact, Profile, Text
from app.workflow.desk import Desk, Target
from app.workflow.gates import UNKNOWN_HOST
from app.workflow.stage_note import find_stage, known_authority, speaks

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def find_entrance(profile: Profile, entrance_id: str) -> Entrance:
    """Return the entrance of an id or kind, or one for an https address."""
    for entrance in profile.entrances:
        if entrance_id in {entrance.id, entrance.kind}:
            return entrance
    if entrance_id.startswith("https://"):
        return _by_address(profile, entrance_id)
    raise GateClosed("entrance-unknown", entrance=entrance_id)


def target_of(desk: Desk, entrance: Entrance) -> Target:
    """Return where to connect and whose server certificates to trust."""
    named = desk.authorities.get(entrance.id) or _set_in_project(desk, entrance)
    if named is not None and not _holds_certificates(named):
        raise GateClosed("tls-authority-unreadable", name=named.name)
    if entrance.address:
        if named is None and entrance.kind == "local":
            named = known_authority(desk)
        if named is None:
            raise GateClosed("authorities-missing", entrance=entrance.address)
        return Target(entrance.id, entrance.address, (named,))
    stage = find_stage(desk)
    if stage is None:
        raise StageError("stage-not-running")
    if not speaks(stage, desk.profile()):
        raise StageError("stage-other-contract")
    return Target(entrance.id, stage.endpoint, (named or Path(stage.ca),))


def _set_in_project(desk: Desk, entrance: Entrance) -> Path | None:
    """Return the CA file that the project's settings name for an entrance."""
    settings = dict(desk.project.settings) if desk.project else {}
    path = settings.get(f"authorities_{entrance.id}")
    return Path(path) if path else None


def _holds_certificates(path: Path) -> bool:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return bool(load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError):
        return False


def _by_address(profile: Profile, address: str) -> Entrance:
    """Return the entrance on the address's host; an unknown host is treated as production."""
    host = urlsplit(address).hostname or ""
    local = next((one for one in profile.entrances if one.kind == "local"), None)
    if host in LOOPBACK and local is not None:
        return _at(local, address)
    for entrance in profile.entrances:
        if entrance.address and urlsplit(entrance.address).hostname == host:
            return _at(entrance, address)
    fact = Fact(UNKNOWN_HOST, Confidence.ASSUMED)
    return Entrance(host, "production", Text(host, host), address, False, fact)


def _at(entrance: Entrance, address: str) -> Entrance:
    return replace(entrance, address=address)
