"""`profile import`, `bind`, `list`, `move`, `export`, `remove`: other contracts, bound by hand."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Literal

import typer

from app.cli import profile_views
from app.cli.options import AsJson, Authorities, Package, ProjectFile, Way, desk_of, equipped
from app.cli.output import progress_bar, say, say_json
from app.cli.profile_table import binding_json, show_binding, show_entries, show_moved
from app.cli.program import OK, USAGE, complain
from app.core.errors import ProfileError
from app.language.sentences import error_sentence
from app.language.text import N_, _
from app.workflow.binding_choice import approved, chosen
from app.workflow.desk import Desk
from app.workflow.moving import move_saved
from app.workflow.profile_views import BindingView
from app.workflow.profiles import (
    bind_answer,
    binding_of,
    export_profile,
    import_profile,
    profile_entries,
    remove_profile,
    save_binding,
)
from app.workflow.profiles_import import is_entrance

IMPORT = N_("Import another contract; suggestions are shown, and used only when approved.")
BIND = N_("Show or change which variable an element of an imported contract takes.")
LIST = N_("List the profiles that a project may use.")
MOVE = N_("Move a project to another profile; what no longer holds is listed.")
EXPORT = N_("Copy a profile into a folder, to be shared.")
REMOVE = N_("Remove an imported profile.")

Place = Annotated[
    str,
    typer.Argument(
        metavar="PLACE", help=_("A WSDL file, a folder, an https address or an entrance.")
    ),
]
Name = Annotated[str, typer.Option("--name", help=_("What the profile is to be called."))]
Known = Annotated[str, typer.Argument(metavar="NAME", help=_("The name of a profile."))]
Schema = Annotated[
    Path | None, typer.Option("--xsd", help=_("A schema that the WSDL does not name."))
]
Base = Annotated[str, typer.Option("--base", help=_("The profile whose variables are bound."))]
Service = Annotated[str, typer.Option("--service", help=_("Which service, if there are two."))]
Operation = Annotated[str, typer.Option("--operation", help=_("Which operation, if several."))]
Approve = Annotated[
    Literal["none", "sure", "all"],
    typer.Option("--approve", help=_("Which suggestions to approve: none, sure or all.")),
]
Bind = Annotated[
    list[str] | None,
    typer.Option(
        "--bind", help=_("PATH=VARIABLE; PATH= for none, PATH=new for a new one. May be repeated.")
    ),
]
Replies = Annotated[
    str,
    typer.Option(
        "--answer",
        help=_(
            "CODE,TEXT,ACCEPTED,REJECTED: which elements of the contract's answer hold the code"
            " and the text of a registration, and what the code is for each."
        ),
    ),
]
Target = Annotated[str, typer.Option("--to", help=_("The profile to move to."))]
Folder = Annotated[Path, typer.Option("--out", help=_("The folder to write to."))]


def profile_app() -> typer.Typer:
    """Return the commands on profiles."""
    app = typer.Typer()
    deeds = (
        ("import", bring_in, IMPORT),
        ("bind", bind, BIND),
        ("list", show_list, LIST),
        ("move", move, MOVE),
        ("export", export, EXPORT),
        ("remove", remove, REMOVE),
    )
    for name, deed, purpose in deeds:
        app.command(name, help=_(purpose))(deed)
    profile_views.register(app)
    return app


def bring_in(  # noqa: PLR0913, PLR0917 - one parameter per option
    context: typer.Context,
    place: Place,
    name: Name,
    xsd: Schema = None,
    base: Base = "",
    service: Service = "",
    operation: Operation = "",
    approve: Approve = "none",
    bindings: Bind = None,
    ca: Authorities = None,
    certificate: Package = None,
    json: AsJson = False,
) -> int:
    """Import a contract and show its binding."""
    way = Way(place, ca, certificate)
    with desk_of(context) as desk, _reached(desk, way):
        choice = (base, service, operation, str(xsd or ""))
        with progress_bar(not json) as progress:
            view = import_profile(desk, place, name, *choice, progress=progress)
        return _bound(desk, view, approve, bindings or [], json)


def _reached(desk: Desk, way: Way) -> AbstractContextManager[None]:
    """Equip the desk for an entrance; a file or a folder needs nothing."""
    return equipped(desk, way) if is_entrance(desk, way.to) else nullcontext()


def bind(
    context: typer.Context,
    name: Known,
    approve: Approve = "none",
    bindings: Bind = None,
    answer: Replies = "",
    json: AsJson = False,
) -> int:
    """Show a binding, or change it."""
    with desk_of(context) as desk:
        if answer and not _answer_bound(desk, name, answer):
            return USAGE
        return _bound(desk, binding_of(desk, name), approve, bindings or [], json)


def _answer_bound(desk: Desk, name: str, answer: str) -> bool:
    """Bind the contract's answer; say what is wrong with what was written."""
    try:
        bind_answer(desk, name, answer)
    except ProfileError as error:
        complain(error_sentence(error), error.code)
        return False
    return True


def show_list(context: typer.Context, json: AsJson = False) -> int:
    """List the profiles."""
    with desk_of(context) as desk:
        show_entries(profile_entries(desk), as_json=json)
    return OK


def move(context: typer.Context, project: ProjectFile, to: Target, json: AsJson = False) -> int:
    """Move a project and save it where it lies."""
    with desk_of(context) as desk:
        moved = move_saved(desk, str(project.absolute()), to)
        show_moved(moved, as_json=json)
    return OK


def export(context: typer.Context, name: Known, out: Folder) -> int:
    """Copy a profile's folder."""
    with desk_of(context) as desk:
        export_profile(desk, name, str(out))
        say(_("{profile} is copied to {folder}.").format(profile=name, folder=out))
    return OK


def remove(context: typer.Context, name: Known) -> int:
    """Remove an imported profile."""
    with desk_of(context) as desk:
        remove_profile(desk, name)
        say(_("{profile} is removed.").format(profile=name))
    return OK


def _bound(desk: Desk, view: BindingView, approve: str, bindings: list[str], as_json: bool) -> int:
    """Make the changes that were asked for, and show the binding."""
    try:
        table = chosen(desk, view, tuple(bindings))
    except ProfileError as error:
        complain(error_sentence(error), error.code)
        return USAGE
    table = approved(table, approve)
    if table != view.table:
        view = save_binding(desk, view.profile, table)
    if as_json:
        say_json(binding_json(view))
    else:
        show_binding(view, desk.profile(view.profile))
    return OK


def import_for(desk: Desk, place: str, name: str) -> str:
    """Return the id of the profile for a new project: one that is known, or imported here."""
    if any(entry.id == place for entry in profile_entries(desk)):
        return place
    return import_profile(desk, place, name).profile
