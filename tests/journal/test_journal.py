"""J01-J03 and the promises of the journal: durable, append-only, encrypted, never overwritten."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import JournalError
from app.core.outcome import Outcome, OutcomeKind
from app.disk import alone
from app.journal import store
from app.journal.journal import Journal
from app.keystore.secrets import MemorySecrets
from tests.support.outside import TEST_PERSON

MOMENT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
DOCUMENT = f"<patientId>{TEST_PERSON}</patientId>".encode()
CHANGED = DOCUMENT + b"<x/>"


@pytest.fixture
def secrets() -> MemorySecrets:
    return MemorySecrets()


@pytest.fixture
def journal(tmp_path, secrets):
    with_file = Journal.open(tmp_path / "journal.db", secrets)
    yield with_file
    with_file.close()


def begin(journal: Journal, case="1", document=DOCUMENT, entrance="stage") -> int:
    return journal.begin(
        case, entrance, "https://x/", "SE2321000016-A1B2", "f" * 64, document, MOMENT
    )


def attempt(journal: Journal, kind: OutcomeKind, case="1", document=DOCUMENT, entrance="stage"):
    number = begin(journal, case, document, entrance)
    journal.end(number, Outcome(case, kind, f"text {number}"), MOMENT)
    return number


def test_an_attempt_is_written_before_and_after(journal):
    number = begin(journal)
    (under_way,) = journal.unanswered()
    assert (under_way.number, under_way.kind, under_way.ended) == (number, None, "")
    journal.end(number, Outcome("1", OutcomeKind.CREATED, "Skapade: 1"), MOMENT)
    (ended,) = journal.attempts()
    assert journal.unanswered() == ()
    assert (ended.case, ended.entrance, ended.kind, ended.text) == (
        "1",
        "stage",
        OutcomeKind.CREATED,
        "Skapade: 1",
    )
    assert ended.digest == sha256(DOCUMENT).hexdigest()
    assert ended.started == ended.ended == "2026-03-02T10:30:00.000+00:00"


def test_attempts_are_paged_newest_first_and_by_case(journal):
    numbers = [attempt(journal, OutcomeKind.CREATED, case) for case in ("1", "2", "1", "3")]
    assert [one.number for one in journal.attempts(count=2)] == numbers[:1:-1]
    assert [one.number for one in journal.attempts(offset=3)] == numbers[:1]
    assert [one.number for one in journal.attempts("1")] == [numbers[2], numbers[0]]
    assert (journal.count(), journal.count("1"), journal.count("9")) == (4, 2, 0)


def test_the_last_accepted_document_is_kept_whole(journal):
    assert journal.accepted_document("1") is None
    attempt(journal, OutcomeKind.CREATED)
    attempt(journal, OutcomeKind.REJECTED, document=CHANGED)
    assert journal.accepted_document("1") == DOCUMENT
    attempt(journal, OutcomeKind.UPDATED, document=CHANGED)
    assert journal.accepted_document("1") == CHANGED


def test_what_an_entrance_surely_holds(journal):
    first, second = sha256(DOCUMENT).hexdigest(), sha256(CHANGED).hexdigest()
    attempt(journal, OutcomeKind.CREATED)
    attempt(journal, OutcomeKind.REJECTED, document=CHANGED)
    attempt(journal, OutcomeKind.CREATED, "2", entrance="production")
    assert journal.last_accepted("stage") == {"1": first}
    attempt(journal, OutcomeKind.UNKNOWN)  # the same bytes: it holds them either way
    assert journal.last_accepted("stage") == {"1": first}
    attempt(journal, OutcomeKind.UNKNOWN, document=CHANGED)
    assert journal.last_accepted("stage") == {}
    attempt(journal, OutcomeKind.UPDATED, document=CHANGED)
    assert journal.last_accepted("stage") == {"1": second}
    begin(journal)  # under way with other bytes
    assert journal.last_accepted("stage") == {}
    assert journal.last_accepted("production") == {"2": first}


def test_cases_that_leave_together_are_all_written_or_none(journal):
    where = ("stage", "https://x/", "SE2321000016-A1B2", "f" * 64, MOMENT)
    numbers = journal.begin_many({"1": DOCUMENT, "2": CHANGED}, *where)
    assert [one.case for one in journal.unanswered()] == ["2", "1"]
    ended = {numbers[case]: Outcome(case, OutcomeKind.CREATED) for case in numbers}
    journal.end_many(ended, MOMENT)
    assert set(journal.last_accepted("stage")) == {"1", "2"}
    with pytest.raises(TypeError):
        journal.begin_many({"3": DOCUMENT, "4": None}, *where)
    assert journal.count() == 2


def test_attempts_of_a_dead_process_become_unknown_and_a_late_answer_still_counts(journal):
    attempt(journal, OutcomeKind.CREATED)
    left = begin(journal, "2")
    (reset,) = journal.reset_unanswered(MOMENT)
    assert reset.number == left
    assert journal.reset_unanswered(MOMENT) == ()
    found = journal.attempts("2")[0]
    assert (found.kind, found.code) == (OutcomeKind.UNKNOWN, "answer-lost")
    journal.end(left, Outcome("2", OutcomeKind.CREATED, "Skapade: 2"), MOMENT)
    (late,) = journal.attempts("2")
    assert late.kind is OutcomeKind.CREATED
    assert journal.count() == 2


def test_nothing_written_can_be_rewritten(journal):
    attempt(journal, OutcomeKind.CREATED)
    for deed in (
        "UPDATE attempt SET case_key = '2'",
        "DELETE FROM attempt",
        "UPDATE answer SET kind = 'x'",
        "DELETE FROM answer",
        "DELETE FROM document",
    ):
        with pytest.raises(Exception, match="append-only"):
            journal._connection.execute(deed)


def test_an_answer_needs_its_attempt(journal):
    with pytest.raises(JournalError, match="journal-failed"):
        journal.end(99, Outcome("1", OutcomeKind.CREATED), MOMENT)
    attempt(journal, OutcomeKind.CREATED)  # and the journal goes on


def test_threads_and_processes_share_the_journal(tmp_path, secrets, journal):
    other = Journal.open(tmp_path / "journal.db", secrets)
    threads = [
        threading.Thread(
            target=lambda place=place: [attempt(place, OutcomeKind.CREATED) for _ in range(25)]
        )
        for place in (journal, other, journal, other)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert other.count() == journal.count() == 100
    other.close()


def test_the_same_document_is_stored_once(journal):
    for case in ("1", "2", "3"):
        attempt(journal, OutcomeKind.CREATED, case)
    assert journal._connection.execute("SELECT count(*) FROM document").fetchone() == (1,)


def test_no_file_holds_what_was_written(tmp_path, journal):
    attempt(journal, OutcomeKind.CREATED, "77001122")
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert {path.name for path in files} >= {"journal.db", "journal.db-wal"}
    for path in files:
        content = path.read_bytes()
        for canary in (TEST_PERSON.encode(), b"77001122", b"Skapade", b"CREATE TABLE"):
            assert canary not in content
        if os.name == "posix" and path.name.startswith("journal.db"):
            assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(tmp_path / "journal.db").execute("SELECT * FROM attempt")


def test_sorting_never_spills_to_the_disk(journal):
    assert journal._connection.execute("PRAGMA temp_store").fetchone() == (0,)
    options = {row[0] for row in journal._connection.execute("PRAGMA compile_options")}
    assert "TEMP_STORE=2" in options


@pytest.fixture
def closed(tmp_path: Path, secrets) -> Path:
    made = Journal.open(tmp_path / "journal.db", secrets)
    for number in range(200):
        attempt(made, OutcomeKind.CREATED, f"{number}", os.urandom(2000))
    made.close()
    return tmp_path / "journal.db"


def read_everything(path: Path, secrets: MemorySecrets) -> None:
    with closing(Journal.open(path, secrets)) as opened:
        opened.attempts(count=1000)
        opened.accepted_document("100")


def refused(path: Path, secrets: MemorySecrets) -> str:
    before = path.read_bytes()
    with pytest.raises(JournalError) as caught:
        read_everything(path, secrets)
    assert path.read_bytes() == before
    return caught.value.code


def test_a_lost_key_never_makes_a_new_journal(closed, secrets):
    secrets.remove("journal")
    assert refused(closed, secrets) == "journal-key-missing"
    assert secrets.read("journal") is None


def test_a_wrong_key_is_told_from_a_damaged_file(closed, secrets):
    right = secrets.read("journal")
    secrets.write("journal", "0" * 64)
    assert refused(closed, secrets) == "journal-key-wrong"
    secrets.write("journal", right)
    content = bytearray(closed.read_bytes())
    content[100] ^= 1
    closed.write_bytes(content)
    assert refused(closed, secrets) == "journal-damaged"


def test_a_flipped_bit_far_in_is_found_when_read(closed, secrets):
    content = bytearray(closed.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 + 200] ^= 1
    closed.write_bytes(content)
    assert refused(closed, secrets) == "journal-damaged"


@pytest.mark.parametrize("left", [0, 2000, 4096 * 3])
def test_a_truncated_file_is_damaged_and_left_alone(closed, secrets, left):
    closed.write_bytes(closed.read_bytes()[:left])
    assert refused(closed, secrets) == "journal-damaged"


def test_a_journal_of_a_newer_program_is_left_alone(closed, secrets):
    opened = Journal.open(closed, secrets)
    opened._connection.execute("PRAGMA user_version = 99")
    opened.close()
    assert refused(closed, secrets) == "journal-newer"


@pytest.mark.parametrize("stands", ["folder", "journal.lock", "journal.key-id"])
def test_a_place_where_no_journal_can_be_is_told(tmp_path, secrets, stands):
    folder = tmp_path / "folder"
    if stands == "folder":
        folder.touch()
    else:
        (folder / stands).mkdir(parents=True)
    with pytest.raises(JournalError, match="journal-failed"):
        Journal.open(folder / "journal.db", secrets)


def test_a_journal_that_is_being_made_elsewhere_is_busy(tmp_path, secrets, monkeypatch):
    monkeypatch.setattr("app.journal.store.PATIENCE", 0.05)
    with alone(tmp_path / "journal.lock", 1), pytest.raises(JournalError, match="journal-busy"):
        Journal.open(tmp_path / "journal.db", secrets)


def fill(journal: Journal) -> None:
    for number in range(100):
        begin(journal, f"full {number}", os.urandom(4000))


def test_a_full_disk_stops_before_sending_and_loses_nothing(journal):
    attempt(journal, OutcomeKind.CREATED)
    journal._connection.execute("PRAGMA max_page_count = 12")
    with pytest.raises(JournalError, match="journal-disk-full"):
        fill(journal)
    written = journal.count()
    assert journal.attempts(offset=written - 1)[0].kind is OutcomeKind.CREATED
    journal._connection.execute("PRAGMA max_page_count = 1000000")
    attempt(journal, OutcomeKind.UPDATED)
    assert journal.count() == written + 1


@pytest.mark.parametrize(("free", "code"), [(4096, "journal-disk-full"), (2**30, "journal-failed")])
def test_a_disk_without_room_for_the_files_beside_the_journal_is_said_to_be_full(
    tmp_path, monkeypatch, free, code
):
    refused = sqlcipher.OperationalError()
    refused.sqlite_errorcode = sqlcipher.SQLITE_IOERR | 19 << 8  # of the shared memory's size
    monkeypatch.setattr(store, "disk_usage", lambda _folder: SimpleNamespace(free=free))
    with pytest.raises(JournalError, match=code), store.read_errors(tmp_path / "journal.db"):
        raise refused


def test_a_journal_is_opened_without_writing_so_that_a_full_disk_hides_nothing(
    closed, secrets, monkeypatch
):
    def fail(*_args: object, **_names: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("app.journal.store.write_atomically", fail)
    read_everything(closed, secrets)
    with pytest.raises(JournalError, match="journal-disk-full"):
        Journal.open(closed.parent / "new" / "journal.db", secrets)


def test_a_journal_is_found_again(closed, secrets):
    opened = Journal.open(closed, secrets)
    assert opened.count() == 200
    opened.close()


CHILD = """
import sys
from pathlib import Path
from app.journal.journal import Journal
from app.keystore.secrets import MemorySecrets
from tests.journal.test_journal import MOMENT, begin
from app.core.outcome import Outcome, OutcomeKind
secrets = MemorySecrets()
secrets.write("journal", sys.argv[2])
journal = Journal.open(Path(sys.argv[1]), secrets)
for case in range(100_000):
    number = begin(journal, str(case), b"%d" % case * 300)
    print("begun", case, flush=True)
    journal.end(number, Outcome(str(case), OutcomeKind.CREATED), MOMENT)
    print("ended", case, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 2, 31, 120])
def test_a_killed_process_loses_nothing_it_was_told_was_safe(tmp_path, secrets, lines):
    key = "ab" * 32
    secrets.write("journal", key)
    path = tmp_path / "journal.db"
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), key],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as child:
        assert child.stdout is not None
        told = [child.stdout.readline().split() for _ in range(lines)]
        child.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        told += [line.split() for line in child.stdout if len(line.split()) == 2]
    journal = Journal.open(path, secrets)
    found = {one.case: one.kind for one in journal.attempts(count=1_000_000)}
    assert {case for word, case in told if word == "begun"} <= found.keys()
    assert all(found[case] is OutcomeKind.CREATED for word, case in told if word == "ended")
    assert len(journal.unanswered()) <= 1
    assert list(journal._connection.execute("PRAGMA integrity_check")) == [("ok",)]
    journal.close()
