"""The widths of a text's columns as borders between them that can be moved."""

from itertools import accumulate, pairwise


def borders(widths: tuple[int, ...]) -> tuple[int, ...]:
    """Return the places in a line where a column ends and the next begins."""
    return tuple(accumulate(widths))[:-1]


def with_border(widths: tuple[int, ...], place: int, length: int) -> tuple[int, ...]:
    """Return the widths with a border more at a place in a line, or one less if it was there.

    `length` is that of the longest line: the last column goes on to its end.
    """
    end = max(length, sum(widths))
    if not 0 < place < end:
        return widths
    places = set(borders(widths)) ^ {place}
    return tuple(after - before for before, after in pairwise((0, *sorted(places), end)))


def said(widths: tuple[int, ...]) -> str:
    """Return the widths as a person writes them."""
    return " ".join(str(one) for one in widths)


def understood(text: str) -> tuple[int, ...]:
    """Return the widths that a person wrote; nothing when a part is no width."""
    parts = text.replace(",", " ").replace(";", " ").split()
    if not all(one.isascii() and one.isdigit() and int(one) for one in parts):
        return ()
    return tuple(int(one) for one in parts)
