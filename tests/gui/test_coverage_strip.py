import re
from dataclasses import replace

import pytest

from app.files.profile import load_shipped
from app.gui.mapping.coverage_strip import CoverageStrip, CoverageTable
from app.workflow.coverage_views import Coverage, PhaseCoverage, SectionCoverage, Share

HALF = Coverage(
    mandatory=Share(1, 3),
    approved=Share(2, 2),
    maps=Share(1, 2),
    values=Share(992, 1000),
    passing=None,
    sections=(SectionCoverage("anmalan", Share(1, 2), Share(1, 8), Share(1, 1), Share(0, 1)),),
    phases=(PhaseCoverage("genomford", Share(395, 400)),),
)


def numbers(text):
    return [int(one) for one in re.findall("[0-9]+", text)]


@pytest.fixture
def strip(qtbot):
    made = CoverageStrip()
    qtbot.addWidget(made)
    return made


def test_the_strip_says_how_much_is_done_in_words(strip):
    strip.show_coverage(HALF)
    assert numbers(strip.mandatory.text()) == [1, 3]
    assert numbers(strip.approved.text()) == [2, 2]
    assert numbers(strip.maps.toolTip()) == [99, 2]  # 99,2 %
    assert numbers(strip.passing.text()) == []
    strip.show_coverage(replace(HALF, passing=Share(395, 400)))
    assert numbers(strip.passing.text()) == [395, 400]


def test_what_is_whole_looks_other_than_what_is_not(strip):
    strip.show_coverage(HALF)
    pictures = [
        one.findChildren(type(one._picture))[0].pixmap().toImage()
        for one in (strip.mandatory, strip.approved)
    ]
    assert pictures[0] != pictures[1]


def test_details_are_by_section_and_by_phase(qtbot, strip):
    table = CoverageTable()
    qtbot.addWidget(table)
    table.show_coverage(HALF, load_shipped("spor-4.1"))
    places = (range(table.rows.columnCount()), range(2))
    texts = [[table.rows.index(row, at).data() for at in places[0]] for row in places[1]]
    assert [numbers(one) for one in texts[0][1:]] == [[1, 2], [1, 8], [1, 1], [0, 1], []]
    assert (texts[1][0], numbers(texts[1][5])) == ("Genomförd", [395, 400])
    with qtbot.waitSignal(strip.details_wanted):
        strip.details.click()
