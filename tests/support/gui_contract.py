"""What the contract page is tested on: the shipped contract as an imported one, half bound."""

from dataclasses import replace
from functools import cache
from typing import Any

from app.core.binding import BindingRow, BindingTable
from app.core.contract import leaves
from app.core.mapping import Project
from app.core.profile_diff import Change, ChangeKind, Subject
from app.core.register import Binding, Profile, Text
from app.files.profile import load_shipped
from app.workflow.profile_compare import ChangeView, ProfileDiff
from app.workflow.profile_views import BindingView, MovedProject, MoveTask, ProfileEntry
from app.workflow.views import Problem

SHIPPED = "spor-4.1"
IMPORTED = "region-vast"
NAME = Text("SPOR 4.1", "SPOR 4.1")
ENTRIES = (
    ProfileEntry(SHIPPED, NAME, "shipped", "R1", None, "", 59, 59, 0),
    ProfileEntry(f"{SHIPPED}:R2", NAME, "shipped", "R2", None, "", 59, 59, 0),
    ProfileEntry(
        IMPORTED, Text("Region Väst", "Region Väst"), "imported", "", None, SHIPPED, 59, 40, 2
    ),
    ProfileEntry(
        "trasig", Text("trasig", "trasig"), "imported", problem=Problem("profile-missing")
    ),
)
TASKS = (
    MoveTask("move-link-lost", "V325"),
    MoveTask("move-link-check", "V310"),
    MoveTask("move-mandatory-new", "V565"),
)
CHANGES = (
    ChangeView(Change(ChangeKind.NEW, Subject.VARIABLE, "V310", variable="V310"), "effect-nothing"),
    ChangeView(
        Change(ChangeKind.TIGHTENED, Subject.CODE, "asa", "codes", "1, 2, 3", "1, 2", "V325"),
        "effect-codes-gone",
        (("variables", "V325"), ("count", "1"), ("codes", "3"), ("cases", "41")),
        work=True,
    ),
    ChangeView(
        Change(
            ChangeKind.LOOSENED,
            Subject.ELEMENT,
            "registrering/anmalan/tidpunkt",
            "minimum",
            "1",
            "0",
            "V310",
        ),
        "effect-followed",
    ),
)


def profile_of(profile_id: str = "") -> Profile:
    """Return a profile as the deed does."""
    wanted = profile_id if profile_id.startswith(SHIPPED) else SHIPPED
    made = load_shipped(wanted)
    if profile_id == IMPORTED:
        digests = {"Register.wsdl": "3f" * 32, "register.xsd": "a1" * 32}
        return replace(made, id=IMPORTED, base=SHIPPED, digests=digests, readings=(), reading="")
    return made


@cache
def binding_view(profile_id: str = IMPORTED) -> BindingView:
    """Return the binding of a contract: bound, suggested, and unbound by turns."""
    root = load_shipped(SHIPPED).root
    if profile_id != IMPORTED:
        rows = tuple(_row(at, leaf, -1) for at, leaf in enumerate(leaves(root)))
        return BindingView(profile_id, BindingTable(rows), root, editable=False)
    rows = tuple(_row(at, leaf, at % 7) for at, leaf in enumerate(leaves(root)))
    return BindingView(IMPORTED, BindingTable(rows), root)


def _row(at: int, leaf: Any, kind: int) -> BindingRow:
    one = leaf.element.variable
    if kind == 0:
        return BindingRow(leaf.path, alternatives=((one, 61), ("V325", 40)) if one else ())
    if kind in {1, 2} and one:
        score = 91 if kind == 1 else 58
        reasons = ("name", "type") if kind == 1 else ("words", "place")
        return BindingRow(
            leaf.path, one, Binding.SUGGESTED, score, reasons, (("V565", 44), ("V570", 30 + at % 9))
        )
    return BindingRow(leaf.path, one, Binding.CONTRACT if one else Binding.NONE, 100 if one else 0)


def saved(profile_id: str, table: BindingTable) -> BindingView:
    """Return a binding as it is after it was saved."""
    return replace(binding_view(), profile=profile_id, table=table)


def imported(place: str, name: str, *_rest: str) -> BindingView:
    """Return the binding of a contract that was taken in."""
    del place
    return replace(binding_view(), profile=name)


def moved(project: Project, profile_id: str) -> MovedProject:
    """Return a project that follows another contract."""
    kept = tuple(link.variable for link in project.links)
    return MovedProject(replace(project, profile=profile_id), kept, TASKS)


def answers() -> dict[str, Any]:
    """Return what the deeds of the contract page answer."""
    return {
        "profile_entries": lambda: ENTRIES,
        "load_profile_of": profile_of,
        "binding_of": binding_view,
        "save_binding": saved,
        "import_profile": imported,
        "export_profile": lambda _profile, _folder: None,
        "remove_profile": lambda _profile: None,
        "move_project": moved,
        "compare_profiles": lambda first, second, _project: ProfileDiff(
            first, second, CHANGES, counted=True
        ),
    }
