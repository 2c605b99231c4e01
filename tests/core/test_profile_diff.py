"""What changed between two profiles: every planted change is named, and no other."""

import ast

import pytest

from app.core.profile_diff import ChangeKind, compare
from app.core.profile_strictness import of_base, of_condition, of_facet
from app.files.profile import load_shipped
from tests.support.made_profile import MadeProfile
from tests.support.planted import PLANTED
from tests.support.profile import PROFILE_ID, shipped


def test_a_profile_does_not_differ_from_itself():
    assert compare(shipped(), shipped()) == ()


@pytest.mark.parametrize("name", PLANTED)
def test_each_planted_change_is_named_and_no_other(name, tmp_path):
    plant, changes = PLANTED[name]
    made = MadeProfile(tmp_path)
    plant(made)
    assert set(compare(shipped(), made.load())) == set(changes)


def test_all_planted_changes_together_are_named_and_no_other(tmp_path):
    made = MadeProfile(tmp_path)
    for plant, _ in PLANTED.values():
        plant(made)
    found = compare(shipped(), made.load())
    assert len(found) == len(set(found))
    assert set(found) == {change for _, changes in PLANTED.values() for change in changes}


def test_a_contract_that_is_no_longer_a_guess_is_told_once(tmp_path):
    made = MadeProfile(tmp_path)
    for row in made.file("variables")["variable"]:
        row["element_confidence"] = "stated"
    (change, *others) = compare(shipped(), made.load())
    assert (change.field, change.variable, change.after) == ("element_confidence", "", "stated")
    assert len(others) < 5


def test_the_way_back_loosens_what_was_tightened(tmp_path):
    made = MadeProfile(tmp_path)
    PLANTED["a_rule_has_a_tighter_limit"][0](made)
    PLANTED["two_codes_are_gone"][0](made)
    kinds = {(one.subject.value, one.kind) for one in compare(made.load(), shipped())}
    assert kinds == {("rule", ChangeKind.LOOSENED), ("code", ChangeKind.LOOSENED)}


def test_two_readings_differ_in_the_strykning_and_nowhere_else():
    found = compare(shipped(), load_shipped(f"{PROFILE_ID}:R2"))
    assert {one.variable for one in found if one.subject.value == "variable"} == {"V440", "V445"}
    assert all("strykning" in one.id for one in found if one.subject.value == "element")


def judged(before: str, after: str) -> ChangeKind | None:
    trees = [ast.parse(text, mode="eval").body for text in (before, after)]
    return of_condition(trees[0], trees[1])


@pytest.mark.parametrize(
    ("looser", "stricter"),
    [
        ("a - b > days(14)", "a - b > days(10)"),
        ("a - b > days(14)", "a - b > hours(240)"),
        ("x < 5", "x < 5 or y > 3"),
        ("x < 5 and y > 3", "x < 5"),
        ("any(g, x < 5 and missing(q))", "any(g, x < 5)"),
        ("not x < 5", "not x < 4"),
        ("d < date('2000-01-01')", "d < date('2010-01-01')"),
        ("count(g, x) > 2", "count(g, x) > 1"),
    ],
)
def test_a_condition_that_more_cases_meet_is_stricter(looser, stricter):
    assert judged(looser, stricter) is ChangeKind.TIGHTENED
    assert judged(stricter, looser) is ChangeKind.LOOSENED


@pytest.mark.parametrize(
    ("before", "after"),
    [("x < 5 or y > 3", "y > 3 or x < 5"), ("x < 5", "(x  <  5)"), ("x", "x and x")],
)
def test_a_condition_written_otherwise_is_the_same(before, after):
    assert judged(before, after) is None


def test_a_condition_on_something_else_is_neither_stricter_nor_milder():
    assert judged("x == 'a'", "x == 'b'") is ChangeKind.CHANGED
    assert judged("missing(x)", "missing(y)") is ChangeKind.CHANGED


@pytest.mark.parametrize(
    ("name", "before", "after", "kind"),
    [
        ("maxLength", "64", "9", ChangeKind.TIGHTENED),
        ("minInclusive", "0.3", "0.10", ChangeKind.LOOSENED),
        ("pattern", "", "[0-9]", ChangeKind.TIGHTENED),
        ("pattern", "[0-9]", "", ChangeKind.LOOSENED),
        ("pattern", "[0-9]", "[0-8]", ChangeKind.CHANGED),
        ("maxInclusive", "2026-01-01", "2027-01-01", ChangeKind.CHANGED),
    ],
)
def test_a_facet_is_judged_by_what_it_takes(name, before, after, kind):
    assert of_facet(name, before, after) is kind


def test_a_type_is_judged_by_what_is_a_part_of_what():
    assert of_base("decimal", "int") is ChangeKind.TIGHTENED
    assert of_base("int", "string") is ChangeKind.LOOSENED
    assert of_base("dateTime", "date") is ChangeKind.CHANGED
