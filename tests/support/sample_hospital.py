"""Make a hospital that does not exist: the export of its planning system, seeded, any size.

Run by hand: `python -m tests.support.sample_hospital FOLDER [--cases N] [--seed N]`. The shipped
sample in `resources/sample/` is what it writes with its defaults; the benchmarks ask for more.
Test persons follow the rule by which every number made is one of Skatteverket's published test
numbers: any day of the listed years with birth number 238 or 239.
"""

import csv
import random
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

ENCODING = "cp1252"
TEST_YEARS = (
    *range(1977, 1980), *range(1981, 1989), *range(1991, 2000), 2003, 2004, 2006, 2008, 2009,
    2012, 2013,
)  # fmt: skip

Row = dict[str, str]

CASE_COLUMNS = (
    "OPNR", "PNR", "SPORNEJ", "STATUS", "REGDAT", "ANMDAT", "ANMTID", "ANMDAT1", "ANMTID1", "AKEL",
    "AKPRIO", "EVNPLAN", "ANMKLIN", "REMDAT", "BESLDAT", "ONSKV", "VTGRP", "BOKTYP", "DAGKIR",
    "INFEKT", "LATEX", "SIDA", "LAGE", "MTRL", "OPLAG", "VENH", "OPKLIN", "SALNR", "ASAKL", "LGD",
    "VKT", "OPDAT", "PREANTID", "ANSTTID", "PATINTID", "SALINTID", "UPPDST", "UPPDSL", "OPSTTID",
    "KNSTTID", "UTDAT", "KNSLTID", "OPSLTID", "ANSLTID", "SALUTTID", "PATUTTID", "TEMP1", "TEMP2",
    "EVNOP", "CHKL", "ABPROF", "POPDAT", "POPINTID", "POPUTDAT", "POPUTTID", "EVNPOP", "TEMPPOP",
    "NRS", "ILLAM", "KOMM", "ANDRDAT", "ANDRROLL",
)  # fmt: skip
TABLES: dict[str, tuple[str, ...]] = {
    "operationer": CASE_COLUMNS,
    "planeringar": (
        "OPNR", "PLNR", "PLDAT", "PLTID", "PPDAT", "PPSTTID", "POSTTID", "POSLTID", "PPSLDAT",
        "PPSLTID", "KALLDAT", "KALLTID", "PSAL", "STRDAT", "STRTID", "STRORS", "AVF",
    ),
    "opkoder": ("OPNR", "LOPNR", "TYP", "KOD"),
    "diagnoser": ("OPNR", "LOPNR", "TYP", "ICD"),
    "komplikationer": ("OPNR", "LOPNR", "SKEDE", "KOD", "GRAD"),
}  # fmt: skip

# how many of 400 cases are in each phase
PHASES = {
    "anmald": 60, "planerad": 70, "struken": 25, "omplanerad": 15, "struken_anmald": 15,
    "avford_anmald": 20, "avford_planerad": 10, "pa_postop": 40, "klar": 145,
}  # fmt: skip

LATE_STRUCK = 3  # of the elective ones every third is struck in the evening before

CLINICS = {
    "KIR": (("JKA21", "K802"), ("JEA01", "K358"), ("JAB30", "K409"), ("HAB40", "C509")),
    "ORT": (("NFB49", "M169"), ("NGB49", "M179"), ("NFJ59", "S7200"), ("NDM09", "S525")),
    "GYN": (("LCD00", "D259"), ("MCA10", "O820"), ("LEF03", "N812")),
    "URO": (("KED22", "N409"), ("KCD02", "C679")),
    "ÖNH": (("EMB10", "J350"), ("DCA20", "H652")),
}
REMARKS = (
    "", "", "", "Pat. önskar höger sida först", "Obs! allergi < kontrollera > & dokumentera",
    "Tolk bokad: arabiska", "Kortvarig narkos; snabb väckning", 'Säger sig vara "nålrädd"',
)  # fmt: skip


