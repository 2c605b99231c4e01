"""Make a profile from a foreign contract, the table of its binding, and a base profile's facts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.core.binding import BindingRow, BindingTable, Path
from app.core.contract import Leaf, leaves
from app.core.errors import ProfileError
from app.core.register import (
    Answer,
    Binding,
    Confidence,
    Element,
    Fact,
    Group,
    Mandatory,
    Profile,
    Text,
    ValueType,
    Variable,
)
from app.workflow.binding_answer import find_answer
from app.workflow.binding_codes import SOURCE, Recoded, recoded, translations, whole_list
from app.workflow.binding_groups import moved_groups
from app.workflow.binding_rules import Changes, fitted

_MOST_AT_ONCE = 50  # registrations in a request when the contract sets no limit
_TYPES = {
    "dateTime": ValueType.DATETIME,
    "date": ValueType.DATE,
    "decimal": ValueType.NUMBER,
    "float": ValueType.NUMBER,
    "double": ValueType.NUMBER,
    "integer": ValueType.NUMBER,
    "boolean": ValueType.CODE,
}
_NUMBERS = frozenset({ValueType.NUMBER, ValueType.CODE, ValueType.TEXT, ValueType.PERSON_ID})


@dataclass(frozen=True)
class NewContract:
    """A contract as it was read and stored.

    `wsdl` and `xsd` are where it is stored, `settings` what its request, service and operation
    are called, `texts` what it says about the values that it lists, by path, `answer` what is
    known already of how it answers.
    """

    wsdl: str
    xsd: str
    root: Element
    response: Element | None
    digests: Mapping[str, str]
    settings: Mapping[str, str]
    texts: Mapping[Path, Mapping[str, str]] = field(default_factory=dict)
    answer: Answer | None = None


def made_profile(name: str, base: Profile, contract: NewContract, table: BindingTable) -> Profile:
    """Return the profile of that name: the contract's elements with the base's facts."""
    rows = {row.variable: row for row in table.rows if row.is_bound}
    by_path = {leaf.path: leaf for leaf in leaves(contract.root)}
    bound = {variable: by_path[row.path] for variable, row in rows.items() if row.path in by_path}
    key = bound.get(base.case_key)
    groups = moved_groups(base, bound, key.path if key else ())
    known = tuple(_variable(one, bound.get(one.id), rows, groups) for one in base.variables)
    new = tuple(
        _new_variable(rows[one], leaf, base, bound, groups)
        for one, leaf in bound.items()
        if one not in base.by_id
    )
    profile = replace(
        base,
        id=name,
        name=Text(name, name),
        note=_note(base),
        namespace=contract.root.namespace,
        wsdl=contract.wsdl,
        xsd=contract.xsd,
        root=contract.root,
        variables=(*known, *new),
        groups=groups,
        settings=_settings(base, contract),
        answer=contract.answer or find_answer(contract.response, base),
        readings=(),
        reading="",
        base=base.id,
        digests=contract.digests,
    )
    many = {**profile.settings, "batch_size": str(_batch_size(profile))}
    return _recoded(replace(profile, settings=many), base, contract, bound)


def _recoded(
    profile: Profile, base: Profile, contract: NewContract, bound: Mapping[str, Leaf]
) -> Profile:
    """Return the profile with the contract's codes, and its rules in them."""
    coded = [
        (one, bound[one.id])
        for one in profile.variables
        if one.id in bound and one.value_type is ValueType.CODE
    ]
    lists = recoded(coded, base, contract.texts)
    lost = frozenset(one.id for one in base.variables if one.is_bound and one.id not in bound)
    named = {one.variable: one.code_list for one in lists}
    changes = Changes(_translations(base, lists), named, lost)
    return fitted(_with_codes(profile, lists), changes)


