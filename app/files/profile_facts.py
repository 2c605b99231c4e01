"""One row of a profile file, one value: variables, codes, rules and whatever else is known."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from app.core.finding import Tier
from app.core.register import (
    Binding,
    Code,
    CodeList,
    CodeRegister,
    Confidence,
    Count,
    Definition,
    Element,
    Entrance,
    Group,
    Mandatory,
    Message,
    Phase,
    Reading,
    Rule,
    Text,
    ValueType,
    Variable,
    Verdict,
)
from app.core.words import Words
from app.files.profile_contract import element_at
from app.files.profile_rows import Row, rows_of

_KINDS_OF_ENTRANCE = ("local", "teststage", "stage", "production")
_SETTINGS = (
    *("created_text", "updated_text", "rejected_text", "unknown_system_text", "unmarshalling_text"),
    *("request_element", "service_path", "stage_systems"),
)
COUNT_KINDS = ("term", "report", "trigger")
_TIMES_OF_DAY = ("closed_from", "closed_to", "report_deadline")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")  # a year or month where no day is known
_SCHEMA_TYPES = {
    "dateTime": {ValueType.DATETIME},
    "date": {ValueType.DATE},
    "decimal": {ValueType.NUMBER, ValueType.CODE, ValueType.TEXT, ValueType.PERSON_ID},
}


def read_settings(main: Row, said: Mapping[str, str]) -> Mapping[str, str]:
    """Return the settings, which share one fact, together with what the register says."""
    row = main.inner("settings")
    row.fact()
    values = Row(main.file, "settings", {**said, **row.mapping("values")})
    for name in _TIMES_OF_DAY:
        values.time_of_day(name)
    if not values.text("batch_size", "1").isdigit():
        raise values.problem("profile-field-wrong", field="batch_size")
    return values.all_of(_SETTINGS)


def read_section(row: Row) -> Text:
    """Return the name of one section."""
    row.fact()
    return row.in_both()


def read_reading(row: Row) -> Reading:
    """Return one reading of what the sources leave open."""
    return Reading(row.name, row.in_both(), row.in_both("meaning_"), row.fact())


def read_group(row: Row, root: Element) -> Group:
    """Return one repeated part; it has no path where the contract has no element for it."""
    path = row.path()
    if element_at(root, path) is None:
        raise row.problem("profile-path-missing", path=row.text("path"))
    return Group(row.name, row.in_both(), path, row.fact())


def read_entrance(row: Row) -> Entrance:
    """Return one endpoint of the register."""
    kind, address = row.text("kind"), row.text("address")
    if kind not in _KINDS_OF_ENTRANCE:
        raise row.problem("profile-field-wrong", field="kind")
    if not (address.startswith("https://") or (kind == "local" and not address)):
        raise row.problem("profile-field-wrong", field="address")
    flag = row.flag("test_certificate", default=False)
    client, server = row.texts("client_issuers"), row.texts("server_issuers")
    return Entrance(row.name, kind, row.in_both(), address, flag, row.fact(), client, server)


def read_message(row: Row) -> Message:
    """Return something that the register says."""
    return Message(row.name, row.text("wording"), row.in_both("meaning_"), row.fact())


def read_verdict(row: Row) -> Verdict:
    """Return one way in which the register counts a case."""
    return Verdict(
        id=row.name,
        condition=row.text("condition"),
        name=row.in_both(),
        meaning=row.in_both("meaning_"),
        icon=row.text("icon"),
        fact=row.fact(),
    )


def read_phase(row: Row) -> Phase:
    """Return how far a case may have come."""
    one = read_verdict(row)
    return Phase(one.id, one.condition, one.name, one.meaning, one.icon, one.fact)


def read_count(row: Row) -> Count:
    """Return something that a case counts as; it has a condition or a reason why it has none."""
    condition = row.text("condition", "")
    if bool(condition) == ("not_computable_sv" in row.fields):
        raise row.problem("profile-rule-half", field="condition")
    if row.text("kind") not in COUNT_KINDS:
        raise row.problem("profile-field-wrong", field="kind")
    return Count(
        id=row.name,
        kind=row.text("kind"),
        condition=condition,
        name=row.in_both(),
        meaning=row.in_both("meaning_"),
        icon=row.text("icon"),
        fact=row.fact(),
        barred_by=row.choice("barred_by", Tier) if "barred_by" in row.fields else None,
        not_computable=None if condition else row.in_both("not_computable_"),
    )


def read_definition(row: Row) -> Definition:
    """Return what a term of the register means."""
    condition = row.text("condition", "")
    return Definition(row.name, row.in_both(), row.in_both("meaning_"), condition, row.fact())


def read_words(whole: Row) -> Words:
    """Return how names are read in whole words."""
    whole.fact()
    return Words(
        abbreviations=tuple(whole.mapping("abbreviations").items()),
        words=frozenset(whole.texts("words")),
        fillers=frozenset(whole.texts("fillers")),
        decisive=frozenset(whole.texts("decisive")),
        systems=tuple(whole.mapping("systems").items()),
        kinds=frozenset(whole.texts("kinds")),
        meanings=_pairs(whole, "meanings"),
        mentions=frozenset(whole.texts("mentions")),
        labels=frozenset(whole.texts("labels")),
        columns=_pairs(whole, "columns"),
        other=frozenset(whole.texts("other")),
        rows=_pairs(whole, "rows"),
        times=_pairs(whole, "times"),
        usual=_pairs(whole, "usual"),
    )


def _pairs(whole: Row, name: str) -> tuple[tuple[str, str], ...]:
    """Return a table of texts, empty where the file has none: older profiles lack some."""
    return tuple(whole.mapping(name).items()) if name in whole.fields else ()


# Codes


def read_register(row: Row) -> CodeRegister:
    """Return one national register of codes."""
    return CodeRegister(
        row.name, row.in_both(), _pattern(row, "pattern"), row.count("months"), row.fact()
    )


def read_lists(whole: Row) -> Iterator[CodeList]:
    """Yield the code lists, each as a whole."""
    for row in rows_of(whole, "list"):
        is_complete = row.flag("complete", default=False)
        yield CodeList(row.name, row.fact(), is_complete, _pattern(row, "fold_up"))


def read_codes(whole: Row) -> Iterator[Code]:
    """Yield the codes of every list; what a code does not say, its list does."""
    for code_list in rows_of(whole, "list"):
        own = ("source", "confidence", "note")
        shared = {name: code_list.fields[name] for name in own if name in code_list.fields}
        for row in rows_of(code_list, "codes", key="code"):
            full = Row(row.file, f"{code_list.name} {row.name}", shared | dict(row.fields))
            yield _code(code_list.name, full)


def _code(code_list: str, row: Row) -> Code:
    return Code(
        code_list=code_list,
        code=row.text("code"),
        text=row.in_both(),
        fact=row.fact(),
        sendable=row.flag("sendable", default=True),
        valid_from=_whole_day(row, "valid_from"),
        valid_to=_whole_day(row, "valid_to"),
        means=row.text("means", ""),
    )


def _pattern(row: Row, name: str) -> str:
    """Return a regular expression, "" when it is missing."""
    pattern = row.text(name, "")
    try:
        re.compile(pattern)
    except re.error:
        raise row.problem("profile-field-wrong", field=name) from None
    return pattern


def _whole_day(row: Row, name: str) -> str:
    text = row.text(name, "")
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise row.problem("profile-field-wrong", field=name) from None


# Variables


def read_variables(whole: Row, root: Element, groups: tuple[Group, ...]) -> tuple[Variable, ...]:
    """Return the variables; each that has an element has one of its own."""
    rows = tuple(rows_of(whole, "variable"))
    taken: dict[tuple[str, ...], str] = {}
    for row in rows:
        if row.path() and taken.setdefault(row.path(), row.name) != row.name:
            raise row.problem("profile-path-taken", path=row.text("path"))
    return tuple(_variable(row, root, groups) for row in rows)


def _variable(row: Row, root: Element, groups: tuple[Group, ...]) -> Variable:
    path, value_type = row.path(), row.choice("type", ValueType)
    if path:
        _check_type(row, value_type, element_at(root, path))
    binding = row.choice("binding", Binding, Binding.CONTRACT) if path else Binding.NONE
    return Variable(
        id=row.name,
        name=row.in_both(),
        meaning=row.in_both("meaning_"),
        value_type=value_type,
        path=path,
        group=_group_of(row, path, groups),
        section=row.text("section"),
        mandatory=row.choice("mandatory", Mandatory),
        fact=row.fact(),
        code_list=row.text("code_list", ""),
        unit=row.text("unit", ""),
        aliases=row.texts("aliases"),
        binding=binding,
        element_confidence=row.choice("element_confidence", Confidence, Confidence.STATED),
        mandatory_confidence=row.choice("mandatory_confidence", Confidence, Confidence.INFERRED),
        cardinality_confidence=row.choice(
            "cardinality_confidence", Confidence, Confidence.INFERRED
        ),
    )


def _group_of(row: Row, path: tuple[str, ...], groups: tuple[Group, ...]) -> str:
    """Return the innermost repeated part that a path lies in; without a path the row says it."""
    if not path:
        return row.text("group", "")
    around = [one for one in groups if one.path and path[: len(one.path)] == one.path]
    return max(around, key=lambda one: len(one.path)).id if around else ""


def _check_type(row: Row, value_type: ValueType, element: Element | None) -> None:
    """Compare a variable with its element."""
    if element is None or not element.base:
        raise row.problem("profile-path-missing", path=row.text("path"))
    if value_type not in _SCHEMA_TYPES.get(element.base, {value_type}):
        raise row.problem("profile-type-contradicts", type=element.base)


# Rules


def read_rule(row: Row) -> Rule:
    """Return a rule; it has either a condition or a reason why it has none."""
    condition = row.text("condition", "")
    if bool(condition) == ("not_checkable_sv" in row.fields):
        raise row.problem("profile-rule-half", field="condition")
    fact = row.fact()
    return Rule(
        id=row.name,
        tier=row.choice("tier", Tier),
        condition=condition,
        message=row.in_both(),
        remedy=row.in_both("remedy_"),
        fact=fact,
        variables=row.texts("variables"),
        not_checkable=None if condition else row.in_both("not_checkable_"),
        since=_day(row, "since"),
        until=_day(row, "until"),
        message_confidence=row.choice("message_confidence", Confidence, fact.confidence),
    )


def _day(row: Row, name: str) -> str:
    """Return a day, or a month or year where the source knows no more."""
    text = row.text(name, "")
    if text and not _DAY.fullmatch(text):
        raise row.problem("profile-field-wrong", field=name)
    return text
