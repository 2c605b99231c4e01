"""Truth tables of how the register counts a case (3c: 3-7, 4), and of the phase it is in (1, 5).

A case has one verdict: a row that is so in one table is not so in any other.
"""

from tests.truth.row import Row, Table, no, yes
from tests.truth.tables.plannings import (
    ANMALD,
    AVFORD,
    BELOW,
    COMBINATIONS,
    FULL,
    NEXT,
    OPERATED,
    STRUCK,
    STRYKNING,
    told,
)

LATE = {"V445": "7a", "V450": "Nej"}
OPERATION = {"V540": "2026-03-03T07:30:00+01:00", **OPERATED, "operationskod": ["NFB49"]}
LEFT = {
    "V585": "2026-03-03T10:30:00+01:00",
    "ankomstPostop": "2026-03-03T10:30:00+01:00",
    "V800": "2026-03-03T13:00:00+01:00",
}


def struck(at: str, **planned: str) -> Row:
    """Return a case whose only planering was struck at that moment, late."""
    return yes(f"struck {at} for {planned}", planering=[{**planned, "V440": at, **LATE}], **ANMALD)


def in_time(at: str, **planned: str) -> Row:
    """Return a case whose only planering was struck at that moment, not late."""
    return no(f"struck {at} for {planned}", planering=[{**planned, "V440": at, **LATE}], **ANMALD)


TUESDAY = {"V420": "2026-03-03T08:00:00+01:00", "V425": "2026-03-03T10:00:00+01:00"}
BY_PATIENT = {"V415": "2026-03-03T07:30:00+01:00", "V430": "2026-03-03T10:30:00+01:00"}
OVER_MIDNIGHT = {
    "V420": "2026-03-03T23:30:00Z",
    "V425": "2026-03-04T01:00:00Z",
}  # the 4th in Sweden
IN_OCTOBER = {"V420": "2026-10-26T08:00:00+01:00", "V425": "2026-10-26T10:00:00+01:00"}
ON_25_OCT = {"V420": "2026-10-25T08:00:00+01:00", "V425": "2026-10-25T10:00:00+01:00"}
IN_MARCH = {"V420": "2026-03-30T08:00:00+02:00", "V425": "2026-03-30T10:00:00+02:00"}
ON_29_MAR = {"V420": "2026-03-29T08:00:00+02:00", "V425": "2026-03-29T10:00:00+02:00"}
LATE_ROWS = (
    in_time("2026-03-02T16:59:59+01:00", **TUESDAY),
    in_time("2026-03-02T17:00:00+01:00", **TUESDAY),
    struck("2026-03-02T17:00:01+01:00", **TUESDAY),
    in_time("2026-03-02T16:59:00+01:00", **TUESDAY),
    struck("2026-03-02T17:01:00+01:00", **TUESDAY),
    struck("2026-03-02T23:59:59+01:00", **TUESDAY),
    struck("2026-03-03T00:00:00+01:00", **TUESDAY),
    struck("2026-03-03T07:59:59+01:00", **TUESDAY),
    struck("2026-03-03T12:00:00+01:00", **TUESDAY),
    struck("2026-03-04T09:00:00+01:00", **TUESDAY),
    in_time("2026-03-02T12:00:00+01:00", **TUESDAY),
    in_time("2026-02-26T18:00:00+01:00", **TUESDAY),
    in_time("2026-03-02T16:00:00Z", **TUESDAY),
    struck("2026-03-02T16:00:01Z", **TUESDAY),
    in_time("2026-03-02T17:30:00+02:00", **TUESDAY),
    in_time("2026-03-02T17:00:00+01:00", **BY_PATIENT),
    struck("2026-03-02T17:00:01+01:00", **BY_PATIENT),
    in_time("2026-03-02T17:00:00+01:00", V420=TUESDAY["V420"], V430=BY_PATIENT["V430"]),
    struck("2026-03-02T17:00:01+01:00", V420=TUESDAY["V420"], V430=BY_PATIENT["V430"]),
    in_time("2026-03-02T17:00:00+01:00", V415=BY_PATIENT["V415"], V425=TUESDAY["V425"]),
    struck("2026-03-02T17:00:01+01:00", V415=BY_PATIENT["V415"], V425=TUESDAY["V425"]),
    in_time("2026-03-03T17:00:00+01:00", **OVER_MIDNIGHT),
    struck("2026-03-03T17:00:01+01:00", **OVER_MIDNIGHT),
    in_time("2026-10-25T16:59:59+01:00", **IN_OCTOBER),
    in_time("2026-10-25T17:30:00+02:00", **IN_OCTOBER),
    struck("2026-10-25T17:00:01+01:00", **IN_OCTOBER),
    in_time("2026-10-24T17:00:00+02:00", **ON_25_OCT),
    struck("2026-10-24T17:00:01+02:00", **ON_25_OCT),
    struck("2026-10-25T02:30:00+02:00", **ON_25_OCT),
    struck("2026-10-25T02:30:00+01:00", **ON_25_OCT),
    in_time("2026-03-29T16:59:59+02:00", **IN_MARCH),
    struck("2026-03-29T17:00:01+02:00", **IN_MARCH),
    struck("2026-03-29T16:30:00+01:00", **IN_MARCH),
    in_time("2026-03-28T17:00:00+01:00", **ON_29_MAR),
    struck("2026-03-28T17:00:01+01:00", **ON_29_MAR),
)

