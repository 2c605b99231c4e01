"""Made-up views for the pages: a small profile, cases, a certificate, plans and lists."""

from app.core.finding import Finding, Tier
from app.core.mapping import Project, Source
from app.core.outcome import Attempt, Outcome, OutcomeKind
from app.core.register import (
    Confidence,
    Element,
    Entrance,
    Fact,
    Mandatory,
    Profile,
    Rule,
    Text,
    ValueType,
    Variable,
    Verdict,
)
from app.workflow.certificate_views import (
    CertificateShelf,
    CertificateView,
)
from app.workflow.views import (
    CaseDetail,
    CaseRow,
    Cause,
    ChecklistItem,
    FellistaCase,
    FellistaEntry,
    FellistaView,
    Gate,
    JournalPage,
    LocalStage,
    Problem,
    SendPlan,
    SendReport,
    SourceRow,
    Summary,
    ValueView,
    Withheld,
)

PERSON = "198112189876"
MASKED = "19811218-****"
START_AFTER_END = "korrupt-11-operationsstart-efter-operationsslut"
STATED = Fact("Integrationsguide 4.1, bilaga 3", Confidence.STATED)
ASSUMED = Fact("Återskapat kontrakt", Confidence.ASSUMED)


def both(sv: str, en: str = "") -> Text:
    """Return a text in both languages."""
    return Text(sv, en or sv)


def variable(number: str, name: str, element: str, kind: ValueType = ValueType.TEXT) -> Variable:
    """Return one variable of the made-up profile."""
    return Variable(
        id=number,
        name=both(name),
        meaning=both(name),
        value_type=kind,
        path=("registrering", element),
        group="",
        section="operation",
        mandatory=Mandatory.YES,
        fact=STATED,
    )


VARIABLES = (
    variable("behandlingsnummer", "Behandlingsnummer", "behandlingsnummer"),
    variable("patientId", "Patientens identitet", "patientId", ValueType.PERSON_ID),
    variable("V310", "Tidpunkt för anmälan", "tidpunktAnmalan", ValueType.DATETIME),
    variable("V565", "Operationsstart", "operationStart", ValueType.DATETIME),
    variable("V570", "Operationsslut", "operationSlut", ValueType.DATETIME),
)

RULES = (
    Rule(
        START_AFTER_END,
        Tier.CORRUPT,
        "V565 > V570",
        both("Operationsstart ligger efter operationsslut"),
        both(
            "Rätta tiderna i planeringssystemet, eller kontrollera vilka kolumner som är kopplade."
        ),
        STATED,
        ("V565", "V570"),
    ),
    Rule(
        "inkonsistent-3-asa-saknas",
        Tier.INCONSISTENT,
        "missing(asa)",
        both("ASA-klass saknas för en genomförd operation"),
        both("Fyll i ASA-klassen."),
        STATED,
        ("asa",),
    ),
)

VERDICTS = tuple(
    Verdict(verdict, "", both(name), both(meaning), icon, STATED)
    for verdict, name, meaning, icon in (
        ("genomford", "Genomförd", "Räknas som en genomförd operation.", "check-circle-outline"),
        ("avford", "Avförd", "Patienten är borta från väntelistan.", "minus-circle-outline"),
        (
            "struken_planerad",
            "Struken planerad",
            "Räknas som en struken planering.",
            "calendar-remove-outline",
        ),
        (
            "struken_anmald",
            "Struken anmäld",
            "Räknas som struken innan den planerades.",
            "file-remove-outline",
        ),
        ("planerad", "Planerad", "Räknas som planerad.", "calendar-check-outline"),
        ("anmald", "Anmäld", "Räknas bara som anmäld.", "file-document-outline"),
    )
)

ENTRANCES = tuple(
    Entrance(kind, kind, both(name), address, test, fact)
    for kind, name, address, test, fact in (
        ("local", "Lokal stage", "", True, STATED),
        ("teststage", "Teststage", "https://ucrtestserv01.ucr.uu.se/spor", True, STATED),
        ("stage", "Stage", "https://test-integration.ucr.uu.se/spor", False, STATED),
        ("production", "Produktion", "https://integration.ucr.uu.se/spor", False, ASSUMED),
    )
)

PROFILE = Profile(
    id="spor-4.1",
    name=both("SPOR 4.1"),
    note=both("Återskapad efter guiden."),
    namespace="urn:spor-reconstruction:registration:4.1",
    wsdl="",
    xsd="",
    root=Element("postRegistrationRequest", 1, 1),
    variables=VARIABLES,
    groups=(),
    codes=(),
    rules=RULES,
    verdicts=VERDICTS,
    entrances=ENTRANCES,
    roles={"case_key": "behandlingsnummer", "person_id": "patientId"},
    settings={"closed_from": "05:15", "closed_to": "06:00"},
)

