"""The fingerprint follows what is sent, and nothing else."""

from dataclasses import replace

import pytest

from app.core.mapping import (
    Blocking,
    Duplicates,
    GroupLink,
    Keep,
    LinkState,
    Pick,
    Step,
    ValueMap,
)
from app.engine.mapping import fingerprint
from tests.support.engine import PLAN, link, project

PLAIN = project(
    link("number", "cases.NR"),
    link("P1", "plans.NÄR", Step("datetime", (("format", "%Y"), ("ambiguous", "first")))),
    link("K1", "cases.SAGT", Step("value_map", (("name", "ja"),))),
    groups=(GroupLink(PLAN, "plans"),),
    value_maps=(ValueMap("ja", (("J", "Ja"), ("N", "Nej"))),),
)


def test_the_fingerprint_is_a_sha256():
    assert len(fingerprint(PLAIN)) == 64
    assert fingerprint(PLAIN) == fingerprint(replace(PLAIN))


@pytest.mark.parametrize(
    "same",
    [
        replace(PLAIN, name="Ny", notes="x", settings=(("a", "b"),)),
        replace(PLAIN, links=tuple(reversed(PLAIN.links))),
        PLAIN.with_link(replace(PLAIN.links[0], note="kollad", score=3)),
        PLAIN.with_link(link("N1", "cases.N", approved=False)),
        PLAIN.with_value_map(ValueMap("of no approved link", (("J", "Ja"),))),
        replace(PLAIN, sources=tuple(replace(one, path="/tmp/x.csv") for one in PLAIN.sources)),
        PLAIN.with_value_map(ValueMap("ja", (("N", "Nej"), ("J", "Ja")))),
        PLAIN.with_link(replace(PLAIN.links[0], decided_by="AB", reasons=("name",))),
        replace(PLAIN, sources=tuple(replace(one, more=("b.csv",)) for one in PLAIN.sources)),
    ],
)
def test_what_does_not_change_the_documents_does_not_change_it(same):
    assert fingerprint(same) == fingerprint(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        PLAIN.with_link(link("number", "cases.NUMMER")),
        PLAIN.with_link(replace(PLAIN.links[0], state=LinkState.FLAGGED)),
        PLAIN.with_link(link("number", "cases.NR", Step("trim"))),
        PLAIN.with_value_map(ValueMap("ja", (("J", "Nej"),))),
        PLAIN.with_value_map(ValueMap("ja", (("J", "Ja"), ("N", "Nej"), ("J", "Nej")))),
        PLAIN.with_value_map(ValueMap("ja", (("J", "Ja"), ("N", "Nej")), "keep")),
        replace(PLAIN, groups=(GroupLink(PLAN, "plans", "TYP", "P"),)),
        replace(PLAIN, blocking=Blocking("NEJ", "J")),
        replace(PLAIN, sources=tuple(replace(one, encoding="cp1252") for one in PLAIN.sources)),
        replace(PLAIN, sources=tuple(replace(one, header=3) for one in PLAIN.sources)),
        replace(PLAIN, sources=tuple(replace(one, key_more=("LOPNR",)) for one in PLAIN.sources)),
        replace(PLAIN, duplicates=Duplicates(Keep.LAST, "ÄNDRAT")),
        replace(PLAIN, groups=(replace(PLAIN.groups[0], descending=True),)),
        PLAIN.with_link(replace(PLAIN.links[0], pick=Pick(nth=1))),
    ],
)
def test_what_changes_the_documents_changes_it(other):
    assert fingerprint(other) != fingerprint(PLAIN)
