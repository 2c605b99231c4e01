"""The changes that are planted in a made next version, each with what must be said of it."""

from collections.abc import Callable

from app.core.profile_diff import Change, ChangeKind, Subject
from tests.support.made_profile import XSD, MadeProfile

NEW, REMOVED, RENAMED, MOVED, TIGHTENED, LOOSENED, CHANGED = ChangeKind
VARIABLE, ELEMENT, GROUP, CODE, RULE, VERDICT, SECTION, ENTRANCE, MESSAGE = tuple(Subject)[:9]
SETTING, REGISTER, READING = Subject.SETTING, Subject.REGISTER, Subject.READING
PHASE, COUNT = Subject.PHASE, Subject.COUNT

Plant = Callable[[MadeProfile], None]
PLANTED: dict[str, tuple[Plant, tuple[Change, ...]]] = {}

OPERATION, ANMALAN = "registrering/operation", "registrering/anmalan"
NAMESPACE = "urn:spor-reconstruction:registration:4."


def planted(*changes: Change) -> Callable[[Plant], Plant]:
    """Note a plant and the changes that it makes."""

    def note(plant: Plant) -> Plant:
        PLANTED[plant.__name__] = plant, changes
        return plant

    return note


# Variables


@planted(Change(NEW, VARIABLE, "V998", after="V998", variable="V998"))
def a_new_mandatory_variable(made: MadeProfile) -> None:
    made.add_element("operation", "robotkirurgi", "namn")
    made.add_variable("V998", f"{OPERATION}/robotkirurgi", mandatory="yes")


@planted(Change(NEW, VARIABLE, "V999", after="V999", variable="V999"))
def a_new_variable_without_an_element(made: MadeProfile) -> None:
    made.add_variable("V999", "")


@planted(
    Change(
        REMOVED, VARIABLE, "illamaende", before="Postoperativt illamående", variable="illamaende"
    )
)
def a_variable_is_gone_with_its_element(made: MadeProfile) -> None:
    made.remove("variables", "variable", "illamaende")
    made.remove_element("illamaende")


@planted(Change(REMOVED, VARIABLE, "smarta", "element", "registrering/postop/smarta", "", "smarta"))
def a_variable_loses_its_element(made: MadeProfile) -> None:
    del made.row("variables", "variable", "smarta")["path"]
    made.remove_element("smarta")


@planted(Change(RENAMED, VARIABLE, "V600", "id", "antibiotikaprofylax", "V600", "V600"))
def a_term_gets_its_number(made: MadeProfile) -> None:
    made.row("variables", "variable", "antibiotikaprofylax")["id"] = "V600"


@planted(Change(RENAMED, VARIABLE, "V800", "name", "Patient ut från postop", "Ut", "V800"))
def a_variable_has_another_name(made: MadeProfile) -> None:
    row = made.row("variables", "variable", "V800")
    row["sv"] = "Ut"


@planted(Change(MOVED, VARIABLE, "V690", "section", "operation", "postop", "V690"))
def a_variable_in_another_section(made: MadeProfile) -> None:
    made.row("variables", "variable", "V690")["section"] = "postop"


@planted(Change(TIGHTENED, VARIABLE, "checklista", "mandatory", "no", "yes", "checklista"))
def a_variable_is_mandatory(made: MadeProfile) -> None:
    made.row("variables", "variable", "checklista")["mandatory"] = "yes"


@planted(Change(LOOSENED, VARIABLE, "V320", "mandatory", "yes", "conditional", "V320"))
def a_variable_is_no_longer_mandatory(made: MadeProfile) -> None:
    made.row("variables", "variable", "V320")["mandatory"] = "conditional"


@planted(
    Change(
        CHANGED, VARIABLE, "positioneringStart", "type", "datetime", "date", "positioneringStart"
    )
)
def a_moment_becomes_a_day(made: MadeProfile) -> None:
    made.row("variables", "variable", "positioneringStart")["type"] = "date"
    made.element("positioneringStart").set("type", "xsd:date")


@planted(Change(CHANGED, VARIABLE, "V675", "unit", "°C", "K", "V675"))
def a_variable_in_another_unit(made: MadeProfile) -> None:
    made.row("variables", "variable", "V675")["unit"] = "K"


