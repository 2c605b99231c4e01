"""The register profile as values: what the register wants, every fact with source and confidence.

The values come from `schemas/<profile>/` through `app.files.profile`; nothing here knows SPOR.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from app.core.content import Particle, SimpleType
from app.core.finding import Tier
from app.core.words import Words


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


class Binding(StrEnum):
    """How a variable came to its element of the contract."""

    CONTRACT = "contract"  # the contract itself names the variable, or both were written together
    APPROVED = "approved"  # a person said so
    SUGGESTED = "suggested"  # a guess that nobody has approved: the variable is not sent
    NONE = "none"  # the contract has no element for it, or nobody has found it


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
    names below the request, () when it is bound to none; `group` the id of the repeated group it
    stands in, "" when it occurs once per case.
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
    binding: Binding = Binding.CONTRACT
    # How sure name and place of its element are, that it is mandatory or not, and how often it
    # occurs; `fact` is on the rest.
    element_confidence: Confidence = Confidence.STATED
    mandatory_confidence: Confidence = Confidence.INFERRED
    cardinality_confidence: Confidence = Confidence.INFERRED

    @property
    def is_bound(self) -> bool:
        """Whether its value reaches an element of the contract."""
        return bool(self.path) and self.binding in {Binding.CONTRACT, Binding.APPROVED}


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the request that may be repeated within one case, such as planering.

    `path` is () when the contract has no element for it.
    """

    id: str
    name: Text
    path: tuple[str, ...]
    fact: Fact


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list as a whole.

    `fold_up` is a regular expression whose first group is the code that a local, longer one is
    sent as, "" when codes are sent as they stand.
    """

    id: str
    fact: Fact
    is_complete: bool = False  # no other codes exist
    fold_up: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One allowed code of a code list."""

    code_list: str
    code: str
    text: Text
    fact: Fact
    sendable: bool = True
    valid_from: str = ""  # first and last day by the operation's date, "" without limit
    valid_to: str = ""
    means: str = ""  # the code of the same meaning in the profile this one was made from


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
    since: str = ""  # first and last day on which the register applies it, "" without limit
    until: str = ""
    own: bool = False  # the hospital's own, from its project
    # Of the wording alone; `fact` has the confidence of the condition, the weaker of the two.
    message_confidence: Confidence = Confidence.STATED

    def is_in_force(self, day: date) -> bool:
        """Whether what is sent on that day is held against the rule."""
        today = day.isoformat()
        return (not self.since or self.since <= today) and (not self.until or today <= self.until)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One way in which the register may count a case; the first whose condition holds applies."""

    id: str
    condition: str
    name: Text
    meaning: Text
    icon: str
    fact: Fact


class Phase(Verdict):
    """How far a case has come; the first one whose condition holds is its own."""


@dataclass(frozen=True, slots=True)
class Count:
    """Something that a case counts as, counts in or sets off, beside its verdict.

    `kind` is "term", "report" or "trigger"; a finding of tier `barred_by`, or a worse one, bars it.
    Without a condition one case cannot tell; `not_computable` says why.
    """

    id: str
    kind: str
    condition: str
    name: Text
    meaning: Text
    icon: str
    fact: Fact
    barred_by: Tier | None = None
    not_computable: Text | None = None


@dataclass(frozen=True, slots=True)
class Entrance:
    """One endpoint of the register.

    `kind` is "local", "teststage", "stage" or "production"; `address` is "" for the local stage,
    whose port differs. `test_certificate`: which kind opens it. Issuers are named as in the source.
    """

    id: str
    kind: str
    name: Text
    address: str
    test_certificate: bool
    fact: Fact
    client_issuers: tuple[str, ...] = ()
    server_issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """Something the register says, in its own words; `{case}` and the like stand for values."""

    id: str
    wording: str
    meaning: Text
    fact: Fact


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term of the register means; `condition` is "" when it cannot be computed here."""

    id: str
    name: Text
    meaning: Text
    condition: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read sources that do not agree; a profile is loaded in one reading."""

    id: str
    name: Text
    meaning: Text
    fact: Fact


@dataclass(frozen=True, slots=True)
class CodeRegister:
    """A national register of codes that changes every year, such as KVÅ.

    `months` is for how many months of a new year a removed code is still accepted.
    """

    id: str
    name: Text
    pattern: str
    months: int
    fact: Fact


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the request, as the contract's schema has it.

    A leaf has a `base`, and a `variable` id ("" when none is bound); `maximum` None means
    unbounded.
    """

    name: str
    minimum: int
    maximum: int | None
    type_name: str = ""  # local name of a named type, "" for an anonymous one
    variable: str = ""
    group: str = ""
    children: tuple["Element", ...] = ()
    namespace: str = ""  # "" for an unqualified element
    base: str = ""  # a leaf's built-in type, such as "dateTime"; "" for a part
    facets: tuple[tuple[str, str], ...] = ()  # ("pattern", ...), ("enumeration", ...) in order
    documentation: str = ""  # what the schema says about it and its type
    model: Particle | SimpleType | None = None  # what proves it valid, None when beyond us

    @property
    def allowed(self) -> frozenset[str]:
        """The values that the schema lists, empty when it lists none."""
        return frozenset(value for name, value in self.facets if name == "enumeration")

    @property
    def fixed(self) -> str | None:
        """The only value that it may have, None when the schema fixes none."""
        return next((value for name, value in self.facets if name == "fixed"), None)


@dataclass(frozen=True, slots=True)
class Answer:
    """How the register answers: one code and one text for each registration.

    `result` is the path below `root` of the element that is repeated, () for the root itself;
    `code` and `text` are paths below that.
    """

    root: Element
    result: tuple[str, ...]
    code: tuple[str, ...]
    text: tuple[str, ...]
    accepted: str
    rejected: str


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
    answer: Answer | None = None  # None: the contract's answer is not understood
    messages: tuple[Message, ...] = ()
    definitions: tuple[Definition, ...] = ()
    code_lists: tuple[CodeList, ...] = ()
    words: Words = field(default_factory=Words)
    readings: tuple[Reading, ...] = ()
    reading: str = ""  # the one it is loaded in
    registers: tuple[CodeRegister, ...] = ()
    # The codes of each register by year, as far as the user has imported them.
    register_codes: Mapping[str, Mapping[int, frozenset[str]]] = field(default_factory=dict)
    phases: tuple[Phase, ...] = ()
    counts: tuple[Count, ...] = ()
    base: str = ""  # the profile that this one was made from, "" for one that was shipped
    digests: Mapping[str, str] = field(default_factory=dict)  # contract file -> SHA-256 as received

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

    @cached_property
    def case_path(self) -> tuple[str, ...]:
        """The path of the repeated element that holds one registration, () for one per request.

        It holds at least half of what is bound: else it is but a part of the registration.
        """
        path, element, found = self.by_id[self.case_key].path, self.root, 0
        bound = [one.path for one in self.variables if one.is_bound]
        for depth, name in enumerate(path[:-1], start=1):
            element = next(one for one in element.children if one.name == name)
            held = sum(one[:depth] == path[:depth] for one in bound)
            found = depth if element.maximum != 1 and 2 * held >= len(bound) else found
        return path[:found]

    @cached_property
    def batch_size(self) -> int:
        """How many registrations one request may hold."""
        return max(1, int(self.settings.get("batch_size", "1")))

    @property
    def case_key(self) -> str:
        """The id of the variable that identifies a case."""
        return self.roles["case_key"]
