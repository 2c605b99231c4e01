"""How Xerces words what libxml2 finds: a table, one row per kind of schema error."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind of error: libxml2's name for it, what its message tells, and Xerces' sentence.

    A sentence may use what `tells` names, and {element}, {type}, {primitive} of the element.
    """

    kind: str
    tells: re.Pattern[str]
    sentence: str


def _row(kind: str, tells: str, sentence: str) -> Wording:
    return Wording(kind, re.compile(tells, re.DOTALL), sentence)


_VALUE = r"The value '(?P<value>.*)' "
_DIGITS = r"has more (?:fractional )?digits than are allowed \('(?P<limit>.*)'\)"
_WITHIN = _VALUE + r"is .* value allowed \('(?P<limit>.*)'\)"
_BEYOND = _VALUE + r"must be (?:less|greater) than '(?P<limit>.*)'"
_LENGTH = r"has a length of '(?P<length>\d+)'.*length of '(?P<limit>\d+)'"
_OF_TYPE = " for type '{type}'."
_BOUNDED = "Value '{value}' is not facet-valid with respect to "
_MEASURED = "Value '{value}' with length = '{length}' is not facet-valid with respect to "
_BAD = r"': '(?P<value>.*)' is not a valid value of the "
_CONTENT = "Invalid content was found starting with element '{element}'. "
_ANY = ""

WORDINGS = (
    _row(
        "SCHEMAV_CVC_PATTERN_VALID",
        _VALUE + r"is not accepted by the pattern '(?P<limit>.*)'\.$",
        "cvc-pattern-valid: " + _BOUNDED + "pattern '{limit}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_ENUMERATION_VALID",
        _VALUE + r"is not an element of the set \{(?P<set>.*)\}",
        "cvc-enumeration-valid: "
        + _BOUNDED
        + "enumeration '{set}'. It must be a value from the enumeration.",
    ),
    _row(
        "SCHEMAV_CVC_MINLENGTH_VALID",
        _LENGTH,
        "cvc-minLength-valid: " + _MEASURED + "minLength '{limit}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_MAXLENGTH_VALID",
        _LENGTH,
        "cvc-maxLength-valid: " + _MEASURED + "maxLength '{limit}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_LENGTH_VALID",
        _LENGTH,
        "cvc-length-valid: " + _MEASURED + "length '{limit}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_MININCLUSIVE_VALID",
        _WITHIN,
        "cvc-minInclusive-valid: " + _BOUNDED + "minInclusive '{limit}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_MAXINCLUSIVE_VALID",
        _WITHIN,
        "cvc-maxInclusive-valid: " + _BOUNDED + "maxInclusive '{limit}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_MINEXCLUSIVE_VALID",
        _BEYOND,
        "cvc-minExclusive-valid: " + _BOUNDED + "minExclusive '{limit}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_MAXEXCLUSIVE_VALID",
        _BEYOND,
        "cvc-maxExclusive-valid: " + _BOUNDED + "maxExclusive '{limit}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_FRACTIONDIGITS_VALID",
        _VALUE + _DIGITS,
        "cvc-fractionDigits-valid: Value '{value}' has {fraction} fraction digits, "
        "but the number of fraction digits has been limited to {limit}.",
    ),
    _row(
        "SCHEMAV_CVC_TOTALDIGITS_VALID",
        _VALUE + _DIGITS,
        "cvc-totalDigits-valid: Value '{value}' has {total} total digits, "
        "but the number of total digits has been limited to {limit}.",
    ),
    _row(
        "SCHEMAV_CVC_DATATYPE_VALID_1_2_1",
        _BAD + r"(?:local )?atomic type(?: '(?:xs:|\{[^{}]*\})(?P<atomic>.*)')?",
        "cvc-datatype-valid.1.2.1: '{value}' is not a valid value for '{primitive}'.",
    ),
    _row(
        "SCHEMAV_CVC_DATATYPE_VALID_1_2_2",
        _BAD + "(?:local )?list type",
        "cvc-datatype-valid.1.2.2: '{value}' is not a valid value of list type '{type}'.",
    ),
    _row(
        "SCHEMAV_CVC_DATATYPE_VALID_1_2_3",
        _BAD + "(?:local )?union type",
        "cvc-datatype-valid.1.2.3: '{value}' is not a valid value of union type '{type}'.",
    ),
    _row(
        "SCHEMAV_ELEMENT_CONTENT",
        r"This element is not expected\. Expected is (?:one of )?\( (?P<expected>.*) \)",
        "cvc-complex-type.2.4.a: " + _CONTENT + "One of '{expected}' is expected.",
    ),
    _row(
        "SCHEMAV_ELEMENT_CONTENT",
        r"Missing child element\(s\)\. Expected is (?:one of )?\( (?P<expected>.*) \)",
        "cvc-complex-type.2.4.b: The content of element '{element}' is not complete. "
        "One of '{expected}' is expected.",
    ),
    _row(
        "SCHEMAV_ELEMENT_CONTENT",
        r"This element is not expected\.$",
        "cvc-complex-type.2.4.d: " + _CONTENT + "No child element is expected at this point.",
    ),
    _row(
        "SCHEMAV_CVC_COMPLEX_TYPE_2_1",
        _ANY,
        "cvc-complex-type.2.1: Element '{element}' must have no character or element information "
        "item [children], because the type's content type is empty.",
    ),
    _row(
        "SCHEMAV_CVC_COMPLEX_TYPE_2_3",
        _ANY,
        "cvc-complex-type.2.3: Element '{element}' cannot have character [children], "
        "because the type's content type is element-only.",
    ),
    _row(
        "SCHEMAV_CVC_COMPLEX_TYPE_3_2_1",
        r"attribute '(?P<attribute>.*)': ",
        "cvc-complex-type.3.2.2: Attribute '{attribute}' is not allowed to appear in element "
        "'{element}'.",
    ),
    _row(
        "SCHEMAV_CVC_COMPLEX_TYPE_4",
        r"The attribute '(?P<attribute>.*)' is required",
        "cvc-complex-type.4: Attribute '{attribute}' must appear on element '{element}'.",
    ),
    _row(
        "SCHEMAV_CVC_TYPE_3_1_1",
        r"attribute '(?P<attribute>.*)': ",
        "cvc-type.3.1.1: Element '{element}' is a simple type, so it cannot have attributes, "
        "excepting those whose namespace name is identical to "
        "'http://www.w3.org/2001/XMLSchema-instance' and whose [local name] is one of 'type', "
        "'nil', 'schemaLocation' or 'noNamespaceSchemaLocation'. However, the attribute, "
        "'{attribute}' was found.",
    ),
    _row(
        "SCHEMAV_CVC_TYPE_3_1_2",
        _ANY,
        "cvc-type.3.1.2: Element '{element}' is a simple type, so it must have no element "
        "information item [children].",
    ),
)

# Xerces names the integer types by the one they all derive from.
PRIMITIVE_NAMES = dict.fromkeys(
    (
        *("byte", "short", "int", "long", "nonNegativeInteger", "positiveInteger"),
        *("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"),
        *("negativeInteger", "nonPositiveInteger"),
    ),
    "integer",
)
