"""The whole window on made-up answers: pages, language, colours, keys, closing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QMessageBox, QTableView

from app.core.errors import ExportError, WorkbenchError
from app.core.mapping import Link, Source
from app.gui import settings, theme
from app.gui.actions import PAGES
from app.gui.frame import deeds
from app.gui.frame.clock_text import clock_text
from app.gui.frame.palette import CommandPalette
from app.gui.main_window import MainWindow
from app.language.text import ngettext
from app.workflow.certificate_views import CertificateView
from app.workflow.views import OpenProject
from tests.support.gui import PROJECT, Desktop, settle, shipped, the_app
from tests.support.gui_shelf import everywhere

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

NOON = datetime(2026, 1, 15, 11, 0, tzinfo=UTC)
MINE = ("start", "source", "mapping")
CERTIFICATE = CertificateView(
    "CN=x", "SE0000000000-OP1", "CN=ca", (), "1", "f", "2026-01-01", "2027-01-01", 200, True,
    ("local",), (), "SecretService",
)  # fmt: skip


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path)
    yield made
    made.backend.close()


@pytest.fixture
def window(qtbot, desktop):
    made = MainWindow(desktop.context, the_app(), lambda: NOON)
    qtbot.addWidget(made)
    made.show()
    desktop.open()
    settle(qtbot, desktop)
    yield made
    desktop.document.undo_stack.setClean()


def _chips(window):
    chips = window.findChildren(type(_chip(window)).__base__)
    return {chip.name: chip.text() for chip in chips if not chip.isHidden()}


def _chip(window):
    from app.gui.frame.chips import ClockChip

    return window.findChild(ClockChip)


def test_the_header_is_always_true(window, desktop):
    assert _chips(window) == {
        "Ingång": "LOKAL",
        "Certifikat": "Inget certifikat",
        "Klocka": "17 h 0 min till 05:00",
    }
    desktop.session.set_shelf(everywhere(CERTIFICATE))
    desktop.session.set_entrance("production")
    left = ngettext("{count} day left", "{count} days left", 200)
    assert _chips(window)["Certifikat"] == left.format(count=200)
    assert _chips(window)["Ingång"] == "PRODUKTION"
    desktop.session.set_shelf(everywhere(replace(CERTIFICATE, days_left=-1)))
    assert _chips(window)["Certifikat"] == "Utgånget"


def test_the_clock_says_when_the_register_is_closed():
    settings = shipped().settings
    at_half_past_five = datetime(2026, 7, 1, 3, 30, tzinfo=UTC)
    said = clock_text(at_half_past_five, settings)
    assert said is not None
    assert (said.text, said.is_closed) == ("Stängt till 06:00", True)
    assert clock_text(NOON, {}) is None


def test_the_rail_counts_what_waits(window):
    assert window._rail.count("mapping") == 1
    assert window._rail.count("cases") == 12


@pytest.mark.parametrize("page", MINE)
def test_every_page_is_reached_by_its_key(window, qtbot, desktop, page):
    number = [row.id for row in PAGES].index(page) + 1
    window.actions_by_id.pages[number - 1].trigger()
    settle(qtbot, desktop)
    assert window._shown == page
    assert desktop.context.settings.text(settings.PAGE) == page


@pytest.mark.parametrize("page", MINE)
def test_every_control_has_a_name(window, qtbot, desktop, page):
    window.go(page)
    settle(qtbot, desktop)
    controls = [
        control
        for kind in (QAbstractButton, QComboBox, QLineEdit, QTableView)
        for control in window.page.findChildren(kind)
        if control.focusPolicy() != Qt.FocusPolicy.NoFocus and control.isVisible()
    ]
    nameless = [c for c in controls if not c.accessibleName() and not getattr(c, "text", str)()]
    assert [type(one).__name__ for one in nameless] == []


def test_the_language_changes_without_a_restart(window, desktop, qtbot):
    window.go("mapping")
    window.actions_by_id.by_id["english"].trigger()
    settle(qtbot, desktop)
    assert window.page.accessibleName() == "Mapping"
    assert window.menuBar().actions()[0].text() == "&File"
    window.actions_by_id.by_id["swedish"].trigger()
    settle(qtbot, desktop)
    assert window.page.accessibleName() == "Mappning"
    assert window._shown == "mapping"


def test_the_colours_change_without_a_restart(window, desktop, qtbot):
    window.actions_by_id.by_id["dark"].trigger()
    settle(qtbot, desktop)
    assert theme.scheme() == "dark"
    assert window.actions_by_id.by_id["dark"].isChecked()
    window.actions_by_id.by_id["light"].trigger()
    settle(qtbot, desktop)
    assert theme.scheme() == "light"


def test_nothing_changes_under_a_batch(window, desktop, qtbot):
    desktop.channel.send, send = lambda request: None, desktop.channel.send
    job = desktop.backend.start(deeds.SEND, None, done=desktop.said.append)
    window.actions_by_id.by_id["dark"].trigger()
    assert theme.scheme() == "light"
    assert desktop.said == ["Fönstret ändras när omgången är klar."]
    desktop.channel.send = send
    desktop.answer(job, None)
    qtbot.waitUntil(lambda: theme.scheme() == "dark")
    window.dress.use_scheme("light")


def test_a_message_stays_until_it_is_closed(window, desktop):
    desktop.messages.show_error(ExportError("file-missing", name="a.csv"))
    assert "a.csv" in window.strip._text.text()
    window.strip._copy.click()
    assert QGuiApplication.clipboard().text().endswith("(file-missing)")
    window.dress.use_scheme("dark")
    assert window.strip.message is not None
    window.strip._close.click()
    assert window.strip.message is None
    window.dress.use_scheme("light")


def test_a_failure_that_no_page_takes_is_shown(window, desktop):
    desktop.backend.troubled.emit(WorkbenchError("worker-died"))
    assert "stannade" in window.strip._text.text()


def test_the_palette_finds_actions_by_words(window, qtbot):
    window.actions_by_id.by_id["palette"].trigger()
    palette = window.findChild(CommandPalette)
    palette.field.setText("ärend")
    texts = [palette.list.item(number).text() for number in range(palette.list.count())]
    assert [text.split("  ")[0] for text in texts] == ["Ärenden"]
    palette.field.setText("mappning")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window._shown == "mapping"


def test_help_shows_the_page_and_its_keys(window):
    window.go("mapping")
    window.actions_by_id.by_id["help_page"].trigger()
    assert window.panels.help.isVisible()
    window.actions_by_id.by_id["help_page"].trigger()
    assert not window.panels.help.isVisible()


def test_the_page_menu_lists_the_pages_actions(window):
    window.go("mapping")
    window._menus["page"].aboutToShow.emit()
    assert "Koppla till kolumn…" in [one.text() for one in window._menus["page"].actions()]


def test_f6_moves_through_the_panes(window, qtbot):
    window.go("mapping")
    window.activateWindow()
    panes = set()
    for _step in range(4):
        window.next_pane()
        focus = window.focusWidget()
        panes.add(focus)
    assert len(panes) >= 3


def test_undo_and_redo_say_what(window, desktop):
    desktop.document.change("mappa x", replace(PROJECT, notes="n"))
    assert window.actions_by_id.undo.text() == "Ångra mappa x"
    assert window.isWindowModified()
    window.actions_by_id.undo.trigger()
    assert desktop.document.project == PROJECT
    assert window.actions_by_id.redo.text() == "Gör om mappa x"


def test_saving_writes_to_the_projects_file(window, desktop, qtbot):
    desktop.document.change("x", replace(PROJECT, notes="n"))
    window.actions_by_id.by_id["save"].trigger()
    settle(qtbot, desktop)
    assert not desktop.document.is_modified
    assert desktop.said[-1] == "Sparat."
    assert desktop.context.settings.recent() == ("/x/prov.sporproject",)


def test_closing_asks_before_changes_are_lost(window, desktop, qtbot):
    desktop.document.change("x", replace(PROJECT, notes="n"))
    window.close()
    box = window.findChild(QMessageBox)
    assert window.isVisible()
    assert "inte är sparade" in box.text()
    box.button(QMessageBox.StandardButton.Save).click()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not desktop.document.is_modified


def test_discarding_closes_without_saving(window, desktop, qtbot):
    desktop.document.change("x", replace(PROJECT, notes="n"))
    window.close()
    window.findChild(QMessageBox).button(QMessageBox.StandardButton.Discard).click()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert desktop.channel.times("save_project") == 0


def test_closing_under_a_batch_stops_it_first(window, desktop, qtbot):
    desktop.channel.send, send = lambda request: None, desktop.channel.send
    job = desktop.backend.start(deeds.SEND, None)
    desktop.channel.send = send
    window.close()
    box = window.findChild(QMessageBox)
    assert window.isVisible()
    assert "journalfört" in box.informativeText()
    next(one for one in box.buttons() if one.text() == "Stoppa och stäng").click()
    assert [order.order for order in desktop.channel.orders] == ["cancel"]
    assert window.isVisible()
    desktop.answer(job, None)
    qtbot.waitUntil(lambda: not window.isVisible())


def test_what_went_well_is_forgotten_on_the_next_page_and_trouble_is_not(window, desktop):
    desktop.messages.show("Sparat.", "clean")
    window.go("mapping")
    assert window.strip.message is None
    desktop.messages.show_error(ExportError("file-missing", name="a.csv"))
    window.go("start")
    assert window.strip.message is not None


def test_a_success_is_let_go_when_it_is_undone(window, desktop):
    desktop.open()
    desktop.document.change("x", desktop.document.project.with_link(Link("V325", "a", ("b",))))
    desktop.messages.show("Kopplat.", "clean")
    assert window.strip.message is not None
    desktop.document.undo_stack.undo()
    assert window.strip.message.text != "Kopplat."


def test_the_size_is_restored(window, desktop, qtbot):
    window.resize(QSize(1200, 700))
    window.close()
    again = MainWindow(desktop.context, the_app(), lambda: NOON)
    qtbot.addWidget(again)
    assert again.height() == 700  # the offscreen display is narrow
    settle(qtbot, desktop)


def test_a_page_is_reached_from_another(window, desktop, qtbot):
    desktop.navigator.go("mapping", variable="V565")
    settle(qtbot, desktop)
    assert window._shown == "mapping"
    assert window.page.table.current_row().id == "V565"


def test_the_entrance_is_chosen_from_the_chip(window, desktop):
    from app.gui.frame.chips import EntranceChip

    chip = window.findChild(EntranceChip)
    chip._menu.aboutToShow.emit()
    words = [action.text() for action in chip._menu.actions()]
    assert words[0] == "LOKAL"
    assert "PRODUKTION" in words
    chip._menu.actions()[words.index("STAGE")].trigger()
    assert desktop.session.entrance.kind == "stage"


def _drop(window, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    where, action = QPoint(10, 10), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(where, action, data, buttons, keys)
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(where), action, data, buttons, keys))


def test_a_dropped_file_is_added_to_the_export(window, desktop, qtbot):
    desktop.answers["describe_sources"] = (Source("opkoder", "opkoder.csv", "OPNR"),)
    _drop(window, "/x/opkoder.csv")
    settle(qtbot, desktop)
    assert window._shown == "source"
    assert desktop.document.project.sources[-1].name == "opkoder"


def test_a_dropped_certificate_waits_for_its_password_on_its_page(window, desktop, qtbot):
    desktop.open()
    _drop(window, "/x/opplan.P12")
    assert window.page.shelf.importer.path.text() == "/x/opplan.P12"
    assert window.page.shelf.importer.isVisible()
    assert "describe_sources" not in [name for name, _arguments in desktop.channel.asked]


def test_a_dropped_project_is_opened(window, desktop, qtbot):
    other = OpenProject(replace(PROJECT, name="Annat"), "/x/annat.sporproject", shipped())
    desktop.answers["open_project"] = other
    _drop(window, "/x/annat.sporproject")
    settle(qtbot, desktop)
    assert "Annat" in window.windowTitle()
