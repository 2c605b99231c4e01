import pytest

from app.core.errors import ProfileError
from app.core.translation import Translations, translate

CODES: Translations = {"V320": {"akut": ("ACUTE",), "elektiv": ()}, "V690": {"iva": ("3", "4")}}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("V320 == 'akut'", "V320 == 'ACUTE'"),
        ("'akut' != V320", "V320 != 'ACUTE'"),
        ("V690 == 'iva' and present(V565)", "(V690 == '3' or V690 == '4') and present(V565)"),
        ("V690 != 'iva'", "V690 != '3' and V690 != '4'"),
        ("any(planering, V320 == 'akut')", "any(planering, V320 == 'ACUTE')"),
        ("in_list(V445, reasons)", "in_list(V445, own_reasons)"),
        ("asa == '6'", "asa == '6'"),
        ("V565 <=  V310", "V565 <=  V310"),
    ],
)
def test_codes_become_those_that_mean_the_same(condition, said):
    assert translate(condition, CODES, {"V445": "own_reasons"}) == said


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("V320 == 'elektiv'", "binding-code-untold"),
        ("V320 == 'unheard of'", "binding-code-untold"),
        ("matches(V320, 'a.*')", "binding-form-untold"),
    ],
)
def test_what_no_code_means_is_not_guessed(condition, code):
    with pytest.raises(ProfileError, match=code):
        translate(condition, CODES, {})


def test_the_former_condition_is_left_as_it_was():
    translate("V320 == 'akut'", CODES, {})
    assert translate("V320 == 'akut'", {}, {}) == "V320 == 'akut'"
