"""Pages of variables, code lists and rules; search; and looking something up."""

import pytest

from app.core.errors import ProfileError
from app.core.profile_change import Subject
from app.files.profile import load_shipped
from app.workflow.profile_lookup import entries, look_up
from app.workflow.profile_pages import code_list_page, rule_page, search, variable_page
from tests.support.profile import PROFILE_ID, shipped


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("V445", "V445"),
        ("445", "V445"),
        ("v445", "V445"),
        ("strykningsorsak", "V445"),
        ("STRYKNINGSORSAK", "V445"),
        ("Time of operation request", "V310"),
        ("eftervardsniva planerad", "V335"),
        ("planerad eftervårdsnivå", "V335"),
        ("recipient message", "V105"),
        ("tidpunktStrykning", "V440"),
    ],
)
def test_search_finds_by_number_name_in_both_languages_and_element(text, first):
    assert search(shipped(), text)[0] == first


def test_search_finds_by_meaning_and_section_and_needs_every_word():
    assert "V800" in search(shipped(), "postop")
    assert "V310" in search(shipped(), "operatör och patient kom överens")
    assert search(shipped(), "strykning zebra") == ()


def test_search_puts_the_language_in_use_first():
    assert search(shipped(), "operation", "sv") != search(shipped(), "operation", "en")


def test_search_for_nothing_gives_everything_in_the_profiles_order():
    assert search(shipped(), " ") == tuple(one.id for one in shipped().variables)


def test_a_variables_page_has_its_element_codes_rules_and_section():
    page = variable_page(shipped(), "V325")
    assert page.element is not None
    assert page.element.name == "akutPlanering"
    assert [one.name for one in page.way][-1] == "anmalan"
    assert "omedelbart" in {code.code for code in page.codes}
    assert any("V325" in rule.condition for rule in page.rules)
    assert page.section.sv == "Anmälan"
    assert page.others == ()


def test_a_variable_in_another_reading_is_told():
    profile, other = shipped(), load_shipped(f"{PROFILE_ID}:R2")
    (found,) = variable_page(profile, "V440", (other,)).others
    assert found.reading.id == "R2"
    assert found.variable is not None
    assert found.variable.name != profile.by_id["V440"].name
    assert variable_page(profile, "V310", (other,)).others == ()


def test_a_variable_without_an_element_has_a_page_too():
    unbound = next(one for one in shipped().variables if not one.is_bound)
    page = variable_page(shipped(), unbound.id)
    assert page.element is None
    assert page.way == ()


def test_pages_of_code_lists_and_rules_name_what_uses_them():
    codes = code_list_page(shipped(), "akut_planering")
    assert [one.id for one in codes.variables] == ["V325"]
    rule = rule_page(shipped(), "korrupt-05-akut-vantetid-langre-an-tva-veckor")
    assert {one.id for one in rule.variables} == {"V310", "V320", "V565"}


@pytest.mark.parametrize("page", [variable_page, code_list_page, rule_page])
def test_what_is_not_there_is_named(page):
    with pytest.raises(ProfileError) as caught:
        page(shipped(), "V000")
    assert caught.value.code == "register-page-unknown"


def test_every_entry_has_a_source_and_is_found_by_its_id():
    known = tuple(entries(shipped()))
    assert len(known) > 100
    for one in known:
        assert one.fact.source
        assert one in look_up(shipped(), one.id)


@pytest.mark.parametrize(
    ("text", "subject", "found"),
    [
        ("445", Subject.VARIABLE, "V445"),
        ("akut planering", Subject.VARIABLE, "V325"),
        ("akut_planering", Subject.CODE, "akut_planering"),
        ("11c", Subject.CODE, "strykningsorsak/11C"),
        ("strykningsorsak/8B", Subject.CODE, "strykningsorsak/8B"),
        ("korrupt-05", Subject.RULE, "korrupt-05-akut-vantetid-langre-an-tva-veckor"),
        ("created_text", Subject.MESSAGE, "created_text"),
        ("genomford", Subject.VERDICT, "genomford"),
        ("teststage", Subject.ENTRANCE, "teststage"),
    ],
)
def test_looking_up_finds_any_kind_of_thing(text, subject, found):
    (one,) = look_up(shipped(), text)
    assert (one.subject, one.id) == (subject, found)


def test_looking_up_something_vague_gives_all_that_may_be_meant_and_nonsense_is_told():
    assert len(look_up(shipped(), "temperatur")) > 1
    for text in ("zebra", ""):
        with pytest.raises(ProfileError):
            look_up(shipped(), text)
