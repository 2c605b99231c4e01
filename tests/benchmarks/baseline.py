"""The script that a hospital would otherwise write: the yardstick of the benchmarks.

As such scripts are: `csv.DictReader` into a dict per row (openpyxl for a workbook), children in
lists by case number, the mapping as a loop over a table with `strptime` and `ZoneInfo`, a zeep
message per case from the register's WSDL, xmlschema per case, and the rules as a chain of ifs
(`baseline_rules`). It is written for the sample hospital's export, and knows nothing of the
program: it shares no line with it.

Run by hand: `python -m tests.benchmarks.baseline FOLDER [--cases N]`.
"""

import csv
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from tests.benchmarks.baseline_rules import Case, Row, broken_rules

Line = dict[str, str]
SCHEMAS = Path(__file__).parents[2] / "schemas" / "spor-4.1"
STOCKHOLM = ZoneInfo("Europe/Stockholm")
CHILDREN = ("planeringar", "opkoder", "diagnoser", "komplikationer")
URGENCY = {"A": "akut", "E": "elektiv"}
PRIORITY = {
    "0": "omedelbart",
    "2": "inom2h",
    "6": "inom6h",
    "24": "inom24h",
    "7D": "inom7d",
}
LEVEL = {"DK": "dagkirurgi", "IVA": "iva", "OV": "oppenvard", "PO": "postop", "SV": "slutenvard"}
YES_NO = {"J": "Ja", "N": "Nej"}


def text(value: str) -> str | None:
    """Return a text without blanks around it."""
    return value.strip() or None


def number(value: str) -> str | None:
    """Return a number with a decimal point."""
    plain = value.strip().replace(",", ".")
    if plain:
        float(plain)
    return plain or None


def when(day: str, hour: str) -> datetime | None:
    """Return a moment of Stockholm's clock."""
    if not day.strip() or not hour.strip():
        return None
    return datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H:%M").replace(tzinfo=STOCKHOLM)


def person(value: str) -> str | None:
    """Return a person's number in twelve digits."""
    return value.strip().replace("-", "") or None


def one_of(known: Mapping[str, str], value: str) -> str | None:
    """Return the register's code for a local one."""
    return known[value.strip()] if value.strip() else None


def urgency(value: str) -> str | None:
    """Return akut or elektiv."""
    return one_of(URGENCY, value)


def priority(value: str) -> str | None:
    """Return the class of an acute case."""
    return one_of(PRIORITY, value)


def level(value: str) -> str | None:
    """Return a level of after-care."""
    return one_of(LEVEL, value)


def yes_no(value: str) -> str | None:
    """Return Ja or Nej."""
    return one_of(YES_NO, value)


def reason(value: str) -> str | None:
    """Return a reason for a strykning; the local third level is sent as its second."""
    return {"1ai": "1a"}.get(value.strip(), value.strip()) or None


