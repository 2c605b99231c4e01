"""What is done with cases beside sending them: append-only, durable, and old files take it in."""

from datetime import UTC, datetime

import pytest

from app.core.errors import Cancelled
from app.core.journal_event import EventKind
from app.core.outcome import Outcome, OutcomeKind
from app.journal import store
from app.journal.journal import Journal
from app.keystore.secrets import MemorySecrets

MOMENT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def journal(tmp_path, secrets):
    opened = Journal.open(tmp_path / "journal.db", secrets)
    yield opened
    opened.close()


def send(journal, case, kind, document=b"<a/>", entrance="stage"):
    number = journal.begin(case, entrance, "", "", "m", document, MOMENT)
    journal.end(number, Outcome(case, kind), MOMENT)


def test_events_are_told_newest_first_and_per_case(journal):
    journal.note(EventKind.EXCLUDED, [("1", "test patient"), ("2", "twice")], MOMENT)
    journal.note(EventKind.INCLUDED, [("1", "")], MOMENT)
    assert [(one.case, one.kind, one.text) for one in journal.events()] == [
        ("1", EventKind.INCLUDED, ""),
        ("2", EventKind.EXCLUDED, "twice"),
        ("1", EventKind.EXCLUDED, "test patient"),
    ]
    assert [one.kind for one in journal.events("1", 1, 5)] == [EventKind.EXCLUDED]
    assert (journal.event_count(), journal.event_count("1")) == (3, 2)
    assert journal.events("2")[0].at == "2026-03-02T10:30:00.000+00:00"


def test_events_cannot_be_changed_or_removed(journal):
    journal.note(EventKind.REVEALED, [("1", "")], MOMENT)
    for deed in ("UPDATE event SET text = 'x'", "DELETE FROM event"):
        with pytest.raises(Exception, match="append-only"):
            journal._connection.execute(deed)


def test_several_events_are_written_all_or_none(journal):
    def cut_off():
        yield "1", "a"
        raise Cancelled

    with pytest.raises(Cancelled):
        journal.note(EventKind.EXCLUDED, cut_off(), MOMENT)
    assert journal.events() == ()


def test_an_event_tells_what_was_answered_by_then(journal):
    journal.note(EventKind.LISTED, [("1", "a")], MOMENT, "stage")
    send(journal, "1", OutcomeKind.UPDATED)
    journal.note(EventKind.LISTED, [("1", "b")], MOMENT, "stage")
    tracks = journal.event_tracks()
    assert [(entrance, text, answers) for _, _, _, entrance, text, answers in tracks] == [
        ("stage", "a", 0),
        ("stage", "b", 1),
    ]
    assert len(journal.event_tracks(tracks[0][0])) == 1


def test_the_stamp_changes_with_everything_that_is_written(journal):
    stamps = [journal.stamp()]
    number = journal.begin("1", "stage", "", "", "m", b"<a/>", MOMENT)
    stamps.append(journal.stamp())
    journal.end(number, Outcome("1", OutcomeKind.CREATED), MOMENT)
    stamps.append(journal.stamp())
    journal.note(EventKind.REVEALED, [("1", "")], MOMENT)
    stamps.append(journal.stamp())
    assert len(set(stamps)) == 4


def test_tracks_since_a_stamp_are_those_of_the_cases_that_anything_came_to(journal):
    send(journal, "1", OutcomeKind.CREATED)
    send(journal, "2", OutcomeKind.CREATED)
    open_one = journal.begin("3", "stage", "", "", "m", b"<c/>", MOMENT)
    attempts, answers, _ = journal.stamp()
    send(journal, "1", OutcomeKind.REJECTED, b"<b/>")
    journal.end(open_one, Outcome("3", OutcomeKind.CREATED), MOMENT)
    (found,) = journal.tracks((attempts, answers))
    assert [(case, kind) for _, case, _, _, kind, _ in found] == [
        ("1", "created"),
        ("3", "created"),
        ("1", "rejected"),
    ]
    assert [len(some) for some in journal.tracks()] == [4]


def test_tracks_come_some_at_a_time(journal, monkeypatch):
    for case in "12345":
        send(journal, case, OutcomeKind.CREATED)
    monkeypatch.setattr("app.journal.journal._TRACKS", 2)
    told = [[case for _, case, *_ in some] for some in journal.tracks()]
    assert told == [["1", "2"], ["3", "4"], ["5"]]


def test_the_last_accepted_version_is_asked_for_by_entrance(journal):
    send(journal, "1", OutcomeKind.CREATED, b"<old/>", "production")
    send(journal, "1", OutcomeKind.CREATED, b"<new/>", "local")
    send(journal, "1", OutcomeKind.REJECTED, b"<bad/>", "production")
    attempt, document = journal.accepted("1")
    assert (attempt.entrance, document) == ("local", b"<new/>")
    attempt, document = journal.accepted("1", "production")
    assert (attempt.entrance, document) == ("production", b"<old/>")
    assert journal.accepted("1", "stage") is None


def test_a_journal_of_the_first_version_takes_events_and_keeps_its_attempts(
    tmp_path, secrets, monkeypatch
):
    path = tmp_path / "journal.db"
    monkeypatch.setattr(store, "VERSION", 1)
    old = Journal.open(path, secrets)
    old._connection.executescript(
        "INSERT INTO document VALUES ('d', x'00');"
        "INSERT INTO attempt (case_key, entrance, address, hsa_id, mapping, digest, started)"
        " VALUES ('1', 'stage', '', '', 'm', 'd', '2026-01-01');"
    )
    old.close()
    monkeypatch.undo()
    new = Journal.open(path, secrets)
    new.note(EventKind.EXCLUDED, [("1", "why")], MOMENT)
    assert [one.case for one in new.attempts()] == ["1"]
    assert [one.text for one in new.events()] == ["why"]
    new.close()
    again = Journal.open(path, secrets)
    assert len(again.events()) == 1
    again.close()
