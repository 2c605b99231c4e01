"""The drawing of the mapping: what is seen, chosen, connected and removed, by pointer and keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from app.core.mapping import GroupLink, Link, LinkState
from app.gui import theme
from app.gui.mapping.drawing.entries import FILLED, LEFT, RIGHT, UNLINKED
from app.gui.mapping.drawing.entry_item import HEIGHT
from app.gui.mapping.drawing.line_item import line_pen
from app.gui.mapping.drawing.panel import MappingDrawing
from app.gui.mapping.drawing.variables import section_key
from app.gui.mapping.variable_rows import MISSING, STATES, TO_APPROVE
from app.language.text import _
from tests.support.gui import PROJECT, TABLES, shipped
from tests.support.gui_drawing import Hand, column, large_mapping, rows_of

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEY = Qt.Key
HEADINGS = {section: text.sv for section, text in shipped().sections.items()}
WEIGHT = next(one for one in shipped().variables if one.name.sv == "Vikt").id


@pytest.fixture
def hand(qtbot):
    drawing = MappingDrawing()
    qtbot.addWidget(drawing)
    drawing.resize(900, 640)
    drawing.show_mapping(rows_of(), TABLES, (), HEADINGS)
    drawing.show()
    made = Hand(drawing)
    yield made
    drawing.hide()


def _show(hand, project=PROJECT, tables=TABLES, groups=()):
    hand.drawing.show_mapping(rows_of(project), tables, groups, HEADINGS)


def _entry(hand, side, key):
    return hand.canvas.board.sides[side].entry_of(key)


def test_columns_stand_under_their_tables_and_variables_under_their_sections(hand):
    shown = hand.shown(LEFT)
    assert shown[:3] == ["operationer", "OPNR", "PNR"]
    assert shown.index("planeringar") == 7
    assert hand.shown(RIGHT)[0] in HEADINGS.values()
    bound = [one for one in shipped().variables if one.is_bound]
    assert len(hand.shown(RIGHT)) == len(bound) + len({one.section for one in bound})


def test_a_column_says_what_it_looks_like_and_how_filled_it_is(hand):
    weight, key = _entry(hand, LEFT, column("VKT")), _entry(hand, LEFT, column("OPNR"))
    assert (weight.word, weight.figure, weight.lead) == ("tal", "80\u00a0%", "numeric")
    assert key.lead == "key-variant"  # by icon and word, not by colour
    assert "54,4" in weight.tip


def test_a_variable_says_whether_it_is_mandatory_and_how_far_it_has_come(hand):
    asked, approved = _entry(hand, RIGHT, "V310"), _entry(hand, RIGHT, "V320")
    assert (asked.lead, asked.word, asked.tail) == (
        "asterisk", _(STATES[TO_APPROVE][1]), ("progress-clock", "inkonsistent"),
    )  # fmt: skip
    assert (approved.word, approved.tail[0]) == ("Godkänd", "check-circle")


def test_a_line_goes_from_each_column_of_a_link(hand):
    assert hand.lines() == {
        (column("ANMDAT"), "V310"): 1,
        (column("ANMTID"), "V310"): 1,
        (column("AKEL"), "V320"): 1,
        (column("OPNR"), "behandlingsnummer"): 1,
    }


def test_states_differ_by_more_than_colour(qapp):
    patterns = {state: tuple(line_pen(state).dashPattern()) for state in LinkState}
    assert len(set(patterns.values())) == len(LinkState)
    assert line_pen(LinkState.APPROVED, 5).widthF() > line_pen(LinkState.APPROVED).widthF()


def test_what_the_table_chose_is_put_forward_and_nothing_is_said_back(hand):
    hand.drawing.choose("V310")
    assert {line.left for line in hand.canvas.highlighted()} == {column("ANMDAT"), column("ANMTID")}
    looks = sorted(item.look for item in hand.canvas.board._items)
    assert looks == ["faded", "faded", "strong", "strong"]
    assert hand.chosen == []
    assert hand.status.startswith("V310  Tidpunkt för operationsanmälan")
    assert "ANMDAT" in hand.status
    assert hand.drawing.status.accessibleName() == hand.status


def test_other_lines_stay_when_focus_is_off(hand):
    hand.drawing.tools.focus.click()
    hand.drawing.choose("V320")
    assert sorted(item.look for item in hand.canvas.board._items) == ["plain"] * 3 + ["strong"]


def test_a_click_chooses_a_variable_for_the_table_too(hand):
    hand.click(RIGHT, "V320")
    hand.click(RIGHT, "V320")
    assert hand.chosen == ["V320"]
    assert hand.linked == []


def test_a_click_on_a_column_shows_where_it_goes(hand):
    hand.click(LEFT, column("AKEL"))
    assert hand.chosen == []
    assert "AKEL" in hand.status
    assert "V320" in hand.status
    hand.click(LEFT, column("VKT"))
    assert _("{name}: not mapped yet").format(name="") in hand.status


def test_click_and_click_connect(hand):
    hand.click(LEFT, column("VKT"), ring=True)
    assert "VKT" in hand.status
    assert "Esc" in hand.status
    side = hand.canvas.board.sides[RIGHT]
    hand.canvas.bars[RIGHT].setValue(side.offset_to_see(WEIGHT))  # as a wheel does
    hand.click(RIGHT, WEIGHT)
    assert hand.linked == [(WEIGHT, "operationer", "VKT")]
    assert hand.canvas.taken is None
    assert hand.chosen == [WEIGHT]


def test_it_may_begin_with_the_variable(hand):
    hand.click(RIGHT, "V325", ring=True)
    hand.click(LEFT, column("ANMTID"))
    assert hand.linked == [("V325", "operationer", "ANMTID")]


def test_a_click_without_a_ring_never_connects(hand):
    hand.click(LEFT, column("VKT"))
    hand.click(RIGHT, "V325")
    assert hand.linked == []


def test_a_drag_connects(hand):
    hand.drag(hand.place(LEFT, column("VKT")), hand.place(RIGHT, "V325"))
    assert hand.linked == [("V325", "operationer", "VKT")]


@pytest.mark.parametrize("end", [QPoint(450, 300), QPoint(60, 60)])
def test_a_drag_that_ends_elsewhere_connects_nothing(hand, end):
    hand.drag(hand.place(LEFT, column("VKT")), end)
    assert hand.linked == []
    assert hand.canvas.taken is None


def test_a_click_between_the_sides_drops_what_is_in_hand(hand):
    hand.click(LEFT, column("VKT"), ring=True)
    hand.click_at(QPoint(hand.canvas.width() // 2, hand.canvas.height() - 20))
    assert hand.canvas.taken is None


def test_keys_alone_connect(hand):
    hand.canvas.setFocus()
    hand.drawing.choose("V325")
    hand.keys(KEY.Key_Return, KEY.Key_Tab)
    assert hand.canvas.current.side == LEFT
    hand.keys(KEY.Key_Home, *[KEY.Key_Down] * 6, KEY.Key_Return)
    assert hand.linked == [("V325", "operationer", "VKT")]
    assert hand.chosen == []  # it was the chosen one all the time


def test_escape_drops_and_says_nothing_more(hand):
    hand.drawing.choose("V325")
    hand.keys(KEY.Key_Return, KEY.Key_Escape)
    assert hand.canvas.taken is None
    hand.keys(KEY.Key_Tab, KEY.Key_Return)
    assert hand.linked == []


def test_tab_goes_from_left_to_right_and_then_out(hand, qtbot):
    hand.drawing.choose("V320")
    hand.canvas.setFocus()
    qtbot.waitUntil(hand.canvas.hasFocus)
    qtbot.keyClick(hand.canvas, KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert hand.canvas.current.side == LEFT
    hand.keys(KEY.Key_Tab)
    assert hand.canvas.current.key == "V320"  # where one was
    hand.keys(KEY.Key_Tab)
    assert not hand.canvas.hasFocus()


def test_arrows_across_follow_the_line(hand):
    hand.drawing.choose("V320")
    hand.keys(KEY.Key_Left)
    assert hand.canvas.current.key == column("AKEL")
    hand.keys(KEY.Key_Up, KEY.Key_Up, KEY.Key_Right)
    assert hand.canvas.current.key == "V310"
    assert hand.chosen == ["V310"]


def test_what_is_connected_already_is_not_connected_again(hand):
    hand.click(LEFT, column("AKEL"), ring=True)
    hand.click(RIGHT, "V320")
    assert hand.linked == []
    assert hand.status == _("They are connected already.")


def test_delete_removes_only_what_is_highlighted(hand):
    hand.keys(KEY.Key_Delete)
    assert hand.unlinked == []
    hand.drawing.choose("V310")
    hand.keys(KEY.Key_Delete)
    assert hand.unlinked == ["V310"]


def test_delete_on_a_column_with_several_links_asks_which(hand):
    project = PROJECT.with_link(Link("V325", "operationer", ("AKEL",)))
    _show(hand, project)
    hand.click(LEFT, column("AKEL"))
    hand.keys(KEY.Key_Delete)
    assert hand.unlinked == []
    assert hand.status == _("Several links: choose the variable whose link is to be removed.")


def test_a_clicked_line_is_the_only_one_put_forward(hand):
    board = hand.canvas.board
    line = next(one for one in board.lines if one.left == column("ANMTID"))
    path = board._items[board.lines.index(line)]._path
    hand.click_at(hand.canvas.mapFromScene(path.pointAtPercent(0.3)))
    assert hand.canvas.highlighted() == (line,)
    assert hand.chosen == ["V310"]
    hand.keys(KEY.Key_Delete)
    assert hand.unlinked == ["V310"]


def test_a_folded_heading_stands_for_its_lines(hand):
    hand.click(LEFT, column(""))
    assert _entry(hand, LEFT, column("")).is_folded
    assert hand.lines()[column(""), "V310"] == 2
    section = section_key(next(one for one in shipped().variables if one.id == "V310").section)
    hand.click(RIGHT, section)
    assert hand.lines()[column(""), section] == 3
    hand.click(RIGHT, section)
    hand.click(LEFT, column(""))
    assert len(hand.lines()) == 4


def test_plus_and_minus_fold_from_anywhere_below(hand):
    hand.click(LEFT, column("AKEL"))
    hand.keys(KEY.Key_Minus)
    assert hand.canvas.current.key == column("")
    assert _("folded") in hand.status
    hand.keys(KEY.Key_Plus)
    assert column("AKEL") in [one.key for one in hand.canvas.board.sides[LEFT].entries]


def test_choosing_a_variable_unfolds_its_section(hand):
    section = section_key(next(one for one in shipped().variables if one.id == "V310").section)
    hand.click(RIGHT, section)
    assert _entry(hand, RIGHT, "V310") is None
    hand.drawing.choose("V310")
    assert hand.canvas.current.key == "V310"


def test_filters_choose_what_is_shown_of_each_side(hand):
    left, right = hand.drawing.filters[LEFT], hand.drawing.filters[RIGHT]
    left.search.setText("anm")
    assert hand.shown(LEFT) == ["operationer", "ANMDAT", "ANMTID", "planeringar", "ANMDAT"]
    left.clear()
    left.kind.set_value(UNLINKED)
    left.kind.activated.emit(0)
    assert hand.shown(LEFT) == ["operationer", "PNR", "VKT", "planeringar", "PNR", "ANMDAT"]
    right.kind.set_value(MISSING)
    right.kind.activated.emit(0)
    marks = [one.marks for one in hand.canvas.board.sides[RIGHT].entries if not one.is_heading]
    assert marks
    assert all(MISSING in one for one in marks)
    assert hand.lines() == {}


def test_only_columns_with_values(hand):
    empty = replace(TABLES[0].columns[5], filled=0)
    table = replace(TABLES[0], columns=(*TABLES[0].columns[:5], empty))
    _show(hand, tables=(table,))
    hand.drawing.filters[LEFT].kind.set_value(FILLED)
    hand.drawing.filters[LEFT].kind.activated.emit(0)
    assert "VKT" not in hand.shown(LEFT)
    assert "AKEL" in hand.shown(LEFT)


def test_a_variable_whose_column_is_hidden_says_so(hand):
    hand.drawing.filters[LEFT].search.setText("VKT")
    hand.drawing.choose("V320")
    assert _("{name}: its column is hidden by the filter").format(name="") in hand.status


def test_a_column_that_the_file_lost_is_still_drawn(hand):
    _show(hand, PROJECT.with_link(Link("V325", "operationer", ("BORTA",))))
    lost = _entry(hand, LEFT, column("BORTA"))
    assert lost.word == _("not in the file")
    assert lost.tail[0] == "alert"
    assert hand.lines()[column("BORTA"), "V325"] == 1


def test_columns_that_pick_and_order_rows_say_so(hand):
    groups = (GroupLink("planering", "planeringar", "PNR", "1", "ANMDAT"),)
    _show(hand, groups=groups)
    assert _entry(hand, LEFT, column("PNR", "planeringar")).word == _("picks rows")
    assert _entry(hand, LEFT, column("ANMDAT", "planeringar")).word == _("orders rows")


def test_each_side_scrolls_by_itself_and_the_other_end_comes_level(hand):
    rows, tables = large_mapping(120, 120)
    hand.drawing.show_mapping(rows, tables, (), HEADINGS)
    last = next(row for row in reversed(rows) if row.link)
    hand.drawing.choose(last.id)
    board = hand.canvas.board
    line = hand.canvas.highlighted()[0]
    assert board.sides[RIGHT].offset > 0
    for side, key in ((LEFT, line.left), (RIGHT, line.right)):
        assert 0 < board.sides[side].middle(key) < board.sides[side].height
    before = board.sides[RIGHT].offset
    _wheel(hand, QPoint(40, 200), 120)
    assert board.sides[RIGHT].offset == before
    assert hand.canvas.bars[LEFT].value() == board.sides[LEFT].offset


def test_the_heading_of_what_is_on_top_stays_there(hand):
    rows, tables = large_mapping(120, 120)
    hand.drawing.show_mapping(rows, tables, (), HEADINGS)
    hand.canvas.bars[LEFT].setValue(20 * HEIGHT)
    assert hand.canvas.board.sides[LEFT].entry_at(3).text == "tabell0"


def test_zoom_by_wheel_and_keys_keeps_to_the_width(hand):
    _wheel(hand, QPoint(40, 40), 120, control=True)
    assert hand.canvas.zoom == pytest.approx(1.15)
    right = hand.canvas.board.sides[RIGHT]
    assert (right.x() + right.width) * hand.canvas.zoom <= hand.canvas.viewport().width() + 1
    hand.keys(KEY.Key_Minus, KEY.Key_Minus, control=True)
    assert hand.canvas.zoom == pytest.approx(0.9)
    hand.keys(KEY.Key_0, control=True)
    assert hand.canvas.zoom == pytest.approx(1.0)
    hand.canvas.fit()
    assert hand.canvas.zoom < 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_drawn_in_both_schemes(qapp, qtbot, scheme):
    theme.follow(qapp, scheme)
    drawing = MappingDrawing()
    qtbot.addWidget(drawing)
    drawing.resize(430, 560)
    rows, tables = large_mapping(120, 120)
    drawing.show_mapping(rows, tables, (), HEADINGS)
    drawing.show()
    drawing.choose(rows[1].id)
    image = drawing.canvas.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 400, 3) for y in range(0, 400, 3)}
    assert theme.color("surface").name() in colours
    assert theme.color("selection").name() in colours
    assert drawing.width() == 430  # narrow enough to stand beside the table
    theme.follow(qapp, "light")


def test_an_empty_mapping_is_drawn_too(hand):
    hand.drawing.show_mapping((), ())
    hand.canvas.setFocus()
    hand.keys(KEY.Key_Down, KEY.Key_Tab, KEY.Key_Return, KEY.Key_Minus, KEY.Key_Delete)
    assert hand.shown(LEFT) == hand.shown(RIGHT) == []


def test_what_is_done_elsewhere_is_left_to_the_page(hand):
    for key in (KEY.Key_Space, KEY.Key_F8, KEY.Key_Escape):
        event = _press(key)
        hand.canvas.keyPressEvent(event)
        assert not event.isAccepted(), key


def _press(key):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def _wheel(hand, place, turn, *, control=False):
    modifier = Qt.KeyboardModifier
    event = QWheelEvent(
        QPointF(place),
        QPointF(hand.canvas.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        modifier.ControlModifier if control else modifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(hand.canvas.viewport(), event)
