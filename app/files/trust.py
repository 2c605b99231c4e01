"""Read what is known of authorities and hosts: what we ship, and what the user adds to it.

The user's own rows can add and correct, but never make anything looser: a shipped host of
production stays one, a shipped test authority stays one, and no other machine is called local.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from app.assets import SCHEMAS
from app.core.authority import Authority, Host, TrustFacts, host_key
from app.core.errors import ProfileError
from app.core.pairing import LOOPBACK, PRODUCTION
from app.files.profile_rows import Row, read_rows, rows_of

NAME = "certificates.toml"

_KINDS = ("teststage", "stage", PRODUCTION)
_HEX = frozenset("0123456789abcdef")
_SHA256 = 64  # hex digits

One = TypeVar("One")


def read_trust(data_folder: Path | None = None) -> TrustFacts:
    """Return the authorities and hosts that are shipped, with the user's own put on top."""
    shipped = _read(SCHEMAS / NAME)
    own = None if data_folder is None else data_folder / NAME
    if own is None or not own.is_file():
        return shipped
    try:
        return _on_top(shipped, _read(own))
    except ProfileError as error:
        if error.code != "profile-file-unreadable":
            raise
        raise ProfileError("trust-file-unreadable", **error.values) from None


def _read(path: Path) -> TrustFacts:
    whole = read_rows(path)
    words = whole.inner("test_words")
    authorities = tuple(_authority(row) for row in rows_of(whole, "authority"))
    hosts = tuple(_host(row) for row in rows_of(whole, "host", key="name"))
    first, last = words.texts("first"), words.texts("last")
    return TrustFacts(authorities, hosts, _upper(first), _upper(last))


def _authority(row: Row) -> Authority:
    return Authority(
        id=row.name,
        name=row.text("name"),
        generation=row.in_both(),
        test=row.flag("test", default=False),
        live=row.flag("live", default=True),
        fact=row.fact(),
        root=row.flag("root", default=False),
        fingerprints=tuple(_fingerprint(row, one) for one in row.texts("fingerprints")),
        succeeds=row.text("succeeds", ""),
        revocation_hosts=row.texts("revocation_hosts"),
    )


def _fingerprint(row: Row, text: str) -> str:
    """Return a fingerprint without the colons and blanks that people write it with."""
    plain = "".join(text.split()).replace(":", "").lower()
    if len(plain) != _SHA256 or not set(plain) <= _HEX:
        raise row.problem("profile-field-wrong", field="fingerprints")
    return plain


def _host(row: Row) -> Host:
    kind, name = row.text("kind"), row.text("name")
    if kind not in _KINDS:
        raise row.problem("profile-field-wrong", field="kind")
    if not name or "/" in name or ":" in name or host_key(name) in LOOPBACK:
        raise row.problem("profile-field-wrong", field="name")
    return Host(name, kind, row.flag("test_certificate", default=False), row.fact())


def _on_top(shipped: TrustFacts, own: TrustFacts) -> TrustFacts:
    """Return the shipped facts with the user's put over them, where that makes nothing looser."""
    return TrustFacts(
        _merged(shipped.authorities, own.authorities, lambda one: one.id, _stricter_authority),
        _merged(shipped.hosts, own.hosts, lambda one: host_key(one.name), _stricter_host),
        (*shipped.test_first, *own.test_first),
        (*shipped.test_last, *own.test_last),
    )


def _merged(
    shipped: Sequence[One],
    own: Sequence[One],
    key: Callable[[One], str],
    stricter: Callable[[One, One], One],
) -> tuple[One, ...]:
    rows = {key(one): one for one in shipped}
    for one in own:
        former = rows.get(key(one))
        rows[key(one)] = one if former is None else stricter(former, one)
    return tuple(rows.values())


def _stricter_authority(shipped: Authority, own: Authority) -> Authority:
    known = dict.fromkeys((*shipped.fingerprints, *own.fingerprints))
    test = own.test or shipped.test
    return replace(own, name=shipped.name, test=test, fingerprints=tuple(known))


def _stricter_host(shipped: Host, own: Host) -> Host:
    return shipped if shipped.kind == PRODUCTION else own


def _upper(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.upper() for one in words)
