"""`profile show` and `profile diff`: what is known of the register, and what changed."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.options import AsJson, desk_of
from app.cli.output import progress_bar, say, say_json
from app.cli.profile_json import diff_json, entry_json, profile_json
from app.cli.profile_text import (
    show_all,
    show_candidates,
    show_diff,
    show_entry,
    show_overview,
)
from app.cli.program import OK, complain
from app.core.errors import ExportError
from app.core.register import Profile
from app.language.sentences import error_sentence
from app.language.text import N_, _, current
from app.workflow.desk import DEFAULT_PROFILE, Desk
from app.workflow.load import load_export
from app.workflow.profile_compare import compare_profiles, other_readings, profile_at
from app.workflow.profile_lookup import look_up
from app.workflow.projects import open_project
from app.workflow.views import OpenProject

SHOW = N_("Show a variable, code list, rule or message with its source; or all of them.")
DIFF = N_("Show what changed between two profiles, and what it means for a project.")

Thing = Annotated[
    str,
    typer.Argument(metavar="ID", help=_("A number, a name, a code list, a rule or a message.")),
]
Everything = Annotated[bool, typer.Option("--all", help=_("Everything that is known."))]
Named = Annotated[
    str, typer.Option("--profile", help=_("The register profile, or a folder with one."))
]
InProject = Annotated[
    Path | None, typer.Option("--project", help=_("The project that the changes matter to."))
]
First = Annotated[str, typer.Argument(metavar="A", help=_("A profile, or a folder with one."))]
Second = Annotated[str, typer.Argument(metavar="B", help=_("The profile to compare with."))]


def register(app: typer.Typer) -> None:
    """Add the commands to those on profiles."""
    app.command("show", help=_(SHOW))(show)
    app.command("diff", help=_(DIFF))(diff)


def show(
    context: typer.Context,
    thing: Thing = "",
    everything: Everything = False,
    json: AsJson = False,
    profile: Named = DEFAULT_PROFILE,
) -> int:
    """Show one thing of a profile, everything, or what the profile is."""
    with desk_of(context) as desk:
        known = profile_at(desk, profile)
        if thing and not everything:
            _show_one(desk, known, thing, as_json=json)
        elif json:
            say_json(profile_json(known))
        else:
            (show_all if everything else show_overview)(known)
    return OK


def diff(
    context: typer.Context,
    first: First,
    second: Second,
    project: InProject = None,
    json: AsJson = False,
) -> int:
    """Show what changed between two profiles."""
    with desk_of(context) as desk:
        opened = open_project(desk, str(project.absolute())) if project else None
        if opened:
            _load(desk, opened, shown=not json)
        found = compare_profiles(desk, first, second, opened.project if opened else None)
    if json:
        say_json(diff_json(found))
    else:
        show_diff(found)
    return OK


def _show_one(desk: Desk, profile: Profile, text: str, *, as_json: bool) -> None:
    """Show what a text means; when several things may be meant, which these are."""
    found = look_up(profile, text, current())
    others = other_readings(desk, profile) if profile.base == "" else ()
    if as_json:
        say_json({"found": [entry_json(profile, one, others) for one in found]})
    elif len({one.id for one in found}) == 1:  # a variable and its code list may share a name
        for place, one in enumerate(found):
            if place:
                say()
            show_entry(profile, one, others)
    else:
        show_candidates(found)


def _load(desk: Desk, opened: OpenProject, *, shown: bool) -> None:
    """Load the project's export, so that cases can be counted; without it none are."""
    try:
        with progress_bar(shown) as progress:
            load_export(desk, opened.project, str(Path(opened.path).parent), progress)
    except ExportError as error:
        complain(error_sentence(error), error.code)