PROJECT = Project(
    name="Exempelsjukhuset",
    profile="spor-4.1",
    sources=(Source("Operationer", "export/operationer.csv", "OPNR", "windows-1252"),),
    case_table="Operationer",
)

SUMMARY = Summary(
    cases=3,
    verdicts=(("genomford", 2), ("anmald", 1)),
    clean=1,
    stopped=1,
    blocked=0,
    causes=(
        Cause(START_AFTER_END, Tier.CORRUPT, 1),
        Cause("cvc-pattern-valid", Tier.SCHEMA, 1),
    ),
    unapproved=0,
    fingerprint="f" * 64,
)

_TIERS = (None, Tier.SCHEMA, Tier.CORRUPT, None, Tier.INCONSISTENT, Tier.BLOCKS, Tier.REJECTED)
_CAUSES = {
    None: "",
    Tier.SCHEMA: "cvc-pattern-valid",
    Tier.CORRUPT: START_AFTER_END,
    Tier.INCONSISTENT: "inkonsistent-3-asa-saknas",
    Tier.BLOCKS: "blocked-patient",
    Tier.REJECTED: "sandning-tom-planering",
}
_CHANGES = ("new", "changed", "same")
_OUTCOMES = (None, OutcomeKind.CREATED, OutcomeKind.UPDATED, OutcomeKind.REJECTED)


def case_row(number: int) -> CaseRow:
    """Return the case at one place of an endless list."""
    tier = _TIERS[number % len(_TIERS)]
    outcome = _OUTCOMES[number % len(_OUTCOMES)]
    return CaseRow(
        case=str(2200001 + number),
        verdict=VERDICTS[number % len(VERDICTS)].id,
        tier=tier,
        cause=_CAUSES[tier],
        findings=0 if tier is None else 1 + number % 3,
        blocked=tier is Tier.BLOCKS,
        change=_CHANGES[number % len(_CHANGES)],
        attempts=0 if outcome is None else 1,
        outcome=outcome,
    )


