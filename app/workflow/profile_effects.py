"""What a change of the register profile means for one project, as codes with values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.mapping import Link, Project
from app.core.profile_change import Change, ChangeKind, Subject
from app.core.profile_matching import variables_in
from app.core.register import Element, Mandatory, Profile, Variable

if TYPE_CHECKING:
    from app.engine.profile_effects import CaseCounter


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change means: a code and its values; `work` when a person has something to do."""

    code: str
    values: tuple[tuple[str, str], ...] = ()
    work: bool = False


NOTHING = Effect("effect-nothing")
FOLLOWED = Effect("effect-followed")

_RISES = {ChangeKind.TIGHTENED, ChangeKind.CHANGED}


@dataclass(frozen=True, slots=True)
class Effects:
    """Says what changes mean; `counter` is None when no export is loaded.

    `former` has the variables of the second profile that had another id in the first.
    """

    project: Project
    first: Profile
    second: Profile
    former: Mapping[str, str]
    counter: "CaseCounter | None"

    def of(self, change: Change) -> Effect:
        """Return what one change means for the project."""
        return _BY_SUBJECT.get(change.subject, _followed)(self, change)

    # What the project has

    def link(self, variable: str) -> Link | None:
        """Return the link of a variable, by its id in either profile."""
        own = self.project.link_of(self.former.get(variable, variable))
        return own or self.project.link_of(variable)

    def linked(self, variable: str) -> str:
        """Return the id by which the project knows a variable of the second profile."""
        link = self.link(variable)
        return link.variable if link else self.former.get(variable, variable)

    def users(self, code_list: str) -> tuple[Variable, ...]:
        """Return the variables that hold codes of a list and have a link."""
        both = {one.id: one for side in (self.first, self.second) for one in side.variables}
        return tuple(
            one for one in both.values() if one.code_list == code_list and self.link(one.id)
        )

    def maps_to(self, variables: tuple[Variable, ...], codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the local values, as "local → code", that value maps turn into these codes."""
        links = [link for one in variables if (link := self.link(one.id))]
        names = {
            step.option("name") for link in links for step in link.steps if step.kind == "value_map"
        }
        return tuple(
            f"{local} → {code}"
            for value_map in self.project.value_maps
            if value_map.name in names
            for local, code in value_map.entries
            if code in codes
        )

    def count(self, count: Callable[["CaseCounter"], int]) -> int | None:
        """Return a number of cases, None when no export is loaded."""
        return count(self.counter) if self.counter else None


def _followed(_effects: Effects, _change: Change) -> Effect:
    return FOLLOWED


def _counted(code: str, cases: int | None, **values: str) -> Effect:
    """Return an effect that is work unless the count says that no case is met."""
    said = {**values, **({} if cases is None else {"cases": str(cases)})}
    return Effect(code, tuple(said.items()), work=cases != 0)


# Variables


def _of_variable(effects: Effects, change: Change) -> Effect:
    if change.field in {"", "element"}:
        return _coming_or_going(effects, change)
    if change.field == "mandatory" and change.kind is ChangeKind.TIGHTENED:
        return _demanded(effects, change.variable)
    link = effects.link(change.variable)
    return _of_linked(effects, change, link) if link else NOTHING


def _of_linked(effects: Effects, change: Change, link: Link) -> Effect:
    """Say what another id, type, group or code list means for a variable's link."""
    name = change.variable
    match change.field:
        case "id":
            pair = (("before", change.before), ("after", change.after))
            return Effect("effect-link-renamed", pair, work=link.variable == change.before)
        case "type":
            cases = effects.count(lambda counter: counter.having(link.variable))
            return _counted("effect-conversion", cases, variable=name)
        case "group":
            return Effect("effect-group-moved", (("variable", name),), work=True)
        case "code_list":
            return _other_list(effects, name)
    return NOTHING


def _coming_or_going(effects: Effects, change: Change) -> Effect:
    """Say what it means that a variable, or its element, is new, gone or elsewhere."""
    name, link = change.variable, effects.link(change.variable)
    if change.kind is ChangeKind.MOVED:
        return FOLLOWED if link else NOTHING
    if change.kind is ChangeKind.REMOVED:
        if not link:
            return NOTHING
        cases = effects.count(lambda counter: counter.having(effects.linked(name)))
        code = "effect-not-sent" if change.field else "effect-link-lost"
        return _counted(code, cases, variable=name)
    if link:
        return FOLLOWED
    if effects.second.by_id[name].mandatory is Mandatory.YES or _is_needed(effects, name):
        return Effect("effect-link-missing", (("variable", name),), work=True)
    return Effect("effect-link-possible", (("variable", name),))


def _demanded(effects: Effects, name: str) -> Effect:
    """Say how many cases lack what is now demanded; in a part that may be missing, only there."""
    if effects.link(name) is None:
        return Effect("effect-link-missing", (("variable", name),), work=True)
    own, beside = effects.linked(name), _beside(effects, name)
    cases = effects.count(lambda counter: counter.lacking(own, beside))
    return _counted("effect-values-missing", cases, variable=name)


def _other_list(effects: Effects, name: str) -> Effect:
    """Say how many cases hold codes that the new code list of a variable does not have."""
    allowed = {one.code for one in effects.second.codes_of(effects.second.by_id[name].code_list)}
    old = effects.first.by_id.get(effects.former.get(name, name))
    codes = effects.first.codes_of(old.code_list) if old else ()
    gone = tuple(one.code for one in codes if allowed and one.code not in allowed)
    return _codes_gone(effects, (effects.second.by_id[name],), gone) if gone else NOTHING


# Elements and groups


def _of_element(effects: Effects, change: Change) -> Effect:
    name = change.variable
    if not name:
        return _of_free_element(change)
    if change.field == "minimum" and change.kind is ChangeKind.TIGHTENED:
        return _demanded(effects, name)
    if effects.link(name) is None or change.kind not in _RISES:
        return FOLLOWED if change.kind is not ChangeKind.LOOSENED else NOTHING
    if change.field == "maximum":
        return _too_many(effects, effects.second.by_id[name].group, change)
    return _refused(effects, name)


def _of_free_element(change: Change) -> Effect:
    """Say what it means when an element without a variable changes."""
    demanded = change.kind is ChangeKind.TIGHTENED and change.field == "minimum"
    if demanded or (change.kind is ChangeKind.NEW and " 0.." not in change.after):
        return Effect("effect-element-unbound", (("element", change.id),), work=True)
    return FOLLOWED


def _refused(effects: Effects, name: str) -> Effect:
    """Say how many values the element's new type does not take."""
    element = _element_of(effects.second, effects.second.by_id[name].path)
    if element is None:
        return FOLLOWED
    own = effects.linked(name)
    cases = effects.count(lambda counter: counter.refused(own, element))
    return _counted("effect-values-refused", cases, variable=name)


def _too_many(effects: Effects, group: str, change: Change) -> Effect:
    old = effects.first.by_id.get(effects.former.get(change.variable, change.variable))
    if not change.after.isdigit() or old is None:
        return FOLLOWED
    cases = effects.count(lambda counter: counter.with_more(old.group, int(change.after)))
    return _counted("effect-too-many", cases, group=group or old.group, most=change.after)


def _of_group(effects: Effects, change: Change) -> Effect:
    link = effects.project.group_link_of(change.id) or effects.project.group_link_of(change.before)
    if link is None:
        return NOTHING
    if change.kind is ChangeKind.REMOVED:
        return Effect("effect-group-lost", (("group", change.id),), work=True)
    if change.field == "id":
        pair = (("before", change.before), ("after", change.after))
        return Effect("effect-group-renamed", pair, work=True)
    return NOTHING


# Codes


def _of_codes(effects: Effects, change: Change) -> Effect:
    code_list, _, code = change.id.partition("/")
    users = effects.users(code_list)
    if not users:
        return NOTHING
    named = ", ".join(dict.fromkeys(one.id for one in users))
    if change.field == "codes" and change.kind is ChangeKind.LOOSENED:
        values = (("variables", named), ("codes", change.after))
        return Effect("effect-codes-new", values)
    if change.field == "codes" or (not change.field and change.kind is ChangeKind.REMOVED):
        return _codes_gone(effects, users, tuple(change.before.split(", ")))
    if change.field == "code":
        maps = effects.maps_to(users, (change.before,))
        pair = (("before", change.before), ("after", change.after))
        return Effect("effect-code-renamed", (("variables", named), *pair, _maps(maps)), work=True)
    if change.kind is ChangeKind.TIGHTENED:
        return _codes_gone(effects, users, (code,))
    return NOTHING


def _codes_gone(effects: Effects, users: tuple[Variable, ...], codes: tuple[str, ...]) -> Effect:
    """Say how many cases use codes that are gone, and which value maps lead to them."""
    names = tuple(dict.fromkeys(effects.linked(one.id) for one in users))
    cases = effects.count(lambda counter: counter.using(names, codes))
    maps = effects.maps_to(users, codes)
    shown = {
        "variables": ", ".join(dict.fromkeys(one.id for one in users)),
        "count": str(len(codes)),
        "codes": ", ".join(codes),
    }
    if not maps:
        return _counted("effect-codes-gone", cases, **shown)
    effect = _counted("effect-codes-gone-mapped", cases, **shown)
    return Effect(effect.code, (*effect.values, _maps(maps)), work=True)


def _maps(maps: tuple[str, ...]) -> tuple[str, str]:
    return "maps", ", ".join(maps) or "–"


# Rules and verdicts


def _of_rule(effects: Effects, change: Change) -> Effect:
    """Say how many cases break a rule, before and after."""
    if change.field not in {"", "condition", "tier", "since", "until"}:
        return NOTHING
    before, after = effects.first.rules_by_id, effects.second.rules_by_id
    old = before[change.id].condition if change.id in before else ""
    new = after[change.id].condition if change.id in after else ""
    if change.kind is ChangeKind.REMOVED:
        cases = _holding(effects, effects.first, old)
        return Effect("effect-rule-gone", _numbers(cases=cases))
    if not new:
        return Effect("effect-rule-unchecked")
    cases = _holding(effects, effects.second, new)
    if change.kind is ChangeKind.NEW:
        return Effect("effect-rule-new", _numbers(cases=cases), work=bool(cases))
    then = _holding(effects, effects.first, old)
    worse = change.kind is ChangeKind.TIGHTENED and bool(cases)
    return Effect("effect-rule-changed", _numbers(before=then, cases=cases), work=worse)


def _of_verdict(effects: Effects, change: Change) -> Effect:
    if change.field != "condition":
        return NOTHING
    conditions = [
        next(one.condition for one in side.verdicts if one.id == change.id)
        for side in (effects.first, effects.second)
    ]
    before = _holding(effects, effects.first, conditions[0])
    cases = _holding(effects, effects.second, conditions[1])
    return Effect("effect-verdict-changed", _numbers(before=before, cases=cases))


def _holding(effects: Effects, profile: Profile, condition: str) -> int | None:
    if not condition:
        return None
    return effects.count(lambda counter: counter.for_which(condition, profile))


def _numbers(**numbers: int | None) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(number)) for name, number in numbers.items() if number is not None)