@planted(
    Change(CHANGED, VARIABLE, "V585", "confidence", "stated", "assumed", "V585"),
    Change(CHANGED, VARIABLE, "V585", "element_confidence", "assumed", "stated", "V585"),
    Change(CHANGED, VARIABLE, "V585", "mandatory_confidence", "inferred", "stated", "V585"),
)
def what_is_sure_of_a_variable(made: MadeProfile) -> None:
    row = made.row("variables", "variable", "V585")
    row["confidence"] = "assumed"
    row["element_confidence"] = "stated"
    row["mandatory_confidence"] = "stated"


# Elements and repeated parts


@planted(
    Change(
        RENAMED, ELEMENT, f"{OPERATION}/opSal", "name", "operationssal", "opSal", "operationssal"
    )
)
def an_element_is_renamed(made: MadeProfile) -> None:
    made.element("operationssal").set("name", "opSal")
    made.row("variables", "variable", "operationssal")["path"] = f"{OPERATION}/opSal"


@planted(Change(RENAMED, ELEMENT, "registrering/person", "name", "patient", "person"))
def a_part_is_renamed_and_all_in_it_follows(made: MadeProfile) -> None:
    made.element("patient").set("name", "person")
    made.row("variables", "variable", "patientId")["path"] = "registrering/person/patientId"


@planted(
    Change(
        MOVED,
        ELEMENT,
        f"{OPERATION}/temperaturPostop",
        "path",
        "registrering/postop/temperaturPostop",
        f"{OPERATION}/temperaturPostop",
        "V875",
    )
)
def an_element_moves_to_another_part(made: MadeProfile) -> None:
    element = made.element("temperaturPostop")
    made.part("operation").append(element)
    made.row("variables", "variable", "V875")["path"] = f"{OPERATION}/temperaturPostop"


@planted(Change(TIGHTENED, ELEMENT, f"{OPERATION}/vikt", "maxInclusive", "500", "100", "vikt"))
def a_bound_is_tighter(made: MadeProfile) -> None:
    made.facet("vikt", "maxInclusive").set("value", "100")


@planted(
    Change(
        LOOSENED,
        ELEMENT,
        "registrering/behandlingsnummer",
        "maxLength",
        "64",
        "128",
        "behandlingsnummer",
    )
)
def a_length_is_wider(made: MadeProfile) -> None:
    made.facet("behandlingsnummer", "maxLength").set("value", "128")


@planted(Change(TIGHTENED, ELEMENT, f"{OPERATION}/langd", "fractionDigits", "1", "0", "langd"))
def a_number_becomes_whole(made: MadeProfile) -> None:
    restriction = made.restriction("langd")
    restriction.set("base", "xsd:integer")
    restriction.remove(restriction.find(f"{XSD}fractionDigits"))


@planted(
    Change(
        TIGHTENED,
        ELEMENT,
        "registrering/anmalan/eftervardsnivaPlanerad",
        "minimum",
        "0",
        "1",
        "V335",
    )
)
def an_element_may_not_be_missing(made: MadeProfile) -> None:
    made.element("eftervardsnivaPlanerad").attrib.pop("minOccurs")


@planted(Change(TIGHTENED, ELEMENT, f"{OPERATION}/diagnos", "maximum", "unbounded", "1", "diagnos"))
def a_repeated_element_has_a_limit(made: MadeProfile) -> None:
    made.element("diagnos").set("maxOccurs", "1")


@planted(Change(NEW, ELEMENT, f"{OPERATION}/tillval", after="part 0..1"))
def new_elements_that_no_variable_is_bound_to(made: MadeProfile) -> None:
    part = made.part("operation")
    tillval = _child(part, "element", name="tillval", minOccurs="0")
    inner = _child(_child(tillval, "complexType"), "sequence")
    _child(inner, "element", name="fritext", type="namn", minOccurs="0")


@planted(
    Change(NEW, VARIABLE, "V950", after="V950", variable="V950"),
    Change(NEW, GROUP, "implantat"),
)
def a_new_repeated_part_with_a_variable(made: MadeProfile) -> None:
    made.add_element("operation", "implantat", "kort", minOccurs="0", maxOccurs="unbounded")
    made.add("profile", "group", id="implantat", path=f"{OPERATION}/implantat")
    made.add_variable("V950", f"{OPERATION}/implantat")


