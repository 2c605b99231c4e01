"""A newcomer's run through the real window, every click and key made, noted and counted.

From five files and nothing else to the first case that the local stage accepts: a project is
made, every mandatory variable mapped, the value map that stops most cases filled in, what is
suggested approved, a certificate fetched, and what passes sent. See `tests/support/newcomer.py`
for what an action is. Run with `-s` to read the story.
"""

import shutil
import sys

import pytest
from PySide6.QtWidgets import QDialogButtonBox

from app.assets import RESOURCES
from app.gui.mapping.variable_rows import MISSING
from app.keystore.secrets import MemorySecrets
from app.language.text import _
from app.main import build_desk
from app.workflow.templates import save_template
from tests.support.newcomer import CLICK, KEY, SCROLL, TYPE, Newcomer
from tests.support.sample_project import sample_project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

FILES = ("operationer", "planeringar", "opkoder", "diagnoser", "komplikationer")
NAMES = " ".join(f'"{name}.csv"' for name in FILES)
SYSTEM = "SE0000000000-OP1"  # the sender's id, which no export has
PRIORITIES = {"0": "omedelbart", "2": "inom2h", "6": "inom6h", "24": "inom24h", "7D": "inom7d"}
TEMPLATE = "Planeringssystemet"
MOST, MOST_WITH_TEMPLATE = 60, 15


@pytest.fixture
def export(tmp_path):
    """Return the folder of the export."""
    folder = tmp_path / "export"
    folder.mkdir()
    for name in FILES:
        shutil.copy(RESOURCES / "sample" / f"{name}.csv", folder)
    return folder


@pytest.fixture
def template(tmp_path):
    """Keep what another hospital with the same planning system has approved."""
    desk = build_desk(tmp_path / "data", MemorySecrets())
    save_template(desk, sample_project(), TEMPLATE)
    desk.close()


@pytest.fixture
def person(qapp, tmp_path, export):
    one = Newcomer(qapp, tmp_path / "data", export)
    yield one
    sys.stdout.write(f"\n{one.story()}\n= {one.actions} actions {dict(one.done)}\n")
    one.leave()


def _is_missing(person, variable):
    """Whether the table says that a mandatory variable has no source."""
    rows = person.page.table.rows
    all_rows = (rows.row_at(number) for number in range(rows.rowCount()))
    return any(row.id == variable and row.state == MISSING for row in all_rows)


def _mapped(person):
    """Assert that the strip above the table says that all mandatory variables are mapped."""
    words = _("Mandatory {done} of {total}").format(done=7, total=7)
    assert person.page.body.coverage.mandatory.text() == words


def _accepted(person):
    """Return how many cases the stage has accepted."""
    outcomes = person.window.context.session.report.outcomes
    return sum(one.kind.value == "created" for one in outcomes)


def _new_project_by_keys(person):
    person.press("Ctrl+N")
    person.write(NAMES)
    person.press("Enter")  # the files
    person.press("Enter")  # beside them


def _map_system_by_keys(person):
    person.press("Ctrl+M")
    person.write(f"={SYSTEM}")
    person.press("Enter", "F6")


def _map_operation_code_by_keys(person):
    person.write("Operationskod")
    person.press("Ctrl+M", "Shift+Tab", "O", "Tab")
    person.write("KOD")
    person.press("Enter", "Tab", "Tab", "Space", "Tab")
    person.write("TYP")
    person.press("Enter", "Tab")
    person.write("S")
    person.press("Enter", "F6")


def _fill_priorities_by_keys(person):
    person.write("V325")
    person.press("Ctrl+E")
    for _code in PRIORITIES:
        local = person.page.inspector.values.part.table.current_row().local
        person.press("Enter")
        person.write(PRIORITIES[local])
        person.press("Enter")


def _send_by_keys(person):
    person.press("Ctrl+5")
    person.reach(_("Use the local stage's certificate"))
    person.press("Space", "Ctrl+6")
    person.reach(_("Sum up"))
    person.press("Space")
    person.reach(person.page.summary.send.text())
    person.press("Space")


