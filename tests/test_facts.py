"""The shipped profile holds what the public sources say of SPOR 4.1, with the sureness they give.

The tables are in `tests.support.facts`.
"""

import re

import pytest

from app.core.case import CaseValues
from app.core.condition import holds, parse
from app.core.register import Mandatory, ValueType
from tests.support.facts import (
    ASSUMED,
    CODES,
    DEFINITIONS,
    INFERRED,
    LISTS,
    NAMED,
    NUMBERED,
    SAID,
    STATED,
    VERDICTS,
    other_reading,
)
from tests.support.profile import shipped


@pytest.mark.parametrize("row", [*NUMBERED, *NAMED], ids=lambda row: row[0])
def test_a_variable_is_what_the_sources_say(row):
    variable_id, name, value_type, section, mandatory, mandatory_sure, sure = row
    found = shipped().by_id[variable_id]
    assert name in found.name.sv
    assert (found.value_type, found.section) == (value_type, section)
    assert (found.mandatory, found.mandatory_confidence) == (mandatory, mandatory_sure)
    assert found.fact.confidence is sure


def test_all_names_and_places_of_elements_are_assumed_in_a_reconstruction():
    for profile in (shipped(), other_reading()):
        bound = [one for one in profile.variables if one.is_bound]
        assert {one.element_confidence for one in bound} == {ASSUMED}


def test_no_number_is_there_that_no_source_names():
    numbered = {one.id for one in shipped().variables if one.id[0] == "V" and one.id[1:].isdigit()}
    assert numbered == {row[0] for row in NUMBERED}


def test_no_other_variable_is_there_but_the_requesting_clinic_that_we_assume():
    own = {one.id for one in shipped().variables} - {row[0] for row in (*NUMBERED, *NAMED)}
    assert own == {"anmalandeKlinik"}
    assert shipped().by_id["anmalandeKlinik"].fact.confidence is ASSUMED


@pytest.mark.parametrize(
    ("variable_id", "unit"),
    [("V675", "°C"), ("V676", "°C"), ("V875", "°C"), ("langd", "cm"), ("vikt", "kg")],
)
def test_a_measure_has_its_unit(variable_id, unit):
    assert shipped().by_id[variable_id].unit == unit


@pytest.mark.parametrize(
    ("variable_id", "group", "sure"),
    [
        ("V105", "", STATED),
        ("positioneringStart", "positioneringStart", STATED),
        ("peropKod", "peroperativKomplikation", STATED),
        ("postopKod", "postoperativKomplikation", STATED),
        ("peropSvarighetsgrad", "peroperativKomplikation", STATED),
        ("postopSvarighetsgrad", "postoperativKomplikation", STATED),
        ("operationskod", "operationskod", INFERRED),
        ("preliminarOperationskod", "preliminarOperationskod", INFERRED),
        ("diagnos", "diagnos", INFERRED),
        ("anestesikod", "anestesikod", INFERRED),
        ("V415", "planering", INFERRED),
        ("V450", "planering", INFERRED),
        ("V435", "planering", INFERRED),
        ("V310", "", INFERRED),
        ("asa", "", INFERRED),
    ],
)
def test_how_often_a_variable_occurs_is_as_sure_as_the_sources(variable_id, group, sure):
    found = shipped().by_id[variable_id]
    assert (found.group, found.cardinality_confidence) == (group, sure)


@pytest.mark.parametrize(("variable_id", "code_list"), LISTS.items())
def test_a_variable_has_the_code_list_of_its_source(variable_id, code_list):
    assert shipped().by_id[variable_id].code_list == code_list


def test_that_a_part_is_repeated_is_inferred_but_the_planning_is_stated():
    sure = {one.id: one.fact.confidence for one in shipped().groups}
    assert sure.pop("planering") is STATED
    assert set(sure.values()) == {INFERRED}


def test_what_is_known_of_a_number_but_not_of_its_meaning_is_said():
    by_id = shipped().by_id
    assert "not known" in by_id["V675"].fact.note
    assert "stated" in by_id["V440"].fact.note
    assert "number is unknown" in by_id["knivtidSlut"].fact.note
    assert "2023-01-01" in by_id["V567"].fact.note
    assert "year is inferred" in by_id["V435"].fact.note
    assert "not yet implemented" in by_id["V105"].fact.note


# The two readings of V440 and V445


def test_the_usual_reading_is_the_likelier_and_the_other_is_kept():
    first, second = shipped().readings
    assert (first.id, first.fact.confidence) == ("R1", INFERRED)
    assert (second.id, second.fact.confidence) == ("R2", ASSUMED)
    assert shipped().reading == "R1"


@pytest.mark.parametrize(
    ("variable_id", "name", "element"),
    [("V440", "Störningstyp", "storningstyp"), ("V445", "Störningsorsak", "storningsorsak")],
)
def test_in_the_other_reading_type_and_letter_are_apart(variable_id, name, element):
    found = other_reading().by_id[variable_id]
    assert (found.name.sv, found.path[-1]) == (name, element)
    assert found.value_type is ValueType.CODE
    assert found.fact.confidence is ASSUMED
    assert (found.mandatory, found.mandatory_confidence) == (Mandatory.CONDITIONAL, STATED)


def test_the_other_reading_differs_in_nothing_else():
    ids = ("V440", "V445")
    usual, other = (
        [one for one in profile.variables if one.id not in ids]
        for profile in (shipped(), other_reading())
    )
    assert usual == other
    assert [one.id for one in shipped().rules] != []
    assert {one.id for one in shipped().rules} == {one.id for one in other_reading().rules}


# Codes


