"""Truth tables of waiting times, times in postop, strykningar, births and unreasonable dates."""

from tests.truth.row import Row, Table, no, with_each_missing, yes
from tests.truth.tables.times import NIGHTS

ASKED = "2026-03-02T08:00:00+01:00"
TWO_WEEKS = "2026-03-16T08:00:00+01:00"
ACUTE = {"V320": "akut", "V325": "inom24h"}
BORN_1999 = {"patientId": "199901012386"}  # Skatteverket's test number of 1 January 1999
REASON = {"V445": "7a", "V450": "Nej"}


def struck(moment: str, **times: str) -> dict[str, str]:
    """Return a planering with a strykning at that moment."""
    return {**times, "V440": moment, **REASON}


PLANNED = {"V420": "2026-03-02T08:00:00+01:00", "V425": "2026-03-02T10:00:00+01:00"}
DAY_BEFORE = "2026-03-01T10:00:00+01:00"
AT_THE_START = "2026-03-02T08:00:00+01:00"
NEXT = {"V420": "2026-03-05T08:00:00+01:00", "V425": "2026-03-05T10:00:00+01:00"}


def _over_the_nights() -> tuple[Row, ...]:
    rows: list[Row] = []
    for about, early, late in NIGHTS:
        rows.append(no(f"{about}, struck before", V565=late, planering=[struck(early)]))
        rows.append(yes(f"{about}, struck after", V565=early, planering=[struck(late)]))
        rows.append(yes(f"{about}, struck at the start", V565=late, planering=[struck(late)]))
    return tuple(rows)


