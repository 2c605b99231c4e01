"""Nothing in the program names an element, a V-number, a code or a limit of the register.

Whatever the shipped profile says, in both of its readings, is sought in the program: in every name
and every text but the docstrings. What may stay is named here with its reason.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import app
from app.core.register import Element, Profile
from app.files.profile import load_shipped
from tests.support.profile import PROFILE_ID

HOME = Path(str(app.__file__)).parent
FILES = sorted(HOME.rglob("*.py"))

LOOKS = ("workflow/content.py", "workflow/shape.py", "gui/widgets/looks.py")
STEPS = (
    "core/conversion.py", "engine/columns.py", "language/codes_conversion.py",
    "language/conversion_words.py",
)  # fmt: skip
PAGES = ("gui/acceptance/steps.py", "stage/portal.py")

# What may stay, why, and where: () for anywhere.
ALLOWED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "SPOR": ("the register's own name, in sentences and in the program's name", ()),
    "patient": ("an everyday word of our sentences and codes", ()),
    "operation": ("an everyday word, and the word of WSDL for a service's method", ()),
    "behandlingsnummer": ("what our users call a case's number, in sentences", ()),
    "OK": ("our exit code, and the word of HTTP and of buttons", ()),
    "ERROR": ("the tier of rejected cases is explained with the guide's word", ()),
    "11": ("the number in PKCS#11, the standard of keys on tokens", ()),
    "12": ("a number of digits or months", ()),
    "[0-9]{12}": (
        "Skatteverket's form of a person's number, in any register",
        ("core/identity.py",),
    ),
    "kva": (
        "a national code system told by its form, whatever the register",
        (*LOOKS, *STEPS, "core/conversions/kva.py"),
    ),
    "icd": (
        "a national code system told by its form, whatever the register",
        (*LOOKS, *STEPS, "core/conversions/icd.py"),
    ),
    "Skapade": ("what a person reads in the journal; a heading of the stage's page", PAGES),
    "Uppdaterade": ("what a person reads in the journal; a heading of the stage's page", PAGES),
}
A_NUMBER = re.compile(r"\bV[0-9]{3}\b")
A_LIMIT = re.compile(r"\b(?:05:15|06:00|05:00|17[:.]00)\b")
WORD = re.compile(r"[\wåäöÅÄÖ]+")
SHORTEST = 2  # a code of one sign says nothing
IN_SWEDISH = {"created_text", "updated_text", "rejected_text", "unknown_system_text"}
TELLING = 5  # shorter words of a message are everyday ones


def elements(element: Element) -> Iterator[str]:
    yield element.name
    for child in element.children:
        yield from elements(child)


def facets(element: Element) -> Iterator[str]:
    """Yield the patterns and listed values of the schema."""
    yield from (value for _, value in element.facets if not value.isdecimal())
    for child in element.children:
        yield from facets(child)


def literals(condition: str) -> Iterator[str]:
    """Yield the codes, forms and days that a condition is written with."""
    for node in ast.walk(ast.parse(condition or "0", mode="eval")):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def named_by(profile: Profile) -> Iterator[str]:
    """Yield whatever the profile names that the program may not know."""
    yield from (*elements(profile.root), *facets(profile.root))
    if profile.answer is not None:
        yield from elements(profile.answer.root)
        yield from (profile.answer.accepted, profile.answer.rejected)
    yield from (*profile.by_id, *profile.rules_by_id)
    yield from (*(one.id for one in profile.groups), *(one.id for one in profile.verdicts))
    yield from (*(one.id for one in profile.code_lists), *(one.id for one in profile.definitions))
    yield from (*(one.id for one in profile.phases), *(one.id for one in profile.counts))
    yield from (code.code for code in profile.codes if len(code.code) >= SHORTEST)
    yield from (code.text.sv for code in profile.codes if len(code.text.sv) > SHORTEST)
    conditions = (
        *(rule.condition for rule in profile.rules),
        *(verdict.condition for verdict in profile.verdicts),
        *(phase.condition for phase in profile.phases),
        *(one.condition for one in profile.counts),
        *(definition.condition for definition in profile.definitions),
    )
    yield from (text for condition in conditions for text in literals(condition))
    for message in profile.messages:
        yield message.wording
        if message.id in IN_SWEDISH:
            plain = re.sub(r"{\w+}", "", message.wording)
            yield from (word for word in WORD.findall(plain) if len(word) > TELLING)
    yield from (row.pattern for row in profile.registers)
    yield from (row.id for row in profile.registers)
    yield from (text for text in profile.settings.values() if len(text) >= SHORTEST)
    yield from (profile.namespace, *(one.address for one in profile.entrances if one.address))


@cache
def facts() -> frozenset[str]:
    readings = (load_shipped(PROFILE_ID), load_shipped(f"{PROFILE_ID}:R2"))
    return frozenset(name for profile in readings for name in named_by(profile))


def said_in(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every name and text of a module with its line, without the docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Constant(value=str(text)) if id(node) not in docstrings:
                yield line, text
            case ast.Name():
                yield line, node.id
            case ast.Attribute():
                yield line, node.attr
            case ast.arg() | ast.keyword() if node.arg:
                yield line, node.arg
            case ast.FunctionDef() | ast.ClassDef():
                yield line, node.name


def is_allowed(fact: str, file: str) -> bool:
    where = ALLOWED[fact][1] if fact in ALLOWED else None
    return where is not None and (not where or file in where)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_a_module_names_nothing_of_the_register(path):
    file = path.relative_to(HOME).as_posix()
    found = [
        (line, fact)
        for line, text in said_in(ast.parse(path.read_text(encoding="utf-8")))
        for fact in {text, *WORD.findall(text)} & facts() | set(A_NUMBER.findall(text))
        if not is_allowed(fact, file)
    ]
    assert found == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_a_module_holds_none_of_the_registers_limits(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [text for _, text in said_in(tree) if A_LIMIT.search(text)] == []


def test_what_is_allowed_is_a_fact_and_still_said_where_it_may_be():
    said = {
        path.relative_to(HOME).as_posix(): {
            word
            for _, text in said_in(ast.parse(path.read_text(encoding="utf-8")))
            for word in {text, *WORD.findall(text)}
        }
        for path in FILES
    }
    assert set(ALLOWED) <= facts()
    for fact, (_, files) in ALLOWED.items():
        assert any(fact in words for words in said.values())
        assert [file for file in files if fact not in said[file]] == []


def test_the_facts_that_are_sought_are_the_profiles():
    assert {"strykning", "resultCode", "V445", "11C", "A534", "storningstyp"} <= facts()
    assert "Skapade: {case}" in facts()
    assert len(facts()) > 250
