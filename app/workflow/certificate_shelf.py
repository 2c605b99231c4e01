"""The kept certificates as they are shown: what each opens and why, which is used where."""

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from app.core.pairing import Pairing, pair
from app.core.register import Entrance
from app.workflow.certificate_views import (
    CertificateShelf,
    CertificateView,
    KeystoreState,
    KeystoreView,
    OrderForm,
    OrderView,
    PairingView,
)
from app.workflow.desk import Desk
from app.workflow.stage_note import known_authority
from app.workflow.views import Problem

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from app.keystore.facts import CertificateFacts
    from app.keystore.identity import Identity
    from app.keystore.orders import Order

KINDS = ("local", "teststage", "stage", "production")


def shelf_of(desk: Desk) -> CertificateShelf:
    """Return every certificate that is kept, what waits, and which is used where."""
    number, kept = next(desk.shelves), desk.kept()
    kinds = kinds_of(desk)
    views = tuple(view_of(desk, one) for one in kept.all())
    chosen = tuple(kept.choices().items())
    if desk.certificate_folder is not None:  # one for this run only serves every entrance
        chosen = tuple((kind, one.id) for kind in KINDS for one in views[:1])
    return CertificateShelf(
        certificates=views,
        orders=tuple(order_view(one) for one in kept.orders()),
        chosen=chosen,
        keystore=keystore_view(desk),
        kinds=kinds,
        number=number,
        damaged=tuple(Problem(code, (("id", name),)) for name, code in kept.damaged()),
    )


def kinds_of(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Return the id of each entrance with its kind, as its host decides it."""
    return tuple((one.id, desk.kind_of(one)) for one in desk.profile().entrances)


def view_of(desk: Desk, identity: "Identity", meant: Entrance | None = None) -> CertificateView:
    """Return a kept certificate as it is shown; `meant` is an entrance that may be unlisted."""
    from app.keystore.elsewhere import TOKEN

    pairings = _pairings(desk, identity.facts, identity.certificate, meant)
    return CertificateView(
        **_said(identity.facts),
        entrances=tuple(one.entrance for one in pairings if one.opens),
        place=identity.place,
        id=identity.id,
        key_place=identity.key_place,
        pairings=pairings,
        needs_pin=identity.key_place == TOKEN and not desk.pins.knows(identity.reference),
    )


def view_of_found(
    desk: Desk, facts: "CertificateFacts", certificate: "Certificate", key_place: str
) -> CertificateView:
    """Return a certificate that is not kept yet as it is shown."""
    pairings = _pairings(desk, facts, certificate, None)
    opened = tuple(one.entrance for one in pairings if one.opens)
    return CertificateView(
        **_said(facts), entrances=opened, place="", key_place=key_place, pairings=pairings
    )


def pairing_of(
    desk: Desk, facts: "CertificateFacts", certificate: "Certificate", entrance: Entrance
) -> Pairing:
    """Return whether a certificate opens an entrance; its host decides what the entrance is."""
    local = is_from_the_stage(desk, certificate)
    return pair(facts.says(), entrance, desk.trust(), desk.clock(), local)


def is_from_the_stage(desk: Desk, certificate: "Certificate") -> bool:
    """Whether the local stage has issued the certificate, by its signature."""
    from cryptography.x509 import load_pem_x509_certificate

    from app.keystore.chain import issued_by

    path = known_authority(desk)
    if path is None:
        return False
    try:
        return issued_by(certificate, load_pem_x509_certificate(path.read_bytes()))
    except (OSError, ValueError):
        return False


def order_view(order: "Order") -> OrderView:
    """Return an order as it is shown."""
    known = {field.name for field in fields(OrderForm)}
    kept = {name: value for name, value in order.meta.items() if name in known}
    names = kept.pop("names", ())
    listed = tuple(str(one) for one in names) if isinstance(names, list | tuple) else ()
    texts = {name: str(value) for name, value in kept.items()}
    form = OrderForm(**{"organisation": "", "common_name": "", **texts}, names=listed)
    return OrderView(order.id, form, order.made, order.request_pem, order.fingerprint)


def keystore_view(desk: Desk) -> KeystoreView:
    """Return how the place for secrets stands."""
    stands = desk.secrets.state()
    return KeystoreView(KeystoreState(stands.state), stands.place, stands.code, stands.values)


def _said(facts: "CertificateFacts") -> dict[str, Any]:
    told = {field.name for field in fields(CertificateView)}
    said = {one.name: getattr(facts, one.name) for one in fields(facts) if one.name in told}
    said["problems"] = tuple(Problem(one.code, one.values) for one in facts.problems)
    return said


def _pairings(
    desk: Desk, facts: "CertificateFacts", certificate: "Certificate", meant: Entrance | None
) -> tuple[PairingView, ...]:
    local = is_from_the_stage(desk, certificate)
    says, trust, now = facts.says(), desk.trust(), desk.clock()
    return tuple(
        PairingView(entrance.id, found.opens, found.code, found.values)
        for entrance in _entrances(desk.profile().entrances, meant)
        for found in (pair(says, entrance, trust, now, local),)
    )


def _entrances(known: Iterable[Entrance], meant: Entrance | None) -> tuple[Entrance, ...]:
    """Return the profile's entrances and the one that is meant, which may lie elsewhere."""
    others = tuple(one for one in known if meant is None or one.id != meant.id)
    return others if meant is None else (*others, meant)