@dataclass
class Hospital:
    """The tables of the export while they are made."""

    chance: random.Random
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    by_case: dict[tuple[str, str], list[Row]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **cells: str) -> Row:
        """Add one row; columns not named are empty."""
        row = dict.fromkeys(TABLES[table], "") | cells
        self.tables[table].append(row)
        self.by_case[table, row["OPNR"]].append(row)
        return row

    def of(self, case: str, table: str) -> list[Row]:
        """Return the rows of one case."""
        return self.by_case[table, case]


def test_person(number: int) -> str:
    """Return the test personnummer of that order, written as planning systems do."""
    year = TEST_YEARS[number % len(TEST_YEARS)]
    day = date(year, 1, 1) + timedelta(days=number // len(TEST_YEARS) % 365)
    birth_number = 238 + number // (len(TEST_YEARS) * 365) % 2
    digits = f"{day:%y%m%d}{birth_number}"
    weighted = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    control = -sum(value // 10 + value % 10 for value in weighted) % 10
    return f"{day:%Y%m%d}-{birth_number}{control}"


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d}"


def _hour(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _in_daytime(moment: datetime) -> datetime:
    """Return the moment, or early afternoon of its day when nobody is at the desk."""
    at_work = 7 <= moment.hour < 17
    return moment if at_work else moment.replace(hour=13, minute=15)


def _evening_before(moment: datetime) -> datetime:
    return moment.replace(hour=20, minute=10) - timedelta(days=1)


def _referral(hospital: Hospital, number: int, operated: datetime) -> tuple[Row, datetime]:
    """Add the case row with everything known when the operation was ordered."""
    chance = hospital.chance
    urgent = chance.random() < 0.3
    wait = timedelta(hours=chance.randint(2, 140)) if urgent else timedelta(chance.randint(8, 120))
    ordered = operated - wait
    clinic = chance.choice(list(CLINICS))
    row = hospital.add(
        "operationer", OPNR=str(2600000 + number), PNR=test_person(number), SPORNEJ="N",
        STATUS="ANM", REGDAT=_day(ordered), ANMDAT=_day(ordered), ANMTID=_hour(ordered),
        ANMDAT1=_day(ordered), ANMTID1=_hour(ordered), AKEL="A" if urgent else "E",
        AKPRIO=chance.choice(("0", "2", "6", "24", "7D")) if urgent else "",
        EVNPLAN=chance.choice(("DK", "PO", "SV", "IVA")), ANMKLIN=clinic,
        REMDAT=_day(ordered - timedelta(chance.randint(1, 30))), BESLDAT=_day(ordered),
        ONSKV=f"{operated:%G}v{operated:%V}", VTGRP=str(chance.randint(1, 4)), BOKTYP="STD",
        DAGKIR=chance.choice("JN"), INFEKT="N", LATEX="N", SIDA=chance.choice(("H", "V", "")),
        KOMM=chance.choice(REMARKS), ANDRDAT=_day(ordered), ANDRROLL="opkoord",
    )  # fmt: skip
    procedure, diagnosis = chance.choice(CLINICS[clinic])
    hospital.add("opkoder", OPNR=row["OPNR"], LOPNR="1", TYP="P", KOD=procedure)
    hospital.add("diagnoser", OPNR=row["OPNR"], LOPNR="1", TYP="P", ICD=diagnosis)
    return row, ordered


def _plan(hospital: Hospital, row: Row, ordered: datetime, planned: datetime) -> Row:
    """Add one planering that counts: some start and some end."""
    made = min(ordered + timedelta(hours=1), planned)
    called = _in_daytime(made + (planned - made) / 2)
    order = len(hospital.of(row["OPNR"], "planeringar"))
    length = timedelta(minutes=hospital.chance.randrange(30, 240, 5))
    row["STATUS"] = "PLA"
    return hospital.add(
        "planeringar", OPNR=row["OPNR"], PLNR=str(order + 1), PLDAT=_day(made), PLTID=_hour(made),
        PPDAT=_day(planned), PPSTTID=_hour(planned), POSTTID=_hour(planned + timedelta(minutes=30)),
        POSLTID=_hour(planned + timedelta(minutes=30) + length),
        PPSLDAT=_day(planned + timedelta(minutes=50) + length),
        PPSLTID=_hour(planned + timedelta(minutes=50) + length), KALLDAT=_day(called),
        KALLTID=_hour(called), PSAL=f"Sal {hospital.chance.randint(1, 8)}",
    )  # fmt: skip


def _strike(hospital: Hospital, plan: Row, moment: datetime, leaves: bool) -> None:
    """Strike one planering; `leaves` takes the patient off the waiting list."""
    reason = hospital.chance.choice(("1a", "1ai", "4d", "7a", "8B", "11C"))
    plan.update(
        STRDAT=_day(moment), STRTID=_hour(moment), STRORS=reason, AVF="J" if leaves else "N"
    )


def _bare_strike(hospital: Hospital, row: Row, moment: datetime, leaves: bool) -> None:
    """Strike what was only ordered: a planering that holds nothing but the strykning."""
    plan = hospital.add("planeringar", OPNR=row["OPNR"], PLNR="1")
    _strike(hospital, plan, moment, leaves)


def _operate(hospital: Hospital, row: Row, arrived: datetime, urgent: bool) -> datetime:
    """Fill in everything that happens from arrival until the patient leaves the department."""
    chance = hospital.chance
    length = chance.randrange(20, 200, 5)
    steps = {"PATINTID": 0, "SALINTID": 15, "ANSTTID": 20, "UPPDST": 5, "UPPDSL": 25}
    steps |= {"PREANTID": -20, "OPSTTID": 40, "KNSTTID": 45}
    after = {"KNSLTID": length - 5, "OPSLTID": length, "ANSLTID": length + 10}
    after |= {"SALUTTID": length + 15, "PATUTTID": length + 20}
    for name, minutes in steps.items():
        row[name] = _hour(arrived + timedelta(minutes=minutes))
    for name, minutes in after.items():
        row[name] = _hour(arrived + timedelta(minutes=40 + minutes))
    left = arrived + timedelta(minutes=60 + length)
    row.update(
        STATUS="UTF", OPDAT=_day(arrived), UTDAT=_day(left), OPKLIN=row["ANMKLIN"],
        VENH="SE0000000000-OPC" if urgent else "SE0000000000-DAG",
        SALNR=f"Sal {chance.randint(1, 8)}", ASAKL=str(chance.choice((1, 2, 2, 3, 3, 4))),
        LGD=str(chance.randint(152, 196)), VKT=f"{chance.uniform(50, 110):.1f}".replace(".", ","),
        LAGE="RYGG", MTRL="STD", OPLAG=f"Lag {chance.randint(1, 5)}",
        TEMP1=f"{chance.uniform(36, 37.6):.1f}".replace(".", ","),
        TEMP2=f"{chance.uniform(35.8, 37.4):.1f}".replace(".", ","),
        EVNOP=chance.choice(("PO", "IVA", "SV")), CHKL=chance.choice("JJJN"),
        ABPROF=chance.choice("JN"),
    )  # fmt: skip
    _codes_of_operation(hospital, row)
    return left


def _codes_of_operation(hospital: Hospital, row: Row) -> None:
    case, chance = row["OPNR"], hospital.chance
    planned = hospital.of(case, "opkoder")[0]["KOD"]
    diagnosis = hospital.of(case, "diagnoser")[0]["ICD"]
    for order, code in enumerate(
        (planned, *chance.sample(("QXE10", "TNA20"), chance.choice((0, 0, 1)))), 1
    ):
        hospital.add("opkoder", OPNR=case, LOPNR=str(order), TYP="S", KOD=code)
    hospital.add("opkoder", OPNR=case, LOPNR="1", TYP="A", KOD=chance.choice(("SSA00", "SSB10")))
    hospital.add("diagnoser", OPNR=case, LOPNR="1", TYP="S", ICD=diagnosis)
    if chance.random() < 0.1:
        code = chance.choice(("A128", "A223", "A315"))
        grade = str(chance.randint(1, 3))
        hospital.add("komplikationer", OPNR=case, LOPNR="1", SKEDE="PER", KOD=code, GRAD=grade)


def _recover(hospital: Hospital, row: Row, left: datetime, out: bool) -> None:
    """Fill in postop; `out` when the patient has left it."""
    chance = hospital.chance
    row.update(POPDAT=_day(left), POPINTID=_hour(left))
    if not out:
        return
    leaves = left + timedelta(minutes=chance.randrange(45, 400, 5))
    row.update(
        STATUS="KLA", POPUTDAT=_day(leaves), POPUTTID=_hour(leaves),
        EVNPOP=chance.choice(("DK", "SV", "SV", "OV")), NRS=str(chance.randint(0, 6)),
        TEMPPOP=f"{chance.uniform(36, 37.5):.1f}".replace(".", ","), ILLAM=chance.choice("NNJ"),
    )  # fmt: skip
    if chance.random() < 0.06:
        hospital.add(
            "komplikationer", OPNR=row["OPNR"], LOPNR="1", SKEDE="POST", KOD="A315", GRAD="1"
        )


def _make_case(hospital: Hospital, number: int, phase: str, operated: datetime) -> Row:
    """Add one case that has come as far as its phase says."""
    row, ordered = _referral(hospital, number, operated)
    urgent = row["AKEL"] == "A"
    middle = _in_daytime(ordered + (operated - ordered) / 2)
    if phase in {"struken_anmald", "avford_anmald"}:
        row["STATUS"] = "AVF" if phase == "avford_anmald" else "STR"
        _bare_strike(hospital, row, middle, leaves=phase == "avford_anmald")
    elif phase != "anmald":
        plan = _plan(hospital, row, ordered, operated)
        if phase in {"struken", "omplanerad", "avford_planerad"}:
            row["STATUS"] = "AVF" if phase == "avford_planerad" else "STR"
            late = phase == "struken" and not urgent and number % LATE_STRUCK == 0
            moment = _evening_before(operated) if late else middle
            _strike(hospital, plan, moment, leaves=phase == "avford_planerad")
        if phase == "omplanerad":
            _plan(hospital, row, middle, operated + timedelta(days=7))
        if phase in {"pa_postop", "klar"}:
            left = _operate(hospital, row, operated, urgent)
            _recover(hospital, row, left, out=phase == "klar")
    return row


# --- what goes wrong in real life, once each ---------------------------------------------------


def _wrong_procedure_code(hospital: Hospital, row: Row) -> None:
    next(code for code in hospital.of(row["OPNR"], "opkoder") if code["TYP"] == "S")["KOD"] = (
        "H-CAR"
    )


def _end_before_start(hospital: Hospital, row: Row) -> None:
    start = datetime.strptime(row["OPSTTID"], "%H:%M")  # noqa: DTZ007 - a wall-clock time
    row.update(OPSLTID=_hour(start - timedelta(minutes=15)), UTDAT=row["OPDAT"])


def _ordered_after_start(hospital: Hospital, row: Row) -> None:
    start = datetime.fromisoformat(f"{row['OPDAT']}T{row['OPSTTID']}")
    row.update(ANMDAT=_day(start), ANMTID=_hour(start + timedelta(minutes=50)))


def _waited_too_long(hospital: Hospital, row: Row) -> None:
    ordered = datetime.fromisoformat(row["OPDAT"]) - timedelta(days=21)
    row.update(AKEL="A", AKPRIO="7D", ANMDAT=_day(ordered), ANMTID="09:10")


def _two_open_plans(hospital: Hospital, row: Row) -> None:
    plan = hospital.of(row["OPNR"], "planeringar")[-1]
    hospital.add("planeringar", **{**plan, "PLNR": str(int(plan["PLNR"]) + 1)})


def _unknown_local_code(hospital: Hospital, row: Row) -> None:
    row["EVNOP"] = "BIVA"


def _impossible_date(hospital: Hospital, row: Row) -> None:
    row["ANMDAT"] = "2026-02-30"


def _wrong_person(hospital: Hospital, row: Row) -> None:
    row["PNR"] = row["PNR"][:-1] + str((int(row["PNR"][-1]) + 1) % 10)


def _hour_that_is_not(hospital: Hospital, row: Row) -> None:
    row.update(OPDAT="2026-03-29", UTDAT="2026-03-29", POPDAT="2026-03-29", POPUTDAT="2026-03-29")
    row.update(
        OPSTTID="02:30", KNSTTID="03:05", PATINTID="01:20", ANSTTID="01:30", PREANTID="01:10"
    )


def _declined(hospital: Hospital, row: Row) -> None:
    row["SPORNEJ"] = "J"


def _urgent_elective(hospital: Hospital, row: Row) -> None:
    row.update(AKEL="E", AKPRIO="24")


def _left_before_end(hospital: Hospital, row: Row) -> None:
    start = datetime.strptime(row["OPSTTID"], "%H:%M")  # noqa: DTZ007 - a wall-clock time
    row.update(PATUTTID=_hour(start + timedelta(minutes=5)), UTDAT=row["OPDAT"])


# the last number of the case that gets each fault, among those of the phase "klar"
FAULTS: tuple[Callable[[Hospital, Row], None], ...] = (
    _wrong_procedure_code, _end_before_start, _ordered_after_start, _waited_too_long,
    _two_open_plans, _unknown_local_code, _impossible_date, _wrong_person, _hour_that_is_not,
    _declined, _urgent_elective, _left_before_end,
)  # fmt: skip
# what the hospital's coordinator puts right before sending again
CORRECTED = {_end_before_start, _ordered_after_start, _two_open_plans, _wrong_procedure_code}
# one operation on each side of the nights when the clocks change
CLOCK_NIGHTS = (
    datetime(2026, 3, 28, 21, 40),  # noqa: DTZ001 - wall-clock times of a planning system
    datetime(2026, 3, 29, 3, 40),  # noqa: DTZ001
    datetime(2026, 10, 24, 21, 10),  # noqa: DTZ001
    datetime(2026, 10, 25, 3, 40),  # noqa: DTZ001
)


def _phases(cases: int, chance: random.Random) -> Iterator[str]:
    """Yield a phase per case in the proportions of PHASES, in a mixed order."""
    whole = [phase for phase, share in PHASES.items() for _ in range(share)]
    for start in range(0, cases, len(whole)):
        block = whole.copy()
        chance.shuffle(block)
        yield from block[: cases - start]


def make(cases: int, seed: int, faults: bool = True, corrected: bool = False) -> Hospital:
    """Return a hospital of that many cases; the same seed gives the same hospital."""
    hospital = Hospital(random.Random(seed))
    nights = list(CLOCK_NIGHTS)
    waiting = list(FAULTS) if faults else []
    for number, phase in enumerate(_phases(cases, hospital.chance)):
        minutes = hospital.chance.randrange(7 * 60, 15 * 60, 5)
        day = datetime(2026, 1, 7) + timedelta(days=number * 290 // cases)  # noqa: DTZ001
        operated = day + timedelta(minutes=minutes)
        if phase == "klar" and nights:
            operated = nights.pop(0)
        elif phase == "klar" and waiting and number % 3 == 0:
            row = _make_case(hospital, number, phase, operated)
            fault = waiting.pop(0)
            if not (corrected and fault in CORRECTED):
                fault(hospital, row)
            continue
        _make_case(hospital, number, phase, operated)
    if faults:
        hospital.add("komplikationer", OPNR="2500001", LOPNR="1", SKEDE="PER", KOD="A128", GRAD="1")
    return hospital


def write(hospital: Hospital, folder: Path) -> None:
    """Write every table as the planning system exports it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in TABLES.items():
        with (folder / f"{name}.csv").open("w", encoding=ENCODING, newline="") as file:
            writer = csv.DictWriter(file, columns, delimiter=";", lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(hospital.tables[name])


def main() -> None:
    """Write the sample hospital, and the same with some faults put right in `corrected/`."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=int, default=400)
    parser.add_argument("--seed", type=int, default=4711)
    chosen = parser.parse_args()
    write(make(chosen.cases, chosen.seed), chosen.folder)
    write(make(chosen.cases, chosen.seed, corrected=True), chosen.folder / "corrected")


if __name__ == "__main__":
    main()
