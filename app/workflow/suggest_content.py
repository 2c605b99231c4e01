"""What a column's values say about a variable: whether they can be its values, and how surely."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from app.core.conversions.yes_no import NO, YES
from app.core.register import Element, Profile, ValueType, Variable
from app.workflow.content import EMPTY, PERSON_ID
from app.workflow.suggest_columns import Candidate

_MOST_CODES = 60
_MOST_LOCAL = 12  # local codes that may look like those of another register
_TELLING = 3  # so many of a list's codes do not occur together by chance
_SHARE = 0.9
_NARROW = 20  # a range of numbers that tells something
_LOCAL_FORMS = 30  # local codes that may be folded or mapped
_USUAL_SHARE = 0.2
_SOME = 0.6  # of values that are codes of a list, for most to be
_YES, _NO = frozenset(YES.split("|")), frozenset(NO.split("|"))
_UNITS = ("100", "0.001")  # metres for centimetres, grams for kilograms
_IN_OTHER_UNIT = 0.9
_RANGE = re.compile(r"(-?[\d.]+)\.\.(-?[\d.]+)")
_FITTING = {
    ValueType.DATETIME: {"datetime"},
    ValueType.DATE: {"date", "datetime"},
    ValueType.PERSON_ID: {PERSON_ID},
    ValueType.HSA_ID: {"hsa_id"},
    ValueType.NUMBER: {"number", "decimal"},
}
_OF_TEXT = {"code", "number", "text", "hsa_id"}
_OF_CODES = {"code", "number", "text"}


@dataclass(frozen=True, slots=True)
class Fit:
    """How well values are a variable's: 0 not at all, 1 they can be; `alone` is what they tell."""

    fits: float
    alone: int = 0  # 0-100, whatever the column is called
    reason: str = "kind"


NONE = Fit(0.0)


