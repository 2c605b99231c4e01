"""Deeds on profiles: list, import, bind, share and remove."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import copytree

from app.core.binding import BindingRow, BindingTable
from app.core.contract import demanded, in_the_head, leaves
from app.core.errors import ProfileError, WorkbenchError
from app.core.progress import Progress, silent
from app.core.register import Binding, Element, Profile, Text
from app.workflow.binding_answer import chosen_answer
from app.workflow.desk import DEFAULT_PROFILE, Desk
from app.workflow.profile_views import BindingView, ProfileEntry
from app.workflow.profiles_import import Wanted, bring_in
from app.workflow.profiles_store import (
    contract_in,
    folder_of,
    make_profile,
    replaced,
    restore,
    take_away,
)
from app.workflow.views import Problem

_VALUES = 2  # of the answer's code: accepted, rejected


def profile_entries(desk: Desk, _progress: Progress = silent) -> tuple[ProfileEntry, ...]:
    """Return every profile that can be chosen: the shipped in each reading, then the imported."""
    from app.files.profile import shipped_profiles

    with suppress(OSError):  # it is put back at the next import
        restore(desk)
    shipped = {folder.name for folder in shipped_profiles()}
    return tuple(
        _entry(desk, one, "shipped" if one.partition(":")[0] in shipped else "imported")
        for one in profile_ids(desk)
    )


def profile_ids(desk: Desk) -> tuple[str, ...]:
    """Return the ids of every profile in each reading: the shipped, then the imported."""
    from app.files.profile import shipped_profiles

    shipped = [folder.name for folder in shipped_profiles()]
    imported = sorted(path.parent.name for path in desk.profile_folder.glob("[!.]*/profile.toml"))
    return tuple(one for name in (*shipped, *imported) for one in _readings(desk, name))


def load_profile_of(desk: Desk, profile_id: str = "", _progress: Progress = silent) -> Profile:
    """Return a profile; without an id the open project's, or the one that is usual."""
    return desk.profile(profile_id)


def import_profile(
    desk: Desk, place: str, name: str, *choice: str, progress: Progress = silent
) -> BindingView:
    """Import a contract, or a colleague's whole profile, under a name; suggestions stay such.

    `place` is a WSDL file, a folder with one WSDL or with a profile, an https address, or the id
    of an entrance. `choice` are the base profile, the service, the operation, and a schema file
    that the WSDL does not name; "" for what there is only one of. A profile of that name is
    replaced once the new one is whole. Raises ProfileError, NotSent.
    """
    bring_in(desk, place, name, Wanted(*choice), progress)
    return binding_of(desk, name)


def binding_of(desk: Desk, profile_id: str, _progress: Progress = silent) -> BindingView:
    """Return a profile's elements with their variables, and what stays unbound."""
    profile = desk.profile(profile_id)
    folder = folder_of(desk, profile_id)
    table = _own_table(profile) if folder is None else _read_table(folder, profile)
    return BindingView(
        profile=profile_id or profile.id,
        table=table,
        root=profile.root,
        unbound=table.unbound_variables(one.id for one in profile.variables),
        demanded=tuple(leaf.path for leaf in demanded(profile)),
        troubles=_troubles(profile),
        editable=folder is not None and bool(profile.base),
    )


def save_binding(
    desk: Desk, profile_id: str, table: BindingTable, _progress: Progress = silent
) -> BindingView:
    """Write an imported profile anew with this binding. Raises ProfileError for a shipped one."""
    folder, profile = _changeable(desk, profile_id)
    return _made_anew(desk, folder, profile, table)


def bind_answer(
    desk: Desk, profile_id: str, said: str, _progress: Progress = silent
) -> BindingView:
    """Write an imported profile anew with what a person says of the contract's answer.

    `said` are the element of the code, that of the text ("a/b"), and what the code is for accepted
    and for rejected, with commas between. Raises ProfileError for what the contract does not have.
    """
    folder, profile = _changeable(desk, profile_id)
    code, text, *values = (one.strip() for one in said.split(","))
    if len(values) != _VALUES:
        raise ProfileError("binding-answer-form")
    response = contract_in(folder, profile).response
    answer = chosen_answer(response, code, text, (values[0], values[1]))
    table = _read_table(folder, profile)
    return _made_anew(desk, folder, replace(profile, answer=answer), table)


def _changeable(desk: Desk, profile_id: str) -> tuple[Path, Profile]:
    """Return the folder of an imported profile and the profile. Raises ProfileError."""
    folder = folder_of(desk, profile_id)
    if folder is None:
        raise ProfileError("profile-shipped", profile=profile_id)
    profile = desk.profile(profile_id)
    if not profile.base:
        raise ProfileError("profile-without-base", profile=profile_id)
    return folder, profile


