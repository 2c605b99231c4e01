"""What changed in the rest of a profile: sections, entrances, messages, registers, settings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.core.profile_change import Change, ChangeKind, Subject
from app.core.profile_elements import ElementChanges
from app.core.profile_matching import Matching, Path, Twins, match_elements
from app.core.profile_strictness import by_size
from app.core.profile_variables import Judge, always, shown
from app.core.register import Answer, CodeRegister, Element, Entrance, Message, Profile, Reading

_ELEMENTS = {"request_element", "response_element"}  # told by the elements themselves

_Fields = tuple[tuple[str, Callable[[Any], Any], Judge], ...]

_CHANGED, _RENAMED = always(ChangeKind.CHANGED), always(ChangeKind.RENAMED)
_SURE: tuple[str, Callable[[Any], Any], Judge] = (
    "confidence",
    lambda one: one.fact.confidence,
    _CHANGED,
)
_ENTRANCE: _Fields = (
    ("name", lambda one: one.name, _RENAMED),
    ("address", lambda one: one.address, always(ChangeKind.MOVED)),
    ("kind", lambda one: one.kind, _CHANGED),
    ("test_certificate", lambda one: one.test_certificate, _CHANGED),
    ("client_issuers", lambda one: one.client_issuers, _CHANGED),
    ("server_issuers", lambda one: one.server_issuers, _CHANGED),
    _SURE,
)
_MESSAGE: _Fields = (
    ("wording", lambda one: one.wording, _CHANGED),
    ("meaning", lambda one: one.meaning, _CHANGED),
    _SURE,
)
_REGISTER: _Fields = (
    ("name", lambda one: one.name, _RENAMED),
    ("pattern", lambda one: one.pattern, _CHANGED),
    ("months", lambda one: one.months, lambda before, after: by_size(after, before)),
    _SURE,
)
_READING: _Fields = (
    ("name", lambda one: one.name, _RENAMED),
    ("meaning", lambda one: one.meaning, _CHANGED),
    _SURE,
)


def fact_changes(twins: Twins) -> Iterator[Change]:
    """Yield what changed in everything that is neither variable, element, code nor rule."""
    first, second = twins.first, twins.second
    yield from _sections(first, second)
    yield from _each(Subject.ENTRANCE, first.entrances, second.entrances, _ENTRANCE)
    yield from _each(Subject.MESSAGE, first.messages, second.messages, _MESSAGE)
    yield from _each(Subject.REGISTER, first.registers, second.registers, _REGISTER)
    yield from _each(Subject.READING, first.readings, second.readings, _READING)
    if first.reading != second.reading and first.readings and second.readings:
        pair = first.reading, second.reading
        yield Change(ChangeKind.CHANGED, Subject.SETTING, "reading", "value", *pair)
    yield from _answer(first, second)
    yield from _settings(twins)


def _each(
    subject: Subject,
    first: Sequence[Entrance | Message | CodeRegister | Reading],
    second: Sequence[Entrance | Message | CodeRegister | Reading],
    fields: _Fields,
) -> Iterator[Change]:
    """Yield what changed in things that are known by their id."""
    former, now = ({one.id: one for one in side} for side in (first, second))
    for name, new in now.items():
        if name not in former:
            yield Change(ChangeKind.NEW, subject, name)
            continue
        for field, value_of, judge in fields:
            before, after = value_of(former[name]), value_of(new)
            if before != after:
                yield Change(judge(before, after), subject, name, field, *shown(before, after))
    gone = [one for one in former if one not in now]
    yield from (Change(ChangeKind.REMOVED, subject, one) for one in gone)


def _sections(first: Profile, second: Profile) -> Iterator[Change]:
    for name, text in second.sections.items():
        old = first.sections.get(name)
        if old is None:
            yield Change(ChangeKind.NEW, Subject.SECTION, name)
        elif old != text:
            yield Change(ChangeKind.RENAMED, Subject.SECTION, name, "name", *shown(old, text))
    gone = [one for one in first.sections if one not in second.sections]
    yield from (Change(ChangeKind.REMOVED, Subject.SECTION, one) for one in gone)


def answer_changes(first: Profile, second: Profile) -> Iterator[Change]:
    """Yield what changed in the elements of the register's answer."""
    if first.answer is not None and second.answer is not None:
        matching = _matched(first.answer, second.answer)
        spaces, prefix = (first.namespace, second.namespace), (second.answer.root.name,)
        for change in ElementChanges(matching, spaces, prefix=prefix).all():
            yield replace(change, variable="")


def _answer(first: Profile, second: Profile) -> Iterator[Change]:
    """Yield what changed in where the register's answer has what we want to know."""
    one, other = first.answer, second.answer
    if one is None or other is None:
        if one is not other:
            kind = ChangeKind.NEW if one is None else ChangeKind.REMOVED
            yield Change(kind, Subject.SETTING, "answer")
        return
    pairs = _matched(one, other).pairs
    for name, own in _parts(one).items():
        there = _parts(other)[name]
        if pairs.get(own) != there:
            pair = "/".join(own), "/".join(there)
            yield Change(ChangeKind.MOVED, Subject.SETTING, f"answer_{name}", "value", *pair)
    yield from _value("answer_accepted", one.accepted, other.accepted)
    yield from _value("answer_rejected", one.rejected, other.rejected)


def _parts(answer: Answer) -> dict[str, Path]:
    """Return where the answer has what, by paths below its root."""
    code, text = (*answer.result, *answer.code), (*answer.result, *answer.text)
    return {"result": answer.result, "code": code, "text": text}


def _matched(one: Answer, other: Answer) -> Matching:
    """Return which element of one answer is which of the other: code and text say so."""
    return match_elements(_marked(one), _marked(other), {})


def _marked(answer: Answer) -> Element:
    """Return the answer's elements, those of code and text with a mark as if of a variable."""
    marks = {path: name for name, path in _parts(answer).items() if name != "result"}

    def marked(element: Element, path: Path) -> Element:
        children = tuple(marked(one, (*path, one.name)) for one in element.children)
        return replace(element, variable=marks.get(path, ""), children=children)

    return marked(answer.root, ())


def _settings(twins: Twins) -> Iterator[Change]:
    """Yield what changed in the settings; a message's wording is told as a message."""
    first, second = twins.first, twins.second
    yield from _value("namespace", first.namespace, second.namespace)
    if first.batch_size != second.batch_size:
        kind = by_size(second.batch_size, first.batch_size)
        sizes = str(first.batch_size), str(second.batch_size)
        yield Change(kind, Subject.SETTING, "batch_size", "value", *sizes)
    for role in dict.fromkeys((*first.roles, *second.roles)):
        before, after = first.roles.get(role, ""), second.roles.get(role, "")
        if twins.ids.get(before, before) != after:
            yield from _value(role, before, after)
    told = {one.id for side in (first, second) for one in side.messages} | _ELEMENTS
    told |= {"batch_size"}
    for name in dict.fromkeys((*first.settings, *second.settings)):
        if name not in told and not name.startswith("result_"):  # those are the answer's
            yield from _value(name, first.settings.get(name, ""), second.settings.get(name, ""))


def _value(name: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(ChangeKind.CHANGED, Subject.SETTING, name, "value", before, after)
