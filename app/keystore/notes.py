"""The notes about kept certificates and orders: one small file for each, and one for the choices.

A key counts when its note is there; the note is written last and replaced in one step. Notes hold
nothing secret.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from app.disk import OWNER_ONLY, write_atomically

CERTIFICATE, ORDER = "certificate", "order"
CHOICES = "chosen.json"
DAMAGED = "certificate-note-damaged"
CHOICES_DAMAGED = "certificate-choices-damaged"

_NAME = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a key: `what` it is, the keystore that was given its passphrase, and more.

    `number` tells newer from older; `replaces` names the former note of the same certificate.
    """

    id: str
    what: str
    number: int
    made: str  # ISO 8601, UTC
    place: str  # the keystore's name; "" where the key lies elsewhere
    fingerprint: str  # SHA-256, hex: of the certificate, of an order's public key
    key_place: str = "file"
    reference: Mapping[str, str] = field(default_factory=dict)
    certificates: str = ""  # PEM, where the key lies elsewhere
    replaces: str = ""
    meta: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notes:
    """All notes, newest first, those that cannot be read, and what is chosen for which kind."""

    every: tuple[Note, ...] = ()
    damaged: tuple[tuple[str, str], ...] = ()
    choices: Mapping[str, str] = field(default_factory=dict)

    def of(self, what: str) -> tuple[Note, ...]:
        """Return the notes of one sort, newest first."""
        return tuple(note for note in self.every if note.what == what)

    def find(self, note_id: str) -> Note | None:
        """Return the note of that id."""
        return next((note for note in self.every if note.id == note_id), None)

    @property
    def next_number(self) -> int:
        """The number of the next note."""
        return 1 + max((note.number for note in self.every), default=0)


def is_id(name: str) -> bool:
    """Whether a name is one that keys are given."""
    return _NAME.fullmatch(name) is not None


def note_path(folder: Path, note_id: str) -> Path:
    """Return the file of a note."""
    return folder / f"{note_id}.json"


def write_note(folder: Path, note: Note) -> None:
    """Write a note in one step: from now on its key counts."""
    _write(note_path(folder, note.id), asdict(note))


def read_notes(folder: Path) -> Notes:
    """Read every note; one that is damaged does not hide the others."""
    read, damaged = _read_all(folder)
    choices = _read_choices(folder)
    if choices is None:
        damaged.append(("", CHOICES_DAMAGED))
    return _settled(read, tuple(damaged), choices or {})


def drop_replaced(folder: Path) -> None:
    """Remove the notes that others have replaced, oldest first: none may come to count again."""
    read, _damaged = _read_all(folder)
    replaced = {note.replaces for note in read}
    for note in sorted(read, key=lambda note: note.number):
        if note.id in replaced:
            note_path(folder, note.id).unlink(missing_ok=True)


def write_choices(folder: Path, choices: Mapping[str, str]) -> None:
    """Write what is chosen for which kind of entrance, in one step."""
    _write(folder / CHOICES, dict(choices))


def _read_all(folder: Path) -> tuple[list[Note], list[tuple[str, str]]]:
    """Return the notes as they lie there, and those that cannot be read."""
    read: list[Note] = []
    damaged: list[tuple[str, str]] = []
    for path in sorted(folder.glob("*.json")):
        if is_id(path.stem):
            note = _read_note(path)
            if note is not None:
                read.append(note)
            elif path.exists():  # else it was removed just now
                damaged.append((path.stem, DAMAGED))
    return read, damaged


def _settled(read: list[Note], damaged: tuple[tuple[str, str], ...], raw: dict[str, str]) -> Notes:
    """Return the notes that count: one that was replaced hands its choices to its successor."""
    successors = {note.replaces: note.id for note in read if note.replaces}
    every = [note for note in read if note.id not in successors]
    known = {note.id for note in every} | {name for name, _ in damaged}
    choices = {kind: _last(name, successors) for kind, name in raw.items()}
    return Notes(
        tuple(sorted(every, key=lambda note: (note.number, note.made, note.id), reverse=True)),
        damaged,
        {kind: name for kind, name in choices.items() if name in known},
    )


def _last(name: str, successors: dict[str, str]) -> str:
    for _ in successors:
        name = successors.get(name, name)
    return name


def _read_note(path: Path) -> Note | None:
    try:
        note = Note(**json.loads(path.read_bytes()))
        return replace(note, number=int(note.number)) if _is_whole(note, path.stem) else None
    except (OSError, ValueError, TypeError, RecursionError):
        return None


def _is_whole(note: Note, note_id: str) -> bool:
    texts = (note.made, note.place, note.fingerprint, note.certificates, note.replaces)
    return (
        note.id == note_id
        and note.what in {CERTIFICATE, ORDER}
        and all(isinstance(text, str) for text in texts)
        and isinstance(note.reference, dict)
        and isinstance(note.meta, dict)
    )


def _read_choices(folder: Path) -> dict[str, str] | None:
    """Return the choices, None when they cannot be read."""
    try:
        choices = json.loads((folder / CHOICES).read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError):
        return None
    whole = isinstance(choices, dict) and all(isinstance(one, str) for one in choices.values())
    return choices if whole else None


def _write(path: Path, content: Mapping[str, object]) -> None:
    text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode(), mode=OWNER_ONLY)
