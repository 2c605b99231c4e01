"""Propose links by name and by content. Rather none than a wrong one; a person approves each."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.conversion import convert
from app.core.mapping import Link, Project, Step, ValueMap
from app.core.progress import Progress, silent
from app.core.register import Profile, ValueType, Variable, Words
from app.workflow.content import EMPTY, PERSON_ID, format_of
from app.workflow.desk import Desk
from app.workflow.views import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.workflow.content import Content

_SURE = 75  # weaker suggestions are left out
_NEAR = 4  # two that are so close cannot be told apart
_BY_CONTENT = 90  # a column of person ids needs no name
_CERTAIN = 98
_PENALTY_BORROWED = 3  # for a time whose date stands in a column of another name
_MOST_CODES = 60
_TELLING_CODES = 3  # so many of a list's codes do not occur together by chance
NO_PROJECT = Project("", "")
_USUAL_FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M[:%S]")  # what the steps read when told nothing


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column, or a date and a time column, that may hold a variable's value."""

    table: str
    columns: tuple[str, ...]
    name: str  # the column whose name counts
    kind: str
    content: "Content"
    format: str = ""  # how dates and times are written
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """One candidate for one variable, and how sure it is."""

    candidate: Candidate
    variable: Variable
    score: int
    reason: str


def suggest_links(
    desk: Desk, project: Project, _progress: Progress = silent
) -> tuple[Suggestion, ...]:
    """Propose links for variables that have none, surest first; nothing is applied."""
    profile = desk.profile(project.profile)
    matches = []
    for group in ("", *(one.id for one in profile.groups)):
        table = _table_of(project, group)
        contents = _contents(desk, project, table)
        open_variables = [
            one for one in profile.of_group(group) if one.is_bound and not project.link_of(one.id)
        ]
        if contents and open_variables:
            used = _used_columns(project, table)
            matches += _matches(project, profile, open_variables, table, contents, used)
    suggestions = [_suggestion(profile, one) for one in _one_to_one(matches)]
    suggestions += _constants(project, profile)
    return tuple(sorted(suggestions, key=lambda one: (-one.link.score, one.link.variable)))


def suggestions_for(
    desk: Desk, project: Project, variable: str, progress: Progress = silent
) -> tuple[Suggestion, ...]:
    """Propose up to three links for one variable, linked or not, best first."""
    found = suggest_links(desk, project.without_link(variable), progress)
    return tuple(one for one in found if one.link.variable == variable)


def _table_of(project: Project, group: str) -> str:
    if not group:
        return project.case_table
    link = project.group_link_of(group)
    return link.table if link else ""


def _contents(desk: Desk, project: Project, table: str) -> "Mapping[str, Content]":
    """Return what the columns of a loaded table hold."""
    source = project.source_of(table)
    read = desk.tables.get(source) if source else None
    return read.contents if read else {}


def _used_columns(project: Project, table: str) -> set[str]:
    """Return the columns that a person has already given a meaning."""
    links = (link for link in project.links if link.table == table)
    return {column for link in links for column in link.columns[-1:]}


def _candidates(table: str, contents: "Mapping[str, Content]", profile: Profile) -> list[Candidate]:
    """Return the table's columns, each time column together with its date column."""
    found = []
    latest = ""  # a date stands before the times that lack one of their own
    own_dates: set[str] = set()
    for name, content in contents.items():
        kind = content.looks_like
        if kind == "date":
            latest = name
        if kind == "time":
            date = _own_date(name, contents, profile.words)
            own_dates.add(date)
            if date or latest:
                found.append(_pair(table, date or latest, name, contents, borrowed=not date))
        else:
            found.append(Candidate(table, (name,), name, kind, content, format_of(content)))
    return [one for one in found if one.name not in own_dates]


def _own_date(time: str, contents: "Mapping[str, Content]", known: Words) -> str:
    """Return the date column that is called as the time column is, "" when none is."""
    from app.workflow.naming import read_name

    words = read_name(time, known).words
    dates = (name for name, content in contents.items() if content.looks_like == "date")
    alike = [name for name in dates if words and read_name(name, known).words == words]
    return alike[0] if len(alike) == 1 else ""


