"""Plots: axes with numbers, bars that are there, and the library read beside the window."""

import sys
from subprocess import run

import pytest

from app.gui.widgets.plot import Plot, PlotBar, PlotView, ticks

BARS = (PlotBar("elektiv", 264), PlotBar("akut", 136), PlotBar("Alla andra", 3, is_odd=True))
BY_LABEL = PlotView("V320: Koder", "Koder", "Antal", BARS)
RANGES = tuple(PlotBar("", n, 5.0 * n, 5.0 * n + 5) for n in range(6))
BY_RANGE = PlotView("Vikt: Värden", "Värden (kg)", "Antal", RANGES, by_label=False, limits=(0.0,))

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def plot(qtbot):
    made = Plot()
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show()
    return made


def shown(qtbot, plot, view):
    plot.show_view(view)
    qtbot.waitUntil(plot.is_drawn)
    return plot._chart.getPlotItem()


def axis_text(item, side):
    return item.getAxis(side).labelText


@pytest.mark.parametrize("view", [BY_LABEL, BY_RANGE], ids=["labels", "ranges"])
def test_a_plot_names_both_axes(qtbot, plot, view):
    item = shown(qtbot, plot, view)
    texts = {axis_text(item, side) for side in ("left", "bottom")}
    assert texts == {view.values, view.amounts}
    assert plot.accessibleName() == view.name


def test_what_is_odd_is_told_by_more_than_its_colour(qtbot, plot):
    item = shown(qtbot, plot, BY_LABEL)
    brushes = {one.opts["brush"].style() for one in item.items if hasattr(one, "opts")}
    assert len(brushes) == 2


def test_another_view_takes_the_place_of_the_former(qtbot, plot):
    shown(qtbot, plot, BY_LABEL)
    item = shown(qtbot, plot, BY_RANGE)
    assert axis_text(item, "bottom") == "Värden (kg)"
    plot.show_view(None)
    assert not plot.is_drawn()


def test_where_there_is_nothing_to_draw_the_plot_says_so(qtbot, plot):
    plot.show_view(PlotView("Tom", "Koder", "Antal", ()))
    assert not plot.is_drawn()


@pytest.mark.parametrize("highest", [0, 1, 7, 99, 100, 12_345, 1_000_000])
def test_amounts_are_marked_with_few_round_numbers_up_to_the_highest(highest):
    marks = ticks((PlotBar("", highest),))
    assert marks[0] == 0
    assert marks[-1] >= highest
    assert len(marks) <= 8


def test_no_plot_is_read_when_the_window_is():
    code = "import sys, app.gui.main_window, app.main; print('pyqtgraph' in sys.modules)"
    said = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
