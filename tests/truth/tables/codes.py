"""Truth tables of the rules on codes, names and the patient (3a: 1, 3, 17-21, 24; 3b).

The national registers of these tables are small ones of our own, put in place of
Socialstyrelsen's: what counts is the year that has a code, not which codes there are.
"""

from tests.truth.row import Row, Table, no, yes

KVA = {
    2025: frozenset({"nfb49", "jka21", "zxf99", "nfb30"}),
    2026: frozenset({"nfb49", "jka21", "zxf99", "nfb77"}),
}
ICD = {
    2025: frozenset({"m169", "k802", "m161"}),
    2026: frozenset({"m169", "k802", "m777"}),
}
REGISTERS = {"kva": KVA, "icd": ICD}
IN_2025, IN_2026 = "2025-11-03T08:00:00+01:00", "2026-06-01T08:00:00+02:00"


def _by_year(final: str, preliminary: str, both: str, old: str, new: str) -> tuple[Row, ...]:
    """Return the rows of a register whose year is chosen by the operation's date."""
    rows: list[Row] = []
    for name in (final, preliminary):
        rows += [
            no(f"{name}: of the year", **{name: [both]}, V565=IN_2026),
            no(f"{name}: new this year", **{name: [new]}, V565=IN_2026),
            yes(f"{name}: of neither year", **{name: ["XXX99"]}, V565=IN_2026),
            yes(f"{name}: of neither year, in January", **{name: ["XXX99"]},
                V565="2026-01-10T08:00:00+01:00"),
            yes(f"{name}: removed, in June", **{name: [old]}, V565=IN_2026),
            yes(f"{name}: removed, after 4 months", **{name: [old]},
                V565="2026-05-01T00:00:00+02:00"),
            no(f"{name}: removed, the last second of 3 months", **{name: [old]},
               V565="2026-03-31T23:59:59+02:00"),
            no(f"{name}: removed, in February", **{name: [old]},
               V565="2026-02-02T08:00:00+01:00"),
            no(f"{name}: removed, before the year began", **{name: [old]}, V565=IN_2025),
            yes(f"{name}: new next year", **{name: [new]}, V565=IN_2025),
            yes(f"{name}: new a second later", **{name: [new]}, V565="2025-12-31T23:59:59+01:00"),
            no(f"{name}: new since a second", **{name: [new]}, V565="2026-01-01T00:00:00+01:00"),
            no(f"{name}: the year in Sweden, not in universal time", **{name: [new]},
               V565="2025-12-31T23:30:00Z"),
            yes(f"{name}: the last is of neither year", **{name: [both, new, "XXX99"]},
                V565=IN_2026),
            yes(f"{name}: the first is of neither year", **{name: ["XXX99", both]}, V565=IN_2026),
            no(f"{name}: several of the year", **{name: [both, new]}, V565=IN_2026),
            no(f"{name}: of the year, no operation", **{name: [both]}),
        ]  # fmt: skip
    rows.append(no("no code", V565=IN_2026))
    return tuple(rows)


def _struck(*reasons: str) -> list[dict[str, str]]:
    moment = "2026-03-01T10:00:00+01:00"
    return [{"V440": moment, "V445": reason, "V450": "Nej"} for reason in reasons]


def _complication(*codes: str) -> dict[str, list[dict[str, str]]]:
    return {"perop": [{"peropKod": code, "peropSvarighetsgrad": "1"} for code in codes]}


REASONS = tuple(
    no(f"{code}: on the list", planering=_struck(code))
    for code in ("1a", "4d", "7a", "8B", "11C", "1A", "4D", "7A", "8b", "11c")
) + tuple(
    yes(f"{code}: {why}", planering=_struck(code))
    for code, why in (
        ("12", "never sent"),
        ("12a", "never sent"),
        ("13a", "numbers are 1-11"),
        ("0a", "numbers are 1-11"),
        ("1ai", "only the first two levels are sent"),
        ("a", "no number"),
        ("Akut sjukdom hos patient", "the text, not the code"),
    )
)
COMPLICATIONS = tuple(
    no(f"{code}: on the list", **_complication(code), V565=IN_2026)
    for code in ("A0", "A126", "A127", "A128", "A129", "A222", "A223", "A314", "A315", "A318",
                 "A411", "A415", "A534", "A535", "A536", "A614", "A945")
) + tuple(
    yes(f"{code}: removed or replaced in 2016", **_complication(code), V565=IN_2026)
    for code in ("A122", "A212", "A317", "A413", "A711")
)  # fmt: skip

