"""One difference between two register profiles, as a value."""

from dataclasses import dataclass
from enum import StrEnum


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
    ELEMENT = "element"  # id is the path below the request, joined by "/"
    GROUP = "group"
    CODE = "code"  # id is the code list, or list/code for one of its codes
    RULE = "rule"
    VERDICT = "verdict"
    SECTION = "section"
    ENTRANCE = "entrance"
    MESSAGE = "message"
    DEFINITION = "definition"
    REGISTER = "register"
    READING = "reading"
    SETTING = "setting"
    PHASE = "phase"
    COUNT = "count"


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
