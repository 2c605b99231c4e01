"""The real window on the real rooms: the whole way of a newcomer, by its buttons."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.gui.background.backend import Backend, ThreadChannel
from app.gui.frame.pictures import Settled
from app.keystore.secrets import MemorySecrets
from app.main import build_desk, build_window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Person:
    """Somebody at the window who waits until it has come to rest before the next click."""

    def __init__(self, app: QApplication, data: Path) -> None:
        self.desk = build_desk(data, MemorySecrets())
        self.desk.for_this_run = True
        self.backend = Backend(lambda: self.desk, ThreadChannel)
        self.window = build_window(app, self.backend, data / "window.ini")
        self.window.show()
        self.settled = Settled(self.backend)

    def go(self, page):
        self.window.go(page)
        self.settled.wait()
        return self.window.page

    def click(self, button):
        assert button.isEnabled(), button.accessibleName() or button.text()
        button.click()
        self.settled.wait()

    def leave(self):
        self.backend.close()
        self.desk.close()
        self.window.deleteLater()
        self.window.context.document.deleteLater()


@pytest.fixture
def person(qapp, tmp_path):
    one = Person(qapp, tmp_path)
    yield one
    one.leave()


def test_a_newcomer_goes_the_whole_way_by_the_buttons(person):
    person.window.projects.open_sample()
    person.settled.wait()
    assert person.go("cases").browser.model.total == 400

    person.click(person.go("certificate").stage)
    assert person.window.context.session.certificate.hsa_id == "SE0000000000-TST1"

    sending = person.go("sending")
    person.click(sending.sum_up)
    assert "395" in sending.summary.send.text()
    person.click(sending.summary.send)
    assert [one.kind.value for one in person.window.context.session.report.outcomes] == (
        ["created"] * 395
    )

    fellista = person.go("fellista")
    person.click(fellista.read_stage)
    assert fellista.browser.cases.rows.rowCount() == 6
    assert not fellista.browser.resend.isEnabled()

    fellista.load_corrected(str(person.desk.data / "sample" / "corrected"))
    person.settled.wait()
    assert fellista.browser.resend.text() == "Skicka om 3 gröna"
    person.click(fellista.browser.resend)
    sending = person.window.page
    person.click(sending.sum_up)
    assert sending.summary.send.text() == "Skicka 3 ärenden"
    person.click(sending.summary.send)
    assert person.go("fellista").browser.cases.rows.rowCount() == 3

    assert person.go("journal").model.total == 398
    assert person.window.context.document.undo_stack.undoText()  # the corrected export
    person.window.context.document.undo_stack.undo()
    person.settled.wait()
    assert not person.window.context.document.undo_stack.canUndo()
