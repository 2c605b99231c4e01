"""What the user sees and does under Ärenden, Kvalitet and Testbatch, on the sample hospital."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTableView

from app.core.errors import ExportError
from app.gui.cases.batch.view import BatchView
from app.gui.cases.quality.keeper import LoadKeeper
from app.gui.cases.quality.view import QualityView
from app.gui.frame.navigator import joined
from app.gui.frame.page import Page
from app.workflow.batches import pick_batch, write_batch
from app.workflow.distributions import cases_without, distribution, span_distribution
from app.workflow.quality import quality
from tests.support.gui import Desktop, settle
from tests.support.loaded import analysed_desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def hospital(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desktop(qtbot, tmp_path, hospital):
    desk, opened, _summary = hospital
    deeds = (quality, distribution, span_distribution, cases_without, pick_batch, write_batch)
    answers = {
        deed.__name__: (lambda *arguments, deed=deed: deed(desk, *arguments)) for deed in deeds
    }
    made = Desktop(tmp_path, answers)
    made.document.open(opened)
    yield made
    made.backend.close()


def seen(qtbot, desktop, kind):
    page = Page(desktop.context, "Ärenden", "Mening.")
    qtbot.addWidget(page)
    view = kind(page)
    page.show_body(view)
    page.resize(1180, 620)
    page.show()
    view.refresh()
    settle(qtbot, desktop)
    return view


@pytest.fixture
def view(qtbot, desktop):
    return seen(qtbot, desktop, QualityView)


@pytest.fixture
def batch(qtbot, desktop):
    return seen(qtbot, desktop, BatchView)


@pytest.fixture
def choose(qtbot, desktop, view):
    def chosen(name):
        row = chosen_row(view, name)
        settle(qtbot, desktop)
        return row

    return chosen


def chosen_row(view, name):
    rows = view.lists.table.rows
    for number in range(rows.rowCount()):
        row = rows.row_at(number)
        if name in {getattr(row, "variable", ""), getattr(row, "begin", "")}:
            view.lists.table.choose(number)
            return row
    raise AssertionError(name)


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def lines(view):
    rows = view.panel.table.rows
    return [rows.row_at(number) for number in range(rows.rowCount())]


def titles(view):
    return [view.panel.kinds.itemText(n) for n in range(view.panel.kinds.count())]


def test_every_mapped_variable_is_listed_with_how_full_it_is(view, choose):
    assert view.lists.table.rows.rowCount() == 59
    row = choose("V325")
    texts = [column.text(row) for column in view.lists.table.rows.columns]
    assert texts[1:3] == ["34,2\u00a0%", "263"]


def test_a_variable_shows_its_values_as_a_plot_and_the_same_in_a_table(qtbot, view, choose):
    choose("V320")
    assert [(one.amount, one.part) for one in lines(view)] == [
        ("264", "66,0\u00a0%"),
        ("136", "34,0\u00a0%"),
    ]
    qtbot.waitUntil(view.panel.plot.is_drawn)
    assert [one.amount for one in view.panel.plot.view.bars] == [264, 136]
    assert "AKEL" in view.panel.source.text()


def test_a_kind_of_plot_that_was_chosen_is_kept_for_the_next_variable(view, choose):
    choose("V320")
    view.panel.kinds.setCurrentIndex(len(titles(view)) - 1)
    title = view.panel.kinds.currentText()
    choose("V565")
    assert len(titles(view)) == 4  # time of day, months, by phase, by clinic
    assert view.panel.kinds.currentText() == title
    assert [one.label for one in lines(view)][:2] == ["ORT", "KIR"]


def test_a_clinic_alone_can_be_looked_at(qtbot, desktop, view, choose):
    choose("V320")
    at = next(n for n in range(view.among.count()) if view.among.itemText(n).startswith("ORT"))
    view.among.setCurrentIndex(at)
    settle(qtbot, desktop)
    total = sum(int(one.amount) for one in lines(view))
    assert view.among.itemText(at) == f"ORT ({total})"
    assert choose("V320").filled.total == total


def test_impossible_times_lead_to_their_cases_and_to_the_rule(qtbot, desktop, view, choose):
    view.kinds.buttons["spans"].click()
    row = choose("V565")
    assert row.broken == 1
    asked: list[tuple[str, ...]] = []
    view.cases_wanted.connect(asked.append)
    press(qtbot, view.panel.cases)
    assert [len(cases) for cases in asked] == [1]
    press(qtbot, view.panel.rule)
    press(qtbot, view.panel.mapping)
    assert desktop.went == [("register", {"rule": row.rules[0]}), ("mapping", {"variable": "V570"})]


def test_the_first_load_says_that_there_is_none_to_compare_with(view):
    assert view.summary.text().startswith("400 ")
    view.kinds.buttons["change"].click()
    assert view.lists.table.rows.rowCount() == 0
    assert not lines(view)


def test_headings_sort_the_list_and_the_chosen_variable_stays_chosen(view, choose):
    choose("V565")
    view.lists.table.sort_wanted.emit("filled", False)
    shares = [
        one.filled.done / one.filled.total
        for one in (view.lists.table.rows.row_at(n) for n in range(59))
    ]
    assert shares == sorted(shares)
    assert view.lists.table.current_row().variable == "V565"


def test_the_cases_without_a_value_are_shown_in_the_list(qtbot, desktop, view, choose):
    asked: list[tuple[str, ...]] = []
    view.cases_wanted.connect(asked.append)
    choose("V565")
    press(qtbot, view.panel.missing)
    settle(qtbot, desktop)
    assert [len(cases) for cases in asked] == [1]
    choose("V320")
    assert not view.panel.missing.isVisible()


def test_enter_on_a_variable_goes_to_its_row_in_the_mapping(qtbot, desktop, view, choose):
    choose("vikt")
    qtbot.keyClick(view.lists.table, Qt.Key.Key_Return)
    assert desktop.went == [("mapping", {"variable": "vikt"})]


def test_no_personnummer_is_ever_shown(view, choose):
    choose("patientId")
    assert not any(one.label[:8].isdigit() for one in lines(view))


def test_what_goes_wrong_is_told(qtbot, desktop, view):
    desktop.answers["quality"] = ExportError("file-missing", name="operationer.csv")
    view.refresh()
    settle(qtbot, desktop)
    assert any("operationer.csv" in text for text in desktop.said)


# Test batches


def test_a_batch_is_picked_and_says_what_it_covers_and_what_not(batch):
    assert batch.cases.rows.rowCount() == 8
    assert batch.adds.rows.rowCount() == 60
    assert batch.uncovered.rows.rowCount() == 7
    assert "8 av 8" in batch.shares["verdict"].text() or "8 of 8" in batch.shares["verdict"].text()


def test_the_chosen_case_tells_what_it_adds(batch, choose):
    batch.cases.choose(1)
    row = batch.cases.current_row()
    assert batch.adds.rows.rowCount() == len(row.adds)
    assert row.case in batch.adds_title.text()


def test_a_batch_leads_to_the_list_to_sending_and_to_a_file(qtbot, desktop, batch, tmp_path):
    asked: list[tuple[str, ...]] = []
    batch.cases_wanted.connect(asked.append)
    press(qtbot, batch.show_them)
    press(qtbot, batch.send)
    assert [len(cases) for cases in asked] == [8]
    assert desktop.went == [("sending", {"cases": joined(asked[0])})]
    batch.save_to(str(tmp_path / "batch.csv"))
    settle(qtbot, desktop)
    text = (tmp_path / "batch.csv").read_text("utf-8-sig")
    assert [line.split(";")[0] for line in text.splitlines()[1:]] == list(asked[0])
    assert desktop.said


def test_enter_opens_the_chosen_case(qtbot, batch):
    asked: list[tuple[str, ...]] = []
    batch.cases_wanted.connect(asked.append)
    batch.cases.choose(1)
    batch.cases.setFocus()
    qtbot.keyClick(batch.cases, Qt.Key.Key_Return)
    assert asked == [(batch.cases.current_row().case,)]
    batch.uncovered.choose(0)
    qtbot.keyClick(batch.uncovered, Qt.Key.Key_Return)
    assert len(asked) == 1  # no case has it


def test_fewer_cases_can_be_asked_for(qtbot, desktop, batch):
    batch.most.setCurrentIndex(1)
    settle(qtbot, desktop)
    assert batch.cases.rows.rowCount() == 3
    assert batch.uncovered.rows.rowCount() > 7


def test_a_batch_that_cannot_be_picked_offers_nothing(qtbot, desktop, batch):
    desktop.answers["pick_batch"] = ExportError("file-missing", name="operationer.csv")
    press(qtbot, batch.pick)
    settle(qtbot, desktop)
    assert not batch.send.isEnabled()
    assert batch.cases.rows.rowCount() == 0


@pytest.mark.parametrize("kind", [QualityView, BatchView])
def test_everything_that_can_be_reached_by_keyboard_has_a_name(qtbot, desktop, kind):
    made = seen(qtbot, desktop, kind)
    for widget in [
        one
        for sort in (QAbstractButton, QComboBox, QTableView)
        for one in made.findChildren(sort)
        if one.isVisible() and one.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]:
        assert widget.accessibleName() or getattr(widget, "text", str)(), widget


# The load before


def test_a_load_is_kept_some_time_after_each_check(qtbot, desktop, hospital):
    asked = desktop.channel.times
    parent = QObject()
    keeper = LoadKeeper(desktop.context, parent)
    keeper._timer.setInterval(0)
    desktop.session.summary = hospital[2]
    desktop.session.summary_changed.emit()
    qtbot.waitUntil(lambda: asked("keep_load") == 1)
    desktop.session.is_checking = True
    desktop.session.summary_changed.emit()
    assert not keeper._timer.isActive()


def test_a_load_that_was_checked_before_the_page_was_made_is_kept_too(qtbot, desktop, hospital):
    settle(qtbot, desktop)  # the check is done, and nothing more is told of it
    desktop.session.summary = hospital[2]
    parent = QObject()
    keeper = LoadKeeper(desktop.context, parent)
    assert keeper._timer.isActive()
    keeper._timer.start(0)
    qtbot.waitUntil(lambda: desktop.channel.times("keep_load") == 1)
