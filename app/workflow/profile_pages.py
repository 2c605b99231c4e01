"""What the profile says about one variable, rule or code list, gathered for a page; and search."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining, normalize

from app.core.condition import code_lists, names, parse
from app.core.errors import ProfileError
from app.core.register import (
    Code,
    Count,
    Definition,
    Element,
    Group,
    Profile,
    Reading,
    Rule,
    Text,
    Variable,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class OtherReading:
    """How a variable is in another reading of the same profile; None when it is not there."""

    reading: Reading
    variable: Variable | None


@dataclass(frozen=True, slots=True)
class VariablePage:
    """Everything about one variable.

    `element` is the leaf it is bound to and `way` the parts from the request down to it, both
    empty for an unbound one; `others` the readings in which it is otherwise.
    """

    variable: Variable
    section: Text
    group: Group | None
    element: Element | None
    way: tuple[Element, ...]
    codes: tuple[Code, ...]
    rules: tuple[Rule, ...]
    verdicts: tuple[Verdict, ...]
    definitions: tuple[Definition, ...]
    counts: tuple[Count, ...] = ()
    others: tuple[OtherReading, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeListPage:
    """One code list and the variables that hold its codes, the rules that name it."""

    id: str
    codes: tuple[Code, ...]
    variables: tuple[Variable, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class RulePage:
    """One rule, and the variables and code lists that it names."""

    rule: Rule
    variables: tuple[Variable, ...]
    code_lists: tuple[str, ...]


def variable_page(
    profile: Profile, variable_id: str, others: Iterable[Profile] = ()
) -> VariablePage:
    """Return the page of one variable; `others` are the same profile in its other readings.

    Raises ProfileError "register-page-unknown" for an id that the profile does not have.
    """
    variable = profile.by_id.get(variable_id)
    if variable is None:
        raise ProfileError("register-page-unknown", name=variable_id, profile=profile.id)
    way = _way(profile.root, variable.path) if variable.is_bound else ()
    return VariablePage(
        variable=variable,
        section=profile.sections.get(variable.section, Text(variable.section, variable.section)),
        group=next((one for one in profile.groups if one.id == variable.group), None),
        element=way[-1] if way else None,
        way=way[:-1],
        codes=profile.codes_of(variable.code_list) if variable.code_list else (),
        rules=rules_about(profile, variable_id),
        verdicts=tuple(one for one in profile.verdicts if variable_id in _named(one.condition)),
        definitions=tuple(
            one for one in profile.definitions if variable_id in _named(one.condition)
        ),
        counts=tuple(one for one in profile.counts if variable_id in _named(one.condition)),
        others=tuple(_otherwise(profile, variable, others)),
    )


def rules_about(profile: Profile, variable_id: str) -> tuple[Rule, ...]:
    """Return the rules that mention a variable, in force or not."""
    return tuple(
        rule
        for rule in profile.rules
        if variable_id in rule.variables or variable_id in _named(rule.condition)
    )


def code_list_page(profile: Profile, list_id: str) -> CodeListPage:
    """Return the page of one code list; ProfileError when the profile does not have it."""
    codes = profile.codes_of(list_id)
    if not codes:
        raise ProfileError("register-page-unknown", name=list_id, profile=profile.id)
    return CodeListPage(
        list_id,
        codes,
        tuple(one for one in profile.variables if one.code_list == list_id),
        tuple(rule for rule in profile.rules if list_id in _lists_of(rule.condition)),
    )


def rule_page(profile: Profile, rule_id: str) -> RulePage:
    """Return the page of one rule; ProfileError when the profile does not have it."""
    rule = profile.rules_by_id.get(rule_id)
    if rule is None:
        raise ProfileError("register-page-unknown", name=rule_id, profile=profile.id)
    mentioned = {*rule.variables, *_named(rule.condition)}
    variables = tuple(one for one in profile.variables if one.id in mentioned)
    return RulePage(rule, variables, tuple(sorted(_lists_of(rule.condition))))


# Search


def search(profile: Profile, text: str, language: str = "sv") -> tuple[str, ...]:
    """Return the ids of the variables that a text finds, best first; all for an empty text.

    Every word must be found: in number, name (both languages), local names, element, meaning or
    section; letter case and diacritics do not matter.
    """
    words = _words(text)
    scored = (
        (_score(profile, one, words, language), place)
        for place, one in enumerate(profile.variables)
    )
    found = sorted((-score, place) for score, place in scored if score)
    return tuple(profile.variables[place].id for _, place in found)


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return a text in small letters without diacritics, as it is searched."""
    plain = "".join(sign for sign in normalize("NFKD", text) if not combining(sign))
    return plain.casefold()


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", folded(text)))


