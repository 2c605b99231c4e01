"""Which certificate was used for what: kept per attempt and as events that only grow."""

from datetime import UTC, datetime

import pytest

from app.core.journal_event import CertificateEventKind, EventKind
from app.core.outcome import Outcome, OutcomeKind
from app.journal import store
from app.journal.journal import Journal
from app.keystore.secrets import MemorySecrets

MOMENT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
FINGERPRINT = "ab" * 32


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def journal(tmp_path, secrets):
    opened = Journal.open(tmp_path / "journal.db", secrets)
    yield opened
    opened.close()


def test_an_attempt_keeps_the_fingerprint_of_its_certificate(journal):
    journal.begin("1", "stage", "", "", "m", b"<a/>", MOMENT, FINGERPRINT)
    assert journal.attempts()[0].certificate == FINGERPRINT


def test_events_of_certificates_are_told_newest_first_page_by_page(journal):
    for kind in (CertificateEventKind.IMPORTED, CertificateEventKind.TRIED):
        journal.note_certificate(kind, FINGERPRINT, "SE1-A", MOMENT, "stage", "why")
    newest = journal.certificate_events(0, 1)[0]
    assert (newest.kind, newest.fingerprint, newest.hsa_id) == ("tried", FINGERPRINT, "SE1-A")
    assert (newest.entrance, newest.text, newest.at[:10]) == ("stage", "why", "2026-03-02")
    assert [one.kind for one in journal.certificate_events(1, 5)] == ["imported"]
    assert journal.certificate_event_count() == 2


def test_they_say_nothing_of_any_case_and_change_nothing_for_sending(journal):
    before = journal.stamp()
    journal.note_certificate(CertificateEventKind.REMOVED, FINGERPRINT, "", MOMENT)
    assert journal.stamp() == before
    assert journal.events() == ()


def test_events_of_certificates_cannot_be_changed_or_removed(journal):
    journal.note_certificate(CertificateEventKind.REMOVED, FINGERPRINT, "", MOMENT)
    for deed in ("UPDATE certificate_event SET text = 'x'", "DELETE FROM certificate_event"):
        with pytest.raises(Exception, match="append-only"):
            journal._connection.execute(deed)


@pytest.mark.parametrize("version", [1, 2])
def test_an_older_journal_keeps_its_attempts_and_takes_certificates(
    tmp_path, secrets, monkeypatch, version
):
    path = tmp_path / "journal.db"
    with monkeypatch.context() as then:
        then.setattr(store, "VERSION", version)
        old = Journal.open(path, secrets)
        _as_then(old)
        if version > 1:
            old.note(EventKind.EXCLUDED, [("1", "why")], MOMENT)
        old.close()
    new = Journal.open(path, secrets)
    assert [(one.case, one.kind, one.certificate) for one in new.attempts()] == [
        ("1", OutcomeKind.CREATED, "")
    ]
    assert len(new.events()) == version - 1
    new.begin("2", "stage", "", "", "m", b"<b/>", MOMENT, FINGERPRINT)
    new.note_certificate(CertificateEventKind.TRIED, FINGERPRINT, "", MOMENT)
    new.close()
    again = Journal.open(path, secrets)
    assert [one.certificate for one in again.attempts()] == [FINGERPRINT, ""]
    assert again.certificate_event_count() == 1
    again.close()


def _as_then(journal: Journal) -> None:
    """Write an attempt and its answer as the former versions of the program did."""
    journal._connection.executescript(
        "INSERT INTO document VALUES ('d', x'00');"
        "INSERT INTO attempt (case_key, entrance, address, hsa_id, mapping, digest, started)"
        " VALUES ('1', 'stage', '', '', 'm', 'd', '2026-01-01');"
    )
    journal.end(1, Outcome("1", OutcomeKind.CREATED), MOMENT)
