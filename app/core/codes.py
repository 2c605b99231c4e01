"""What is known of one code: is it on a list, is it valid that day, does a register have it.

A national register of codes changes every year, and the year of the day decides. A code that the
year no longer has is still accepted for some months when the former year has it. Where the year's
codes are not imported only the register's pattern is known: a text without its form is surely no
code of it, and any other text may be one. Letters are compared in lower case, and dots (I84.1)
make no difference.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from app.core.register import Code, CodeRegister, Profile

CODE_FUNCTIONS = frozenset({"in_list", "valid_code", "in_register", "in_grace"})

MARKS = "+*†"  # after a code: the dagger and the asterisk of ICD-10


class Standing(StrEnum):
    """What a national register says of a code on a day."""

    CURRENT = "current"  # the year has it
    GRACE = "grace"  # only the former year has it, and its months of grace are not over
    ABSENT = "absent"
    UNKNOWN = "unknown"  # the year's codes are not imported


def plain_code(text: str) -> str:
    """Return a code as codes are compared."""
    return text.lower().replace(".", "").rstrip(MARKS)


def standing(
    text: str, register: CodeRegister, years: Mapping[int, frozenset[str]], day: date | None
) -> Standing:
    """Return what a register says of a code; `years` holds plain codes, None is an unknown day."""
    unknown = Standing.UNKNOWN if has_form(text, register) else Standing.ABSENT
    if day is None or day.year not in years:
        return unknown
    if plain_code(text) in years[day.year]:
        return Standing.CURRENT
    if day.month > register.months:
        return Standing.ABSENT
    if day.year - 1 not in years:
        return unknown
    return Standing.GRACE if plain_code(text) in years[day.year - 1] else Standing.ABSENT


def has_form(text: str, register: CodeRegister) -> bool:
    """Whether a text in capitals has the form of the register's codes."""
    return re.fullmatch(register.pattern, text.upper()) is not None


def is_valid(code: Code, day: date) -> bool:
    """Whether a code of a list may be used on a day."""
    that = day.isoformat()
    return code.valid_from <= that and (not code.valid_to or that <= code.valid_to)


def register_of(profile: Profile, register: str) -> CodeRegister | None:
    """Return a national register by its id."""
    return next((one for one in profile.registers if one.id == register), None)


def says_of_code(
    function: str, text: str, name: str, day: date | None, profile: Profile
) -> bool | None:
    """Return what a function of the rule language says of a code, None when it is not known.

    `name` is that of a code list or of a national register.
    """
    if function in {"in_register", "in_grace"}:
        register = register_of(profile, name)
        return _in_register(function, text, register, day, profile) if register else None
    codes = [one for one in profile.codes_of(name) if one.code.lower() == text.lower()]
    if function == "in_list":
        return bool(codes)
    return None if day is None else any(is_valid(one, day) for one in codes)


def _in_register(
    function: str, text: str, register: CodeRegister, day: date | None, profile: Profile
) -> bool | None:
    said = standing(text, register, profile.register_codes.get(register.id, {}), day)
    if said is Standing.UNKNOWN:
        return None
    asked = {Standing.GRACE} if function == "in_grace" else {Standing.CURRENT, Standing.GRACE}
    return said in asked