TABLES = (
    Table(
        "Felaktigt BMI",
        "3a #1: BMI out of a plausible range (limits unknown)",
        (
            no("an adult, BMI 24", langd="170", vikt="70"),
            no("bariatric surgery, BMI 42", langd="170", vikt="121"),
            no("thin, BMI 18", langd="175", vikt="55"),
            no("a child, BMI 15", langd="110", vikt="18"),
            no("with decimals, BMI 24", langd="170.5", vikt="70.3"),
            yes("BMI 2", langd="170", vikt="7"),
            yes("BMI 242", langd="170", vikt="700"),
            yes("height and weight changed places", langd="70", vikt="170"),
            yes("height in metres", langd="1.7", vikt="70"),
            yes("weight in grams", langd="170", vikt="70000"),
            no("no height", vikt="700"),
            no("no weight", langd="170"),
            no("neither"),
        ),
        "The limits are unknown: no row near any. Newborns are left out for the same reason.",
    ),
    Table(
        "Felaktig anestesikod",
        "3a #3: anaesthesia code not in the allowed set (set unknown); 1b: KVÅ pattern",
        (
            yes("a code that KVÅ has not", anestesikod=["XXX99"], V565=IN_2026),
            yes("ÅÄ123 has the pattern", anestesikod=["ÅÄ123"], V565=IN_2026),
            yes("one of two KVÅ has not", anestesikod=["NFB49", "XXX99"], V565=IN_2026),
            no("H-CAR is refused for its form", anestesikod=["H-CAR"], V565=IN_2026),
            no("no anaesthesia", V565=IN_2026),
        ),
        "The set is unknown: no row for a code that KVÅ has, since no set is larger than KVÅ.",
    ),
    Table(
        "Felaktigt patient-id",
        "3a #17: fails the personnummer/samordningsnummer check; the guide: 12 digits",
        (
            no("a personnummer", patientId="197701012382"),
            no("another", patientId="199901012386"),
            no("a samordningsnummer", patientId="197701612389"),
            *(
                yes(f"check digit {digit}", patientId=f"19770101238{digit}")
                for digit in "013456789"
            ),
            yes("10 digits", patientId="7701012382"),
            yes("11 digits", patientId="19770101238"),
            yes("13 digits", patientId="1977010123820"),
            yes("with a hyphen", patientId="19770101-2382"),
            yes("with letters", patientId="19770101T382"),
            yes("two digits changed places", patientId="197701013282"),
            yes("the 32nd day", patientId="197701322382"),
            yes("a text", patientId="okänd"),
        ),
        "A missing patient is a fault of format (the element is mandatory), not of this rule.",
    ),
    Table(
        "Ogiltig SPOR-strykningsorsak",
        "3a #18: code not in the list for the version; 2a: only level 1+2 is sent, 12 never, "
        "compare without regard to case",
        (
            *REASONS,
            yes("the second of two", planering=_struck("7a", "12")),
            yes("the first of two", planering=_struck("12", "7a")),
            no("both of two are on it", planering=_struck("7a", "11C")),
            no(
                "a planering without strykning",
                planering=[{"V420": IN_2026, "V425": "2026-06-01T09:00:00+02:00"}],
            ),
            no("the reason is missing", planering=[{"V440": IN_2026, "V450": "Nej"}]),
            no("no planering"),
        ),
        "Most of the list was not found: no row for a well-formed code that no source names, nor "
        "for a heading alone (8, 11), which sources name as a störningstyp.",
    ),
    Table(
        "Ogiltig ICD-10-kod",
        "3a #19 and 2d: the operation date chooses the year's set; removed codes are tolerated "
        "3-4 months into a new year; holds for preliminary and final codes",
        _by_year("diagnos", "preliminarDiagnos", "M169", "M161", "M777"),
        "Between 3 and 4 months; letter case; what chooses the year when nothing was operated.",
    ),
    Table(
        "Ogiltig KVÅ-kod",
        "3a #20 and 2d: pattern right, code not in the year's register; 12345 passes the pattern",
        (
            *_by_year("operationskod", "preliminarOperationskod", "NFB49", "NFB30", "NFB77"),
            yes("12345 passes the pattern and is no code", operationskod=["12345"], V565=IN_2026),
            yes("so does ÅÄ123", operationskod=["ÅÄ123"], V565=IN_2026),
            yes("so does åäö12", preliminarOperationskod=["åäö12"], V565=IN_2026),
            no("H-CAR does not: refused for its form", operationskod=["H-CAR"], V565=IN_2026),
            no("broken off, ZXF99", operationskod=["ZXF99"], V565=IN_2026),
        ),
        "Between 3 and 4 months; letter case; what chooses the year when nothing was operated.",
    ),
    Table(
        "Ogiltig komplikationskod",
        "3a #21: not in PAK-OP / PAK-UVA; 2e: 3.0 of May 2016 removed and replaced codes",
        (
            *COMPLICATIONS,
            yes("the second of two is removed", **_complication("A315", "A711"), V565=IN_2026),
            yes("the first of two is removed", **_complication("A711", "A315"), V565=IN_2026),
            no("none", V565=IN_2026),
        ),
        "Most of PAK-OP and all of PAK-UVA was not found: no row for a well-formed code that no "
        "source names, nor for a group's heading. What has not the form (A and digits, 1b) is "
        "refused for it before any rule is asked.",
    ),
    Table(
        "Operationskod kräver funktionsbedöming ASA 6",
        "3a #24: certain codes demand ASA 6 (which codes: unknown)",
        (
            no("a hip, ASA 2", operationskod=["NFB49"], asa="2", V565=IN_2026),
            no("a hip, ASA missing", operationskod=["NFB49"], V565=IN_2026),
            no("a hip, ASA 6", operationskod=["NFB49"], asa="6", V565=IN_2026),
            no("no code, ASA 6", asa="6", V565=IN_2026),
            no("neither", V565=IN_2026),
        ),
        "Which codes demand it is unknown: no row that is broken.",
    ),
    Table(
        "Operationssalen är inte inlagd i SPOR",
        "3b: names not verified in SPOR",
        (no("no room", V565=IN_2026),),
        "Which names are verified only SPOR knows: no row for a room that has a name.",
    ),
    Table(
        "Operationskliniken är inte inlagd i SPOR",
        "3b: names not verified in SPOR",
        (no("no clinic", V565=IN_2026),),
        "Which names are verified only SPOR knows: no row for a clinic that has a name.",
    ),
    Table(
        "Akutplanering vid elektiv operation",
        "3b: V325 filled while V320 = elektiv",
        (
            yes("elective with a priority", V320="elektiv", V325="inom24h"),
            yes("elective with the longest priority", V320="elektiv", V325="inom14d"),
            yes("elective with a text for a priority", V320="elektiv", V325="snarast"),
            no("elective without one", V320="elektiv"),
            no("acute with a priority", V320="akut", V325="inom24h"),
            no("acute without one", V320="akut"),
            no("urgency missing, a priority", V325="inom24h"),
            no("neither"),
        ),
    ),
    Table(
        "notering-kva-kod-borttagen-i-ar",
        "2d: removed codes are tolerated 3-4 months into a new year, preliminary and final",
        (
            yes("removed, in February", operationskod=["NFB30"], V565="2026-02-02T08:00:00+01:00"),
            yes(
                "removed, the first second of the year",
                operationskod=["NFB30"],
                V565="2026-01-01T00:00:00+01:00",
            ),
            yes(
                "removed, a preliminary one",
                preliminarOperationskod=["NFB30"],
                V565="2026-02-02T08:00:00+01:00",
            ),
            no(
                "the last second of its year",
                operationskod=["NFB30"],
                V565="2025-12-31T23:59:59+01:00",
            ),
            no("still there", operationskod=["NFB49"], V565="2026-02-02T08:00:00+01:00"),
            no("new", operationskod=["NFB77"], V565="2026-02-02T08:00:00+01:00"),
            no("none", V565="2026-02-02T08:00:00+01:00"),
        ),
        "After the months of grace the fellista has it: what the note then does is not said.",
    ),
    Table(
        "notering-icd-kod-borttagen-i-ar",
        "2d: removed codes are tolerated 3-4 months into a new year, preliminary and final",
        (
            yes("removed, in February", diagnos=["M161"], V565="2026-02-02T08:00:00+01:00"),
            yes(
                "removed, the first second of the year",
                diagnos=["M161"],
                V565="2026-01-01T00:00:00+01:00",
            ),
            yes(
                "removed, a preliminary one",
                preliminarDiagnos=["M161"],
                V565="2026-02-02T08:00:00+01:00",
            ),
            no("the last second of its year", diagnos=["M161"], V565="2025-12-31T23:59:59+01:00"),
            no("still there", diagnos=["M169"], V565="2026-02-02T08:00:00+01:00"),
            no("new", diagnos=["M777"], V565="2026-02-02T08:00:00+01:00"),
            no("none", V565="2026-02-02T08:00:00+01:00"),
        ),
        "After the months of grace the fellista has it: what the note then does is not said.",
    ),
)