# variable, element, how it is converted, columns
Table = tuple[tuple[str, str, Any, tuple[str, ...]], ...]
PATIENT: Table = (("patientId", "patientId", person, ("PNR",)),)
REQUEST: Table = (
    ("V310", "tidpunktAnmalan", when, ("ANMDAT", "ANMTID")),
    ("forstaAnmalan", "forstaAnmalan", when, ("ANMDAT1", "ANMTID1")),
    ("V320", "akutElektiv", urgency, ("AKEL",)),
    ("V325", "akutPlanering", priority, ("AKPRIO",)),
    ("V335", "eftervardsnivaPlanerad", level, ("EVNPLAN",)),
    ("anmalandeKlinik", "anmalandeKlinik", text, ("ANMKLIN",)),
)
PLANNING: Table = (
    ("V410", "tidpunktPlanering", when, ("PLDAT", "PLTID")),
    ("V415", "planeradPatienttidStart", when, ("PPDAT", "PPSTTID")),
    ("V420", "planeradOperationstidStart", when, ("PPDAT", "POSTTID")),
    ("V425", "planeradOperationstidSlut", when, ("PPSLDAT", "POSLTID")),
    ("V430", "planeradPatienttidSlut", when, ("PPSLDAT", "PPSLTID")),
    ("V435", "tidpunktKallad", when, ("KALLDAT", "KALLTID")),
    ("planeradSal", "planeradSal", text, ("PSAL",)),
)
STRYKNING: Table = (
    ("V440", "tidpunktStrykning", when, ("STRDAT", "STRTID")),
    ("V445", "strykningsorsak", reason, ("STRORS",)),
    ("V450", "avforsFranVantelistan", yes_no, ("AVF",)),
)
OPERATION: Table = (
    ("vardandeEnhet", "vardandeEnhet", text, ("VENH",)),
    ("operationsklinik", "operationsklinik", text, ("OPKLIN",)),
    ("operationssal", "operationssal", text, ("SALNR",)),
    ("asa", "funktionsbedomningAsa", text, ("ASAKL",)),
    ("langd", "langd", number, ("LGD",)),
    ("vikt", "vikt", number, ("VKT",)),
    ("preoperativAnestesiStart", "preoperativAnestesiStart", when, ("OPDAT", "PREANTID")),
    ("anestesiStart", "anestesiStart", when, ("OPDAT", "ANSTTID")),
    ("anestesiSlut", "anestesiSlut", when, ("UTDAT", "ANSLTID")),
    ("V540", "patienttidStart", when, ("OPDAT", "PATINTID")),
    ("patientInSal", "patientInSal", when, ("OPDAT", "SALINTID")),
    ("uppdukningStart", "uppdukningStart", when, ("OPDAT", "UPPDST")),
    ("uppdukningSlut", "uppdukningSlut", when, ("OPDAT", "UPPDSL")),
    ("V565", "operationStart", when, ("OPDAT", "OPSTTID")),
    ("V567", "knivtidStart", when, ("OPDAT", "KNSTTID")),
    ("knivtidSlut", "knivtidSlut", when, ("UTDAT", "KNSLTID")),
    ("V570", "operationSlut", when, ("UTDAT", "OPSLTID")),
    ("patientUtSal", "patientUtSal", when, ("UTDAT", "SALUTTID")),
    ("V585", "patienttidSlut", when, ("UTDAT", "PATUTTID")),
    ("V675", "temperaturPre", number, ("TEMP1",)),
    ("V676", "temperaturPer", number, ("TEMP2",)),
    ("V690", "eftervardsniva", level, ("EVNOP",)),
    ("checklista", "checklista", yes_no, ("CHKL",)),
    ("antibiotikaprofylax", "antibiotikaprofylax", yes_no, ("ABPROF",)),
)
POSTOP: Table = (
    ("ankomstPostop", "ankomstPostop", when, ("POPDAT", "POPINTID")),
    ("V800", "patientUtPostop", when, ("POPUTDAT", "POPUTTID")),
    ("V810", "eftervardsnivaPostop", level, ("EVNPOP",)),
    ("V875", "temperaturPostop", number, ("TEMPPOP",)),
    ("smarta", "smarta", text, ("NRS",)),
    ("illamaende", "illamaende", yes_no, ("ILLAM",)),
)


@dataclass
class Told:
    """What the script says of one case: its document, the schema's faults and the broken rules."""

    case: str
    document: bytes = b""  # empty when zeep would not make it
    faults: int = 0
    rules: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()  # variables that could not be converted


@dataclass
class Clock:
    """Adds up the seconds of each step."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Count the time of the block as this step's."""
        start = perf_counter()
        yield
        self.seconds[step] += perf_counter() - start


