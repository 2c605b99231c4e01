"""A page that is not seen leaves the worker to the one that is."""

from dataclasses import replace

import pytest

from app.gui.mapping.page import MappingPage
from tests.support.gui import settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(qtbot, desktop):
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    made.show()
    settle(qtbot, desktop)
    return made


def test_edits_made_on_another_page_are_tried_when_the_page_is_seen_again(page, desktop, qtbot):
    page.hide()
    asked = desktop.channel.times("try_case")
    desktop.document.change("x", replace(desktop.document.project, links=()))
    settle(qtbot, desktop)
    assert desktop.channel.times("try_case") == asked
    page.show()
    qtbot.waitUntil(lambda: desktop.channel.times("try_case") == asked + 1)
    page.table.choose_variable("V310")
    assert page.table.current_row().link is None
