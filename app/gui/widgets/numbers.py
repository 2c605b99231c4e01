"""Numbers as Swedes and most others read them: thin groups of three, honest per cent."""

from app.language.numbers import GAP, count
from app.language.text import current

__all__ = ["count", "share", "share_to_tenth"]


def share(part: int, whole: int) -> str:
    """Return a part in per cent, never rounded up to all or down to nothing."""
    if not whole:
        return "–"
    per_cent = 100 * part // whole
    return f"{per_cent}{GAP}%" if per_cent or not part else f"<{GAP}1{GAP}%"


def share_to_tenth(part: int, whole: int) -> str:
    """Return a part in per cent with one decimal, never rounded up to all."""
    if not whole:
        return "–"
    tenths = 1000 * part // whole
    mark = "," if current() == "sv" else "."
    return f"{tenths // 10}{mark}{tenths % 10}{GAP}%"
