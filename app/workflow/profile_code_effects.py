"""What it means for a project that a code list changed."""

from app.core.profile_change import Change, ChangeKind
from app.core.register import Variable
from app.workflow.profile_stand import NOTHING, Effect, Stand, counted


def of_codes(stand: Stand, change: Change) -> Effect:
    """Return what a change in a code list means; nothing when no link gives its codes."""
    code_list, _, code = change.id.partition("/")
    users = stand.users(code_list)
    if not users:
        return NOTHING
    return _of_code(stand, change, users, code) if code else _of_list(stand, change, users)


def _of_list(stand: Stand, change: Change, users: tuple[Variable, ...]) -> Effect:
    if change.field == "codes" and change.kind is ChangeKind.LOOSENED:
        return Effect("effect-codes-new", (_names(users), ("codes", change.after)))
    if change.field == "codes" or change.kind is ChangeKind.REMOVED:
        return codes_gone(stand, users, tuple(change.before.split(", ")))
    return NOTHING


def _of_code(stand: Stand, change: Change, users: tuple[Variable, ...], code: str) -> Effect:
    if change.field == "code":
        pair = (("before", change.before), ("after", change.after))
        maps = _maps(stand.maps_to(users, (change.before,)))
        return Effect("effect-code-renamed", (_names(users), *pair, maps))  # moving does it
    if change.kind is not ChangeKind.TIGHTENED:
        return NOTHING
    if change.field == "valid_to":
        names = [stand.linked(one.id) for one in users]
        cases = stand.count(lambda counter: counter.using(names, (code,)))
        said = dict((_names(users), ("codes", code), ("after", change.after)))
        return counted("effect-code-ends", cases, **said)
    return codes_gone(stand, users, (code,))


def _names(users: tuple[Variable, ...]) -> tuple[str, str]:
    return "variables", ", ".join(dict.fromkeys(one.id for one in users))


def codes_gone(stand: Stand, users: tuple[Variable, ...], codes: tuple[str, ...]) -> Effect:
    """Say how many cases use codes that are gone, and which value maps lead to them."""
    names = tuple(dict.fromkeys(stand.linked(one.id) for one in users))
    cases = stand.count(lambda counter: counter.using(names, codes))
    maps = stand.maps_to(users, codes)
    shown = {
        "variables": _names(users)[1],
        "count": str(len(codes)),
        "codes": ", ".join(codes),
    }
    if not maps:
        return counted("effect-codes-gone", cases, **shown)
    effect = counted("effect-codes-gone-mapped", cases, **shown)
    return Effect(effect.code, (*effect.values, _maps(maps)), work=True)


def _maps(maps: tuple[str, ...]) -> tuple[str, str]:
    return "maps", ", ".join(maps) or "–"
