"""Find what a person means by a word or a number: a variable, rule, code list, message or other."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.core.errors import ProfileError
from app.core.profile_change import Subject
from app.core.register import Fact, Profile, Text
from app.workflow.profile_pages import folded, number_of, search


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a profile: what kind, its id, what it is called, and where that comes from.

    `details` are further texts under the name of the field they stand in.
    """

    subject: Subject
    id: str
    name: Text
    fact: Fact
    meaning: Text | None = None
    details: tuple[tuple[str, str], ...] = ()


def entries(profile: Profile) -> Iterator[Entry]:
    """Yield everything that has a page of its own, variables first."""
    for one in profile.variables:
        yield Entry(Subject.VARIABLE, one.id, one.name, one.fact, one.meaning)
    for code_list in profile.code_lists:
        name = Text(code_list.id, code_list.id)
        yield Entry(Subject.CODE, code_list.id, name, code_list.fact)
    for rule in profile.rules:
        yield Entry(Subject.RULE, rule.id, rule.message, rule.fact)
    yield from _others(profile)


def _others(profile: Profile) -> Iterator[Entry]:
    details: tuple[tuple[str, str], ...]
    for said in profile.messages:
        wording = Text(said.wording, said.wording)
        yield Entry(Subject.MESSAGE, said.id, wording, said.fact, said.meaning)
    for subject, things in (
        (Subject.VERDICT, profile.verdicts),
        (Subject.PHASE, profile.phases),
        (Subject.COUNT, profile.counts),
        (Subject.DEFINITION, profile.definitions),
    ):
        for one in things:
            details = (("condition", one.condition),) if one.condition else ()
            yield Entry(subject, one.id, one.name, one.fact, one.meaning, details)
    for group in profile.groups:
        details = (("element", "/".join(group.path)),)
        yield Entry(Subject.GROUP, group.id, group.name, group.fact, None, details)
    for register in profile.registers:
        details = (("pattern", register.pattern), ("months", str(register.months)))
        yield Entry(Subject.REGISTER, register.id, register.name, register.fact, None, details)
    for entrance in profile.entrances:
        details = (("address", entrance.address),)
        yield Entry(Subject.ENTRANCE, entrance.id, entrance.name, entrance.fact, None, details)
    for reading in profile.readings:
        yield Entry(Subject.READING, reading.id, reading.name, reading.fact, reading.meaning)


def codes(profile: Profile) -> Iterator[Entry]:
    """Yield every code with its list before it, as "list/code"."""
    for one in profile.codes:
        days = (("valid_from", one.valid_from), ("valid_to", one.valid_to))
        details = (("code_list", one.code_list), *(pair for pair in days if pair[1]))
        name = f"{one.code_list}/{one.code}"
        yield Entry(Subject.CODE, name, one.text, one.fact, None, details)


def look_up(profile: Profile, text: str, language: str = "sv") -> tuple[Entry, ...]:
    """Return what a text means: one entry when it is clear, else every one that may be meant.

    The id decides, then a number without its letter, then a whole name, then a code, then a message
    of the register as it came, then the search, at last the meanings; nothing found raises
    ProfileError "register-page-unknown".
    """
    known = tuple(entries(profile))
    sought = folded(text.strip())
    steps: tuple[Callable[[Entry], bool], ...] = (
        lambda one: one.id == text.strip(),
        lambda one: sought in {folded(one.id), number_of(one.id)},
        lambda one: sought in {folded(one.name.sv), folded(one.name.en)},
    )
    for fits in steps:
        found = tuple(one for one in known if sought and fits(one))
        if found:
            return found
    if found := tuple(one for one in codes(profile) if sought in _said_by_code(one)):
        return found
    if found := tuple(one for one in known if _is_said_in(one, text)):
        return found
    ids = search(profile, text, language) if sought else ()
    variables = {one.id: one for one in known if one.subject is Subject.VARIABLE}
    found = (*(variables[name] for name in ids), *_said(known, sought)) or _meant(known, sought)
    if not found:
        raise ProfileError("register-page-unknown", name=text, profile=profile.id)
    return found


def _said(known: tuple[Entry, ...], sought: str) -> tuple[Entry, ...]:
    """Return the entries that are no variables and have the text in their id or name."""
    return tuple(
        one
        for one in known
        if sought
        and one.subject is not Subject.VARIABLE
        and any(sought in folded(part) for part in (one.id, one.name.sv, one.name.en))
    )


def _is_said_in(entry: Entry, text: str) -> bool:
    """Return whether a text holds a message of the register, with values in its places."""
    if entry.subject is not Subject.MESSAGE:
        return False
    words = re.split(r"\{\w+\}", entry.name.sv)
    return re.search(".+".join(re.escape(one) for one in words), text) is not None


def _meant(known: tuple[Entry, ...], sought: str) -> tuple[Entry, ...]:
    """Return the entries that have the text in their meaning."""
    return tuple(
        one
        for one in known
        if sought
        and one.meaning is not None
        and any(sought in folded(part) for part in (one.meaning.sv, one.meaning.en))
    )


def _said_by_code(entry: Entry) -> tuple[str, str]:
    """Return how a code may be asked for: with its list, and alone."""
    return folded(entry.id), folded(entry.id.rpartition("/")[2])
