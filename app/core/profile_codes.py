"""What changed in the code lists of a profile."""

from collections.abc import Iterator

from app.core.profile_change import Change, ChangeKind, Subject
from app.core.profile_matching import Twins
from app.core.profile_variables import shown
from app.core.register import Code


def code_changes(twins: Twins) -> Iterator[Change]:
    """Yield what changed in the code lists, in the order of the second; what is gone comes last."""
    former = {new: old for old, new in twins.lists.items()}
    for name in _lists(twins.second.codes):
        if name in former:
            yield from _between(twins, former[name], name)
        else:
            codes = ", ".join(one.code for one in twins.second.codes_of(name))
            yield Change(ChangeKind.NEW, Subject.CODE, name, after=codes)
    for name in _lists(twins.first.codes):
        if name not in twins.lists:
            codes = ", ".join(one.code for one in twins.first.codes_of(name))
            yield Change(ChangeKind.REMOVED, Subject.CODE, name, before=codes)


def _between(twins: Twins, old: str, new: str) -> Iterator[Change]:
    """Yield what changed in one list: codes that are gone, that have come, and in the others."""
    if old != new:
        yield Change(ChangeKind.RENAMED, Subject.CODE, new, "id", old, new)
    before = {one.code: one for one in twins.first.codes_of(old)}
    after = {one.code: one for one in twins.second.codes_of(new)}
    called = {code: twins.codes.get(f"{old}/{code}", code) for code in before}
    gone = [code for code in before if called[code] not in after]
    come = [code for code in after if code not in called.values()]
    if gone:
        yield Change(ChangeKind.TIGHTENED, Subject.CODE, new, "codes", ", ".join(gone), "")
    if come:
        yield Change(ChangeKind.LOOSENED, Subject.CODE, new, "codes", "", ", ".join(come))
    kept = [(before[code], after[called[code]]) for code in before if called[code] in after]
    for one, other in kept:
        yield from _of_code(new, one, other)
    yield from _confidence(new, kept)
    yield from _as_a_whole(twins, old, new)


def _as_a_whole(twins: Twins, old: str, new: str) -> Iterator[Change]:
    """Yield what changed in what is known of a list as a whole."""
    one = next((one for one in twins.first.code_lists if one.id == old), None)
    other = next((one for one in twins.second.code_lists if one.id == new), None)
    if one is None or other is None:
        return
    for field, before, after in (
        ("is_complete", one.is_complete, other.is_complete),
        ("fold_up", one.fold_up, other.fold_up),
    ):
        if before != after:
            yield Change(ChangeKind.CHANGED, Subject.CODE, new, field, *shown(before, after))


def _of_code(name: str, one: Code, other: Code) -> Iterator[Change]:
    """Yield what changed in one code."""
    stricter = ChangeKind.TIGHTENED if one.sendable else ChangeKind.LOOSENED
    fields = (
        ("code", ChangeKind.RENAMED, one.code, other.code),
        ("name", ChangeKind.RENAMED, one.text, other.text),
        ("sendable", stricter, one.sendable, other.sendable),
        ("valid_from", _sooner(other.valid_from, one.valid_from), one.valid_from, other.valid_from),
        ("valid_to", _sooner(one.valid_to, other.valid_to, "9"), one.valid_to, other.valid_to),
    )
    for field, kind, before, after in fields:
        if before != after:
            pair = shown(before, after)
            yield Change(kind, Subject.CODE, f"{name}/{other.code}", field, *pair)


def _sooner(one: str, other: str, never: str = "") -> ChangeKind:
    """Judge a limit in time that came from one day to another."""
    earlier = (other or never) < (one or never)
    return ChangeKind.TIGHTENED if earlier else ChangeKind.LOOSENED


def _confidence(name: str, kept: list[tuple[Code, Code]]) -> Iterator[Change]:
    """Yield how much surer the codes are; once for a whole list that changed alike."""
    pairs = [(one.fact.confidence.value, other.fact.confidence.value) for one, other in kept]
    if len(pairs) > 1 and len(set(pairs)) == 1:
        if pairs[0][0] != pairs[0][1]:
            yield Change(ChangeKind.CHANGED, Subject.CODE, name, "confidence", *pairs[0])
        return
    for (_, code), pair in zip(kept, pairs, strict=True):
        if pair[0] != pair[1]:
            said = f"{name}/{code.code}"
            yield Change(ChangeKind.CHANGED, Subject.CODE, said, "confidence", *pair)


def _lists(codes: tuple[Code, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.code_list for code in codes))
