"""Certificates whose key cannot leave its place: a PKCS#11 token, the computer's own store."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.errors import CertificateError
from app.core.journal_event import CertificateEventKind
from app.core.progress import Progress, silent
from app.workflow.certificate_shelf import shelf_of, view_of_found
from app.workflow.certificate_views import CertificateShelf, TokenCertificate
from app.workflow.certify import require_journal, settle
from app.workflow.desk import Desk
from app.workflow.views import Problem

if TYPE_CHECKING:
    from app.keystore.elsewhere import Found

ASKING = "token-asked"  # a step


def token_certificates(
    desk: Desk, place: str, module: str, pin: str, progress: Progress = silent
) -> tuple[TokenCertificate, ...]:
    """Return the certificates with a key in a place ("token", "windows")."""
    from app.keystore.elsewhere import find

    progress(0, 1, ASKING)
    return tuple(_shown(desk, one) for one in find(place, module, pin))


def use_token_certificate(
    desk: Desk, found: TokenCertificate, pin: str, progress: Progress = silent
) -> CertificateShelf:
    """Keep where the certificate and its key are, once the key has answered there."""
    from app.keystore.certificate import describe, require_fit
    from app.keystore.elsewhere import find, require_key

    progress(0, 2, ASKING)
    reference = dict(found.reference)
    listed = find(found.place, reference.get("module", ""), pin)
    meant = next((one for one in listed if _is(one, found)), None)
    if meant is None:
        raise CertificateError("certificate-token-certificate-gone", token=found.label)
    require_fit(describe(meant.certificate, meant.chain, desk.clock(), desk.trust()))
    require_journal(desk)
    progress(1, 2, ASKING)
    require_key(meant.place, meant.reference, meant.certificate, pin)
    where = (meant.place, meant.reference, meant.certificate, meant.chain)
    identity = desk.kept().keep_reference(*where)
    desk.pins.remember(meant.reference, pin)
    settle(desk, identity, CertificateEventKind.IMPORTED)
    return shelf_of(desk)


def open_token(
    desk: Desk, certificate_id: str, pin: str, progress: Progress = silent
) -> CertificateShelf:
    """Open a token for this run; the PIN stays in the memory of this process."""
    from app.keystore.elsewhere import require_key

    progress(0, 1, ASKING)
    identity = desk.kept().get(certificate_id)
    require_key(identity.key_place, identity.reference, identity.certificate, pin)
    desk.pins.remember(identity.reference, pin)
    return shelf_of(desk)


def _is(one: "Found", meant: TokenCertificate) -> bool:
    from app.keystore.chain import fingerprint

    same_place = dict(one.reference) == dict(meant.reference)
    return same_place and fingerprint(one.certificate) == meant.certificate.fingerprint


def _shown(desk: Desk, one: "Found") -> TokenCertificate:
    from app.keystore.certificate import describe

    facts = describe(one.certificate, one.chain, desk.clock(), desk.trust())
    view = view_of_found(desk, facts, one.certificate, one.place)
    if one.warning:
        view = replace(view, problems=(*view.problems, Problem(one.warning)))
    return TokenCertificate(one.place, one.label, tuple(one.reference.items()), view)
