"""One case's rows in every table, held against the keys as the engine reads them."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.mapping import Project, Source
from app.engine.case_rows import CaseRows
from app.engine.export import ROW, Export
from app.engine.keys import case_keys

KEY = st.sampled_from(["1", " 1", "1\t", "\u00a01", "01", "12", "1 2", "", " ", None])
KEYS = st.lists(st.tuples(KEY, KEY), max_size=6)


def table(keys):
    rows = [(number, *key) for number, key in enumerate(keys, start=2)]
    return pl.DataFrame(rows, {ROW: pl.UInt32, "a": pl.String, "b": pl.String}, orient="row")


def project_of(more):
    own = Source("own", "own.csv", "a", key_more=more)
    return Project("P", "spor-4.1", (own, Source("other", "other.csv", "a", key_more=more)), "own")


@settings(max_examples=300, deadline=None)
@given(KEYS, KEYS, st.sampled_from([(), ("b",)]))
def test_rows_are_those_with_the_same_key_whatever_stands_around_it(own, other, more):
    project = project_of(more)
    export = Export({"own": table(own), "other": table(other)})
    rows = CaseRows(export, project)
    for line, key in zip(
        export.tables["own"][ROW], case_keys(export.tables["own"], ("a", *more)), strict=True
    ):
        found = rows.of(line)
        assert found["own"][ROW][0] == line
        if key is None:
            assert "other" not in found
            continue
        for name, frame in found.items():
            whole = export.tables[name]
            expected = whole.filter(case_keys(whole, ("a", *more)) == key)[ROW]
            assert sorted(frame[ROW]) == sorted(expected)


@pytest.mark.parametrize("lacking", ["own", "other", "b"])
def test_what_an_export_lacks_has_no_rows(lacking):
    tables = {"own": table([("1", "2")]), "other": table([("1", "2")])}
    if lacking == "b":
        tables["other"] = tables["other"].drop("b")
    else:
        del tables[lacking]
    found = CaseRows(Export(tables), project_of(("b",))).of(2)
    assert set(found) == ({"own"} if lacking != "own" else set())
