"""A profile is found by its name, in one of its readings, and knows its contract's files."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from app.core.errors import ProfileError
from app.core.register import Binding, CodeList, Confidence, Element
from app.files.profile import compile_schema, load_named, load_profile, load_shipped
from app.safexml import parse
from tests.support.profile import PROFILE_ID, copied, shipped, spoilt

R2 = f"{PROFILE_ID}:R2"
PLANNING = 'path = "registrering/planering"\n'
ROW_OF_V435 = 'path = "registrering/planering/tidpunktKallad"\n'


def added(folder: Path, file: str, text: str) -> Path:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return folder


def code_of(folder: Path, reading: str = "") -> str:
    with pytest.raises(ProfileError) as caught:
        load_profile(folder, reading)
    return caught.value.code


# By name


def test_a_profile_of_another_folder_is_found_under_the_folders_name(tmp_path):
    shutil.copytree(copied(tmp_path), tmp_path / "profiles" / "our own")
    found = load_named("our own", (tmp_path / "nowhere", tmp_path / "profiles"))
    assert (found.id, found.reading) == ("our own", "R1")
    other = load_named("our own:R2", (tmp_path / "profiles",))
    assert (other.id, other.reading) == ("our own:R2", "R2")


def test_what_is_shipped_comes_before_a_folder_of_the_same_name(tmp_path):
    copied(tmp_path)
    assert load_named(PROFILE_ID, (tmp_path,)).xsd == shipped().xsd


@pytest.mark.parametrize("name", ["", "..", "../spor-4.1", "spor-4.1:R9", "spor-9", "spor-4.1/"])
def test_a_name_that_is_none_is_unknown(tmp_path, name):
    with pytest.raises(ProfileError, match="profile-unknown") as caught:
        load_named(name, (tmp_path,))
    assert name.rpartition("/")[2] in str(caught.value.values["profile"])


# Readings


def test_a_reading_is_loaded_by_its_id_and_its_id_loads_it_again():
    other = load_shipped(R2)
    assert (other.id, other.reading) == (R2, "R2")
    assert load_shipped(other.id) == other
    assert load_shipped(f"{PROFILE_ID}:R1") == shipped()
    assert [one.id for one in other.readings] == ["R1", "R2"]


def test_a_reading_has_a_contract_of_its_own():
    other = load_shipped(R2)
    assert Path(other.wsdl).name == "RegistrationService-R2.wsdl"
    (strykning,) = (one for one in below(other.root) if one.name == "strykning")
    assert [one.variable for one in strykning.children] == ["V440", "V445", "V450"]
    schema = compile_schema(other)
    assert schema.validate(parse(request_with("<storningstyp>11</storningstyp>")))
    assert not schema.validate(parse(request_with("")))
    assert not compile_schema(shipped()).validate(
        parse(request_with("<storningstyp>11</storningstyp>"))
    )


def below(element: Element) -> list[Element]:
    return [element, *(one for child in element.children for one in below(child))]


def request_with(inside: str) -> bytes:
    return f"""<postRegistrationRequest xmlns="{shipped().namespace}">
      <systemId>SE13-137</systemId><recipientMessageSplit>SPOR</recipientMessageSplit>
      <registrering>
        <behandlingsnummer>2200054</behandlingsnummer>
        <patient><patientId>197701012382</patientId></patient>
        <anmalan><tidpunktAnmalan>2022-04-13T08:00:00+02:00</tidpunktAnmalan>
          <akutElektiv>elektiv</akutElektiv></anmalan>
        <planering><strykning>{inside}<storningsorsak>C</storningsorsak>
          <avforsFranVantelistan>Ja</avforsFranVantelistan></strykning></planering>
      </registrering>
    </postRegistrationRequest>""".encode()


def test_a_row_of_a_reading_that_is_not_there_is_named(tmp_path):
    folder = spoilt(tmp_path, "rules.toml", 'reading = "R2"', 'reading = "R7"')
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert caught.value.code == "profile-name-unknown"
    assert caught.value.values["name"] == "R7"


def test_a_profile_without_readings_has_none(tmp_path):
    folder = copied(tmp_path)
    for file in ("profile", "variables", "rules", "codes", "verdicts"):
        keep_only_r1(folder / f"{file}.toml")
    profile = load_profile(folder)
    assert (profile.id, profile.reading, profile.readings) == (PROFILE_ID, "", ())
    assert profile.variables == shipped().variables


def keep_only_r1(path: Path) -> None:
    """Take the readings out of a file, with the rows of R2."""
    parts = path.read_text(encoding="utf-8").split("\n[[")
    kept = [one for one in parts if 'reading = "R2"' not in one and not one.startswith("reading]]")]
    path.write_text("\n[[".join(kept).replace('reading = "R1"\n', ""), encoding="utf-8")
    if path.name == "profile.toml":  # the roles stand behind the last reading
        rest = parts[2][parts[2].index("\n[roles]") :]
        kept.insert(1, "")
        path.write_text(kept[0] + rest + "\n[[" + "\n[[".join(kept[2:]), encoding="utf-8")


# The contract's files


def test_a_shipped_contract_is_known_by_its_files():
    digests = {
        name: sha256((Path(shipped().wsdl).parent / name).read_bytes()).hexdigest()
        for name in ("RegistrationService.wsdl", "registration.xsd")
    }
    assert shipped().digests == digests
    assert shipped().base == ""


def test_an_imported_contract_keeps_the_digests_of_what_was_received(tmp_path):
    folder = spoilt(tmp_path, "profile.toml", 'id = "spor-4.1"', 'id = "mine"\nbase = "spor-4.1"')
    stored = sha256((folder / "registration.xsd").read_bytes()).hexdigest()
    added(
        folder,
        "profile.toml",
        f'\n[contract.files]\n"a/Service.wsdl" = "{"0" * 64}"\n'
        f'[contract.stored]\n"registration.xsd" = "{stored}"\n',
    )
    profile = load_profile(folder)
    assert profile.digests == {"a/Service.wsdl": "0" * 64}
    assert profile.base == "spor-4.1"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("registration.xsd", "profile-contract-changed"),
        ("registration-common.xsd", "profile-contract-changed"),
        ("nowhere.xsd", "profile-file-missing"),
    ],
)
def test_a_stored_file_that_is_no_longer_what_it_was_is_named(tmp_path, name, code):
    folder = copied(tmp_path)
    added(folder, "profile.toml", f'\n[contract.stored]\n"{name}" = "{"0" * 64}"\n')
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert (caught.value.code, caught.value.values["file"]) == (code, name)


# The answer


def test_the_answer_has_the_elements_of_the_schema():
    answer = shipped().answer
    assert answer is not None
    assert answer.root.name == "postRegistrationResponse"
    assert [one.name for one in below(answer.root)] == [
        *("postRegistrationResponse", "registrationResult"),
        *("resultCode", "resultText"),
    ]
    assert below(answer.root)[2].allowed == {answer.accepted, answer.rejected}


def test_a_profile_may_not_understand_the_answer(tmp_path):
    folder = spoilt(tmp_path, "profile.toml", "[answer]", "[not_answer]")
    assert load_profile(folder).answer is None


def test_the_batch_size_is_a_setting(tmp_path):
    folder = spoilt(tmp_path, "profile.toml", "closed_from", 'batch_size = "50"\nclosed_from')
    assert load_profile(folder).batch_size == 50
    assert shipped().batch_size == 1


# Variables and groups without an element


def test_a_variable_without_a_path_is_known_but_bound_to_nothing(tmp_path):
    folder = spoilt(tmp_path, "variables.toml", ROW_OF_V435, 'group = "planering"\n')
    profile = load_profile(folder)
    found = profile.by_id["V435"]
    assert (found.path, found.group, found.binding) == ((), "planering", Binding.NONE)
    assert "V435" not in [one.variable for one in below(profile.root)]


@pytest.mark.parametrize(
    ("binding", "is_bound"),
    [("contract", True), ("approved", True), ("suggested", False), ("none", False)],
)
def test_only_what_a_person_or_the_contract_says_is_bound(tmp_path, binding, is_bound):
    folder = spoilt(
        tmp_path, "variables.toml", ROW_OF_V435, f'{ROW_OF_V435}binding = "{binding}"\n'
    )
    profile = load_profile(folder)
    assert profile.by_id["V435"].is_bound is is_bound
    assert ("V435" in [one.variable for one in below(profile.root)]) is is_bound


def test_an_element_is_the_contracts_own_word_where_nothing_else_is_said(tmp_path):
    row = f'{ROW_OF_V435}element_confidence = "assumed"\n'
    profile = load_profile(spoilt(tmp_path, "variables.toml", row, ROW_OF_V435))
    assert profile.by_id["V435"].element_confidence is Confidence.STATED
    assert profile.by_id["V430"].element_confidence is Confidence.ASSUMED


def test_a_group_of_a_variable_without_a_path_must_be_there(tmp_path):
    folder = spoilt(tmp_path, "variables.toml", ROW_OF_V435, 'group = "plan"\n')
    assert code_of(folder) == "profile-name-unknown"


def test_a_group_may_have_no_element_or_one_that_occurs_once(tmp_path):
    folder = spoilt(tmp_path, "profile.toml", PLANNING, 'path = "registrering/operation"\n')
    path = folder / "rules.toml"
    path.write_text("", encoding="utf-8")
    (folder / "verdicts.toml").write_text("", encoding="utf-8")
    assert load_profile(folder).by_id["V565"].group == "planering"
    text = (folder / "profile.toml").read_text(encoding="utf-8")
    (folder / "profile.toml").write_text(
        text.replace('path = "registrering/operation"\n', ""), encoding="utf-8"
    )
    without = load_profile(folder)
    assert without.by_id["V565"].group == ""
    assert next(one for one in without.groups if one.id == "planering").path == ()


def test_in_a_part_within_a_part_the_inner_group_counts(tmp_path):
    folder = copied(tmp_path)
    added(
        folder,
        "profile.toml",
        '\n[[group]]\nid = "strykningar"\npath = "registrering/planering/strykning"\n'
        'sv = "Strykningar"\nen = "Strykningar"\nsource = "test"\nconfidence = "assumed"\n',
    )
    for file in ("rules.toml", "verdicts.toml"):
        (folder / file).write_text("", encoding="utf-8")
    profile = load_profile(folder)
    assert (profile.by_id["V450"].group, profile.by_id["V415"].group) == (
        "strykningar",
        "planering",
    )


def test_a_variable_on_a_part_that_holds_no_value_is_named(tmp_path):
    folder = spoilt(
        tmp_path, "variables.toml", ROW_OF_V435, 'path = "registrering/planering/strykning"\n'
    )
    assert code_of(folder) == "profile-path-missing"


# Codes, registers and words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('valid_to = "2016-04-30"', 'valid_to = "2016-04-31"'),
        ("months = 4", "months = -1"),
        ("months = 4", 'months = "4"'),
        ("'[A-Z][0-9]{2}", "'([A-Z][0-9]{2}"),
        ("fold_up = '((", "fold_up = '("),
        ("complete = true", 'complete = "yes"'),
    ],
)
def test_a_code_that_cannot_be_used_is_named(tmp_path, old, new):
    assert code_of(spoilt(tmp_path, "codes.toml", old, new)) == "profile-field-wrong"


def test_a_register_without_months_is_named(tmp_path):
    assert code_of(spoilt(tmp_path, "codes.toml", "months = 4", "")) == "profile-field-missing"


def test_a_code_of_another_year_and_another_profile_says_so(tmp_path):
    old = '{ code = "A128",'
    new = f'{old} valid_from = "2016-05-01", means = "A1",'
    profile = load_profile(spoilt(tmp_path, "codes.toml", old, new))
    (found,) = (one for one in profile.codes_of("pak") if one.code == "A128")
    assert (found.valid_from, found.valid_to, found.means) == ("2016-05-01", "", "A1")


def test_a_code_list_is_known_as_a_whole():
    by_id = {one.id: one for one in shipped().code_lists}
    assert isinstance(by_id["recipient"], CodeList)
    assert {one.code_list for one in shipped().codes} == set(by_id)


def test_a_definition_whose_condition_cannot_be_read_is_named(tmp_path):
    folder = spoilt(
        tmp_path, "verdicts.toml", 'id = "vantetid"', 'id = "vantetid"\ncondition = "V565 >"'
    )
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert (caught.value.code, caught.value.values["row"]) == ("condition-unreadable", "vantetid")


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        (
            'id = "utlost_ankomst"\nkind = "trigger"',
            'id = "utlost_ankomst"\nkind = "x"',
            "profile-field-wrong",
            "utlost_ankomst",
        ),
        (
            'barred_by = "korrupt"\nsv = "Kommer',
            'barred_by = "x"\nsv = "Kommer',
            "profile-field-wrong",
            "i_rapporter",
        ),
        (
            'condition = "present(V540)"',
            'condition = "present(V54)"',
            "condition-unknown-name",
            "utlost_ankomst",
        ),
        ('condition = "present(V540)"', "", "profile-rule-half", "utlost_ankomst"),
        (
            'condition = "present(V800)"',
            'condition = "present(V800)"\nnot_computable_sv = "x"',
            "profile-rule-half",
            "utlost_ut_postop",
        ),
        (
            'condition = "has(anmalan)"',
            'condition = "has(anmälan)"',
            "condition-unknown-name",
            "fas_anmalan",
        ),
    ],
)
def test_a_phase_or_a_count_that_cannot_be_used_is_named(tmp_path, old, new, code, row):
    with pytest.raises(ProfileError) as caught:
        load_profile(spoilt(tmp_path, "verdicts.toml", old, new))
    assert (caught.value.code, caught.value.values["row"]) == (code, row)


def test_there_are_no_more_counts_than_the_columns_have_bits(tmp_path):
    folder = copied(tmp_path)
    path = folder / "verdicts.toml"
    text = path.read_text(encoding="utf-8")
    (one,) = [row for row in text.split("\n\n") if 'id = "utlost_ankomst"' in row]
    more = [one.replace("utlost_ankomst", f"utlost_{number}") for number in range(53)]
    path.write_text("\n\n".join([text, *more]), encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    assert caught.value.values["row"] == "utlost_52"


def test_a_profile_from_before_has_neither_phases_nor_counts(tmp_path):
    folder = copied(tmp_path)
    path = folder / "verdicts.toml"
    rows = path.read_text(encoding="utf-8").split("\n\n")
    kept = [row for row in rows if not row.startswith(("[[phase]]", "[[count]]"))]
    path.write_text("\n\n".join(kept), encoding="utf-8")
    profile = load_profile(folder)
    assert (profile.phases, profile.counts) == ((), ())


def test_words_say_where_they_come_from(tmp_path):
    assert {"start", "slut"} <= shipped().words.decisive
    assert "anestesi" in dict(shipped().words.abbreviations).values()
    assert code_of(spoilt(tmp_path, "words.toml", "source =", "origin =")) == (
        "profile-field-missing"
    )
