"""The house rules no linter knows: small files, small functions, tests that mirror the rooms."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for top in ("app", "packaging") for path in (ROOT / top).rglob("*.py"))
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef
MACHINE_PATHS = re.compile(r"/(?:work|root|farm)/")


def _functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text("utf-8"))
    found = [node for node in ast.walk(tree) if isinstance(node, FUNCTION)]
    return [(f"{path.name}:{one.name}", (one.end_lineno or 0) - one.lineno + 1) for one in found]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_at_most_400_lines_and_a_function_at_most_40(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400
    assert [one for one in _functions(path) if one[1] > 40] == []


def test_nearly_all_functions_have_at_most_25_lines():
    lengths = sorted(length for path in SOURCES for _, length in _functions(path))
    assert lengths[int(len(lengths) * 0.95)] <= 25


def test_no_window_class_has_more_than_200_lines():
    for path in (ROOT / "app" / "gui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert (node.end_lineno or 0) - node.lineno < 200, f"{path.name}:{node.name}"


def test_every_source_file_with_code_is_mirrored_by_a_test_or_covered_by_its_room():
    for room in (
        "core",
        "engine",
        "files",
        "keystore",
        "transport",
        "journal",
        "stage",
        "workflow",
    ):
        assert list((ROOT / "tests" / room).glob("test_*.py")), room


def test_packaging_is_never_a_package():
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_no_path_of_one_machine_stands_in_the_project():
    texts = [*SOURCES, *(ROOT / "tests").rglob("*.py"), ROOT / "README.md", ROOT / "CHANGELOG.md"]
    mine = Path(__file__)
    for path in texts:
        assert path == mine or not MACHINE_PATHS.search(path.read_text("utf-8")), path


def test_no_interpolated_text_is_marked_for_translation():
    marked = re.compile(r"\b(?:_|N_|ngettext)\(\s*f[\"']")
    for path in SOURCES:
        assert not marked.search(path.read_text("utf-8")), path
