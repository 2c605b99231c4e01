"""Personnummer, samordningsnummer and HSA-ids: what is wrong with a text, and what it tells.

Twelve digits YYYYMMDDNNNC with a Luhn digit over the last ten. In a samordningsnummer the day has
60 added; month 00 and day 60 stand for an unknown birth date, and impossible days are given out,
so its date is not judged. Only ASCII digits are digits: `str.isdigit` would let others through.
A problem makes a number wrong; a notice is something to know of a right one.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

_TWELVE_DIGITS = re.compile(r"[0-9]{12}")
_AS_NUMBER = re.compile(r"[0-9]{7,12}[.,]0+|[0-9](?:[.,][0-9]+)?[Ee]\+?1[01]")
_HSA_ID = re.compile(r"[^\W_]{2}[0-9]+-[^\n\r]*")
_HSA_ID_LENGTH = 64
_USUAL_HSA_ID = re.compile(r"SE([0-9]{10})-[A-Za-z0-9]+")
_USUAL_HSA_ID_LENGTH = 31
_HSA_ID_OF_TESTS = re.compile(r"TSTNMT[0-9]{10}-[A-Za-z0-9]+")  # in SITHS's test certificates only
_TIME = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+(?:Z|[-+][0-9:]+)?)?")
_CENTURIES = ("18", "19", "20")
_RESERVE_CENTURY = "99"
_COORDINATION = 60  # added to the day of a samordningsnummer
_LAST_COORDINATION_DAY = 91
_LAST_MONTH = 12
_NOBODY = "000"  # a birth number that is never given out

# Reserve numbers by their form: the national one (NRID), those of regions, SCB and IVO, and any
# other that has letters. Skatteverket gives out none of them.
_RESERVES = {
    "person-id-reserve-stockholm": re.compile(f"{_RESERVE_CENTURY}[0-9]{{10}}"),
    "person-id-reserve-inera": re.compile("[0-9]{6}(?:3[2-9]|[45][0-9])[0-9]{4}"),
    "person-id-reserve-national": re.compile("(?!1[89]|2[01])[0-9]{8}-?[A-Z]{2}[0-9A-Z][0-9]"),
    "person-id-reserve-vgr": re.compile("[0-9]{8}-?[KMX][0-9]{3}"),
    "person-id-reserve-varmland": re.compile("[0-9]{8}-?S[FUXPL][0-9][0-9A-Z]"),
    "person-id-reserve-authority": re.compile("[0-9]{8}-?T(?:F[0-9]{2}|[0-9]{3})"),
    "person-id-reserve": re.compile("[0-9]{8}-?(?=[0-9]*[A-Za-z])[0-9A-Za-z]{4}"),
}

# What may be a person's number in a running text, rightly written or not. Days go beyond 31 for
# samordningsnummer and reserve numbers; a digit too few or too many is still telling.
_DAY = r"(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[1-8][0-9]|9[01])|00(?:[6-8][0-9]|9[01]))"
_BREAK = r"(?:\s?[-+–−]\s?|\s)?"
_LETTERED = r"-?(?=[0-9]*[A-Za-z])(?=[A-Za-z]*[0-9])[0-9A-Za-z]{4}(?![0-9A-Za-z])"
_PERSON_LIKE = re.compile(
    rf"(?<![0-9])(?:(?:1[89]|20)[0-9]{{2}}{_DAY}(?:{_BREAK}[0-9]{{4}}|[0-9]{{3}}|[0-9]{{5}})"
    rf"|[0-9]{{2}}{_DAY}(?:{_BREAK}[0-9]{{4}}|[0-9]{{5}})"
    rf"|(?:1[89]|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}-[0-9]{{4}}"
    rf"|{_RESERVE_CENTURY}(?:19|20)[0-9]{{8}})(?![0-9])"
    rf"|(?<![0-9])(?:1[89]|20)[0-9]{{2}}{_DAY}{_LETTERED}"
)
_BIRTH_DATE = re.compile(
    "(?:1[89]|20)[0-9]{6}(?=[0-9]{3}|[^0-9])|[0-9]{6}(?=[0-9]{4,5}(?![0-9])|[^0-9])"
)


def person_id_problem(text: str, today: date | None = None) -> str | None:
    """Return the code of what is wrong with a person's number, None when it is right.

    Who is born after `today` cannot have one; without it that is not judged.
    """
    reserve = _reserve(text)
    if reserve:
        return reserve
    if not _TWELVE_DIGITS.fullmatch(text) or text[8:11] == _NOBODY:
        return "person-id-number" if _AS_NUMBER.fullmatch(text) else "person-id-form"
    if text[:2] not in _CENTURIES or not _has_possible_date(text):
        return "person-id-date"
    if today is not None and text[:4] > f"{today:%Y}":
        return "person-id-date"
    return None if _luhn_sum(text[2:]) % 10 == 0 else "person-id-check-digit"


def hsa_id_problem(text: str) -> str | None:
    """Return the code of what is wrong with an HSA-id, None when it is right."""
    if not _HSA_ID.fullmatch(text):
        return "hsa-id-form"
    return "hsa-id-long" if len(text) > _HSA_ID_LENGTH else None


def certificate_hsa_id_problem(text: str) -> str | None:
    """Return what is wrong with the HSA-id of a certificate: test certificates have a form too."""
    return None if _HSA_ID_OF_TESTS.fullmatch(text) else hsa_id_problem(text)


def hsa_id_notices(text: str) -> tuple[str, ...]:
    """Return the codes of what is unusual about an HSA-id, by Inera's rule."""
    plain = text.strip()
    usual = _USUAL_HSA_ID.fullmatch(plain.upper())
    notices = {
        "hsa-id-blank": plain != text,
        "hsa-id-small": plain.upper() != plain,
        "hsa-id-unusual": usual is None or len(plain) > _USUAL_HSA_ID_LENGTH,
        "hsa-id-organisation": usual is not None and _luhn_sum(usual[1]) % 10 != 0,
    }
    return tuple(code for code, is_so in notices.items() if is_so)


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
    """Return a person's number with everything but the day hidden."""
    found = _BIRTH_DATE.match(text)
    return f"{found[0] if found else '********'}-****"


def mask_text(text: str, keep: str = "") -> str:
    """Return a text with every number in it that may be a person's masked.

    `keep`, such as the behandlingsnummer that the text is about, stays as it is.
    """
    kept = [found.span() for found in re.finditer(re.escape(keep), text)] if keep else []

    def masked(found: re.Match[str]) -> str:
        inside = any(start <= found.start() and found.end() <= end for start, end in kept)
        return found[0] if inside else mask(found[0])

    return _PERSON_LIKE.sub(masked, text)


def is_only_a_time(raw: Iterable[str], value: str) -> bool:
    """Whether a value is a day or a time, and no other digits stood in what it was read from.

    A wrong column may hold a person's number, and a day of birth may be taken out of one.
    """
    read = Counter(filter(str.isdigit, "".join(raw)))
    return _TIME.fullmatch(value) is not None and read <= Counter(filter(str.isdigit, value))


def _reserve(text: str) -> str | None:
    """Return the code of the reserve number whose form the text has, None when it is of none."""
    return next((code for code, form in _RESERVES.items() if form.fullmatch(text)), None)


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
