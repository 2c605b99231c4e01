"""The codes of a foreign contract, and what each means in the profile that it is bound to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from app.core.contract import Leaf
from app.core.register import Code, CodeList, Confidence, Fact, Profile, Text, Variable
from app.workflow.binding_words import unmarked

SOURCE = "contract"
_YES = frozenset({"ja", "j", "yes", "y", "true", "1", "sant"})
_NO = frozenset({"nej", "n", "no", "false", "0", "falskt"})
_TRUTHS = ("true", "false")
_TWO = 2
_ALIKE = 75  # two spellings this near, with the same numbers in them, are one code's


@dataclass(frozen=True, slots=True)
class Recoded:
    """The code list of one variable as the contract has it."""

    variable: str
    code_list: str
    codes: tuple[Code, ...]


def recoded(
    variables: Iterable[tuple[Variable, Leaf]],
    base: Profile,
    texts: Mapping[tuple[str, ...], Mapping[str, str]],
) -> tuple[Recoded, ...]:
    """Return a code list for each bound variable whose element lists its values."""
    every = tuple(variables)
    shared: dict[str, set[tuple[str, ...]]] = {}
    for variable, leaf in every:
        shared.setdefault(variable.code_list, set()).add(_values(variable, leaf, base))
    made = []
    for variable, leaf in every:
        values = _values(variable, leaf, base)
        if values:
            alone = len(shared[variable.code_list]) > 1 or not variable.code_list
            code_list = (
                f"{variable.code_list or 'codes'}_{variable.id}" if alone else variable.code_list
            )
            made.append(_recoded(variable, code_list, values, base, texts.get(leaf.path, {})))
    return tuple(made)


def _recoded(
    variable: Variable,
    code_list: str,
    values: tuple[str, ...],
    base: Profile,
    said: Mapping[str, str],
) -> Recoded:
    known = base.codes_of(variable.code_list) if variable.code_list else ()
    codes = tuple(_code(value, code_list, known, said.get(value, "")) for value in values)
    return Recoded(variable.id, code_list, codes)


def whole_list(code_list: str) -> CodeList:
    """Return a list of which the contract has every code."""
    return CodeList(code_list, Fact(SOURCE, Confidence.STATED), is_complete=True)


def meaning(value: str, known: tuple[Code, ...], said: str = "") -> str:
    """Return the known code that a value of the contract means, "" when none surely does.

    `said` is what the contract's schema says about the value.
    """
    for written in (value, said):
        for texts in (_codes_of, _texts_of):
            same = [one.code for one in known if _plain(written) in texts(one) and written]
            if len(set(same)) == 1:
                return same[0]
    if len(known) == _TWO:
        return _truth(value, known)
    near = {one.code for one in known if _alike(value, one) or (said and _alike(said, one))}
    return near.pop() if len(near) == 1 else ""


def translations(
    before: Mapping[str, tuple[Code, ...]], after: Mapping[str, tuple[Code, ...]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return by variable which codes now mean a former one; both are codes by variable."""
    return {
        variable: {
            former.code: tuple(one.code for one in after[variable] if one.means == former.code)
            for former in codes
        }
        for variable, codes in before.items()
        if variable in after
    }


def _values(variable: Variable, leaf: Leaf, base: Profile) -> tuple[str, ...]:
    """Return the values that a list must have, () when the profile's own list fits."""
    listed = tuple(dict.fromkeys(v for name, v in leaf.element.facets if name == "enumeration"))
    values = listed or (_TRUTHS if leaf.element.base == "boolean" else ())
    own = {one.code for one in base.codes_of(variable.code_list) if one.sendable}
    return () if variable.code_list and own == set(values) else values


def _code(value: str, code_list: str, known: tuple[Code, ...], said: str) -> Code:
    means = meaning(value, known, said)
    fact = Fact(SOURCE, Confidence.STATED)
    same = next((one for one in known if one.code == means), None)
    if same is None:
        return Code(code_list, value, Text(said or value, said or value), fact)
    return replace(same, code_list=code_list, code=value, fact=fact, sendable=True, means=means)


def _codes_of(code: Code) -> set[str]:
    return {_plain(code.code)}


def _texts_of(code: Code) -> set[str]:
    return {_plain(code.text.sv), _plain(code.text.en)}


def _truth(value: str, known: tuple[Code, ...]) -> str:
    """Return the yes or the no of two codes."""
    for words in (_YES, _NO):
        found = [one.code for one in known if words & {_plain(one.code), *_first_words(one)}]
        if _plain(value) in words and len(found) == 1:
            return found[0]
    near = {one.code for one in known if _alike(value, one)}
    return near.pop() if len(near) == 1 else ""


def _first_words(code: Code) -> set[str]:
    return {re.split(r"\W", unmarked(text))[0] for text in (code.text.sv, code.text.en)}


def _alike(value: str, code: Code) -> bool:
    """Whether a value is another spelling of a code or its text: the same numbers, near letters."""
    for text in (code.code, code.text.sv, code.text.en):
        same_numbers = re.findall(r"\d+", value) == re.findall(r"\d+", text)
        letters = (re.sub(r"[^a-z]", "", unmarked(one)) for one in (value, text))
        own, other = letters
        begun = own and other and (own.startswith(other) or other.startswith(own))
        near = fuzz.ratio(own, other) >= _ALIKE
        if same_numbers and (near or (begun and min(len(own), len(other)) >= _TWO + 1)):
            return True
    return False


def _plain(text: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", unmarked(text)))
