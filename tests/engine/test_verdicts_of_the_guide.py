"""The guide's sections on planering and strykning, sentence by sentence, from export to verdict.

A row of the table is one case: what each of its planeringar holds, whether it was operated, how
the register counts it, and which of the guide's sending rules it is told about.
"""

from collections.abc import Iterator
from functools import cache

import pytest

from app.core.case import CaseValues
from app.core.condition import holds, parse
from app.core.mapping import GroupLink
from app.engine.analysis import analyse
from app.engine.findings import findings_of
from app.files.profile import compile_schema
from tests.support.analysed import every_document
from tests.support.engine import export, link, project
from tests.support.profile import shipped

MORNING, NOON = "2022-04-13T08:00:00+02:00", "2022-04-13T12:00:00+02:00"
AT_FIVE_BEFORE = "2022-04-12T17:00:00+02:00"
EVENING_BEFORE = "2022-04-12T18:00:00+02:00"
WORDS = {
    "patient-start": ("V415", MORNING),
    "op-start": ("V420", MORNING),
    "op-slut": ("V425", NOON),
    "patient-slut": ("V430", NOON),
    "planerad": ("V410", EVENING_BEFORE),
    "kallad": ("V435", EVENING_BEFORE),
    "sal": ("planeradSal", "Sal 1"),
    "strykning": ("V440", AT_FIVE_BEFORE),
    "sent": ("V440", EVENING_BEFORE),
    "orsak": ("V445", "7a"),
    "väntar": ("V450", "Nej"),
    "avförs": ("V450", "Ja"),
}
STRUCK, REMOVED = "strykning orsak väntar", "strykning orsak avförs"
LATE = "sent orsak väntar"
WHOLE = "patient-start patient-slut"

TABLE = (
    # Inskick av fristående anmälan
    ("only the request", (), "", "anmald", ""),
    ("an empty planering is not sent at all", ("",), "", "anmald", ""),
    # Miniminivå för planering: any start and any end
    ("patient start, patient end", ("patient-start patient-slut",), "", "planerad", ""),
    ("patient start, operation end", ("patient-start op-slut",), "", "planerad", ""),
    ("operation start, patient end", ("op-start patient-slut",), "", "planerad", ""),
    ("operation start, operation end", ("op-start op-slut",), "", "planerad", ""),
    ("all four", ("patient-start op-start op-slut patient-slut",), "", "planerad", ""),
    # ... else only requested, whatever else the planering holds
    ("a start only", ("patient-start",), "", "anmald", "miniminiva"),
    ("both starts", ("patient-start op-start",), "", "anmald", "miniminiva"),
    ("an end only", ("patient-slut",), "", "anmald", "miniminiva"),
    ("both ends", ("op-slut patient-slut",), "", "anmald", "miniminiva"),
    ("everything but a start", ("planerad kallad sal op-slut",), "", "anmald", "miniminiva"),
    ("only when it was planned", ("planerad",), "", "anmald", "miniminiva"),
    ("a start here, an end there", ("op-start", "op-slut"), "", "anmald", "miniminiva"),
    ("one half, one whole", ("op-start", WHOLE), "", "planerad", "miniminiva"),
    # Strykning: of a planned operation with any start and any end, else of a requested one
    ("a whole one is struck", (f"{WHOLE} {STRUCK}",), "", "struken_planerad", ""),
    ("other times are struck", (f"op-start op-slut {STRUCK}",), "", "struken_planerad", ""),
    ("a start is struck", (f"op-start {STRUCK}",), "", "struken_anmald", "strykning-raknas"),
    ("an end is struck", (f"op-slut {STRUCK}",), "", "struken_anmald", "strykning-raknas"),
    ("nothing but a strykning", (STRUCK,), "", "struken_anmald", "strykning-raknas"),
    (
        "times in one, the strykning in another half",
        ("op-start op-slut " + STRUCK, f"sal {STRUCK}"),
        "",
        "struken_planerad",
        "strykning-raknas",
    ),
    # (not in the guide) late: after 17.00 on the day before
    ("struck late", (f"{WHOLE} {LATE}",), "", "struken_sent", ""),
    ("other times are struck late", (f"op-start op-slut {LATE}",), "", "struken_sent", ""),
    ("half a planning is struck late", (f"op-start {LATE}",), "", "struken_anmald", "strykning-r"),
    ("struck late, planned again", (f"{WHOLE} {LATE}", WHOLE), "", "planerad", ""),
    # ... struck, not removed: requested again until a new planering that is not struck
    ("planned again", (f"{WHOLE} {STRUCK}", WHOLE), "", "planerad", ""),
    ("planned after a bare strykning", (STRUCK, WHOLE), "", "planerad", "strykning-raknas"),
    ("a new half is no planning", (f"{WHOLE} {STRUCK}", "sal"), "", "struken_planerad", "mini"),
    ("struck twice", (f"{WHOLE} {STRUCK}",) * 2, "", "struken_planerad", ""),
    ("struck, then operated", (f"{WHOLE} {STRUCK}",), "op", "genomford", ""),
    # Avförande av operation som endast är anmäld, ej planerad: the strykning and nothing else
    ("removed", (REMOVED,), "", "avford", ""),
    ("removed with a room", (f"sal {REMOVED}",), "", "avford", "avforande"),
    ("removed with half a planning", (f"op-start {REMOVED}",), "", "avford", "avforande"),
    ("a planned one removed", (f"{WHOLE} {REMOVED}",), "", "avford", ""),
    ("struck, planned again, removed", (f"{WHOLE} {STRUCK}", REMOVED), "", "avford", ""),
    # Not in the guide: two things that cannot both be so
    ("removed and yet planned", (REMOVED, WHOLE), "", "avford", "avford-men-planerad"),
    ("removed and yet operated", (REMOVED,), "op", "genomford", ""),
)
NUMBERED = list(enumerate(TABLE))
NAMES = [name for name, *_ in TABLE]
PLANNED = list(dict(WORDS.values()))


