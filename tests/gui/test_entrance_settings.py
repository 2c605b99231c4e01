"""The settings of an entrance: nothing is trusted before it was shown, and all can be undone."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.core.entrance_settings import EntranceSettings, settings_of, with_settings
from app.core.errors import KeystoreError
from app.core.register import Confidence
from app.gui.certificate.entrance_settings import EntranceSettingsPanel
from app.gui.frame.page import Page
from app.language import text
from app.workflow.entrance_views import AuthorityFile, RevocationFile, TrustedCertificate
from app.workflow.views import Problem
from tests.support import gui_ladder as ladders
from tests.support import gui_shelf as shelves
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

ROOT = TrustedCertificate(
    subject="CN=SITHS e-id Root CA v2, O=Inera AB, C=SE",
    issuer="CN=SITHS e-id Root CA v2, O=Inera AB, C=SE",
    fingerprint="8767260a" * 8,
    valid_from="2019-05-15T00:00:00+00:00",
    valid_to="2049-09-15T00:00:00+00:00",
    known="SITHS e-id Root CA v2",
)
FILE = AuthorityFile("/ca/siths.pem", (ROOT,))
LIST = RevocationFile(
    "/ca/siths.crl",
    issuer="CN=SITHS e-id Function CA v1",
    made="2026-11-20T00:00:00+00:00",
    next_update="2026-11-27T00:00:00+00:00",
    count=31,
)


@pytest.fixture(autouse=True)
def english(own_home):
    text.use("en")


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    window.desk.answers["read_authorities"] = lambda _path: FILE
    window.desk.answers["read_revocation"] = lambda _path: LIST
    window.desk.answers["entrance_facts"] = facts
    yield window
    window.close()


def facts(entrance_id, settings):
    named = dict(settings)
    view = ladders.entrance_view(entrance_id)
    authorities = FILE if named.get(f"authorities_{entrance_id}") else None
    revocation = LIST if named.get(f"revocation_{entrance_id}") else None
    return replace(view, authorities=authorities, revocation=revocation)


@pytest.fixture
def panel(qtbot, window):
    page = Page(window.context, "Certifikat", "")
    panel = EntranceSettingsPanel(window.context, page)
    page.show_body(panel)
    qtbot.addWidget(page)
    page.resize(520, 900)
    page.show()
    show(qtbot, window, panel, "stage")
    return panel


def show(qtbot, window, panel, entrance_id):
    entrances = window.document.profile.entrances
    panel.show_entrance(next(one for one in entrances if one.id == entrance_id))
    settle(qtbot, window)


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.backend.jobs)


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def set_for(window, entrance_id="stage"):
    return settings_of(window.document.project, entrance_id)


def test_the_host_says_what_the_entrance_is_and_who_says_so(panel):
    assert "test-integration.ucr.uu.se is STAGE" in panel.host.note.text()
    assert "stated" in panel.host.note.text()


def test_a_host_that_nobody_knows_is_said_to_be_treated_as_production(qtbot, window, panel):
    window.desk.answers["entrance_facts"] = lambda entrance_id, _settings: replace(
        ladders.entrance_view(entrance_id),
        known=False,
        kind="production",
        confidence=Confidence.ASSUMED,
    )
    show(qtbot, window, panel, "teststage")
    assert "treated as production" in panel.host.note.text()


def test_issuers_that_nobody_has_told_are_not_invented(qtbot, window, panel):
    assert "Its own is issued by: Not known: ask the register." in panel.host.rows.text


def test_a_ca_file_is_shown_before_it_is_trusted_and_the_trust_can_be_undone(qtbot, window, panel):
    assert "No CA file is chosen" in panel.authorities.trusted.title.text()
    panel.authorities.take_file("/ca/siths.pem")
    settle(qtbot, window)
    assert "Compare its fingerprint" in panel.authorities.trusted.title.text()
    assert "8767260a 8767260a" in panel.authorities.trusted.text
    assert "The fingerprint is that of SITHS e-id Root CA v2." in panel.authorities.trusted.text
    assert set_for(window).authorities == ""
    press(qtbot, panel.authorities.trust)
    settle(qtbot, window)
    assert set_for(window).authorities == "/ca/siths.pem"
    assert panel.authorities.trusted.title.text() == "CA file: siths.pem"
    assert window.document.undo_stack.undoText() == "trust siths.pem at Stage"
    window.document.undo_stack.undo()
    assert set_for(window).authorities == ""


def test_a_ca_file_that_only_the_project_trusts_is_shown_to_be_trusted_here(qtbot, window, panel):
    unseen = replace(FILE, approved=False, certificates=(replace(ROOT, impostor=True),))
    window.desk.answers["entrance_facts"] = lambda entrance_id, settings: replace(
        facts(entrance_id, settings), authorities=unseen
    )
    chosen = EntranceSettings(authorities=FILE.path)
    window.document.change("x", with_settings(window.document.project, "stage", chosen))
    settle(qtbot, window)
    assert "Compare its fingerprint" in panel.authorities.trusted.title.text()
    assert panel.authorities.trust.text() == "Trust them nevertheless"
    changes = window.document.undo_stack.count()
    press(qtbot, panel.authorities.trust)
    settle(qtbot, window)
    assert window.desk.arguments("keep_authorities") == (FILE.path,)
    assert panel.authorities.trusted.title.text() == "CA file: siths.pem"
    assert window.document.undo_stack.count() == changes


def test_a_ca_file_that_is_declined_is_not_trusted(qtbot, window, panel):
    panel.authorities.take_file("/ca/siths.pem")
    settle(qtbot, window)
    press(qtbot, panel.authorities.decline)
    settle(qtbot, window)
    assert set_for(window).authorities == ""
    assert "No CA file is chosen" in panel.authorities.trusted.title.text()
    assert panel.authorities.choose.isVisible()


def test_an_impostor_is_not_trusted_by_a_thoughtless_return(qtbot, window, panel):
    false = AuthorityFile("/ca/x.pem", (replace(ROOT, known="", impostor=True),))
    window.desk.answers["read_authorities"] = lambda _path: false
    panel.authorities.take_file("/ca/x.pem")
    settle(qtbot, window)
    assert panel.authorities.trust.text() == "Trust them nevertheless"
    assert panel.authorities.decline.hasFocus()
    assert "not its fingerprint" in panel.authorities.trusted.text


def test_of_a_whole_bundle_some_are_shown_and_it_is_warned_of(qtbot, window, panel):
    bundle = AuthorityFile("/ca/all.pem", (ROOT,) * 140)
    window.desk.answers["read_authorities"] = lambda _path: bundle
    panel.authorities.take_file("/ca/all.pem")
    settle(qtbot, window)
    assert len(panel.authorities.trusted.cards) == 12
    assert "128 more are not shown" in panel.authorities.trusted.more.text()
    assert panel.authorities.trusted.more.isVisible()


def test_a_file_that_cannot_be_read_is_told_and_cannot_be_trusted(qtbot, window, panel):
    problem = Problem("tls-authority-unreadable", (("name", "x.pem"),))
    window.desk.answers["read_authorities"] = lambda path: AuthorityFile(path, problem=problem)
    panel.authorities.take_file("/ca/x.pem")
    settle(qtbot, window)
    assert "x.pem" in panel.authorities.trusted.trouble.text()
    assert not panel.authorities.trust.isVisible()


def test_a_proposed_file_of_one_entrance_is_not_offered_at_another(qtbot, window, panel):
    panel.authorities.take_file("/ca/siths.pem")
    settle(qtbot, window)
    show(qtbot, window, panel, "production")
    assert not panel.authorities.trust.isVisible()


def test_a_proxy_is_one_change_and_its_password_lies_in_the_keystore_only(qtbot, window, panel):
    assert panel.proxy.password.echoMode() == QLineEdit.EchoMode.Password
    assert not panel.proxy.user.isEnabled()
    qtbot.keyClicks(panel.proxy.place, "proxy.region.se:8080")
    qtbot.keyClicks(panel.proxy.user, "svc")
    qtbot.keyClicks(panel.proxy.password, "hemligt")
    qtbot.keyClick(panel.proxy.password, Qt.Key.Key_Return)
    settle(qtbot, window)
    kept = set_for(window)
    assert (kept.proxy, kept.proxy_user) == ("proxy.region.se:8080", "svc")
    assert window.desk.arguments("keep_proxy_password") == (kept.proxy_secret, "hemligt")
    assert panel.proxy.password.text() == ""
    assert "hemligt" not in repr(window.document.project)


def test_a_proxy_is_taken_away_by_emptying_it(qtbot, window, panel):
    qtbot.keyClicks(panel.proxy.place, "p.se:8080")
    qtbot.keyClick(panel.proxy.place, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert set_for(window) == EntranceSettings(proxy="p.se:8080")
    panel.proxy.place.selectAll()
    qtbot.keyClick(panel.proxy.place, Qt.Key.Key_Delete)
    press(qtbot, panel.proxy.apply)
    settle(qtbot, window)
    assert set_for(window) == EntranceSettings()


def test_a_proxy_in_another_form_is_told_as_it_is_typed(qtbot, panel):
    qtbot.keyClicks(panel.proxy.place, "proxy.region.se")
    assert "host:port" in panel.proxy.trouble.text()
    assert not panel.proxy.apply.isEnabled()
    qtbot.keyClicks(panel.proxy.place, ":8080")
    assert panel.proxy.trouble.text() == ""
    assert panel.proxy.apply.isEnabled()


def test_a_password_that_cannot_be_kept_changes_nothing(qtbot, window, panel):
    window.desk.fail("keep_proxy_password", KeystoreError("keystore-locked"))
    qtbot.keyClicks(panel.proxy.place, "p.se:8080")
    qtbot.keyClicks(panel.proxy.user, "svc")
    qtbot.keyClicks(panel.proxy.password, "hemligt")
    press(qtbot, panel.proxy.apply)
    qtbot.waitUntil(lambda: bool(window.said))
    assert set_for(window) == EntranceSettings()
    assert panel.proxy.place.text() == "p.se:8080"
    assert panel.proxy.apply.isEnabled()


def test_what_is_typed_for_one_entrance_does_not_follow_to_another(qtbot, window, panel):
    qtbot.keyClicks(panel.proxy.place, "p.se:8080")
    show(qtbot, window, panel, "production")
    assert panel.proxy.place.text() == ""


def test_a_revocation_list_is_turned_on_by_a_file_and_off_again(qtbot, window, panel):
    assert not panel.revocation.check.isChecked()
    assert "Off" in panel.revocation.note.text()
    panel.take_revocation("/ca/siths.crl")
    settle(qtbot, window)
    assert set_for(window).revocation == "/ca/siths.crl"
    assert panel.revocation.check.isChecked()
    assert "31 revoked certificates, to be renewed 2026-11-27" in panel.revocation.note.text()
    panel.revocation.check.click()
    settle(qtbot, window)
    assert set_for(window).revocation == ""
    assert not panel.revocation.check.isChecked()


def test_a_list_that_is_none_is_told_and_not_used(qtbot, window, panel):
    problem = Problem("tls-revocation-unreadable", (("name", "x.crl"),))
    window.desk.answers["read_revocation"] = lambda path: RevocationFile(path, problem=problem)
    panel.take_revocation("/ca/x.crl")
    settle(qtbot, window)
    assert set_for(window).revocation == ""
    assert "x.crl" in panel.revocation.trouble.text()


def test_the_local_stage_needs_no_settings(qtbot, window, panel):
    show(qtbot, window, panel, "local")
    assert panel.local.isVisible()
    assert not panel.authorities.choose.isVisible()
    assert not panel.proxy.isVisible()


@pytest.mark.parametrize("deed", ["keep_authorities", "read_revocation", "keep_proxy_password"])
def test_what_takes_its_time_is_set_for_the_entrance_it_was_asked_for(qtbot, window, panel, deed):
    window.desk.held.add(deed)
    if deed == "keep_authorities":
        panel.authorities.take_file("/ca/siths.pem")
        settle(qtbot, window)
        press(qtbot, panel.authorities.trust)
    elif deed == "read_revocation":
        panel.take_revocation("/ca/siths.crl")
    else:
        for field, said in (("place", "proxy.region.se:8080"), ("user", "svc"), ("password", "x")):
            qtbot.keyClicks(getattr(panel.proxy, field), said)
        press(qtbot, panel.proxy.apply)
    qtbot.waitUntil(lambda: window.desk.times(deed) == 1)
    entrances = window.document.profile.entrances
    panel.show_entrance(next(one for one in entrances if one.id == "production"))
    qtbot.waitUntil(lambda: len(window.backend.jobs) == 1)  # only what is held
    window.desk.release()
    settle(qtbot, window)
    assert set_for(window) != EntranceSettings()
    assert set_for(window, "production") == EntranceSettings()


def test_a_file_that_was_chosen_for_another_entrance_is_not_offered(qtbot, window, panel):
    window.desk.held.add("read_authorities")
    panel.authorities.take_file("/ca/siths.pem")
    entrances = window.document.profile.entrances
    panel.show_entrance(next(one for one in entrances if one.id == "production"))
    qtbot.waitUntil(lambda: len(window.backend.jobs) == 1)  # only what is held
    window.desk.release()
    settle(qtbot, window)
    assert not panel.authorities.is_asking


def test_the_host_decides_whether_an_entrance_has_settings(qtbot, window, panel):
    shelf = replace(shelves.ONE, kinds=(("local", "production"),))
    window.session.set_shelf(shelf)  # a profile calls a host local that is none
    show(qtbot, window, panel, "local")
    assert panel.authorities.isVisible()
    assert panel.proxy.isVisible()
    assert not panel.local.isVisible()