def _pair(
    table: str, date: str, time: str, contents: "Mapping[str, Content]", *, borrowed: bool
) -> Candidate:
    """Return a date and a time column as one candidate, known by the time's name."""
    form = f"{format_of(contents[date])} {format_of(contents[time])}"
    penalty = _PENALTY_BORROWED if borrowed else 0
    return Candidate(table, (date, time), time, "datetime", contents[time], form, penalty)


def _matches(
    project: Project,
    profile: Profile,
    variables: "Iterable[Variable]",
    table: str,
    contents: "Mapping[str, Content]",
    used: set[str],
) -> list[Match]:
    """Return every pair of a variable and a candidate that is sure enough."""
    source = project.source_of(table)
    key = source.key if source else ""
    candidates = [one for one in _candidates(table, contents, profile) if one.name not in used]
    pairs = (
        _match(profile, variable, one, is_key=one.name == key)
        for variable in variables
        for one in candidates
    )
    return [one for one in pairs if one.score >= _SURE]


def _match(profile: Profile, variable: Variable, candidate: Candidate, *, is_key: bool) -> Match:
    from app.workflow.naming import name_score, names_of

    if variable.id == profile.case_key or is_key:
        score = 100 if variable.id == profile.case_key and is_key else 0
        return Match(candidate, variable, score, "content")
    if not _fits(variable, candidate, profile.words):
        return Match(candidate, variable, 0, "name")
    readings = _readings(variable, candidate, profile.words)
    by_name = name_score(readings, names_of(variable), profile.words) - candidate.penalty
    by_content = _content_score(profile, variable, candidate)
    if by_name >= _SURE and by_content:
        return Match(candidate, variable, min(100, by_name + 2), "both")
    if by_content > by_name:
        return Match(candidate, variable, by_content, "content")
    return Match(candidate, variable, by_name, "name")


def _readings(variable: Variable, candidate: Candidate, known: Words) -> tuple[str, ...]:
    """Return what a column is called: in a child table its table or its group says the rest."""
    from app.workflow.naming import decisive_words

    if not variable.group:
        return (candidate.name,)
    said = (candidate.table, decisive_words(variable.group, known))
    return (candidate.name, *(f"{one} {candidate.name}" for one in said if one))


_FITTING = {
    ValueType.DATETIME: {"datetime"},
    ValueType.DATE: {"date", "datetime"},
    ValueType.PERSON_ID: {PERSON_ID},
    ValueType.HSA_ID: {"hsa_id"},
    ValueType.NUMBER: {"number", "decimal"},
    ValueType.CODE: {"code", "number", "text", "kva", "icd"},
    ValueType.TEXT: {"code", "number", "text", "hsa_id"},
}


def _fits(variable: Variable, candidate: Candidate, known: Words) -> bool:
    """Whether the column's content can be the variable's at all."""
    if candidate.kind == EMPTY or candidate.kind not in _FITTING[variable.value_type]:
        return False
    if variable.value_type is not ValueType.CODE:
        return True
    if variable.code_list:
        return candidate.content.distinct <= _MOST_CODES and candidate.kind != "kva"
    said = set(re.findall(r"\w+", variable.name.sv.lower()))
    systems = [register for word, register in known.systems if word in said]
    return candidate.kind in systems if systems else candidate.kind != "number"


def _content_score(profile: Profile, variable: Variable, candidate: Candidate) -> int:
    """Return how surely the content alone tells, 0 when it tells nothing."""
    if variable.value_type is ValueType.PERSON_ID and candidate.kind == PERSON_ID:
        return _BY_CONTENT
    codes = _known_codes(profile, variable)
    values = {value.strip().casefold() for value in candidate.content.values}
    if len(values) >= _TELLING_CODES and values <= set(codes):
        return _SURE + 1
    return 1 if codes and values <= set(codes) else 0


def _known_codes(profile: Profile, variable: Variable) -> dict[str, str]:
    """Return how the register's codes of a variable may be written, and the code meant."""
    spelled: dict[str, str] = {}
    for code in profile.codes_of(variable.code_list) if variable.code_list else ():
        for text in (code.code, code.text.sv, code.text.en):
            spelled.setdefault(text.strip().casefold(), code.code)
    return spelled


