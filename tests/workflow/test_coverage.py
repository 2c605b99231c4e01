from dataclasses import replace

import pytest

from app.core.mapping import Link, LinkState, Step, ValueMap
from app.workflow.analyse import analyse
from app.workflow.coverage import coverage
from app.workflow.coverage_views import Share
from app.workflow.load import read_tables
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import make_desk

ROWS = (("NR", "AE", "PNR"), ("1", "A", "x"), ("2", "A", "x"), ("3", "X", "x"), ("4", "", "x"))
ACUTE = Link(
    "V320", "op", ("AE",), (Step("value_map", (("name", "ae"),)),), state=LinkState.APPROVED
)
MAP = ValueMap("ae", (("A", "akut"),))


@pytest.fixture
def loaded(tmp_path):
    path = write_csv(tmp_path / "op.csv", ROWS)
    project = project_of(source(path, "NR"), links=(ACUTE,), value_maps=(MAP,))
    desk = make_desk(tmp_path / "d")
    read_tables(desk, project, str(tmp_path))
    return desk, project, str(tmp_path)


def test_what_every_case_needs_is_counted_by_section(loaded):
    desk, project, _ = loaded
    found = coverage(desk, project)
    needed = [one for one in desk.profile().variables if one.mandatory == "yes" and one.is_bound]
    assert found.mandatory == Share(1, len(needed))
    requested = next(one for one in found.sections if one.section == "anmalan")
    assert requested.mandatory.done == 1
    assert requested.linked.done == requested.approved.done == 1
    assert sum(one.mandatory.total for one in found.sections) == len(needed)


def test_a_value_map_is_whole_when_it_knows_every_code_that_occurs(loaded):
    desk, project, _ = loaded
    found = coverage(desk, project)
    assert found.maps == Share(0, 1)
    assert found.values == Share(2, 3)
    whole = project.with_value_map(replace(MAP, entries=(("A", "akut"), ("X", ""))))
    assert coverage(desk, whole).maps == Share(1, 1)
    assert coverage(desk, whole).values.is_whole


def test_cases_count_by_how_far_they_have_come_once_they_were_checked_so(loaded):
    desk, project, base = loaded
    assert coverage(desk, project).passing is None
    analyse(desk, project, base)
    found = coverage(desk, project)
    assert found.passing == Share(0, 4)  # nothing but one variable is mapped
    assert sum(one.passing.total for one in found.phases) == 4
    changed = project.without_link("V320")
    assert coverage(desk, changed).passing is None


def test_what_waits_for_approval_is_told_apart(loaded):
    desk, project, _ = loaded
    waiting = project.with_link(replace(ACUTE, state=LinkState.SUGGESTED))
    assert coverage(desk, waiting).approved == Share(0, 1)
    assert coverage(desk, waiting).mandatory.done == 1
