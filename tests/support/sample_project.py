"""The mapping of the sample hospital, as its integrator would have approved it.

Run by hand after the sample was made: `python -m tests.support.sample_project FILE`.
"""

from argparse import ArgumentParser
from pathlib import Path

from app.core.mapping import (
    Blocking,
    GroupLink,
    Link,
    LinkState,
    Project,
    Source,
    Step,
    ValueMap,
)
from tests.support.sample_hospital import ENCODING, TABLES

CASES, PLANS = "operationer", "planeringar"
WHEN = Step("datetime", (("format", "%Y-%m-%d %H:%M"),))
COMMA = Step("decimal_comma")


def _map(name: str) -> Step:
    return Step("value_map", (("name", name),))


def _constant(value: str) -> Step:
    return Step("constant", (("value", value),))


PLAIN: dict[str, tuple[str, tuple[str, ...], tuple[Step, ...]]] = {
    "SystemId": ("", (), (_constant("SE0000000000-OP1"),)),
    "V105": ("", (), (_constant("SPOR"),)),
    "behandlingsnummer": (CASES, ("OPNR",), ()),
    "patientId": (CASES, ("PNR",), (Step("person_id"),)),
    "V310": (CASES, ("ANMDAT", "ANMTID"), (WHEN,)),
    "forstaAnmalan": (CASES, ("ANMDAT1", "ANMTID1"), (WHEN,)),
    "V320": (CASES, ("AKEL",), (_map("akut_elektiv"),)),
    "V325": (CASES, ("AKPRIO",), (_map("akut_planering"),)),
    "V335": (CASES, ("EVNPLAN",), (_map("eftervardsniva"),)),
    "anmalandeKlinik": (CASES, ("ANMKLIN",), (Step("trim"),)),
    "preliminarOperationskod": ("opkoder", ("KOD",), (Step("trim"),)),
    "preliminarDiagnos": ("diagnoser", ("ICD",), (Step("trim"),)),
    "V410": (PLANS, ("PLDAT", "PLTID"), (WHEN,)),
    "V415": (PLANS, ("PPDAT", "PPSTTID"), (WHEN,)),
    "V420": (PLANS, ("PPDAT", "POSTTID"), (WHEN,)),
    "V425": (PLANS, ("PPSLDAT", "POSLTID"), (WHEN,)),
    "V430": (PLANS, ("PPSLDAT", "PPSLTID"), (WHEN,)),
    "V435": (PLANS, ("KALLDAT", "KALLTID"), (WHEN,)),
    "planeradSal": (PLANS, ("PSAL",), (Step("trim"),)),
    "V440": (PLANS, ("STRDAT", "STRTID"), (WHEN,)),
    "V445": (PLANS, ("STRORS",), (_map("strykningsorsak"),)),
    "V450": (PLANS, ("AVF",), (_map("ja_nej"),)),
    "vardandeEnhet": (CASES, ("VENH",), (Step("trim"),)),
    "operationsklinik": (CASES, ("OPKLIN",), (Step("trim"),)),
    "operationssal": (CASES, ("SALNR",), (Step("trim"),)),
    "asa": (CASES, ("ASAKL",), ()),
    "langd": (CASES, ("LGD",), (COMMA,)),
    "vikt": (CASES, ("VKT",), (COMMA,)),
    "preoperativAnestesiStart": (CASES, ("OPDAT", "PREANTID"), (WHEN,)),
    "anestesiStart": (CASES, ("OPDAT", "ANSTTID"), (WHEN,)),
    "anestesiSlut": (CASES, ("UTDAT", "ANSLTID"), (WHEN,)),
    "V540": (CASES, ("OPDAT", "PATINTID"), (WHEN,)),
    "patientInSal": (CASES, ("OPDAT", "SALINTID"), (WHEN,)),
    "uppdukningStart": (CASES, ("OPDAT", "UPPDST"), (WHEN,)),
    "uppdukningSlut": (CASES, ("OPDAT", "UPPDSL"), (WHEN,)),
    "V565": (CASES, ("OPDAT", "OPSTTID"), (WHEN,)),
    "V567": (CASES, ("OPDAT", "KNSTTID"), (WHEN,)),
    "knivtidSlut": (CASES, ("UTDAT", "KNSLTID"), (WHEN,)),
    "V570": (CASES, ("UTDAT", "OPSLTID"), (WHEN,)),
    "patientUtSal": (CASES, ("UTDAT", "SALUTTID"), (WHEN,)),
    "V585": (CASES, ("UTDAT", "PATUTTID"), (WHEN,)),
    "V675": (CASES, ("TEMP1",), (COMMA,)),
    "V676": (CASES, ("TEMP2",), (COMMA,)),
    "V690": (CASES, ("EVNOP",), (_map("eftervardsniva"),)),
    "checklista": (CASES, ("CHKL",), (_map("ja_nej"),)),
    "antibiotikaprofylax": (CASES, ("ABPROF",), (_map("ja_nej"),)),
    "operationskod": ("opkoder", ("KOD",), (Step("trim"),)),
    "diagnos": ("diagnoser", ("ICD",), (Step("trim"),)),
    "anestesikod": ("opkoder", ("KOD",), (Step("trim"),)),
    "peropKod": ("komplikationer", ("KOD",), (Step("trim"),)),
    "peropSvarighetsgrad": ("komplikationer", ("GRAD",), ()),
    "ankomstPostop": (CASES, ("POPDAT", "POPINTID"), (WHEN,)),
    "V800": (CASES, ("POPUTDAT", "POPUTTID"), (WHEN,)),
    "V810": (CASES, ("EVNPOP",), (_map("eftervardsniva"),)),
    "V875": (CASES, ("TEMPPOP",), (COMMA,)),
    "smarta": (CASES, ("NRS",), ()),
    "illamaende": (CASES, ("ILLAM",), (_map("ja_nej"),)),
    "postopKod": ("komplikationer", ("KOD",), (Step("trim"),)),
    "postopSvarighetsgrad": ("komplikationer", ("GRAD",), ()),
}

