"""What tells an entrance's contract from the bound one."""

from dataclasses import replace

import pytest

from app.core.register import Element
from app.workflow.ladder_contract import Difference, differences

LEAF = Element("orsak", 0, 1, base="string", facets=(("pattern", "[A-Z]"), ("maxLength", "3")))
DAY = Element("dag", 1, 1, base="date")
PART = Element("strykning", 1, 1, children=(DAY, LEAF))
ROOT = Element("request", 1, 1, children=(PART,))


def root(*children: Element) -> Element:
    return replace(ROOT, children=(replace(PART, children=children),))


def test_a_contract_does_not_differ_from_itself():
    assert list(differences(ROOT, ROOT)) == []


@pytest.mark.parametrize(
    "twin",
    [
        replace(LEAF, type_name="orsakstyp", documentation="varför"),
        replace(LEAF, facets=tuple(reversed(LEAF.facets))),
    ],
)
def test_how_a_type_is_called_or_explained_does_not_matter(twin):
    assert list(differences(ROOT, root(DAY, twin))) == []


@pytest.mark.parametrize(
    ("there", "found"),
    [
        (root(DAY, replace(LEAF, minimum=1)), Difference("request/strykning/orsak")),
        (root(DAY, replace(LEAF, facets=())), Difference("request/strykning/orsak")),
        (root(DAY, replace(LEAF, namespace="urn:x")), Difference("request/strykning/orsak")),
        (root(LEAF, DAY), Difference("request/strykning")),
        (root(DAY), Difference("request/strykning/orsak")),
        (root(DAY, LEAF, Element("mer", 1, 1)), Difference("request/strykning/mer")),
        (root(DAY, LEAF, Element("mer", 0, 1)), Difference("request/strykning/mer", harmless=True)),
    ],
)
def test_what_differs_is_named_by_its_path(there, found):
    assert found in list(differences(ROOT, there))
