"""Every attempt and what came of it: encrypted, durable before anything is sent, append-only."""

import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any, Self

from app.core.journal_event import (
    CertificateEvent,
    CertificateEventKind,
    EventKind,
    JournalEvent,
)
from app.core.outcome import Attempt, Outcome, OutcomeKind
from app.journal.store import Secrets, connect, read_errors

# An answer may be followed by a better one (a process that was thought dead reports after all):
# the last one counts, and none is rewritten.
_LAST = "SELECT max(other.number) FROM answer AS other WHERE other.attempt = attempt.number"
_JOIN = f"FROM attempt LEFT JOIN answer ON answer.number = ({_LAST})"
_COLUMNS = (
    "attempt.number, case_key, entrance, address, hsa_id, mapping, digest, started,"
    " ended, kind, text, code, attempt.certificate"
)
_EVENT = "number, case_key, kind, at, text, entrance"
_CERTIFICATE_EVENT = "number, kind, fingerprint, hsa_id, at, entrance, text"
_TRACKS = 50_000  # attempts that are read together
Track = tuple[int, str, str, str, "str | None", "int | None"]
EventTrack = tuple[int, str, str, str, str, int]


class Journal:
    """The journal of one user. Any thread may use it; several processes may have it open."""

    def __init__(self, path: Path, connection: Any) -> None:
        self._path = path
        self._connection = connection
        self._lock = RLock()

    @classmethod
    def open(cls, path: Path, secrets: Secrets) -> Self:
        """Open the journal, or make it at first use; its key lies in the keystore."""
        return cls(path, connect(path, secrets))

    def close(self) -> None:
        """Close the file; what was written is safe without it."""
        with self._lock:
            self._connection.close()

    def begin(  # noqa: PLR0913, PLR0917 - one row of the journal, written in one place
        self,
        case: str,
        entrance: str,
        address: str,
        hsa_id: str,
        mapping: str,
        document: bytes,
        started: datetime,
        certificate: str = "",
    ) -> int:
        """Write down that a case is about to be sent; durable when this returns."""
        shared = (entrance, address, hsa_id, mapping, started, certificate)
        return self.begin_many({case: document}, *shared)[case]

    def begin_many(  # noqa: PLR0913, PLR0917 - as above
        self,
        documents: Mapping[str, bytes],
        entrance: str,
        address: str,
        hsa_id: str,
        mapping: str,
        started: datetime,
        certificate: str = "",
    ) -> dict[str, int]:
        """Write down that cases are about to be sent together: all of them, or none.

        Durable when this returns; gives the number of each case's attempt. `certificate` is the
        fingerprint of the one that they are sent with.
        """
        shared = (entrance, address, hsa_id, mapping, certificate)
        with self._writing() as connection:
            return {
                case: _attempted(connection, case, document, (*shared, _iso(started)))
                for case, document in documents.items()
            }

    def end(self, number: int, outcome: Outcome, ended: datetime) -> None:
        """Write down what came of an attempt."""
        with self._writing() as connection:
            _answer(connection, number, outcome, ended)

    def end_many(self, outcomes: Mapping[int, Outcome], ended: datetime) -> None:
        """Write down what came of several attempts."""
        with self._writing() as connection:
            for number, outcome in outcomes.items():
                _answer(connection, number, outcome, ended)

    def reset_unanswered(self, ended: datetime) -> tuple[Attempt, ...]:
        """Call every attempt without an answer unknown, and return them; nothing is rewritten."""
        with self._writing() as connection:
            left = self._attempts("WHERE answer.number IS NULL ORDER BY attempt.number DESC")
            for attempt in left:
                outcome = Outcome(attempt.case, OutcomeKind.UNKNOWN, code="answer-lost")
                _answer(connection, attempt.number, outcome, ended)
            return left

    def attempts(self, case: str = "", offset: int = 0, count: int = 100) -> tuple[Attempt, ...]:
        """Return a page of attempts, newest first; with a case, only its own."""
        where, values = _of(case)
        return self._attempts(
            f"{where} ORDER BY attempt.number DESC LIMIT ? OFFSET ?", (*values, count, offset)
        )

    def count(self, case: str = "") -> int:
        """Return how many attempts there are; with a case, only its own."""
        where, values = _of(case)
        query = f"SELECT count(*) FROM attempt {where}"  # noqa: S608 - the clause is our own constant
        return int(self._rows(query, values)[0][0])

    def last_accepted(self, entrance: str) -> dict[str, str]:
        """Return the digest of what an entrance surely holds, per case.

        A case whose later attempt with other bytes has no known answer is left out: the entrance
        may hold either.
        """
        held: dict[str, str] = {}
        rows = self._rows(
            f"SELECT case_key, digest, kind {_JOIN} WHERE entrance = ? ORDER BY attempt.number",
            (entrance,),
        )
        for case, digest, kind in rows:
            if kind in _ACCEPTED:
                held[case] = digest
            elif kind in _UNSURE and held.get(case) != digest:
                held.pop(case, None)
        return held

    def accepted_document(self, case: str) -> bytes | None:
        """Return the document last accepted for a case at any entrance, None when never."""
        found = self.accepted(case)
        return found[1] if found else None

    def accepted(self, case: str, entrance: str = "") -> tuple[Attempt, bytes] | None:
        """Return the last accepted attempt of a case, at one entrance or any, and its document."""
        rows = self._rows(
            f"SELECT {_COLUMNS}, packed {_JOIN} JOIN document USING (digest)"
            " WHERE case_key = ? AND kind IN (?, ?) AND ? IN ('', entrance)"
            " ORDER BY attempt.number DESC LIMIT 1",
            (case, *sorted(_ACCEPTED), entrance),
        )
        return (_attempt(rows[0][:-1]), zlib.decompress(rows[0][-1])) if rows else None

    def tracks(self, since: tuple[int, int] = (0, 0)) -> Iterator[list[Track]]:
        """Yield the attempts of all cases, some at a time, in the order of their numbers.

        After an attempt and an answer, those of the cases that anything has come to since. Each
        is told as number, case, entrance, digest, and kind and number of its last answer.
        """
        touched = (
            " AND case_key IN (SELECT case_key FROM attempt WHERE number > ? UNION"
            " SELECT case_key FROM answer JOIN attempt ON attempt.number = answer.attempt"
            " WHERE answer.number > ?)"
        )
        known = since if any(since) else ()
        query = (
            "SELECT attempt.number, case_key, entrance, digest, kind, answer.number"
            f" {_JOIN} WHERE attempt.number > ?{touched if known else ''}"
            " ORDER BY attempt.number LIMIT ?"
        )
        last = 0
        while rows := self._rows(query, (last, *known, _TRACKS)):
            yield rows
            last = rows[-1][0]

    def note(
        self, kind: EventKind, texts: Iterable[tuple[str, str]], at: datetime, entrance: str = ""
    ) -> None:
        """Write down what was done with cases, each with a text: all of them, or none.

        Durable when this returns.
        """
        known = "(SELECT coalesce(max(number), 0) FROM answer)"
        moment = _iso(at)
        with self._writing() as connection:
            connection.executemany(
                "INSERT INTO event (case_key, kind, entrance, text, at, answers)"  # noqa: S608
                f" VALUES (?, ?, ?, ?, ?, {known})",
                ((case, kind.value, entrance, text, moment) for case, text in texts),
            )

    def events(self, case: str = "", offset: int = 0, count: int = 100) -> tuple[JournalEvent, ...]:
        """Return a page of events, newest first; with a case, only its own."""
        where, values = _of(case)
        rows = self._rows(
            f"SELECT {_EVENT} FROM event {where} ORDER BY number DESC LIMIT ? OFFSET ?",  # noqa: S608
            (*values, count, offset),
        )
        return tuple(
            JournalEvent(number, case, EventKind(kind), at, text, entrance)
            for number, case, kind, at, text, entrance in rows
        )

    def event_count(self, case: str = "") -> int:
        """Return how many events there are; with a case, only its own."""
        where, values = _of(case)
        return int(self._rows(f"SELECT count(*) FROM event {where}", values)[0][0])  # noqa: S608

    def event_tracks(self, since: int = 0) -> list[EventTrack]:
        """Return the events after one: number, case, kind, entrance, text and last answer then."""
        return self._rows(
            "SELECT number, case_key, kind, entrance, text, answers FROM event"
            " WHERE number > ? ORDER BY number",
            (since,),
        )

    def note_certificate(
        self,
        kind: CertificateEventKind,
        fingerprint: str,
        hsa_id: str,
        at: datetime,
        entrance: str = "",
        text: str = "",
    ) -> None:
        """Write down what was done with a certificate; durable when this returns."""
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO certificate_event (kind, fingerprint, hsa_id, entrance, text, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (kind.value, fingerprint, hsa_id, entrance, text, _iso(at)),
            )

    def certificate_events(self, offset: int = 0, count: int = 100) -> tuple[CertificateEvent, ...]:
        """Return a page of what was done with certificates, newest first."""
        rows = self._rows(
            f"SELECT {_CERTIFICATE_EVENT} FROM certificate_event"  # noqa: S608
            " ORDER BY number DESC LIMIT ? OFFSET ?",
            (count, offset),
        )
        return tuple(
            CertificateEvent(number, CertificateEventKind(kind), *rest)
            for number, kind, *rest in rows
        )

    def certificate_event_count(self) -> int:
        """Return how many events of certificates there are."""
        return int(self._rows("SELECT count(*) FROM certificate_event")[0][0])

    def stamp(self) -> tuple[int, int, int]:
        """Return the last attempt, answer and event: as long as they stay, nothing has changed."""
        (row,) = self._rows(
            "SELECT (SELECT coalesce(max(number), 0) FROM attempt),"
            " (SELECT coalesce(max(number), 0) FROM answer),"
            " (SELECT coalesce(max(number), 0) FROM event)"
        )
        return int(row[0]), int(row[1]), int(row[2])

    def unanswered(self) -> tuple[Attempt, ...]:
        """Return the attempts without an answer, newest first: under way, or cut off."""
        return self._attempts("WHERE answer.number IS NULL ORDER BY attempt.number DESC")

    def _attempts(self, clauses: str, values: tuple[object, ...] = ()) -> tuple[Attempt, ...]:
        rows = self._rows(f"SELECT {_COLUMNS} {_JOIN} {clauses}", values)
        return tuple(_attempt(row) for row in rows)

    def _rows(self, query: str, values: tuple[object, ...] = ()) -> list[Any]:
        with self._lock, read_errors(self._path):
            return list(self._connection.execute(query, values))

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """Write in one transaction that is on the disk when it ends."""
        with self._lock, read_errors(self._path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


_ACCEPTED = frozenset(kind.value for kind in OutcomeKind if kind.accepted)
_UNSURE = frozenset({OutcomeKind.UNKNOWN.value, None})


def _of(case: str) -> tuple[str, tuple[str, ...]]:
    """Return the clause that keeps one case's attempts, or all of them."""
    return ("WHERE case_key = ?", (case,)) if case else ("", ())


def _attempted(connection: Any, case: str, document: bytes, shared: tuple[str, ...]) -> int:
    """Write one attempt and its document; return the attempt's number."""
    digest = sha256(document).hexdigest()
    *where, started = shared
    connection.execute(
        "INSERT OR IGNORE INTO document VALUES (?, ?)", (digest, zlib.compress(document, 1))
    )
    added = connection.execute(
        "INSERT INTO attempt (case_key, entrance, address, hsa_id, mapping, certificate,"
        " digest, started) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (case, *where, digest, started),
    )
    return int(added.lastrowid)


def _answer(connection: Any, number: int, outcome: Outcome, ended: datetime) -> None:
    connection.execute(
        "INSERT INTO answer (attempt, kind, text, code, ended) VALUES (?, ?, ?, ?, ?)",
        (number, outcome.kind.value, outcome.text, outcome.code, _iso(ended)),
    )


def _attempt(row: tuple[Any, ...]) -> Attempt:
    number, case, entrance, address, hsa_id, mapping, digest, started = row[:8]
    ended, kind, text, code, certificate = row[8:]
    return Attempt(
        number,
        case,
        entrance,
        address,
        hsa_id,
        mapping,
        digest,
        started,
        ended or "",
        _kind(kind),
        text or "",
        code or "",
        certificate,
    )


def _kind(text: str | None) -> OutcomeKind | None:
    return OutcomeKind(text) if text is not None else None


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
