"""What is drawn, without Qt: the entries of a side under their headings, and which are shown."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from app.gui.mapping.variable_rows import MISSING
from app.language.text import N_, _

LEFT, RIGHT = "left", "right"
UNLINKED, FILLED = "unlinked", "filled"
COLUMN_FILTERS = (
    ("", N_("All")),
    (UNLINKED, N_("Not mapped yet")),
    (FILLED, N_("With values")),
)
VARIABLE_FILTERS = (
    ("", N_("All")),
    (MISSING, N_("Mandatory, missing")),
    (UNLINKED, N_("Without a source")),
    (FILLED, N_("With values")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a side: a heading, a column or a variable, as icons and words.

    `lead` is the icon before the text, `tail` (with its tone) the one after it, which `word` says
    in words. `marks` are the filters that it passes.
    """

    side: str
    key: str
    heading: str  # the key of what it stands under, its own for a heading
    text: str
    word: str = ""
    figure: str = ""
    lead: str = ""
    tail: tuple[str, str] = ("", "")
    tip: str = ""
    marks: frozenset[str] = frozenset()
    linked: int = 0  # lines that end here; of a heading: entries under it that have one
    total: int = 0  # of a heading: what stands under it
    is_folded: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it stands above others."""
        return self.key == self.heading


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries of a side are shown."""

    text: str = ""
    kind: str = ""
    folded: AbstractSet[str] = frozenset()


def under_heading(side: str, key: str, text: str, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries under a heading that counts them."""
    below = tuple(entries)
    linked = sum(one.linked > 0 for one in below)
    word = f"{linked}/{len(below)}"
    tip = _("{linked} of {total} mapped").format(linked=linked, total=len(below))
    heading = Entry(side, key, key, text, word, tip=tip, linked=linked, total=len(below))
    return (heading, *below)


def wanted_entries(entries: Sequence[Entry], wanted: Wanted) -> tuple[Entry, ...]:
    """Return the entries that pass the filter, under those headings that have any.

    A folded heading hides what stands under it, unless something is searched for.
    """
    passing = [one for one in entries if not one.is_heading and _passes(one, wanted)]
    needed = {one.heading for one in passing}
    folded = frozenset() if wanted.text else wanted.folded
    shown = {one.key for one in passing if one.heading not in folded}
    return tuple(
        replace(one, is_folded=one.key in folded) if one.is_heading else one
        for one in entries
        if (one.key in needed if one.is_heading else one.key in shown)
    )


def _passes(entry: Entry, wanted: Wanted) -> bool:
    if wanted.kind and wanted.kind not in entry.marks:
        return False
    text = wanted.text.casefold()
    return not text or any(text in one.casefold() for one in (entry.text, entry.key, entry.word))
