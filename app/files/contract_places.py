"""Where a contract's references lead: inside the WSDL's folder, or at its own origin."""

from posixpath import dirname, join, normpath
from urllib.parse import SplitResult, parse_qsl, unquote, urljoin, urlsplit

_PORT = 443


def is_address(place: str) -> bool:
    """Whether a place is an address on the network and no file."""
    return "://" in place


def places_of(base: str, reference: str) -> tuple[str, ...]:
    """Return where a file may lie that another one, at `base`, refers to; most likely first.

    Files are named from the WSDL's folder. An address, or a path that leads out of that folder,
    stands for a file of the same name there. Returns () for an address of another origin; only
    what a server says of itself without TLS, which another one before it may have ended, is asked
    for where the WSDL came from.
    """
    if not is_address(base):
        return tuple(_beside(base, reference))
    target = urljoin(base, reference).partition("#")[0]
    try:
        own, asked = urlsplit(base), urlsplit(target)
        is_own = _is_own(own, asked)
    except ValueError:
        return ()
    return (asked._replace(scheme=own.scheme, netloc=own.netloc).geturl(),) if is_own else ()


def short_name(place: str) -> str:
    """Return what a person calls the file at a place."""
    if not is_address(place):
        return place
    parts = urlsplit(place)
    name = parts.path.rpartition("/")[2] or parts.netloc
    return f"{name}?{parts.query}" if parts.query else name


def _is_own(own: SplitResult, asked: SplitResult) -> bool:
    """Whether an address is of the server that a WSDL came from."""
    if asked.hostname != own.hostname or "@" in asked.netloc:
        return False
    is_same = (asked.scheme, asked.port or _PORT) == (own.scheme, own.port or _PORT)
    return is_same or asked.scheme == "http"


def _beside(base: str, reference: str) -> list[str]:
    """Return the files that a reference may mean, named from the WSDL's folder."""
    try:
        parts = urlsplit(reference.strip().replace("\\", "/"))
    except ValueError:
        return []
    path, home = unquote(parts.path), dirname(base)
    found = [join(home, name) for name in _asked_for(parts)]
    if not (parts.scheme or parts.netloc or path.startswith("/")):
        found.append(normpath(join(home, path)))
    last = path.rpartition("/")[2]
    found += [join(home, last), last] if last else []
    inside = [one for one in found if one not in {"", "."} and not one.startswith("../")]
    # "Service.wsdl?xsd=types" asks the service for another file than itself.
    return [one for one in dict.fromkeys(inside) if not (parts.query and one == base)]


def _asked_for(parts: SplitResult) -> list[str]:
    """Return the file names in a query such as "xsd=types.xsd" or "xsd0"."""
    asked = [
        (value or key).rpartition("/")[2]
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    return [name for one in asked if one for name in (one, f"{one}.xsd", f"{one}.wsdl")]
