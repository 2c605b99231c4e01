"""Personnummer, samordningsnummer and HSA-ids: what is wrong with a text, and what it tells.

Twelve digits YYYYMMDDNNNC with a Luhn digit over the last ten. In a samordningsnummer the day has
60 added; month 00 and day 60 stand for an unknown birth date, and impossible days are given out,
so its date is not judged. Only ASCII digits are digits: `str.isdigit` would let others through.
"""

import re
from datetime import date

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_WITH_LETTERS = re.compile(r"[0-9]{8}-?(?=[0-9]*[A-Za-z])[0-9A-Za-z]{4}")
_HSA_ID = re.compile(r"[^\W_]{2}[0-9]+-[^\n\r]*")
_HSA_ID_LENGTH = 64
_CENTURIES = ("18", "19", "20")
_RESERVE_CENTURY = "99"
_COORDINATION = 60  # added to the day of a samordningsnummer
_LAST_COORDINATION_DAY = 91
_LAST_DAY = 31
_LAST_MONTH = 12
_NOBODY = "000"  # a birth number that is never given out


def person_id_problem(text: str) -> str | None:
    """Return the code of what is wrong with a person's number, None when it is right."""
    if _is_reserve(text):
        return "person-id-reserve"
    if not _TWELVE_DIGITS.fullmatch(text) or text[8:11] == _NOBODY:
        return "person-id-form"
    if text[:2] not in _CENTURIES or not _has_possible_date(text):
        return "person-id-date"
    return None if _luhn_sum(text[2:]) % 10 == 0 else "person-id-check-digit"


def hsa_id_problem(text: str) -> str | None:
    """Return the code of what is wrong with an HSA-id, None when it is right."""
    if not _HSA_ID.fullmatch(text):
        return "hsa-id-form"
    return "hsa-id-long" if len(text) > _HSA_ID_LENGTH else None


def birth_date(person_id: str) -> date | None:
    """Return the day that the digits say, None when they hold no real day.

    The day in the number may differ from the true one: use it for rough checks only.
    """
    if not _TWELVE_DIGITS.fullmatch(person_id):
        return None
    year, month, day = int(person_id[:4]), int(person_id[4:6]), int(person_id[6:8])
    try:
        return date(year, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        return None


def mask(text: str) -> str:
    """Return the number with everything but the day hidden."""
    shown = text[:8] if re.match(r"[0-9]{8}", text) else "********"
    return f"{shown}-****"


def _is_reserve(text: str) -> bool:
    """Whether the text has the form of one of the regions' or authorities' reserve numbers."""
    if _WITH_LETTERS.fullmatch(text):
        return True
    if not _TWELVE_DIGITS.fullmatch(text):
        return False
    return text[:2] == _RESERVE_CENTURY or _LAST_DAY < int(text[6:8]) < _COORDINATION


def _has_possible_date(text: str) -> bool:
    """Whether the first eight digits can stand in a number that was given out."""
    if int(text[6:8]) >= _COORDINATION:
        return int(text[4:6]) <= _LAST_MONTH and int(text[6:8]) <= _LAST_COORDINATION_DAY
    return birth_date(text) is not None


def _luhn_sum(digits: str) -> int:
    """Return the Luhn sum of ten digits, the check digit included; right means divisible by 10."""
    total = 0
    for position, digit in enumerate(digits):
        product = int(digit) * (2 if position % 2 == 0 else 1)
        total += product - 9 if product > 9 else product  # noqa: PLR2004 - the sum of its digits
    return total
