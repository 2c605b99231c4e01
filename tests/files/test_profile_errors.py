"""A profile that is spoilt says in which file and which row."""

import pytest

from app.core.errors import ProfileError
from app.files.profile import compile_schema, load_profile
from tests.support.profile import copied, spoilt

XSD = 'xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
POSTOP_RULE = "korrupt-06-patienttidslut-efter-patient-ut-fran-postop"

# file, text, what stands there instead, the error's code, the row it names
FAULTS = [
    ("variables.toml", 'anmalan/akutElektiv"', 'anmalan/akut"', "profile-path-missing", "V320"),
    (
        "variables.toml",
        'path = "registrering/anmalan/akutPlanering"',
        'path = "registrering/anmalan/akutElektiv"',
        "profile-path-taken",
        "V325",
    ),
    ("variables.toml", 'id = "V325"', 'id = "V320"', "profile-row-twice", "V320"),
    ("variables.toml", 'type = "datetime"', 'type = "date"', "profile-type-contradicts", "V310"),
    ("variables.toml", 'type = "datetime"', 'type = "time"', "profile-field-wrong", "V310"),
    ("variables.toml", 'mandatory = "yes"', 'mandatory = "ja"', "profile-field-wrong", "SystemId"),
    ("variables.toml", 'mandatory = "yes"', "mandatory = true", "profile-field-wrong", "SystemId"),
    ("variables.toml", 'aliases = ["systemid"', "aliases = [1", "profile-field-wrong", "SystemId"),
    (
        "variables.toml",
        'section = "patient"',
        'section = "person"',
        "profile-name-unknown",
        "patientId",
    ),
    (
        "variables.toml",
        'code_list = "asa"',
        'code_list = "asaklass"',
        "profile-name-unknown",
        "asa",
    ),
    ("variables.toml", 'id = "SystemId"', "", "profile-field-missing", "variable 1"),
    ("variables.toml", 'confidence = "stated"', "", "profile-field-missing", "SystemId"),
    (
        "variables.toml",
        'confidence = "stated"',
        'confidence = "sure"',
        "profile-field-wrong",
        "SystemId",
    ),
    (
        "variables.toml",
        'source = "guide, Resultat (example SE13-137)"',
        'source = " "',
        "profile-field-missing",
        "SystemId",
    ),
    ("codes.toml", '{ code = "elektiv", ', '{ code = "el", ', "profile-codes-contradict", "V320"),
    (
        "codes.toml",
        'sendable = false, note = "A heading',
        'sendable = "no", note = "A heading',
        "profile-field-wrong",
        "strykningsorsak 1",
    ),
    (
        "codes.toml",
        'id = "pak_borttagna"',
        'id = "pak_gamla"',
        "condition-unknown-name",
        "korrupt-21-ogiltig-komplikationskod",
    ),
    ("rules.toml", "V585 > V800", "V585 >", "condition-unreadable", POSTOP_RULE),
    ("rules.toml", "V585 > V800", "V585 > V999", "condition-unknown-name", POSTOP_RULE),
    ("rules.toml", 'condition = "V585 > V800"', "", "profile-rule-half", POSTOP_RULE),
    (
        "rules.toml",
        'variables = ["V585", "V800"]',
        'variables = ["V586"]',
        "profile-name-unknown",
        POSTOP_RULE,
    ),
    (
        "rules.toml",
        'until = "2016-06"',
        'until = "June 2016"',
        "profile-field-wrong",
        "borttagen-operationsstart-lika-med-operationsslut",
    ),
    (
        "rules.toml",
        'tier = "korrupt"',
        'tier = "bad"',
        "profile-field-wrong",
        "korrupt-01-felaktigt-bmi",
    ),
    ("verdicts.toml", '"present(V565)"', '"V565"', "condition-kinds", "genomford"),
    (
        "profile.toml",
        'path = "registrering/planering"',
        'path = "registrering/plan"',
        "profile-path-missing",
        "planering",
    ),
    ("profile.toml", 'kind = "stage"', 'kind = "other"', "profile-field-wrong", "stage"),
    (
        "profile.toml",
        "https://integration",
        "http://integration",
        "profile-field-wrong",
        "production",
    ),
    (
        "profile.toml",
        'person_id = "patientId"',
        'person_id = "pnr"',
        "profile-name-unknown",
        "person_id",
    ),
    ("profile.toml", 'closed_to = "06:00"', "closed_to = 6", "profile-field-wrong", "settings"),
    ("profile.toml", 'closed_to = "06:00"', "", "profile-field-missing", "settings"),
    ("profile.toml", 'closed_to = "06:00"', 'closed_to = "6"', "profile-field-wrong", "settings"),
    ("profile.toml", 'accepted = "OK"', "", "profile-field-missing", "answer"),
    ("profile.toml", 'accepted = "OK"', 'accepted = ""', "profile-field-wrong", "answer"),
    ("profile.toml", 'accepted = "OK"', 'accepted = "ERROR"', "profile-field-wrong", "answer"),
    ("profile.toml", 'code = "resultCode"', 'code = "kod"', "profile-path-missing", "answer"),
    (
        "profile.toml",
        'closed_to = "06:00"',
        'closed_to = "06:00"\nbatch_size = "many"',
        "profile-field-wrong",
        "settings",
    ),
    ("messages.toml", 'id = "created_text"', 'id = "made"', "profile-field-missing", "settings"),
    ("profile.toml", 'case_key = "behandlingsnummer"', "", "profile-field-missing", "roles"),
    ("profile.toml", "[settings.values]", "[other]", "profile-field-missing", "settings"),
    (
        "profile.toml",
        'request_element = "postRegistrationRequest"',
        'request_element = "post"',
        "profile-request-missing",
        "post",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "code", "row"), FAULTS)
