"""Every kind of step is told in words: what it does, how it is undone, what can be said in it."""

import re

import pytest

from app.core.conversion import KINDS
from app.core.mapping import Link, Pick, Step
from app.language import text
from app.language.codes_conversion import (
    conversion_sentence,
    conversion_words,
    inverse_sentence,
    kind_name,
    pick_sentence,
    step_options,
    step_sentence,
)
from app.language.conversion_words import CHOICES, DETAILS, INVERSES, LABELS, SHORT, STEPS, TESTS
from app.language.sentences import known_codes

VALUE = re.compile(r"\{(\w*)\}")


@pytest.fixture(autouse=True)
def in_english():
    text.use("en")
    yield
    text.use("sv")


def step(kind: str, **options: str) -> Step:
    return Step(kind, tuple(options.items()))


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_words(kind):
    assert kind in STEPS
    assert kind in SHORT
    assert kind_name(kind) != kind
    assert inverse_sentence(Step(kind)).startswith("back: ")
    assert "{" not in step_sentence(Step(kind)) + inverse_sentence(Step(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_words_of_a_kind_are_its_options(kind):
    templates = [STEPS[kind], INVERSES[kind], *(TESTS.values() if kind == "only_when" else ())]
    for (of, name), said in DETAILS.items():
        if of == kind:
            assert name in KINDS[kind].options
            templates += [said] if isinstance(said, str) else said.values()
    told = {name for template in templates for name in VALUE.findall(template)}
    assert told <= set(KINDS[kind].options)


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_has_a_label_and_every_choice_its_words(kind):
    for option in step_options(kind):
        assert (kind, option.name) in LABELS or ("", option.name) in LABELS
        known = {**CHOICES.get(("", option.name), {}), **CHOICES.get((kind, option.name), {})}
        assert {value for value, _text in option.choices} <= set(known)


@pytest.mark.parametrize("kind", KINDS)
def test_whatever_a_kind_finds_has_a_sentence(kind):
    assert set(KINDS[kind].problems) <= known_codes()


def test_what_is_said_in_a_step_is_told():
    moment = step("datetime", format="%y-%m-%d|excel", pivot="30", ambiguous="first")
    assert step_sentence(moment) == (
        "moment with Sweden's offset, written as %y-%m-%d or excel, "
        "years up to 30 are of the 2000s, the doubled hour is summer time"
    )
    assert step_sentence(step("number", times="100", decimals="1")) == (
        "number, times 100, decimals: 1"
    )


def test_a_condition_is_told_by_its_test():
    told = step_sentence(step("only_when", column="TYP", test="one_of", value="op|dag"))
    assert told == "only when TYP is one of op or dag"


def test_the_century_rule_is_told():
    assert "born this year at the latest" in step_sentence(step("person_id", latest="today"))
    assert "born 2024 at the latest" in step_sentence(step("person_id", latest="2024"))


def test_several_columns_are_told_to_be_joined():
    link = Link("V1", "op", ("DAG", "TID"), (step("datetime"),))
    assert conversion_sentence(link) == "date and time joined, moment with Sweden's offset"
    names = Link("V1", "op", ("A", "B"), ())
    assert conversion_sentence(names) == "joined with a blank between"
    assert conversion_sentence(Link("V1", "op", ("A", "B"), (step("first_of"),))) == (
        "the first column that is filled"
    )


def test_a_picked_row_is_told():
    pick = Pick("KIND", "a|b", "TID", descending=True, nth=-1)
    assert pick_sentence(pick) == "the last row where KIND is “a or b” by TID, falling"
    assert pick_sentence(Pick(nth=2)) == "row 2"
    assert pick_sentence(Pick(nth=-2)) == "row 2 from the end"
    assert conversion_words(Link("V1", "op", ("A",), (), pick=pick)) == "picked row"


def test_nothing_done_is_told():
    assert conversion_sentence(Link("V1", "op", ("A",))) == "as it is"
    assert conversion_words(Link("V1", "op", ("A",))) == "as it is"


def test_a_step_of_a_newer_program_is_told_by_its_kind():
    assert step_sentence(step("hocus")) == "hocus"
    assert inverse_sentence(step("hocus")) == ""
    assert step_options("hocus") == ()
