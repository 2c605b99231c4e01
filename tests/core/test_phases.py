"""Which phase a variable belongs to, and how far a case has come."""

from app.core.phases import has_reached, phase_of
from tests.support.profile import shipped

PROFILE = shipped()


def test_a_variable_belongs_to_the_phase_that_names_its_section():
    by_id = PROFILE.by_id
    assert phase_of(by_id["V800"], PROFILE) == "fas_postop"
    assert phase_of(by_id["V565"], PROFILE) == "fas_operation"
    assert phase_of(by_id["peropKod"], PROFILE) == "fas_operation"
    assert phase_of(by_id["V440"], PROFILE) == "fas_planering"
    assert phase_of(by_id["V310"], PROFILE) == "fas_anmalan"


def test_what_every_case_has_belongs_to_no_phase():
    assert phase_of(PROFILE.by_id["patientId"], PROFILE) == ""


def test_a_case_has_reached_its_own_phase_and_those_before_it():
    reached = [has_reached("fas_operation", one.id, PROFILE) for one in PROFILE.phases]
    assert reached == [False, True, True, True]
    assert has_reached("", "", PROFILE)
    assert not has_reached("", "fas_anmalan", PROFILE)
