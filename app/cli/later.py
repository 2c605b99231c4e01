"""Commands whose time has not come: they say so."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli import profile_views
from app.cli.options import ProjectFile
from app.cli.program import USAGE, complain
from app.language.sentences import sentence_of

Anything = Annotated[str, typer.Option()]

profile_app = typer.Typer()
profile_views.register(profile_app)


def report(project: ProjectFile, out: Annotated[Path, typer.Option("--out")]) -> int:
    """Write the report of acceptance and data quality (not yet)."""
    return _not_yet("report", project, out)


def _not_yet(command: str, *_given: object) -> int:
    complain(sentence_of("not-yet", {"command": command}), "not-yet")
    return USAGE