# The rest


def _of_entrance(_effects: Effects, change: Change) -> Effect:
    if change.kind is ChangeKind.REMOVED:
        return Effect("effect-entrance-gone", (("entrance", change.id),))
    if change.field == "address":
        return Effect("effect-address-moved", (("address", change.after),))
    if change.field in {"kind", "test_certificate"}:
        return Effect("effect-certificate", (("entrance", change.id),), work=True)
    return NOTHING


def _nothing(_effects: Effects, _change: Change) -> Effect:
    return NOTHING


_BY_SUBJECT: Mapping[Subject, Callable[[Effects, Change], Effect]] = {
    Subject.VARIABLE: _of_variable,
    Subject.ELEMENT: _of_element,
    Subject.GROUP: _of_group,
    Subject.CODE: _of_codes,
    Subject.RULE: _of_rule,
    Subject.VERDICT: _of_verdict,
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


def _is_needed(effects: Effects, name: str) -> bool:
    """Whether the contract demands a variable's element in every request or in a part in use."""
    variable = effects.second.by_id[name]
    element = _element_of(effects.second, variable.path) if variable.is_bound else None
    if element is None or not element.minimum:
        return False
    beside = _beside(effects, name)
    return not beside or any(effects.link(one) for one in beside if one != name)


def _optional_parts(profile: Profile, name: str) -> tuple[Element, ...]:
    """Return the parts around a variable's element that may be missing, outermost first."""
    variable = profile.by_id[name]
    way = _way(profile, variable.path) if variable.is_bound else ()
    return tuple(part for part in way[1:-1] if not part.minimum)


def _beside(effects: Effects, name: str) -> tuple[str, ...]:
    """Return the variables in the innermost part around this one that may be missing."""
    parts = _optional_parts(effects.second, name)
    return tuple(map(effects.linked, variables_in(parts[-1]))) if parts else ()
