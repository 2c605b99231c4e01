"""The beginning of a file, which is enough to tell what it is and to show it."""

from app.core.progress import silent
from app.files.parts import Part, chunks, opened

HEAD = 512 * 1024  # bytes
_ENOUGH = 200  # lines with other than plain letters: they tell the encoding
_FAR = 96 << 20  # bytes among which they are looked for


def head_of(part: Part, most: int = HEAD) -> tuple[bytes, bool]:
    """Return a file's first bytes and whether there are more."""
    with opened(part) as (stream, size):
        head = b"".join(chunks(part, stream, size, silent, most))
    return head, len(head) < size


def telling_head(part: Part) -> bytes:
    """Return a file's head, with telling lines from further on where it has few itself."""
    with opened(part) as (stream, size):
        pieces = chunks(part, stream, size, silent, _FAR)
        first = next(pieces, b"")
        head = first[:HEAD]
        if b"\0" in head or _telling(head) >= _ENOUGH:
            return head
        found = [line for line in head.split(b"\n") if not line.isascii()]
        rest = first[HEAD:]
        while len(found) < _ENOUGH:
            if not rest.isascii():
                found += [one for one in rest.split(b"\n") if not one.isascii()]
            rest = next(pieces, b"")
            if not rest:
                break
    return head + b"\n" + b"\n".join(found[:_ENOUGH])


def _telling(head: bytes) -> int:
    return sum(not line.isascii() for line in head.split(b"\n"))
