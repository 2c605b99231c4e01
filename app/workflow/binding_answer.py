"""Find in a foreign contract's response where the register says whether it took a case."""

from app.core.contract import Leaf, leaves
from app.core.errors import ProfileError
from app.core.register import Answer, Element, Profile
from app.workflow.binding_words import Vocabulary, vocabulary

Values = tuple[str, str]  # what the code says for accepted and for rejected

_TELLING = frozenset({"text", "message", "meddelande", "beskrivning", "resultat", "result"})


def find_answer(response: Element | None, base: Profile) -> Answer | None:
    """Return how the contract's register answers, None when that is not surely understood.

    The code must be one element whose values hold the profile's own codes for accepted and
    rejected, or words that mean the same; the text a plain one beside it.
    """
    if response is None or base.answer is None:
        return None
    words = vocabulary(base.words, (base.answer.accepted, base.answer.rejected))
    found = leaves(response)
    coded = [(leaf, pair) for leaf in found if (pair := _codes(leaf, base.answer, words))]
    if not coded:
        coded = [
            (leaf, (base.answer.accepted, base.answer.rejected))
            for leaf in found
            if _is_named(leaf, base.answer)
        ]
    if len(coded) != 1:
        return None
    leaf, (accepted, rejected) = coded[0]
    for depth in _depths(leaf):
        text = _text(leaf, found, depth, base.answer, words)
        if text is not None:
            paths = leaf.path[:depth], leaf.path[depth:], text.path[depth:]
            return Answer(response, *paths, accepted, rejected)
    return None


def chosen_answer(response: Element | None, code: str, text: str, values: Values) -> Answer:
    """Return the answer that a person points out; `code` and `text` are written as "a/b".

    Raises ProfileError for what is not in the contract's answer.
    """
    known = {leaf.path: leaf for leaf in leaves(response)} if response else {}
    paths = [tuple(part for part in one.strip().split("/") if part) for one in (code, text)]
    for path in paths:
        if path not in known:
            raise ProfileError("binding-path-unknown", path="/".join(path))
    allowed = known[paths[0]].element.allowed
    for value in values:
        if not value or (allowed and value not in allowed):
            raise ProfileError("binding-answer-value", value=value, path=code)
    first, second = paths
    depths = (*_depths(known[first]), 0)
    depth = next(one for one in depths if first[:one] == second[:one] and one < len(second))
    root = known[first].way[0]
    return Answer(root, first[:depth], first[depth:], second[depth:], *values)


def _codes(leaf: Leaf, answer: Answer, words: Vocabulary) -> tuple[str, str] | None:
    """Return which of an element's values mean accepted and rejected."""
    found = []
    for known in (answer.accepted, answer.rejected):
        same = [one for one in leaf.element.allowed if one.casefold() == known.casefold()]
        meant = words.read(known).words
        alike = [one for one in sorted(leaf.element.allowed) if words.read(one).words == meant]
        if len(same or alike) != 1:
            return None
        found += same or alike
    return found[0], found[1]


def _is_named(leaf: Leaf, answer: Answer) -> bool:
    """Whether an element without a list of values is called as the profile's own code is."""
    plain = not leaf.element.allowed and leaf.element.base == "string"
    return plain and leaf.path[-1].casefold() == answer.code[-1].casefold()


def _depths(leaf: Leaf) -> tuple[int, ...]:
    """Return how deep the element of one result may be: the nearest repeated part, else any."""
    parts = (*leaf.way, leaf.element)
    repeated = [depth for depth in range(len(leaf.path)) if depth and parts[depth].maximum != 1]
    return tuple(reversed(repeated)) or (len(leaf.path) - 1, 0)


def _text(
    code: Leaf, found: tuple[Leaf, ...], depth: int, answer: Answer, words: Vocabulary
) -> Leaf | None:
    """Return the text of the result whose code is known: so called, or the only one there is."""
    texts = [
        one
        for one in found
        if one.path[:depth] == code.path[:depth]
        and one.path != code.path
        and one.element.base == "string"
        and not one.element.allowed
        and one.element.fixed is None
    ]
    same = [one for one in texts if one.path[-1].casefold() == answer.text[-1].casefold()]
    telling = [one for one in texts if words.read(one.path[-1]).words & _TELLING]
    for choice in (same, telling, texts):
        if len(choice) == 1:
            return choice[0]
    return None
