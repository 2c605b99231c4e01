"""The lines of a long text, in blocks of whole ones; a line without end is left out."""

from collections.abc import Iterable, Iterator

from app.core.errors import ExportError
from app.files.losses import Losses

LONGEST = 4 << 20  # bytes of a line; no row of a table is longer
BLANK = b"\r\n\x1a"

# Letters that were encoded twice: UTF-8 read as Windows-1252 and as CP850.
_TWICE = tuple(
    letter.encode().decode(once).encode() for once in ("cp1252", "cp850") for letter in "åäöÄÅÖ"
)
_TWICE_STARTS = ("Ã".encode(), "├".encode())
_WINDOW = LONGEST // 2


def line_blocks(parts: Iterable[bytes], losses: Losses, *, cut: bool = False) -> Iterator[bytes]:
    """Yield a UTF-8 text in blocks that end with a line; too long lines are left empty.

    The last line of a text that is cut is left out.
    """
    line = 1
    rest = b""
    mixed = False
    try:
        for part in _with_line_feeds(parts):
            end = part.rfind(b"\n") + 1
            if not end:
                rest = (rest + part)[: LONGEST + 1]  # of a line so long nothing more is wanted
                continue
            block = _without_long(rest + part[:end], line, losses)
            rest = part[end:]
            mixed = mixed or _note_mixed(block, line, losses)
            line += block.count(b"\n")
            yield block
    except ExportError as problem:
        if problem.code != "file-gone":
            raise
        raise ExportError("file-gone-at", **problem.values, line=line - 1) from None
    if not cut or line == 1:
        if not mixed:
            _note_mixed(rest, line, losses)
        yield _without_long(rest, line, losses)


def _note_mixed(block: bytes, line: int, losses: Losses) -> bool:
    """Tell the first line with letters that were encoded twice; whether there is one."""
    if not any(sign in block for sign in _TWICE_STARTS):
        return False
    places = [block.find(sign) for sign in _TWICE if sign in block]
    if places:
        losses.note("encoding-mixed", line=line + block.count(b"\n", 0, min(places)))
    return bool(places)


def ended(text: bytes) -> bytes:
    """Return a text without its last line's end, and without the control-Z of old systems."""
    return text.rstrip(b"\x1a").rstrip(b"\r\n")


def with_last(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each block with whether it is the last one that is not blank."""
    former = b""
    for block in blocks:
        if former and block.strip(BLANK):
            yield former, False
            former = block
        else:
            former += block
    yield former, True


def _with_line_feeds(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the parts of a text; one that only knows carriage returns gets line feeds."""
    returns: bool | None = None
    for part in parts:
        if returns is None and part.strip(b"\r\n "):
            returns = b"\n" not in part and b"\r" in part
        yield part.replace(b"\r", b"\n") if returns else part


def _without_long(block: bytes, line: int, losses: Losses) -> bytes:
    """Return the block with lines that no row can be left empty."""
    if not any(
        block.find(b"\n", start, start + _WINDOW) < 0
        for start in range(0, len(block) - _WINDOW, _WINDOW)
    ):
        return block
    lines = block.split(b"\n")
    for place, text in enumerate(lines):
        if len(text) > LONGEST:
            start = text[:4000].decode("utf-8", "ignore")
            losses.lose_line("left-out-long", line + place, start)
            lines[place] = b""
    return b"\n".join(lines)
