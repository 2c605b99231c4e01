"""What a change of the register profile means for the sample hospital."""

from dataclasses import replace
from itertools import count

import pytest

from app.core.mapping import Link, LinkState, Step
from app.language.codes_profile_diff import NAMES, SENTENCES
from app.workflow.load import load_export
from app.workflow.profile_compare import compare_profiles, other_readings, profile_at
from tests.support.loaded import base_of, sample_desk
from tests.support.made_profile import MadeProfile
from tests.support.planted import PLANTED
from tests.support.profile import PROFILE_ID


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """A desk with the sample hospital's export loaded, and its project."""
    desk, opened = sample_desk(tmp_path_factory.mktemp("desk"))
    load_export(desk, opened.project, base_of(opened))
    return desk, opened.project


@pytest.fixture
def meant(loaded, tmp_path):
    """What some plants mean for the project: per change its effect, work and values."""
    numbers = count()

    def compare(*plants: str, project=None):
        made = MadeProfile(tmp_path / str(next(numbers)))
        for name in plants:
            PLANTED[name][0](made)
        made.load()
        desk, own = loaded
        diff = compare_profiles(desk, PROFILE_ID, str(made.folder), project or own)
        assert diff.counted
        return [(one.effect, one.work, dict(one.values)) for one in diff.changes]

    return compare


def counted_by_hand(loaded, column: str, values: set[str]) -> int:
    desk, _ = loaded
    cells = desk.export.tables["operationer"][column].to_list()
    return sum(cell in values for cell in cells)


def test_codes_that_are_gone_name_the_cases_and_the_value_maps_that_use_them(meant, loaded):
    ((effect, work, values),) = meant("two_codes_are_gone")
    assert (effect, work) == ("effect-codes-gone-mapped", True)
    assert values["variables"] == "V325"
    assert values["count"] == "2"
    assert int(values["cases"]) == counted_by_hand(loaded, "AKPRIO", {"24", "7D"}) > 0
    assert values["maps"] == "24 → inom24h, 7D → inom7d"


def test_a_lost_variable_loses_its_link_and_says_how_many_values_are_no_longer_sent(meant):
    ((effect, work, values),) = meant("a_variable_is_gone_with_its_element")
    assert (effect, work) == ("effect-link-lost", True)
    assert int(values["cases"]) > 0


def test_a_variable_without_an_element_keeps_its_link_and_is_not_sent(meant):
    ((effect, work, _),) = meant("a_variable_loses_its_element")
    assert (effect, work) == ("effect-not-sent", True)


def test_a_new_mandatory_variable_wants_a_link_and_an_optional_one_does_not(meant):
    found = meant("a_new_mandatory_variable", "a_new_variable_without_an_element")
    assert [one[:2] for one in found] == [
        ("effect-link-missing", True),
        ("effect-link-possible", False),
    ]


def test_a_number_for_a_term_moves_its_link(meant):
    ((effect, work, values),) = meant("a_term_gets_its_number")
    assert (effect, work) == ("effect-link-renamed", True)
    assert values == {"before": "antibiotikaprofylax", "after": "V600"}


def test_a_tighter_bound_counts_the_values_that_no_longer_fit(meant, loaded):
    ((effect, work, values),) = meant("a_bound_is_tighter")
    desk, _ = loaded
    cells = desk.export.tables["operationer"]["VKT"].to_list()
    heavy = sum(float(cell.replace(",", ".")) > 100 for cell in cells if cell)
    assert (effect, work) == ("effect-values-refused", True)
    assert int(values["cases"]) == heavy


def test_a_demand_counts_the_cases_that_lack_the_value(meant, loaded):
    _, project = loaded
    without = replace(project, links=tuple(x for x in project.links if x.variable != "V335"))
    assert meant("an_element_may_not_be_missing")[0][2]["cases"] == "0"
    found = meant("an_element_may_not_be_missing", project=without)
    assert [one[:2] for one in found] == [("effect-link-missing", True)]


