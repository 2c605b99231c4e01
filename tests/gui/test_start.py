"""Start: what is done, what is next, and how to begin."""

import errno
from pathlib import Path

import pytest

from app.core.errors import JournalError, ProjectError
from app.core.mapping import LinkState
from app.gui.mapping.edits import with_state
from app.gui.start.page import StartPage
from app.gui.start.road import DONE, NEXT
from app.workflow.views import FellistaView, JournalPage, OpenProject
from tests.support.gui import PROJECT, Desktop, settle, shipped


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path)
    yield made
    made.backend.close()


def _page(qtbot, desktop):
    page = StartPage(desktop.context)
    qtbot.addWidget(page)
    settle(qtbot, desktop)
    return page


def _states(page):
    return {row.step.page: row.step.state for row in page.road_rows}


def test_the_first_step_is_next_when_nothing_is_open(qtbot, desktop):
    states = _states(_page(qtbot, desktop))
    assert states["source"] == NEXT
    assert DONE not in states.values()


def test_the_road_follows_the_project(qtbot, desktop):
    page = _page(qtbot, desktop)
    desktop.open()
    settle(qtbot, desktop)
    assert _states(page)["source"] == DONE
    assert _states(page)["mapping"] == NEXT
    everything = [link.variable for link in PROJECT.links]
    desktop.document.change("x", with_state(PROJECT, everything, LinkState.APPROVED))
    assert _states(page)["mapping"] == DONE
    assert _states(page)["cases"] == DONE
    assert _states(page)["certificate"] == NEXT


def test_counts_are_said_in_swedish(qtbot, desktop):
    page = _page(qtbot, desktop)
    desktop.open()
    settle(qtbot, desktop)
    notes = {row.step.page: row.step.note for row in page.road_rows}
    assert notes["source"] == "2 filer, 912 rader"
    assert notes["cases"] == "400 ärenden, 12 hålls tillbaka"
    assert notes["mapping"] == "2 av 3 kopplingar godkända"


def test_attempts_and_an_empty_fellista_are_steps_done(qtbot, tmp_path):
    desktop = Desktop(tmp_path, {"journal_page": JournalPage(3, 0, ())})
    page = _page(qtbot, desktop)
    desktop.session.set_fellista(FellistaView((), ()))
    assert _states(page)["sending"] == DONE
    assert _states(page)["fellista"] == DONE
    desktop.backend.close()


def test_a_journal_that_cannot_be_opened_leaves_the_step_open(qtbot, tmp_path):
    desktop = Desktop(tmp_path, {"journal_page": JournalError("journal-key-missing")})
    assert _states(_page(qtbot, desktop))["sending"] != DONE
    assert desktop.said == []
    desktop.backend.close()


def test_a_step_leads_to_its_page(qtbot, desktop):
    page = _page(qtbot, desktop)
    page.road_rows[2].button.click()
    assert desktop.went == [("cases", {})]


def test_recent_projects_are_listed_and_a_missing_one_says_so(qtbot, desktop, tmp_path):
    there = tmp_path / "prov.sporproject"
    there.touch()
    desktop.context.settings.add_recent("/borta/gammal.sporproject")
    desktop.context.settings.add_recent(str(there))
    page = _page(qtbot, desktop)
    names = [page._recent.itemAt(number).widget().text() for number in range(2)]
    assert names == ["prov", "gammal (saknas)"]


def test_recent_projects_are_listed_also_when_their_drive_is_gone(
    qtbot, desktop, tmp_path, monkeypatch
):
    there = tmp_path / "ny.sporproject"
    there.write_text("")
    desktop.context.settings.add_recent(str(there))
    found = Path.stat

    def stat(self, **options):
        if self.suffix == ".sporproject":
            raise OSError(errno.EHOSTDOWN, "Host is down")
        return found(self, **options)

    monkeypatch.setattr(Path, "stat", stat)
    page = _page(qtbot, desktop)
    assert page._recent.itemAt(0).widget().text() == "ny (saknas)"


def test_opening_a_recent_project_opens_it(qtbot, tmp_path):
    opened = OpenProject(PROJECT, "/x/prov.sporproject", shipped())
    desktop = Desktop(tmp_path, {"open_project": opened})
    desktop.context.settings.add_recent("/x/prov.sporproject")
    page = _page(qtbot, desktop)
    page._recent.itemAt(0).widget().click()
    qtbot.waitUntil(lambda: desktop.document.is_open)
    assert desktop.document.project == PROJECT
    settle(qtbot, desktop)
    desktop.backend.close()


def test_a_project_that_is_gone_leaves_the_recent_list(qtbot, tmp_path):
    desktop = Desktop(tmp_path, {"open_project": ProjectError("project-missing", name="x")})
    desktop.context.settings.add_recent("/borta/x.sporproject")
    page = _page(qtbot, desktop)
    page._recent.itemAt(0).widget().click()
    qtbot.waitUntil(lambda: bool(desktop.said))
    assert desktop.context.settings.recent() == ()
    desktop.backend.close()
