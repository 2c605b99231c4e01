"""Several certificates side by side: each entrance is shown its own, and the host decides."""

import json
from dataclasses import replace

import pytest

from app.core.errors import CertificateError, GateClosed, JournalError, ProfileError
from app.core.journal_event import CertificateEventKind
from app.core.pairing import PRODUCTION
from app.workflow import certify
from app.workflow.certificate_shelf import shelf_of
from app.workflow.certificate_views import CertificateView
from app.workflow.entrances import find_entrance
from app.workflow.local_stage import import_stage_certificate
from app.workflow.using import by_host, identity_for
from tests.support import pki
from tests.support.kept_certificates import PASSWORD, package, real_package, trial_package
from tests.support.trust import write_trust
from tests.support.workflow import make_desk, running_stage


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data", lambda: pki.NOW)
    write_trust(desk.data, pki.siths_test(), pki.siths_real(), pki.siths_old())
    yield desk
    desk.close()


def bring(desk, path):
    return certify.import_certificate(desk, path, PASSWORD)


def entrance(desk, name):
    return find_entrance(desk.profile(), name)


def used(shelf) -> dict[str, str]:
    return {kind: at(shelf, kind).issuer for kind, _ in shelf.chosen}


def at(shelf, kind) -> CertificateView:
    """Return the certificate that is used at a kind of entrance; there must be one."""
    view: CertificateView | None = shelf.for_kind(kind)
    assert view is not None
    return view


def shown(desk, place) -> str:
    """Return the issuer of the certificate that an entrance is shown, "" for none."""
    identity = identity_for(desk, place)
    return identity.facts.issuer if identity else ""


TEST, REAL = "TEST SITHS e-id Function CA v1", "SITHS e-id Function CA v1"


def test_each_is_chosen_where_it_opens_and_the_newest_comes_first(desk, tmp_path):
    bring(desk, trial_package(tmp_path))
    shelf = bring(desk, real_package(tmp_path))
    assert [one.issuer for one in shelf.certificates] == [REAL, TEST]
    assert used(shelf) == {"teststage": TEST, "stage": REAL, "production": REAL}
    assert dict(shelf.kinds)["stage"] == "stage"
    assert shelf == certify.certificates(desk)


def test_every_entrance_is_told_with_why(desk, tmp_path):
    (view,) = bring(desk, trial_package(tmp_path)).certificates
    told = {one.entrance: (one.opens, one.code) for one in view.pairings}
    assert told["teststage"] == (True, "pairing-opens-successor")
    assert told["stage"] == (False, "pairing-test-to-real")
    assert told["production"] == (False, "pairing-test-to-real")
    assert told["local"] == (False, "pairing-not-local")
    assert view.entrances == ("teststage",)


def test_what_is_told_of_a_certificate(desk, tmp_path):
    (view,) = bring(desk, trial_package(tmp_path)).certificates
    assert (view.organisation, view.names[0]) == ("Region Exempel", "op.example.se")
    assert (view.key_place, view.needs_pin, view.place) == ("file", False, "memory")
    assert view.working_days_left < view.days_left
    assert view.authority is not None
    assert view.authority.fact.source


def test_an_entrance_is_shown_the_certificate_of_its_own_kind(desk, tmp_path):
    bring(desk, trial_package(tmp_path))
    bring(desk, real_package(tmp_path))
    for name, issuer in (("teststage", TEST), ("stage", REAL), ("production", REAL)):
        assert shown(desk, entrance(desk, name)) == issuer


def test_a_renewed_one_lies_beside_the_old_until_somebody_switches(desk, tmp_path):
    first = bring(desk, trial_package(tmp_path)).certificates[0]
    wish = replace(pki.siths_wish(), key=pki.elliptic_key(9))
    renewed = pki.issue(pki.siths_test().issuing, wish)
    shelf = bring(desk, package(tmp_path, renewed, pki.siths_test(), "renewed"))
    new = shelf.certificates[0]
    assert len(shelf.certificates) == 2
    assert shelf.for_kind("teststage") == first
    shelf = certify.choose_certificate(desk, new.id, ("teststage",))
    assert at(shelf, "teststage").id == new.id
    assert len(shelf.certificates) == 2


def test_a_new_one_takes_the_place_of_one_that_has_run_out(desk, tmp_path):
    old = bring(desk, trial_package(tmp_path)).certificates[0]
    later = pki.NOW + 401 * pki.DAY
    desk.clock = lambda: later
    wish = replace(pki.siths_wish(), key=pki.elliptic_key(9), valid=(later, later + 300 * pki.DAY))
    renewed = pki.issue(pki.siths_test().issuing, wish)
    shelf = bring(desk, package(tmp_path, renewed, pki.siths_test(), "renewed"))
    assert at(shelf, "teststage").id == shelf.certificates[0].id != old.id


@pytest.mark.parametrize("kind", ["stage", "production", "local", "nowhere"])
def test_a_certificate_cannot_be_chosen_where_it_does_not_open(desk, tmp_path, kind):
    view = bring(desk, trial_package(tmp_path)).certificates[0]
    before = certify.certificates(desk)
    with pytest.raises(CertificateError):
        certify.choose_certificate(desk, view.id, (kind,))
    assert certify.certificates(desk) == before


def test_an_issuer_that_nobody_knows_is_chosen_by_a_person_only(desk, tmp_path):
    stranger = pki.leaf(pki.Flaw.OTHER_CA)
    shelf = bring(desk, package(tmp_path, stranger, pki.strangers()))
    assert shelf.chosen == ()
    view = shelf.certificates[0]
    assert {one.code for one in view.pairings if one.opens} == {"pairing-opens-unlisted-issuer"}
    shelf = certify.choose_certificate(desk, view.id, ("stage",))
    assert shelf.for_kind("stage") == view


