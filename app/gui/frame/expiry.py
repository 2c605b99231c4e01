"""How long a certificate still lasts, and one warning per start from 60 days before its end."""

from datetime import datetime

from PySide6.QtCore import QObject

from app.core.clock import in_stockholm
from app.gui.frame.context import Context
from app.language.sentences import sentence_of
from app.language.text import _, ngettext
from app.workflow.certificate_views import CertificateShelf, CertificateView

FEW_DAYS = 60  # an order for a new function certificate takes weeks


def time_left(view: CertificateView) -> str:
    """Return how long a certificate lasts, in a few words."""
    if view.days_left < 0:
        return _("Expired")
    if view.days_left == 0:
        return _("Less than a day left")
    words = ngettext("{count} day left", "{count} days left", view.days_left)
    return words.format(count=view.days_left)


def working_days(view: CertificateView) -> str:
    """Return how many working days are left."""
    words = ngettext("{count} working day", "{count} working days", view.working_days_left)
    return words.format(count=view.working_days_left)


def is_ending(view: CertificateView) -> bool:
    """Whether a new certificate should be ordered now."""
    return view.days_left <= FEW_DAYS


def tone_of(view: CertificateView) -> str:
    """Return the colour for how long a certificate lasts."""
    if view.days_left < 0:
        return "blocks"
    return "fellista" if is_ending(view) else "clean"


def misfit(view: CertificateView, entrance_id: str) -> str:
    """Return why a certificate does not open an entrance, "" when it may."""
    pairing = next((one for one in view.pairings if one.entrance == entrance_id), None)
    return sentence_of(pairing.code, pairing.values) if pairing and not pairing.opens else ""


def warning(view: CertificateView, shelf: CertificateShelf) -> str:
    """Return when a certificate in use ends and what is to be done, "" while there is time."""
    if not is_ending(view):
        return ""
    day = in_stockholm(datetime.fromisoformat(view.valid_to)).strftime("%Y-%m-%d")
    named = {"who": view.hsa_id or view.subject, "date": day}
    if view.days_left < 0:
        return _("The certificate for {who} expired on {date}.").format(**named) + _todo(
            view, shelf
        )
    text = _("The certificate for {who} expires on {date}: {days}.")
    return text.format(**named, days=in_words(view)) + _todo(view, shelf)


def in_words(view: CertificateView) -> str:
    """Return how long a certificate lasts, within a sentence; in working days too."""
    if view.days_left == 0:
        return _("less than a day left")
    if not view.working_days_left:
        return time_left(view)
    words = _("{days}, {working}")
    return words.format(days=time_left(view), working=working_days(view))


def _todo(view: CertificateView, shelf: CertificateShelf) -> str:
    if any(order.form.renews == view.id for order in shelf.orders):
        return " " + _("A new one is ordered.")
    later = (one for one in shelf.certificates if one.hsa_id == view.hsa_id)
    if any(one.valid_to > view.valid_to for one in later):
        return " " + _("A newer one is kept: switch to it under Certificate.")
    return " " + _("Order a new one under Certificate.")


class ExpiryWarning(QObject):
    """Says once per start that a certificate in use is about to end."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._was_said = False
        context.session.certificate_changed.connect(self._look)

    def _look(self) -> None:
        shelf = self._context.session.shelf
        used = {one for _kind, one in shelf.chosen}
        ending = (one for one in shelf.certificates if one.id in used and is_ending(one))
        first = min(ending, key=lambda one: one.days_left, default=None)
        if first is None or self._was_said:
            return
        self._was_said = True
        status = "blocks" if first.days_left < 0 else "fellista"
        self._context.messages.show(warning(first, shelf), status)
