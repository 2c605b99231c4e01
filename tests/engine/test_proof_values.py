"""Values of every type and facet: what a column proves, libxml2 and xmlschema take as well."""

from random import Random
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import polars as pl
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.core.content import SimpleType
from app.engine.proof.patterns import translated
from app.engine.proof.values import check_of
from app.files.contract_models import model_of
from app.safexml import UnsafeXml, parse
from tests.support.mutations import KINDS
from tests.support.proving import POOL

XSD = "http://www.w3.org/2001/XMLSchema"
# A base, its facets, and a value that must be proved: what is usual may not be doubtful.
PROVED = (
    ("string", "", "Åsa & <b>\nc"),
    ("normalizedString", "", "a  b"),
    ("token", '<x:maxLength value="3"/>', "a b"),
    ("boolean", "", "true"),
    ("decimal", '<x:totalDigits value="4"/><x:fractionDigits value="2"/>', "20.25"),
    ("decimal", '<x:minInclusive value="0.3"/><x:maxInclusive value="500"/>', "0.3"),
    ("decimal", '<x:minExclusive value="0"/><x:maxExclusive value="10"/>', "9.999"),
    ("decimal", '<x:minInclusive value="-5"/><x:fractionDigits value="0"/>', "-5"),
    ("decimal", '<x:enumeration value="1.0"/><x:enumeration value="2"/>', "1.0"),
    ("float", "", "3.25"),
    ("double", "", "-17"),
    ("integer", '<x:totalDigits value="3"/>', "123"),
    *((kind, "", "12") for kind in ("long", "int", "short", "byte", "nonNegativeInteger")),
    *((kind, "", "12") for kind in ("positiveInteger", "unsignedLong", "unsignedInt")),
    *((kind, "", "12") for kind in ("unsignedShort", "unsignedByte")),
    ("nonPositiveInteger", "", "-12"),
    ("negativeInteger", "", "-12"),
    ("int", '<x:minInclusive value="1"/><x:maxInclusive value="6"/>', "6"),
    ("date", "", "2024-02-29"),
    ("date", '<x:minInclusive value="2000-01-01"/>', "2026-03-01+02:00"),
    ("date", '<x:maxExclusive value="2100-01-01"/>', "2026-03-01"),
    ("dateTime", '<x:minInclusive value="2000-01-01T00:00:00Z"/>', "2026-03-01T08:00:00Z"),
    ("dateTime", '<x:pattern value=".*(Z|[+\\-][0-9]{2}:[0-9]{2})"/>', "2026-03-01T08:00:00.5Z"),
    ("time", "", "23:59:59"),
    ("gYear", "", "2026"),
    ("gYearMonth", "", "2026-03"),
    ("language", "", "sv-SE"),
    ("NMTOKEN", "", "a.b"),
    ("Name", "", "ns:name"),
    ("NCName", "", "name"),
    ("string", '<x:length value="2"/>', "Åå"),
    ("string", '<x:minLength value="1"/><x:maxLength value="4"/>', "b\nc"),
    ("string", '<x:enumeration value="Ja"/><x:enumeration value="Nej"/>', "Ja"),
    ("string", '<x:pattern value="a*"/><x:pattern value="[0-9]{2}"/>', "12"),
    ("string", '<x:whiteSpace value="collapse"/><x:minLength value="1"/>', "a b"),
    ("string", '<x:whiteSpace value="replace"/>', " a "),
    ("token", '<x:pattern value="\\w\\w\\d+\\-.*"/>', "SE0000000000-OP1"),
)  # fmt: skip
# Nothing of these is ever proved.
DOUBTFUL = (
    *((kind, "") for kind in ("duration", "anyURI", "base64Binary", "hexBinary", "gDay", "ID")),
    ("time", '<x:minInclusive value="08:00:00"/>'),
    ("decimal", '<x:maxInclusive value="12345678901234567890"/>'),
    ("string", '<x:pattern value="[^a]*[^b]{2}"/>'),
    ("string", '<x:pattern value="(a|b){2}"/>'),
)
TEXTS = (
    *POOL, *(text for *_, text in PROVED), "127", "128", "-129", "32768", "2147483648",
    "4294967296", "-0", "+12", "123456789.1234567", "0.299999", "500.0", "2.0", "1", "2000-01-01",
    "1999-12-31", "1999-12-31-14:00", "1999-12-31T23:00:00-02:00", "2100-01-01", "2026-02-29",
    "1900-02-29", "2000-02-29", "24:00:00", "12:60:00", "2026-03-01T08:00:00+14:30", "9" * 400,
    "a" * 501, " Ja", "20.250", "1e2", "INF", "-1.5", "\u00a0a", "\u2003", "a\tb", "\U0001f600",
)  # fmt: skip


