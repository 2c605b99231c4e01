"""Truth tables of what a case counts as besides its verdict (2d, 4) and of what it triggers (5)."""

from collections.abc import Callable

from tests.truth.row import Given, Row, Table, no, yes
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
from tests.truth.tables.verdicts import LATE_ROWS, LEFT, OPERATION, TUESDAY

Make = Callable[..., Row]
COUNTED = (
    "NFB49", "JKA21", "AAA00", "EMB10", "YQC00",
    "TPX10", "TPX15", "UJK02", "UJK05",
    "SP712", "SP713", "SP750", "SP798", "SP799", "SP105", "SP183", "SP502", "SP505", "SP815",
    "SP816",
)  # fmt: skip
NOT_COUNTED = (
    "TPX09", "TPX11", "TPX14", "TPX16", "TPX05", "TAB00", "TJA10",
    "UJK01", "UJK03", "UJK04", "UJK06", "UJK12", "UAC12",
    "SP711", "SP800", "SP104", "SP106", "SP182", "SP184", "SP501", "SP503", "SP504", "SP506",
    "SP814", "SP817", "AV034", "DT016", "XS100", "AA712",
)  # fmt: skip


def operated(make: Make, about: str, *codes: str) -> Row:
    """Return a performed case with these codes."""
    given = {**ANMALD, **OPERATION, "operationskod": list(codes) or None}
    return make(about, V585=LEFT["V585"], **given)


def whole(make: Make, about: str, **changed: Given) -> Row:
    """Return a performed, clean case with some values changed."""
    given = {"V310": ANMALD["V310"], "V320": "elektiv", **OPERATION, "V585": LEFT["V585"]}
    return make(about, **{**given, **changed})


COUNTS = (
    Table(
        "Operation enligt SPOR",
        "2d: all kirurgiska (KKÅ) codes, except that of T only TPX10 and TPX15 and of U only UJK02 "
        "and UJK05 count; of the medical (KMÅ) codes only SP712-SP799, SP105, SP183, SP502, SP505, "
        "SP815, SP816",
        (
            *(operated(yes, code, code) for code in COUNTED),
            *(operated(no, code, code) for code in NOT_COUNTED),
            operated(yes, "the first of two counts", "NFB49", "SP711"),
            operated(yes, "the second of two counts", "SP711", "NFB49"),
            operated(no, "neither of two counts", "SP711", "TPX11"),
            operated(no, "no code"),
            no("only an anmälan", **ANMALD),
        ),
        "ZXF99 and the other Z codes, letter case, and a planned case with a preliminary code.",
    ),
    Table(
        "Planerad operation",
        "4: Planned operation has a planering meeting 3c.5",
        (
            *(yes(told(one), planering=[one], **ANMALD) for one in COMBINATIONS),
            *(no(f"below: {told(one)}", planering=[one], **ANMALD) for one in BELOW),
            no("the start in one, the end in another", planering=[BELOW[0], BELOW[2]], **ANMALD),
            yes("struck and a new one", planering=[STRUCK, NEXT], **ANMALD),
            yes("planned and operated", planering=[FULL], **ANMALD, **OPERATION),
            no("a strykning alone", planering=[STRYKNING], **ANMALD),
            no("operated, never planned", **ANMALD, **OPERATION),
            no("no planering", **ANMALD),
        ),
        "A planering that is struck, with no other: whether it still counts.",
    ),
    Table(
        "Sen strykning",
        "4: the re-planning happens after 17.00 the day before the planned operation day",
        (
            *LATE_ROWS,
            no("a strykning of what was only anmäld", planering=[STRYKNING], **ANMALD),
            no(
                "no time of strykning",
                planering=[{**TUESDAY, "V445": "7a", "V450": "Nej"}],
                **ANMALD,
            ),
            no("not struck", planering=[TUESDAY], **ANMALD),
            yes(
                "late and planned anew",
                planering=[
                    {**TUESDAY, "V440": "2026-03-02T17:00:01+01:00", "V445": "7a", "V450": "Nej"},
                    NEXT,
                ],
                **ANMALD,
            ),
            no(
                "in time and planned anew",
                planering=[
                    {**TUESDAY, "V440": "2026-03-02T17:00:00+01:00", "V445": "7a", "V450": "Nej"},
                    NEXT,
                ],
                **ANMALD,
            ),
            no("no planering", **ANMALD),
        ),
        "Weekends; whether a late strykning by which the patient leaves the list is counted.",
    ),
    Table(
        "Kommer med i rapporter",
        "4: Inclusion: mandatory variables present, not korrupt, and the variable the report "
        "needs; 3: korrupt, the whole case is left out; inkonsistent, all else counts",
        (
            whole(yes, "clean"),
            whole(no, "korrupt", V570="2026-03-03T07:59:59+01:00"),
            whole(yes, "equal, so not korrupt", V570=OPERATED["V565"]),
            whole(no, "two reasons", V570="2026-03-03T07:59:59+01:00", V310=OPERATED["V565"]),
            whole(yes, "inkonsistent", V325="inom24h"),
            whole(no, "no code of operation", operationskod=None),
            whole(no, "no start of operation", V565=None),
            whole(no, "no end of operation", V570=None),
        ),
        "Which 16-19 variables are mandatory is known of few: V105, operationskod, V565, V570.",
    ),
)
TRIGGERS = (
    Table(
        "Operationen är anmäld",
        "5: anmälan made (V310 set)",
        (
            yes("set", **ANMALD),
            yes("set long ago, operated", **ANMALD, **OPERATION),
            no("missing", V320="elektiv"),
        ),
    ),
    Table(
        "Ingreppet är planerat",
        "5: planned (V415 or V410)",
        (
            yes("V415", planering=[{"V415": TUESDAY["V420"]}], **ANMALD),
            yes("V410", planering=[{"V410": STRYKNING["V440"]}], **ANMALD),
            yes("both", planering=[{"V410": STRYKNING["V440"], "V415": FULL["V420"]}], **ANMALD),
            yes(
                "in the second planering",
                planering=[STRYKNING, {"V410": STRYKNING["V440"]}],
                **ANMALD,
            ),
            no("a strykning alone", planering=[STRYKNING], **ANMALD),
            no("no planering", **ANMALD),
        ),
        "V420 alone (the guide's variables are examples: t.ex.).",
    ),
    Table(
        "Patienten är avförd",
        "5: avförd (V450 = Ja)",
        (
            yes("Ja", planering=[AVFORD], **ANMALD),
            yes("Ja, planned", planering=[{**FULL, **AVFORD}], **ANMALD),
            yes("Ja in the second", planering=[STRUCK, {**NEXT, **AVFORD}], **ANMALD),
            no("Nej", planering=[STRYKNING], **ANMALD),
            no("not struck", planering=[FULL], **ANMALD),
            no("no planering", **ANMALD),
        ),
    ),
    Table(
        "Patienten har anlänt",
        "5: arrived (V540)",
        (
            yes("set", **ANMALD, V540=OPERATION["V540"]),
            yes("operated", **ANMALD, **OPERATION),
            no("operated, missing", **ANMALD, **OPERATED),
            no("planned", planering=[FULL], **ANMALD),
            no("only an anmälan", **ANMALD),
        ),
    ),
    Table(
        "Patienten har lämnat postop",
        "5: left postop (V800)",
        (
            yes("set", **ANMALD, **OPERATION, **LEFT),
            no("in postop", **ANMALD, **OPERATION, ankomstPostop=LEFT["ankomstPostop"]),
            no("operated", **ANMALD, **OPERATION),
            no("only an anmälan", **ANMALD),
        ),
    ),
)
