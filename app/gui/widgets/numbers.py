"""Numbers as Swedes and most others read them: thin groups of three, honest per cent."""

from app.language.text import current

_GAP = "\u00a0"


def count(number: int) -> str:
    """Return a count with its digits in groups of three."""
    return f"{number:,}".replace(",", _GAP)


def share(part: int, whole: int) -> str:
    """Return a part in per cent, never rounded up to all or down to nothing."""
    if not whole:
        return "–"
    per_cent = 100 * part // whole
    return f"{per_cent}{_GAP}%" if per_cent or not part else f"<{_GAP}1{_GAP}%"


def share_to_tenth(part: int, whole: int) -> str:
    """Return a part in per cent with one decimal, never rounded up to all."""
    if not whole:
        return "–"
    tenths = 1000 * part // whole
    mark = "," if current() == "sv" else "."
    return f"{tenths // 10}{mark}{tenths % 10}{_GAP}%"
