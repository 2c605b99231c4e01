"""Whose case it is: hidden in every view of the real window until somebody asks, and then noted."""

import csv

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPlainTextEdit, QTableView

from app.assets import RESOURCES
from app.gui.frame.navigator import Place
from tests.support.newcomer import Newcomer

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CASE, NEXT = "2600012", "2600013"
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


@pytest.fixture
def person(qapp, tmp_path):
    one = Newcomer(qapp, tmp_path / "data", tmp_path)
    one.window.projects.open_sample()
    one.wait()
    yield one
    one.leave()


@pytest.fixture(scope="module")
def number():
    """Return the patient's number as the export has it."""
    with (RESOURCES / "sample" / "operationer.csv").open(encoding="windows-1252") as file:
        rows = csv.DictReader(file, delimiter=";")
        return next(row["PNR"] for row in rows if row["OPNR"] == CASE)


def names(text, number):
    """Whether a text holds the number, with its hyphen or without."""
    return number in text or number.replace("-", "") in text


def shown(inspector):
    """Return all that the inspector's tab says: in texts, in lists, in tips and to the ear."""
    said = [label.text() + label.accessibleName() for label in inspector.findChildren(QLabel)]
    said += [text.toPlainText() for text in inspector.findChildren(QPlainTextEdit)]
    for view in inspector.findChildren(QAbstractItemView):
        model = view.model()
        said += [
            str(model.index(row, column).data(role))
            for row in range(model.rowCount())
            for column in range(model.columnCount() if isinstance(view, QTableView) else 1)
            for role in ROLES
        ]
    return "\n".join(said)


def looked_through(person):
    """Look at every tab of the case and return all that was to be seen."""
    inspector = person.page.browser.inspector
    seen = []
    for tab in range(inspector.tabs.count()):
        inspector.tabs.setCurrentIndex(tab)
        person.wait()
        seen.append(shown(inspector))
    inspector.document.exact.click()
    person.wait()
    seen.append(shown(inspector))
    return "\n".join(seen)


def show(person, case):
    person.window.go("cases", Place("cases", {"case": case}))
    person.wait()
    assert person.page.browser.inspector.title.text() == case


def test_the_number_is_seen_nowhere_until_asked_for_and_the_journal_has_it(person, number):
    show(person, CASE)
    inspector = person.page.browser.inspector
    assert not names(looked_through(person), number)
    assert person.desk.journal().events(CASE) == ()

    person.click(inspector.reveal)
    assert inspector.heading.revealed.isVisible()
    assert names(looked_through(person), number)
    events = person.desk.journal().events(CASE)
    assert {one.kind.value for one in events} == {"revealed"}

    show(person, NEXT)
    assert not inspector.reveal.isChecked()
    assert person.desk.journal().events(NEXT) == ()
    show(person, CASE)
    assert not names(looked_through(person), number)