def _made_anew(desk: Desk, folder: Path, profile: Profile, table: BindingTable) -> BindingView:
    """Write a profile anew and return its binding."""
    base = _base_of(desk, profile)
    with replaced(desk, folder.name) as new:
        copytree(folder, new, dirs_exist_ok=True)
        make_profile(new, folder.name, base, replace(profile, id=folder.name), table)
    return binding_of(desk, folder.name)


def remove_profile(desk: Desk, profile_id: str, _progress: Progress = silent) -> None:
    """Remove an imported profile. Raises ProfileError for one that was shipped or is in use."""
    folder = folder_of(desk, profile_id)
    if folder is None:
        raise ProfileError("profile-shipped", profile=profile_id)
    if desk.project is not None and desk.project.profile.partition(":")[0] == folder.name:
        raise ProfileError("profile-in-use", profile=profile_id)
    take_away(desk, folder)


def export_profile(desk: Desk, profile_id: str, folder: str, _progress: Progress = silent) -> None:
    """Copy a profile's folder into another folder, to be shared."""
    source = Path(desk.profile(profile_id).xsd).parent
    target = Path(folder).absolute() / source.name
    if target.exists():
        raise ProfileError("profile-target-exists", profile=source.name)
    try:
        copytree(source, target)
    except OSError:
        raise ProfileError("profile-unwritable", profile=source.name) from None


def _readings(desk: Desk, name: str) -> tuple[str, ...]:
    """Return a profile's ids: one for each way in which it may be read."""
    try:
        readings = desk.profile(name).readings
    except WorkbenchError:
        return (name,)
    return (name, *(f"{name}:{one.id}" for one in readings[1:]))


def _entry(desk: Desk, profile_id: str, origin: str) -> ProfileEntry:
    try:
        profile = desk.profile(profile_id)
    except WorkbenchError as error:
        name = profile_id.partition(":")[0]
        trouble = Problem(error.code, tuple(error.values.items()))
        return ProfileEntry(profile_id, Text(name, name), origin, problem=trouble)
    found = leaves(profile.root)
    reading = next((one for one in profile.readings if one.id == profile.reading), None)
    return ProfileEntry(
        id=profile_id,
        name=profile.name,
        origin=origin,
        reading=profile.reading,
        reading_name=reading.name if reading else None,
        base=profile.base,
        elements=len(found),
        bound=sum(bool(leaf.element.variable) for leaf in found),
        demanded=len(demanded(profile)),
    )


def _base_of(desk: Desk, profile: Profile) -> Profile:
    try:
        return desk.profile(profile.base or DEFAULT_PROFILE)
    except ProfileError:
        raise ProfileError("profile-base-missing", profile=profile.id, base=profile.base) from None


def _own_table(profile: Profile) -> BindingTable:
    """Return the binding of a profile whose contract and variables were written together."""
    return BindingTable(tuple(_own_row(leaf.path, leaf.element) for leaf in leaves(profile.root)))


def _own_row(path: tuple[str, ...], element: Element) -> BindingRow:
    if not element.variable:
        return BindingRow(path)
    return BindingRow(path, element.variable, Binding.CONTRACT, 100)


def _read_table(folder: Path, profile: Profile) -> BindingTable:
    from app.files.binding_table import BINDING, read_table

    return read_table(folder) if (folder / BINDING).is_file() else _own_table(profile)


def _troubles(profile: Profile) -> tuple[Problem, ...]:
    """Return what stands in the way of sending, beside elements that are demanded."""
    from app.files.contract_schema import read_contract_schema

    found = [Problem("answer-unbound")] if profile.answer is None else []
    if head := in_the_head(profile):
        found.append(Problem("contract-headers", (("elements", ", ".join(head)),)))
    needed = (profile.case_key, profile.roles["person_id"])
    missing = [one for one in needed if not profile.by_id[one].is_bound]
    found += [Problem("binding-role-unbound", (("name", one),)) for one in missing]
    request = profile.settings["request_element"]
    schema = read_contract_schema(Path(profile.xsd), request)
    bound = [leaf.path for leaf in leaves(profile.root) if leaf.element.variable]
    paths = {path[:depth] for path in bound for depth in range(len(path) + 1)}
    found += [
        Problem("binding-attribute", (("path", "/".join(path)),))
        for path in schema.attributes
        if path in paths
    ]
    return tuple(found)
