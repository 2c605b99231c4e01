"""How a case counts in another contract: in its codes, and honest about what it cannot say."""

from app.core.translation import Translations
from app.workflow.binding_rules import Changes, fitted
from tests.support.profile import shipped


def in_contract(codes: Translations, *lost: str):
    lists = {one.id: one.code_list for one in shipped().variables if one.code_list}
    return fitted(shipped(), Changes(codes, lists, frozenset(lost)))


def count_of(profile, name):
    return next(one for one in profile.counts if one.id == name)


def test_a_report_that_needs_what_the_contract_has_not_says_so():
    profile = in_contract({}, "V310", "V540")
    reports = [one for one in profile.counts if one.kind == "report"]
    assert [one.condition for one in reports] == ["", "", ""]
    for one in reports:
        assert one.not_computable is not None
        assert "V310" in one.not_computable.sv
        assert "V540" not in one.not_computable.en


def test_what_a_case_never_has_sets_nothing_off():
    profile = in_contract({}, "V540")
    assert count_of(profile, "utlost_ankomst").condition == "present(V540)"


def test_what_says_itself_not_computable_stays_as_it_is():
    profile = in_contract({})
    assert profile.counts == shipped().counts
    assert profile.phases == shipped().phases
