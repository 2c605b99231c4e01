"""`certificate`: import, order, choose and remove certificates, and try an entrance."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.certificate_text import (
    order_json,
    shelf_json,
    show_order,
    show_shelf,
)
from app.cli.options import AsJson, desk_of, package_password, passphrase, pin_of
from app.cli.output import ask, progress_bar, remark, say, say_json
from app.cli.program import OK, SOME_NOT
from app.core.errors import CertificateError
from app.language.sentences import sentence_of
from app.language.text import _
from app.workflow import certify, orders, tokens
from app.workflow.certificate_views import CertificateShelf, OrderForm, TokenCertificate
from app.workflow.keystores import start_passphrase

SHORTEST_ID = 4  # characters of an id that are enough, if no other begins with them
YES_WORDS = frozenset({"y", "yes", "j", "ja"})

File = Annotated[Path, typer.Argument(metavar="FILE", help=_("A .p12, .pfx or PEM file."))]
KeyFile = Annotated[
    Path | None, typer.Option("--key", help=_("The PEM file with the key, if it is another."))
]
Id = Annotated[
    str,
    typer.Argument(metavar="ID", help=_("The id or the fingerprint, or how it begins.")),
]
OrderId = Annotated[
    str, typer.Argument(metavar="ORDER", help=_("The order's id, or how it begins."))
]
Answer = Annotated[
    Path, typer.Argument(metavar="FILE", help=_("The certificate that came: .cer, .pem or .p7b."))
]
Kinds = Annotated[
    list[str],
    typer.Option("--for", help=_("local, teststage, stage or production; may be given again.")),
]
Sure = Annotated[bool, typer.Option("--yes", help=_("Do it without asking."))]


def bring(context: typer.Context, file: File, key: KeyFile = None, json: AsJson = False) -> int:
    """Import a certificate with its key."""
    key_path = "" if key is None else str(key.absolute())
    with desk_of(context) as desk, progress_bar(not json) as progress:
        shelf = certify.import_certificate(
            desk, str(file.absolute()), package_password(), key_path, progress
        )
    return _told(shelf, json)


def show(context: typer.Context, json: AsJson = False) -> int:
    """List the certificates and the orders."""
    with desk_of(context) as desk:
        return _told(certify.certificates(desk), json)


def order(  # noqa: PLR0913, PLR0917 - one parameter per option
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", help=_("The file for the request (.csr)."))],
    organisation: Annotated[str, typer.Option("--organisation", help=_("The organisation."))],
    name: Annotated[str, typer.Option("--name", help=_("The DNS name it is issued to."))],
    also: Annotated[
        list[str] | None, typer.Option("--also", help=_("A further DNS name; may be given again."))
    ] = None,
    hsa_id: Annotated[str, typer.Option("--hsa-id", help=_("The function's HSA-id."))] = "",
    locality: Annotated[str, typer.Option("--locality", help=_("The town."))] = "",
    country: Annotated[str, typer.Option("--country", help=_("Two letters."))] = "SE",
    kind: Annotated[
        str, typer.Option("--kind", help=_("rsa-4096, rsa-3072 or ec-p256."))
    ] = "rsa-4096",
    renews: Annotated[str, typer.Option("--renews", help=_("The id of the one to renew."))] = "",
    json: AsJson = False,
) -> int:
    """Make a key and a request; the letter for the local SITHS administration is written out."""
    with desk_of(context) as desk, progress_bar(not json) as progress:
        renewed = _meant(certify.certificates(desk), renews) if renews else ""
        names = tuple(also or ())
        form = OrderForm(organisation, name, names, hsa_id, locality, country, kind, renewed)
        made = orders.order_certificate(desk, form, progress)
        try:
            orders.save_request(desk, made.id, str(out.absolute()))
        except CertificateError:  # nobody can send a request that lies nowhere
            orders.cancel_order(desk, made.id)
            raise
    if json:
        say_json(order_json(made))
    else:
        show_order(made)
    return OK


def answer(context: typer.Context, order_id: OrderId, file: Answer, json: AsJson = False) -> int:
    """Take in the certificate that was issued for an order."""
    with desk_of(context) as desk:
        meant = _order(certify.certificates(desk), order_id)
        return _told(orders.complete_order(desk, meant, str(file.absolute())), json)


def cancel(context: typer.Context, order_id: OrderId, yes: Sure = False) -> int:
    """Give an order up; its key is gone."""
    with desk_of(context) as desk:
        meant = _order(certify.certificates(desk), order_id)
        if not _is_sure(_("Forget the order and its key? (yes/no)"), yes):
            return SOME_NOT
        return _told(orders.cancel_order(desk, meant), json=False)


def choose(context: typer.Context, which: Id, kinds: Kinds, json: AsJson = False) -> int:
    """Use a certificate at entrances of these kinds from now on."""
    with desk_of(context) as desk:
        meant = _meant(certify.certificates(desk), which)
        return _told(certify.choose_certificate(desk, meant, tuple(kinds)), json)


def remove(context: typer.Context, which: Id, yes: Sure = False, json: AsJson = False) -> int:
    """Forget a certificate and its key."""
    with desk_of(context) as desk:
        shelf = certify.certificates(desk)
        meant = _meant(shelf, which)
        if not _is_sure(_("Forget the certificate and its key? (yes/no)"), yes):
            return SOME_NOT
        return _told(certify.remove_certificate(desk, meant), json)


def check(context: typer.Context, which: Id, json: AsJson = False) -> int:
    """Ask the issuer's list whether a certificate is revoked."""
    with desk_of(context) as desk, progress_bar(not json) as progress:
        meant = _meant(certify.certificates(desk), which)
        found = certify.check_revocation(desk, meant, progress)
    if json:
        say_json({"code": found.code, "values": dict(found.values)})
    else:
        say(sentence_of(found.code, found.values))
    return SOME_NOT if found.code == "revocation-revoked" else OK


