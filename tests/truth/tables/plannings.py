"""Truth tables of planeringar and strykningar: 3a #2 and the sending rules of 3c."""

from tests.truth.row import Row, Table, no, row, yes

START, END = "2026-03-03T08:00:00+01:00", "2026-03-03T10:00:00+01:00"
STRUCK_AT = "2026-02-27T10:00:00+01:00"
FULL = {"V420": START, "V425": END}
NEXT = {"V420": "2026-03-10T08:00:00+01:00", "V425": "2026-03-10T10:00:00+01:00"}
STRYKNING = {"V440": STRUCK_AT, "V445": "7a", "V450": "Nej"}
AVFORD = {**STRYKNING, "V450": "Ja"}
STRUCK = {**FULL, **STRYKNING}
COMBINATIONS = tuple(
    {start: START, end: END} for start in ("V415", "V420") for end in ("V425", "V430")
)
BELOW = (
    *({name: START} for name in ("V415", "V420")),
    *({name: END} for name in ("V425", "V430")),
    {"V415": START, "V420": START},
    {"V425": END, "V430": END},
    {"V410": STRUCK_AT},
    {"V435": STRUCK_AT},
    {"planeradSal": "Sal 1"},
    {"V410": STRUCK_AT, "V435": STRUCK_AT, "planeradSal": "Sal 1", "V415": START, "V420": START},
)
ANMALD = {"V310": "2026-02-20T10:00:00+01:00", "V320": "elektiv"}
OPERATED = {"V565": START, "V570": END}


def told(planering: dict[str, str]) -> str:
    """Return which variables a planering has."""
    return "+".join(planering) or "nothing"


def _empty(about: str, expected: bool, *planeringar: dict[str, str]) -> Row:
    """Return a row with an empty planering, which the engine and so the stage never see."""
    return row(about, expected, "", ("core",), planering=list(planeringar), **ANMALD)


TABLES = (
    Table(
        "Flera ostrukna planerade operationer",
        "3a #2: more than one planering without strykning under one behandlingsnummer",
        (
            no("no planering"),
            no("one", planering=[FULL]),
            yes("two", planering=[FULL, NEXT]),
            yes("two alike", planering=[FULL, FULL]),
            yes("three", planering=[FULL, NEXT, FULL]),
            no("struck", planering=[STRUCK]),
            no("struck and a new one", planering=[STRUCK, NEXT]),
            no("a new one and struck", planering=[NEXT, STRUCK]),
            no("struck twice", planering=[STRUCK, {**NEXT, **STRYKNING}]),
            no("struck twice and a new one", planering=[STRUCK, {**NEXT, **STRYKNING}, FULL]),
            yes("struck and two new ones", planering=[STRUCK, NEXT, FULL]),
            yes("two around a struck one", planering=[NEXT, STRUCK, FULL]),
            no("avförd", planering=[{**FULL, **AVFORD}]),
            no("a strykning alone and a new one", planering=[STRYKNING, NEXT]),
            no("one without times", planering=[{"planeradSal": "Sal 1"}]),
            no("struck and one without times", planering=[STRUCK, {"planeradSal": "Sal 1"}]),
            *(yes(f"two by {told(one)}", planering=[one, NEXT]) for one in COMBINATIONS),
        ),
        "Whether an unstruck planering below the minimum makes a second *planned operation*: the "
        "message says planerade, the condition says planering. No row for one beside a full one.",
    ),
    Table(
        "sandning-tom-planering",
        "3c.3: an empty planering is allowed but unwanted",
        (
            no("none", **ANMALD),
            _empty("empty", True, {}),
            _empty("empty beside a full one", True, FULL, {}),
            no("a full one", planering=[FULL], **ANMALD),
            no("a strykning alone", planering=[STRYKNING], **ANMALD),
            *(no(f"not empty: {told(one)}", planering=[one], **ANMALD) for one in BELOW),
        ),
    ),
    Table(
        "sandning-avforande-endast-strykning",
        "3c.4: avförande of a case that was only anmäld: only the three strykning variables "
        "inside planering, other planering variables empty",
        (
            no("the three alone", planering=[AVFORD], **ANMALD),
            *(yes(f"with {told(one)}", planering=[{**one, **AVFORD}], **ANMALD) for one in BELOW),
            *(
                no(f"was planned: {told(one)}", planering=[{**one, **AVFORD}], **ANMALD)
                for one in COMBINATIONS
            ),
            no("not avförd", planering=[{"V410": STRUCK_AT, **STRYKNING}], **ANMALD),
            no("not struck", planering=[{"V410": STRUCK_AT}], **ANMALD),
            no("no planering", **ANMALD),
        ),
    ),
    Table(
        "sandning-avford-men-planerad",
        "1a V450: whether the patient leaves the waiting list altogether (Ja) or waits for a new "
        "planning (Nej)",
        (
            no("avförd", planering=[{**FULL, **AVFORD}]),
            no("the strykning alone", planering=[AVFORD]),
            yes("avförd and planned anew", planering=[{**FULL, **AVFORD}, NEXT]),
            *(yes(f"avförd and {told(one)}", planering=[AVFORD, one]) for one in COMBINATIONS),
            yes("planned anew and avförd", planering=[NEXT, {**FULL, **AVFORD}]),
            yes("avförd, another struck, planned", planering=[AVFORD, STRUCK, NEXT]),
            no("avförd and another struck", planering=[AVFORD, STRUCK]),
            no("struck and planned anew", planering=[STRUCK, NEXT]),
            no("planned", planering=[FULL]),
            no("no planering"),
        ),
        "An unstruck planering below the minimum does not count as planned: no row beside avförd.",
    ),
    Table(
        "sandning-miniminiva-for-planering",
        "3c.5: a planering counts only if it has (V415 or V420) and (V425 or V430)",
        (
            *(no(f"counts: {told(one)}", planering=[one], **ANMALD) for one in COMBINATIONS),
            *(yes(f"does not: {told(one)}", planering=[one], **ANMALD) for one in BELOW),
            yes("one of two does not", planering=[STRUCK, {"V415": START}], **ANMALD),
            yes("the first of two does not", planering=[{"V430": END}, STRUCK], **ANMALD),
            no("both do", planering=[STRUCK, NEXT], **ANMALD),
            no("all four", planering=[{**COMBINATIONS[0], **COMBINATIONS[3]}], **ANMALD),
            no("no planering", **ANMALD),
        ),
        "A planering that is nothing but a strykning is what 3c.4 asks for: no row here.",
    ),
    Table(
        "sandning-strykning-raknas-som-endast-anmald",
        "3c.6: a strykning counts as strykning of a planned operation only if that planering has "
        "some start and some end; else as strykning of an only-anmäld one",
        (
            *(
                no(f"planned: {told(one)}", planering=[{**one, **STRYKNING}], **ANMALD)
                for one in COMBINATIONS
            ),
            *(
                yes(f"only anmäld: {told(one)}", planering=[{**one, **STRYKNING}], **ANMALD)
                for one in BELOW
            ),
            yes("the strykning alone", planering=[STRYKNING], **ANMALD),
            yes(
                "another planering has the times",
                planering=[{"V415": START, **STRYKNING}, NEXT],
                **ANMALD,
            ),
            yes(
                "another planering has the end",
                planering=[{"V415": START, **STRYKNING}, {"V430": END}],
                **ANMALD,
            ),
            no("not struck", planering=[{"V415": START}], **ANMALD),
            no("no planering", **ANMALD),
        ),
    ),
)
