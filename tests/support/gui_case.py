"""A made-up case through the whole chain: steps, count, difference, places, what is not sent."""

from dataclasses import replace

from app.core.counting import CaseCount, Decider, Explained, Turn, WhatIf
from app.core.journal_event import EventKind, JournalEvent
from app.core.register import Count
from app.workflow.case_views import CaseRequest, Difference, DifferenceEntry, Unsent, XmlPlace
from app.workflow.mapping_views import StepValue
from app.workflow.views import CaseDetail
from tests.support import gui_pages as made

OLD_END, ASKED = "2024-05-13T09:30:00+02:00", "2024-04-02T09:10:00+02:00"
START, END = "2024-05-13T08:05:00+02:00", "2024-05-13T07:30:00+02:00"

OPERATION = Count(
    "raknas_operation",
    "term",
    "present(V565)",
    made.both("Operation enligt SPOR"),
    made.both("Räknas som operation."),
    "check",
    made.STATED,
)
PROFILE = replace(made.PROFILE, counts=(OPERATION,))
DIFFERENCE = Difference(
    "local",
    "2026-11-20T10:15:01+00:00",
    "changed",
    (
        DifferenceEntry("changed", "V570", "", 0, OLD_END, END, "operationSlut"),
        DifferenceEntry("added", "V565", "", 0, "", START, "operationStart"),
        DifferenceEntry("removed", "V310", "", 0, ASKED, "", "tidpunktAnmalan"),
    ),
)
COUNT = CaseCount(
    Explained(
        "genomford",
        True,
        (Decider("counting-present", True, (("V565", START),)),),
        (WhatIf("avford", (Turn("counting-turn-take", "V310", ASKED, ""),)), WhatIf("planerad")),
    ),
    "",
    (Explained("avford", holds=False),),
    (Explained("raknas_operation", holds=True),),
)


def case_detail(case: str, reveal: bool = False) -> CaseDetail:
    """Return one case as the worker tells it."""
    plain = made.case_detail(case)
    person, start = plain.values
    start = replace(
        start,
        row=42,
        stages=(StepValue("2024-05-13 08:05"), StepValue(START)),
    )
    return replace(
        plain,
        values=(replace(person, row=42), start),
        count=COUNT,
        unsent=(Unsent("V570", "", 0, "not-recorded"),),
        difference=DIFFERENCE,
        places=(
            XmlPlace("behandlingsnummer", "", 0, 5, 24, 7, "behandlingsnummer"),
            XmlPlace("V565", "", 0, 11, 23, 25, "operationStart"),
            XmlPlace("V570", "", 0, 12, 22, 25, "operationSlut"),
        ),
        finding_places=(XmlPlace("V565", "", 0, 11, 23, 25, "operationStart"),),
        events=(
            JournalEvent(1, case, EventKind.EXCLUDED, "2026-11-20T10:00:00+00:00", "dubblett"),
        ),
        revealed=reveal,
    )


def case_request(case: str, entrance: str, reveal: bool = False) -> CaseRequest:
    """Return the request of one case, masked unless revealed."""
    whole = made.document(case)
    text = whole if reveal else whole.replace(made.PERSON, made.MASKED)
    wrapped = whole.encode() if reveal else b""
    return CaseRequest(case, text, len(whole), "ab" * 32, wrapped, f"https://{entrance}/", "urn:x")