@planted(
    Change(
        MOVED,
        ELEMENT,
        "registrering/planering",
        "order",
        "tidpunktPlanering, planeradPatienttidStart, planeradOperationstidStart, "
        "planeradOperationstidSlut, planeradPatienttidSlut, tidpunktKallad, planeradSal, strykning",
        "planeradPatienttidStart, planeradOperationstidStart, planeradOperationstidSlut, "
        "planeradPatienttidSlut, tidpunktKallad, planeradSal, strykning, tidpunktPlanering",
    )
)
def elements_in_another_order(made: MadeProfile) -> None:
    made.part("planering").append(made.element("tidpunktPlanering"))


@planted(Change(CHANGED, SETTING, "namespace", "value", f"{NAMESPACE}1", f"{NAMESPACE}2"))
def another_namespace(made: MadeProfile) -> None:
    made.rename_namespace(f"{NAMESPACE}1", f"{NAMESPACE}2")


@planted(
    Change(LOOSENED, ELEMENT, "registrering", "maximum", "1", "unbounded"),
    Change(LOOSENED, SETTING, "batch_size", "value", "1", "50"),
)
def many_registrations_in_one_request(made: MadeProfile) -> None:
    made.element("registrering").set("maxOccurs", "unbounded")
    made.file("profile")["settings"]["values"]["batch_size"] = "50"


# Codes


@planted(Change(TIGHTENED, CODE, "akut_planering", "codes", "inom24h, inom7d"))
def two_codes_are_gone(made: MadeProfile) -> None:
    made.remove_code("akut_planering", "inom24h", "akutPlanering")
    made.remove_code("akut_planering", "inom7d", "akutPlanering")


@planted(Change(LOOSENED, CODE, "eftervardsniva", "codes", "", "hemsjukvard"))
def a_new_code(made: MadeProfile) -> None:
    made.add_code("eftervardsniva", "hemsjukvard", "eftervardsniva")


@planted(Change(RENAMED, CODE, "akut_elektiv/akut", "name", "Akut", "Akut op"))
def a_code_has_another_name(made: MadeProfile) -> None:
    made.code("akut_elektiv", "akut")["sv"] = "Akut op"


@planted(Change(TIGHTENED, CODE, "strykningsorsak/1a", "valid_to", "", "2026-12-31"))
def a_code_ends_on_a_day(made: MadeProfile) -> None:
    made.code("strykningsorsak", "1a")["valid_to"] = "2026-12-31"


# Rules and verdicts


@planted(
    Change(NEW, RULE, "korrupt-99", after="korrupt", variable="V565"),
)
def a_new_rule(made: MadeProfile) -> None:
    made.add(
        "rules",
        "rule",
        id="korrupt-99",
        tier="korrupt",
        condition="missing(V565) and present(V570)",
        variables=["V565", "V570"],
        remedy_sv="Rätta.",
        remedy_en="Correct.",
    )


@planted(
    Change(
        REMOVED,
        RULE,
        "korrupt-06-patienttidslut-efter-patient-ut-fran-postop",
        before="korrupt",
        variable="V585",
    )
)
def a_rule_is_gone(made: MadeProfile) -> None:
    made.remove("rules", "rule", "korrupt-06-patienttidslut-efter-patient-ut-fran-postop")


@planted(
    Change(
        REMOVED,
        RULE,
        "korrupt-11-operationsstart-efter-operationsslut",
        "until",
        "",
        "2026-06-30",
        "V565",
    )
)
def a_rule_ends_on_a_day(made: MadeProfile) -> None:
    rule = made.row("rules", "rule", "korrupt-11-operationsstart-efter-operationsslut")
    rule["until"] = "2026-06-30"


WAITING = "korrupt-05-akut-vantetid-langre-an-tva-veckor"
LIMIT = "V320 == 'akut' and V565 - V310 > days({})"


@planted(Change(TIGHTENED, RULE, WAITING, "condition", LIMIT.format(14), LIMIT.format(7), "V565"))
def a_rule_has_a_tighter_limit(made: MadeProfile) -> None:
    made.row("rules", "rule", WAITING)["condition"] = LIMIT.format(7)


FUTURE = "korrupt-10-anestesitidstart-efter-anestesitidslut"


@planted(Change(LOOSENED, RULE, FUTURE, "tier", "korrupt", "note", "anestesiStart"))
def a_rule_in_a_milder_tier(made: MadeProfile) -> None:
    made.row("rules", "rule", FUTURE)["tier"] = "note"


POSTOP = "korrupt-09-mer-an-7-dygn-pa-postop"


