"""A property of the history: a thousand random edits, undone and redone, give the same bytes."""

import inspect
from random import Random

import pytest

from app.core.mapping import Project, Source
from app.files.project import read_project, to_text, write_project
from app.gui.document import Document
from app.gui.mapping import edits as mapping
from app.gui.source import edits as source
from app.workflow import shape, value_maps
from app.workflow.views import OpenProject
from tests.support.gui import PROJECT, shipped
from tests.support.random_edits import EDITS, Chance

CHANGES = 1000
EVERY = 25  # changes between two points whose file is recorded
MODULES = {"source": source, "mapping": mapping, "shape": shape, "value_maps": value_maps}


def _document() -> Document:
    document = Document()
    document.open(OpenProject(PROJECT, "/x/prov.sporproject", shipped()))
    return document


def _edit(document: Document, chance: Chance, changes: int) -> list[str]:
    """Make so many changes by edits drawn at random; return their names."""
    made: list[str] = []
    while len(made) < changes:
        name = chance.one(*EDITS)
        project = EDITS[name](chance, document.project)
        if project != document.project:
            document.change(f"{len(made)} {name}", project)
            made.append(name)
    return made


def _bytes(document: Document) -> bytes:
    return to_text(document.project).encode("utf-8")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_thousand_edits_undone_and_redone_give_the_same_bytes(qapp, seed):
    document, chance = _document(), Chance(seed, shipped())
    stack = document.undo_stack
    values, files = [document.project], {0: _bytes(document)}
    for count in range(1, CHANGES + 1):
        _edit(document, chance, 1)
        values.append(document.project)
        if count % EVERY == 0:
            files[count] = _bytes(document)
    assert stack.count() == CHANGES
    for count in range(CHANGES, -1, -1):
        stack.setIndex(count)
        assert document.project == values[count]
        if count in files:
            assert _bytes(document) == files[count]
    assert not document.is_modified
    for count in range(1, CHANGES + 1):
        stack.redo()
        assert document.project == values[count]
        if count in files:
            assert _bytes(document) == files[count]
    for count in Random(seed).sample(sorted(files), len(files)):
        stack.setIndex(count)  # a leap, as in the history panel
        assert _bytes(document) == files[count]


def test_what_is_written_is_read_back_the_same(qapp, tmp_path):
    document, chance = _document(), Chance(3, shipped())
    path = tmp_path / "prov.sporproject"
    for _point in range(20):
        _edit(document, chance, 10)
        write_project(document.project, path)
        assert path.read_bytes() == _bytes(document)
        assert to_text(read_project(path)).encode("utf-8") == path.read_bytes()


def test_every_edit_is_drawn_and_changes_something(qapp):
    made = set(_edit(_document(), Chance(4, shipped()), 2 * CHANGES))
    assert made == set(EDITS)


def test_no_edit_of_the_pages_is_left_out():
    for name, module in MODULES.items():
        for function, value in inspect.getmembers(module, inspect.isfunction):
            is_own = value.__module__ == module.__name__ and not function.startswith("_")
            gives = inspect.signature(value).return_annotation
            if is_own and ("Project" in str(gives) or gives is Source):
                assert f"{name}.{function}" in EDITS
    methods = {one for one in dir(Project) if one.startswith("with")}
    elsewhere = {"with_link", "without_link", "with_value_map", "with_source"}
    assert methods - elsewhere == {"with_rule", "without_rule"}
