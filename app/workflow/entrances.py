"""Which entrance is meant, and where it is: by id, by kind, or by an https address."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.entrance_settings import EntranceSettings, settings_of
from app.core.errors import GateClosed, StageError
from app.core.pairing import LOCAL, LOOPBACK, PRODUCTION, host_of
from app.core.register import Confidence, Entrance, Fact, Profile, Text
from app.workflow.desk import Desk, Target
from app.workflow.gates import UNKNOWN_HOST
from app.workflow.stage_note import find_stage, known_authority, speaks
from app.workflow.trusted_files import is_approved

if TYPE_CHECKING:
    from app.transport.proxy import Proxy


def find_entrance(profile: Profile, entrance_id: str) -> Entrance:
    """Return the entrance of an id, else the first of a kind, or one for an https address."""
    named = [one for one in profile.entrances if one.id == entrance_id]
    named += [one for one in profile.entrances if one.kind == entrance_id]
    if named:
        return named[0]
    if entrance_id.startswith("https://"):
        return _by_address(profile, entrance_id)
    raise GateClosed("entrance-unknown", entrance=entrance_id)


def target_of(desk: Desk, entrance: Entrance) -> Target:
    """Return where to connect, by which way, and whose server certificates to trust."""
    target = way_to(desk, entrance)
    if target.unapproved:
        raise GateClosed("authorities-not-approved", name=target.unapproved)
    for path in target.authorities:
        if not _holds_certificates(path):
            raise GateClosed("tls-authority-unreadable", name=path.name)
    if not target.authorities:
        raise GateClosed("authorities-missing", entrance=target.address)
    stage = None if entrance.address else find_stage(desk)
    if stage is not None and not speaks(stage, desk.profile()):
        raise StageError("stage-other-contract")
    return target


def way_to(desk: Desk, entrance: Entrance) -> Target:
    """Return where to connect and by which way, whether or not anybody there is trusted yet."""
    settings = settings_of(desk.project, entrance.id)
    named, unapproved = desk.authorities.get(entrance.id), ""
    if named is None and settings.authorities:
        asked = Path(settings.authorities)
        named, unapproved = (asked, "") if is_approved(desk, asked) else (None, asked.name)
    target = _place(desk, entrance, named)
    if desk.kind_of(entrance) == LOCAL:
        return target
    revocation = Path(settings.revocation) if settings.revocation else None
    proxy = _proxy(desk, settings)
    return replace(target, proxy=proxy, revocation=revocation, unapproved=unapproved)


def address_of(desk: Desk, entrance: Entrance) -> str:
    """Return where an entrance is; StageError for a local stage that does not run."""
    return _place(desk, entrance, None).address


def _place(desk: Desk, entrance: Entrance, named: Path | None) -> Target:
    if entrance.address:
        if named is None and desk.kind_of(entrance) == LOCAL:
            named = known_authority(desk)
        return Target(entrance.id, entrance.address, () if named is None else (named,))
    stage = find_stage(desk)
    if stage is None:
        raise StageError("stage-not-running")
    return Target(entrance.id, stage.endpoint, (named or Path(stage.ca),))


def _proxy(desk: Desk, settings: EntranceSettings) -> "Proxy | None":
    """Return the proxy that the project sets, with its password from the keystore."""
    if not settings.proxy:
        return None
    from app.transport.proxy import read_proxy

    password = desk.secrets.read(settings.proxy_secret) if settings.proxy_secret else None
    return read_proxy(settings.proxy, settings.proxy_user, password or "")


def _holds_certificates(path: Path) -> bool:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return bool(load_pem_x509_certificates(path.read_bytes()))
    except (OSError, ValueError):
        return False


def _by_address(profile: Profile, address: str) -> Entrance:
    """Return the entrance on the address's host; an unknown host is treated as production."""
    host = host_of(address)
    if not host:
        raise GateClosed("entrance-unknown", entrance=address)
    local = next((one for one in profile.entrances if one.kind == LOCAL), None)
    if host in LOOPBACK and local is not None:
        return _at(local, address)
    for entrance in profile.entrances:
        if host_of(entrance.address) == host:
            return _at(entrance, address)
    fact = Fact(UNKNOWN_HOST, Confidence.ASSUMED)
    return Entrance(host, PRODUCTION, Text(host, host), address, False, fact)


def _at(entrance: Entrance, address: str) -> Entrance:
    return replace(entrance, address=address)
