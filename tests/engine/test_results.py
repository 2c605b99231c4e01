"""What single links do to the loaded export."""

from app.core.mapping import GroupLink, Step, ValueMap
from app.engine.results import LinkOutcome, link_results, value_counts
from tests.support.engine import PLAN, export, link, project, small_profile

EXPORT = export(
    cases=("NR;PNR;VIKT;TOM", "1;;x;", "2;19770101-2382;70,5;", "3;;;"),
    plans=("NR;KOD;TYP", "1;J ;P", "1;N;P", "2;J;X", "2;J;P"),
)
MAPPED = Step("value_map", (("name", "ja"),))
PROJECT = project(
    link("N1", "cases.VIKT", Step("decimal_comma"), Step("number")),
    link("patient", "cases.PNR", Step("person_id"), approved=False),
    link("K1", "cases.TOM"),
    link("unit", "", Step("constant", (("value", "SE1-A"),))),
    link("P2", "plans.KOD", Step("trim"), MAPPED),
    link("D1", "cases.BORTA"),
    groups=(GroupLink(PLAN, "plans", "TYP", "P"),),
    value_maps=(ValueMap("ja", (("J", "Ja"),)),),
)


def outcome(variable: str) -> LinkOutcome:
    (found,) = link_results(EXPORT, PROJECT, small_profile(), [variable])
    return found


def test_a_link_shows_the_first_value_that_works_and_counts_the_rest():
    assert outcome("N1") == LinkOutcome("N1", ("70,5",), "70.5", 1, 1, 3)


def test_a_link_that_waits_for_approval_can_be_tried_and_hides_who_the_patient_is():
    assert outcome("patient") == LinkOutcome(
        "patient", ("19770101-****",), "19770101-****", 1, 0, 3
    )


def test_an_empty_column_has_no_sample():
    assert outcome("K1") == LinkOutcome("K1", (), "", 0, 0, 3)


def test_a_constant_fills_every_case():
    assert outcome("unit") == LinkOutcome("unit", (), "SE1-A", 3, 0, 3)


def test_only_the_rows_of_the_group_are_counted():
    assert outcome("P2") == LinkOutcome("P2", ("J ",), "Ja", 2, 1, 3)


def test_a_column_that_has_vanished_gives_nothing():
    assert outcome("D1") == LinkOutcome("D1")


def test_a_variable_without_a_link_is_left_out():
    assert link_results(EXPORT, PROJECT, small_profile(), ["T1"]) == ()


def test_a_value_that_fails_is_shown_when_none_works():
    only_bad = export(cases=("NR;VIKT", "1;", "2;x"))
    (found,) = link_results(only_bad, PROJECT, small_profile(), ["N1"])
    assert (found.sample_in, found.sample_out) == (("x",), "")


def test_local_codes_are_counted_as_the_value_map_sees_them():
    mapped = PROJECT.link_of("P2")
    assert mapped is not None
    assert value_counts(EXPORT, mapped) == [("J", 3), ("N", 1)]


def test_codes_of_a_link_that_cannot_be_read_are_none():
    assert value_counts(EXPORT, link("D1", "cases.BORTA")) == []
    assert value_counts(EXPORT, link("D1", "borta.X")) == []
    assert value_counts(EXPORT, link("unit")) == []


def test_without_a_value_map_the_texts_are_counted_as_they_are():
    assert value_counts(EXPORT, link("P2", "plans.KOD", Step("trim"))) == [
        ("J", 2),
        ("J ", 1),
        ("N", 1),
    ]
