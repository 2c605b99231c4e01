"""What a project sets for one entrance: whom to trust there, and by which way to reach it."""

import re
from dataclasses import dataclass, fields, replace

from app.core.mapping import Project

_PLACE = re.compile(r"(?:([A-Za-z0-9._-]+)|\[([0-9A-Fa-f:.]+)\]):([0-9]{1,5})")
_LAST_PORT = 65535


@dataclass(frozen=True, slots=True)
class EntranceSettings:
    """The settings of one entrance, "" where the project sets nothing.

    `authorities` and `revocation` are paths; with a revocation list the server's certificate must
    not stand on it. A proxy's password never stands here: it lies in the keystore under the name
    that `proxy_secret` gives.
    """

    authorities: str = ""
    proxy: str = ""  # host:port
    proxy_user: str = ""
    revocation: str = ""

    @property
    def proxy_secret(self) -> str:
        """The name of the proxy's password in the keystore, "" where the proxy asks for none."""
        return f"proxy-{self.proxy_user}@{self.proxy}" if self.proxy and self.proxy_user else ""


def proxy_place(text: str) -> tuple[str, int] | None:
    """Return host and port of a proxy that is written as `host:port`, None of anything else."""
    found = _PLACE.fullmatch(text.strip())
    if found is None or not 0 < int(found[3]) <= _LAST_PORT:
        return None
    return found[1] or found[2], int(found[3])


def settings_of(project: Project | None, entrance_id: str) -> EntranceSettings:
    """Return what a project sets for an entrance."""
    named = dict(project.settings) if project else {}
    return EntranceSettings(**{one: named.get(_key(one, entrance_id), "") for one in _NAMES})


def with_settings(project: Project, entrance_id: str, settings: EntranceSettings) -> Project:
    """Return the project with these settings of an entrance."""
    own = {_key(one, entrance_id): getattr(settings, one) for one in _NAMES}
    others = [pair for pair in project.settings if pair[0] not in own]
    kept = [pair for pair in own.items() if pair[1]]
    return replace(project, settings=tuple(sorted((*others, *kept))))


def _key(name: str, entrance_id: str) -> str:
    return f"{name}_{entrance_id}"


_NAMES = tuple(field.name for field in fields(EntranceSettings))
