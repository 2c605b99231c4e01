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
        return f"{self.host}:{self.port}"


def read_address(text: str) -> Address:
    """Return the parts of an https address; anything else is refused before a connection."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        port = 443 if parts.port is None else parts.port
    except ValueError:
        raise NotSent("address-unreadable", address=text) from None
    if parts.scheme != "https":
        raise NotSent("address-not-https", address=text)
    more = parts.username is not None or parts.query or parts.fragment
    if not parts.hostname or not port or more or not _is_sendable(text, parts.path):
        raise NotSent("address-unreadable", address=text)
    return Address(parts.hostname, port, parts.path or "/")


def _is_sendable(text: str, path: str) -> bool:
    """Whether HTTP can carry the address: no blanks or control characters, a path in ASCII."""
    return text.isprintable() and " " not in text and path.isascii()