class Contents:
    """Compares columns' values with what a profile says of its variables' values."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self._elements = {one.variable: one for one in _leaves(profile.root) if one.variable}
        self._usual = dict(profile.words.usual)
        self._spelled = {one.id: self.spelled(one) for one in profile.variables}
        self._systems = dict(profile.words.systems)
        self._lists = {one.id: one for one in profile.code_lists}

    def fit(self, variable: Variable, candidate: Candidate) -> Fit:
        """Return how well a column's values are a variable's."""
        kind, wanted = candidate.kind, variable.value_type
        if kind == EMPTY:
            return NONE
        if wanted in _FITTING:
            return self._typed(variable, candidate) if kind in _FITTING[wanted] else NONE
        if wanted is ValueType.CODE:
            return self._coded(variable, candidate)
        return Fit(1.0) if kind in _OF_TEXT else NONE

    def spelled(self, variable: Variable) -> Mapping[str, str]:
        """Return how the register's codes of a variable may be written, and the code meant."""
        spelled: dict[str, str] = {}
        for code in self.profile.codes_of(variable.code_list) if variable.code_list else ():
            for text in (code.code, code.text.sv, code.text.en):
                spelled.setdefault(text.strip().casefold(), code.code)
        return spelled

    def _typed(self, variable: Variable, candidate: Candidate) -> Fit:
        if variable.value_type is ValueType.PERSON_ID:
            return Fit(1.0, 90, "content")
        if variable.value_type is ValueType.HSA_ID:
            return Fit(1.0, 45, "content")
        if variable.value_type is ValueType.NUMBER:
            return self._number(variable, candidate)
        return Fit(1.0)

    def _number(self, variable: Variable, candidate: Candidate) -> Fit:
        numbers = [float(one.replace(",", ".")) for one in candidate.values if _is_number(one)]
        if self.unit(variable, candidate):
            return Fit(_IN_OTHER_UNIT)
        if not numbers or not self._allowed(variable, numbers):
            return NONE
        usual = self._usual_range(variable)
        if not usual:
            return Fit(1.0)
        inside = _inside(numbers, usual)
        narrow = candidate.kind == "decimal" and usual[1] - usual[0] < _NARROW
        return Fit(0.4 + 0.6 * inside, 40 if inside > _SHARE and narrow else 15)

    def unit(self, variable: Variable, candidate: Candidate) -> str:
        """Return what numbers must be multiplied by to be of the register's unit, "" for 1."""
        usual = self._usual_range(variable)
        if not usual or usual[1] - usual[0] <= _NARROW:
            return ""
        numbers = [float(one.replace(",", ".")) for one in candidate.values if _is_number(one)]
        if not numbers or _inside(numbers, usual) >= _SOME:
            return ""
        fitting = (
            times
            for times in _UNITS
            if _inside([one * float(times) for one in numbers], usual) >= _SHARE
        )
        return next(fitting, "")

    def _usual_range(self, variable: Variable) -> tuple[float, float] | None:
        found = _RANGE.fullmatch(self._usual.get(variable.id, ""))
        return (float(found[1]), float(found[2])) if found else None

    def answers(self, variable: Variable) -> tuple[str, str] | None:
        """Return the codes for yes and for no, None for a list of anything else."""
        codes = [one.code for one in self.profile.codes_of(variable.code_list)]
        yes = [one for one in codes if one.casefold() in _YES]
        no = [one for one in codes if one.casefold() in _NO]
        return (yes[0], no[0]) if len(codes) == len(yes) + len(no) and yes and no else None

    def are_answers(self, values: Sequence[str]) -> bool:
        """Whether values say yes or no."""
        return {one.casefold() for one in values} <= _YES | _NO

    def _allowed(self, variable: Variable, numbers: list[float]) -> bool:
        """Whether most of the numbers are within the schema's limits."""
        element = self._elements.get(variable.id)
        facets = dict(element.facets) if element else {}
        least = float(facets.get("minInclusive", "-inf"))
        most = float(facets.get("maxInclusive", "inf"))
        return sum(least <= one <= most for one in numbers) >= _SHARE * len(numbers)

    def _coded(self, variable: Variable, candidate: Candidate) -> Fit:
        if candidate.kind in {"datetime", "date", "time", PERSON_ID, "hsa_id", "decimal"}:
            return NONE
        if not variable.code_list or self._form(variable):
            return self._formed(variable, candidate)
        plain = candidate.kind in _OF_CODES or candidate.content.distinct <= _MOST_LOCAL
        many = candidate.content.distinct > _MOST_CODES
        return self._listed(variable, candidate) if plain and not many else NONE

    def _listed(self, variable: Variable, candidate: Candidate) -> Fit:
        """Return the fit of codes of a list, or of local ones in their place."""
        spelled = self._spelled[variable.id]
        values = {one.casefold() for one in candidate.values}
        if values <= set(spelled) and len(values) >= _TELLING:
            return Fit(1.0, 60 if candidate.kind == "number" else 76, "codes")
        said = sum(bool(meant(one, spelled)) for one in values)
        if said >= _SOME * len(values) or (self.answers(variable) and values <= _YES | _NO):
            return Fit(1.0, 20, "codes")
        too_many = candidate.content.distinct > 2 * len(set(spelled.values())) + 4
        return Fit(0.5 if too_many else 0.7 if candidate.kind == "number" else 0.8)

    def _form(self, variable: Variable) -> str:
        listed = self._lists.get(variable.code_list)
        return listed.fold_up if listed else ""

    def _formed(self, variable: Variable, candidate: Candidate) -> Fit:
        """Return the fit of codes that are known by their form only."""
        system = self.system(variable)
        if system:
            return self._of_system(variable, candidate, system)
        form = self._form(variable) or self._pattern(variable)
        if not form:
            return Fit(1.0 if candidate.kind in _OF_CODES else 0.0)
        share = _share(candidate, form)
        if share < _SHARE:
            return (
                Fit(0.6)
                if self._form(variable) and candidate.content.distinct <= _LOCAL_FORMS
                else NONE
            )
        plain = all(one.isdigit() for one in candidate.values)
        return Fit(0.9, 0) if plain else Fit(1.0, 62, "content")

    def _of_system(self, variable: Variable, candidate: Candidate, system: str) -> Fit:
        register = next((one for one in self.profile.registers if one.id == system), None)
        if candidate.kind == system:
            usual = self._usual.get(variable.id, "")
            share = _share(candidate, usual) if usual else 0.5
            return Fit(
                0.4 + 0.6 * min(1.0, share * 2), 58 if share > _USUAL_SHARE else 30, "content"
            )
        few = candidate.content.distinct < _TELLING and candidate.kind == "code"
        formed = register is not None and _share(candidate, register.pattern) == 1.0
        digits = any(any(sign.isdigit() for sign in one) for one in candidate.values)
        return Fit(0.9, 30) if few and formed and digits else NONE

    def has_form(self, variable: Variable) -> bool:
        """Whether a variable's codes are known by their form."""
        return bool(self.system(variable) or self._pattern(variable))

    def system(self, variable: Variable) -> str:
        """Return the code register that a variable's name says its codes come from."""
        said = re.findall(r"\w+", variable.name.sv.lower())
        return next((self._systems[one] for one in said if one in self._systems), "")

    def _pattern(self, variable: Variable) -> str:
        element = self._elements.get(variable.id)
        facets = element.facets if element else ()
        return next((value for name, value in facets if name == "pattern"), "")

    @cached_property
    def systems(self) -> frozenset[str]:
        """The code registers that columns are told by."""
        return frozenset(self._systems.values())


def meant(value: str, codes: Mapping[str, str]) -> str:
    """Return the one register code a local code is written as or begins, "" when not one."""
    local = value.strip().casefold()
    if local in codes:
        return codes[local]
    begun = Counter(code for text, code in codes.items() if local and text.startswith(local))
    return next(iter(begun)) if len(begun) == 1 else ""


def _share(candidate: Candidate, form: str) -> float:
    values = candidate.values
    return sum(bool(re.fullmatch(form, one)) for one in values) / len(values) if values else 0.0


def _inside(numbers: Sequence[float], usual: tuple[float, float]) -> float:
    return sum(usual[0] <= one <= usual[1] for one in numbers) / len(numbers)


def _is_number(value: str) -> bool:
    return bool(re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?", value))


def _leaves(element: Element) -> "list[Element]":
    if not element.children:
        return [element]
    return [leaf for child in element.children for leaf in _leaves(child)]
