"""What must agree across the rows of a profile, and between them and the contract's schema."""

from app.core.condition import parse
from app.core.condition_types import check
from app.core.errors import ProfileError
from app.core.register import Count, Definition, Profile, Variable, Verdict
from app.files.profile_contract import element_at

MOST_COUNTS = 64  # the columns hold which counts a case is in as bits of a number


def check_profile(profile: Profile) -> None:
    """Raise ProfileError at the first row that contradicts another."""
    for variable in profile.variables:
        _check_variable(variable, profile)
    for role, variable_id in profile.roles.items():
        _demand(variable_id in profile.by_id, "profile.toml", role, name=variable_id)
    for rule in profile.rules:
        for name in rule.variables:
            _demand(name in profile.by_id, "rules.toml", rule.id, name=name)
        _check_condition("rules.toml", rule.id, rule.condition, profile)
    counted: list[Verdict | Count | Definition] = [*profile.verdicts, *profile.phases]
    for one in [*counted, *profile.counts, *profile.definitions]:
        _check_condition("verdicts.toml", one.id, one.condition, profile)
    most = profile.counts[MOST_COUNTS:]
    _demand(not most, "verdicts.toml", most[0].id if most else "", name="count")


def _check_variable(variable: Variable, profile: Profile) -> None:
    """Compare a variable's section, group and code list with the profile and the schema."""
    file = "variables.toml"
    groups = {"", *(one.id for one in profile.groups)}
    _demand(variable.section in profile.sections, file, variable.id, name=variable.section)
    _demand(variable.group in groups, file, variable.id, name=variable.group)
    codes = {one.code for one in profile.codes_of(variable.code_list) if one.sendable}
    _demand(bool(codes) or not variable.code_list, file, variable.id, name=variable.code_list)
    leaf = element_at(profile.root, variable.path) if variable.is_bound else None
    if codes and leaf and leaf.allowed and codes != leaf.allowed:
        differing = "|".join(sorted(codes ^ leaf.allowed))
        raise ProfileError("profile-codes-contradict", file=file, row=variable.id, codes=differing)


def _demand(known: bool, file: str, row: str, name: str) -> None:
    if not known:
        raise ProfileError("profile-name-unknown", file=file, row=row, name=name)


def _check_condition(file: str, row: str, condition: str, profile: Profile) -> None:
    """Name the row when its condition is not in the language or does not fit the profile."""
    if not condition:
        return
    try:
        check(parse(condition), profile)
    except ProfileError as error:
        raise ProfileError(error.code, **error.values, file=file, row=row) from None