VERDICTS = (
    Table(
        "Anmäld",
        "3c.3 and 3c.5: a planering counts only if it has (V415 or V420) and (V425 or V430); "
        "otherwise the case counts as only anmäld",
        (
            yes("only an anmälan", **ANMALD),
            *(yes(f"below: {told(one)}", planering=[one], **ANMALD) for one in BELOW),
            yes("two below", planering=[BELOW[0], {"planeradSal": "Sal 1"}], **ANMALD),
            yes("the start in one, the end in another", planering=[BELOW[0], BELOW[2]], **ANMALD),
            no("planned", planering=[FULL], **ANMALD),
            no("avförd", planering=[AVFORD], **ANMALD),
            no("operated", **ANMALD, **OPERATION),
        ),
    ),
    Table(
        "Planerad",
        "3c.5 and 4: Planned operation has a planering meeting 3c.5",
        (
            *(yes(told(one), planering=[one], **ANMALD) for one in COMBINATIONS),
            yes("all four", planering=[{**COMBINATIONS[0], **COMBINATIONS[3]}], **ANMALD),
            yes("struck and a new one", planering=[STRUCK, NEXT], **ANMALD),
            yes("a new one and struck", planering=[NEXT, STRUCK], **ANMALD),
            *(
                yes(f"struck, and a new one by {told(one)}", planering=[old, one], **ANMALD)
                for one in COMBINATIONS
                for old in (STRUCK, STRYKNING, {**TUESDAY, "V440": TUESDAY["V420"], **LATE})
            ),
            yes("struck as only anmäld and a new one", planering=[STRYKNING, NEXT], **ANMALD),
            yes("one below the minimum, one not", planering=[BELOW[0], NEXT], **ANMALD),
            *(no(f"below: {told(one)}", planering=[one], **ANMALD) for one in BELOW),
            no("the start in one, the end in another", planering=[BELOW[0], BELOW[2]], **ANMALD),
            no("struck", planering=[STRUCK], **ANMALD),
            no("no planering", **ANMALD),
            no("operated", planering=[FULL], **ANMALD, **OPERATION),
        ),
    ),
    Table(
        "Struken (planerad)",
        "3c.6: a strykning counts as strykning of a planned operation only if that planering has "
        "some start and some end",
        (
            *(yes(told(one), planering=[{**one, **STRYKNING}], **ANMALD) for one in COMBINATIONS),
            yes("struck twice", planering=[STRUCK, {**NEXT, **STRYKNING}], **ANMALD),
            *(
                no(f"below: {told(one)}", planering=[{**one, **STRYKNING}], **ANMALD)
                for one in BELOW
            ),
            no("the strykning alone", planering=[STRYKNING], **ANMALD),
            no("avförd", planering=[{**FULL, **AVFORD}], **ANMALD),
            no("planned anew", planering=[STRUCK, NEXT], **ANMALD),
            no("not struck", planering=[FULL], **ANMALD),
            no(
                "late",
                planering=[{**TUESDAY, "V440": "2026-03-02T17:00:01+01:00", **LATE}],
                **ANMALD,
            ),
            yes(
                "not late",
                planering=[{**TUESDAY, "V440": "2026-03-02T17:00:00+01:00", **LATE}],
                **ANMALD,
            ),
        ),
        "Struck and a new planering below the minimum: 3c.5 and 3c.7 do not say which counts.",
    ),
    Table(
        "Sen strykning",
        "4: the re-planning happens after 17.00 the day before the planned operation day",
        (
            *LATE_ROWS,
            no("a strykning of what was only anmäld", planering=[STRYKNING], **ANMALD),
            no(
                "only a start",
                planering=[{"V420": TUESDAY["V420"], "V440": "2026-03-03T07:00:00+01:00", **LATE}],
                **ANMALD,
            ),
            no(
                "only an end",
                planering=[{"V425": TUESDAY["V425"], "V440": "2026-03-03T07:00:00+01:00", **LATE}],
                **ANMALD,
            ),
            no("no time of strykning", planering=[{**TUESDAY, **LATE}], **ANMALD),
            no("not struck", planering=[TUESDAY], **ANMALD),
            no("no planering", **ANMALD),
        ),
        "Weekends: not said. The two nights are Sundays; the rows of them take the day before as "
        "it stands in the calendar.",
    ),
    Table(
        "Struken (anmäld)",
        "3c.6: in all other cases the strykning counts as one of an only-anmäld operation",
        (
            yes("the strykning alone", planering=[STRYKNING], **ANMALD),
            *(
                yes(f"below: {told(one)}", planering=[{**one, **STRYKNING}], **ANMALD)
                for one in BELOW
            ),
            *(no(told(one), planering=[{**one, **STRYKNING}], **ANMALD) for one in COMBINATIONS),
            no("avförd", planering=[AVFORD], **ANMALD),
            no("planned anew", planering=[STRYKNING, NEXT], **ANMALD),
            no("not struck", planering=[FULL], **ANMALD),
            no("no planering", **ANMALD),
        ),
    ),
    Table(
        "Avförd",
        "1a V450 and 3c.4: whether the patient leaves the waiting list altogether (Ja)",
        (
            yes("never planned", planering=[AVFORD], **ANMALD),
            *(yes(told(one), planering=[{**one, **AVFORD}], **ANMALD) for one in COMBINATIONS),
            *(yes(f"below: {told(one)}", planering=[{**one, **AVFORD}], **ANMALD) for one in BELOW),
            yes("struck before", planering=[STRUCK, {**NEXT, **AVFORD}], **ANMALD),
            no("V450 = Nej", planering=[STRUCK], **ANMALD),
            no(
                "V450 is missing",
                planering=[{**FULL, "V440": STRYKNING["V440"], "V445": "7a"}],
                **ANMALD,
            ),
            no("not struck", planering=[FULL], **ANMALD),
            no("no planering", **ANMALD),
        ),
        "Avförd in one planering and planned in another contradict each other; avförd late.",
    ),
    Table(
        "Genomförd",
        "1a V565, V570: operationstiden MÅSTE alltid registreras; 4: Operationstid V570 - V565",
        (
            yes("operated", **ANMALD, **OPERATION),
            yes("operated, planned", planering=[FULL], **ANMALD, **OPERATION),
            yes(
                "operated, struck before and planned",
                planering=[STRUCK, NEXT],
                **ANMALD,
                **{**OPERATION, "V565": NEXT["V420"], "V570": NEXT["V425"]},
            ),
            yes("operated at once", **ANMALD, **{**OPERATION, "V570": OPERATION["V565"]}),
            yes(
                "in postop",
                **ANMALD,
                **OPERATION,
                V585=LEFT["V585"],
                ankomstPostop=LEFT["ankomstPostop"],
            ),
            no("planned", planering=[FULL], **ANMALD),
            no("struck", planering=[STRUCK], **ANMALD),
            no("anmäld", **ANMALD),
        ),
        "An operation begun and not ended, or without its times.",
    ),
    Table(
        "Ut från postop",
        "5: left postop (V800), a trigger of its own; 1a V800: the patient has left postop",
        (
            yes("operated and out", **ANMALD, **OPERATION, **LEFT),
            yes("planned, operated and out", planering=[FULL], **ANMALD, **OPERATION, **LEFT),
            no("operated, V800 missing", **ANMALD, **OPERATION, V585=LEFT["V585"]),
            no("in postop", **ANMALD, **OPERATION, ankomstPostop=LEFT["ankomstPostop"]),
            no("planned", planering=[FULL], **ANMALD),
            no("anmäld", **ANMALD),
        ),
        "V800 in a case that was never operated.",
    ),
)
PHASES = (
    Table(
        "Anmälan",
        "1: 3xx = anmälan; 6: a case with sections anmälan, planering (0..n), operation, postop",
        (
            yes("only an anmälan", **ANMALD),
            no("planned", planering=[FULL], **ANMALD),
            no("operated", **ANMALD, **OPERATION),
            no("out of postop", **ANMALD, **OPERATION, **LEFT),
        ),
    ),
    Table(
        "Planering",
        "1: 4xx = planering och strykning",
        (
            *(yes(told(one), planering=[one], **ANMALD) for one in COMBINATIONS),
            no("only an anmälan", **ANMALD),
            no("operated", planering=[FULL], **ANMALD, **OPERATION),
            no("out of postop", planering=[FULL], **ANMALD, **OPERATION, **LEFT),
        ),
        "Whether a planering below the minimum, or a strykning alone, is a part of its own.",
    ),
    Table(
        "Operation",
        "1: 5xx and 6xx = operation",
        (
            yes("operated", **ANMALD, **OPERATION),
            yes("planned and operated", planering=[FULL], **ANMALD, **OPERATION),
            yes("arrived", **ANMALD, V540=OPERATION["V540"]),
            no("planned", planering=[FULL], **ANMALD),
            no("only an anmälan", **ANMALD),
            no("out of postop", **ANMALD, **OPERATION, **LEFT),
        ),
    ),
    Table(
        "Postop",
        "1: 8xx = postop",
        (
            yes("out of postop", **ANMALD, **OPERATION, **LEFT),
            yes("planned, out of postop", planering=[FULL], **ANMALD, **OPERATION, **LEFT),
            yes("in postop", **ANMALD, **OPERATION, ankomstPostop=LEFT["ankomstPostop"]),
            no("operated", **ANMALD, **OPERATION),
            no("planned", planering=[FULL], **ANMALD),
            no("only an anmälan", **ANMALD),
        ),
    ),
)