def _score(profile: Profile, variable: Variable, words: tuple[str, ...], language: str) -> int:
    """Return how well a variable is what the words ask for, 0 when it is not."""
    places = _places(profile, variable, language)
    total = 1
    for word in words:
        best = max((_weight(word, text, weight) for text, weight in places), default=0)
        if not best:
            return 0
        total += best
    return total


def _places(profile: Profile, variable: Variable, language: str) -> tuple[tuple[str, int], ...]:
    """Return the texts in which a variable is sought, with how much a find there is worth."""
    other = "en" if language == "sv" else "sv"
    section = profile.sections.get(variable.section, Text("", ""))
    return (
        (variable.id, 100),
        (number_of(variable.id), 100),
        (variable.name.in_language(language), 60),
        (variable.name.in_language(other), 50),
        *((alias, 30) for alias in variable.aliases),
        *((part, 25) for part in variable.path[-1:]),
        (variable.meaning.in_language(language), 12),
        (variable.meaning.in_language(other), 10),
        (section.in_language(language), 8),
        (section.in_language(other), 7),
        (variable.code_list, 6),
    )


def number_of(variable_id: str) -> str:
    """Return the digits of a numbered variable, "" for another."""
    found = re.fullmatch(r"[A-Za-z]\.?([0-9]+)", variable_id)
    return found[1] if found else ""


def _weight(word: str, text: str, weight: int) -> int:
    """Return what a word is worth that is the text, begins it, begins a word of it, or is in it."""
    sought = folded(text)
    if word not in sought:
        return 0
    if word == sought:
        return 4 * weight
    if sought.startswith(word):
        return 3 * weight
    return 2 * weight if re.search(rf"\b{re.escape(word)}", sought) else weight


# What is gathered for a page


def _way(root: Element, path: tuple[str, ...]) -> tuple[Element, ...]:
    """Return the elements from the request down to a path, () when it is not in the contract."""
    way = [root]
    for name in path:
        found = next((child for child in way[-1].children if child.name == name), None)
        if found is None:
            return ()
        way.append(found)
    return tuple(way)


@lru_cache(maxsize=1024)
def _named(condition: str) -> frozenset[str]:
    """Return what a condition names, nothing when it is none or cannot be read."""
    try:
        return names(parse(condition)) if condition else frozenset()
    except ProfileError:
        return frozenset()


@lru_cache(maxsize=1024)
def _lists_of(condition: str) -> frozenset[str]:
    try:
        return code_lists(parse(condition)) if condition else frozenset()
    except ProfileError:
        return frozenset()


def _otherwise(
    profile: Profile, variable: Variable, others: Iterable[Profile]
) -> Iterable[OtherReading]:
    """Yield the readings in which the variable is not as it is here."""
    for other in others:
        there = other.by_id.get(variable.id)
        same_element = (
            there is not None
            and _way(other.root, there.path)[-1:] == (_way(profile.root, variable.path)[-1:])
        )
        reading = next((one for one in other.readings if one.id == other.reading), None)
        if reading is not None and not (there == variable and same_element):
            yield OtherReading(reading, there)
