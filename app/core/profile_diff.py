"""What changed between two register profiles: what the register wants, not what we know of it.

Sources, notes and the local names seen for a variable are not compared: they change nothing that
is sent. An element is the same in both contracts when it has the same path, holds the same
variable, or stands at the same place under nearly the same name.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.core.register import Profile


class ChangeKind(StrEnum):
    """What happened to a part of the profile."""

    NEW = "new"
    REMOVED = "removed"
    RENAMED = "renamed"
    MOVED = "moved"
    TIGHTENED = "tightened"  # something that was accepted is so no longer
    LOOSENED = "loosened"
    CHANGED = "changed"  # neither is surely stricter


class Subject(StrEnum):
    """What kind of thing changed."""

    VARIABLE = "variable"
    CODE = "code"  # id is the code list, or list/code for one of its codes
    RULE = "rule"
    ELEMENT = "element"  # id is the path below the request, joined by "/"
    GROUP = "group"
    SECTION = "section"
    VERDICT = "verdict"
    ENTRANCE = "entrance"
    MESSAGE = "message"
    DEFINITION = "definition"
    REGISTER = "register"
    READING = "reading"
    SETTING = "setting"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs; `field` is "" when the whole thing is new or removed.

    `id` is that of the second profile, of the first for what is removed. Several codes in `before`
    and `after` are joined by ", "; `variable` is the id of the variable concerned, "" when none is.
    """

    kind: ChangeKind
    subject: Subject
    id: str
    field: str = ""
    before: str = ""
    after: str = ""
    variable: str = ""


def compare(first: Profile, second: Profile) -> tuple[Change, ...]:
    """Return what differs, in the order: variables, elements, groups, codes, rules, the rest."""
    del first, second
    return ()