def _click_row(person, variable):
    rows = person.page.table.rows
    numbers = [rows.row_at(number).id for number in range(rows.rowCount())]
    person.click_cell(person.page.table, numbers.index(variable))


def _click_page(person, page):
    person.click(person.window._rail._places[page])


def _new_project_by_pointer(person):
    person.click(person.button(_("New project from files…")))
    for name in FILES:
        person.pick_file(person.dialog(), f"{name}.csv", add=name != FILES[0])
    person.click(person.dialog().findChild(QDialogButtonBox).buttons()[0])
    person.click(person.dialog().findChild(QDialogButtonBox).buttons()[0])


def _map_system_by_pointer(person):
    _click_row(person, "SystemId")
    columns = person.page.inspector.link_tab.columns
    person.pick(columns.table, _("Constant value"))
    person.click(columns.constant)
    person.write(SYSTEM)


def _map_operation_code_by_pointer(person):
    _click_row(person, "operationskod")
    link = person.page.inspector.link_tab
    person.pick(link.columns.table, "opkoder")
    person.pick(link.columns.first, "KOD")
    person.click(link.rows.opener)
    person.pick(link.rows.filter_column, "TYP")
    person.click(link.rows.filter_value)
    person.write("S")


def _fill_priorities_by_pointer(person):
    _click_row(person, "V325")
    inspector = person.page.inspector
    person.click_tab(inspector.tabs, 1)
    part = inspector.values.part
    for _code in PRIORITIES:
        person.pick(part.code, PRIORITIES[part.table.current_row().local])


def _send_by_pointer(person):
    _click_page(person, "certificate")
    person.click(person.page.stage)
    _click_page(person, "sending")
    person.click(person.page.sum_up)
    person.click(person.page.summary.send)


def test_a_newcomer_gets_a_case_accepted(person):
    _new_project_by_keys(person)
    _click_page(person, "mapping")
    _map_system_by_keys(person)
    if _is_missing(person, "operationskod"):
        _map_operation_code_by_keys(person)
    person.press("Ctrl+A", "Space")
    _fill_priorities_by_pointer(person)
    _mapped(person)
    _send_by_pointer(person)
    assert _accepted(person) >= 1
    assert person.actions <= MOST


def test_the_same_by_keyboard_alone(person):
    _new_project_by_keys(person)
    person.press("Ctrl+3")
    _map_system_by_keys(person)
    if _is_missing(person, "operationskod"):
        _map_operation_code_by_keys(person)
    person.press("Ctrl+A", "Space")
    _fill_priorities_by_keys(person)
    _mapped(person)
    _send_by_keys(person)
    assert _accepted(person) >= 1
    assert set(person.done) == {KEY, TYPE}
    assert person.actions <= MOST


def test_the_same_by_pointer_without_any_drag(person):
    """Keys only write what no pointer can: the sender's id and the rows that are wanted."""
    _new_project_by_pointer(person)
    _click_page(person, "mapping")
    _map_system_by_pointer(person)
    if _is_missing(person, "operationskod"):
        _map_operation_code_by_pointer(person)
    person.click_action(_("&Page").replace("&", ""), _("Choose all variables"))
    person.click(person.page.approve_button)
    _fill_priorities_by_pointer(person)
    _mapped(person)
    _send_by_pointer(person)
    assert _accepted(person) >= 1
    assert set(person.done) <= {CLICK, SCROLL, TYPE}
    assert person.done[TYPE] <= 2
    assert person.actions <= MOST


def test_with_a_template_it_is_soon_done(template, person):
    """The same planning system at another hospital: its export, and what the first one approved."""
    person.click(person.button(TEMPLATE))
    person.write(NAMES)
    person.press("Enter", "Enter")  # now it stands on the mapping page
    _map_system_by_keys(person)
    person.press("Ctrl+A", "Space")
    _mapped(person)
    _send_by_pointer(person)
    assert _accepted(person) >= 1
    assert person.actions <= MOST_WITH_TEMPLATE
