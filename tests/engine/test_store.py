"""Documents and values on demand: the same bytes however many are asked for, and in which order."""

from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assets import RESOURCES
from app.engine import analysis as engine
from app.engine import store
from app.engine.analysis import Analysis, analyse
from app.files.profile import compile_schema
from tests.support.analysed import every_document, every_value
from tests.support.profile import shipped
from tests.support.sample_project import sample_project


@cache
def sample() -> Analysis:
    """Return the sample hospital's analysis in many blocks."""
    from app.engine.export import Export
    from app.files.export import read_table

    project = sample_project()
    tables = {one.name: read_table(one, RESOURCES / "sample").table for one in project.sources}
    whole = engine.BLOCK
    engine.BLOCK = 37
    try:
        return analyse(Export(tables), project, shipped(), compile_schema(shipped()))
    finally:
        engine.BLOCK = whole


@cache
def in_order() -> list[str]:
    return every_document(sample())


PLACES = st.lists(st.integers(0, 399), max_size=60)


@given(PLACES)
def test_documents_come_in_the_order_they_are_asked_for(places):
    made = [one.decode() for one in sample().documents(places)]
    assert made == [in_order()[place] for place in places]


def test_few_documents_made_at_a_time_are_the_same_bytes(monkeypatch):
    monkeypatch.setattr(store, "_AHEAD", 7)
    monkeypatch.setattr(store, "_OPEN", 1)
    assert every_document(sample()) == in_order()


@given(st.lists(st.integers(0, 399), max_size=8))
def test_documents_asked_for_one_by_one_are_the_same(places):
    for place in [*places, *range(30, 40)]:
        assert sample().document(place).decode() == in_order()[place]


@pytest.mark.parametrize("place", [0, 36, 37, 399])
def test_one_document_is_what_its_digest_was_made_of(place):
    document = sample().document(place)
    assert document.decode() == in_order()[place]
    assert sample().cases["digest"][place] == sha256(document).hexdigest()


def test_the_values_of_one_case_are_its_rows_among_all():
    everything = every_value(sample())
    for case in sample().cases["case"].sample(20, seed=1):
        for group, rows in sample().values(case).items():
            assert rows.equals(everything[group].filter(everything[group]["case"] == case))


def test_a_strange_case_has_no_place_and_no_values():
    assert sample().place_of("x") is None
    assert sample().values("x") == {}
