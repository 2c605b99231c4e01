"""`profile show` and `profile diff` on the command line."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from app.assets import RESOURCES
from app.cli.program import FAILED, OK, USAGE
from tests.support.command_line import CommandLine
from tests.support.made_profile import MadeProfile
from tests.support.planted import PLANTED
from tests.support.profile import PROFILE_ID, shipped


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    return CommandLine(capsys, monkeypatch, tmp_path / "data")


@pytest.fixture
def made(tmp_path):
    """A made next version with every change planted."""
    profile = MadeProfile(tmp_path)
    for plant, _ in PLANTED.values():
        plant(profile)
    profile.load()
    return profile.folder


def test_show_all_as_json_has_every_variable_code_and_rule_with_source_and_confidence(call):
    said = call("profile", "show", "--all", "--json")
    assert said.code == OK
    found = json.loads(said.out)
    profile = shipped()
    assert {one["id"] for one in found["variables"]} == profile.by_id.keys()
    assert {one["id"] for one in found["rules"]} == profile.rules_by_id.keys()
    codes = {(one["code_list"], one["code"]) for one in found["codes"]}
    assert codes == {(one.code_list, one.code) for one in profile.codes}
    for kind in ("variables", "codes", "code_lists", "rules", "verdicts", "messages"):
        assert found[kind]
        for row in found[kind]:
            assert row["source"]
            assert row["confidence"] in {"stated", "inferred", "assumed"}


def test_show_all_for_people_has_a_line_for_each(call):
    said = call("profile", "show", "--all")
    for name in ("V445", "11C", "created_text", "genomford"):
        assert name in said.out


def test_show_a_variable_in_both_languages(call):
    swedish = call("--lang", "sv", "profile", "show", "V445").out
    assert "Strykningsorsak" in swedish
    assert "8B" in swedish
    english = call("--lang", "en", "profile", "show", "445").out
    assert "Element" in english
    assert "registrering / planering / strykning / strykningsorsak" in english
    assert "inferred from the source" in english
    assert "korrupt-18-ogiltig-spor-strykningsorsak" in english
    assert "R2" in english  # the other reading is told


def test_show_a_variable_of_another_reading(call):
    said = call("--lang", "en", "profile", "show", "V440", "--profile", f"{PROFILE_ID}:R2").out
    assert "storningstyp" in said


def test_show_wraps_at_the_width_of_the_terminal(call, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    for thing in ("V445", "akut_planering", "korrupt-05", "knivtid"):
        lines = call("profile", "show", thing).out.splitlines()
        assert max(len(line) for line in lines if " " in line.strip()) <= 50


def test_show_a_rule_a_code_list_and_a_message(call):
    rule = call("--lang", "en", "profile", "show", "korrupt-05").out
    assert "days(14)" in rule
    codes = call("--lang", "en", "profile", "show", "akut_planering").out
    assert "Within 2 hours" in codes
    code = call("--lang", "en", "profile", "show", "11C").out
    assert "Lack of beds due to seasonal infection" in code
    (found,) = json.loads(call("profile", "show", "11C", "--json").out)["found"]
    assert (found["code_list"], found["confidence"]) == ("strykningsorsak", "stated")
    assert "Skapade: {case}" in call("profile", "show", "created_text").out


def test_show_a_rule_tells_the_registers_words_from_our_condition(call):
    rule = call("--lang", "en", "profile", "show", "Felaktigt BMI").out
    assert "the register's own words" in rule
    assert "assumed by us" in rule
    assert "SPOR's list of faulty registrations, no. 1 (2019-04)" in rule
    note = call("--lang", "en", "profile", "show", "sandning-tom-planering").out
    assert "our own words" in note
    assert "the register's own words" in call("--lang", "en", "profile", "show", "--all").out


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("8B", ("V445", "as it stands", "there may be more codes")),
        ("1ai", ("never; 1a instead",)),
        ("12", ("never",)),
        ("A122", ("until 2016-04-30", "korrupt-21")),
        ("SPOR", ("V105",)),
    ],
)
def test_show_a_code_says_whether_it_is_sent_and_by_what(call, code, told):
    said = call("--lang", "en", "profile", "show", code).out
    for words in told:
        assert words in said
    assert ("there may be more codes" in said) is (code != "SPOR")


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        (
            "Systemet kunde inte ta emot registreringen: 2200054 Systemet SE13-137 som angivits i"
            " SystemId hittas inte",
            {"rejected_text", "unknown_system_text"},
        ),
        ("Uppdaterade: 2200054", {"updated_text"}),
        (
            "...Unmarshalling Error: cvc-pattern-valid: Value 'H-CAR' is not facet-valid with"
            r" respect to pattern '(\w\w\d\d\d)|(\w\w\w\d\d)' for type 'kvakod'...",
            {"unmarshalling_text", "pattern_text"},
        ),
        ("Avvisade registreringar", {"utfall_2_avvisad"}),
        ("HTTP 500", {"utfall_1_formatfel"}),
    ],
)
def test_show_finds_what_the_register_said(call, pasted, found):
    said = json.loads(call("profile", "show", pasted, "--json").out)
    assert {one["id"] for one in said["found"]} == found


def test_show_a_name_that_two_things_share_shows_both(call):
    said = call("--lang", "en", "profile", "show", "asa").out
    assert "ASA class" in said
    assert "Code list  asa" in said


def test_show_an_address_in_one_piece(call, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    address = "https://spor.se/faqs-topics/indata-storning-strykning-omplanering/"
    assert address in call("profile", "show", "V445").out


def test_show_one_as_json(call):
    said = call("profile", "show", "V325", "--json")
    (found,) = json.loads(said.out)["found"]
    assert found["element"] == "registrering/anmalan/akutPlanering"
    assert found["schema"]["base"] == "string"
    assert found["confidence"] == "stated"


def test_show_something_vague_lists_what_may_be_meant(call):
    said = call("--lang", "en", "profile", "show", "temperatur")
    assert said.code == OK
    assert "V675" in said.out
    assert "V875" in said.out


def test_show_what_is_not_there_or_in_a_profile_that_is_not_there(call):
    said = call("profile", "show", "zebra")
    assert (said.code, said.out) == (FAILED, "")
    assert "[register-page-unknown]" in said.err
    assert "[profile-unknown]" in call("profile", "show", "V445", "--profile", "spor-9").err


def test_show_without_a_thing_says_what_the_profile_is(call):
    said = call("--lang", "en", "profile", "show").out
    assert str(len(shipped().variables)) in said
    assert "R2" in said


def test_diff_names_every_planted_change_and_no_other(call, made):
    found = json.loads(call("profile", "diff", PROFILE_ID, made, "--json").out)
    told = {
        (one["kind"], one["subject"], one["id"], one["field"], one["before"], one["after"])
        for one in found["changes"]
    }
    changes = [change for _, several in PLANTED.values() for change in several]
    assert told == {
        (one.kind.value, one.subject.value, one.id, one.field, one.before, one.after)
        for one in changes
    }
    assert len(found["changes"]) == len(changes)


def test_diff_says_what_it_means_for_a_project(call, made, tmp_path):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    project = tmp_path / "sample" / "sample.sporproject"
    said = call("--lang", "en", "profile", "diff", PROFILE_ID, made, "--project", project)
    assert said.code == OK
    assert "V325: codes gone: 2 (inom24h, inom7d)" in said.out
    assert "V998 is demanded and has no link" in said.out
    assert said.err == ""


def test_diff_for_a_project_without_its_export_counts_nothing_and_says_so(call, made, tmp_path):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    (tmp_path / "sample" / "operationer.csv").unlink()
    project = tmp_path / "sample" / "sample.sporproject"
    said = call("--lang", "en", "profile", "diff", PROFILE_ID, made, "--project", project)
    assert said.code == OK
    assert "V325: codes gone: 2" in " ".join(said.out.split())
    assert "No cases are counted" in said.out
    assert said.err.count("\n") == 1


def test_diff_of_a_profile_with_itself_says_that_nothing_differs(call):
    said = call("--lang", "en", "profile", "diff", PROFILE_ID, PROFILE_ID)
    assert said.out.startswith("Nothing differs")


def test_diff_needs_two_profiles_that_are_there(call):
    assert call("profile", "diff", PROFILE_ID).code == USAGE
    assert "[profile-unknown]" in call("profile", "diff", PROFILE_ID, "spor-9").err


def test_diff_to_a_foreign_contract_follows_elements_codes_and_the_answer(call):
    wsdl = Path(__file__).parent / "contracts" / "english" / "CaseService.wsdl"
    assert call("profile", "import", wsdl, "--name", "english", "--approve", "all").code == OK
    found = json.loads(call("profile", "diff", PROFILE_ID, "english", "--json").out)["changes"]
    told = {(one["kind"], one["subject"], one["variable"], one["field"]) for one in found}
    assert ("renamed", "element", "V310", "name") in told
    codes = {one["before"]: one["after"] for one in found if one["field"] == "code"}
    assert codes["akut"] == "ACUTE"
    # the same rules, though written in other codes; nothing is lost and nothing is new
    assert not [one for one in found if one["subject"] in {"rule", "verdict", "variable"}]
    answers = [one for one in found if one["id"].startswith("submitCaseResponse")]
    assert {one["kind"] for one in answers} == {"renamed"}