TABLES = (
    Table(
        "Akut väntetid längre än två veckor",
        "3a #5: akut (V320) and V565 - V310 > 14 days",
        (
            no("exactly 14 days", **ACUTE, V310=ASKED, V565=TWO_WEEKS),
            yes("14 days and a second", **ACUTE, V310=ASKED, V565="2026-03-16T08:00:01+01:00"),
            no("14 days less a second", **ACUTE, V310=ASKED, V565="2026-03-16T07:59:59+01:00"),
            yes("15 days", **ACUTE, V310=ASKED, V565="2026-03-17T08:00:00+01:00"),
            no("13 days", **ACUTE, V310=ASKED, V565="2026-03-15T08:00:00+01:00"),
            no("14 days in other offsets", **ACUTE, V310=ASKED, V565="2026-03-16T07:00:00Z"),
            yes("a second more, elsewhere", **ACUTE, V310=ASKED, V565="2026-03-16T09:00:01+02:00"),
            yes("without a priority", V320="akut", V310=ASKED, V565="2026-03-17T08:00:00+01:00"),
            no("elective, 15 days", V320="elektiv", V310=ASKED, V565="2026-03-17T08:00:00+01:00"),
            no("elective, a year", V320="elektiv", V310=ASKED, V565="2027-03-02T08:00:00+01:00"),
            *with_each_missing(
                no, "15 days", V320="akut", V310=ASKED, V565="2026-03-17T08:00:00+01:00"
            ),
            no(
                "over the night in March, 14 days by the clock and an hour less in fact",
                **ACUTE,
                V310="2026-03-20T08:00:00+01:00",
                V565="2026-04-03T08:00:00+02:00",
            ),
            yes(
                "over the night in March, 14 days and an hour in fact",
                **ACUTE,
                V310="2026-03-20T08:00:00+01:00",
                V565="2026-04-03T10:00:01+02:00",
            ),
            no(
                "over the night in October, 14 days in fact",
                **ACUTE,
                V310="2026-10-20T08:00:00+02:00",
                V565="2026-11-03T07:00:00+01:00",
            ),
            yes(
                "over the night in October, 14 days and a second by the clock",
                **ACUTE,
                V310="2026-10-20T08:00:00+02:00",
                V565="2026-11-03T08:00:01+01:00",
            ),
        ),
        "Between 14 days in fact and 14 days by the clock (the hour of the two nights) the source "
        "decides nothing: no row there.",
    ),
    Table(
        "Mer än 7 dygn på postop",
        "3a #9: time in postop > 7 days (V800 minus postop arrival or V585)",
        (
            no("7 days from arrival", ankomstPostop=ASKED, V800="2026-03-09T08:00:00+01:00"),
            yes("and a second", ankomstPostop=ASKED, V800="2026-03-09T08:00:01+01:00"),
            no("less a second", ankomstPostop=ASKED, V800="2026-03-09T07:59:59+01:00"),
            yes("8 days", ankomstPostop=ASKED, V800="2026-03-10T08:00:00+01:00"),
            no("6 days", ankomstPostop=ASKED, V800="2026-03-08T08:00:00+01:00"),
            no("7 days elsewhere", ankomstPostop=ASKED, V800="2026-03-09T09:00:00+02:00"),
            no("7 days from patienttid slut", V585=ASKED, V800="2026-03-09T08:00:00+01:00"),
            yes("and a second, from there", V585=ASKED, V800="2026-03-09T08:00:01+01:00"),
            no("both, 6 days", V585=ASKED, ankomstPostop=ASKED, V800="2026-03-08T08:00:00+01:00"),
            yes("both, 8 days", V585=ASKED, ankomstPostop=ASKED, V800="2026-03-10T08:00:00+01:00"),
            no("no departure", V585=ASKED, ankomstPostop=ASKED),
            no("departure alone", V800="2026-03-10T08:00:00+01:00"),
            no("nothing"),
            no(
                "over the night in March, an hour less than 7 days",
                ankomstPostop="2026-03-25T08:00:00+01:00",
                V800="2026-04-01T08:00:00+02:00",
            ),
            yes(
                "over the night in March, 7 days and an hour",
                ankomstPostop="2026-03-25T08:00:00+01:00",
                V800="2026-04-01T10:00:00+02:00",
            ),
            no(
                "over the night in October, 7 days in fact",
                ankomstPostop="2026-10-22T08:00:00+02:00",
                V800="2026-10-29T07:00:00+01:00",
            ),
            yes(
                "over the night in October, 7 days and a second by the clock",
                ankomstPostop="2026-10-22T08:00:00+02:00",
                V800="2026-10-29T08:00:01+01:00",
            ),
        ),
        "Which of arrival and V585 is meant when they disagree; the hour of the two nights.",
    ),
    Table(
        "Operationsstart före/samtidigt som strykning",
        "3a #8: V565 <= time of strykning",
        (
            no(
                "struck a second before",
                V565="2026-03-02T08:00:01+01:00",
                planering=[struck(AT_THE_START, **PLANNED)],
            ),
            yes(
                "struck at the start",
                V565=AT_THE_START,
                planering=[struck(AT_THE_START, **PLANNED)],
            ),
            yes(
                "struck a second after",
                V565="2026-03-02T07:59:59+01:00",
                planering=[struck(AT_THE_START, **PLANNED)],
            ),
            yes(
                "at the start, elsewhere",
                V565="2026-03-02T07:00:00Z",
                planering=[struck(AT_THE_START, **PLANNED)],
            ),
            no(
                "struck the day before, planned anew",
                V565=NEXT["V420"],
                planering=[struck(DAY_BEFORE, **PLANNED), NEXT],
            ),
            yes(
                "struck twice, once after the start",
                V565=AT_THE_START,
                planering=[struck(DAY_BEFORE, **PLANNED), struck("2026-03-03T09:00:00+01:00")],
            ),
            yes(
                "struck twice, once after the start, told first",
                V565=AT_THE_START,
                planering=[struck("2026-03-03T09:00:00+01:00"), struck(DAY_BEFORE, **PLANNED)],
            ),
            no(
                "struck twice, both before",
                V565=NEXT["V420"],
                planering=[struck(DAY_BEFORE, **PLANNED), struck("2026-03-02T09:00:00+01:00")],
            ),
            yes(
                "a strykning without planned times",
                V565=AT_THE_START,
                planering=[struck("2026-03-02T08:00:01+01:00")],
            ),
            no("never operated", planering=[struck(AT_THE_START, **PLANNED)]),
            no("the strykning has no time", V565=AT_THE_START, planering=[{**PLANNED, **REASON}]),
            no("never struck", V565=AT_THE_START, planering=[PLANNED]),
            no("no planering", V565=AT_THE_START),
            *_over_the_nights(),
        ),
    ),
    Table(
        "Operationsstart före födelsedatum",
        "3a #22: V565 < birth date",
        (
            yes("a second before the day", **BORN_1999, V565="1998-12-31T23:59:59+01:00"),
            no("at midnight of the day", **BORN_1999, V565="1999-01-01T00:00:00+01:00"),
            no("during the day", **BORN_1999, V565="1999-01-01T12:00:00+01:00"),
            no("the last second of the day", **BORN_1999, V565="1999-01-01T23:59:59+01:00"),
            no("the day after", **BORN_1999, V565="1999-01-02T00:00:00+01:00"),
            yes("the day before", **BORN_1999, V565="1998-12-31T00:00:00+01:00"),
            no(
                "on the day in Sweden, not in universal time",
                **BORN_1999,
                V565="1998-12-31T23:30:00Z",
            ),
            yes(
                "the day before in Sweden and in universal time",
                **BORN_1999,
                V565="1998-12-31T22:59:59Z",
            ),
            yes("a year before", **BORN_1999, V565="1998-01-01T08:00:00+01:00"),
            no("27 years old", **BORN_1999, V565="2026-03-02T08:00:00+01:00"),
            yes(
                "by a samordningsnummer (day + 60)",
                patientId="197701612389",
                V565="1976-12-31T08:00:00+01:00",
            ),
            no(
                "by a samordningsnummer, on the day",
                patientId="197701612389",
                V565="1977-01-01T08:00:00+01:00",
            ),
            no("no known birth date", patientId="197700602381", V565="2026-03-02T08:00:00+01:00"),
            no("no person", patientId=None, V565="1900-01-01T08:00:00+01:00"),
            no("no operation", **BORN_1999),
        ),
    ),
    Table(
        "Orimliga datum",
        "3a #7: unknown limits",
        (
            *(
                yes(f"{name} in the year {year}", **{name: f"{year}-03-02T08:00:00+01:00"})
                for name in ("V310", "V540", "V565", "V570", "V585", "V800")
                for year in ("1026", "2206")
            ),
            *(
                yes(f"a system's {about}", V570=text)
                for about, text in (
                    ("first day", "0001-01-01T00:00:00+01:00"),
                    ("first day in universal time", "0001-01-01T00:00:00Z"),
                    ("last second", "9999-12-31T23:59:59+01:00"),
                    ("last second in universal time", "9999-12-31T23:59:59Z"),
                    ("last second west of Greenwich", "9999-12-31T23:59:59-01:00"),
                    ("last midnight", "9999-12-31T24:00:00Z"),
                    ("zero day", "1899-12-30T00:00:00+01:00"),
                )
            ),
            no(
                "requested, planned and operated this year",
                V310=ASKED,
                planering=[NEXT],
                V565=NEXT["V420"],
                V570=NEXT["V425"],
                V585=NEXT["V425"],
            ),
            no("requested last year", V310="2025-03-02T08:00:00+01:00"),
            no("nothing has a date"),
        ),
        "The limits are unknown: only years that no limit could let through, or keep out. Which "
        "times the rule looks at is not said: only those that a report rests on.",
    ),
)
