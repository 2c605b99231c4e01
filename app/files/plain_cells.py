"""Cells that a spreadsheet shows and never runs: for every CSV and workbook that we write."""

import re

_MARK = "'"  # a spreadsheet takes what follows for text
_RUNS = re.compile(r"[ \u00a0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?(?:[eE][+-]?[0-9]+)?")
_LONE = frozenset("+-")  # a sign on its own is no formula


def plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a number stays a number."""
    if not _RUNS.match(text) or _NUMBER.fullmatch(text) or text in _LONE:
        return text
    return _MARK + text


def restored(text: str) -> str:
    """Return what `plain` was given, for a file that comes back to us."""
    rest = text.removeprefix(_MARK)
    return rest if rest != text and plain(rest) == text else text