@pytest.mark.parametrize(("code_list", "code", "text", "sure", "sendable"), CODES)
def test_a_code_is_what_the_sources_say(code_list, code, text, sure, sendable):
    (found,) = (one for one in shipped().codes_of(code_list) if one.code == code)
    assert found.text.sv == text or found.text.sv.startswith((f"{text} (", f"{text}, "))
    assert (found.fact.confidence, found.sendable) == (sure, sendable)


def test_codes_that_no_source_gives_are_assumed():
    named = {(row[0], row[1]) for row in CODES}
    own = [one for one in shipped().codes if (one.code_list, one.code) not in named]
    assert {one.code_list for one in own} == {"ja_nej", "svarighetsgrad"}
    assert all(one.fact.confidence is ASSUMED for one in own)


def test_the_first_level_stands_alone_only_in_the_other_reading():
    assert shipped().codes_of("storningstyp") == ()
    found = other_reading().codes_of("storningstyp")
    assert [(one.code, one.text.sv) for one in found] == [
        ("1", "Annan operation prioriteras"),
        ("4", "Icke optimerad patient"),
        ("8", "Utrustning och lokal"),
        ("11", "Annat"),
    ]
    assert [one.fact.confidence for one in found] == [STATED, INFERRED, STATED, STATED]


def test_codes_that_left_a_list_say_until_when_and_what_of_it_is_inferred():
    gone = shipped().codes_of("pak_borttagna")
    assert {one.valid_to for one in gone} == {"2016-04-30"}
    assert all("inferred" in one.fact.note for one in gone)


def test_a_local_third_level_is_folded_into_its_second():
    (reasons,) = (one for one in shipped().code_lists if one.id == "strykningsorsak")
    folded = {
        local: found[1] if (found := re.fullmatch(reasons.fold_up, local)) else ""
        for local in ("1ai", "11Cx2", "7a", "10b1", "12a", "8", "x")
    }
    assert [local for local, code in folded.items() if not code] == ["12a", "8", "x"]
    assert [folded[local] for local in ("1ai", "11Cx2", "7a", "10b1")] == ["1a", "11C", "7a", "10b"]


def test_only_what_is_surely_whole_is_called_whole():
    assert {one.id for one in shipped().code_lists if one.is_complete} == {
        "recipient",
        "akut_elektiv",
    }


def test_the_yearly_registers_have_the_stated_pattern_and_months():
    kva, icd = shipped().registers
    assert (kva.id, kva.pattern) == ("kva", r"(\w\w\d\d\d)|(\w\w\w\d\d)")
    assert (kva.months, icd.months) == (4, 4)
    assert (kva.fact.confidence, icd.fact.confidence) == (STATED, ASSUMED)


# What the register says


@pytest.mark.parametrize(("message", "values", "wording"), SAID)
def test_a_message_has_the_registers_words(message, values, wording):
    (found,) = (one for one in shipped().messages if one.id == message)
    assert found.wording.format(**values) == wording
    assert found.fact.confidence is STATED
    assert shipped().settings[message] == found.wording


def test_no_other_message_is_there():
    assert {one.id for one in shipped().messages} == {row[0] for row in SAID}


def test_the_answer_is_the_one_of_the_guide():
    answer = shipped().answer
    assert answer is not None
    assert (answer.code, answer.text) == (("resultCode",), ("resultText",))
    assert (answer.accepted, answer.rejected) == ("OK", "ERROR")


def test_times_and_places_are_those_of_the_guide():
    settings = shipped().settings
    assert (settings["closed_from"], settings["closed_to"]) == ("05:15", "06:00")
    assert settings["report_deadline"] == "05:00"
    addresses = {one.id: (one.address, one.test_certificate) for one in shipped().entrances}
    assert {one.fact.confidence for one in shipped().entrances} == {STATED}
    place = "/spor/ws/4_1/RegistrationService"
    assert addresses == {
        "local": ("", True),
        "teststage": (f"https://ucrtestserv01.ucr.uu.se{place}", True),
        "stage": (f"https://test-integration.ucr.uu.se{place}", False),
        "production": (f"https://integration.ucr.uu.se{place}", False),
    }


# What the register's terms mean


@pytest.mark.parametrize(("definition", "words", "sure"), DEFINITIONS)
def test_a_term_means_what_the_sources_say(definition, words, sure):
    (found,) = (one for one in shipped().definitions if one.id == definition)
    assert words in found.meaning.sv
    assert found.fact.confidence is sure


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        *(("JKA21", True), ("TPX10", True), ("TPX15", True), ("TPX20", False), ("UJK02", True)),
        *(("UJK05", True), ("UJD02", False), ("SP712", True), ("SP799", True), ("SP711", False)),
        *(("SP183", True), ("SP505", True), ("SP815", True), ("SP900", False), ("AV067", False)),
    ],
)
def test_an_operation_by_spor_is_one_of_the_stated_codes(code, counts):
    (found,) = (one for one in shipped().definitions if one.id == "spor_operation")
    case = CaseValues("1", {}, {"operationskod": ({"operationskod": code},)})
    assert holds(parse(found.condition), case, shipped()) is counts


def test_no_other_term_is_there():
    assert [one.id for one in shipped().definitions] == [row[0] for row in DEFINITIONS]


def test_a_case_counts_as_the_guide_says_first_to_last():
    assert [(one.id, one.fact.confidence) for one in shipped().verdicts] == VERDICTS


def test_what_the_system_id_means_names_those_that_the_local_stage_knows():
    """Else nobody who maps an export could tell which one it will take."""
    meaning = shipped().by_id["SystemId"].meaning
    for known in shipped().settings["stage_systems"].split(","):
        assert known.strip() in meaning.sv
        assert known.strip() in meaning.en
