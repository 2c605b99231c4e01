"""Truth tables of the rules that compare two times (section 3a: 4-6, 8-16, 22, 23).

Times are compared as moments, whatever offset they are written with. The two nights of 2026 in
which the clock is changed: 25 October, 02:30 comes twice, first at +02:00 and then at +01:00;
29 March, 01:59:59 at +01:00 is followed by 03:00:00 at +02:00.
"""

from collections.abc import Iterator

from tests.truth.row import Row, Table, no, with_each_missing, yes

BEFORE, AT, AFTER = (
    "2026-03-02T07:59:59+01:00",
    "2026-03-02T08:00:00+01:00",
    "2026-03-02T08:00:01+01:00",
)
MIDNIGHT = ("2026-03-02T23:59:59+01:00", "2026-03-03T00:00:00+01:00")
SAME_ELSEWHERE = ("2026-03-02T07:00:00Z", "2026-03-02T08:00:00+01:00", "2026-03-02T09:00:00+02:00")
# each pair: the earlier and the later moment; the texts, or the clocks, say otherwise
NIGHTS = (
    ("02:30 and 02:30 again", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
    ("02:45 before 02:15", "2026-10-25T02:45:00+02:00", "2026-10-25T02:15:00+01:00"),
    ("a second over the turn back", "2026-10-25T02:59:59+02:00", "2026-10-25T02:00:00+01:00"),
    ("a second over the gap", "2026-03-29T01:59:59+01:00", "2026-03-29T03:00:00+02:00"),
    ("03:10 before 02:30 not yet turned", "2026-03-29T03:10:00+02:00", "2026-03-29T02:30:00+01:00"),
    ("in universal time", "2026-10-25T02:30:00+02:00", "2026-10-25T00:30:01Z"),
)  # fmt: skip


def ordered(first: str, second: str, *, equal_allowed: bool, **also: str) -> tuple[Row, ...]:
    """Return the rows of "the first time must not come after the second one" (or with it)."""
    return tuple(_ordered(first, second, equal_allowed=equal_allowed, also=also))


def _ordered(
    first: str, second: str, *, equal_allowed: bool, also: dict[str, str]
) -> Iterator[Row]:
    equal = no if equal_allowed else yes
    yield no("a second in order", **{first: BEFORE, second: AT}, **also)
    yield yes("a second out of order", **{first: AFTER, second: AT}, **also)
    yield equal("equal", **{first: AT, second: AT}, **also)
    yield no("a minute in order", **{first: AT, second: "2026-03-02T08:01:00+01:00"}, **also)
    yield yes("a minute out of order", **{first: "2026-03-02T08:01:00+01:00", second: AT}, **also)
    yield no("a day in order", **{first: AT, second: "2026-03-03T08:00:00+01:00"}, **also)
    yield yes("a day out of order", **{first: "2026-03-03T08:00:00+01:00", second: AT}, **also)
    yield no("in order over midnight", **{first: MIDNIGHT[0], second: MIDNIGHT[1]}, **also)
    yield yes("out of order over midnight", **{first: MIDNIGHT[1], second: MIDNIGHT[0]}, **also)
    for one in SAME_ELSEWHERE:
        for other in SAME_ELSEWHERE:
            yield equal(f"the same moment, {one} {other}", **{first: one, second: other}, **also)
    for about, early, late in NIGHTS:
        yield no(f"{about}, in order", **{first: early, second: late}, **also)
        yield yes(f"{about}, out of order", **{first: late, second: early}, **also)
        for moment in (early, late):
            yield equal(f"{about}, equal", **{first: moment, second: moment}, **also)
    half = "2026-03-02T08:00:00.5+01:00"
    yield no("half a second in order", **{first: AT, second: half}, **also)
    yield yes("half a second out of order", **{first: half, second: AT}, **also)
    yield equal("half seconds, equal", **{first: half, second: half.replace(".5", ".50")}, **also)
    # ISO 8601:2004, which the guide names, also tells midnight as 24:00:00 of the day that ends
    ends = "2026-03-02T24:00:00+01:00"
    yield no("24:00:00 in order", **{first: MIDNIGHT[0], second: ends}, **also)
    yield yes("24:00:00 out of order", **{first: ends, second: MIDNIGHT[0]}, **also)
    yield equal("24:00:00 is 00:00:00", **{first: ends, second: MIDNIGHT[1]}, **also)
    yield from with_each_missing(no, "out of order", **{first: AFTER, second: AT})
    yield no("neither is there", **also)


TABLES = (
    Table(
        "Operationsstart före eller lika med anmälan",
        "3a #4: V565 <= V310. Exception (stated): urakuta ingrepp may be registered afterwards",
        (
            *ordered("V310", "V565", equal_allowed=False, V320="elektiv"),
            yes("the urgency is missing", V310=AT, V565=BEFORE),
            no("after the request, urgency missing", V310=AT, V565=AFTER),
            yes("acute, not urakut", V310=AT, V565=BEFORE, V320="akut", V325="inom24h"),
            yes("acute, at its request", V310=AT, V565=AT, V320="akut", V325="inom24h"),
            yes("acute, no priority", V310=AT, V565=BEFORE, V320="akut"),
            yes(
                "elective for all its priority",
                V310=AT,
                V565=BEFORE,
                V320="elektiv",
                V325="omedelbart",
            ),
            yes("a priority and no urgency", V310=AT, V565=BEFORE, V325="omedelbart"),
            no(
                "urakut, registered afterwards",
                V310=AT,
                V565=BEFORE,
                V320="akut",
                V325="omedelbart",
            ),
        ),
        "That omedelbart is the register's urakut is a word for a word.",
    ),
    Table(
        "Patienttidslut efter patient ut från postop",
        "3a #6: V585 > V800",
        ordered("V585", "V800", equal_allowed=True),
    ),
    Table(
        "Anestesitidstart efter anestesitidslut",
        "3a #10: start > slut",
        ordered("anestesiStart", "anestesiSlut", equal_allowed=True),
    ),
    Table(
        "Operationsstart efter operationsslut",
        "3a #11: V565 > V570. Equal is allowed: that rule togs bort juni 2016",
        ordered("V565", "V570", equal_allowed=True),
    ),
    Table(
        "Patient ut från opsal före in",
        "3a #12: ut < in",
        ordered("patientInSal", "patientUtSal", equal_allowed=True),
    ),
    Table(
        "Patienttidslut före operationsslut",
        "3a #13: V585 < V570",
        ordered("V570", "V585", equal_allowed=True),
    ),
    Table(
        "Operationsstart före patienttidstart",
        "3a #14: V565 < V540",
        ordered("V540", "V565", equal_allowed=True),
    ),
    Table(
        "Patienttidslut före patienttidstart",
        "3a #15: V585 < V540",
        ordered("V540", "V585", equal_allowed=True),
    ),
    Table(
        "Uppdukningsstart efter uppdukningsslut",
        "3a #16: start > slut",
        ordered("uppdukningStart", "uppdukningSlut", equal_allowed=True),
    ),
    Table(
        "Preoperativ anestesi start efter patienttidstart",
        "3a #23: start > V540; 1b: before patienttid start or equal",
        ordered("preoperativAnestesiStart", "V540", equal_allowed=True),
    ),
    Table(
        "notering-knivtid-fore-operationsstart",
        "1a V567: incision; must be >= Operation start",
        ordered("V565", "V567", equal_allowed=True),
    ),
    Table(
        "notering-knivtid-slut-fore-start",
        "4: Knivtid is incision to last stitch, V567 to its end",
        ordered("V567", "knivtidSlut", equal_allowed=True),
    ),
    Table(
        "notering-forsta-anmalan-efter-anmalan",
        "1b: SPOR 4 wants the first anmälan date besides the latest",
        ordered("forstaAnmalan", "V310", equal_allowed=True),
    ),
)