def document(case: str, end: str = "2024-05-13T07:30:00+02:00") -> str:
    """Return the document of one case."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<postRegistrationRequest xmlns="urn:spor-reconstruction:registration:4.1">\n'
        "  <systemId>SE0000000000-OP1</systemId>\n"
        "  <registrering>\n"
        f"    <behandlingsnummer>{case}</behandlingsnummer>\n"
        f"    <patientId>{PERSON}</patientId>\n"
        "    <anmalan>\n"
        "      <tidpunktAnmalan>2024-04-02T09:10:00+02:00</tidpunktAnmalan>\n"
        "    </anmalan>\n"
        "    <operation>\n"
        "      <operationStart>2024-05-13T08:05:00+02:00</operationStart>\n"
        f"      <operationSlut>{end}</operationSlut>\n"
        "    </operation>\n"
        "  </registrering>\n"
        "</postRegistrationRequest>\n"
    )


def finding(case: str) -> Finding:
    """Return the finding that one case has."""
    return Finding(case, START_AFTER_END, Tier.CORRUPT, "V565", "Operationer", "OPSTART", 42)


def attempt(number: int, case: str, kind: OutcomeKind | None = OutcomeKind.CREATED) -> Attempt:
    """Return one journalled attempt."""
    return Attempt(
        number=number,
        case=case,
        entrance="local",
        address="https://127.0.0.1:50443/spor/ws/4_1/RegistrationService",
        hsa_id="SE0000000000-OP1",
        mapping="f" * 64,
        digest="a" * 64,
        started="2026-11-20T10:15:00+00:00",
        ended="2026-11-20T10:15:01+00:00",
        kind=kind,
        text=f"Skapade: {case}",
    )


def case_detail(case: str) -> CaseDetail:
    """Return one case through the whole chain."""
    return CaseDetail(
        row=CaseRow(
            case,
            "genomford",
            Tier.CORRUPT,
            START_AFTER_END,
            1,
            False,
            "changed",
            1,
            OutcomeKind.CREATED,
        ),
        source_rows=(
            SourceRow(
                "Operationer",
                42,
                (
                    ("OPNR", case),
                    ("PNR", "19811218-9876"),
                    ("OPSTART", "08:05"),
                    ("OPSLUT", "07:30"),
                ),
            ),
        ),
        values=(
            ValueView("patientId", "", 0, PERSON, "Operationer", ("PNR",), ("19811218-9876",)),
            ValueView(
                "V565",
                "",
                0,
                "2024-05-13T08:05:00+02:00",
                "Operationer",
                ("OPDATUM", "OPSTART"),
                ("2024-05-13", "08:05"),
            ),
        ),
        xml=document(case),
        accepted_xml=document(case, "2024-05-13T09:30:00+02:00"),
        findings=(finding(case),),
        attempts=(attempt(7, case),),
    )


CERTIFICATE = CertificateView(
    subject="CN=opplan.exempelsjukhuset.se, O=Exempelsjukhuset, C=SE",
    hsa_id="SE0000000000-OP1",
    issuer="CN=Lokal stage CA",
    chain=("CN=opplan.exempelsjukhuset.se", "CN=Lokal stage CA"),
    serial="5F3A20",
    fingerprint="ab" * 32,
    valid_from="2026-10-01T00:00:00+00:00",
    valid_to="2027-01-10T00:00:00+00:00",
    days_left=49,
    test_certificate=True,
    entrances=("local", "teststage"),
    problems=(Problem("certificate-hsa-missing"),),
    place="SecretService",
    id="ab" * 8,
)
SHELF = CertificateShelf(
    (CERTIFICATE,), chosen=(("local", CERTIFICATE.id), ("teststage", CERTIFICATE.id))
)

STAGE = LocalStage(
    endpoint="https://127.0.0.1:50443/spor/ws/4_1/RegistrationService",
    ca="/home/user/stage/ca.pem",
    certificate="/home/user/stage/client.p12",
    portal="http://127.0.0.1:50080/hemlig/",
)


def place_of(entrance: str) -> int:
    """Return where an entrance stands among the made-up ones."""
    return [one.id for one in ENTRANCES].index(entrance)


def plan(cases: tuple[str, ...], *, is_open: bool = True, entrance: int = 0) -> SendPlan:
    """Return the summary of a batch."""
    return SendPlan(
        entrance=ENTRANCES[entrance],
        address=STAGE.endpoint,
        certificate=CERTIFICATE,
        cases=cases,
        withheld=(
            Withheld("2200002", "stopped-by-finding"),
            Withheld("2200006", "blocked-patient"),
            Withheld("2200009", "stopped-by-finding"),
        ),
        gates=(
            Gate("mapping-approved", True),
            Gate("certificate-fits-entrance", True),
            Gate("window-open", is_open, (("from", "05:15"), ("to", "06:00"))),
        ),
        fingerprint="f" * 64,
    )


def report(cases: tuple[str, ...]) -> SendReport:
    """Return what came of a batch: the last case is rejected."""
    good = tuple(Outcome(one, OutcomeKind.CREATED, f"Skapade: {one}") for one in cases[:-1])
    bad = Outcome(
        cases[-1],
        OutcomeKind.REJECTED,
        f"Systemet kunde inte ta emot registreringen: {cases[-1]} Systemet SE0 hittas inte",
    )
    return SendReport("local", (*good, bad))


FELLISTA = FellistaView(
    cases=(
        FellistaCase(
            FellistaEntry("2200003", "fellista", ("Operationsstart ligger efter operationsslut",)),
            "green",
            (),
        ),
        FellistaCase(
            FellistaEntry("2200010", "fellista", ("Operationsstart ligger efter operationsslut",)),
            "still",
            (finding("2200010"),),
        ),
        FellistaCase(
            FellistaEntry("2200099", "avvisad", ("Systemet SE0 hittas inte",)), "missing", ()
        ),
    ),
    reasons=(
        ("Operationsstart ligger efter operationsslut", 2),
        ("Systemet SE0 hittas inte", 1),
    ),
)

CHECKLIST = (
    ChecklistItem("mandatory-mapped", "passed"),
    ChecklistItem("no-stopping-findings", "failed", (("stopped", "3"),)),
    ChecklistItem("fellista-corrected", "waiting"),
)


def journal_page(total: int, offset: int, count: int, case: str = "") -> JournalPage:
    """Return one page of attempts, newest first."""
    numbers = range(total, 0, -1)
    kinds = (*OutcomeKind, None)
    attempts = [attempt(n, str(2200000 + n % 400), kinds[n % len(kinds)]) for n in numbers]
    found = [one for one in attempts if case in one.case]
    return JournalPage(len(found), offset, tuple(found[offset : offset + count]))
