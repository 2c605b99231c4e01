"""One entrance as the project reaches it: its host, whom it trusts there, the proxy's password."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from app.core.entrance_settings import EntranceSettings, settings_of
from app.core.errors import GateClosed, KeystoreError
from app.core.progress import Progress, silent
from app.core.register import Confidence
from app.disk import write_atomically
from app.workflow.desk import Desk
from app.workflow.entrance_views import (
    AuthorityFile,
    EntranceView,
    RevocationFile,
    TrustedCertificate,
)
from app.workflow.entrances import find_entrance
from app.workflow.trusted_files import FOLDER, approve, is_approved, read_whole
from app.workflow.views import Problem

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, CertificateRevocationList

    from app.core.authority import TrustFacts

_MARK = b"-----BEGIN CERTIFICATE-----"

Settings = tuple[tuple[str, str], ...]


def entrance_facts(
    desk: Desk, entrance_id: str, settings: Settings, _progress: Progress = silent
) -> EntranceView:
    """Return what an entrance is, with the project's settings as they are now.

    The desk follows the settings, so that what is tried next is tried with them.
    """
    follow_settings(desk, settings)
    entrance = find_entrance(desk.profile(), entrance_id)
    trust = desk.trust()
    host = urlsplit(entrance.address).hostname or ""
    known = trust.host(host) if host else None
    fact = entrance.fact if known is None else known.fact
    chosen = settings_of(desk.project, entrance.id)
    return EntranceView(
        entrance=entrance.id,
        kind=desk.kind_of(entrance),
        host=host,
        known=known is not None or not host,
        source=fact.source,
        confidence=fact.confidence if known is not None or not host else Confidence.ASSUMED,
        authorities=_authorities(desk, chosen.authorities) if chosen.authorities else None,
        revocation=_revocation(desk, chosen.revocation) if chosen.revocation else None,
        password_kept=_password_kept(desk, chosen),
    )


def follow_settings(desk: Desk, settings: Settings) -> None:
    """Let the desk's project have these settings; its analysis may take a while to follow."""
    with desk.lock:
        if desk.project is not None:
            desk.project = replace(desk.project, settings=settings)


def read_authorities(desk: Desk, path: str, _progress: Progress = silent) -> AuthorityFile:
    """Return the certificates in a CA file, before anybody trusts them."""
    return _authorities(desk, path)


def keep_authorities(desk: Desk, path: str, _progress: Progress = silent) -> str:
    """Trust a CA file on this computer; return where it can be used from.

    That is where it is, or a copy as PEM in the data folder.
    """
    from cryptography.hazmat.primitives.serialization import Encoding

    from app.keystore.pem import read_certificates

    data = read_whole(Path(path))
    certificates = read_certificates(data)
    if not certificates:
        raise GateClosed("tls-authority-unreadable", name=Path(path).name)
    if _MARK in data:
        approve(desk, data)
        return path
    folder = desk.data / FOLDER
    pem = b"".join(one.public_bytes(Encoding.PEM) for one in certificates)
    copy = folder / f"{Path(path).stem}-{sha256(pem).hexdigest()[:8]}.pem"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(copy, pem)
    except OSError:
        raise GateClosed("authorities-not-kept", name=copy.name) from None
    approve(desk, pem)
    return str(copy)


def read_revocation(desk: Desk, path: str, _progress: Progress = silent) -> RevocationFile:
    """Return what a list of revoked certificates says of itself."""
    return _revocation(desk, path)


def keep_proxy_password(desk: Desk, name: str, password: str, _progress: Progress = silent) -> None:
    """Keep a proxy's password in the keystore under its name, or forget it when it is empty."""
    if password:
        desk.secrets.write(name, password)
    else:
        desk.secrets.remove(name)


def _password_kept(desk: Desk, chosen: EntranceSettings) -> bool | None:
    if not chosen.proxy_secret:
        return None
    try:
        return desk.secrets.read(chosen.proxy_secret) is not None
    except KeystoreError:
        return None


def _authorities(desk: Desk, path: str) -> AuthorityFile:
    from app.keystore.pem import read_certificates

    data = read_whole(Path(path))
    certificates = read_certificates(data)
    if not certificates:
        return AuthorityFile(path, problem=_unreadable("tls-authority-unreadable", path))
    trust = desk.trust()
    shown = tuple(_shown(one, trust) for one in certificates)
    approved = is_approved(desk, Path(path))
    return AuthorityFile(path, shown, is_pem=_MARK in data, approved=approved)


def _revocation(desk: Desk, path: str) -> RevocationFile:
    read = _list(read_whole(Path(path)))
    if read is None:
        return RevocationFile(path, problem=_unreadable("tls-revocation-unreadable", path))
    until = read.next_update_utc
    late = until is not None and until < desk.clock()
    problem = Problem("revocation-list-old", (("date", f"{until:%Y-%m-%d}"),)) if late else None
    return RevocationFile(
        path,
        issuer=_named(read.issuer.rfc4514_string()),
        made=read.last_update_utc.isoformat(),
        next_update="" if until is None else until.isoformat(),
        count=len(read),
        problem=problem,
    )


def _list(data: bytes) -> "CertificateRevocationList | None":
    from cryptography.x509 import load_der_x509_crl, load_pem_x509_crl

    for load in (load_pem_x509_crl, load_der_x509_crl):
        try:
            return load(data)
        except ValueError:
            continue
    return None


def _shown(certificate: "Certificate", trust: "TrustFacts") -> TrustedCertificate:
    from app.keystore.chain import common_name, fingerprint

    digest = fingerprint(certificate)
    alike = trust.named(common_name(certificate.subject))
    is_known = alike is not None and digest in alike.fingerprints
    return TrustedCertificate(
        subject=_named(certificate.subject.rfc4514_string()),
        issuer=_named(certificate.issuer.rfc4514_string()),
        fingerprint=digest,
        valid_from=_iso(certificate.not_valid_before_utc),
        valid_to=_iso(certificate.not_valid_after_utc),
        known=alike.name if alike is not None and is_known else "",
        impostor=alike is not None and bool(alike.fingerprints) and not is_known,
        authority=_may_issue(certificate),
    )


def _may_issue(certificate: "Certificate") -> bool:
    from cryptography.x509 import BasicConstraints, ExtensionNotFound

    try:
        return certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
    except (ExtensionNotFound, ValueError):
        return False


def _unreadable(code: str, path: str) -> Problem:
    return Problem(code, (("name", Path(path).name),))


def _named(subject: str) -> str:
    """Return a name from its most telling part on, as people read it."""
    return ", ".join(subject.split(","))


def _iso(moment: datetime) -> str:
    return moment.isoformat()
