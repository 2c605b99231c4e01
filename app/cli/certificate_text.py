"""Certificates, orders and ladders as the command line shows them."""

from datetime import datetime

from app.cli.output import say
from app.core.clock import in_stockholm
from app.language.order_words import order_letter
from app.language.sentences import error_sentence, name_of, sentence_of
from app.language.text import N_, _, current, ngettext
from app.workflow.certificate_views import (
    CertificateShelf,
    CertificateView,
    KeystoreState,
    LadderView,
    OrderView,
    RungState,
)

STATES = {
    RungState.OK: N_("Holds"),
    RungState.NOTE: N_("Holds, with a note"),
    RungState.BROKEN: N_("Does not hold"),
    RungState.UNREACHED: N_("Not reached"),
}


def show_shelf(shelf: CertificateShelf) -> None:
    """Write what is kept, what waits, and what is wrong."""
    if not (shelf.certificates or shelf.orders or shelf.damaged):
        say(_("There is no certificate yet."))
    for view in shelf.certificates:
        _show_certificate(view, shelf)
    for order in shelf.orders:
        say(_("Ordered: {name}, waits for its certificate").format(name=order.form.common_name))
        say(f"  {order.id}  {_day(order.made)}")
    for problem in shelf.damaged:
        say(f"{dict(problem.values).get('id', '')}  {error_sentence(problem)}")
    if shelf.keystore.state not in {KeystoreState.READY, KeystoreState.TYPED}:
        code = shelf.keystore.code
        say(sentence_of(code, shelf.keystore.values) if code else shelf.keystore.place)


def show_order(order: OrderView) -> None:
    """Write the order's id and the letter that goes with its request."""
    say(_("The order is {id}. Its key lies here, encrypted.").format(id=order.id))
    say()
    say(order_letter(order, current()))


def show_ladder(view: LadderView) -> None:
    """Write every rung, and what is wrong with the one that does not hold."""
    for rung in view.rungs:
        say(f"  {name_of(rung.code)}: {_(STATES[rung.state])}")
        if rung.problem:
            say("      " + sentence_of(rung.problem, rung.values))
        if rung.raw and rung.state is RungState.BROKEN:
            say("      " + " ".join(rung.raw.split()))
    if view.holds and view.takes_ours:
        say(_("Every rung holds: the entrance takes the certificate."))
    elif view.holds:
        say(_("Every rung was climbed, but nobody asked for the certificate."))


def shelf_json(shelf: CertificateShelf) -> dict[str, object]:
    """Return the shelf for a machine."""
    return {
        "certificates": [_certificate(one, shelf) for one in shelf.certificates],
        "orders": [order_json(one) for one in shelf.orders],
        "damaged": [{"code": one.code, **dict(one.values)} for one in shelf.damaged],
        "keystore": {"state": shelf.keystore.state.value, "place": shelf.keystore.place},
    }


def order_json(order: OrderView) -> dict[str, object]:
    """Return an order for a machine."""
    return {
        "id": order.id,
        "name": order.form.common_name,
        "made": order.made,
        "public_key": order.fingerprint,
        "renews": order.form.renews,
        "request": order.request,
    }


def ladder_json(view: LadderView) -> dict[str, object]:
    """Return a ladder for a machine."""
    return {
        "entrance": view.entrance,
        "kind": view.kind,
        "address": view.address,
        "at": view.at,
        "fingerprint": view.fingerprint,
        "holds": view.holds,
        "rungs": [
            {
                "code": rung.code,
                "state": rung.state.value,
                "problem": rung.problem,
                "values": dict(rung.values),
                "raw": rung.raw,
            }
            for rung in view.rungs
        ],
    }


def _show_certificate(view: CertificateView, shelf: CertificateShelf) -> None:
    say(f"{view.hsa_id or view.subject}  {view.subject}")
    facts = (
        (_("Id"), view.id or "–"),
        (_("Issued by"), view.issuer),
        (_("Valid to"), f"{_day(view.valid_to)} ({_left(view)})"),
        (_("Key"), view.key),
        (_("Fingerprint (SHA-256)"), view.fingerprint),
        (_("Opens"), ", ".join(view.entrances) or _("No known entrance")),
        (_("Used at"), ", ".join(_used(view, shelf)) or "–"),
    )
    for name, value in facts:
        say(f"  {name}: {value}")
    for problem in view.problems:
        say(f"  ! {error_sentence(problem)}")


def _left(view: CertificateView) -> str:
    if view.days_left < 0:
        return _("expired")
    days = ngettext("{count} day left", "{count} days left", view.days_left)
    working = ngettext("{count} working day", "{count} working days", view.working_days_left)
    return f"{days.format(count=view.days_left)}, {working.format(count=view.working_days_left)}"


def _used(view: CertificateView, shelf: CertificateShelf) -> list[str]:
    return [kind for kind, name in shelf.chosen if name == view.id and name]


def _certificate(view: CertificateView, shelf: CertificateShelf) -> dict[str, object]:
    return {
        "id": view.id,
        "hsa_id": view.hsa_id,
        "subject": view.subject,
        "issuer": view.issuer,
        "fingerprint": view.fingerprint,
        "valid_from": view.valid_from,
        "valid_to": view.valid_to,
        "days_left": view.days_left,
        "working_days_left": view.working_days_left,
        "key": view.key,
        "key_place": view.key_place,
        "opens": list(view.entrances),
        "used_at": _used(view, shelf),
        "problems": [one.code for one in view.problems],
    }


def _day(iso: str) -> str:
    return in_stockholm(datetime.fromisoformat(iso)).strftime("%Y-%m-%d")
