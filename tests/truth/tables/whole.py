"""A whole case, without a fault, and then with one planted fault each: what it must lead to.

Expected are all the messages of the fellista and the inconsistent ones, and no other (3a, 3b).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.truth.row import Given, Row, row

PLANNED = {
    "V410": "2026-05-21T10:00:00+02:00",
    "V415": "2026-06-01T07:30:00+02:00",
    "V420": "2026-06-01T08:00:00+02:00",
    "V425": "2026-06-01T10:00:00+02:00",
    "V430": "2026-06-01T10:30:00+02:00",
}
CLEAN: Mapping[str, Given] = {
    "V310": "2026-05-20T10:00:00+02:00",
    "V320": "elektiv",
    "preliminarOperationskod": ["NFB49"],
    "preliminarDiagnos": ["M169"],
    "planering": [PLANNED],
    "asa": "2",
    "langd": "170",
    "vikt": "70",
    "preoperativAnestesiStart": "2026-06-01T07:20:00+02:00",
    "V540": "2026-06-01T07:30:00+02:00",
    "anestesiStart": "2026-06-01T07:35:00+02:00",
    "patientInSal": "2026-06-01T07:32:00+02:00",
    "uppdukningStart": "2026-06-01T07:30:00+02:00",
    "uppdukningSlut": "2026-06-01T07:50:00+02:00",
    "V565": "2026-06-01T08:00:00+02:00",
    "V567": "2026-06-01T08:05:00+02:00",
    "knivtidSlut": "2026-06-01T09:25:00+02:00",
    "V570": "2026-06-01T09:30:00+02:00",
    "anestesiSlut": "2026-06-01T09:50:00+02:00",
    "patientUtSal": "2026-06-01T09:55:00+02:00",
    "V585": "2026-06-01T10:00:00+02:00",
    "operationskod": ["NFB49"],
    "diagnos": ["M169"],
    "perop": [{"peropKod": "A315", "peropSvarighetsgrad": "1"}],
    "ankomstPostop": "2026-06-01T10:00:00+02:00",
    "V800": "2026-06-01T13:00:00+02:00",
}
STRUCK_LATE = {"V440": "2026-06-01T08:00:00+02:00", "V445": "7a", "V450": "Nej"}
SECOND = {"V420": "2026-06-02T08:00:00+02:00", "V425": "2026-06-02T10:00:00+02:00"}


@dataclass(frozen=True)
class Planted:
    """A whole case with something changed, and the messages it must give."""

    row: Row
    messages: frozenset[str]


def planted(about: str, *messages: str, **changed: Given) -> Planted:
    """Return the clean case with some values changed or, by None, taken out."""
    return Planted(row(about, bool(messages), **{**CLEAN, **changed}), frozenset(messages))


CASES = (
    planted("clean"),
    planted("no times of anaesthesia", anestesiStart=None, anestesiSlut=None),
    planted("no postop", ankomstPostop=None, V800=None),
    planted("never planned", planering=None),
    planted("no codes but the operation's", diagnos=None, preliminarDiagnos=None),
    planted(
        "equal times all along",
        V565="2026-06-01T07:30:00+02:00",
        V567="2026-06-01T07:30:00+02:00",
        V570="2026-06-01T10:00:00+02:00",
        V800="2026-06-01T10:00:00+02:00",
    ),
    planted(
        "the same moments in universal time",
        V565="2026-06-01T06:00:00Z",
        V570="2026-06-01T07:30:00Z",
    ),
    planted("BMI", "Felaktigt BMI", vikt="700"),
    planted(
        "planned twice",
        "Flera ostrukna planerade operationer",
        planering=[PLANNED, SECOND],
    ),
    planted("anaesthesia", "Felaktig anestesikod", anestesikod=["XXX99"]),
    planted(
        "requested at the start",
        "Operationsstart före eller lika med anmälan",
        V310="2026-06-01T08:00:00+02:00",
    ),
    planted(
        "acute, three weeks",
        "Akut väntetid längre än två veckor",
        V320="akut",
        V325="inom24h",
        V310="2026-05-10T10:00:00+02:00",
    ),
    planted(
        "out of postop before patienttid slut",
        "Patienttidslut efter patient ut från postop",
        V800="2026-06-01T09:59:59+02:00",
    ),
    planted(
        "the year 2206 at postop",
        "Orimliga datum",
        "Mer än 7 dygn på postop",
        V800="2206-06-01T13:00:00+02:00",
    ),
    planted(
        "struck at the start",
        "Operationsstart före/samtidigt som strykning",
        planering=[{**PLANNED, **STRUCK_LATE}],
    ),
    planted("8 days in postop", "Mer än 7 dygn på postop", V800="2026-06-09T13:00:00+02:00"),
    planted(
        "anaesthesia ends first",
        "Anestesitidstart efter anestesitidslut",
        anestesiStart="2026-06-01T09:50:01+02:00",
    ),
    planted(
        "operation ends first",
        "Operationsstart efter operationsslut",
        V565="2026-06-01T09:30:01+02:00",
        V567=None,
    ),
    planted(
        "out before in", "Patient ut från opsal före in", patientInSal="2026-06-01T09:55:01+02:00"
    ),
    planted(
        "patienttid ends first",
        "Patienttidslut före operationsslut",
        V570="2026-06-01T10:00:01+02:00",
    ),
    planted(
        "operation before patienttid",
        "Operationsstart före patienttidstart",
        V540="2026-06-01T08:00:01+02:00",
    ),
    planted(
        "patienttid turned round",
        "Patienttidslut före patienttidstart",
        "Operationsstart före patienttidstart",
        V540="2026-06-01T10:00:01+02:00",
    ),
    planted(
        "set up backwards",
        "Uppdukningsstart efter uppdukningsslut",
        uppdukningStart="2026-06-01T07:50:01+02:00",
    ),
    planted("check digit", "Felaktigt patient-id", patientId="197701012383"),
    planted(
        "reason 12",
        "Ogiltig SPOR-strykningsorsak",
        planering=[{**SECOND, "V440": "2026-05-25T10:00:00+02:00", "V445": "12", "V450": "Nej"}],
    ),
    planted("diagnosis", "Ogiltig ICD-10-kod", diagnos=["M161"]),
    planted("code", "Ogiltig KVÅ-kod", operationskod=["NFB30"]),
    planted(
        "complication",
        "Ogiltig komplikationskod",
        perop=[{"peropKod": "A711", "peropSvarighetsgrad": "1"}],
    ),
    planted(
        "anaesthesia began after patienttid",
        "Preoperativ anestesi start efter patienttidstart",
        preoperativAnestesiStart="2026-06-01T07:30:01+02:00",
    ),
    planted("elective with a priority", "Akutplanering vid elektiv operation", V325="inom24h"),
)
