"""Every code that the program makes has a sentence, and no code has two."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core import errors
from app.files.profile import load_shipped
from app.language.sentences import ROOMS, known_codes

ROOT = Path(__file__).parents[2]
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
# What else carries a code, and at which place.
CARRIERS = dict.fromkeys((*ERRORS, "Problem", "CertificateProblem", "_problem", "_warning"), 0)
CARRIERS |= {"Outcome": 3, "Place": 0, "broken": 1, "LadderRung": 3, "Rung": 2}
# Tables from which an error or an outcome takes its code.
TABLES = {
    "CLIENT_FAULTS",
    "_STATUS_FAULTS",
    "_WITH_MORE",
    "SERVER_FAULTS",
    "OWN_FAULTS",
    "REFUSALS",
    "codes",
}


def codes_in(path: Path) -> Iterator[tuple[str, str]]:
    """Return the codes that a file raises or gives, each with its place."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        for part in (*_of_call(node), *_of_table(node)):
            for one in ast.walk(part):
                if isinstance(one, ast.Constant) and CODE.fullmatch(str(one.value)):
                    yield str(one.value), f"{path.relative_to(ROOT)}:{one.lineno}"


def _of_call(node: ast.AST) -> list[ast.expr]:
    if not isinstance(node, ast.Call):
        return []
    place = CARRIERS.get(getattr(node.func, "id", getattr(node.func, "attr", "")))
    if place is None:
        return []
    return [*node.args[place : place + 1], *(k.value for k in node.keywords if k.arg == "code")]


def _of_table(node: ast.AST) -> list[ast.expr]:
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Dict):
        return []
    names = {getattr(target, "id", "") for target in node.targets}
    return node.value.values if names & TABLES else []


def keys_of(path: Path, table: str) -> list[str]:
    """Return the keys of a room's table as they are written, a repeated one twice."""
    keys: list[str] = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.AnnAssign | ast.AugAssign) and _named(node) == table:
            assert isinstance(node.value, ast.Dict)
            keys += [ast.literal_eval(key) for key in node.value.keys if key is not None]
    return keys


def _named(node: ast.AnnAssign | ast.AugAssign) -> str:
    return getattr(node.target, "id", "")


def test_every_code_that_is_raised_or_given_has_a_sentence():
    made = [one for path in (ROOT / "app").rglob("*.py") for one in codes_in(path)]
    assert len({code for code, _ in made}) > 100
    known = known_codes() | load_shipped("spor-4.1").rules_by_id.keys()
    assert [one for one in made if one[0] not in known] == []


@pytest.mark.parametrize("table", ["SENTENCES", "NAMES"])
def test_no_code_stands_in_two_tables_or_twice_in_one(table):
    files = [Path(str(room.__file__)) for room in ROOMS]
    counted = Counter(code for file in files for code in keys_of(file, table))
    assert counted
    assert [code for code, times in counted.items() if times > 1] == []
