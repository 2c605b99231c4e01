"""The client certificates: import them, see what each opens, choose which is used where."""

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import CertificateError, WorkbenchError
from app.core.progress import Progress, silent
from app.core.register import Entrance
from app.workflow.certificate_views import (
    CertificateShelf,
    CertificateView,
    KeystoreState,
    KeystoreView,
    RevocationView,
)
from app.workflow.desk import Desk, Target
from app.workflow.entrances import find_entrance, target_of
from app.workflow.gates import certificate_gates
from app.workflow.stage_note import known_authority
from app.workflow.views import Gate, Problem

if TYPE_CHECKING:
    from app.keystore.identity import Identity


def certificates(desk: Desk, _progress: Progress = silent) -> CertificateShelf:
    """Return every certificate that is kept, what waits, and which is used where."""
    view = certificate(desk)
    ready = KeystoreView(KeystoreState.READY)
    kinds = {one.id: one.kind for one in desk.profile().entrances}
    named = tuple(kinds.items())
    if view is None:
        return CertificateShelf(keystore=ready, kinds=named)
    chosen = tuple((kinds[entrance], view.id) for entrance in view.entrances)
    return CertificateShelf((view,), chosen=chosen, keystore=ready, kinds=named)


def import_certificate(
    desk: Desk, path: str, password: str, key_path: str = "", _progress: Progress = silent
) -> CertificateShelf:
    """Keep the certificate and key of a .p12 or .pfx file, or of two PEM files."""
    from app.keystore.certificate import LARGEST_FILE, describe, read_pkcs12, require_fit
    from app.keystore.identity import install

    if key_path:
        raise CertificateError("certificate-unreadable")  # PEM pairs are not read yet
    try:
        with Path(path).open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError:
        raise CertificateError("certificate-file-missing", name=Path(path).name) from None
    bundle = read_pkcs12(data, password)
    require_fit(describe(bundle.certificate, bundle.chain, desk.clock()))
    with desk.lock:
        install(bundle, desk.identity_folder, desk.secrets, desk.clock)
    return certificates(desk)


def certificate(desk: Desk, _progress: Progress = silent) -> CertificateView | None:
    """Return the client certificate in use, None when there is none."""
    identity = desk.identity()
    return None if identity is None else _view(desk, identity)


def choose_certificate(
    desk: Desk, _certificate_id: str, _kinds: tuple[str, ...], _progress: Progress = silent
) -> CertificateShelf:
    """Use a certificate at the entrances of these kinds from now on."""
    return certificates(desk)


def remove_certificate(
    desk: Desk, _certificate_id: str = "", _progress: Progress = silent
) -> CertificateShelf:
    """Forget a certificate, its key and its passphrase."""
    from app.keystore.identity import remove

    with desk.lock:
        remove(desk.identity_folder, desk.secrets)
    return certificates(desk)


def check_revocation(
    _desk: Desk, _certificate_id: str, _progress: Progress = silent
) -> RevocationView:
    """Ask the issuer's list whether the certificate is revoked."""
    return RevocationView("revocation-not-known")


def try_connection(desk: Desk, entrance_id: str, _progress: Progress = silent) -> tuple[Gate, ...]:
    """Climb the ladder: the certificate here, then the line, TLS, the certificate there, WSDL."""
    entrance = find_entrance(desk.profile(), entrance_id)
    identity = desk.identity()
    view = None if identity is None else _view(desk, identity)
    rungs = certificate_gates(view, entrance, desk.clock())
    if not all(rung.is_open for rung in rungs):
        return rungs
    try:
        return (*rungs, *_probe(target_of(desk, entrance), identity))
    except WorkbenchError as error:
        return (*rungs, Gate(error.code, is_open=False, values=tuple(error.values.items())))


def _probe(target: Target, identity: "Identity | None") -> tuple[Gate, ...]:
    from app.transport.probe import probe
    from app.transport.tls import client_context

    context = client_context(target.authorities, identity)
    return tuple(
        Gate(rung.code, rung.is_open, (*rung.values, *_problem(rung.problem)))
        for rung in probe(target.address, context)
    )


def _problem(code: str) -> tuple[tuple[str, str], ...]:
    return (("problem", code),) if code else ()


def _view(desk: Desk, identity: "Identity") -> CertificateView:
    facts = identity.facts
    told = {field.name for field in fields(CertificateView)}
    named = {one.name: getattr(facts, one.name) for one in fields(facts) if one.name in told}
    named["problems"] = tuple(Problem(one.code, one.values) for one in facts.problems)
    opened = tuple(one.id for one in desk.profile().entrances if _opens(desk, identity, one))
    return CertificateView(
        **named, entrances=opened, place=identity.place, id=identity.facts.fingerprint[:16]
    )


def _opens(desk: Desk, identity: "Identity", entrance: Entrance) -> bool:
    """Whether the entrance takes the certificate: the local one only those of its own CA."""
    if _is_from_the_stage(desk, identity):
        return entrance.kind == "local"
    fits = identity.facts.test_certificate == entrance.test_certificate
    return entrance.kind != "local" and fits


def _is_from_the_stage(desk: Desk, identity: "Identity") -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.x509 import load_pem_x509_certificate

    path = known_authority(desk)
    if path is None:
        return False
    try:
        authority = load_pem_x509_certificate(path.read_bytes())
        identity.certificate.verify_directly_issued_by(authority)
    except (OSError, ValueError, TypeError, InvalidSignature):
        return False
    return True