def token(
    context: typer.Context,
    module: Annotated[Path, typer.Argument(metavar="MODULE", help=_("The token's PKCS#11 file."))],
    use: Annotated[
        str, typer.Option("--use", help=_("The fingerprint of the one to use, or its beginning."))
    ] = "",
    json: AsJson = False,
) -> int:
    """List the certificates on a token, or use one of them."""
    with desk_of(context) as desk:
        pin = pin_of()
        found = tokens.token_certificates(desk, "token", str(module.absolute()), pin)
        if use:
            return _told(tokens.use_token_certificate(desk, _listed(found, use), pin), json)
    views = tuple(one.certificate for one in found)
    return _told(CertificateShelf(views), json)


def choose_passphrase(context: typer.Context) -> int:
    """Choose a passphrase where this computer has no keystore."""
    with desk_of(context) as desk:
        start_passphrase(desk, _new_passphrase())
    say(_("The passphrase is chosen. It is asked for at each start, and kept nowhere."))
    return OK


def _new_passphrase() -> str:
    first = passphrase(_("New passphrase"))
    if sys.stdin.isatty() and passphrase(_("The passphrase once more")) != first:
        raise CertificateError("passphrase-differs")
    return first


def _told(shelf: CertificateShelf, json: bool) -> int:
    if json:
        say_json(shelf_json(shelf))
    else:
        show_shelf(shelf)
    return OK


def _meant(shelf: CertificateShelf, text: str) -> str:
    """Return the id that a text is the beginning of, or the beginning of its fingerprint."""
    pairs = [(one.id, one.fingerprint) for one in shelf.certificates]
    pairs += [(dict(one.values).get("id", ""), "") for one in shelf.damaged]
    return _only([one for one, other in pairs if _begins(text, one, other)], "certificate-gone")


def _order(shelf: CertificateShelf, text: str) -> str:
    found = [one.id for one in shelf.orders if _begins(text, one.id, one.fingerprint)]
    return _only(found, "certificate-order-gone")


def _listed(found: tuple[TokenCertificate, ...], text: str) -> TokenCertificate:
    by_print = {one.certificate.fingerprint: one for one in found}
    meant = [one for one in by_print if _begins(text, one)]
    return by_print[_only(meant, "certificate-gone")]


def _begins(text: str, *names: str) -> bool:
    plain = text.replace(":", "").replace(" ", "").lower()
    return len(plain) >= SHORTEST_ID and any(name.startswith(plain) for name in names)


def _only(found: list[str], missing: str) -> str:
    if len(found) > 1:
        raise CertificateError("certificate-id-unclear", count=len(found))
    if not found:
        raise CertificateError(missing)
    return found[0]


def _is_sure(question: str, yes: bool) -> bool:
    if yes:
        return True
    if sys.stdin.isatty() and ask(question).casefold() in YES_WORDS:
        return True
    remark(_("Nothing was changed."))
    return False
