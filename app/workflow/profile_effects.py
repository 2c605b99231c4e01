"""What a change of the register profile means for one project, as codes with values."""

from collections.abc import Callable, Mapping, Sequence

from app.core.mapping import Link
from app.core.profile_change import Change, ChangeKind, Subject
from app.core.profile_matching import variables_in
from app.core.register import Count, Element, Mandatory, Profile, Verdict
from app.workflow.profile_code_effects import codes_gone, of_codes
from app.workflow.profile_stand import FOLLOWED, NOTHING, Effect, Stand, counted

_RISES = {ChangeKind.TIGHTENED, ChangeKind.CHANGED}


def effect_of(stand: Stand, change: Change) -> Effect:
    """Return what one change means for the project."""
    return _BY_SUBJECT.get(change.subject, _followed)(stand, change)


def _followed(_stand: Stand, _change: Change) -> Effect:
    return FOLLOWED


# Variables


def _of_variable(stand: Stand, change: Change) -> Effect:
    if change.field in {"", "element"}:
        return _coming_or_going(stand, change)
    if change.field == "mandatory" and change.kind is ChangeKind.TIGHTENED:
        return _demanded(stand, change.variable)
    link = stand.link(change.variable)
    return _of_linked(stand, change, link) if link else NOTHING


def _of_linked(stand: Stand, change: Change, link: Link) -> Effect:
    """Say what another id, type, group or code list means for a variable's link."""
    name = change.variable
    match change.field:
        case "id":
            pair = (("before", change.before), ("after", change.after))
            return Effect("effect-link-renamed", pair, work=link.variable == change.before)
        case "type" | "unit":
            cases = stand.count(lambda counter: counter.having(link.variable))
            if change.field == "type":
                return counted("effect-conversion", cases, variable=name)
            units = {"before": change.before or "–", "after": change.after or "–"}
            return counted("effect-unit", cases, variable=name, **units)
        case "group":
            return Effect("effect-group-moved", (("variable", name),), work=True)
        case "code_list":
            return _other_list(stand, name)
    return NOTHING


def _coming_or_going(stand: Stand, change: Change) -> Effect:
    """Say what it means that a variable, or its element, is new, gone or elsewhere."""
    name, link = change.variable, stand.link(change.variable)
    if change.kind is ChangeKind.MOVED:
        return FOLLOWED if link else NOTHING
    if change.kind is ChangeKind.REMOVED:
        if not link:
            return NOTHING
        cases = stand.count(lambda counter: counter.having(stand.linked(name)))
        code = "effect-not-sent" if change.field else "effect-link-lost"
        return counted(code, cases, variable=name)
    if link:
        return FOLLOWED
    if stand.second.by_id[name].mandatory is Mandatory.YES or _is_needed(stand, name):
        return Effect("effect-link-missing", (("variable", name),), work=True)
    return Effect("effect-link-possible", (("variable", name),))


def _demanded(stand: Stand, name: str) -> Effect:
    """Say how many cases lack what is now demanded; in a part that may be missing, only there."""
    if stand.link(name) is None:
        return Effect("effect-link-missing", (("variable", name),), work=True)
    own, beside = stand.linked(name), _beside(stand, name)
    cases = stand.count(lambda counter: counter.lacking(own, beside))
    return counted("effect-values-missing", cases, variable=name)


def _other_list(stand: Stand, name: str) -> Effect:
    """Say how many cases hold codes that the new code list of a variable does not have."""
    allowed = {one.code for one in stand.second.codes_of(stand.second.by_id[name].code_list)}
    old = stand.first.by_id.get(stand.former.get(name, name))
    codes = stand.first.codes_of(old.code_list) if old else ()
    gone = tuple(one.code for one in codes if allowed and one.code not in allowed)
    return codes_gone(stand, (stand.second.by_id[name],), gone) if gone else NOTHING


# Elements and groups


def _of_element(stand: Stand, change: Change) -> Effect:
    name = change.variable
    if not name:
        return FOLLOWED if _is_of_answer(stand, change) else _of_free_element(change)
    if change.field == "minimum" and change.kind is ChangeKind.TIGHTENED:
        return _demanded(stand, name)
    if stand.link(name) is None or change.kind not in _RISES:
        return FOLLOWED if change.kind is not ChangeKind.LOOSENED else NOTHING
    if change.field == "namespace":
        return FOLLOWED
    if change.field == "maximum":
        return _too_many(stand, stand.second.by_id[name].group, change)
    return _refused(stand, name)


def _is_of_answer(stand: Stand, change: Change) -> bool:
    """Whether a change is one of the register's answer, whose paths begin with its root."""
    answers = (side.answer for side in (stand.first, stand.second))
    return change.id.partition("/")[0] in {one.root.name for one in answers if one}


def _of_free_element(change: Change) -> Effect:
    """Say what it means when an element without a variable changes."""
    demanded = change.kind is ChangeKind.TIGHTENED and change.field == "minimum"
    if demanded or (change.kind is ChangeKind.NEW and " 0.." not in change.after):
        return Effect("effect-element-unbound", (("element", change.id),), work=True)
    return FOLLOWED


def _refused(stand: Stand, name: str) -> Effect:
    """Say how many values the element's new type does not take."""
    element = _element_of(stand.second, stand.second.by_id[name].path)
    if element is None:
        return FOLLOWED
    own = stand.linked(name)
    cases = stand.count(lambda counter: counter.refused(own, element))
    return counted("effect-values-refused", cases, variable=name)


