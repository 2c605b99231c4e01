"""Contracts of these tests' own invention; a wrong variable shown as sure is the worst."""

from dataclasses import replace

import pytest

from app.core.contract import leaves
from app.core.register import Binding
from app.files.profile import load_shipped
from app.workflow.binding import suggest
from tests.support.binding import contract


@pytest.fixture(scope="module")
def base():
    return load_shipped("spor-4.1")


def row(base, lines, path, **more):
    return suggest(contract(lines), base, **more).row(tuple(path.split("/")))


def test_its_own_contract_is_bound_by_its_names(base):
    table = suggest(base.root, base)
    own = {one.path: one.id for one in base.variables if one.is_bound}
    assert {one.path: one.variable for one in table.rows} == own
    assert not [one for one in table.rows if one.state is not Binding.SUGGESTED]


@pytest.mark.parametrize(
    ("name", "documentation"),
    [
        ("V310", ""),
        ("v310_tid", ""),
        ("tidV310", ""),
        ("f1", "V310 Tidpunkt för operationsanmälan"),
        ("f1", "Tidpunkten (V310), alltid före V565"),
        ("f1", "SPOR-variabel 310"),
        ("f1", "310"),
        ("f1", "v.310"),
        ("f1", "När anmälan gjordes. Variabel nr: 310."),
    ],
)
def test_a_number_that_the_contract_bears_is_taken_as_it_is(base, name, documentation):
    found = row(base, f"a/{name} | dateTime | {documentation}\na/x", f"a/{name}")
    assert (found.variable, found.state) == ("V310", Binding.CONTRACT)


@pytest.mark.parametrize(
    "documentation",
    [
        "Får inte vara före V310",
        "Replaces V310 of the former version",
        "See V310",
        "V310 eller V565",
        "Anges när V310 saknas",
    ],
)
def test_a_number_that_is_only_mentioned_is_not_borne(base, documentation):
    found = row(base, f"a/f1 | dateTime | {documentation}\na/x", "a/f1")
    assert not found.is_sure


def test_a_number_of_another_kind_of_value_is_doubted(base):
    found = row(base, "a/f1 | dateTime | V320 Akut eller elektiv\na/x", "a/f1")
    assert not found.is_sure


def test_a_number_in_appinfo_says_so(base):
    lines = "a/f1 | dateTime | \na/x"
    found = row(base, lines, "a/f1", appinfo={("a", "f1"): "V310"})
    assert found.variable == "V310"
    assert found.reasons == ("number-in-appinfo",)


def test_a_part_that_holds_one_element_gives_it_its_number(base):
    found = row(base, "a/V310/value | dateTime\na/x", "a/V310/value")
    assert (found.variable, found.state) == ("V310", Binding.CONTRACT)


def test_a_number_that_the_profile_does_not_know_becomes_a_new_variable_when_approved(base):
    found = row(base, "a/V999 | dateTime\na/x", "a/V999")
    assert (found.variable, found.state, found.is_sure) == ("V999", Binding.SUGGESTED, False)


def test_a_number_in_two_places_belongs_to_neither_for_sure(base):
    table = suggest(contract("a/f1 | dateTime | V310\na/f2 | dateTime | V310"), base)
    assert not [one for one in table.rows if one.is_sure]


def told(base, element, path=()):
    """Return the element with names that say nothing, and in its notes what it is."""
    variable = base.by_id.get(element.variable)
    names = (variable.id, variable.name.sv) if variable else ()
    children = tuple(
        told(base, child, (*path, place)) for place, child in enumerate(element.children, start=1)
    )
    return replace(
        element,
        name="f" + "".join(f"{place:02}" for place in path),
        documentation=" ".join(names),
        children=children,
        variable="",
        group="",
    )


def test_every_element_is_found_by_its_notes_alone(base):
    truth = [leaf.element.variable for leaf in leaves(base.root)]
    table = suggest(told(base, base.root), base)
    found = [one.variable for one in table.rows]
    assert [pair for pair in zip(found, truth, strict=True) if pair[0] != pair[1]] == []
    numbered = [one for one in table.rows if one.state is Binding.CONTRACT]
    assert {one.variable for one in numbered} == {one for one in truth if one[1:].isdigit()}


