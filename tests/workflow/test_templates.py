"""Templates: a mapping without its hospital, put to another hospital's export."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import ProjectError
from app.core.mapping import (
    Blocking,
    Duplicates,
    Keep,
    Link,
    LinkState,
    Project,
    Source,
    Step,
    ValueMap,
)
from app.workflow.load import read_tables
from app.workflow.projects import open_project
from app.workflow.templates import (
    apply_template,
    as_template,
    export_template,
    import_template,
    new_from_template,
    remove_template,
    save_template,
    templates,
)
from tests.support.loaded import base_of, project_of, sample_desk
from tests.support.workflow import make_desk

TEST_PERSON = "191212121212"


@pytest.fixture
def desk(tmp_path):
    return make_desk(tmp_path / "data")


def _project(folder, table="besok", columns=("Nr", "Kon", "Vikt kg"), links=None):
    """Return a project over one small table, read from disk."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows([columns, *(("7", "K", "70") for _row in range(3))])
    source = Source(table, f"{table}.csv", columns[0], shape=tuple(columns))
    project = project_of(source)
    for link in links or ():
        project = project.with_link(link)
    return project


def _link(project: Project, variable: str) -> Link:
    found = project.link_of(variable)
    assert found is not None
    return found


def _map(project: Project, name: str) -> ValueMap:
    found = project.value_map_of(name)
    assert found is not None
    return found


LINKS = (
    Link("behandlingsnummer", "besok", ("Nr",), (), LinkState.APPROVED),
    Link("vikt", "besok", ("Vikt kg",), (Step("number"),), LinkState.APPROVED, note="vägd",
         decided_by="Eva", decided_on="2026-01-02"),
)  # fmt: skip


def test_a_template_holds_nothing_of_the_hospital(tmp_path):
    project = replace(
        _project(tmp_path, links=LINKS),
        notes="Ring Eva",
        settings=(("ansvarig", "Eva"),),
        blocking=Blocking("Kon", "K"),
        value_maps=(ValueMap("m", (("1", "a"), (TEST_PERSON, "b"))),),
    )
    project = project.with_link(
        Link("SystemId", "", (), (Step("constant", (("value", "SE0000000000-ABC"),)),))
    )
    template = as_template(project, "Orbit", {})
    source = template.sources[0]
    assert (template.name, template.notes, template.settings) == ("Orbit", "", ())
    assert (source.path, source.more, source.shape) == ("", (), ("Nr", "Kon", "Vikt kg"))
    assert template.blocking == Blocking("Kon", "K")
    assert {link.decided_by for link in template.links} == {""}
    assert template.value_maps[0].entries == (("1", "a"),)
    assert _link(template, "SystemId").steps[0].option("value") == ""
    assert _link(template, "vikt").note == "vägd"


def test_a_template_is_kept_listed_and_forgotten(desk, tmp_path):
    project = _project(tmp_path, links=LINKS)
    entry = save_template(desk, project, "Orbit 5")
    assert (entry.tables, entry.links) == (("besok",), 2)
    assert templates(desk) == (entry,)
    (desk.data / "templates" / "trasig.sportemplate").write_text("x = [")
    assert templates(desk) == (entry,)
    remove_template(desk, "Orbit 5")
    assert templates(desk) == ()
    with pytest.raises(ProjectError, match="template-missing"):
        apply_template(desk, project, "Orbit 5")


@pytest.mark.parametrize("name", ["", "../ut", "a/b", "con", ".gömd", "slut.", "x" * 81])
def test_a_name_that_some_system_refuses_is_refused(desk, tmp_path, name):
    with pytest.raises(ProjectError, match="template-name"):
        save_template(desk, _project(tmp_path, links=LINKS), name)


def test_a_project_without_links_is_no_template(desk, tmp_path):
    with pytest.raises(ProjectError, match="template-empty"):
        save_template(desk, _project(tmp_path), "Tom")


