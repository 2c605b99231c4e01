"""The commands as Typer shows them; each lives in its own file."""

from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.main import get_command

from app.cli.batching import batch
from app.cli.checking import build, check, new
from app.cli.journey import demo
from app.cli.later import report
from app.cli.profiles import profile_app
from app.cli.registers import register_app
from app.cli.sending import resend, send
from app.cli.serving import stage
from app.cli.specification import specification
from app.cli.templates import template_app
from app.cli.trying import certificate_app
from app.cli.words import translate_help
from app.language.text import N_, _

DEEDS: tuple[tuple[Callable[..., int], str], ...] = (
    (
        demo,
        N_("The whole journey on the sample: load, map, check, send, correct and send again."),
    ),
    (new, N_("Begin a project with suggested links; none is approved.")),
    (check, N_("Load, convert, build and validate; show the summary and the findings.")),
    (build, N_("Write one XML file per behandlingsnummer.")),
    (batch, N_("Pick few cases that cover everything that is mapped; says what is left and why.")),
    (send, N_("Send the cases that are new or changed; shows the summary and asks first.")),
    (resend, N_("Send the corrected ones among the cases of a fellista.")),
    (stage, N_("Run the local stage on this computer until it is stopped.")),
    (specification, N_("Write the mapping in words, for the clinic to read and sign.")),
    (report, N_("Write the report of acceptance and data quality (not yet).")),
)


def command() -> Any:
    """Return the command line as one command."""
    program = typer.Typer(
        no_args_is_help=False,
        add_completion=False,
        help=_("From an operation-planning export to approved registrations in SPOR."),
    )
    program.callback()(settings)
    for deed, purpose in DEEDS:
        program.command(help=_(purpose))(deed)
    program.add_typer(profile_app(), name="profile", help=_("Register profiles and contracts."))
    program.add_typer(
        register_app(), name="register", help=_("National code registers, year by year.")
    )
    program.add_typer(
        template_app(), name="template", help=_("Mappings kept for a planning system.")
    )
    program.add_typer(
        certificate_app(), name="certificate", help=_("Client certificates and their entrances.")
    )
    made = get_command(program)
    translate_help(made)
    return made


def settings(
    context: typer.Context,
    lang: Annotated[str, typer.Option(help=_("The language: sv or en."))] = "",
    data: Annotated[str, typer.Option(help=_("The folder for journal, certificate, stage."))] = "",
) -> None:
    """Workbench for SPOR registrations."""
    context.obj = {"lang": lang, "data": data}
