"""The client certificates: import them, choose which is used where, remove them."""

from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import CertificateError
from app.core.journal_event import CertificateEventKind
from app.core.progress import Progress, silent
from app.core.register import Entrance
from app.workflow.certificate_shelf import KINDS, kinds_of, pairing_of, shelf_of, view_of
from app.workflow.certificate_views import CertificateShelf, CertificateView, RevocationView
from app.workflow.desk import Desk
from app.workflow.entrances import way_to
from app.workflow.using import note_use

if TYPE_CHECKING:
    from app.keystore.identity import Identity
    from app.keystore.kept import Kept
    from app.transport.proxy import Proxy

# Where a certificate is surely meant to be used, so that it is chosen where nothing is.
SURELY = frozenset({"pairing-opens", "pairing-opens-successor"})
READING, KEEPING = "certificate-reading", "certificate-keeping"  # steps


def certificates(desk: Desk, profile: str = "", _progress: Progress = silent) -> CertificateShelf:
    """Return every certificate that is kept, what waits, and which is used where.

    `profile` is the open project's as it now is: its entrances are what certificates open.
    """
    if profile:
        desk.follow(profile)
    return shelf_of(desk)


def certificate(desk: Desk, entrance: Entrance | None = None) -> CertificateView | None:
    """Return the certificate that an entrance is shown, None when there is none.

    Without an entrance one that is used anywhere.
    """
    identity = desk.identity(entrance)
    return None if identity is None else view_of(desk, identity, entrance)


def import_certificate(
    desk: Desk, path: str, password: str, key_path: str = "", progress: Progress = silent
) -> CertificateShelf:
    """Keep the certificate and key of a .p12 or .pfx file, or of PEM files.

    It is chosen wherever it surely opens and nothing that is valid is used yet. A certificate
    alone that answers an order completes it.
    """
    from app.keystore.certificate import describe, require_fit
    from app.keystore.pem import read_bundle

    progress(0, 2, READING)
    content = read_small(path)
    if not key_path and (order_id := _order_answered(desk, content)):
        from app.workflow.orders import complete_order

        return complete_order(desk, order_id, path, progress)
    key = read_small(key_path) if key_path else b""
    bundle = read_bundle(content, password, key)
    require_fit(describe(bundle.certificate, bundle.chain, desk.clock(), desk.trust()))
    require_journal(desk)
    progress(1, 2, KEEPING)
    identity = desk.kept().install(bundle)
    settle(desk, identity, CertificateEventKind.IMPORTED)
    return shelf_of(desk)


def _order_answered(desk: Desk, content: bytes) -> str:
    """Return the id of the order that a file's certificate answers, "" when it answers none."""
    from app.keystore.pem import read_answer

    try:
        certificate, _chain = read_answer(content)
    except CertificateError:
        return ""
    order = desk.kept().order_of(certificate)
    return "" if order is None else order.id


def choose_certificate(
    desk: Desk, certificate_id: str, kinds: tuple[str, ...], _progress: Progress = silent
) -> CertificateShelf:
    """Use a certificate at the entrances of these kinds from now on."""
    kept = desk.kept()
    identity = kept.get(certificate_id)
    for kind in kinds:
        _require_opens(desk, identity, kind)
    require_journal(desk)
    choose(desk, kept, identity, kinds)
    return shelf_of(desk)


def remove_certificate(
    desk: Desk, certificate_id: str, progress: Progress = silent
) -> CertificateShelf:
    """Forget a certificate, its key and its passphrase; also what is damaged, be it an order."""
    kept = desk.kept()
    damaged = certificate_id in dict(kept.damaged())
    identity = None if damaged else kept.get(certificate_id)
    require_journal(desk)
    progress(0, 1, KEEPING)
    kept.remove(certificate_id)
    if identity is not None:
        desk.pins.forget(identity.reference)
        note(desk, CertificateEventKind.REMOVED, identity)
    return shelf_of(desk)


