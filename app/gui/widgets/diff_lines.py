"""What differs between two documents, line by line; no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_AROUND = 2  # unchanged lines shown on each side of a change


@dataclass(frozen=True, slots=True)
class DiffLine:
    """One line of a comparison: `sign` is "+", "-", " " or "…" for unchanged lines left out."""

    sign: str
    text: str


def compare(before: str, after: str) -> tuple[DiffLine, ...]:
    """Return the lines that differ with a little around them; nothing when the texts are equal."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[DiffLine] = []
    groups = SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(_AROUND)
    for number, group in enumerate(groups):
        if number or group[0][1]:
            lines.append(DiffLine("…", ""))
        for kind, first, last, start, end in group:
            if kind == "equal":
                lines += _signed(" ", old[first:last])
            else:
                lines += _signed("-", old[first:last])
                lines += _signed("+", new[start:end])
    return tuple(lines)


def _signed(sign: str, lines: Sequence[str]) -> list[DiffLine]:
    return [DiffLine(sign, line) for line in lines]
