"""What the source page is told about tables, columns and files: frozen values without Qt."""

from dataclasses import dataclass

from app.core.mapping import Source
from app.files.preview import Preview

__all__ = [
    "FEWEST_SHARED",
    "MANY",
    "NO_RELATION",
    "ONE",
    "ColumnProfile",
    "FileChange",
    "KeyProposal",
    "Preview",
    "Relation",
    "Renaming",
    "ShapeChange",
]

FEWEST_SHARED = 5  # values that occur more seldom could point out a patient and are left out

ONE, MANY, NO_RELATION = "one", "many", "none"


@dataclass(frozen=True, slots=True)
class Relation:
    """How the rows of a table belong to the cases; told before anything is mapped.

    `kind` is "one" (at most one row per case), "many" or "none" (no row has a case).
    """

    kind: str
    most: int  # rows of the case that has most
    with_row: int  # cases that have any row here
    orphans: int  # rows whose key has no case
    without: int  # cases without a row here
    cases: int


@dataclass(frozen=True, slots=True)
class Renaming:
    """A column that is called something else than before, and how sure that is (0-100)."""

    before: str
    after: str
    score: int


@dataclass(frozen=True, slots=True)
class ShapeChange:
    """How a table's columns differ from those that the mapping was made for.

    A renamed column stands in `renamed` only; `used` are the missing ones (also those that were
    renamed) that the project names somewhere.
    """

    added: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    renamed: tuple[Renaming, ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnProfile:
    """One column in full. Values that could be person ids are masked.

    `least` and `greatest` are by size where the values are numbers, by time where they are dates
    in one form, else by letters. `hidden` counts the distinct values that are not in `common`
    because they occur too seldom to be shared.
    """

    name: str
    total: int  # rows
    filled: int
    distinct: int
    common: tuple[tuple[str, int], ...]  # most frequent first
    least: str
    greatest: str
    shapes: tuple[tuple[str, int], ...]  # "99-99-99", "AAA99"; most frequent first
    looks_like: str
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class KeyProposal:
    """Columns that could say which case a row belongs to.

    `matched` is the rows with a case (in the case table: rows whose key is their own), `share`
    the part of all rows.
    """

    columns: tuple[str, ...]
    matched: int
    share: float


@dataclass(frozen=True, slots=True)
class FileChange:
    """Other files for a table, read as before: what would change. Nothing is applied."""

    source: Source
    change: ShapeChange
    columns: tuple[str, ...] = ()
    rows: int = 0