def _with_codes(profile: Profile, lists: tuple[Recoded, ...]) -> Profile:
    made = {one.variable: one for one in lists}
    replaced = {one.code_list: one for one in lists}
    variables = tuple(
        replace(one, code_list=made[one.id].code_list) if one.id in made else one
        for one in profile.variables
    )
    kept_codes = tuple(one for one in profile.codes if one.code_list not in replaced)
    kept_lists = tuple(one for one in profile.code_lists if one.id not in replaced)
    return replace(
        profile,
        variables=variables,
        codes=(*kept_codes, *(code for one in replaced.values() for code in one.codes)),
        code_lists=(*kept_lists, *(whole_list(one) for one in replaced)),
    )


def _translations(
    base: Profile, lists: tuple[Recoded, ...]
) -> dict[str, dict[str, tuple[str, ...]]]:
    known = {
        one.variable: base.by_id[one.variable].code_list
        for one in lists
        if one.variable in base.by_id
    }
    before = {variable: base.codes_of(name) for variable, name in known.items() if name}
    return translations(before, {one.variable: one.codes for one in lists})


def _variable(
    variable: Variable,
    leaf: Leaf | None,
    rows: Mapping[str, BindingRow],
    groups: tuple[Group, ...],
) -> Variable:
    if leaf is None:
        return replace(variable, path=(), binding=Binding.NONE)
    kind = _type(variable.value_type, leaf)
    return replace(
        variable,
        path=leaf.path,
        binding=rows[variable.id].state,
        element_confidence=Confidence.STATED,  # the contract's own word
        group=_group(leaf.path, groups),
        value_type=kind,
        code_list=variable.code_list if kind in {variable.value_type, ValueType.CODE} else "",
    )


def _new_variable(
    row: BindingRow,
    leaf: Leaf,
    base: Profile,
    bound: Mapping[str, Leaf],
    groups: tuple[Group, ...],
) -> Variable:
    if not row.variable.isidentifier():  # conditions name it
        raise ProfileError("binding-variable-unknown", name=row.variable)
    said = leaf.element.documentation or leaf.path[-1]
    listed = bool(leaf.element.allowed)
    return Variable(
        id=row.variable,
        name=Text(leaf.path[-1], leaf.path[-1]),
        meaning=Text(said, said),
        value_type=ValueType.CODE if listed else _TYPES.get(leaf.element.base, ValueType.TEXT),
        path=leaf.path,
        group=_group(leaf.path, groups),
        section=_section(leaf, base, bound),
        mandatory=Mandatory.YES if leaf.is_mandatory else Mandatory.NO,
        fact=Fact(SOURCE, Confidence.STATED),
        binding=row.state,
    )


def _type(known: ValueType, leaf: Leaf) -> ValueType:
    """Return the type of a variable in the contract: the contract's where it says more."""
    if leaf.element.allowed or leaf.element.base == "boolean":
        return ValueType.CODE
    kind = _TYPES.get(leaf.element.base, known)
    return known if kind is ValueType.NUMBER and known in _NUMBERS else kind


def _group(path: Path, groups: tuple[Group, ...]) -> str:
    around = [one for one in groups if one.path and path[: len(one.path)] == one.path]
    return max(around, key=lambda one: len(one.path)).id if around else ""


def _section(leaf: Leaf, base: Profile, bound: Mapping[str, Leaf]) -> str:
    """Return the section of the variables that stand nearest."""
    for depth in range(len(leaf.path) - 1, -1, -1):
        near = Counter(
            base.by_id[name].section
            for name, other in bound.items()
            if name in base.by_id and other.path[:depth] == leaf.path[:depth]
        )
        if near:
            return near.most_common(1)[0][0]
    return next(iter(base.sections), "")


def _settings(base: Profile, contract: NewContract) -> dict[str, str]:
    kept = {name: text for name, text in base.settings.items() if not name.startswith("result_")}
    return {**kept, **contract.settings}


def _batch_size(profile: Profile) -> int:
    """Return how many registrations a request may hold."""
    element = profile.root
    for name in profile.case_path:
        element = next(one for one in element.children if one.name == name)
    most = element.maximum if profile.case_path else 1
    return min(most or _MOST_AT_ONCE, _MOST_AT_ONCE)


def _note(base: Profile) -> Text:
    return Text(
        f"Importerat kontrakt, bundet till variablerna i {base.id}.",
        f"An imported contract, bound to the variables of {base.id}.",
    )
