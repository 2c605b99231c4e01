"""Where the repeated parts of a case stand in another contract."""

import pytest

from app.core.contract import leaves
from app.files.profile import load_shipped
from app.workflow.binding_groups import moved_groups
from tests.support.binding import contract


@pytest.fixture(scope="module")
def base():
    return load_shipped("spor-4.1")


def parts(base, *rows):
    """Return the path of each group that has one; a row is a line of a contract = a variable."""
    lines, names = zip(*(row.split(" = ") for row in rows), strict=True)
    found = {leaf.path: leaf for leaf in leaves(contract("\n".join(lines)))}
    paths = (tuple(line.split(" ")[0].replace("*", "").split("/")) for line in lines)
    bound = {name: found[path] for name, path in zip(names, paths, strict=True)}
    key = bound["behandlingsnummer"].path
    return {one.id: "/".join(one.path) for one in moved_groups(base, bound, key) if one.path}


KEY = "case*/no = behandlingsnummer"


def test_a_group_is_the_innermost_part_that_its_elements_share(base):
    rows = (KEY, "case*/plans/plan*/start = V420", "case*/plans/plan*/strike/at = V440")
    assert parts(base, *rows) == {"planering": "case/plans/plan"}


def test_the_repeated_case_itself_is_no_group(base):
    assert parts(base, KEY, "case*/op/start = V565") == {}


def test_an_element_may_be_repeated_itself(base):
    assert parts(base, KEY, "case*/op/code* = operationskod") == {"operationskod": "case/op/code"}


def test_a_part_that_occurs_once_is_a_group_when_it_is_its_own_alone(base):
    rows = (KEY, "case*/plan/start = V420", "case*/plan/end = V425", "case*/op/start = V565")
    assert parts(base, *rows) == {"planering": "case/plan"}
    assert parts(base, *rows, "case*/plan/other = V565") == {}


def test_two_groups_never_share_a_part(base):
    rows = (KEY, "case*/event*/a = peropKod", "case*/event*/b = postopKod")
    assert list(parts(base, *rows).values()) == ["case/event"]


def test_a_repeated_part_of_new_variables_is_a_new_group(base):
    rows = (KEY, "case*/drug*/name = DrugName", "case*/drug*/dose = DrugDose")
    assert parts(base, *rows) == {"drug": "case/drug"}


def test_a_part_that_is_repeated_without_need_is_filled_once(base):
    rows = (KEY, "case*/receiver*/id = V105", "case*/op*/start = V565", "case*/op*/end = V570")
    assert parts(base, *rows) == {}