def check_revocation(
    desk: Desk, certificate_id: str, progress: Progress = silent
) -> RevocationView:
    """Ask the issuer's list whether the certificate is revoked; nothing depends on the answer."""
    from app.transport.revocation import download, own_revocation

    progress(0, 1, "revocation-asked")
    identity = desk.kept().get(certificate_id)
    get = partial(download, proxy=_proxy_of(desk, certificate_id))
    authority = desk.trust().named(identity.facts.issuer)
    hosts = authority.revocation_hosts if authority else ()
    issuer = next(iter(identity.chain), None)
    found = own_revocation(identity.certificate, issuer, hosts, desk.clock(), get)
    return RevocationView(found.code, found.values)


def read_small(path: str) -> bytes:
    """Return the bytes of a file that is to hold a certificate or a key."""
    from app.keystore.certificate import LARGEST_FILE

    try:
        with Path(path).open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError):
        raise CertificateError("certificate-file-missing", name=Path(path).name) from None


def settle(desk: Desk, identity: "Identity", done: CertificateEventKind) -> None:
    """Note what brought a certificate here; choose it where it surely opens and nothing does."""
    note(desk, done, identity)
    kept = desk.kept()
    choices = kept.choices()
    wanted = [
        kind for kind in kinds_opened(desk, identity) if not _serves(desk, kept, choices, kind)
    ]
    choose(desk, kept, identity, wanted)


def choose(desk: Desk, kept: "Kept", identity: "Identity", kinds: Iterable[str]) -> None:
    """Choose a certificate for kinds of entrances, and note it."""
    for kind in kinds:
        if kept.choices().get(kind) != identity.id:
            kept.choose(kind, identity.id)
            note(desk, CertificateEventKind.CHOSEN, identity, kind)


def kinds_opened(desk: Desk, identity: "Identity") -> tuple[str, ...]:
    """Return the kinds of entrances that the certificate surely opens."""
    found = {
        desk.kind_of(entrance)
        for entrance in desk.profile().entrances
        if pairing_of(desk, identity.facts, identity.certificate, entrance).code in SURELY
    }
    return tuple(kind for kind in KINDS if kind in found)


def note(desk: Desk, kind: CertificateEventKind, identity: "Identity", entrance: str = "") -> None:
    """Note it in the journal, unless the certificate is for this run only: its uses are noted."""
    if desk.certificate_folder is None:
        note_use(desk, kind, identity, entrance)


def require_journal(desk: Desk) -> None:
    """Raise what is wrong with the journal before anything is changed that it must tell of."""
    if desk.certificate_folder is None:
        desk.journal()


def _proxy_of(desk: Desk, certificate_id: str) -> "Proxy | None":
    """Return the proxy that is set for an entrance where the certificate is used."""
    used = {kind for kind, name in desk.kept().choices().items() if name == certificate_id}
    kinds = dict(kinds_of(desk))
    ways = (
        way_to(desk, one).proxy
        for one in desk.profile().entrances
        if one.address and kinds[one.id] in used
    )
    return next(filter(None, ways), None)


def _serves(desk: Desk, kept: "Kept", choices: Mapping[str, str], kind: str) -> bool:
    """Whether a certificate that can be used is chosen for a kind of entrance."""
    if kind not in choices:
        return False
    try:
        facts = kept.get(choices[kind]).facts
    except CertificateError:
        return False
    return desk.clock() <= facts.says().valid_to


def _require_opens(desk: Desk, identity: "Identity", kind: str) -> None:
    """Raise why the certificate opens no entrance of that kind."""
    found = [
        pairing_of(desk, identity.facts, identity.certificate, entrance)
        for entrance in desk.profile().entrances
        if desk.kind_of(entrance) == kind
    ]
    if not found:
        raise CertificateError("entrance-unknown", entrance=kind)
    if not any(one.opens for one in found):
        raise CertificateError(found[0].code, **dict(found[0].values))
