"""Truth tables of form: what the contract refuses before any rule is asked (3, tier 1; 2d; 3c).

Every row is a whole case with one thing changed; it is so when the request is refused for its form.
"""

from tests.truth.row import Given, Row, Table, row
from tests.truth.tables.whole import CLEAN, PLANNED, SECOND

STRYKNING = {"V440": "2026-05-25T10:00:00+02:00", "V445": "7a", "V450": "Nej"}
HSA = "SE2321000016-"


def refused(about: str, **changed: Given) -> Row:
    """Return the clean case with something that breaks its form."""
    return row(about, True, **{**CLEAN, **changed})


def formed(about: str, **changed: Given) -> Row:
    """Return the clean case with something unusual that has its form."""
    return row(about, False, **{**CLEAN, **changed})


def _struck_without(name: str) -> Row:
    rest = {key: value for key, value in STRYKNING.items() if key != name}
    return refused(f"a strykning without {name}", planering=[{**PLANNED, **rest}])


TABLES = (
    Table(
        "kvakod",
        "2d: pattern (\\w\\w\\d\\d\\d)|(\\w\\w\\w\\d\\d): ZXF99, SP712, TPX10 pass, H-CAR does "
        "not; exactly five characters; it would pass 12345",
        (
            *(formed(code, operationskod=[code]) for code in ("ZXF99", "SP712", "TPX10", "12345")),
            *(
                refused(code, operationskod=[code])
                for code in ("H-CAR", "NFB4", "NFB499", "NF49", "NFBX9", "NFB4X", "N FB9", "NFB49.")
            ),
            formed("preliminary ZXF99", preliminarOperationskod=["ZXF99"]),
            refused("preliminary H-CAR", preliminarOperationskod=["H-CAR"]),
            formed("anaesthesia SP712", anestesikod=["SP712"]),
            refused("anaesthesia H-CAR", anestesikod=["H-CAR"]),
            refused("the second of two", operationskod=["NFB49", "H-CAR"]),
            refused("the first of two", operationskod=["H-CAR", "NFB49"]),
            formed("three of them", operationskod=["NFB49", "JKA21", "ZXF99"]),
            refused("none, though the case is operated", operationskod=None),
        ),
    ),
    Table(
        "personnummer",
        "the guide: Personnummer och samordningsnummer anges med 12 siffror",
        (
            formed("12 digits", patientId="197701012382"),
            formed("12 digits of a samordningsnummer", patientId="197701612389"),
            formed("12 digits that fail the check", patientId="197701012383"),
            *(
                refused(about, patientId=text)
                for about, text in (
                    ("10 digits", "7701012382"),
                    ("11 digits", "19770101238"),
                    ("13 digits", "1977010123820"),
                    ("with a hyphen", "19770101-2382"),
                    ("with a plus sign", "19770101+2382"),
                    ("with letters", "19770101T382"),
                )
            ),
            refused("missing", patientId=None),
        ),
    ),
    Table(
        "HSA-id",
        "the guide: \\w\\w\\d+\\-.*, två bokstäver följt av siffror och ett minustecken följt "
        "av något. Max 64",
        (
            formed("a unit", vardandeEnhet=f"{HSA}A1B2"),
            formed("64 characters", vardandeEnhet=HSA + "A" * (64 - len(HSA))),
            refused("65 characters", vardandeEnhet=HSA + "A" * (65 - len(HSA))),
            refused("no hyphen", vardandeEnhet="SE2321000016"),
            refused("no digits", vardandeEnhet="SE-A1B2"),
            refused("one letter", vardandeEnhet="S-2321000016"),
            refused("a name", vardandeEnhet="Centraloperation"),
            refused("the system's own", SystemId="Centraloperation"),
            refused("the system's own missing", SystemId=None),
        ),
    ),
    Table(
        "Recipient Message Split",
        "the guide: obligatoriska variabeln (105); det enda godkända värdet idag är SPOR",
        (
            formed("SPOR", V105="SPOR"),
            refused("another register", V105="SWEDEHEART"),
            refused("missing", V105=None),
        ),
    ),
    Table(
        "tider",
        "3c.10: ISO 8601:2004, times with offset 2022-04-13T13:54:22+01:00",
        (
            formed("the guide's example", V310="2022-04-13T13:54:22+01:00"),
            formed("summer time", V310="2022-04-13T13:54:22+02:00"),
            formed("a leap day", V310="2024-02-29T13:54:22+01:00"),
            *(
                refused(about, V310=text)
                for about, text in (
                    ("a day only", "2022-04-13"),
                    ("a hospital's way", "2022-04-13 13:54"),
                    ("the 30th of February", "2022-02-30T13:54:22+01:00"),
                    ("no leap year", "2023-02-29T13:54:22+01:00"),
                    ("month 13", "2022-13-13T13:54:22+01:00"),
                    ("25 o'clock", "2022-04-13T25:54:22+01:00"),
                    ("minute 60", "2022-04-13T13:60:22+01:00"),
                    ("a text", "i morgon"),
                )
            ),
            refused("in a planering", planering=[{**PLANNED, "V420": "2026-06-31T08:00:00+02:00"}]),
        ),
    ),
    Table(
        "strykning",
        "1a note 1, SEED-B: a strykning has exactly three mandatory variables",
        (
            formed("all three", planering=[{**PLANNED, **STRYKNING}]),
            formed("the three alone", planering=[STRYKNING]),
            *(_struck_without(name) for name in STRYKNING),
            refused("neither Ja nor Nej", planering=[{**PLANNED, **STRYKNING, "V450": "Kanske"}]),
        ),
    ),
    Table(
        "upprepningar",
        "6: planering (0..n), complication lists; 1b: positionering start, codes are repeated",
        (
            formed("no planering", planering=None),
            formed("three planeringar", planering=[PLANNED, SECOND, {**SECOND, **STRYKNING}]),
            formed(
                "two complications",
                perop=[
                    {"peropKod": "A315", "peropSvarighetsgrad": "1"},
                    {"peropKod": "A126", "peropSvarighetsgrad": "2"},
                ],
            ),
            formed(
                "two positionings",
                positioneringStart=["2026-06-01T07:40:00+02:00", "2026-06-01T08:40:00+02:00"],
            ),
            formed("two diagnoses", diagnos=["M169", "K802"]),
            formed("no postop", ankomstPostop=None, V800=None),
        ),
    ),
)
