"""The commands as Typer shows them; each lives in its own file."""

from typing import Annotated, Any

import typer
from typer.main import get_command

from app.cli.checking import build, check, new
from app.cli.journey import demo
from app.cli.later import profile_app, report
from app.cli.sending import resend, send
from app.cli.serving import stage
from app.language.text import _


def command() -> Any:
    """Return the command line as one command."""
    program = typer.Typer(
        no_args_is_help=False,
        add_completion=False,
        help=_("From an operation-planning export to approved registrations in SPOR."),
    )
    program.callback()(settings)
    for deed in (demo, new, check, build, send, resend, stage, report):
        program.command()(deed)
    program.add_typer(profile_app, name="profile")
    return get_command(program)


def settings(
    context: typer.Context,
    lang: Annotated[str, typer.Option(help=_("The language: sv or en."))] = "",
    data: Annotated[str, typer.Option(help=_("The folder for journal, certificate, stage."))] = "",
) -> None:
    """Workbench for SPOR registrations."""
    context.obj = {"lang": lang, "data": data}
