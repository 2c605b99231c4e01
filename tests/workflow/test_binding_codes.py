"""What a contract's own spellings of codes mean."""

import pytest

from app.core.register import Code, Confidence, Fact, Text
from app.workflow.binding_codes import meaning

FACT = Fact("test", Confidence.STATED)


def codes(*rows):
    return tuple(Code("list", code, Text(sv, en), FACT) for code, sv, en in rows)


PRIORITIES = codes(
    ("omedelbart", "Omedelbart", "At once"),
    ("inom2h", "Inom 2 timmar", "Within 2 hours"),
    ("inom6h", "Inom 6 timmar", "Within 6 hours"),
    ("inom24h", "Inom 24 timmar", "Within 24 hours"),
)
TRUTHS = codes(("Ja", "Ja, lämnar väntelistan", "Yes, leaves"), ("Nej", "Nej, väntar", "No, waits"))
CLASSES = codes(*((str(one), f"ASA {one}", f"ASA {one}") for one in range(1, 7)))


@pytest.mark.parametrize(
    ("value", "means"),
    [
        ("INOM2H", "inom2h"),
        ("inom_6_h", "inom6h"),
        ("Within 2 hours", "inom2h"),
        ("WITHIN_24_HOURS", "inom24h"),
        ("at-once", "omedelbart"),
        ("inom 12 timmar", ""),
        ("P1", ""),
        ("7", ""),
        ("", ""),
    ],
)
def test_another_spelling_means_the_code_and_nothing_else_does(value, means):
    assert meaning(value, PRIORITIES) == means


@pytest.mark.parametrize(
    ("value", "said", "means"),
    [("1", "At once", "omedelbart"), ("2", "inom2h", "inom2h"), ("3", "", "")],
)
def test_what_the_schema_says_about_a_value_counts(value, said, means):
    assert meaning(value, PRIORITIES, said) == means


@pytest.mark.parametrize(
    ("value", "means"),
    [("true", "Ja"), ("0", "Nej"), ("Y", "Ja"), ("NO", "Nej"), ("J", "Ja"), ("maybe", "")],
)
def test_yes_and_no_are_known_in_many_words(value, means):
    assert meaning(value, TRUTHS) == means


@pytest.mark.parametrize(
    ("value", "means"), [("6", "6"), ("ASA3", "3"), ("asa-1", "1"), ("III", ""), ("66", "")]
)
def test_numbers_are_never_near_each_other(value, means):
    assert meaning(value, CLASSES) == means
