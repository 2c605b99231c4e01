"""What the command line shows of bindings, of the profiles there are, and of a project moved."""

from app.cli.output import say, say_json
from app.core.binding import BindingRow
from app.core.register import Profile
from app.language.sentences import error_sentence, name_of, sentence_of
from app.language.text import _, current
from app.workflow.profile_views import BindingView, MovedProject, ProfileEntry


def show_binding(view: BindingView, profile: Profile) -> None:
    """Write every element with its variable, and what is unbound on both sides."""
    width = max((len("/".join(row.path)) for row in view.table.rows), default=0)
    for row in view.table.rows:
        say(f"{'/'.join(row.path):<{width}}  {_row_text(row, profile)}".rstrip())
    bound = sum(row.is_bound for row in view.table.rows)
    waiting = len(view.table.suggested)
    say(
        _(
            "{profile}: {bound} of {elements} elements bound, {waiting} suggestions to approve."
        ).format(profile=view.profile, bound=bound, elements=len(view.table.rows), waiting=waiting)
    )
    free = ["/".join(row.path) for row in view.table.rows if not row.variable]
    _show_list(_("Elements without a variable:"), free)
    lacking = [one for one in view.unbound if view.table.row_of(one) is None]
    _show_list(_("Variables without an element:"), [_named(one, profile) for one in lacking])
    _show_list(_("Demanded by the contract and not bound:"), ["/".join(p) for p in view.demanded])
    _show_list(_("In the way of sending:"), [error_sentence(one) for one in view.troubles])
    if waiting:
        command = f"spor-workbench profile bind {view.profile} --approve sure"
        say(_("Approve them on the Contract page or with: {command}").format(command=command))


def binding_json(view: BindingView) -> dict[str, object]:
    """Return a binding for a machine."""
    return {
        "profile": view.profile,
        "elements": [
            {
                "path": "/".join(row.path),
                "variable": row.variable,
                "state": row.state.value,
                "score": row.score,
                "sure": row.is_sure,
                "reasons": list(row.reasons),
                "alternatives": [list(one) for one in row.alternatives],
            }
            for row in view.table.rows
        ],
        "unbound_variables": list(view.unbound),
        "demanded": ["/".join(path) for path in view.demanded],
        "troubles": [{"code": one.code, **dict(one.values)} for one in view.troubles],
    }


def show_entries(entries: tuple[ProfileEntry, ...], *, as_json: bool) -> None:
    """Write the profiles there are."""
    if as_json:
        say_json({"profiles": [_entry_json(one) for one in entries]})
        return
    width = max((len(one.id) for one in entries), default=0)
    for one in entries:
        said = _("{bound} of {elements} elements bound").format(
            bound=one.bound, elements=one.elements
        )
        state = error_sentence(one.problem) if one.problem else said
        reading = one.reading_name.in_language(current()) if one.reading_name else ""
        named = reading or one.name.in_language(current())
        say(f"{one.id:<{width}}  {named}; {state}")


def show_moved(moved: MovedProject, *, as_json: bool) -> None:
    """Write what a move kept, and what is left to do."""
    if as_json:
        tasks = [
            {"code": one.code, "variable": one.variable, **dict(one.values)} for one in moved.tasks
        ]
        say_json({"profile": moved.project.profile, "kept": list(moved.kept), "tasks": tasks})
        return
    say(
        _("The project now uses {profile}. Links kept: {kept}.").format(
            profile=moved.project.profile, kept=len(moved.kept)
        )
    )
    lines = [
        sentence_of(one.code, {"variable": one.variable, **dict(one.values)}) for one in moved.tasks
    ]
    _show_list(_("To do:"), lines)


def _row_text(row: BindingRow, profile: Profile) -> str:
    if not row.variable:
        return "–"
    why = ", ".join(name_of(one) for one in row.reasons)
    state = name_of(f"binding-{row.state.value}")
    score = f" {row.score}" if not row.is_bound else ""
    word = _("sure")
    sure = f", {word}" if row.is_sure and not row.is_bound else ""
    return f"{_named(row.variable, profile)}  [{state}{score}{sure}{'; ' + why if why else ''}]"


def _named(variable: str, profile: Profile) -> str:
    """Return a variable's id with its name, where it is not known by its name alone."""
    known = profile.by_id.get(variable)
    return f"{variable}  {known.name.in_language(current())}" if known else variable


def _entry_json(one: ProfileEntry) -> dict[str, object]:
    return {
        "id": one.id,
        "origin": one.origin,
        "reading": one.reading,
        "base": one.base,
        "elements": one.elements,
        "bound": one.bound,
        "demanded": one.demanded,
        "problem": one.problem.code if one.problem else "",
    }


def _show_list(head: str, lines: "list[str] | tuple[str, ...]") -> None:
    if lines:
        say(head)
    for line in lines:
        say(f"  {line}")