def test_the_same_export_takes_everything_as_a_suggestion(tmp_path):
    desk, opened = sample_desk(tmp_path / "data")
    save_template(desk, opened.project, "Exempel")
    files = tuple(str(Path(base_of(opened)) / one.path) for one in opened.project.sources)
    begun = new_from_template(desk, str(tmp_path / "ny.sporproject"), files, "Exempel")
    made, former = begun.opened.project, opened.project
    mine = {one.variable: (one.table, one.columns, one.steps) for one in made.links}
    for link in former.links:
        if link.variable in begun.applied.kept:
            assert mine[link.variable] == (link.table, link.columns, link.steps)
    assert len(begun.applied.kept) == len(former.links) - 1
    assert {link.state for link in made.links} == {LinkState.SUGGESTED}
    assert _link(made, "V310").reasons == ("template",)
    assert set(made.groups) == set(former.groups)
    assert made.case_table == former.case_table
    codes = [task.code for task in begun.applied.tasks]
    assert codes == ["template-blocking-check", "template-own-value"]
    assert open_project(desk, begun.opened.path).project == made


def test_columns_called_a_little_differently_are_found_or_guessed(desk, tmp_path):
    save_template(desk, _project(tmp_path, links=LINKS), "T")
    other = _project(tmp_path / "annat", "vard", ("NR", "KON", "Vikt_i_kg"))
    applied = apply_template(desk, other, "T")
    assert _link(applied.project, "behandlingsnummer").columns == ("NR",)
    weight = _link(applied.project, "vikt")
    assert (weight.table, weight.columns) == ("vard", ("Vikt_i_kg",))
    assert weight.score < 100
    assert [one.code for one in applied.tasks] == ["template-column-renamed"]
    assert dict(applied.tasks[0].values) == {
        "column": "Vikt kg", "now": "Vikt_i_kg", "table": "vard"
    }  # fmt: skip


def test_what_does_not_fit_is_work(desk, tmp_path):
    strange = Link("V999999", "besok", ("Nr",), (), LinkState.APPROVED)
    gone = Source("extra", "extra.csv", "X", shape=("X", "Y"))
    project = _project(tmp_path, links=(*LINKS, strange, Link("V320", "extra", ("Y",))))
    save_template(desk, replace(project, sources=(*project.sources, gone)), "T")
    applied = apply_template(desk, _project(tmp_path / "annat", columns=("Nr", "Kon")), "T")
    assert applied.kept == ("behandlingsnummer",)
    assert sorted(one.code for one in applied.tasks) == [
        "template-column-missing",
        "template-table-missing",
        "template-variable-unknown",
    ]
    assert applied.project.link_of("V320") is None


def test_tables_with_the_same_columns_are_told_apart_by_their_names(desk, tmp_path):
    shape = ("Nr", "Typ", "Kod")
    ours = tuple(Source(one, f"{one}.csv", "Nr", shape=shape) for one in ("diagnoser", "opkoder"))
    theirs = tuple(
        Source(one, f"{one}.csv", "Nr", shape=shape) for one in ("opkod_2026", "diagnos_2026")
    )
    link = Link("operationskod", "opkoder", ("Kod",), (), LinkState.APPROVED)
    save_template(desk, project_of(*ours).with_link(link), "T")
    made = apply_template(desk, project_of(*theirs), "T").project
    assert _link(made, "operationskod").table == "opkod_2026"


def test_conditions_and_lookups_follow_their_columns(desk, tmp_path):
    steps = (
        Step("only_when", (("column", "Kon"), ("value", "K"))),
        Step("lookup", (("table", "salar"), ("key", "Kod"), ("column", "Namn"))),
    )
    link = Link("vikt", "besok", ("Vikt kg",), steps, LinkState.APPROVED)
    rooms = Source("salar", "salar.csv", "Kod", shape=("Kod", "Namn"))
    project = _project(tmp_path, links=(link,))
    save_template(desk, replace(project, sources=(*project.sources, rooms)), "T")
    other = _project(tmp_path / "annat", "vard", ("NR", "KON", "VIKT KG"))
    halls = Source("lokaler", "lokaler.csv", "KOD", shape=("KOD", "NAMN"))
    made = apply_template(desk, replace(other, sources=(*other.sources, halls)), "T").project
    first, second = _link(made, "vikt").steps
    assert first.option("column") == "KON"
    assert second == Step("lookup", (("table", "lokaler"), ("key", "KOD"), ("column", "NAMN")))
    alone = apply_template(desk, other, "T")
    assert alone.kept == ()
    assert [one.code for one in alone.tasks] == ["template-column-missing"]