def test_a_row_that_is_wrong_is_named(tmp_path, file, old, new, code, row):
    folder = spoilt(tmp_path, file, old, new)
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert caught.value.code == code
    assert caught.value.values["row"] == row
    assert caught.value.values["file"] in {
        file,
        "profile.toml",
        "variables.toml",
        "rules.toml",
        "registration.xsd",
    }


@pytest.mark.parametrize(
    "file",
    [
        "profile.toml",
        "variables.toml",
        "codes.toml",
        "rules.toml",
        "verdicts.toml",
        "registration.xsd",
    ],
)
def test_a_missing_file_is_named(tmp_path, file):
    folder = copied(tmp_path)
    (folder / file).unlink()
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert (caught.value.code, caught.value.values["file"]) == ("profile-file-missing", file)


@pytest.mark.parametrize("content", [b"id = ", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    folder = copied(tmp_path)
    (folder / "codes.toml").write_bytes(content)
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert caught.value.code == "profile-file-unreadable"
    assert caught.value.values["file"] == "codes.toml"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<broken", "profile-contract-unreadable"),
        (f'<!DOCTYPE x [<!ENTITY e "x">]><xsd:schema {XSD}/>', "profile-contract-unreadable"),
        (f"<xsd:schema {XSD}><xsd:element/></xsd:schema>", "contract-schema-wrong"),
        (
            f'<xsd:schema {XSD} xmlns="urn:x" targetNamespace="urn:x">'
            '<xsd:element name="postRegistrationRequest" type="t"/>'
            '<xsd:complexType name="t"><xsd:sequence>'
            '<xsd:element name="t" type="t"/></xsd:sequence></xsd:complexType></xsd:schema>',
            "contract-recursive",
        ),
    ],
    ids=["not well-formed", "document type", "not a schema", "contains itself"],
)
def test_a_contract_that_cannot_be_used_is_named(tmp_path, content, code):
    folder = copied(tmp_path)
    (folder / "registration.xsd").write_text(content, encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert caught.value.code == code


def test_a_contract_that_vanished_after_loading_is_named(tmp_path):
    folder = copied(tmp_path)
    profile = load_profile(folder)
    (folder / "registration.xsd").unlink()
    with pytest.raises(ProfileError):
        compile_schema(profile)


def test_lists_that_are_no_lists_are_named(tmp_path):
    folder = copied(tmp_path)
    (folder / "variables.toml").write_text("variable = 3", encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert caught.value.code == "profile-field-wrong"