class Type:
    """A made type, as it is read from its schema and as both validators see it."""

    def __init__(self, base: str, facets: str) -> None:
        text = (
            f'<x:schema xmlns:x="{XSD}"><x:element name="v"><x:simpleType>'
            f'<x:restriction base="x:{base}">{facets}</x:restriction>'
            "</x:simpleType></x:element></x:schema>"
        )
        self._fast = etree.XMLSchema(parse(text.encode()))
        self._rich = xmlschema.XMLSchema10(text)
        self.model: Any = model_of(self._rich.elements["v"])

    def proved(self, texts: list[str]) -> list[bool]:
        check = check_of(self.model) if isinstance(self.model, SimpleType) else None
        if check is None:
            return [False] * len(texts)
        return (
            pl.Series("v", texts, dtype=pl.String)
            .to_frame()
            .select(check(pl.col("v")))["v"]
            .to_list()
        )

    def takes(self, text: str) -> bool:
        """Whether both validators take the text in a document."""
        escaped = escape(text, {"\r": "&#13;"})
        try:
            document = parse(f"<v>{escaped}</v>".encode())
        except UnsafeXml:
            return False
        return bool(self._fast.validate(document)) and bool(self._rich.is_valid(document))


def many_texts() -> list[str]:
    """Return some hundred values, usual ones and corrupted ones."""
    rnd = Random(5)
    changed = (change(rnd, text) for change in KINDS.values() for text in rnd.sample(TEXTS, 12))
    return [*dict.fromkeys((*TEXTS, *changed))]


@pytest.mark.parametrize(("base", "facets", "value"), PROVED)
def test_what_a_column_proves_of_a_value_both_validators_say_too(base, facets, value):
    made, texts = Type(base, facets), many_texts()
    wrong = [text for text, is_proved in zip(texts, made.proved(texts), strict=True)
             if is_proved and not made.takes(text)]  # fmt: skip
    assert wrong == []
    assert made.proved([value]) == [True]


@pytest.mark.parametrize(("base", "facets"), DOUBTFUL)
def test_what_cannot_be_compiled_soundly_proves_nothing(base, facets):
    assert not any(Type(base, facets).proved(many_texts()))


def test_together_these_are_ten_thousand_values():
    assert len(PROVED) * len(many_texts()) >= 10_000


CHARACTERS = st.sampled_from("abcxA019 _-.å€\n\u00a0\u2003\u0085")
ATOMS = st.sampled_from(
    [*"abxA0å_- :", r"\d", r"\w", r"\s", r"\S", r"\D", ".", r"\.", r"\-", r"\i", r"\c", r"\p{L}",
     r"\p{Lu}", "[a-c]", "[^a]", "[0-9A-Z]", "[^0-9]", r"[\w.]", r"[^\s]", r"[a\-]", "[-x]"]
)  # fmt: skip
QUANTIFIERS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,3}", "{2,}", "{0,2}"])
PIECES = st.builds(lambda atom, quantifier: atom + quantifier, ATOMS, QUANTIFIERS)
BRANCHES = st.lists(PIECES, min_size=1, max_size=4).map("".join)
PATTERNS = st.one_of(
    BRANCHES,
    st.builds("{}|{}".format, BRANCHES, BRANCHES),
    st.builds("{}({}|{}){}".format, BRANCHES, BRANCHES, BRANCHES, st.sampled_from(["", "?", "*"])),
)


@given(PATTERNS, st.lists(st.text(CHARACTERS, max_size=7), min_size=20, max_size=40))
def test_a_translated_pattern_matches_nothing_that_either_validator_refuses(pattern, texts):
    if translated(pattern) is None:
        return
    made = Type("string", f"<x:pattern value={quoteattr(pattern)}/>")
    wrong = [text for text, is_proved in zip(texts, made.proved(texts), strict=True)
             if is_proved and not made.takes(text)]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"(\w\w\d\d\d)|(\w\w\w\d\d)", "NFB49"),
        (r"[0-9]{1,2}[A-Za-z]{0,3}", "11C"),
        (r"\S(.*\S)?", "2600001"),
        (r"[A-Za-z0-9.+\-]{3,}", "M16.9"),
        (r"19[0-9]{2}|20[0-9]{2}", "2026"),
        (r"[A-ZÅÄÖ]{1,3}(-[0-9]+)*", "ÖNH-1-22"),
        (r"\p{Lu}\p{Ll}+", "Åsa"),
    ],
)
def test_the_patterns_of_contracts_are_translated(pattern, text):
    assert Type("string", f"<x:pattern value={quoteattr(pattern)}/>").proved([text]) == [True]


@pytest.mark.parametrize(
    "pattern",
    ["(a", "a)", "[a", "a{", "a{1", "a{x}", "a{2,1}", "a{,3}", "a{0}", "a{9999}", "*a", "\\", "\\q",
     "[z-a]", "[a-z-[aeiou]]", r"\P{L}", "[]", "a|*", r"[\D\W]"],
)  # fmt: skip
def test_a_pattern_that_is_not_understood_proves_nothing(pattern):
    assert translated(pattern) is None
