"""What the stage remembers: registrations, fellista, avvisade registreringar, statistics.

SQLite, encrypted page by page (SQLCipher), since registrations hold patients' numbers. WAL, durable
commits, one connection per thread; everything under a behandlingsnummer changes in one transaction.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock, local
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from app.core.errors import StageError

_TABLES = (
    """CREATE TABLE IF NOT EXISTS registration (
        number TEXT PRIMARY KEY, document BLOB NOT NULL, hsa_id TEXT NOT NULL,
        created TEXT NOT NULL, updated TEXT NOT NULL, received INTEGER NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS fault (
        number TEXT NOT NULL REFERENCES registration ON DELETE CASCADE, position INTEGER NOT NULL,
        reason TEXT NOT NULL, PRIMARY KEY (number, position)) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS refusal (
        number TEXT PRIMARY KEY, reason TEXT NOT NULL, hsa_id TEXT NOT NULL,
        at TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS transfer (
        day TEXT NOT NULL, hsa_id TEXT NOT NULL, outcome TEXT NOT NULL, number INTEGER NOT NULL,
        PRIMARY KEY (day, hsa_id, outcome)) WITHOUT ROWID""",
)


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One registration on the fellista or among the refused ones, and why."""

    case: str
    reasons: tuple[str, ...]
    at: str
    hsa_id: str


@dataclass(frozen=True, slots=True)
class Transfers:
    """How many answers of one kind one sender got on one day (UTC)."""

    day: str
    hsa_id: str
    outcome: str
    number: int


class StageRegister:
    """The stage's database. Safe to use from any thread."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = key.hex()
        self._threads = local()
        self._opened: list[Any] = []
        self._lock = Lock()

    def prepare(self) -> None:
        """Make the tables where there are none; a wrong key is a StageError."""
        try:
            self._path.touch(mode=0o600)
            with self._changing() as connection:
                for statement in _TABLES:
                    connection.execute(statement)
        except (sqlcipher.Error, OSError) as error:
            self.close()
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            locked = code == sqlcipher.SQLITE_NOTADB
            raise StageError(
                "stage-folder-locked" if locked else "stage-folder-unusable",
                folder=self._path.parent,
            ) from None

    def store(self, number: str, document: bytes, hsa_id: str, reasons: tuple[str, ...]) -> bool:
        """Replace everything under the number; return whether it is new."""
        now = _now()
        with self._changing() as connection:
            known = connection.execute(
                "SELECT created, received FROM registration WHERE number = ?", (number,)
            ).fetchone()
            created, received = known or (now, 0)
            connection.execute("DELETE FROM fault WHERE number = ?", (number,))
            connection.execute("DELETE FROM refusal WHERE number = ?", (number,))
            connection.execute(
                "REPLACE INTO registration VALUES (?, ?, ?, ?, ?, ?)",
                (number, document, hsa_id, created, now, received + 1),
            )
            connection.executemany(
                "INSERT INTO fault VALUES (?, ?, ?)",
                [(number, position, reason) for position, reason in enumerate(reasons)],
            )
            _count(connection, now, hsa_id, "updated" if known else "created")
        return known is None

    def refuse(self, number: str, hsa_id: str, reason: str) -> None:
        """Remember a registration that was not taken; what was stored before stays."""
        now = _now()
        with self._changing() as connection:
            connection.execute(
                "REPLACE INTO refusal VALUES (?, ?, ?, ?)", (number, reason, hsa_id, now)
            )
            _count(connection, now, hsa_id, "rejected")

    def count_format_error(self, hsa_id: str) -> None:
        """Count a request that breaks the schema; nothing else is kept of it."""
        with self._changing() as connection:
            _count(connection, _now(), hsa_id, "format_error")

    def stored(self, number: str) -> bytes | None:
        """Return the stored request document of one case."""
        rows = self._read("SELECT document FROM registration WHERE number = ?", number)
        return bytes(rows[0][0]) if rows else None

    def count(self) -> int:
        """Return how many cases are stored."""
        return int(self._read("SELECT count(*) FROM registration")[0][0])

    def fellista(self) -> list[ListedCase]:
        """Return the stored cases that break a rule, by number."""
        rows = self._read(
            "SELECT number, reason, updated, hsa_id FROM fault JOIN registration USING (number)"
            " ORDER BY number, position"
        )
        listed: dict[str, ListedCase] = {}
        for number, reason, at, hsa_id in rows:
            before = listed[number].reasons if number in listed else ()
            listed[number] = ListedCase(number, (*before, reason), at, hsa_id)
        return list(listed.values())

    def rejected(self) -> list[ListedCase]:
        """Return the refused registrations, by number."""
        rows = self._read("SELECT number, reason, at, hsa_id FROM refusal ORDER BY number")
        return [ListedCase(number, (reason,), at, hsa_id) for number, reason, at, hsa_id in rows]

    def transfers(self) -> list[Transfers]:
        """Return the statistics, newest day first."""
        rows = self._read("SELECT * FROM transfer ORDER BY day DESC, hsa_id, outcome")
        return [Transfers(*row) for row in rows]

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            while self._opened:
                self._opened.pop().close()
            self._threads = local()

    def _read(self, query: str, *values: str) -> list[Any]:
        with closing(self._connection().execute(query, values)) as cursor:
            return list(cursor.fetchall())

    @contextmanager
    def _changing(self) -> Iterator[Any]:
        """Open a transaction that other threads and processes wait for."""
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.rollback()
            raise
        connection.commit()

    def _connection(self) -> Any:
        connection = getattr(self._threads, "connection", None)
        if connection is None:
            connection = self._open()
            self._threads.connection = connection
        return connection

    def _open(self) -> Any:
        # Threads keep to their own connection; only close() reaches across.
        connection = sqlcipher.connect(
            str(self._path), timeout=30, isolation_level=None, check_same_thread=False
        )
        with self._lock:
            self._opened.append(connection)
        connection.execute("PRAGMA cipher_log_level = NONE")  # else it talks on stderr
        connection.execute(f"PRAGMA key = \"x'{self._key}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _count(connection: Any, now: str, hsa_id: str, outcome: str) -> None:
    connection.execute(
        "INSERT INTO transfer VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1",
        (now[:10], hsa_id, outcome),
    )