def test_the_stages_certificate_is_for_the_local_stage_only(desk, tmp_path):
    bring(desk, trial_package(tmp_path))
    with running_stage(desk):
        shelf = import_stage_certificate(desk)
    assert at(shelf, "local").issuer.startswith("TEST Lokal stage")
    assert used(shelf)["teststage"] == TEST
    assert shown(desk, entrance(desk, "local")) == at(shelf, "local").issuer


def test_a_removed_one_is_used_nowhere(desk, tmp_path):
    view = bring(desk, trial_package(tmp_path)).certificates[0]
    shelf = certify.remove_certificate(desk, view.id)
    assert (shelf.certificates, shelf.chosen) == ((), ())
    assert identity_for(desk, entrance(desk, "teststage")) is None


def test_a_damaged_one_hides_no_other_and_can_be_removed(desk, tmp_path):
    bring(desk, trial_package(tmp_path))
    broken = bring(desk, real_package(tmp_path)).certificates[0]
    (desk.identity_folder / f"{broken.id}.pem").write_bytes(b"")
    shelf = certify.certificates(desk)
    assert [one.issuer for one in shelf.certificates] == [TEST]
    assert [dict(one.values)["id"] for one in shelf.damaged] == [broken.id]
    assert certify.remove_certificate(desk, broken.id).damaged == ()


def test_entrances_are_those_of_the_contract_that_the_project_has_now(desk, tmp_path):
    former = bring(desk, real_package(tmp_path))
    other = replace(desk.profile(), id="our-own", entrances=desk.profile().entrances[:1])
    desk.remember_profile(other)
    shelf = certify.certificates(desk, "our-own")  # its analysis is still under way
    (only,) = other.entrances
    assert [one for one, _kind in shelf.kinds] == [only.id]
    assert [one.entrance for one in shelf.certificates[0].pairings] == [only.id]
    assert shelf.number > former.number
    assert desk.profile().id == "our-own"


def test_the_host_decides_what_production_is_whatever_a_profile_says(desk, tmp_path):
    bring(desk, trial_package(tmp_path))
    production = entrance(desk, "production")
    called_stage = replace(production, id="x", kind="teststage", test_certificate=True)
    assert by_host(desk, called_stage).kind == PRODUCTION
    assert desk.identity(called_stage) is None  # nothing is chosen for production


def test_a_choice_that_was_changed_by_hand_is_stopped_before_any_connection(desk, tmp_path):
    view = bring(desk, trial_package(tmp_path)).certificates[0]
    choices = desk.identity_folder / "chosen.json"
    choices.write_text(json.dumps({"production": view.id}))
    with pytest.raises(GateClosed, match="pairing-test-to-real"):
        identity_for(desk, entrance(desk, "production"))


def test_the_journal_notes_what_was_done_with_a_certificate(desk, tmp_path):
    view = bring(desk, trial_package(tmp_path)).certificates[0]
    certify.choose_certificate(desk, view.id, ("teststage",))  # it is already
    certify.remove_certificate(desk, view.id)
    told = [
        (one.kind, one.entrance, one.fingerprint, one.hsa_id)
        for one in reversed(desk.journal().certificate_events())
    ]
    assert told == [
        (CertificateEventKind.IMPORTED, "", view.fingerprint, pki.HSA_ID),
        (CertificateEventKind.CHOSEN, "teststage", view.fingerprint, pki.HSA_ID),
        (CertificateEventKind.REMOVED, "", view.fingerprint, pki.HSA_ID),
    ]


def test_without_a_journal_nothing_is_changed(desk, tmp_path, monkeypatch):
    def broken():
        raise JournalError("journal-damaged", name="journal.db")

    monkeypatch.setattr(desk, "journal", broken)
    with pytest.raises(JournalError):
        bring(desk, trial_package(tmp_path))
    assert shelf_of(desk).certificates == ()


def test_whether_it_is_revoked_is_asked_of_its_issuers_own_hosts_only(desk, tmp_path, monkeypatch):
    asked = []

    def download(address, proxy=None):
        asked.append((address, proxy))
        return pki.list_pem(pki.revoked_list(pki.siths_test().issuing, pki.leaf(pki.Flaw.NONE)))

    monkeypatch.setattr("app.transport.revocation.download", download)
    view = bring(desk, trial_package(tmp_path)).certificates[0]
    found = certify.check_revocation(desk, view.id)
    assert found.code == "revocation-revoked"
    assert asked == [("http://crl1pp.siths.se/testsithseidfunctioncav1.crl", None)]
    stranger = package(tmp_path, pki.leaf(pki.Flaw.OTHER_CA), pki.strangers(), "stranger")
    view = bring(desk, stranger).certificates[0]
    assert certify.check_revocation(desk, view.id).code == "revocation-host"
    assert len(asked) == 1


def test_a_damaged_file_of_ones_own_authorities_is_told_and_nothing_is_shown(desk, tmp_path):
    bring(desk, trial_package(tmp_path))
    (desk.data / "certificates.toml").write_text("[[host]]\nname = 1\n")
    later = make_desk(desk.data, desk.clock)
    later.secrets = desk.secrets
    for deed in (certify.certificates, lambda at: identity_for(at, entrance(at, "teststage"))):
        with pytest.raises(ProfileError):
            deed(later)
