"""Why a server is not trusted, as the certificates that it shows and the CA file explain it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from app.workflow.certificate_views import Values

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, Name

# OpenSSL's verify codes that mean: the way up to somebody who is trusted was not found.
_NO_ISSUER = frozenset({"2", "7", "18", "19", "20", "21", "30", "31"})
_EXPIRED, _NOT_YET = "tls-server-expired", "tls-server-not-yet"
_MOST_NAMES = 3
_SAID_BETTER = {"tls-server-usage": "server-usage", "tls-server-revoked": "server-revoked"}


@dataclass(frozen=True)
class Seen:
    """What a server shows, its own certificate first, and the CA files it is held against."""

    shown: "tuple[Certificate, ...]"
    authorities: tuple[Path, ...]
    now: datetime

    @property
    def own(self) -> "Certificate":
        """The server's own certificate."""
        return self.shown[0]

    @cached_property
    def trusted(self) -> "tuple[Certificate, ...]":
        """The certificates in the CA files."""
        return tuple(one for path in self.authorities for one in _certificates(path))

    @cached_property
    def above(self) -> "tuple[Certificate, ...]":
        """Those who issued it as far as they are known, each proved by its signature."""
        from app.keystore.chain import ordered_chain

        return ordered_chain(self.own, (*self.trusted, *self.shown[1:]))


def explained(problem: str, verify: str, seen: Seen) -> tuple[str, Values]:
    """Return the problem of a server that is not trusted as its certificates explain it."""
    if problem == "tls-server-name":
        return "server-other-name", (("server", _names(seen.own)),)
    if problem in {_EXPIRED, _NOT_YET}:
        return _out_of_time(problem, seen)
    if problem == "tls-server-untrusted":
        return _distrust(verify, seen)
    return _SAID_BETTER.get(problem, problem), ()


def _out_of_time(problem: str, seen: Seen) -> tuple[str, Values]:
    """Return whose time is over or has not come: often not the server's own certificate's."""
    if problem == _NOT_YET:
        late = (one for one in (seen.own, *seen.above) if one.not_valid_before_utc > seen.now)
        if (found := next(late, None)) is None:
            return problem, ()
        begins = ("begins", f"{found.not_valid_before_utc:%Y-%m-%d}")
        return "server-not-yet-on", (("authority", common_name(found.subject)), begins)
    old = (one for one in (seen.own, *seen.above) if one.not_valid_after_utc < seen.now)
    if (found := next(old, None)) is None:
        return problem, ()
    if found == seen.own:
        return "server-expired-on", ()
    ended = ("ended", f"{found.not_valid_after_utc:%Y-%m-%d}")
    code = "server-authority-expired" if found in seen.trusted else "server-chain-expired"
    return code, (("authority", common_name(found.subject)), ended)


def _distrust(verify: str, seen: Seen) -> tuple[str, Values]:
    """Return why nobody in the CA files vouches for a server's certificate."""
    if seen.own.issuer == seen.own.subject:
        return "server-signs-itself", ()
    if verify and verify not in _NO_ISSUER:
        return "server-form", ()
    known = [one for one in seen.above if one in seen.trusted]
    if known:
        return "server-root-missing", (("issuer", common_name(known[-1].subject)),)
    wanted = (seen.own, *seen.above)[-1].issuer
    if any(one.subject == wanted for one in seen.trusted):
        return "server-named-like-trusted", (("issuer", common_name(wanted)),)
    return _unknown(seen), (("root", common_name(wanted)),)


def _unknown(seen: Seen) -> str:
    """Return what is wrong where the CA files hold nobody above the server's certificate."""
    if seen.own in seen.trusted:
        return "server-own-chosen"
    return "server-issuer-not-trusted" if seen.above else "server-chain-missing"


def _names(certificate: "Certificate") -> str:
    """Return whom a server's certificate is for: its DNS names count, not its common name."""
    from app.keystore.extensions import dns_names

    try:
        names = dns_names(certificate)
    except ValueError:
        names = ()
    more = ", …" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more or common_name(certificate.subject)


def _certificates(path: Path) -> "list[Certificate]":
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        return []


def common_name(name: "Name") -> str:
    """Return a name's common name, or the whole where it has none."""
    from app.keystore.chain import common_name as of

    return of(name)
