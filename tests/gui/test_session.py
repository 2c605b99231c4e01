"""What all pages know of the open project: never what was found of another one."""

from dataclasses import replace

import pytest

from app.core.errors import WorkbenchError
from app.workflow.views import Summary
from tests.support import gui_ladder as ladders
from tests.support import gui_shelf as shelves
from tests.support.gui import PROJECT, SUMMARY, TABLES, Desktop, settle

OTHER = replace(PROJECT, name="Annat")
FEWER = tuple(replace(one, rows=7) for one in TABLES)


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path)
    yield made
    made.backend.close()


def _answer(desktop, qtbot, job, result):
    desktop.answer(job, result)
    qtbot.waitUntil(lambda: job not in desktop.backend.jobs)


def test_tables_of_the_project_that_was_open_before_are_not_shown(desktop, qtbot):
    desktop.hold("read_tables")
    desktop.open()
    desktop.open(OTHER)
    former, now = desktop.waiting("read_tables")
    _answer(desktop, qtbot, former, FEWER)
    assert desktop.session.tables == ()
    _answer(desktop, qtbot, now, TABLES)
    assert desktop.session.tables == TABLES


def test_files_read_before_the_last_change_of_the_sources_do_not_come_back(desktop, qtbot):
    desktop.open()
    settle(qtbot, desktop)
    desktop.hold("read_tables")
    for encoding in ("utf-8", "cp850"):
        changed = replace(PROJECT.sources[0], encoding=encoding)
        desktop.document.change("kodning", desktop.document.project.with_source(changed))
    former, now = desktop.waiting("read_tables")
    _answer(desktop, qtbot, now, TABLES)
    _answer(desktop, qtbot, former, FEWER)
    assert desktop.session.tables == TABLES
    assert [order.number for order in desktop.channel.orders] == [former.number]


def test_a_check_of_the_project_that_was_open_before_says_nothing_of_this_one(desktop, qtbot):
    desktop.hold("analyse")
    desktop.open()
    qtbot.waitUntil(lambda: bool(desktop.waiting("analyse")))
    former = desktop.waiting("analyse")[0]
    desktop.hold("read_tables")
    desktop.open(OTHER)
    assert not desktop.session.is_checking
    _answer(desktop, qtbot, former, SUMMARY)
    assert desktop.session.summary is None


def test_a_check_that_fails_is_told_and_leaves_no_summary(desktop, qtbot):
    heard: list[WorkbenchError] = []
    desktop.backend.troubled.connect(heard.append)
    desktop.answers["analyse"] = WorkbenchError("unexpected", kind="x")
    desktop.open()
    qtbot.waitUntil(lambda: bool(heard))
    assert desktop.session.summary is None
    assert not desktop.session.is_checking


def test_a_check_that_is_stopped_by_hand_leaves_the_last_summary(desktop, qtbot):
    from app.core.errors import Cancelled

    desktop.open()
    settle(qtbot, desktop)
    desktop.channel._answers["analyse"] = Cancelled()
    desktop.session.check()
    settle(qtbot, desktop)
    assert isinstance(desktop.session.summary, Summary)
    assert not desktop.session.is_checking


def test_when_the_worker_dies_another_is_given_its_work_and_it_is_said(desktop, qtbot):
    heard: list[WorkbenchError] = []
    desktop.backend.troubled.connect(heard.append)
    desktop.open()
    settle(qtbot, desktop)
    desktop.hold("analyse")
    desktop.backend.died.emit()
    assert [error.code for error in heard] == ["worker-died"]
    qtbot.waitUntil(lambda: bool(desktop.waiting("analyse")))
    assert desktop.session.is_checking


def test_a_worker_that_dies_again_at_once_is_given_nothing_by_itself(desktop, qtbot):
    desktop.open()
    settle(qtbot, desktop)
    for _time in range(2):
        desktop.backend.died.emit()
        settle(qtbot, desktop)
    assert desktop.session.summary is None
    assert not desktop.session.is_checking


def test_a_check_that_kills_the_worker_is_not_tried_again_by_itself(desktop, qtbot):
    desktop.open()
    settle(qtbot, desktop)
    desktop.hold("analyse")
    desktop.session.check()
    desktop.backend.died.emit()
    assert desktop.session.summary is None
    assert len(desktop.waiting("analyse")) == 1


def test_the_certificate_is_the_one_of_the_chosen_entrance(desktop):
    chosen = (("local", "test"), ("production", "good"))
    desktop.session.set_shelf(shelves.shelf(shelves.GOOD, shelves.TEST, chosen=chosen))
    assert desktop.session.certificate == shelves.TEST  # without a project it is the local one
    desktop.open()
    desktop.session.set_entrance("production")
    assert desktop.session.certificate == shelves.GOOD
    desktop.session.set_entrance("stage")
    assert desktop.session.certificate is None


def test_a_host_of_production_is_production_whatever_the_profile_calls_it(desktop):
    desktop.open()
    desktop.session.set_entrance("stage")
    shelf = shelves.shelf(shelves.GOOD, chosen=(("production", "good"),))
    desktop.session.set_shelf(replace(shelf, kinds=(("stage", "production"),)))
    assert desktop.session.kind_of(desktop.session.entrance) == "production"
    assert desktop.session.certificate == shelves.GOOD


def test_what_a_certificate_opens_is_asked_anew_for_another_profiles_entrances(desktop, qtbot):
    desktop.session.ask_certificate()
    desktop.open()
    settle(qtbot, desktop)
    before = desktop.channel.times("certificates")
    desktop.open(OTHER)
    settle(qtbot, desktop)
    assert desktop.channel.times("certificates") == before
    desktop.open(replace(OTHER, profile="our-own"))
    settle(qtbot, desktop)
    assert desktop.channel.times("certificates") == before + 1


def test_what_is_asked_of_certificates_is_asked_for_the_projects_contract_of_now(desktop, qtbot):
    desktop.session.ask_certificate()
    desktop.open()
    settle(qtbot, desktop)
    moved = replace(desktop.document.project, profile="our-own")
    desktop.document.move("annat kontrakt", moved, desktop.document.profile)
    settle(qtbot, desktop)
    asked = [arguments for name, arguments in desktop.channel.asked if name == "certificates"]
    assert asked == [("",), (PROJECT.profile,), ("our-own",)]


def test_a_shelf_that_was_looked_at_earlier_and_comes_later_is_not_shown(desktop):
    chosen = (("production", "good"),)
    before = replace(shelves.shelf(shelves.GOOD), number=3)
    after = replace(shelves.shelf(shelves.GOOD, chosen=chosen), number=4)
    for shelf in (after, before):
        desktop.session.set_shelf(shelf)
    assert desktop.session.shelf == after
    desktop.backend.died.emit()  # the next worker counts anew
    desktop.session.set_shelf(replace(before, number=1))
    assert desktop.session.shelf == before


def test_a_tried_connection_is_forgotten_with_its_project(desktop):
    desktop.open()
    desktop.session.tried.keep(ladders.LADDER, "as it was")
    assert desktop.session.tried.of("local", "as it was") == ladders.LADDER
    assert desktop.session.tried.of("local", "otherwise") is None
    assert desktop.session.tried.is_outdated("local", "otherwise")
    desktop.open(OTHER)
    assert desktop.session.tried.of("local", "as it was") is None
