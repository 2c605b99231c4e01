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
    try:
        parts = urlsplit(text.strip())
        port = parts.port or 443
    except ValueError:
        raise NotSent("address-unreadable", address=text) from None
    if parts.scheme != "https":
        raise NotSent("address-not-https", address=text)
    if not parts.hostname or parts.username is not None or parts.query or parts.fragment:
        raise NotSent("address-unreadable", address=text)
    return Address(parts.hostname, port, parts.path or "/")
