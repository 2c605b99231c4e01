"""Load a register profile: a folder with the contract and text files of what is known about it.

`profile.toml` names the contract and holds groups, sections, entrances, roles and settings; beside
it lie `variables.toml`, `codes.toml`, `rules.toml` and `verdicts.toml`. Every row tells its source
and confidence. A row that contradicts the contract's schema, or another row, is an error that
names the file and the row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from app.assets import SCHEMAS
from app.core.condition import parse
from app.core.condition_types import check
from app.core.errors import ProfileError
from app.core.finding import Tier
from app.core.register import (
    Code,
    Element,
    Entrance,
    Group,
    Mandatory,
    Profile,
    Rule,
    Text,
    ValueType,
    Variable,
    Verdict,
)
from app.files.contract_schema import Leaf, RequestSchema, read_request
from app.files.profile_rows import Row, read_rows, rows_of

if TYPE_CHECKING:
    from lxml import etree

_KINDS_OF_ENTRANCE = ("local", "teststage", "stage", "production")
_ROLES = ("case_key", "person_id", "system_id")  # the rooms ask for these
_SETTINGS = (
    *("created_text", "updated_text", "rejected_text", "unknown_system_text", "unmarshalling_text"),
    *("response_element", "result_element", "result_code_element", "result_text_element"),
    *("result_ok", "result_error", "service_path", "stage_systems"),
)
_TIMES_OF_DAY = ("closed_from", "closed_to", "report_deadline")
_OF_SCHEMA_TYPE = {
    ValueType.DATETIME: {ValueType.DATETIME},
    ValueType.DATE: {ValueType.DATE},
    ValueType.NUMBER: {ValueType.NUMBER, ValueType.CODE, ValueType.TEXT},
}
_compiling = Lock()  # libxml2's schema compiler is not safe in several threads


def shipped_profiles() -> tuple[Path, ...]:
    """Return the folders of the profiles that come with the program."""
    return tuple(sorted(path.parent for path in SCHEMAS.glob("*/profile.toml")))


def load_shipped(profile_id: str) -> Profile:
    """Return a profile that comes with the program."""
    for folder in shipped_profiles():
        if folder.name == profile_id:
            return load_profile(folder)
    raise ProfileError("profile-unknown", profile=profile_id)


def load_profile(folder: Path) -> Profile:
    """Return the profile that lies in a folder, checked against its own contract."""
    main = read_rows(folder / "profile.toml")
    settings = _settings(main)
    xsd, wsdl = _contract_file(folder, main, "xsd"), _contract_file(folder, main, "wsdl")
    request = read_request(xsd, settings.get("request_element", ""))
    groups = tuple(_group(row, request) for row in rows_of(main, "group"))
    sections = {row.name: _section(row) for row in rows_of(main, "section")}
    codes = tuple(_codes(read_rows(folder / "codes.toml")))
    variables = _variables(read_rows(folder / "variables.toml"), request, groups)
    rules = read_rows(folder / "rules.toml")
    profile = Profile(
        id=main.text("id"),
        name=main.in_both(),
        note=main.in_both("note_"),
        namespace=request.namespace,
        wsdl=str(wsdl),
        xsd=str(xsd),
        root=_bound(request.root, (), variables, groups),
        variables=variables,
        groups=groups,
        codes=codes,
        rules=tuple(_rule(row) for row in rows_of(rules, "rule")),
        verdicts=tuple(_verdict(row) for row in rows_of(_verdict_rows(folder), "verdict")),
        entrances=tuple(_entrance(row) for row in rows_of(main, "entrance")),
        sections=sections,
        roles=main.inner("roles").all_of(_ROLES),
        settings=settings,
    )
    _check_rows(profile, folder, request)
    return profile


def compile_schema(profile: Profile) -> "etree.XMLSchema":
    """Return the compiled schema that judges a request element standing alone."""
    from lxml import etree

    from app.safexml import UnsafeXml, parse

    path = Path(profile.xsd)
    try:
        root = parse(path.read_bytes())
        root.getroottree().docinfo.URL = str(path)  # so that relative includes are found
        with _compiling:
            return etree.XMLSchema(root)
    except (OSError, UnsafeXml, etree.XMLSchemaParseError):
        raise ProfileError("profile-contract-unreadable", file=path.name) from None


# One row, one value


def _contract_file(folder: Path, main: Row, field: str) -> Path:
    path = folder.resolve() / main.text(field)
    if not path.is_file():
        raise ProfileError("profile-file-missing", file=path.name)
    return path


def _verdict_rows(folder: Path) -> Row:
    return read_rows(folder / "verdicts.toml")


def _settings(main: Row) -> Mapping[str, str]:
    """Return the settings, which share one fact."""
    row = main.inner("settings")
    row.fact()
    values = Row(main.file, "settings", row.mapping("values"))
    for name in _TIMES_OF_DAY:
        values.time_of_day(name)
    return values.all_of(_SETTINGS)


def _section(row: Row) -> Text:
    row.fact()
    return row.in_both()


def _group(row: Row, request: RequestSchema) -> Group:
    element = _element_at(request.root, row.path())
    if element is None:
        raise row.problem("profile-path-missing", path=row.text("path"))
    if element.maximum == 1:
        raise row.problem("profile-group-not-repeated", path=row.text("path"))
    return Group(row.name, row.in_both(), row.path(), row.fact())


def _entrance(row: Row) -> Entrance:
    kind, address = row.text("kind"), row.text("address")
    if kind not in _KINDS_OF_ENTRANCE:
        raise row.problem("profile-field-wrong", field="kind")
    if not (address.startswith("https://") or (kind == "local" and not address)):
        raise row.problem("profile-field-wrong", field="address")
    flag = row.flag("test_certificate", default=False)
    return Entrance(row.name, kind, row.in_both(), address, flag, row.fact())


def _codes(whole: Row) -> Iterator[Code]:
    """Yield the codes of every list; what a code does not say, its list does."""
    for code_list in rows_of(whole, "list"):
        code_list.fact()
        own = ("source", "confidence", "note")
        shared = {name: code_list.fields[name] for name in own if name in code_list.fields}
        for row in rows_of(code_list, "codes", key="code"):
            full = Row(row.file, f"{code_list.name} {row.name}", shared | dict(row.fields))
            sendable = full.flag("sendable", default=True)
            yield Code(code_list.name, row.name, full.in_both(), full.fact(), sendable)


def _variables(
    whole: Row, request: RequestSchema, groups: tuple[Group, ...]
) -> tuple[Variable, ...]:
    """Return the variables; each has an element of its own."""
    rows = tuple(rows_of(whole, "variable"))
    taken: dict[tuple[str, ...], str] = {}
    for row in rows:
        if taken.setdefault(row.path(), row.name) != row.name:
            raise row.problem("profile-path-taken", path=row.text("path"))
    return tuple(_variable(row, request, groups) for row in rows)


def _variable(row: Row, request: RequestSchema, groups: tuple[Group, ...]) -> Variable:
    path, value_type = row.path(), row.choice("type", ValueType)
    leaf = request.leaves.get(path)
    if leaf is None:
        raise row.problem("profile-path-missing", path=row.text("path"))
    _check_type(row, value_type, leaf)
    return Variable(
        id=row.name,
        name=row.in_both(),
        meaning=row.in_both("meaning_"),
        value_type=value_type,
        path=path,
        group=next((one.id for one in groups if path[: len(one.path)] == one.path), ""),
        section=row.text("section"),
        mandatory=row.choice("mandatory", Mandatory),
        fact=row.fact(),
        code_list=row.text("code_list", ""),
        unit=row.text("unit", ""),
        aliases=row.texts("aliases"),
    )


def _check_type(row: Row, value_type: ValueType, leaf: Leaf) -> None:
    if leaf.value_type is not None and value_type not in _OF_SCHEMA_TYPE[leaf.value_type]:
        raise row.problem("profile-type-contradicts", type=leaf.value_type.value)


def _rule(row: Row) -> Rule:
    """Return a rule; it has either a condition or a reason why it has none."""
    condition = row.text("condition", "")
    if bool(condition) == ("not_checkable_sv" in row.fields):
        raise row.problem("profile-rule-half", field="condition")
    return Rule(
        id=row.name,
        tier=row.choice("tier", Tier),
        condition=condition,
        message=row.in_both(),
        remedy=row.in_both("remedy_"),
        fact=row.fact(),
        variables=row.texts("variables"),
        not_checkable=None if condition else row.in_both("not_checkable_"),
    )


def _verdict(row: Row) -> Verdict:
    return Verdict(
        id=row.name,
        condition=row.text("condition"),
        name=row.in_both(),
        meaning=row.in_both("meaning_"),
        icon=row.text("icon"),
        fact=row.fact(),
    )


# The element tree with variables and groups bound to it


def _element_at(root: Element, path: tuple[str, ...]) -> Element | None:
    """Return the element at a path below the request."""
    element: Element | None = root
    for name in path:
        children = element.children if element else ()
        element = next((one for one in children if one.name == name), None)
    return element


def _bound(
    element: Element,
    path: tuple[str, ...],
    variables: tuple[Variable, ...],
    groups: tuple[Group, ...],
) -> Element:
    """Return the element with the ids of the variables and groups below it."""
    return replace(
        element,
        variable=next((one.id for one in variables if path and one.path == path), ""),
        group=next((one.id for one in groups if one.path == path), ""),
        children=tuple(
            _bound(child, (*path, child.name), variables, groups) for child in element.children
        ),
    )


# What must agree across rows


def _check_rows(profile: Profile, folder: Path, request: RequestSchema) -> None:
    """Raise ProfileError at the first row that contradicts another."""
    for row in rows_of(read_rows(folder / "rules.toml"), "removed_rule"):
        row.fact()
        row.text("until")
    for variable in profile.variables:
        _check_variable(variable, profile, request.leaves[variable.path])
    for role, variable_id in profile.roles.items():
        _demand(variable_id in profile.by_id, "profile.toml", role, name=variable_id)
    for rule in profile.rules:
        for name in rule.variables:
            _demand(name in profile.by_id, "rules.toml", rule.id, name=name)
        if rule.condition:
            _check_condition("rules.toml", rule.id, rule.condition, profile)
    for verdict in profile.verdicts:
        _check_condition("verdicts.toml", verdict.id, verdict.condition, profile)


def _check_variable(variable: Variable, profile: Profile, leaf: Leaf) -> None:
    """Compare a variable's section and code list with the profile and the schema."""
    file = "variables.toml"
    _demand(variable.section in profile.sections, file, variable.id, name=variable.section)
    codes = {one.code for one in profile.codes_of(variable.code_list) if one.sendable}
    _demand(bool(codes) or not variable.code_list, file, variable.id, name=variable.code_list)
    if codes and leaf.allowed and codes != leaf.allowed:
        differing = "|".join(sorted(codes ^ leaf.allowed))
        raise ProfileError("profile-codes-contradict", file=file, row=variable.id, codes=differing)


def _demand(known: bool, file: str, row: str, name: str) -> None:
    if not known:
        raise ProfileError("profile-name-unknown", file=file, row=row, name=name)


def _check_condition(file: str, row: str, condition: str, profile: Profile) -> None:
    """Name the row when its condition is not in the language or does not fit the profile."""
    try:
        check(parse(condition), profile)
    except ProfileError as error:
        raise ProfileError(error.code, **error.values, file=file, row=row) from None
