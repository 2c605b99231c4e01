"""The address of an entrance: https, a host, and nothing hidden in it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from app.core.errors import NotSent


@dataclass(frozen=True, slots=True)
class Address:
    """Where an entrance is; the host and port are the only ones ever connected to."""

    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """Host and port as one text."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def read_address(text: str) -> Address:
    """Return the parts of an https address; anything else is refused before a connection."""
    text = text.strip()
    told = without_login(text)
    try:
        parts = urlsplit(text)
        port = 443 if parts.port is None else parts.port
    except ValueError:
        raise NotSent("address-unreadable", address=told) from None
    if parts.scheme != "https":
        raise NotSent("address-not-https", address=told)
    more = parts.username is not None or parts.query or parts.fragment
    if not parts.hostname or not port or more or not _is_plain(text):
        raise NotSent("address-unreadable", address=told)
    return Address(parts.hostname, port, parts.path or "/")


def without_login(text: str) -> str:
    """Return an address without a user and password that somebody wrote into it.

    An address may be shown, journalled and sent to the register's support.
    """
    scheme, mark, rest = text.partition("://") if "://" in text else ("", "", text)
    host, slash, path = rest.partition("/")
    port = host.rpartition(":")[2] if ":" in host else ""
    if "@" not in host and "@" in path and port and not port.isdigit():
        return scheme + mark + path.rpartition("@")[2]  # a password may hold a slash
    return scheme + mark + host.rpartition("@")[2] + slash + path


def _is_plain(text: str) -> bool:
    """Whether an address is what it looks like: ASCII without blanks and control characters.

    Other scripts have letters that the network takes for ASCII, and the host decides what an
    entrance is; a name with å in it can be written in its xn-- form.
    """
    return text.isascii() and text.isprintable() and " " not in text