def test_a_value_that_a_link_makes_missing_is_counted_as_lacking(meant, loaded):
    _, project = loaded
    gone = Step("missing_when", (("values", "SV|DK|PO|OV|IVA"),))
    link = next(one for one in project.links if one.variable == "V335")
    empty = project.with_link(replace(link, steps=(gone, *link.steps)))
    ((effect, work, values),) = meant("an_element_may_not_be_missing", project=empty)
    assert (effect, work, values["cases"]) == ("effect-values-missing", True, "400")


def test_a_rule_says_how_many_cases_break_it_before_and_after(meant):
    ((effect, _, values),) = meant("a_rule_has_a_tighter_limit")
    assert effect == "effect-rule-changed"
    assert int(values["before"]) <= int(values["cases"])
    ((effect, work, values),) = meant("a_rule_is_gone")
    assert (effect, work) == ("effect-rule-gone", False)


def test_a_repeated_part_with_a_limit_counts_the_cases_with_more(meant):
    ((effect, work, values),) = meant("a_repeated_element_has_a_limit")
    assert effect == "effect-too-many"
    assert work is (int(values["cases"]) > 0)


@pytest.mark.parametrize(
    "plant",
    ["an_element_is_renamed", "an_element_moves_to_another_part", "another_namespace"],
)
def test_what_the_program_follows_by_itself_is_no_work(meant, plant):
    assert [one[:2] for one in meant(plant)] == [("effect-followed", False)]


@pytest.mark.parametrize(
    "plant", ["a_variable_has_another_name", "a_section_has_another_name", "a_length_is_wider"]
)
def test_other_words_and_looser_limits_mean_nothing(meant, plant):
    assert [one[:2] for one in meant(plant)] == [("effect-nothing", False)]


def test_every_effect_kind_and_field_has_words(loaded, tmp_path):
    made = MadeProfile(tmp_path)
    for plant, _ in PLANTED.values():
        plant(made)
    made.load()
    desk, project = loaded
    diff = compare_profiles(desk, PROFILE_ID, str(made.folder), project)
    for view in diff.changes:
        assert view.effect in SENTENCES
        assert f"change-{view.change.kind}" in NAMES
        assert f"subject-{view.change.subject}" in NAMES
        assert not view.change.field or f"field-{view.change.field}" in NAMES
    assert sum(view.work for view in diff.changes) >= 6


def test_without_an_export_nothing_is_counted_and_the_links_are_still_judged(tmp_path):
    desk, opened = sample_desk(tmp_path)
    made = MadeProfile(tmp_path / "made")
    PLANTED["two_codes_are_gone"][0](made)
    made.load()
    diff = compare_profiles(desk, PROFILE_ID, str(made.folder), opened.project)
    (view,) = diff.changes
    assert not diff.counted
    assert "cases" not in dict(view.values)
    assert view.work
    assert compare_profiles(desk, PROFILE_ID, str(made.folder)).changes[0].effect == ""


def test_an_export_that_lacks_what_the_mapping_needs_is_not_counted(loaded):
    desk, project = loaded
    link = Link("smarta", "operationer", ("NOT THERE",), (), LinkState.APPROVED)
    diff = compare_profiles(desk, PROFILE_ID, f"{PROFILE_ID}:R2", project.with_link(link))
    assert diff.changes
    assert not diff.counted


def test_a_profile_is_found_by_id_or_by_folder_and_so_are_its_other_readings(loaded):
    desk, _ = loaded
    profile = profile_at(desk, PROFILE_ID)
    assert profile_at(desk, str(profile.xsd).rpartition("/")[0]).id == profile.id
    assert [one.reading for one in other_readings(desk, profile)] == ["R2"]


def test_another_unit_and_a_code_that_ends_count_the_cases_they_meet(meant, loaded):
    found = meant("a_variable_in_another_unit", "a_code_ends_on_a_day")
    assert [one[:2] for one in found] == [("effect-unit", True), ("effect-code-ends", True)]
    assert all(int(values["cases"]) > 0 for _, _, values in found)


def test_other_elements_of_the_answer_are_followed(meant):
    assert [one[:2] for one in meant("the_answer_has_its_text_elsewhere")] == [
        ("effect-followed", False)
    ]
