"""Where a foreign contract says whether a case was taken."""

from dataclasses import replace

import pytest

from app.files.profile import load_shipped
from app.workflow.binding_answer import find_answer
from tests.support.binding import contract

OK = "string | | OK ERROR"


@pytest.fixture(scope="module")
def base():
    return load_shipped("spor-4.1")


def found(base, lines):
    answer = find_answer(contract(lines), base)
    if answer is None:
        return None
    paths = ("/".join(one) for one in (answer.result, answer.code, answer.text))
    return (*paths, answer.accepted, answer.rejected)


@pytest.mark.parametrize(
    ("lines", "answer"),
    [
        (f"r*/code | {OK}\nr*/text", ("r", "code", "text", "OK", "ERROR")),
        (f"code | {OK}\ntext", ("", "code", "text", "OK", "ERROR")),
        (f"a/r*/s/code | {OK}\na/r*/message\nid", ("a/r", "s/code", "message", "OK", "ERROR")),
        ("r*/c | string | | error ok\nr*/message\nr*/id", ("r", "c", "message", "ok", "error")),
        ("r*/c | string | | REJECTED ACCEPTED\nr*/t", ("r", "c", "t", "ACCEPTED", "REJECTED")),
        ("r*/resultCode\nr*/resultText\nr*/more", ("r", "resultCode", "resultText", "OK", "ERROR")),
        (f"r*/code | {OK} INFO\nr*/text", ("r", "code", "text", "OK", "ERROR")),
    ],
)
def test_the_code_and_its_text_are_found(base, lines, answer):
    assert found(base, lines) == answer


@pytest.mark.parametrize(
    "lines",
    [
        "r*/code | string | | GREEN RED\nr*/text",
        f"r*/one | {OK}\nr*/two | {OK}\nr*/text",
        f"r*/code | {OK}",
        f"r*/code | {OK}\nr*/first\nr*/second",
        "r*/a\nr*/b",
        "only",
    ],
)
def test_an_answer_that_can_be_read_in_two_ways_is_not_understood(base, lines):
    assert found(base, lines) is None


def test_a_text_that_is_always_the_same_says_nothing_of_the_case(base):
    response = contract(f"r*/code | {OK}\nr*/first\nr*/second")
    (result,) = response.children
    code, first, second = result.children
    always = replace(first, facets=(("fixed", "SPOR"),))
    result = replace(result, children=(code, always, second))
    answer = find_answer(replace(response, children=(result,)), base)
    assert answer is not None
    assert answer.text == ("second",)


def test_without_a_response_nothing_is_understood(base):
    assert find_answer(None, base) is None
