"""`register`: the national code registers that conditions ask, year by year."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import AsJson, desk_of
from app.cli.output import say, say_json
from app.cli.program import OK
from app.core.progress import silent
from app.language.sentences import sentence_of
from app.language.text import _, current
from app.workflow.registers import import_register, register_status, remove_register
from app.workflow.rule_views import RegisterStatus, RegisterView

Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help=_("Workbooks or texts as they are published.")),
]
Kind = Annotated[
    str, typer.Option("--kind", help=_("The register's id; “register list” shows them."))
]
Year = Annotated[int, typer.Option("--year", help=_("The year that the codes hold for."))]
YearOrName = Annotated[
    int | None,
    typer.Option("--year", help=_("The year; without it the file's name says it.")),
]


def register_app() -> typer.Typer:
    """Return the commands on code registers."""
    app = typer.Typer()
    app.command("import", help=_("Keep the codes of a year; several files add up."))(bring)
    app.command("list", help=_("Show which years are imported, and what is missing."))(show)
    app.command("remove", help=_("Forget the codes of a year."))(remove)
    return app


def bring(
    context: typer.Context, files: Files, kind: Kind, year: YearOrName = None, json: AsJson = False
) -> int:
    """Import the files of one register."""
    with desk_of(context) as desk:
        for file in files:
            view = import_register(desk, str(file.absolute()), kind, year, silent)
            if json:
                say_json(_imported(view))
                continue
            line = _("{register} {year}: {codes} codes, {added} of them new; {left_out} left out.")
            say(line.format(**_imported(view)))
    return OK


def show(context: typer.Context, json: AsJson = False) -> int:
    """List the registers of the profile."""
    with desk_of(context) as desk:
        _tell(register_status(desk), json)
    return OK


def remove(context: typer.Context, kind: Kind, year: Year, json: AsJson = False) -> int:
    """Remove one year."""
    with desk_of(context) as desk:
        _tell(remove_register(desk, kind, year), json)
    return OK


def _imported(view: RegisterView) -> dict[str, str | int]:
    return {
        "register": view.register,
        "year": view.year,
        "codes": view.codes,
        "added": view.added,
        "left_out": view.left_out,
    }


def _tell(statuses: tuple[RegisterStatus, ...], json: bool) -> None:
    if json:
        say_json({"registers": [_status(one) for one in statuses]})
        return
    for one in statuses:
        years = ", ".join(f"{year} ({codes})" for year, codes in one.years) or "–"
        say(f"{one.register}  {one.name.in_language(current())}: {years}")
        if one.note:
            say("  " + sentence_of(one.note, one.values))


def _status(status: RegisterStatus) -> dict[str, object]:
    return {
        "register": status.register,
        "years": {str(year): codes for year, codes in status.years},
        "months": status.months,
        "rules": list(status.rules),
        "note": status.note,
    }
