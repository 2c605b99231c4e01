from itertools import permutations
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from app.workflow.suggest_choice import assigned, choose, ranked
from app.workflow.suggest_score import Match

SCORES = st.lists(
    st.tuples(st.sampled_from("ABCD"), st.sampled_from("wxyz"), st.integers(0, 100)), max_size=14
)


def match(variable: str, column: str, score: float) -> Match:
    named = cast("Any", SimpleNamespace(id=variable))
    candidate = cast("Any", SimpleNamespace(columns=(column,)))
    return Match(candidate, named, float(score), ("name",), ("t", column))


def best_total(scores: dict[tuple[str, str], int]) -> float:
    """Return the best sum of worth by trying every way."""
    variables = sorted({variable for variable, _ in scores})
    places = [*sorted({place for _, place in scores}), *([""] * len(variables))]
    return max(
        sum(max(0, scores.get(pair, 0) - 29) for pair in zip(variables, way, strict=False))
        for way in set(permutations(places, len(variables)))
    )


@given(SCORES)
def test_the_choice_is_the_best_one_over_the_whole_table(rows):
    scores: dict[tuple[str, str], int] = {}
    for variable, column, score in rows:
        scores[(variable, column)] = max(score, scores.get((variable, column), 0))
    found = assigned([match(*pair, score) for pair, score in scores.items()])
    assert len({one.place for one in found.values()}) == len(found)
    assert sum(one.score - 29 for one in found.values()) == best_total(scores)


def test_a_column_goes_to_the_variable_that_has_no_other():
    matches = [match("A", "x", 95), match("A", "y", 90), match("B", "x", 90)]
    found = assigned(matches)
    assert (found["A"].candidate.columns, found["B"].candidate.columns) == (("y",), ("x",))


def test_only_what_stands_clearly_above_its_rivals_is_sure():
    close = [match("A", "x", 95), match("A", "y", 90)]
    assert [one.sure for one in choose(close, assigned(close))] == [False]
    clear = [match("A", "x", 95), match("A", "y", 70), match("B", "y", 96)]
    assert all(one.sure for one in choose(clear, assigned(clear)))
    weak = [match("A", "x", 50)]
    assert choose(weak, assigned(weak)) == []


def test_two_that_cannot_be_told_apart_are_left_to_a_person():
    twins = [match("A", "x", 95), match("A", "y", 94)]
    assert choose(twins, assigned(twins)) == []
    assert [one.candidate.columns for one in ranked(twins, "A", assigned(twins))] == [
        ("x",),
        ("y",),
    ]


def test_what_belongs_to_another_variable_comes_last_among_the_alternatives():
    matches = [match("A", "x", 80), match("A", "y", 70), match("A", "z", 60), match("B", "y", 99)]
    chosen = assigned(matches)
    assert [one.candidate.columns for one in ranked(matches, "A", chosen)] == [
        ("x",),
        ("z",),
        ("y",),
    ]
