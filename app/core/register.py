"""The register profile as values: what the register wants, every fact with source and confidence.

The values come from `schemas/<profile>/` through `app.files.profile`; nothing here knows SPOR.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from app.core.finding import Tier


class Confidence(StrEnum):
    """How sure a fact about the register is."""

    STATED = "stated"
    INFERRED = "inferred"
    ASSUMED = "assumed"


class ValueType(StrEnum):
    """What kind of value a variable holds; decides conversion and comparison."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"
    DATETIME = "datetime"
    PERSON_ID = "person_id"
    HSA_ID = "hsa_id"


class Mandatory(StrEnum):
    """Whether the register demands the variable."""

    YES = "yes"
    CONDITIONAL = "conditional"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence or name in both languages."""

    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the Swedish text for "sv", else the English."""
        return self.sv if language == "sv" else self.en


@dataclass(frozen=True, slots=True)
class Fact:
    """Where a fact comes from and how sure it is."""

    source: str
    confidence: Confidence
    note: str = ""


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable of the register.

    `id` is a V-number ("V310") or a field's term where the number is unknown; `path` the element
    names below the request; `group` the id of the repeated group it stands in, "" when it
    occurs once per case.
    """

    id: str
    name: Text
    meaning: Text
    value_type: ValueType
    path: tuple[str, ...]
    group: str
    section: str
    mandatory: Mandatory
    fact: Fact
    code_list: str = ""
    unit: str = ""
    aliases: tuple[str, ...] = ()  # local names seen for it; used by suggestions


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the request that may be repeated within one case, such as planering."""

    id: str
    name: Text
    path: tuple[str, ...]
    fact: Fact


@dataclass(frozen=True, slots=True)
class Code:
    """One allowed code of a code list."""

    code_list: str
    code: str
    text: Text
    fact: Fact
    sendable: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the register or of the sender.

    `condition` is written in the language of `app.core.condition` and is true when the rule is
    broken; "" when the rule cannot be checked here, and `not_checkable` then says why.
    """

    id: str
    tier: Tier
    condition: str
    message: Text
    remedy: Text
    fact: Fact
    variables: tuple[str, ...] = ()
    not_checkable: Text | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One way in which the register may count a case; the first whose condition holds applies."""

    id: str
    condition: str
    name: Text
    meaning: Text
    icon: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Entrance:
    """One endpoint of the register.

    `kind` is "local", "teststage", "stage" or "production"; `address` is "" for the local stage,
    whose port differs. `test_certificate` says which kind of function certificate opens it.
    """

    id: str
    kind: str
    name: Text
    address: str
    test_certificate: bool
    fact: Fact


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the request, as the contract's schema has it.

    A leaf has a `variable` id ("" when none is bound); `maximum` None means unbounded.
    """

    name: str
    minimum: int
    maximum: int | None
    type_name: str = ""
    variable: str = ""
    group: str = ""
    children: tuple["Element", ...] = ()


@dataclass(frozen=True)
class Profile:
    """Everything known about one version of the register."""

    id: str
    name: Text
    note: Text
    namespace: str
    wsdl: str  # absolute path
    xsd: str  # absolute path
    root: Element
    variables: tuple[Variable, ...]
    groups: tuple[Group, ...]
    codes: tuple[Code, ...]
    rules: tuple[Rule, ...]
    verdicts: tuple[Verdict, ...]
    entrances: tuple[Entrance, ...]
    sections: Mapping[str, Text] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)  # "case_key" -> variable id, ...
    settings: Mapping[str, str] = field(default_factory=dict)  # closed window, answer texts, ...

    @cached_property
    def by_id(self) -> Mapping[str, Variable]:
        """Variables by id."""
        return {variable.id: variable for variable in self.variables}

    @cached_property
    def rules_by_id(self) -> Mapping[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    def codes_of(self, code_list: str) -> tuple[Code, ...]:
        """Return the codes of one list, in its order."""
        return tuple(code for code in self.codes if code.code_list == code_list)

    def of_group(self, group: str) -> tuple[Variable, ...]:
        """Return the variables of one repeated group, "" for those that occur once."""
        return tuple(variable for variable in self.variables if variable.group == group)

    @property
    def case_key(self) -> str:
        """The id of the variable that identifies a case."""
        return self.roles["case_key"]
