"""Text out of bytes, strictly: a byte that does not fit is an error with its line, no guess."""

import re
from pathlib import Path

from app.core.errors import ExportError
from app.core.identity import mask_text

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "cp850",
)

_SIGNATURES = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ISO = {"iso-8859-1", "iso-8859-15"}  # they decode every byte, also those that are no letters
_CONTROL_BYTES = re.compile(rb"[\x80-\x9f]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
_SWEDISH = frozenset("åäöÅÄÖéÉüÜ")
_FOREIGN_BYTES = re.compile(rb"[\x80-\xff]")
_FOREIGN = re.compile("[^\x00-\x7f]")
_SAMPLE_LINES = 2000
_LINE_WIDTH = 160


def decode(data: bytes, encoding: str, name: str) -> str:
    """Return a file's text; raises ExportError with the line where the encoding does not fit."""
    if encoding not in ENCODINGS:
        raise ExportError("encoding-unknown", name=name, encoding=encoding)
    _check_signature(data, encoding, name)
    _check_binary(data, encoding, name)
    fitting = "utf-8-sig" if encoding == "utf-8" else encoding
    try:
        text = data.decode(fitting)
    except UnicodeDecodeError as problem:
        line = data[: problem.start].decode(fitting, "ignore").count("\n") + 1
        raise ExportError("file-encoding", name=name, encoding=encoding, line=line) from None
    odd = _CONTROL_BYTES.search(data) if encoding in _ISO else None
    if odd:
        line = data.count(b"\n", 0, odd.start()) + 1
        raise ExportError("file-encoding", name=name, encoding=encoding, line=line)
    return text


def _check_signature(data: bytes, encoding: str, name: str) -> None:
    """Refuse an encoding that contradicts the signature a file begins with."""
    signed = next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), "")
    if signed and encoding[:5] != signed[:5]:
        raise ExportError("file-encoding", name=name, encoding=encoding, line=1)


def _check_binary(data: bytes, encoding: str, name: str) -> None:
    """Refuse what is no text at all."""
    if encoding != "utf-16" and b"\0" in data[:65536]:
        raise ExportError("file-kind", name=name)


def guess_encodings(path: Path, data: bytes) -> list[tuple[str, str, bool]]:
    """Return every encoding with the same telling line read by it, the likeliest first.

    The third part says that the line is doubtful: it does not decode, holds control characters,
    or reads less like Swedish than another encoding does.
    """
    telling = _telling_line(data)
    guesses = []
    for encoding in _candidates(data):
        line, fits = _read_line(telling, encoding, data, path.name)
        guesses.append((encoding, _shown(line), fits, _likeness(line)))
    best = max((likeness for _, _, fits, likeness in guesses if fits), default=0)
    ordered = sorted(guesses, key=lambda one: (not one[2], -one[3]))
    return [(code, line, not fits or like < best) for code, line, fits, like in ordered]


def _candidates(data: bytes) -> tuple[str, ...]:
    """Return the encodings worth showing; a signature leaves no choice."""
    for mark, encoding in _SIGNATURES:
        if data.startswith(mark):
            return (encoding,)
    return tuple(one for one in ENCODINGS if one not in {"utf-8-sig", "utf-16"})


def _telling_line(data: bytes) -> bytes:
    """Return the line that tells encodings apart: of the first ones, the richest in such bytes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: _LINE_WIDTH * 2 + 2]
    lines = data.split(b"\n", _SAMPLE_LINES)[:_SAMPLE_LINES]
    if data.isascii():
        return lines[0]
    if all(line.isascii() for line in lines):
        lines = [line for line in data.split(b"\n") if not line.isascii()][:1]
    return max(lines, key=lambda line: len(_FOREIGN_BYTES.findall(line[:4000])))


def _read_line(line: bytes, encoding: str, data: bytes, name: str) -> tuple[str, bool]:
    """Return the line as the encoding reads it, and whether the whole file can be read so."""
    try:
        decode(data, encoding, name)
    except ExportError:
        return line.decode(encoding, "replace"), False
    text = line.decode(encoding, "ignore").lstrip("\ufeff")
    return text, not _CONTROLS.search(text.rstrip("\r"))


def _likeness(text: str) -> int:
    """Return how much a line reads like Swedish: letters we know minus signs we do not expect."""
    foreign = _FOREIGN.findall(text)
    known = sum(sign in _SWEDISH for sign in foreign)
    return 2 * known - len(foreign)


def _shown(line: str) -> str:
    """Return the part of a line that tells, with person ids masked."""
    text = line.split("\n", 1)[0].rstrip("\r")
    masked = mask_text(text)
    first = _FOREIGN.search(masked)
    start = max(0, first.start() - _LINE_WIDTH // 2) if first else 0
    return masked[start : start + _LINE_WIDTH]
