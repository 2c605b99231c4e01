"""What a value of each built-in type surely looks like; less than the standard allows.

Values of other forms stay doubtful, such as a year of five digits, which validators read in
different ways, and those that are very long. No form has white space in it, so whether that is
collapsed makes no difference.
"""

from dataclasses import dataclass

_YEAR = "[1-9][0-9]{3}"
_LEAP = "(?:[1-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[2468][048]|[13579][26])00)"
_DAY = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|1[1])-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29)"
)
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"
_ZONE = "(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
# Few enough digits for a float to tell any two apart.
MOST_DIGITS = 6  # after the point
_FRACTION = rf"|[0-9]{{1,9}}\.[0-9]{{1,{MOST_DIGITS}}}"
_DECIMAL = f"(?:[0-9]{{1,15}}{_FRACTION})"
_WHOLE = "[0-9]{1,15}"
_NATURAL = ("nonNegativeInteger", "positiveInteger", "unsignedLong", "unsignedInt")
_SIGNED = ("integer", "long", "int", "short", "byte")

TEXTS = frozenset({"string", "normalizedString", "token", "anyType", "anySimpleType"})
NUMBERS = frozenset(
    {"decimal", "nonPositiveInteger", "negativeInteger", "unsignedShort", "unsignedByte"}
    | {*_NATURAL, *_SIGNED}
)
DAYS = frozenset({"date", "dateTime"})


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """The form of a type's values, "" for any text, and its own bounds for numbers."""

    form: str = ""
    least: str = ""
    most: str = ""


def _whole(bits: int) -> BuiltIn:
    return BuiltIn(f"[+-]?{_WHOLE}", str(-(2 ** (bits - 1))), str(2 ** (bits - 1) - 1))


BUILT_INS = {
    **dict.fromkeys(TEXTS, BuiltIn()),
    **dict.fromkeys(_NATURAL, BuiltIn(_WHOLE)),
    "boolean": BuiltIn("(?:true|false|0|1)"),
    "decimal": BuiltIn(f"[+-]?{_DECIMAL}"),
    "float": BuiltIn(f"[+-]?{_DECIMAL}"),
    "double": BuiltIn(f"[+-]?{_DECIMAL}"),
    "integer": BuiltIn(f"[+-]?{_WHOLE}"),
    "long": BuiltIn(f"[+-]?{_WHOLE}"),
    "int": _whole(32),
    "short": _whole(16),
    "byte": _whole(8),
    "positiveInteger": BuiltIn(_WHOLE, least="1"),
    "unsignedInt": BuiltIn(_WHOLE, most=str(2**32 - 1)),
    "unsignedShort": BuiltIn(_WHOLE, most=str(2**16 - 1)),
    "unsignedByte": BuiltIn(_WHOLE, most=str(2**8 - 1)),
    "nonPositiveInteger": BuiltIn(f"-{_WHOLE}"),
    "negativeInteger": BuiltIn(f"-{_WHOLE}", most="-1"),
    "date": BuiltIn(_DAY + _ZONE),
    "dateTime": BuiltIn(f"{_DAY}T{_CLOCK}{_ZONE}"),
    "time": BuiltIn(_CLOCK + _ZONE),
    "gYear": BuiltIn(_YEAR),
    "gYearMonth": BuiltIn(f"{_YEAR}-(?:0[1-9]|1[0-2])"),
    "language": BuiltIn("[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8}){0,9}"),
    "NMTOKEN": BuiltIn("[A-Za-z0-9._:-]{1,100}"),
    "Name": BuiltIn("[A-Za-z_:][A-Za-z0-9._:-]{0,99}"),
    "NCName": BuiltIn("[A-Za-z_][A-Za-z0-9._-]{0,99}"),
}


def with_fraction(form: str, digits: int) -> str:
    """Return the form of numbers that have at most so many digits after the point."""
    if not digits:
        return form.replace(_FRACTION, "")
    return form.replace(_FRACTION, _FRACTION.replace(f"1,{MOST_DIGITS}", f"1,{digits}"))