GROUPS = (
    GroupLink("anestesikod", "opkoder", "TYP", "A", "LOPNR"),
    GroupLink("diagnos", "diagnoser", "TYP", "S", "LOPNR"),
    GroupLink("operationskod", "opkoder", "TYP", "S", "LOPNR"),
    GroupLink("peroperativKomplikation", "komplikationer", "SKEDE", "PER", "LOPNR"),
    GroupLink("planering", PLANS, order_column="PLNR"),
    GroupLink("postoperativKomplikation", "komplikationer", "SKEDE", "POST", "LOPNR"),
    GroupLink("preliminarDiagnos", "diagnoser", "TYP", "P", "LOPNR"),
    GroupLink("preliminarOperationskod", "opkoder", "TYP", "P", "LOPNR"),
)
VALUE_MAPS = (
    ValueMap(
        "akut_planering",
        (
            ("0", "omedelbart"),
            ("2", "inom2h"),
            ("24", "inom24h"),
            ("6", "inom6h"),
            ("7D", "inom7d"),
        ),
    ),
    ValueMap("akut_elektiv", (("A", "akut"), ("E", "elektiv"))),
    ValueMap(
        "eftervardsniva",
        (
            ("DK", "dagkirurgi"),
            ("IVA", "iva"),
            ("OV", "oppenvard"),
            ("PO", "postop"),
            ("SV", "slutenvard"),
        ),
    ),
    ValueMap("ja_nej", (("J", "Ja"), ("N", "Nej"))),
    # a local third level is sent as its second level
    ValueMap("strykningsorsak", (("1ai", "1a"),), unmapped="keep"),
)
NAME = "Exempelsjukhuset"


def sample_project() -> Project:
    """Return the approved project of the sample hospital."""
    links = (
        Link(variable, table, columns, steps, LinkState.APPROVED)
        for variable, (table, columns, steps) in PLAIN.items()
    )
    return Project(
        name=NAME,
        profile="spor-4.1",
        sources=tuple(Source(name, f"{name}.csv", "OPNR", ENCODING, ";") for name in TABLES),
        case_table=CASES,
        groups=GROUPS,
        links=tuple(sorted(links, key=lambda link: link.variable)),
        value_maps=tuple(sorted(VALUE_MAPS, key=lambda one: one.name)),
        blocking=Blocking("SPORNEJ", "J"),
    )


def main() -> None:
    """Write the project file."""
    from app.files.project import write_project

    parser = ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    write_project(sample_project(), parser.parse_args().file)


if __name__ == "__main__":
    main()