def _too_many(stand: Stand, group: str, change: Change) -> Effect:
    old = stand.first.by_id.get(stand.former.get(change.variable, change.variable))
    if not change.after.isdigit() or old is None or not (group or old.group):
        return FOLLOWED  # what stands once in a case is never too many
    cases = stand.count(lambda counter: counter.with_more(old.group, int(change.after)))
    return counted("effect-too-many", cases, group=group or old.group, most=change.after)


def _of_group(stand: Stand, change: Change) -> Effect:
    link = stand.project.group_link_of(change.id) or stand.project.group_link_of(change.before)
    if link is None:
        return NOTHING
    if change.kind is ChangeKind.REMOVED:
        return Effect("effect-group-lost", (("group", change.id),), work=True)
    if change.field == "id":
        pair = (("before", change.before), ("after", change.after))
        return Effect("effect-group-renamed", pair, work=True)
    return NOTHING


# Rules and verdicts


def _of_rule(stand: Stand, change: Change) -> Effect:
    """Say how many cases break a rule, before and after."""
    if change.field not in {"", "condition", "tier", "since", "until"}:
        return NOTHING
    before, after = stand.first.rules_by_id, stand.second.rules_by_id
    old = before[change.id].condition if change.id in before else ""
    new = after[change.id].condition if change.id in after else ""
    if change.kind is ChangeKind.REMOVED:
        cases = _holding(stand, stand.first, old)
        return Effect("effect-rule-gone", _numbers(cases=cases))
    if not new:
        return Effect("effect-rule-unchecked")
    cases = _holding(stand, stand.second, new)
    if change.kind is ChangeKind.NEW:
        return Effect("effect-rule-new", _numbers(cases=cases), work=bool(cases))
    then = _holding(stand, stand.first, old)
    worse = (cases or 0) > (then or 0)
    return Effect("effect-rule-changed", _numbers(before=then, cases=cases), work=worse)


def _of_verdict(stand: Stand, change: Change) -> Effect:
    if change.field != "condition":
        return NOTHING
    conditions = [_counted_by(side, change) for side in (stand.first, stand.second)]
    before = _holding(stand, stand.first, conditions[0])
    cases = _holding(stand, stand.second, conditions[1])
    return Effect("effect-verdict-changed", _numbers(before=before, cases=cases))


def _counted_by(profile: Profile, change: Change) -> str:
    """Return the condition of a verdict, a phase or a count."""
    rows: Mapping[Subject, Sequence[Verdict | Count]] = {
        Subject.VERDICT: profile.verdicts,
        Subject.PHASE: profile.phases,
        Subject.COUNT: profile.counts,
    }
    return next(one.condition for one in rows[change.subject] if one.id == change.id)


def _holding(stand: Stand, profile: Profile, condition: str) -> int | None:
    if not condition:
        return None
    return stand.count(lambda counter: counter.for_which(condition, profile))


def _numbers(**numbers: int | None) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(number)) for name, number in numbers.items() if number is not None)


# The rest


def _of_entrance(_stand: Stand, change: Change) -> Effect:
    if change.kind is ChangeKind.REMOVED:
        return Effect("effect-entrance-gone", (("entrance", change.id),))
    if change.field == "address":
        return Effect("effect-address-moved", (("address", change.after),))
    if change.field in {"kind", "test_certificate"}:
        return Effect("effect-certificate", (("entrance", change.id),), work=True)
    return NOTHING


def _nothing(_stand: Stand, _change: Change) -> Effect:
    return NOTHING


_BY_SUBJECT: Mapping[Subject, Callable[[Stand, Change], Effect]] = {
    Subject.VARIABLE: _of_variable,
    Subject.ELEMENT: _of_element,
    Subject.GROUP: _of_group,
    Subject.CODE: of_codes,
    Subject.RULE: _of_rule,
    Subject.VERDICT: _of_verdict,
    Subject.PHASE: _of_verdict,
    Subject.COUNT: _of_verdict,
    Subject.ENTRANCE: _of_entrance,
    Subject.SECTION: _nothing,
    Subject.DEFINITION: _nothing,
    Subject.READING: _nothing,
}


# Where a variable stands in the second contract


def _way(profile: Profile, path: tuple[str, ...]) -> tuple[Element, ...]:
    """Return the elements from the request down to a path, () when it is not there."""
    way = [profile.root]
    for name in path:
        found = next((one for one in way[-1].children if one.name == name), None)
        if found is None:
            return ()
        way.append(found)
    return tuple(way)


def _element_of(profile: Profile, path: tuple[str, ...]) -> Element | None:
    way = _way(profile, path) if path else ()
    return way[-1] if way else None


def _is_needed(stand: Stand, name: str) -> bool:
    """Whether the contract demands a variable's element in every request or in a part in use."""
    variable = stand.second.by_id[name]
    element = _element_of(stand.second, variable.path) if variable.is_bound else None
    if element is None or not element.minimum:
        return False
    beside = _beside(stand, name)
    return not beside or any(stand.link(one) for one in beside if one != name)


def _optional_parts(profile: Profile, name: str) -> tuple[Element, ...]:
    """Return the parts around a variable's element that may be missing, outermost first."""
    variable = profile.by_id[name]
    way = _way(profile, variable.path) if variable.is_bound else ()
    return tuple(part for part in way[1:-1] if not part.minimum)


def _beside(stand: Stand, name: str) -> tuple[str, ...]:
    """Return the variables in the innermost part around this one that may be missing."""
    parts = _optional_parts(stand.second, name)
    return tuple(map(stand.linked, variables_in(parts[-1]))) if parts else ()
