"""Unsaved changes beside the project file."""

import os
from dataclasses import replace

import pytest

from app.core.mapping import Project
from app.files.project import read_project, write_project
from app.workflow.autosave import autosave, discard_autosave, discard_recovery, recovery_of
from app.workflow.projects import save_project
from tests.support.workflow import make_desk

SAVED = Project("Sjukhuset", "spor-4.1")
CHANGED = replace(SAVED, notes="ändrat")


@pytest.fixture
def desk(tmp_path):
    return make_desk(tmp_path / "data")


@pytest.fixture
def path(tmp_path):
    place = tmp_path / "sjukhuset.sporproject"
    write_project(SAVED, place)
    return place


def _age(path, seconds):
    at = path.stat().st_mtime + seconds
    os.utime(path, (at, at))


def test_it_lies_beside_the_file_and_leaves_the_file_alone(desk, path):
    written = autosave(desk, CHANGED, str(path))
    assert written == str(path.with_name(".sjukhuset.sporproject.autosave"))
    assert read_project(path) == SAVED
    found = recovery_of(desk, str(path))
    assert found is not None
    assert (found.path, found.project) == (str(path), CHANGED)
    assert found.saved.tzinfo is not None


def test_nothing_is_recovered_where_nothing_was_lost(desk, path):
    assert recovery_of(desk, str(path)) is None
    autosave(desk, SAVED, str(path))
    assert recovery_of(desk, str(path)) is None


def test_saving_leaves_nothing_to_recover_even_when_the_program_ends_at_once(desk, path):
    autosave(desk, CHANGED, str(path))
    save_project(desk, replace(CHANGED, notes="ändrat mer"), str(path))
    assert recovery_of(desk, str(path)) is None


def test_changes_that_another_saving_passed_by_are_offered_with_its_time(desk, path):
    autosave(desk, CHANGED, str(path))
    first = recovery_of(desk, str(path))
    assert first is not None
    assert first.passed is None
    write_project(replace(SAVED, notes="en kollegas"), path)  # by a version control, for instance
    _age(path, 60)
    found = recovery_of(desk, str(path))
    assert found is not None
    assert found.project == CHANGED
    assert found.passed is not None
    assert found.passed > found.saved


def test_one_that_nobody_has_answered_for_is_put_aside(desk, path):
    autosave(desk, CHANGED, str(path))
    first = recovery_of(desk, str(path))
    autosave(desk, SAVED, str(path))
    discard_autosave(desk, str(path))
    _age(path, 60)
    again = recovery_of(desk, str(path))
    assert first is not None
    assert again is not None
    assert first.project == again.project == CHANGED


def test_of_two_the_newer_is_offered(desk, path):
    autosave(desk, CHANGED, str(path))
    recovery_of(desk, str(path))
    newer = replace(SAVED, notes="ändrat igen")
    autosave(desk, newer, str(path))
    found = recovery_of(desk, str(path))
    assert found is not None
    assert found.project == newer


def test_a_damaged_autosave_is_none(desk, path):
    path.with_name(f".{path.name}.autosave").write_text("name = [")
    _age(path.with_name(f".{path.name}.autosave"), 5)
    assert recovery_of(desk, str(path)) is None


def test_thrown_away_it_is_gone(desk, path):
    autosave(desk, CHANGED, str(path))
    recovery_of(desk, str(path))
    autosave(desk, CHANGED, str(path))
    for _again in range(2):
        discard_recovery(desk, str(path))
        discard_autosave(desk, str(path))
    assert [one.name for one in path.parent.glob(".*")] == []
