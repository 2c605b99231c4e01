"""Truth tables of what is worth a look: variables that must be there, A0, and removed rules."""

from tests.truth.row import Table, no, yes

START, END = "2026-03-03T08:00:00+01:00", "2026-03-03T10:00:00+01:00"
CALLED = "2026-02-25T10:00:00+01:00"

TABLES = (
    Table(
        "notering-operation-utan-operationstid",
        "1a V565, V570: operationstiden MÅSTE alltid registreras",
        (
            no("both times", V540=START, V565=START, V570=END, V585=END, operationskod=["NFB49"]),
            yes("no start", V540=START, V570=END, V585=END, operationskod=["NFB49"]),
            yes("no end", V540=START, V565=START, V585=END, operationskod=["NFB49"]),
            yes("neither", V540=START, V585=END, operationskod=["NFB49"]),
            no("no operation", V310=CALLED),
        ),
    ),
    Table(
        "notering-akut-utan-prioritet",
        "1a V325: priority class of an acute case",
        (
            yes("acute without one", V320="akut"),
            no("acute with one", V320="akut", V325="inom24h"),
            no("elective without one", V320="elektiv"),
            no("elective with one", V320="elektiv", V325="inom24h"),
            no("neither"),
        ),
    ),
    Table(
        "notering-okand-fodelsetid",
        "Skatteverket: month 00 and day 60 where the birth date is not known, and impossible days",
        (
            yes("month 00", patientId="197700612380"),
            yes("day 60", patientId="197701602380"),
            yes("both", patientId="197700602381"),
            yes("30 February", patientId="197702902383"),
            yes("29 February of no leap year", patientId="197702892386"),
            yes("31 April", patientId="197704912380"),
            no("29 February of a leap year", patientId="200402892384"),
            no("30 April", patientId="197704902381"),
            no("a samordningsnummer with a date", patientId="197701612389"),
            no("a personnummer", patientId="197701012382"),
            no("month 00, wrong check digit", patientId="197700612381"),
        ),
    ),
    Table(
        "notering-fodd-efter-anmalan",
        "3a #22, for cases without an operation; the day in the number may be off by a month",
        (
            no("born long before", patientId="197701012382", V310=CALLED),
            no("born on the day", patientId="197701012382", V310="1977-01-01T10:00:00+01:00"),
            no("a month before birth", patientId="197701012382", V310="1976-12-01T10:00:00+01:00"),
            yes("a day more", patientId="197701012382", V310="1976-11-30T10:00:00+01:00"),
            yes("born in years to come", patientId="209901012386", V310=CALLED),
            no("birth date unknown", patientId="197700612380", V310="1970-01-01T10:00:00+01:00"),
            no("no request", patientId="209901012386"),
        ),
        "A birth date between the request and a month after it.",
    ),
    Table(
        "notering-a0-raknas-som-komplikation",
        "2e: A0 sent with grade 1 in 84.3 % made 88.6 % complications in the report",
        (
            yes("A0 with grade 1", perop=[{"peropKod": "A0", "peropSvarighetsgrad": "1"}]),
            yes(
                "the second of two",
                perop=[
                    {"peropKod": "A315", "peropSvarighetsgrad": "1"},
                    {"peropKod": "A0", "peropSvarighetsgrad": "1"},
                ],
            ),
            no("another code", perop=[{"peropKod": "A315", "peropSvarighetsgrad": "1"}]),
            no("no complication"),
        ),
        "A0 without a grade: whether it counts is not said.",
    ),
    Table(
        "borttagen-operationsstart-lika-med-operationsslut",
        "3a #11: equal is allowed: that rule togs bort juni 2016",
        (
            no("equal", V565=START, V570=START),
            no("in order", V565=START, V570=END),
            no("no end", V565=START),
        ),
    ),
    Table(
        "borttagen-tidpunkt-patient-kallas",
        "3d, 1a V435: a fellista rule on it was removed in release 3.9.3",
        (
            no("called after the start", V565=START, planering=[{"V420": START, "V435": END}]),
            no("called before", V565=START, planering=[{"V420": START, "V435": CALLED}]),
            no("not called", V565=START, planering=[{"V420": START}]),
            no("called, never planned", planering=[{"V435": CALLED}]),
        ),
    ),
)
