"""The rules of the register as a hospital's script would hold them: a chain of ifs over one case.

They are those of `schemas/spor-4.1/rules.toml` (reading R1, no national registers at hand),
rewritten by hand. The names are the rules' ids up to their number, or all of the id.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

Row = dict[str, Any]  # variable -> datetime or text, None when missing

REASON = re.compile(r"([1-9]|10|11)[A-Za-z]")
ICD = re.compile(r"[A-Z][0-9]{2}\.?[0-9A-Z]{0,3}[+*]?")
GONE = {"a122", "a212", "a317", "a413", "a711"}  # left PAK-OP in May 2016
LAST_OF_OLD_PAK = date(2016, 4, 30)
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
STARTS, ENDS = ("V415", "V420"), ("V425", "V430")
STRYKNING = ("V440", "V445", "V450")
DATED = ("V310", "V540", "V565", "V570", "V585", "V800")
NEVER_AFTER = (  # the rule is broken when the first time comes after the second
    ("korrupt-06", "V585", "V800"),
    ("korrupt-10", "anestesiStart", "anestesiSlut"),
    ("korrupt-11", "V565", "V570"),
    ("korrupt-12", "patientInSal", "patientUtSal"),
    ("korrupt-13", "V570", "V585"),
    ("korrupt-14", "V540", "V565"),
    ("korrupt-15", "V540", "V585"),
    ("korrupt-16", "uppdukningStart", "uppdukningSlut"),
    ("korrupt-23", "preoperativAnestesiStart", "V540"),
    ("notering-knivtid-fore-operationsstart", "V565", "V567"),
    ("notering-knivtid-slut-fore-start", "V567", "knivtidSlut"),
    ("notering-forsta-anmalan-efter-anmalan", "forstaAnmalan", "V310"),
)
PLANNED = ("V410", *STARTS, *ENDS, "V435", "planeradSal")


@dataclass
class Case:
    """One case: its own values, and what it has several of."""

    key: str
    own: Row
    plannings: list[Row] = field(default_factory=list)
    codes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    diagnoses: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    complications: dict[str, list[tuple[str | None, str | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )


def broken_rules(case: Case) -> frozenset[str]:
    """Return the names of the rules that a case breaks."""
    own = case.own
    alone = (*_of_times(own), *_of_person(own), *_of_codes(case))
    return frozenset((*alone, *_of_plannings(case), *_notes(case)))


def after(first: datetime | None, second: datetime | None) -> bool:
    """Whether both are there and the first comes after the second."""
    return first is not None and second is not None and first.timestamp() > second.timestamp()


def longer(start: datetime | None, end: datetime | None, days: int) -> bool:
    """Whether both are there and there are more days between them."""
    if start is None or end is None:
        return False
    return end.timestamp() - start.timestamp() > timedelta(days=days).total_seconds()


def _of_times(own: Row) -> Iterator[str]:
    urgent = own["V320"] == "akut" and own["V325"] == "omedelbart"
    if own["V565"] and own["V310"] and not after(own["V565"], own["V310"]) and not urgent:
        yield "korrupt-04"
    if own["V320"] == "akut" and longer(own["V310"], own["V565"], 14):
        yield "korrupt-05"
    if longer(own["ankomstPostop"] or own["V585"], own["V800"], 7):
        yield "korrupt-09"
    for rule, first, second in NEVER_AFTER:
        if after(own[first], own[second]):
            yield rule
    if any(_is_unreasonable(own[name]) for name in DATED):
        yield "korrupt-07"


def _is_unreasonable(moment: datetime | None) -> bool:
    return moment is not None and not FIRST <= moment.date() < LAST


def _of_codes(case: Case) -> Iterator[str]:
    own = case.own
    if own["langd"] and own["vikt"]:
        square = float(own["langd"]) ** 2
        if not 5 * square <= float(own["vikt"]) * 10000 <= 120 * square:
            yield "korrupt-01"
    if any(
        code and not ICD.fullmatch(code.upper()) for kind in "SP" for code in case.diagnoses[kind]
    ):
        yield "korrupt-19"
    current = own["V565"] is None or own["V565"].date() > LAST_OF_OLD_PAK
    if current and any(code and code.lower() in GONE for code, _ in case.complications["PER"]):
        yield "korrupt-21"
    if own["V320"] == "elektiv" and own["V325"]:
        yield "inkonsistent-03"


def _of_person(own: Row) -> Iterator[str]:
    if not own["patientId"]:
        return
    if not is_person(own["patientId"]):
        yield "korrupt-17"
    born = birth_date(own["patientId"])
    if own["V565"] and born is not None and own["V565"].date() < born:
        yield "korrupt-22"
    if own["V310"] and born is not None and (born - own["V310"].date()).days > 31:
        yield "notering-fodd-efter-anmalan"
    if is_person(own["patientId"]) and int(own["patientId"][6:8]) >= 60 and born is None:
        yield "notering-okand-fodelsetid"


def _of_plannings(case: Case) -> Iterator[str]:
    rows = case.plannings
    open_ones = [row for row in rows if not _has(row, STRYKNING)]
    removed = [row for row in rows if row["V450"] == "Ja"]
    if len([row for row in open_ones if _has(row, PLANNED)]) > 1:
        yield "korrupt-02"
    start = case.own["V565"]
    if start and any(row["V440"] and not after(start, row["V440"]) for row in rows):
        yield "korrupt-08"
    if any(row["V445"] and not REASON.fullmatch(row["V445"]) for row in rows):
        yield "korrupt-18"
    if any(not _counts(row) and _has(row, PLANNED) for row in removed):
        yield "sandning-avforande-endast-strykning"
    if removed and any(_counts(row) for row in open_ones):
        yield "sandning-avford-men-planerad"
    if any(_has(row, PLANNED) and not _counts(row) for row in open_ones):
        yield "sandning-miniminiva-for-planering"
    if any(row["V440"] and row["V450"] == "Nej" and not _counts(row) for row in rows):
        yield "sandning-strykning-raknas-som-endast-anmald"


def _has(row: Row, names: tuple[str, ...]) -> bool:
    return any(row[name] for name in names)


def _counts(row: Row) -> bool:
    return _has(row, STARTS) and _has(row, ENDS)


def _notes(case: Case) -> Iterator[str]:
    own = case.own
    if any(code == "A0" for kind in ("PER", "POST") for code, _ in case.complications[kind]):
        yield "notering-a0-raknas-som-komplikation"
    if (own["V540"] and own["V585"] and not (own["V565"] and own["V570"])) or (
        own["V570"] and not own["V565"]
    ):
        yield "notering-operation-utan-operationstid"
    if own["V320"] == "akut" and not own["V325"]:
        yield "notering-akut-utan-prioritet"


def is_person(number: str) -> bool:
    """Whether a text is a personnummer or a samordningsnummer."""
    if not re.fullmatch(r"(18|19|20)[0-9]{10}", number) or number[8:11] == "000":
        return False
    if int(number[6:8]) <= 31 and birth_date(number) is None:
        return False
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(number[2:]))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def birth_date(number: str) -> date | None:
    """Return the day in a person's number, None when it holds none."""
    try:
        day = int(number[6:8])
        return date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)
    except ValueError:
        return None
