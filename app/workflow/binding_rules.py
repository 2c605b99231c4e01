"""The profile's rules in another contract: codes said anew, and what no longer fits set aside."""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.core.condition import names, parse
from app.core.condition_types import check
from app.core.errors import ProfileError
from app.core.register import Count, Definition, Phase, Profile, Rule, Text, Verdict
from app.core.translation import Translations, translate

_NEVER = "False"


@dataclass(frozen=True, slots=True)
class Changes:
    """What conditions must heed: codes translated, lists by variable, variables without element."""

    codes: Translations
    lists: Mapping[str, str]
    lost: frozenset[str]


def fitted(profile: Profile, changes: Changes) -> Profile:
    """Return the profile with every condition said in its own codes.

    A rule that cannot be said is one that cannot be checked, and says why.
    """
    return replace(
        profile,
        rules=tuple(_rule(one, profile, changes) for one in profile.rules),
        verdicts=tuple(_verdict(one, profile, changes) for one in profile.verdicts),
        phases=tuple(_phase(one, profile, changes) for one in profile.phases),
        counts=tuple(_count(one, profile, changes) for one in profile.counts),
        definitions=tuple(_definition(one, profile, changes) for one in profile.definitions),
    )


def _rule(rule: Rule, profile: Profile, changes: Changes) -> Rule:
    if not rule.condition:
        return rule
    gone = sorted({*rule.variables, *_asked_missing(rule.condition)} & changes.lost)
    if gone:
        return _set_aside(rule, _no_element(gone))
    try:
        return replace(rule, condition=_said(rule.condition, profile, changes))
    except ProfileError as error:
        return _set_aside(rule, _reason(error))


def _verdict(verdict: Verdict, profile: Profile, changes: Changes) -> Verdict:
    try:
        return replace(verdict, condition=_said(verdict.condition, profile, changes))
    except ProfileError:
        return replace(verdict, condition=_NEVER)


def _phase(one: Phase, profile: Profile, changes: Changes) -> Phase:
    try:
        return replace(one, condition=_said(one.condition, profile, changes))
    except ProfileError:
        return replace(one, condition=_NEVER)


def _count(one: Count, profile: Profile, changes: Changes) -> Count:
    """Return a count in the contract's codes; what it needs may have no element any more."""
    if not one.condition:
        return one
    gone = sorted(names(parse(one.condition)) & changes.lost) if one.barred_by else []
    if gone:
        return replace(one, condition="", not_computable=_no_element(gone))
    try:
        return replace(one, condition=_said(one.condition, profile, changes))
    except ProfileError as error:
        return replace(one, condition="", not_computable=_reason(error))


def _definition(one: Definition, profile: Profile, changes: Changes) -> Definition:
    try:
        return replace(one, condition=_said(one.condition, profile, changes))
    except ProfileError:
        return replace(one, condition="")


def _said(condition: str, profile: Profile, changes: Changes) -> str:
    if not condition:
        return ""
    said = translate(condition, changes.codes, changes.lists)
    check(parse(said), profile)
    return said


def _asked_missing(condition: str) -> set[str]:
    """Return the variables whose absence a condition asks for."""
    calls = (one for one in ast.walk(parse(condition).tree) if isinstance(one, ast.Call))
    return {
        name.id
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "missing"
        for name in call.args
        if isinstance(name, ast.Name)
    }


def _set_aside(rule: Rule, reason: Text) -> Rule:
    return replace(rule, condition="", not_checkable=reason)


def _no_element(gone: Iterable[str]) -> Text:
    names = ", ".join(gone)
    return Text(
        f"Kontraktet har inget bundet element för {names}.",
        f"The contract has no bound element for {names}.",
    )


def _reason(error: ProfileError) -> Text:
    name, code = error.values.get("name", ""), error.values.get("codes", "")
    if error.code == "binding-code-untold":
        return Text(
            f"Kontraktet har ingen kod för {name} med samma betydelse som {code}.",
            f"The contract has no code of {name} that means the same as {code}.",
        )
    if error.code == "binding-form-untold":
        return Text(
            f"Kontraktets koder för {name} har en annan form än den som villkoret frågar efter.",
            f"The contract's codes of {name} have another form than the one that is asked for.",
        )
    return Text(
        "Kontraktets typer eller delar passar inte villkoret.",
        "The contract's types or parts do not fit the condition.",
    )
