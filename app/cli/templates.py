"""`template`: mappings kept for a planning system, to begin other hospitals' projects with."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import AsJson, ProjectFile, desk_of
from app.cli.output import say, say_json
from app.cli.program import OK
from app.language.sentences import error_sentence
from app.language.text import _, ngettext
from app.workflow.projects import open_project
from app.workflow.template_views import AppliedTemplate, TemplateEntry
from app.workflow.templates import (
    export_template,
    import_template,
    remove_template,
    save_template,
    templates,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help=_("The template's name."))]
Named = Annotated[str, typer.Option("--name", help=_("What the template is to be called."))]
File = Annotated[Path, typer.Argument(metavar="FILE", help=_("A template's file, or a project."))]
Out = Annotated[Path, typer.Option("--out", help=_("The file to write."))]


def template_app() -> typer.Typer:
    """Return the commands on templates."""
    app = typer.Typer()
    app.command("save", help=_("Keep a project's mapping as a template."))(save)
    app.command("list", help=_("Show the templates."))(show)
    app.command("remove", help=_("Forget a template."))(remove)
    app.command("export", help=_("Write a template to a file for a colleague."))(bring_out)
    app.command("import", help=_("Keep a template from a colleague's file."))(bring)
    return app


def save(context: typer.Context, project: ProjectFile, name: Named) -> int:
    """Save a project as a template."""
    with desk_of(context) as desk:
        opened = open_project(desk, str(project.absolute()))
        say(_line(save_template(desk, opened.project, name)))
    return OK


def show(context: typer.Context, json: AsJson = False) -> int:
    """List the templates."""
    with desk_of(context) as desk:
        entries = templates(desk)
    if json:
        say_json({"templates": [_as_json(one) for one in entries]})
        return OK
    for one in entries:
        say(_line(one))
    if not entries:
        say(_("There are no templates yet."))
    return OK


def remove(context: typer.Context, name: Name) -> int:
    """Remove a template."""
    with desk_of(context) as desk:
        remove_template(desk, name)
    return OK


def bring_out(context: typer.Context, name: Name, out: Out) -> int:
    """Export a template."""
    with desk_of(context) as desk:
        say(export_template(desk, name, str(out.absolute())))
    return OK


def bring(context: typer.Context, file: File, name: Named = "") -> int:
    """Import a template."""
    with desk_of(context) as desk:
        say(_line(import_template(desk, str(file.absolute()), name)))
    return OK


def show_work(applied: AppliedTemplate) -> None:
    """Write how much of a template fits, and what is left to do."""
    kept = len(applied.kept)
    say(
        ngettext(
            "{count} link from the template {name}, not approved.",
            "{count} links from the template {name}, none approved.",
            kept,
        ).format(count=kept, name=applied.template)
    )
    if applied.tasks:
        say(_("Left to do:"))
    for task in applied.tasks:
        say(f"  {error_sentence(task)} [{task.code}]")


def _line(entry: TemplateEntry) -> str:
    tables = ", ".join(entry.tables)
    words = ngettext(
        "{name}: {count} link; {tables}", "{name}: {count} links; {tables}", entry.links
    )
    return words.format(name=entry.name, count=entry.links, tables=tables)


def _as_json(entry: TemplateEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "profile": entry.profile,
        "tables": list(entry.tables),
        "links": entry.links,
    }
