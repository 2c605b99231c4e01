"""Rows of a truth table: what a case holds, and what the source makes of it.

The tables are written from the guide, the register's questions and answers and its news, as
gathered in the team's domain paper (its sections stand in each table), and from nothing else.
A row's values are what stands in the XML. A value that a row gives as None is missing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.core.case import CaseValues, Values

PERSON = "197701012382"  # one of Skatteverket's test numbers
FRAME = {"SystemId": "SE0000000000-OP1", "V105": "SPOR", "patientId": PERSON}
# repeated values that are a group of their own
LISTS = (
    "preliminarOperationskod",
    "preliminarDiagnos",
    "positioneringStart",
    "operationskod",
    "diagnos",
    "anestesikod",
)
GROUPS = {
    "planering": "planering",
    "perop": "peroperativKomplikation",
    "postop": "postoperativKomplikation",
    **{name: name for name in LISTS},
}
ALL = ("core", "engine", "stage")

Given = str | Sequence[str] | Sequence[Mapping[str, str]] | None


@dataclass(frozen=True)
class Row:
    """One case and what is expected of it."""

    about: str
    expected: bool
    values: Mapping[str, str]
    groups: Mapping[str, tuple[Values, ...]] = field(default_factory=dict)
    source: str = ""  # where another sentence than the table's carries it
    chains: tuple[str, ...] = ALL

    def case(self, key: str) -> CaseValues:
        """Return the row as a case of its own."""
        return CaseValues(key, {"behandlingsnummer": key, **self.values}, self.groups)


@dataclass(frozen=True)
class Table:
    """The rows of one rule, verdict, phase or count, and the sentence that they rest on."""

    target: str  # its message or name in Swedish, or its id where the source gives no wording
    source: str
    rows: tuple[Row, ...]
    left_out: str = ""  # what the source does not decide, so that no row says it


def row(
    about: str,
    expected: bool,
    source: str = "",
    chains: tuple[str, ...] = ALL,
    /,
    **given: Given,
) -> Row:
    """Return a row; what is not given is missing, except for the frame every case has."""
    values = {name: value for name, value in given.items() if isinstance(value, str)}
    kept = {name: value for name, value in FRAME.items() if name not in given}
    groups = {
        GROUPS[name]: tuple(_member(GROUPS[name], one) for one in value)
        for name, value in given.items()
        if value is not None and not isinstance(value, str)
    }
    return Row(about, expected, {**kept, **values}, groups, source, chains)


def yes(about: str, source: str = "", /, **given: Given) -> Row:
    """Return a row for which the table's target is so: broken, counted or reached."""
    return row(about, True, source, **given)


def no(about: str, source: str = "", /, **given: Given) -> Row:
    """Return a row for which the table's target is not so."""
    return row(about, False, source, **given)


def with_each_missing(make: Callable[..., Row], about: str, /, **given: Given) -> tuple[Row, ...]:
    """Return one row per value, with that value missing."""
    return tuple(make(f"{about}, {name} missing", **{**given, name: None}) for name in given)


def wrong(rows: Sequence[Row], said: Sequence[bool]) -> str:
    """Return which rows are judged otherwise than the table says, "" for none."""
    return "; ".join(
        f"{row.about}: should {'' if row.expected else 'not '}be so"
        for row, one in zip(rows, said, strict=True)
        if one != row.expected
    )


def _member(group: str, one: str | Mapping[str, str]) -> Values:
    return {group: one} if isinstance(one, str) else dict(one)
