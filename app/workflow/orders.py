"""Certificates on order: the key is made here, and waits for the certificate that belongs to it."""

from app.core.errors import CertificateError
from app.core.progress import Progress, silent
from app.workflow.certificate_views import CertificateShelf, OrderForm, OrderView
from app.workflow.certify import certificates
from app.workflow.desk import Desk


def order_certificate(_desk: Desk, _form: OrderForm, _progress: Progress = silent) -> OrderView:
    """Make a key and a request for a certificate; the key never leaves this computer."""
    raise CertificateError("certificate-not-kept")


def save_request(_desk: Desk, _order_id: str, _path: str, _progress: Progress = silent) -> None:
    """Write the request to a file that the local SITHS administration can be sent."""
    raise CertificateError("certificate-not-kept")


def complete_order(
    _desk: Desk, _order_id: str, _path: str, _progress: Progress = silent
) -> CertificateShelf:
    """Take in the certificate that was issued for an order."""
    raise CertificateError("certificate-not-kept")


def cancel_order(desk: Desk, _order_id: str, _progress: Progress = silent) -> CertificateShelf:
    """Forget an order and its key."""
    return certificates(desk)
