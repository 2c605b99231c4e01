"""From a finding to what causes it and back, in the real window: every click and key is counted.

The sample hospital has a case whose aftercare code nobody has mapped, and one whose operation
ends before it starts. See `tests/support/newcomer.py` for what an action is.
"""

import shutil
import sys
from pathlib import Path

import pytest

from app.assets import RESOURCES
from app.gui.frame.navigator import Place
from tests.support.newcomer import Newcomer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

UNMAPPED_CASE, VARIABLE, LOCAL, CODE = "2600054", "V690", "BIVA", "iva"
TURNED_CASE, FIRST_COLUMN = "2600012", "OPDAT"
MOST = 2  # actions from a finding to its mapping row, and to its source row


@pytest.fixture
def person(qapp, tmp_path):
    one = Newcomer(qapp, tmp_path / "data", tmp_path)
    one.window.projects.open(str(_hospital(tmp_path)))
    one.wait()
    yield one
    sys.stdout.write(f"\n{one.story()}\n= {one.actions} actions {dict(one.done)}\n")
    one.leave()


def _hospital(folder: Path) -> Path:
    """Copy the sample hospital, so that its files can be corrected."""
    shutil.copytree(RESOURCES / "sample", folder / "sample")
    return folder / "sample" / "sample.sporproject"


def stand_at_finding(person, case):
    """Go to the findings of one case; what is counted begins there."""
    person.window.go("cases", Place("cases", {"case": case}))
    person.wait()
    inspector = person.page.browser.inspector
    inspector.tabs.setCurrentWidget(inspector.findings)
    inspector.tabs.setFocus()
    person.wait()
    assert inspector.title.text() == case
    assert codes_of(person)
    return inspector


def codes_of(person):
    """Return the codes of the findings that the shown case has on screen."""
    lines = person.page.browser.inspector.findings.list
    return [one.code for one in lines.shown]


def counted(person, act):
    """Return how many actions something takes."""
    before = person.actions
    act()
    return person.actions - before


def mapping_row(person):
    """Return the variable that is chosen in the mapping, and shown beside it."""
    return person.page.table.current_row().id


def source_cell(person):
    """Return the row and the column that are marked in the source."""
    rows = person.page.detail.rows
    index = rows.table.currentIndex()
    return rows.rows.row_at(index.row()), rows.rows.columns[index.column()].title


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_finding_is_fixed_in_its_mapping_row(person, way):
    inspector = stand_at_finding(person, UNMAPPED_CASE)
    assert "value-unmapped" in codes_of(person)

    steps = {
        "key": lambda: person.press("Ctrl+M"),
        "click": lambda: person.click(inspector.ways.mapping),
    }
    assert counted(person, steps[way]) <= MOST
    assert mapping_row(person) == VARIABLE

    map_code(person)
    person.press("Alt+Left")
    assert person.page.browser.inspector.title.text() == UNMAPPED_CASE
    assert "value-unmapped" not in codes_of(person)


def map_code(person):
    """Say in the value map what the code becomes."""
    person.press("Ctrl+E")
    part = person.page.inspector.values.part
    while part.table.current_row().local != LOCAL:
        person.press("Down")
    person.press("Enter")
    person.write(CODE)
    person.press("Enter")


def correct(folder):
    """Correct the file, as whoever owns the export does."""
    shutil.copy(RESOURCES / "sample" / "corrected" / "operationer.csv", folder)


@pytest.mark.parametrize("way", ["key", "click"])
def test_a_finding_is_fixed_in_its_source_row(person, tmp_path, way):
    inspector = stand_at_finding(person, TURNED_CASE)
    turned = codes_of(person)[0]

    steps = {
        "key": lambda: person.press("Ctrl+J"),
        "click": lambda: person.click(inspector.ways.source),
    }
    assert counted(person, steps[way]) <= MOST
    row, column = source_cell(person)
    assert TURNED_CASE in row
    assert column == FIRST_COLUMN

    correct(tmp_path / "sample")
    person.press("F5")
    person.press("Alt+Left")
    assert person.page.browser.inspector.title.text() == TURNED_CASE
    assert turned not in codes_of(person)
