"""`specification`: the mapping in words, for the clinic to read and sign."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import ProjectFile, desk_of
from app.cli.output import progress_bar, say
from app.cli.program import OK
from app.core.errors import WorkbenchError
from app.language.text import _
from app.workflow.analyse import analyse
from app.workflow.projects import open_project
from app.workflow.specification import write_specification

Out = Annotated[
    Path, typer.Option("--out", help=_("The file to write: a page (.html) or workbook (.xlsx)."))
]


def specification(context: typer.Context, project: ProjectFile, out: Out) -> int:
    """Write the mapping specification."""
    with desk_of(context) as desk:
        opened = open_project(desk, str(project.absolute()))
        base = str(Path(opened.path).parent)
        with progress_bar() as progress:
            with suppress(WorkbenchError):  # then how many cases pass is not told
                analyse(desk, opened.project, base, progress)
            target = str(out.absolute())
            path = write_specification(desk, opened.project, base, target, progress)
        say(_("The specification is written: {path}").format(path=path))
    return OK
