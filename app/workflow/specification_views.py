"""The mapping specification as values: everything in words, nothing that is a patient's."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpecifiedVariable:
    """One variable: what the register wants, where it comes from, who has approved it."""

    id: str
    name: str
    meaning: str
    mandatory: str
    source: str
    conversion: str
    value_map: str
    filled: str  # a share of the rows, in whole percent
    state: str
    decided: str  # by whom and when
    note: str
    confidence: str
    is_mapped: bool = True


@dataclass(frozen=True, slots=True)
class SpecifiedSection:
    """One section of the register. `absent` are the optional variables without a source."""

    name: str
    coverage: str
    variables: tuple[SpecifiedVariable, ...]
    absent: tuple[SpecifiedVariable, ...]


@dataclass(frozen=True, slots=True)
class SpecifiedCode:
    """One local code and what is sent for it; how often it occurs is told in words."""

    local: str
    code: str
    text: str
    count: str


@dataclass(frozen=True, slots=True)
class SpecifiedMap:
    """One value map, the variables that use it, and what becomes of other values."""

    name: str
    variables: str
    unmapped: str
    codes: tuple[SpecifiedCode, ...]
    hidden: str  # what is left out, "" when nothing is


@dataclass(frozen=True, slots=True)
class SpecifiedTable:
    """One table of the export and the shape that the mapping was made for."""

    name: str
    files: str
    key: str
    rows: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Specification:
    """The whole document. `facts` and `coverage` are pairs of a word and what it says."""

    title: str
    notice: str
    facts: tuple[tuple[str, str], ...]
    coverage: tuple[tuple[str, str], ...]
    sections: tuple[SpecifiedSection, ...]
    maps: tuple[SpecifiedMap, ...]
    tables: tuple[SpecifiedTable, ...]
    groups: tuple[tuple[str, str], ...]  # a repeated group, and which rows become its rows
    signatures: tuple[str, ...]