def test_what_a_person_has_decided_stays(desk, tmp_path):
    project = _project(tmp_path, links=LINKS)
    save_template(desk, project, "T")
    mine = _project(tmp_path, links=(Link("vikt", "besok", ("Kon",), (), LinkState.APPROVED),))
    applied = apply_template(desk, mine, "T")
    assert _link(applied.project, "vikt").columns == ("Kon",)
    assert applied.kept == ("behandlingsnummer",)
    assert applied.tasks == ()


def test_a_value_map_in_use_keeps_its_name(desk, tmp_path):
    step = Step("value_map", (("name", "kön"),))
    mapped = Link("vikt", "besok", ("Kon",), (step,), LinkState.APPROVED)
    theirs = _project(tmp_path, links=(mapped,)).with_value_map(ValueMap("kön", (("K", "1"),)))
    save_template(desk, theirs, "T")
    mine = _project(tmp_path, links=(replace(mapped, variable="V320"),))
    mine = mine.with_value_map(ValueMap("kön", (("M", "2"),)))
    project = apply_template(desk, mine, "T").project
    assert _map(project, "kön").entries == (("M", "2"),)
    name = _link(project, "vikt").steps[0].option("name")
    assert name == "kön 2"
    assert _map(project, name).entries == (("K", "1"),)


def test_keys_and_duplicates_follow(desk, tmp_path):
    project = _project(tmp_path, links=LINKS)
    source = replace(project.sources[0], key_more=("Kon",))
    project = replace(project.with_source(source), duplicates=Duplicates(Keep.LAST, "Vikt kg"))
    save_template(desk, project, "T")
    other = _project(tmp_path / "annat", "vard", ("VIKT KG", "kon", "nr"))
    made = apply_template(desk, other, "T").project
    assert made.sources[0].keys == ("nr", "kon")
    assert made.duplicates == Duplicates(Keep.LAST, "VIKT KG")


def test_how_patients_decline_is_never_taken_for_granted(desk, tmp_path):
    project = replace(_project(tmp_path, links=LINKS), blocking=Blocking("Kon", "K"))
    save_template(desk, project, "T")
    found = apply_template(desk, _project(tmp_path / "a", columns=("NR", "KON", "VIKT KG")), "T")
    assert found.project.blocking == Blocking("KON", "K")
    assert [one.code for one in found.tasks] == ["template-blocking-check"]
    lost = apply_template(desk, _project(tmp_path / "b", columns=("Nr", "Vikt kg", "X")), "T")
    assert lost.project.blocking == Blocking()
    assert [one.code for one in lost.tasks] == ["template-blocking-missing"]


def test_the_loaded_columns_are_known_without_a_shape(desk, tmp_path):
    project = _project(tmp_path, links=LINKS)
    bare = project.with_source(replace(project.sources[0], shape=()))
    read_tables(desk, bare, str(tmp_path))
    save_template(desk, bare, "T")
    assert set(apply_template(desk, replace(bare, links=()), "T").kept) == {
        "behandlingsnummer",
        "vikt",
    }


def test_a_template_is_given_to_a_colleague(desk, tmp_path):
    save_template(desk, _project(tmp_path, links=LINKS), "T")
    path = export_template(desk, "T", str(tmp_path / "till Eva"))
    assert path.endswith("till Eva.sportemplate")
    other = make_desk(tmp_path / "Evas")
    assert import_template(other, path).name == "till Eva"
    assert import_template(other, path, "Orbit").links == 2
    assert [one.name for one in templates(other)] == ["Orbit", "till Eva"]


def test_the_condition_of_a_constant_names_the_columns_of_this_export(desk, tmp_path):
    asked = (("column", "Kon"), ("test", "is"), ("value", "K"))
    steps = (Step("constant", (("value", "x"),)), Step("only_when", asked))
    constant = Link("illamaende", "", (), steps, LinkState.APPROVED)
    save_template(desk, _project(tmp_path / "a", links=(*LINKS, constant)), "Orbit")
    other = _project(tmp_path / "b", "visits", ("NR", "KON", "VIKT_KG"))
    applied = apply_template(desk, other, "Orbit").project
    moved = _link(applied, "illamaende")
    assert (moved.steps[1].option("column"), moved.state) == ("KON", LinkState.SUGGESTED)
    without = apply_template(desk, _project(tmp_path / "c", "x", ("Nr", "Vikt kg")), "Orbit")
    assert without.project.link_of("illamaende") is None
    assert "template-column-missing" in {one.code for one in without.tasks}