@planted(Change(RENAMED, RULE, POSTOP, "name", "Mer än 7 dygn på postop", "Länge", "V800"))
def a_rule_in_other_words(made: MadeProfile) -> None:
    made.row("rules", "rule", POSTOP)["sv"] = "Länge"


@planted(
    Change(
        CHANGED,
        VERDICT,
        "genomford",
        "condition",
        "present(V565)",
        "present(V565) and present(V570)",
    )
)
def a_verdict_has_another_condition(made: MadeProfile) -> None:
    made.row("verdicts", "verdict", "genomford")["condition"] += " and present(V570)"


@planted(Change(CHANGED, PHASE, "fas_anmalan", "condition", "has(anmalan)", "has(patient)"))
def a_phase_has_another_condition(made: MadeProfile) -> None:
    made.row("verdicts", "phase", "fas_anmalan")["condition"] = "has(patient)"


@planted(
    Change(CHANGED, COUNT, "utlost_ankomst", "condition", "present(V540)", "present(V565)"),
    Change(CHANGED, COUNT, "i_rapporter", "barred_by", "korrupt", "inkonsistent"),
    Change(REMOVED, COUNT, "utlost_andring"),
)
def counts_that_count_otherwise(made: MadeProfile) -> None:
    made.row("verdicts", "count", "utlost_ankomst")["condition"] = "present(V565)"
    made.row("verdicts", "count", "i_rapporter")["barred_by"] = "inkonsistent"
    made.remove("verdicts", "count", "utlost_andring")


# The rest


@planted(
    Change(
        MOVED,
        ENTRANCE,
        "stage",
        "address",
        "https://test-integration.ucr.uu.se/spor/ws/4_1/RegistrationService",
        "https://test-integration.ucr.uu.se/spor/ws/4_2/RegistrationService",
    )
)
def an_entrance_has_another_address(made: MadeProfile) -> None:
    row = made.row("profile", "entrance", "stage")
    row["address"] = str(row["address"]).replace("4_1", "4_2")


@planted(
    Change(
        CHANGED,
        ENTRANCE,
        "teststage",
        "client_issuers",
        "SITHS Type 3 CA v1 PP",
        "SITHS Type 3 CA v1 PP, TEST SITHS e-id Function CA v1",
    )
)
def an_entrance_takes_another_issuer(made: MadeProfile) -> None:
    row = made.row("profile", "entrance", "teststage")
    row["client_issuers"] = [*row["client_issuers"], "TEST SITHS e-id Function CA v1"]


@planted(Change(CHANGED, MESSAGE, "created_text", "wording", "Skapade: {case}", "Ny: {case}"))
def a_message_in_other_words(made: MadeProfile) -> None:
    made.row("messages", "message", "created_text")["wording"] = "Ny: {case}"


@planted(Change(CHANGED, SETTING, "report_deadline", "value", "05:00", "04:30"))
def another_deadline(made: MadeProfile) -> None:
    made.file("profile")["settings"]["values"]["report_deadline"] = "04:30"


@planted(Change(RENAMED, SECTION, "postop", "name", "Postop", "Uppvakning"))
def a_section_has_another_name(made: MadeProfile) -> None:
    row = made.row("profile", "section", "postop")
    row["sv"] = "Uppvakning"


@planted(Change(LOOSENED, REGISTER, "kva", "months", "4", "6"))
def longer_grace_for_removed_codes(made: MadeProfile) -> None:
    made.row("codes", "register", "kva")["months"] = 6


@planted(
    Change(
        MOVED,
        ELEMENT,
        "postRegistrationResponse/registrationResult/utfall/resultText",
        "path",
        "registrationResult/resultText",
        "registrationResult/utfall/resultText",
    )
)
def the_answer_has_its_text_elsewhere(made: MadeProfile) -> None:
    part = made.part("registrationResult")
    text = made.element("resultText")
    inner = _child(_child(_child(part, "element", name="utfall"), "complexType"), "sequence")
    inner.append(text)
    made.file("profile")["answer"]["text"] = "utfall/resultText"


@planted(Change(CHANGED, SETTING, "answer_accepted", "value", "OK", "JA"))
def an_accepted_case_is_told_by_another_code(made: MadeProfile) -> None:
    made.file("profile")["answer"]["accepted"] = "JA"


def _child(parent, kind: str, **attributes: str):
    child = parent.makeelement(f"{XSD}{kind}", attributes)
    parent.append(child)
    return child
