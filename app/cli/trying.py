"""`certificate try`: climb the ladder towards an entrance; and the commands on certificates."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli import certificates
from app.cli.certificate_text import ladder_json, show_ladder
from app.cli.options import AsJson, Authorities, Package, To, Way, desk_of, equipped
from app.cli.output import progress_bar, say_json, until_interrupted
from app.cli.program import FAILED, GATE, OK
from app.language.text import _
from app.workflow.certificate_views import LadderView, RungState
from app.workflow.ladder import try_connection
from app.workflow.projects import open_project

Followed = Annotated[
    Path | None,
    typer.Option(
        "--project",
        help=_("Reach the entrance as this project does: its contract, CA file and proxy."),
    ),
]


def certificate_app() -> typer.Typer:
    """Return the commands on certificates."""
    app = typer.Typer()
    add = app.command
    add("list", help=_("Show the certificates, what each opens, and the orders."))(
        certificates.show
    )
    add("import", help=_("Keep a certificate with its key from a file."))(certificates.bring)
    add("order", help=_("Make a key and a request, and the letter that goes with it."))(
        certificates.order
    )
    add("answer", help=_("Take in the certificate that was issued for an order."))(
        certificates.answer
    )
    add("cancel", help=_("Give an order up."))(certificates.cancel)
    add("choose", help=_("Use a certificate at the entrances of a kind."))(certificates.choose)
    add("remove", help=_("Forget a certificate and its key."))(certificates.remove)
    add("check", help=_("Ask the issuer's list whether a certificate is revoked."))(
        certificates.check
    )
    add("token", help=_("List the certificates on a token, or use one of them."))(
        certificates.token
    )
    add("passphrase", help=_("Choose a passphrase where this computer has no keystore."))(
        certificates.choose_passphrase
    )
    add("try", help=_("Try how far the certificate reaches at an entrance; no case is sent."))(
        climb
    )
    return app


def climb(
    context: typer.Context,
    to: To = "local",
    project: Followed = None,
    json: AsJson = False,
    ca: Authorities = None,
    certificate: Package = None,
) -> int:
    """Try the connection to an entrance, rung by rung."""
    way = Way(to, ca, certificate)
    with desk_of(context) as desk:
        if project is not None:
            open_project(desk, str(project.absolute()))
        with (
            equipped(desk, way),
            progress_bar(not json) as shown,
            until_interrupted(shown) as progress,
        ):
            view = try_connection(desk, way.to, progress)
    if json:
        say_json(ladder_json(view))
    else:
        show_ladder(view)
    return OK if view.holds else _exit_code(view)


def _exit_code(view: LadderView) -> int:
    """Return whether the certificate was stopped here, or the connection failed."""
    first = next((rung for rung in view.rungs if rung.state is RungState.BROKEN), None)
    return GATE if first is not None and first.code == "rung-certificate" else FAILED