def _one_to_one(matches: "Sequence[Match]") -> list[Match]:
    """Keep a match only where variable and column choose each other, and no other is as near."""
    kept = []
    for match in matches:
        rivals = (
            other
            for other in matches
            if other is not match
            and other.score > match.score - _NEAR
            and (other.variable == match.variable or _same_column(other, match))
        )
        if not any(_wins(other, match) for other in rivals):
            kept.append(match)
    return kept


def _wins(other: Match, match: Match) -> bool:
    """Whether a rival keeps a match from being sure; only a certain one stands above near ones."""
    return not (match.score >= _CERTAIN > other.score)


def _same_column(one: Match, other: Match) -> bool:
    """Whether two matches want one column; groups that share a table each take their own rows."""
    if one.variable.group != other.variable.group:
        return False
    return (one.candidate.table, one.candidate.name) == (
        other.candidate.table,
        other.candidate.name,
    )


def _suggestion(profile: Profile, match: Match) -> Suggestion:
    candidate, variable = match.candidate, match.variable
    folding = _folding(profile, variable, candidate)
    value_map = None if folding else _value_map(profile, variable, candidate)
    link = Link(
        variable.id,
        candidate.table,
        candidate.columns,
        folding or _steps(variable, candidate, value_map),
        score=min(match.score, 100),
    )
    return Suggestion(link, match.reason, value_map)


def _steps(
    variable: Variable, candidate: Candidate, value_map: ValueMap | None
) -> tuple[Step, ...]:
    """Return the conversions that the content asks for."""
    if value_map is not None:
        return (Step("trim"), Step("value_map", (("name", value_map.name),)))
    match variable.value_type:
        case ValueType.DATETIME | ValueType.DATE:
            usual = candidate.format in _USUAL_FORMATS
            options = () if usual else (("format", candidate.format),)
            return (Step(variable.value_type.value, options),)
        case ValueType.PERSON_ID:
            return (Step("person_id"),)
        case ValueType.NUMBER if candidate.kind == "decimal":
            return (Step("trim"), Step("decimal_comma"))
        case _:
            return (Step("trim"),)


def _folding(profile: Profile, variable: Variable, candidate: Candidate) -> tuple[Step, ...]:
    """Return the steps that fold local levels up where only codes to be sent come of it."""
    form = next((one.fold_up for one in profile.code_lists if one.id == variable.code_list), "")
    if not form:
        return ()
    step = Step("fold_up", (("form", form),))
    values = {value.strip() for value in candidate.content.values}
    folded = {convert((step,), (value,), NO_PROJECT).value for value in values}
    sent = {one.code for one in profile.codes_of(variable.code_list) if one.sendable}
    return (Step("trim"), step) if folded != values and folded <= sent else ()


def _value_map(profile: Profile, variable: Variable, candidate: Candidate) -> ValueMap | None:
    """Return a value map of the codes that occur, filled where they say what they mean."""
    codes = _known_codes(profile, variable)
    if not codes or all(value.strip() in codes.values() for value in candidate.content.values):
        return None
    meant = {value.strip(): _meant(value, codes) for value in sorted(candidate.content.values)}
    return ValueMap(variable.id, tuple((local, code) for local, code in meant.items() if code))


def _meant(value: str, codes: "Mapping[str, str]") -> str:
    """Return the one register code a local code is written as or begins, "" when not one."""
    local = value.strip().casefold()
    if local in codes:
        return codes[local]
    begun = Counter(code for text, code in codes.items() if local and text.startswith(local))
    return next(iter(begun)) if len(begun) == 1 else ""


def _constants(project: Project, profile: Profile) -> list[Suggestion]:
    """Propose a constant where the register knows only one value."""
    found = []
    for variable in profile.of_group(""):
        codes = profile.codes_of(variable.code_list) if variable.code_list else ()
        if len(codes) == 1 and variable.is_bound and not project.link_of(variable.id):
            step = Step("constant", (("value", codes[0].code),))
            found.append(Suggestion(Link(variable.id, steps=(step,)), "content"))
    return found