ENGLISH = """
Header/SenderSystem
Header/Recipients/Recipient* | string | | SPOR
Case/CaseNumber
Case/Patient/PersonalIdentityNumber
Case/Patient/FullName
Case/Request/RequestedAt | dateTime
Case/Request/FirstRequestedAt | dateTime
Case/Request/Urgency | string | | ACUTE ELECTIVE
Case/Request/Comment
Case/Planning*/PatientStart | dateTime
Case/Planning*/SurgeryStart | dateTime
Case/Planning*/SurgeryEnd | dateTime
Case/Planning*/Room
Case/Planning*/Cancellation/CancelledAt | dateTime
Case/Planning*/Cancellation/Reason
Case/Planning*/Cancellation/CancelledBy
Case/Planning*/Cancellation/RemovedFromWaitingList | boolean
Case/Surgery/AsaClass | string | | 1 2 3 4 5 6
Case/Surgery/HeightCm | decimal
Case/Surgery/WeightUnit
Case/Surgery/Anaesthesia/Start | dateTime
Case/Surgery/Anaesthesia/End | dateTime
Case/Surgery/Anaesthesia/Method
Case/Surgery/Start | dateTime
Case/Surgery/End | dateTime
Case/Surgery/Procedure*/Code
Case/Surgery/Procedure*/Text
Case/Surgery/Surgeon/Name
Case/Recovery/Arrival | dateTime
Case/Recovery/Temperature | decimal
Case/LastModified | dateTime
"""
OF_ENGLISH = {
    "Header/SenderSystem": "SystemId",
    "Header/Recipients/Recipient": "V105",
    "Case/CaseNumber": "behandlingsnummer",
    "Case/Patient/PersonalIdentityNumber": "patientId",
    "Case/Request/RequestedAt": "V310",
    "Case/Request/FirstRequestedAt": "forstaAnmalan",
    "Case/Request/Urgency": "V320",
    "Case/Planning/PatientStart": "V415",
    "Case/Planning/SurgeryStart": "V420",
    "Case/Planning/SurgeryEnd": "V425",
    "Case/Planning/Room": "planeradSal",
    "Case/Planning/Cancellation/CancelledAt": "V440",
    "Case/Planning/Cancellation/Reason": "V445",
    "Case/Planning/Cancellation/RemovedFromWaitingList": "V450",
    "Case/Surgery/AsaClass": "asa",
    "Case/Surgery/HeightCm": "langd",
    "Case/Surgery/Anaesthesia/Start": "anestesiStart",
    "Case/Surgery/Anaesthesia/End": "anestesiSlut",
    "Case/Surgery/Start": "V565",
    "Case/Surgery/End": "V570",
    "Case/Surgery/Procedure/Code": "operationskod",
    "Case/Recovery/Arrival": "ankomstPostop",
    "Case/Recovery/Temperature": "V875",
}
SHORT = """
ärende/behNr
ärende/pat/persnr
ärende/anm/anmTid | dateTime
ärende/anm/akutPrio
ärende/anm/evNivaPlan
ärende/anm/prelOpKod*
ärende/plan*/plOpStart | dateTime
ärende/plan*/stryk/strykTid | dateTime
ärende/plan*/stryk/strykOrs
ärende/plan*/stryk/strukenAv
ärende/plan*/stryk/avfVl
ärende/op/knivSlut | dateTime
ärende/op/anestesi/start | dateTime
ärende/op/anestesi/metod
ärende/op/opKod*
ärende/op/inSal | dateTime
ärende/op/operatörHsaId
ärende/uva/ut | dateTime
ärende/uva/evNiva
ärende/skapadAv
"""
OF_SHORT = {
    "ärende/behNr": "behandlingsnummer",
    "ärende/pat/persnr": "patientId",
    "ärende/anm/anmTid": "V310",
    "ärende/anm/akutPrio": "V325",
    "ärende/anm/evNivaPlan": "V335",
    "ärende/anm/prelOpKod": "preliminarOperationskod",
    "ärende/plan/plOpStart": "V420",
    "ärende/plan/stryk/strykTid": "V440",
    "ärende/plan/stryk/strykOrs": "V445",
    "ärende/plan/stryk/avfVl": "V450",
    "ärende/op/knivSlut": "knivtidSlut",
    "ärende/op/anestesi/start": "anestesiStart",
    "ärende/op/opKod": "operationskod",
    "ärende/op/inSal": "patientInSal",
    "ärende/uva/ut": "V800",
    "ärende/uva/evNiva": "V810",
}


@pytest.mark.parametrize(("lines", "truth"), [(ENGLISH, OF_ENGLISH), (SHORT, OF_SHORT)])
def test_names_in_another_style_are_recognised_and_none_is_surely_wrong(base, lines, truth):
    table = suggest(contract(lines), base)
    found = {"/".join(one.path): one for one in table.rows}
    wrong = [
        (path, one.variable)
        for path, one in found.items()
        if one.is_sure and one.variable != truth.get(path, "")
    ]
    right = [path for path, variable in truth.items() if found[path].variable == variable]
    assert not wrong
    assert len(right) >= 0.9 * len(truth), set(truth) - set(right)


@pytest.mark.parametrize(
    "line",
    [
        "c/operation/diagnosText | string",
        "c/operation/operationstyp | string",
        "c/operation/viktEnhet | string",
        "c/operation/planeradLangd | decimal",
        "c/operation/anestesimetod | string",
        "c/operation/antibiotikaPreparat | string | Antibiotikaprofylax: preparat",
        "c/operation/diagnos2 | string",
        "c/operation/operationStartKommentar | string | Kommentar. Operation start.",
        "c/planering*/strykning/strykningsorsakText | string",
        "c/patient/personnummerTyp | string",
        "c/patient/patientNamn | string",
        "c/operation/anestesiStartPlanerad | dateTime",
        "c/senastAndrad | dateTime",
    ],
)
def test_an_element_of_the_contracts_own_is_never_surely_a_variable(base, line):
    table = suggest(contract(f"{line}\nc/x\nc/y/z"), base)
    assert not [one for one in table.rows if one.is_sure], table.rows[0]


def test_two_that_are_equally_near_are_not_sure(base):
    table = suggest(contract("a/operationStart | dateTime\nb/operationStart | dateTime"), base)
    assert not [one for one in table.rows if one.is_sure]


def test_a_second_element_that_may_be_the_variable_leaves_a_doubt(base):
    table = suggest(contract("c/patient/PatientId\nc/patient/PersonalIdentityNumber"), base)
    assert not [one for one in table.rows if one.is_sure]


def test_each_variable_stands_once_at_most(base):
    table = suggest(contract(ENGLISH), base)
    given = [one.variable for one in table.rows if one.variable]
    assert len(given) == len(set(given))