def read_csv(folder: Path, name: str) -> list[Line]:
    """Return a table as a dict per row."""
    with (folder / f"{name}.csv").open(encoding="cp1252", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def read_xlsx(folder: Path, name: str) -> list[Line]:
    """Return the only sheet of a workbook as a dict per row."""
    from openpyxl import load_workbook

    book = load_workbook(folder / f"{name}.xlsx", read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    header = [str(name) for name in next(rows)]
    lines = [
        dict(zip(header, ("" if cell is None else str(cell) for cell in row), strict=False))
        for row in rows
    ]
    book.close()
    return lines


def by_case(lines: list[Line]) -> dict[str, list[Line]]:
    """Return the lines of each case."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line["OPNR"]].append(line)
    return found


def converted(table: Table, line: Line, problems: list[str]) -> Row:
    """Return the values of a line, None for one that is missing or cannot be read."""
    row: Row = {}
    for variable, _, convert, columns in table:
        try:
            row[variable] = convert(*(line[column] for column in columns))
        except (ValueError, KeyError):
            row[variable] = None
            problems.append(variable)
    return row


class Hospital:
    """The tables of one export, and its cases."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        read = read_xlsx if (folder / "operationer.xlsx").exists() else read_csv
        with clock.timed("load"):
            self._cases = read(folder, "operationer")
            self._children = {name: by_case(read(folder, name)) for name in CHILDREN}

    def lines(self, most: int | None) -> Iterator[Line]:
        """Yield the first cases, all when `most` is None."""
        yield from islice(self._cases, most)

    def case(self, line: Line) -> tuple[Case, tuple[str, ...]]:
        """Return one case's values, and which could not be converted."""
        problems: list[str] = []
        own: Row = {}
        for table in (PATIENT, REQUEST, OPERATION, POSTOP):
            own.update(converted(table, line, problems))
        key = line["OPNR"].strip()
        case = Case(key, own)
        for planned in self._of("planeringar", key, "PLNR"):
            row = converted((*PLANNING, *STRYKNING), planned, problems)
            if any(row.values()):
                case.plannings.append(row)
        for code in self._of("opkoder", key, "LOPNR"):
            case.codes[code["TYP"]].append(code["KOD"].strip())
        for diagnosis in self._of("diagnoser", key, "LOPNR"):
            case.diagnoses[diagnosis["TYP"]].append(diagnosis["ICD"].strip())
        for found in self._of("komplikationer", key, "LOPNR"):
            kept = (text(found["KOD"]), text(found["GRAD"]))
            if any(kept):
                case.complications[found["SKEDE"]].append(kept)
        return case, tuple(problems)

    def _of(self, table: str, key: str, order: str) -> list[Line]:
        return sorted(self._children[table].get(key, ()), key=lambda line: int(line[order] or 0))


def element_values(table: Table, row: Row) -> dict[str, str]:
    """Return what stands in each element."""
    return {
        element: value.isoformat() if isinstance(value, datetime) else value
        for variable, element, *_ in table
        if (value := row[variable]) is not None
    }


def planning_of(row: Row) -> dict[str, Any]:
    """Return one planering as zeep wants it."""
    struck = element_values(STRYKNING, row)
    return {**element_values(PLANNING, row), **({"strykning": struck} if struck else {})}


def registration_of(case: Case) -> dict[str, Any]:
    """Return a case as zeep wants it."""
    request: dict[str, Any] = element_values(REQUEST, case.own)
    request |= lists(preliminarOperationskod=case.codes["P"], preliminarDiagnos=case.diagnoses["P"])
    operation: dict[str, Any] = element_values(OPERATION, case.own)
    operation |= lists(
        operationskod=case.codes["S"],
        diagnos=case.diagnoses["S"],
        anestesikod=case.codes["A"],
        peroperativKomplikation=[
            filled(peropKod=code, peropSvarighetsgrad=grade)
            for code, grade in case.complications["PER"]
        ],
    )
    postop: dict[str, Any] = element_values(POSTOP, case.own)
    postop |= lists(
        postoperativKomplikation=[
            filled(postopKod=code, postopSvarighetsgrad=grade)
            for code, grade in case.complications["POST"]
        ]
    )
    parts: dict[str, Any] = {
        "behandlingsnummer": case.key,
        "patient": element_values(PATIENT, case.own),
        "anmalan": request,
        "planering": [planning_of(row) for row in case.plannings],
        "operation": operation,
        "postop": postop,
    }
    return {name: part for name, part in parts.items() if part}


def lists(**found: list[Any]) -> dict[str, Any]:
    """Return the lists that hold something."""
    kept = {name: [one for one in values if one] for name, values in found.items()}
    return {name: values for name, values in kept.items() if values}


def filled(**found: str | None) -> dict[str, str]:
    """Return the values that are there."""
    return {name: value for name, value in found.items() if value}


class Register:
    """The register's contract: makes messages and judges them."""

    def __init__(self) -> None:
        import xmlschema
        from zeep import Client

        self._client = Client(str(SCHEMAS / "RegistrationService.wsdl"))
        self._schema = xmlschema.XMLSchema(str(SCHEMAS / "registration.xsd"))

    def message(self, case: Case) -> Any:
        """Return the request element of a case, None when zeep refuses it."""
        from zeep.exceptions import ValidationError

        try:
            envelope = self._client.create_message(
                self._client.service,
                "postRegistration",
                systemId="SE0000000000-OP1",
                recipientMessageSplit=["SPOR"],
                registrering=registration_of(case),
            )
        except ValidationError:
            return None
        return envelope[0][0]

    def faults(self, message: Any) -> int:
        """Return how many faults the schema finds."""
        return sum(1 for _ in self._schema.iter_errors(message))


def judge_export(
    folder: Path, register: Register, most: int | None = None, clock: Clock | None = None
) -> Iterator[Told]:
    """Take the first cases of an export through the whole chain."""
    from lxml import etree

    clock = clock or Clock()
    hospital = Hospital(folder, clock)
    for line in hospital.lines(most):
        with clock.timed("map"):
            case, problems = hospital.case(line)
        with clock.timed("message"):
            message = register.message(case)
            document = etree.tostring(message, encoding="utf-8") if message is not None else b""
        with clock.timed("validate"):
            faults = register.faults(message) if message is not None else 1
        with clock.timed("rules"):
            rules = broken_rules(case)
        yield Told(case.key, document, faults, rules, problems)


def main() -> None:
    """Run the script over a folder and tell what each step took."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int)
    chosen = parser.parse_args()
    clock = Clock()
    told = list(judge_export(chosen.folder, Register(), chosen.cases, clock))
    for step, seconds in clock.seconds.items():
        print(f"{step:10} {seconds:8.2f} s {len(told) / seconds:12,.0f} cases/s")
    print(f"{len(told)} cases, {sum(len(one.rules) for one in told)} broken rules")


if __name__ == "__main__":
    main()
