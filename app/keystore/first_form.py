"""Taking over what the program's first form has kept: one certificate, used at every entrance."""

import json
from dataclasses import replace
from pathlib import Path

from app.core.errors import CertificateError
from app.keystore.chain import fingerprint
from app.keystore.changes import FIRST_POINTER, KEY, MARK, changing
from app.keystore.notes import CERTIFICATE, Note, is_id, read_notes, write_choices, write_note
from app.keystore.opening import Opener

# The local stage's own certificate is taken in anew wherever it is used.
TEST_KINDS, REAL_KINDS = ("teststage",), ("stage", "production")


def carry_over(opener: Opener) -> None:
    """Write notes about what the first form has kept; its pointer goes last."""
    folder = opener.folder
    if not (folder / FIRST_POINTER).exists():
        return
    with changing(folder):
        versions, place = _kept(folder)
        notes = read_notes(folder)
        choices: dict[str, str] = {}
        for version in versions:
            note, kinds = _carried(opener, version, place, notes.next_number)
            write_note(folder, note)
            choices |= dict.fromkeys(kinds if len(versions) == 1 else (), version)
        if choices:
            write_choices(folder, {**choices, **notes.choices})
        (folder / FIRST_POINTER).unlink(missing_ok=True)


def _kept(folder: Path) -> tuple[tuple[str, ...], str]:
    """Return the versions that count, and the keystore with their passphrases.

    Where the pointer is damaged, those count that were wholly taken in.
    """
    try:
        pointer = json.loads((folder / FIRST_POINTER).read_bytes())
        version, place = str(pointer["version"]), str(pointer["place"])
    except FileNotFoundError:
        return (), ""  # another process has carried it over just now
    except (OSError, ValueError, KeyError, TypeError):
        version, place = "", ""
    if is_id(version):
        return (version,), place
    whole = {path.stem for path in folder.glob("*" + KEY) if is_id(path.stem)}
    return tuple(sorted(whole - {path.stem for path in folder.glob("*" + MARK)})), ""


def _carried(opener: Opener, version: str, place: str, number: int) -> tuple[Note, tuple[str, ...]]:
    """Return the note of a version, and the kinds of entrance it was most likely used for."""
    note = Note(version, CERTIFICATE, number, opener.clock().isoformat(), place, "")
    try:
        found = opener.identity(note)
    except CertificateError:
        return note, (*TEST_KINDS, *REAL_KINDS)  # it is shown as damaged, where it was used
    kinds = TEST_KINDS if found.facts.test_certificate else REAL_KINDS
    return replace(note, fingerprint=fingerprint(found.certificate)), kinds