def values_of(words: str) -> dict[str, str]:
    return dict(WORDS[word] for word in words.split())


def cases() -> Iterator[CaseValues]:
    """Yield the table's cases as the core sees them."""
    for number, (_, plannings, operated, *_) in enumerate(TABLE):
        values = {"V310": "2022-03-01T10:00:00+01:00"} | ({"V565": MORNING} if operated else {})
        yield CaseValues(str(number), values, {"planering": tuple(map(values_of, plannings))})


@cache
def analysis():
    """Return what the engine makes of an export of all cases."""
    rows, plans = ["NR;V310;V565"], [";".join(("NR", *PLANNED))]
    for case in cases():
        rows.append(f"{case.key};{case.values['V310']};{case.values.get('V565', '')}")
        plans += [
            ";".join((case.key, *(one.get(name, "") for name in PLANNED)))
            for one in case.groups["planering"]
        ]
    links = [link("behandlingsnummer", "cases.NR")]
    links += [link(name, f"cases.{name}") for name in ("V310", "V565")]
    links += [link(name, f"plans.{name}") for name in PLANNED]
    mapping = project(*links, groups=(GroupLink("planering", "plans"),))
    tables = export(cases=tuple(rows), plans=tuple(plans))
    return analyse(tables, mapping, shipped(), compile_schema(shipped()))


@pytest.mark.parametrize(("number", "row"), NUMBERED, ids=NAMES)
def test_the_register_counts_a_case_as_the_guide_says(number, row):
    assert analysis().cases["verdict"][number] == row[3]


@pytest.mark.parametrize(("number", "row"), NUMBERED, ids=NAMES)
def test_the_core_counts_it_alike(number, row):
    case = list(cases())[number]
    verdicts = shipped().verdicts
    assert (
        next(one.id for one in verdicts if holds(parse(one.condition), case, shipped())) == row[3]
    )


@pytest.mark.parametrize(("number", "row"), NUMBERED, ids=NAMES)
def test_the_guides_sending_rules_are_told(number, row):
    told = [one.code for one in findings_of(analysis(), str(number))]
    sending = [code.removeprefix("sandning-") for code in told if code.startswith("sandning-")]
    assert [code for code in sending if not (row[4] and code.startswith(row[4]))] == []
    assert bool(sending) is bool(row[4])


def test_no_planering_is_sent_without_content():
    for words, document in zip(TABLE, every_document(analysis()), strict=True):
        assert document.count("<planering>") == len([one for one in words[1] if one]), words[0]


@pytest.mark.parametrize("verdict", ["struken_sent", "struken_planerad", "struken_anmald"])
def test_the_user_is_told_that_a_struck_case_counts_as_requested(verdict):
    (meaning,) = [one.meaning.sv for one in shipped().verdicts if one.id == verdict]
    assert "endast anmäld" in meaning
    assert "ny ostruken planering" in meaning
