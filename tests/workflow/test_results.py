from dataclasses import replace

import pytest

from app.core.errors import WorkbenchError
from app.core.mapping import GroupLink, Link, Step, ValueMap
from app.workflow.load import read_tables
from app.workflow.results import link_results, value_counts
from app.workflow.views import ValueCount
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import make_desk

ROWS = (
    ("NR", "AE", "VIKT"),
    ("1", "A", "71,5"),
    ("2", "A", "tung"),
    ("3", "X", ""),
    ("4", "", "80"),
)
ACUTE = Link("V320", "op", ("AE",), (Step("value_map", (("name", "ae"),)),))
WEIGHT = Link("vikt", "op", ("VIKT",), (Step("decimal_comma"), Step("number")))
MAP = ValueMap("ae", (("A", "akut"),))


@pytest.fixture
def loaded(tmp_path):
    path = write_csv(tmp_path / "op.csv", ROWS)
    project = project_of(source(path, "NR"), links=(ACUTE, WEIGHT), value_maps=(MAP,))
    desk = make_desk(tmp_path / "d")
    read_tables(desk, project, str(tmp_path))
    return desk, project


def test_link_is_tried_on_the_loaded_export_before_it_is_approved(loaded):
    desk, project = loaded
    (weight,) = link_results(desk, project, ("vikt",))
    assert (weight.sample_in, weight.sample_out) == (("71,5",), "71.5")
    assert (weight.filled, weight.failed, weight.total) == (2, 1, 4)


def test_all_links_are_tried_when_none_is_named(loaded):
    desk, project = loaded
    assert {one.variable for one in link_results(desk, project)} == {"V320", "vikt"}


def test_codes_are_counted_with_what_they_are_mapped_to(loaded):
    desk, project = loaded
    assert value_counts(desk, project, "V320") == (
        ValueCount("A", 2, "akut", decided=True),
        ValueCount("X", 1, ""),
    )


def test_codes_of_a_link_without_a_map_are_counted_too(loaded):
    desk, project = loaded
    plain = project.with_link(replace(ACUTE, steps=()))
    assert [one.mapped for one in value_counts(desk, plain, "V320")] == ["", ""]


def test_only_the_rows_of_its_group_count_and_blanks_make_no_difference(tmp_path):
    rows = (("NR", "TYP", "ORS"), ("1", "S", "1 "), ("1", "S", "1"), ("2", "P", "9"))
    group = GroupLink("planering", "plan", "TYP", "S")
    link = Link("V445", "plan", ("ORS",), (Step("value_map", (("name", "why"),)),))
    case = source(write_csv(tmp_path / "op.csv", ROWS), "NR")
    plan = source(write_csv(tmp_path / "plan.csv", rows), "NR")
    project = project_of(case, plan, links=(link,), groups=(group,))
    desk = make_desk(tmp_path / "d")
    read_tables(desk, project, str(tmp_path))
    assert [(one.value, one.count) for one in value_counts(desk, project, "V445")] == [("1", 2)]


def test_variable_without_columns_has_no_codes(loaded):
    desk, project = loaded
    assert value_counts(desk, project, "V105") == ()
    constant = project.with_link(Link("V105", steps=(Step("constant", (("value", "SPOR"),)),)))
    assert value_counts(desk, constant, "V105") == ()


def test_results_before_anything_is_loaded_say_so(loaded, tmp_path):
    with pytest.raises(WorkbenchError) as caught:
        link_results(make_desk(tmp_path / "other"), loaded[1])
    assert caught.value.code == "not-analysed"
