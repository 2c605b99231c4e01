"""How Xerces words what libxml2 finds: a table, one row per kind of schema error.

What Xerces says was recorded (tests/xerces); that the register uses it is inferred from its faults.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.core.register import Element

BuiltIn = Callable[[str], str]  # the built-in type that a type of the schema rests on

ANONYMOUS = "#AnonType_"  # how Xerces begins the name of a type without one
_MOST_TOLD = 10  # names of expected elements in a message of libxml2
_NAME = re.compile(r"(?:\{([^{}]*)\})?([^\s,{}]+)")


@dataclass(frozen=True, slots=True)
class Wording:
    """One kind of error: libxml2's name for it, what its message tells, and Xerces' sentence.

    A sentence may use what `tells` names, and the facts of a `Spot`.
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
_CONTENT_BEFORE = "Invalid content was found starting with element '{start}'. "
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
        "cvc-minInclusive-valid: " + _BOUNDED + "minInclusive '{bound}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_MAXINCLUSIVE_VALID",
        _WITHIN,
        "cvc-maxInclusive-valid: " + _BOUNDED + "maxInclusive '{bound}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_MINEXCLUSIVE_VALID",
        _BEYOND,
        "cvc-minExclusive-valid: " + _BOUNDED + "minExclusive '{bound}'" + _OF_TYPE,
    ),
    _row(
        "SCHEMAV_CVC_MAXEXCLUSIVE_VALID",
        _BEYOND,
        "cvc-maxExclusive-valid: " + _BOUNDED + "maxExclusive '{bound}'" + _OF_TYPE,
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
        "cvc-complex-type.2.4.a: " + _CONTENT_BEFORE + "One of '{expected}' is expected.",
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
        "SCHEMAV_CVC_ELT_3_1",
        _ANY,
        "cvc-elt.3.1: Attribute 'http://www.w3.org/2001/XMLSchema-instance,nil' must not appear on "
        "element '{element}', because the {{nillable}} property of '{element}' is false.",
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

# The order in which Xerces tries the kinds that one value can break; it names the first.
TRIED = (
    "SCHEMAV_CVC_PATTERN_VALID",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_1",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_2",
    "SCHEMAV_CVC_DATATYPE_VALID_1_2_3",
    "SCHEMAV_CVC_MAXLENGTH_VALID",
    "SCHEMAV_CVC_MINLENGTH_VALID",
    "SCHEMAV_CVC_LENGTH_VALID",
    "SCHEMAV_CVC_ENUMERATION_VALID",
    "SCHEMAV_CVC_FRACTIONDIGITS_VALID",
    "SCHEMAV_CVC_TOTALDIGITS_VALID",
    "SCHEMAV_CVC_MAXINCLUSIVE_VALID",
    "SCHEMAV_CVC_MAXEXCLUSIVE_VALID",
    "SCHEMAV_CVC_MININCLUSIVE_VALID",
    "SCHEMAV_CVC_MINEXCLUSIVE_VALID",
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


@dataclass(frozen=True, slots=True)
class Spot:
    """The element at which a document breaks the schema.

    `text` is its text as it stands, `shown` the same fit to be told; `way` leads from the root to
    it through the schema's elements, as far as they are known. `could_follow` are the names, each
    with its namespace, of what may stand where it stands.
    """

    name: str  # with its prefix, as it stands in the document
    namespace: str
    way: tuple[Element | None, ...]
    text: str = ""
    shown: str = ""
    could_follow: tuple[tuple[str, str], ...] = ()

    @property
    def element(self) -> Element | None:
        """The schema's element, None when it has none by that name."""
        return self.way[-1]

    @property
    def type_name(self) -> str:
        """The name of its type, Xerces' name for one without."""
        named = self.element.type_name if self.element else ""
        return named or anonymous_type(self.way, self.name.rpartition(":")[2])


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach of the schema: the standard's name for what is broken, and Xerces' sentence."""

    code: str
    sentence: str


def anonymous_type(way: tuple[Element | None, ...], name: str) -> str:
    """Return Xerces' name for the type of the element at the end of a way, one without a name."""
    names = [name]
    for outer in reversed(way[:-1]):
        if outer is None:
            break
        names.append(outer.type_name or outer.name)
        if outer.type_name:
            break
    return ANONYMOUS + "".join(names)


def worded(kind: str, message: str, spot: Spot, built_in: BuiltIn) -> Fault | None:
    """Return what Xerces says where libxml2 gives a message of a kind; None for an unknown one."""
    for wording in WORDINGS:
        told = wording.tells.search(message)
        if wording.kind == kind and told:
            facts = _facts(spot, told.groupdict(""), built_in)
            sentence = wording.sentence.format_map(facts)
            return Fault(sentence.partition(":")[0], sentence)
    return None


def refused_by_pattern(spot: Spot, pattern: str) -> Fault:
    """Return what Xerces says of a text that has not the form of its type's pattern."""
    wording = WORDINGS[0]
    facts = _facts(spot, {"limit": pattern}, str)
    sentence = wording.sentence.format_map(facts)
    return Fault(sentence.partition(":")[0], sentence)


def _facts(spot: Spot, told: Mapping[str, str], built_in: BuiltIn) -> dict[str, str]:
    """Return what stands in a sentence for each of its placeholders."""
    primitive = built_in(told.get("atomic") or spot.type_name)
    facts = {"value": spot.text, **digits(spot.text), **told}
    if spot.shown != spot.text:
        facts["value"] = spot.shown
    local = spot.name.rpartition(":")[2]
    return facts | {
        "element": spot.name,
        "start": f'{{"{spot.namespace}":{local}}}' if spot.namespace else local,
        "type": spot.type_name,
        "primitive": PRIMITIVE_NAMES.get(primitive, primitive),
        "bound": _bound(told.get("limit", ""), primitive),
        "set": f"[{told.get('set', '').replace(chr(39), '')}]",
        "expected": _expected(told.get("expected", ""), spot.could_follow),
    }


def digits(number: str) -> dict[str, str]:
    """Return how many digits a number has in all, and after its point, as Xerces counts them."""
    whole, _, fraction = number.strip().lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    return {"fraction": str(len(fraction)), "total": str(len(whole.lstrip("0")) + len(fraction))}


def _bound(limit: str, primitive: str) -> str:
    """Return a limit as Xerces writes it: a decimal one always with its point."""
    if primitive != "decimal" or not limit:
        return limit
    whole, _, fraction = limit.strip().partition(".")
    return f"{whole.lstrip('+') or '0'}.{fraction.rstrip('0') or '0'}"


def _expected(told: str, could_follow: tuple[tuple[str, str], ...]) -> str:
    """Return the names of the expected elements; libxml2 names no more than ten of them."""
    found = told.split(", ")
    if len(found) >= _MOST_TOLD and len(could_follow) > len(found):
        names = list(could_follow)
    else:
        parts = (_NAME.fullmatch(one) for one in found)
        names = [(part[1] or "", part[2]) for part in parts if part]
    return "{" + ", ".join(f'"{space}":{name}' if space else name for space, name in names) + "}"


def could_follow(parent: Element | None, before: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what may stand in a sequence after the elements that stand there, by name."""
    if parent is None:
        return ()
    names = [one.name for one in parent.children]
    last = before[-1] if before else ""
    place = names.index(last) if last in names else -1
    found: list[tuple[str, str]] = []
    for number, one in enumerate(parent.children):
        again = number == place and (one.maximum is None or list(before).count(last) < one.maximum)
        if again or number > place:
            found.append((one.namespace, one.name))
        if number > place and one.minimum:
            break
    return tuple(found)
