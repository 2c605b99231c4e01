from pathlib import Path

import pytest

from app.assets import RESOURCES
from app.core.errors import Cancelled, ExportError, ProjectError
from app.core.mapping import LinkState, Project
from app.files.project import read_project
from app.workflow import projects
from app.workflow.load import read_tables
from app.workflow.projects import (
    move_project,
    new_project,
    open_project,
    open_sample,
    save_project,
)
from tests.support.files import write_csv, write_xlsx
from tests.support.loaded import base_of, sample_desk
from tests.support.workflow import make_desk

SAMPLE_FILES = tuple(str(path) for path in sorted((RESOURCES / "sample").glob("*.csv")))


def test_sample_is_copied_to_the_users_own_folder_once(tmp_path):
    desk, opened = sample_desk(tmp_path)
    assert opened.path == str(tmp_path / "sample" / "sample.sporproject")
    assert opened.profile.id == opened.project.profile
    changed = save_project(desk, opened.project.without_link("V310"), opened.path)
    assert open_sample(desk).path == changed
    assert open_sample(desk).project.link_of("V310") is None


def test_missing_sample_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(projects, "RESOURCES", tmp_path)
    with pytest.raises(ProjectError) as caught:
        open_sample(make_desk(tmp_path / "d"))
    assert caught.value.code == "sample-missing"


def test_saved_project_opens_as_it_was(tmp_path):
    desk, opened = sample_desk(tmp_path)
    path = save_project(desk, opened.project, str(tmp_path / "copy.sporproject"))
    assert open_project(desk, path).project == opened.project


def test_saving_to_a_folder_that_is_closed_to_us_says_so(tmp_path, monkeypatch):
    desk = make_desk(tmp_path)
    path = tmp_path / "prov.sporproject"
    found = Path.stat

    def stat(self, **options):
        if self == path:
            raise PermissionError(13, "Permission denied")
        return found(self, **options)

    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(ProjectError, match="project-locked"):
        save_project(desk, Project("Prov", "spor-4.1"), str(path))


def test_a_file_that_another_program_has_changed_is_not_replaced_unasked(tmp_path):
    desk, path = make_desk(tmp_path / "d"), tmp_path / "p.sporproject"
    save_project(desk, Project("ett", "spor-4.1"), str(path))
    path.write_text(path.read_text().replace("ett", "deras"))
    with pytest.raises(ProjectError) as caught:
        save_project(desk, Project("mitt", "spor-4.1"), str(path))
    assert (caught.value.code, caught.value.values) == ("project-changed", {"name": path.name})
    assert open_project(make_desk(tmp_path / "e"), str(path)).project.name == "deras"
    save_project(desk, Project("mitt", "spor-4.1"), str(path))  # told once, meant now
    assert open_project(desk, str(path)).project.name == "mitt"


def test_moved_project_finds_the_same_files(tmp_path):
    desk, opened = sample_desk(tmp_path / "d")
    (tmp_path / "annan").mkdir()
    target = str(tmp_path / "annan" / "flyttad.sporproject")
    moved = move_project(desk, opened.project, base_of(opened), target)
    assert moved.path == target
    views = read_tables(desk, moved.project, base_of(moved))
    assert [view.problem for view in views] == [None] * len(views)


def test_new_project_suggests_and_approves_nothing(tmp_path):
    desk = make_desk(tmp_path / "d")
    opened = new_project(desk, str(tmp_path / "Ny"), SAMPLE_FILES)
    project = opened.project
    assert read_project(tmp_path / "Ny.sporproject") == project
    assert project.case_table == "operationer"
    assert len(project.links) > 30
    assert {link.state for link in project.links} == {LinkState.SUGGESTED}
    assert project.used_links == ()
    assert {source.key for source in project.sources} == {"OPNR"}


def test_beginning_a_project_is_stopped_also_while_links_are_looked_for(tmp_path):
    desk = make_desk(tmp_path / "d")
    steps = []

    def stop(done, total, step=""):
        steps.append(step)
        if steps.count("suggesting") > 20:
            raise Cancelled

    with pytest.raises(Cancelled):
        new_project(desk, str(tmp_path / "Ny"), SAMPLE_FILES, progress=stop)
    assert not (tmp_path / "Ny.sporproject").exists()


def test_new_project_holds_no_patient_data(tmp_path):
    new_project(make_desk(tmp_path / "d"), str(tmp_path / "Ny"), SAMPLE_FILES)
    text = (tmp_path / "Ny.sporproject").read_text()
    table = (RESOURCES / "sample" / "operationer.csv").read_text("cp1252").splitlines()
    persons = {line.split(";")[1] for line in table[1:] if line.split(";")[1]}
    assert not [one for one in persons if one in text or one.replace("-", "") in text]


def test_new_project_never_replaces_one_that_exists(tmp_path):
    desk = make_desk(tmp_path / "d")
    new_project(desk, str(tmp_path / "Ny.sporproject"), SAMPLE_FILES[:1])
    before = (tmp_path / "Ny.sporproject").read_bytes()
    with pytest.raises(ProjectError) as caught:
        new_project(desk, str(tmp_path / "Ny"), SAMPLE_FILES)
    assert caught.value.code == "project-exists"
    assert (tmp_path / "Ny.sporproject").read_bytes() == before


def test_new_project_from_a_bad_file_writes_nothing(tmp_path):
    with pytest.raises(ExportError) as caught:
        new_project(make_desk(tmp_path / "d"), str(tmp_path / "Ny"), (str(tmp_path / "no.csv"),))
    assert caught.value.code == "file-missing"
    assert not (tmp_path / "Ny.sporproject").exists()


def test_new_project_without_files_is_an_empty_one(tmp_path):
    opened = new_project(make_desk(tmp_path / "d"), str(tmp_path / "Ny"), ())
    assert (opened.project.sources, opened.project.case_table) == ((), "")


def test_files_of_the_same_name_become_different_sources(tmp_path):
    rows = (("OPNR", "KOD"), ("1", "x"))
    first = write_csv(tmp_path / "data.csv", rows)
    second = write_xlsx(tmp_path / "data.xlsx", rows)
    opened = new_project(make_desk(tmp_path / "d"), str(tmp_path / "Ny"), (str(first), str(second)))
    assert [source.name for source in opened.project.sources] == ["data", "data-2"]


def test_opening_another_project_forgets_what_was_checked(tmp_path):
    desk, opened = sample_desk(tmp_path)
    desk.analysis = object()  # type: ignore[assignment]  # stands for a checked export
    open_project(desk, opened.path)
    assert desk.analysis is not None
    save_project(desk, opened.project.without_link("V310"), str(tmp_path / "other.sporproject"))
    open_project(desk, opened.path)
    assert desk.analysis is None
