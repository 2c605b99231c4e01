"""Certificates on order: the key is made here, and waits for the certificate that belongs to it."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.certificate_names import is_country, is_dns_name
from app.core.errors import CertificateError
from app.core.identity import certificate_hsa_id_problem
from app.core.journal_event import CertificateEventKind
from app.core.progress import Progress, silent
from app.disk import write_atomically
from app.workflow.certificate_shelf import order_view, shelf_of
from app.workflow.certificate_views import CertificateShelf, OrderForm, OrderView
from app.workflow.certify import read_small, require_journal, settle
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from cryptography.x509 import Name

    from app.keystore.orders import Order

LONGEST_NAME = 64  # characters of an organisation or a common name: X.520's own limits
LONGEST_PLACE = 128
MAKING = "making-key"  # a step


def order_certificate(desk: Desk, form: OrderForm, progress: Progress = silent) -> OrderView:
    """Make a key and a request for a certificate; the key never leaves this computer."""
    form = tidied(form)
    require_orderable(form)
    require_journal(desk)
    progress(0, 1, MAKING)
    names = tuple(dict.fromkeys((form.common_name, *form.names)))
    order = desk.kept().order(subject_of(form), names, form.key_kind, asdict(form))
    _note(desk, CertificateEventKind.ORDERED, order)
    return order_view(order)


def save_request(desk: Desk, order_id: str, path: str, _progress: Progress = silent) -> None:
    """Write the request to a file that the local SITHS administration can be sent."""
    order = _found(desk, order_id)
    try:
        write_atomically(Path(path), order.request_pem.encode())
    except OSError:
        raise CertificateError("certificate-request-unwritten", name=Path(path).name) from None


def complete_order(
    desk: Desk, order_id: str, path: str, progress: Progress = silent
) -> CertificateShelf:
    """Take in the certificate that was issued for an order, beside those in use.

    One that renews another is chosen nowhere by itself: that is done when everybody is ready.
    """
    from app.keystore.certificate import describe, require_fit
    from app.keystore.pem import read_answer

    progress(0, 1, "certificate-reading")
    certificate, chain = read_answer(read_small(path))
    require_fit(describe(certificate, chain, desk.clock(), desk.trust()))
    require_journal(desk)
    identity = desk.kept().complete(order_id, certificate, chain)
    settle(desk, identity, CertificateEventKind.COMPLETED)
    return shelf_of(desk)


def cancel_order(desk: Desk, order_id: str, _progress: Progress = silent) -> CertificateShelf:
    """Forget an order and its key; also one that is damaged."""
    kept = desk.kept()
    order = next((one for one in kept.orders() if one.id == order_id), None)
    require_journal(desk)
    kept.cancel_order(order_id)
    if order is not None:
        _note(desk, CertificateEventKind.CANCELLED, order)
    return shelf_of(desk)


def tidied(form: OrderForm) -> OrderForm:
    """Return the form without blanks around its texts, and with names in lower case."""
    names = tuple(one.strip().lower() for one in form.names if one.strip())
    return replace(
        form,
        organisation=" ".join(form.organisation.split()),
        common_name=form.common_name.strip().lower(),
        names=tuple(dict.fromkeys(names)),
        hsa_id=form.hsa_id.strip().upper(),
        locality=" ".join(form.locality.split()),
        country=form.country.strip().upper(),
    )


def require_orderable(form: OrderForm) -> None:
    """Raise what is wrong with a form before any key is made."""
    if not form.organisation or not _is_plain(form.organisation, LONGEST_NAME):
        raise CertificateError("certificate-order-organisation", longest=LONGEST_NAME)
    for name in (form.common_name, *form.names):
        if not is_dns_name(name):
            raise CertificateError("certificate-order-dns", name=name)
    if len(form.common_name) > LONGEST_NAME:
        raise CertificateError("certificate-order-name-long", longest=LONGEST_NAME)
    if form.hsa_id and certificate_hsa_id_problem(form.hsa_id):
        raise CertificateError("certificate-order-hsa", hsa_id=form.hsa_id)
    if not is_country(form.country):
        raise CertificateError("certificate-order-country", country=form.country)
    if not _is_plain(form.locality, LONGEST_PLACE):
        raise CertificateError("certificate-order-locality", longest=LONGEST_PLACE)


def _is_plain(text: str, longest: int) -> bool:
    return len(text) <= longest and text.isprintable()


def subject_of(form: OrderForm) -> "Name":
    """Return the subject of the request, in the order that SITHS has it in."""
    from cryptography.x509 import Name, NameAttribute
    from cryptography.x509.oid import NameOID

    parts = (
        (NameOID.COUNTRY_NAME, form.country),
        (NameOID.LOCALITY_NAME, form.locality),
        (NameOID.ORGANIZATION_NAME, form.organisation),
        (NameOID.COMMON_NAME, form.common_name),
        (NameOID.SERIAL_NUMBER, form.hsa_id),
    )
    return Name([NameAttribute(kind, text) for kind, text in parts if text])


def _found(desk: Desk, order_id: str) -> "Order":
    order = next((one for one in desk.kept().orders() if one.id == order_id), None)
    if order is None:
        raise CertificateError("certificate-order-gone")
    return order


def _note(desk: Desk, kind: CertificateEventKind, order: "Order") -> None:
    """Note what was done with an order, by the fingerprint of its public key."""
    hsa_id, name = (str(order.meta.get(one, "")) for one in ("hsa_id", "common_name"))
    journal, now = desk.journal(), desk.clock()
    journal.note_certificate(kind, order.fingerprint, hsa_id, now, text=name)
