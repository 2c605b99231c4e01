"""Text out of bytes: a byte that does not fit is marked, its row left out; nothing is guessed."""

import codecs
import re
from collections.abc import Iterable, Iterator

from app.core.errors import ExportError
from app.core.identity import mask_text
from app.files.losses import MARK

ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "iso-8859-1",
    "iso-8859-15",
    "cp850",
)
BEST = 3  # guesses that are shown

_SIGNATURES = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_WIDE = ("utf-16", "utf-16-le", "utf-16-be")
_NARROW = ("utf-8", "cp1252", "iso-8859-1", "iso-8859-15", "cp850")
_ISO = {"iso-8859-1", "iso-8859-15"}  # they decode every byte, also those that are no letters
_C1 = bytes(range(0x80, 0xA0))
_C1_SIGNS = re.compile("[\x80-\x9f]")
_CONTROL_RUNS = re.compile(b"\x00+|[\x01-\x08\x0e-\x19\x1b-\x1f]")
_MANY_CONTROLS = 0.1
_HEAD = 65_536
_CONTROLS = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd{MARK}]")
_SWEDISH = frozenset("åäöÅÄÖéÉüÜ")
_USUAL = frozenset("§°²³µ½–—’‘“”…·´àáèêëíóôúæøÆØß€×±")
_FOREIGN = re.compile("[^\x00-\x7f]")
_MOST_BAD = 0.05  # of the lines: rows that will be left out
_MOST_FOREIGN_LINES = 500
_LINE_WIDTH = 160
_OTHER_KINDS = (
    b"MZ",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"7z\xbc",
    b"Rar!",
    b"\x1f\x8b",
)


def _marked(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return MARK, problem.end


codecs.register_error("marked", _marked)


def transcoded(parts: Iterable[bytes], encoding: str, name: str) -> Iterator[bytes]:
    """Yield a file's text as UTF-8 part by part, MARK where a byte does not fit the encoding.

    Raises ExportError for what is no text, and for an encoding that the file's own signature
    contradicts.
    """
    if encoding not in ENCODINGS:
        raise ExportError("encoding-unknown", name=name, encoding=encoding)
    decoder = _decoder(encoding)
    plain = encoding not in _WIDE
    first = True
    for part in parts:
        if first:
            _check_signature(part, encoding, name)
            _check_binary(part, encoding, name)
            first = False
        if plain and part.isascii() and not decoder.getstate()[0]:
            yield part
            continue
        text = decoder.decode(part)
        if encoding in _ISO and len(part.translate(None, _C1)) != len(part):
            text = _C1_SIGNS.sub(MARK, text)
        yield text.encode("utf-8")
    yield decoder.decode(b"", final=True).encode("utf-8")


def decode(data: bytes, encoding: str, name: str) -> str:
    """Return a whole text; raises ExportError with the line where the encoding does not fit."""
    text = b"".join(transcoded((data,), encoding, name)).decode("utf-8")
    if MARK in text:
        line = text.count("\n", 0, text.index(MARK)) + 1
        raise ExportError("file-encoding", name=name, encoding=encoding, line=line)
    return text


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    fitting = "utf-8-sig" if encoding == "utf-8" else encoding
    return codecs.getincrementaldecoder(fitting)(errors="marked")


def _check_signature(data: bytes, encoding: str, name: str) -> None:
    """Refuse an encoding that contradicts the signature a file begins with."""
    signed = next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), "")
    unsigned = encoding == "utf-16" and not signed
    if unsigned or (signed and encoding[:5] != signed[:5]):
        raise ExportError("file-encoding", name=name, encoding=encoding, line=1)


def _check_binary(data: bytes, encoding: str, name: str) -> None:
    """Refuse what is no text at all; a few stray control bytes only cost their rows."""
    if encoding in _WIDE:
        return
    head = data[:_HEAD]
    runs = len(_CONTROL_RUNS.findall(head))
    if head.startswith(_OTHER_KINDS) or runs > _MANY_CONTROLS * len(head):
        raise ExportError("file-kind", name=name)


def guess_encodings(head: bytes) -> list[tuple[str, str, bool]]:
    """Return the three best encodings, each with the same telling line read by it.

    The third part says that the line is doubtful: it does not decode, holds control characters,
    or reads less like Swedish than another encoding does. Encodings that read the head alike
    are one guess.
    """
    telling = _telling_lines(head)
    guesses: dict[str, tuple[str, str, bool, int]] = {}
    for encoding in _candidates(head):
        text, fits = _read(telling, encoding)
        likeness = _likeness(text)
        guesses.setdefault(text, (encoding, text, fits, likeness))
    best = max((like for _, _, fits, like in guesses.values() if fits), default=0)
    ordered = sorted(guesses.values(), key=lambda one: (not one[2], -one[3]))[:BEST]
    place = _telling_place(ordered)
    return [
        (code, _shown(text, place), not fits or like < best or "\ufffd" in text)
        for code, text, fits, like in ordered
    ]


def _candidates(head: bytes) -> tuple[str, ...]:
    """Return the encodings worth showing; a signature leaves no choice."""
    for mark, encoding in _SIGNATURES:
        if head.startswith(mark):
            return (encoding,)
    if b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > len(head) // 8:
            return ("utf-16-le",) if odd > even else ("utf-16-be",)
    return _NARROW


def _telling_lines(head: bytes) -> bytes:
    """Return the lines that tell encodings apart: those with bytes that are not plain letters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _candidates(head)[0] in _WIDE:
        return head[: _LINE_WIDTH * 40 // 2 * 2]
    lines = [line[:4000] for line in head.split(b"\n") if not line.isascii()]
    return b"\n".join(lines[:_MOST_FOREIGN_LINES] or head.split(b"\n", 1)[:1])


def _read(lines: bytes, encoding: str) -> tuple[str, bool]:
    """Return the lines as the encoding reads them, and whether it can read nearly all."""
    fitting = "utf-8-sig" if encoding == "utf-8" else encoding
    text = lines.decode(fitting, "marked").removeprefix("\ufeff")
    read = text.split("\n")
    bad = sum(bool(_CONTROLS.search(line.strip("\r\x1a"))) for line in read)
    return text.replace(MARK, "\ufffd"), bad <= _MOST_BAD * len(read)


def _likeness(text: str) -> int:
    """Return how much a text reads like Swedish: letters we know minus signs we do not expect."""
    foreign = _FOREIGN.findall(text)
    known = sum(sign in _SWEDISH for sign in foreign)
    usual = sum(sign in _USUAL for sign in foreign)
    return 2 * known + usual - len(foreign)


def _telling_place(guesses: list[tuple[str, str, bool, int]]) -> int:
    """Return the number of the line that the guesses read most differently, in good Swedish."""
    readings = [text.split("\n") for _, text, _, _ in guesses]
    count = min(map(len, readings))

    def telling(place: int) -> tuple[int, int]:
        lines = [reading[place][:4000] for reading in readings]
        return len(set(lines)), _likeness(lines[0])

    return max(range(count), key=telling)


def _shown(text: str, place: int) -> str:
    """Return the part of a line that tells, with person ids masked."""
    lines = text.split("\n")
    masked = mask_text(lines[min(place, len(lines) - 1)].rstrip("\r"))
    first = _FOREIGN.search(masked)
    start = max(0, first.start() - _LINE_WIDTH // 2) if first else 0
    return masked[start : start + _LINE_WIDTH]
