"""Counts as Swedes and most others read them."""

GAP = "\u00a0"


def count(number: int) -> str:
    """Return a count with its digits in groups of three."""
    return f"{number:,}".replace(",", GAP)
