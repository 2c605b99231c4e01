"""`new`, `check` and `build`: from export files to judged documents."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import AsJson, ProjectFile, desk_of
from app.cli.output import (
    has_findings,
    progress_bar,
    remark,
    say,
    say_json,
    show_summary,
    summary_json,
)
from app.cli.profiles import import_for
from app.cli.program import OK, SOME_NOT
from app.cli.templates import show_work
from app.core.mapping import Project
from app.core.progress import Progress
from app.language.sentences import name_of
from app.language.text import _
from app.workflow.analyse import analyse, analyse_strictly
from app.workflow.build import write_documents
from app.workflow.desk import Desk
from app.workflow.projects import new_project, open_project
from app.workflow.templates import new_from_template
from app.workflow.views import OpenProject, Summary

Sources = Annotated[
    list[Path], typer.Option("--source", help=_("An export file; may be repeated."))
]
Contract = Annotated[
    str, typer.Option(help=_("Another profile, or a contract to import under the project's name."))
]
Template = Annotated[
    str, typer.Option(help=_("A template to begin with; “template list” shows them."))
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict", help=_("Let libxml2 judge every document, not only the doubtful ones.")
    ),
]
Analyse = Callable[[Desk, Project, str, Progress], Summary]
Folder = Annotated[Path, typer.Option("--out", help=_("The folder to write to."))]


def new(
    context: typer.Context,
    project: ProjectFile,
    source: Sources,
    contract: Contract = "",
    template: Template = "",
) -> int:
    """Make a project with suggested links; none is approved."""
    with desk_of(context) as desk:
        files = tuple(str(path.absolute()) for path in source)
        profile = import_for(desk, contract, project.stem) if contract else ""
        place = str(project.absolute())
        if template:
            begun = new_from_template(desk, place, files, template, profile)
            made = begun.opened
        else:
            made = new_project(desk, place, files, profile)
        say(
            _("{path}: {count} suggested links, none approved.").format(
                path=made.path, count=len(made.project.links)
            )
        )
        if template:
            show_work(begun.applied)
        remark(_("Open it in the window to look at the links and approve them."))
    return OK


def check(
    context: typer.Context, project: ProjectFile, json: AsJson = False, strict: Strict = False
) -> int:
    """Load, convert, build and validate; show how every case counts and what is wrong."""
    with desk_of(context) as desk:
        how = analyse_strictly if strict else analyse
        opened, summary = checked(desk, project, shown=not json, how=how)
        if json:
            say_json(summary_json(summary))
        else:
            show_summary(summary, opened.profile)
    return SOME_NOT if has_findings(summary) else OK


def build(context: typer.Context, project: ProjectFile, out: Folder) -> int:
    """Write one XML file per behandlingsnummer."""
    with desk_of(context) as desk:
        _opened, summary = checked(desk, project)
        with progress_bar() as progress:
            count = write_documents(desk, str(out.absolute()), progress)
        say(_("{count} XML files written to {folder}.").format(count=count, folder=out))
        if summary.stopped:
            say(
                _("Held back: {count}. {reason}").format(
                    count=summary.stopped, reason=name_of("stopped-by-finding")
                )
            )
    return SOME_NOT if summary.stopped else OK


def checked(
    desk: Desk, project: Path, shown: bool = True, how: Analyse = analyse
) -> tuple[OpenProject, Summary]:
    """Open a project, load its export and check it."""
    opened = open_project(desk, str(project.absolute()))
    with progress_bar(shown) as progress:
        summary = how(desk, opened.project, str(Path(opened.path).parent), progress)
    desk.project = opened.project
    return opened, summary
