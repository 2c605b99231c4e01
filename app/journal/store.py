"""The journal's file: SQLCipher with a raw key from the keystore, opened safely or not at all.

A key that has gone missing is never replaced while the file is there: that would lose the journal.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from secrets import token_hex
from shutil import disk_usage
from typing import Any, Protocol

from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import JournalError
from app.disk import OWNER_ONLY, alone, write_atomically

SECRET = "journal"  # noqa: S105 - the secret's name
VERSION = 3
PATIENCE = 15.0  # seconds to wait while another process writes
ROOM = 2**17  # bytes that the small files beside the journal need at least

SCHEMA = """
CREATE TABLE document (digest TEXT PRIMARY KEY, packed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE attempt (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    case_key TEXT NOT NULL,
    entrance TEXT NOT NULL,
    address TEXT NOT NULL,
    hsa_id TEXT NOT NULL,
    mapping TEXT NOT NULL,
    digest TEXT NOT NULL REFERENCES document,
    started TEXT NOT NULL
);
CREATE INDEX attempt_of_case ON attempt (case_key, number);
CREATE TABLE answer (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    attempt INTEGER NOT NULL REFERENCES attempt,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    code TEXT NOT NULL,
    ended TEXT NOT NULL
);
CREATE INDEX answer_of_attempt ON answer (attempt, number);
"""
# What is done with cases beside sending them, since version 2. `answers` is the last answer that
# was known by then: what comes after it can be told without trusting any clock.
EVENTS = """
CREATE TABLE event (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    case_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    entrance TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    answers INTEGER NOT NULL
);
CREATE INDEX event_of_case ON event (case_key, number);
"""
# Which certificate was used for what, since version 3.
CERTIFICATES = """
ALTER TABLE attempt ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
CREATE TABLE certificate_event (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    hsa_id TEXT NOT NULL,
    entrance TEXT NOT NULL,
    text TEXT NOT NULL,
    at TEXT NOT NULL
);
"""
# By the version that a file has: what it lacks, and the tables of it that may only grow.
STEPS = {
    0: (SCHEMA, ("document", "attempt", "answer")),
    1: (EVENTS, ("event",)),
    2: (CERTIFICATES, ("certificate_event",)),
}


class Secrets(Protocol):
    """What the journal asks of the keystore; every call may block and raise KeystoreError."""

    def read(self, name: str) -> str | None:
        """Return a secret."""

    def write(self, name: str, secret: str) -> None:
        """Keep a secret."""


def connect(path: Path, secrets: Secrets) -> Any:
    """Return a connection to the journal, made if there is none yet."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two processes that each made a key and a file at once would lose one of the keys.
        with alone(path.with_suffix(".lock"), PATIENCE):
            return _connected(path, _key(path, secrets))
    except TimeoutError:
        raise JournalError("journal-busy", name=path.name) from None
    except OSError as error:
        full = error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
        raise JournalError(
            "journal-disk-full" if full else "journal-failed", name=path.name
        ) from None


def _connected(path: Path, key: str) -> Any:
    connection = sqlcipher.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        with read_errors(path, key):
            _unlock(connection, key)
            _prepare(connection)
        if not _is_right(path, key):
            write_atomically(_mark(path), _fingerprint(key).encode(), mode=OWNER_ONLY)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def read_errors(path: Path, key: str = "") -> Iterator[None]:
    """Turn the database's errors into ours; `key` lets a wrong key be told from a damaged file."""
    try:
        yield
    except sqlcipher.Error as error:
        raise JournalError(_code_of(error, path, key), name=path.name) from None


def _code_of(error: Exception, path: Path, key: str) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlcipher.SQLITE_NOTADB:
        return "journal-damaged" if not key or _is_right(path, key) else "journal-key-wrong"
    codes = {
        sqlcipher.SQLITE_CORRUPT: "journal-damaged",
        sqlcipher.SQLITE_BUSY: "journal-busy",
        sqlcipher.SQLITE_LOCKED: "journal-busy",
        sqlcipher.SQLITE_FULL: "journal-disk-full",
    }
    if code == sqlcipher.SQLITE_IOERR and _is_full(path):
        return "journal-disk-full"  # as SQLite says it of the small file beside the journal
    return codes.get(code, "journal-failed")


def _is_full(path: Path) -> bool:
    try:
        return disk_usage(path.parent).free < ROOM
    except OSError:
        return False


def _unlock(connection: Any, key: str) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # else it talks on stderr
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master")  # the first read proves the key


def _prepare(connection: Any) -> None:
    """Set what every connection needs. `temp_store` stays in memory, as SQLCipher is built."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise JournalError("journal-newer", version=version, known=VERSION)
    if version < VERSION:
        made = "".join(_made(*STEPS[step]) for step in range(version, VERSION))
        connection.executescript(
            f"BEGIN IMMEDIATE; {made} PRAGMA user_version = {VERSION}; COMMIT;"
        )


def _made(schema: str, tables: tuple[str, ...]) -> str:
    """Return what makes tables that only grow."""
    return schema + "".join(_guard(table) for table in tables)


def _guard(table: str) -> str:
    """Return the triggers that let a table only grow."""
    return "".join(
        f"CREATE TRIGGER {table}_no_{deed} BEFORE {deed} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, 'append-only'); END;\n"
        for deed in ("update", "delete")
    )


def _key(path: Path, secrets: Secrets) -> str:
    key = secrets.read(SECRET)
    if path.exists() and path.stat().st_size == 0 and _mark(path).exists():
        raise JournalError("journal-damaged", name=path.name)  # cut to nothing: not a new one
    if key is None:
        if path.exists():
            raise JournalError("journal-key-missing", name=path.name)
        key = token_hex(32)
        secrets.write(SECRET, key)
    if not path.exists():
        path.touch(mode=0o600)  # SQLite gives its side files the same rights
    return key


def _mark(path: Path) -> Path:
    """Return the file that tells which key the journal was made with, without telling the key."""
    return path.with_suffix(".key-id")


def _fingerprint(key: str) -> str:
    return sha256(b"spor-workbench journal key " + key.encode()).hexdigest()[:16]


def _is_right(path: Path, key: str) -> bool:
    try:
        known = _mark(path).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return False
    return compare_digest(known, _fingerprint(key))
