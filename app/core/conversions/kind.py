"""What every kind of step is made of: its options, what it does, and what can go wrong."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.clock import in_stockholm, system_clock
from app.core.mapping import Project, Step

# Every white space that Python knows, and the byte order mark that exports leave behind.
BLANKS = "".join(one for one in map(chr, range(0x3001)) if one.isspace()) + "\ufeff"
STOP, KEEP, OMIT = "", "keep", "omit"  # what is done with what a step cannot take
OTHERWISE = (STOP, OMIT, KEEP)
BAD_OPTION = "option-unreadable"
NO_COLUMN = "step-column-missing"


class Entry(StrEnum):
    """How a person enters an option."""

    TEXT = "text"
    PATTERN = "pattern"
    CHOICE = "choice"
    COLUMN = "column"
    TABLE = "table"
    MAP = "map"
    FORMAT = "format"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a kind.

    `table` names the option that says which table a column is of, "" is the link's own. What is
    not said is `default`.
    """

    name: str
    entry: Entry = Entry.TEXT
    choices: tuple[str, ...] = ()
    default: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of one value: a text, "" when missing, or the code of a problem."""

    value: str = ""
    problem: str = ""


Lookups = Mapping[tuple[str, str, str], Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a step may look at beside the value: the project, the row's other columns, tables.

    `lookups` holds, per table, key column and value column, the values of every key. `year` is
    the present one where nothing else is said.
    """

    project: Project
    row: Mapping[str, str] = field(default_factory=dict)
    lookups: Lookups = field(default_factory=dict)
    year: int = 0

    @property
    def this_year(self) -> int:
        """The year that a two-digit year of birth cannot lie after."""
        return self.year or in_stockholm(system_clock()).year


Change = Callable[[str, Step, Surroundings], Converted]
Combine = Callable[[tuple[str, ...], Step], Converted]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of step: what it does to a text that is not empty, and the options it takes.

    `combine` makes one text of several columns'; such a step can only be the first. `makes` says
    that it gives a value where there is none.
    """

    change: Change
    settings: tuple[Option, ...] = ()
    problems: tuple[str, ...] = ()
    combine: Combine | None = None
    makes: bool = False

    @property
    def options(self) -> tuple[str, ...]:
        """The names of the options."""
        return tuple(one.name for one in self.settings)

    def said(self, step: Step, name: str) -> str:
        """Return what a step says of an option, or what holds when it says nothing."""
        usual = next((one.default for one in self.settings if one.name == name), "")
        return step.option(name) or usual


def unfit(text: str, step: Step, problem: str, option: str = "otherwise") -> Converted:
    """Return what a step's policy makes of a text that it cannot take."""
    policy = step.option(option)
    if policy == OMIT:
        return Converted()
    return Converted(text) if policy == KEEP else Converted(problem=problem)


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of an option that takes several with | between."""
    return tuple(one.strip(BLANKS) for one in text.split("|"))


def not_first(_text: str, _step: Step, _around: Surroundings) -> Converted:
    """Refuse a step that reads the columns themselves and does not come first."""
    return Converted(problem="step-not-first")
