"""A contract of another make becomes a profile: imported, bound, saved, shared and removed."""

from shutil import copytree

import pytest

from app.assets import SCHEMAS
from app.core.binding import BindingTable
from app.core.condition import parse
from app.core.errors import ProfileError
from app.core.mapping import Project
from app.core.register import Binding, ValueType
from app.files.profile import load_profile
from app.workflow import profiles_store
from app.workflow.certify import import_certificate
from app.workflow.profiles import (
    binding_of,
    export_profile,
    import_profile,
    profile_entries,
    remove_profile,
    save_binding,
)
from app.workflow.profiles_store import replaced
from app.workflow.views import Problem
from tests.support.english import STRANGE, TRUTH, english
from tests.support.workflow import make_desk, running_stage

HEAD = '<w:message name="Head"><w:part name="h" element="t:Logical"/></w:message>'


@pytest.fixture
def desk(tmp_path):
    return make_desk(tmp_path / "data")


def whole(table: BindingTable, truth=TRUTH) -> BindingTable:
    for path, variable in truth.items():
        table = table.bound(tuple(path.split("/")), variable)
    return table


def bound(desk, folder, **more):
    view = import_profile(desk, str(english(folder, **more)), "other")
    return save_binding(desk, "other", whole(view.table))


def folder_as_it_is(folder):
    return {one.name: one.read_bytes() for one in folder.iterdir()}


def test_what_is_imported_is_only_suggested(desk, tmp_path):
    view = import_profile(desk, str(english(tmp_path)), "other")
    assert {one.state for one in view.table.rows} <= {Binding.SUGGESTED, Binding.NONE}
    wrong = [
        one
        for one in view.table.rows
        if one.is_sure and TRUTH.get("/".join(one.path)) != one.variable
    ]
    assert not wrong
    assert ("Case", "CaseNumber") in view.demanded
    assert "V310" in view.unbound
    assert {one.code for one in view.troubles} == {"binding-role-unbound"}
    assert not desk.profile("other").by_id["V310"].is_bound


def test_what_is_bound_is_what_the_profile_sends(desk, tmp_path):
    view = bound(desk, tmp_path)
    assert view.demanded == ()
    assert view.troubles == ()
    profile = desk.profile("other")
    assert {"/".join(one.path): one.id for one in profile.variables if one.is_bound} == TRUTH
    assert profile.base == "spor-4.1"
    assert binding_of(desk, "other").table == view.table


def test_the_contract_decides_how_many_cases_a_request_holds(desk, tmp_path):
    bound(desk, tmp_path)
    assert (desk.profile("other").batch_size, desk.profile("other").case_path) == (50, ("Case",))
    bound(desk, tmp_path, most="7")
    assert desk.profile("other").batch_size == 7
    bound(desk, tmp_path, most="1")
    assert (desk.profile("other").batch_size, desk.profile("other").case_path) == (1, ())


def test_a_repeated_part_of_a_case_is_no_case_so_two_are_never_sent_as_one(desk, tmp_path):
    wsdl = english(tmp_path)
    flat = """   <x:element name="CaseNumber" type="x:string"/>
   <x:element name="PatientId" type="x:string"/>
"""
    head = """   <x:element name="Head" maxOccurs="unbounded"><x:complexType><x:sequence>
"""
    text = wsdl.read_text("utf-8")
    assert flat in text
    nested = text.replace(flat, head + flat + "   </x:sequence></x:complexType></x:element>")
    wsdl.write_text(nested, "utf-8")
    moved = {"Case/CaseNumber": "Case/Head/CaseNumber", "Case/PatientId": "Case/Head/PatientId"}
    truth = {moved.get(path, path): variable for path, variable in TRUTH.items()}
    view = import_profile(desk, str(wsdl), "other")
    save_binding(desk, "other", whole(view.table, truth))
    profile = desk.profile("other")
    assert profile.by_id[profile.case_key].path == ("Case", "Head", "CaseNumber")
    assert profile.case_path == ("Case",)


def test_groups_stand_where_the_contract_repeats(desk, tmp_path):
    bound(desk, tmp_path)
    profile = desk.profile("other")
    parts = {one.id: one.path for one in profile.groups if one.path}
    assert parts == {
        "planering": ("Case", "Planning"),
        "operationskod": ("Case", "Surgery", "ProcedureCode"),
    }
    assert profile.by_id["V450"].group == "planering"
    assert profile.by_id["V565"].group == ""


def test_codes_are_the_contracts_and_say_what_they_mean(desk, tmp_path):
    bound(desk, tmp_path)
    profile = desk.profile("other")
    urgency = profile.codes_of(profile.by_id["V320"].code_list)
    assert [(one.code, one.means) for one in urgency] == [
        ("ACUTE", "akut"),
        ("ELECTIVE", "elektiv"),
    ]
    leaves = profile.codes_of(profile.by_id["V450"].code_list)
    assert [(one.code, one.means) for one in leaves] == [("true", "Ja"), ("false", "Nej")]
    assert profile.by_id["V450"].value_type is ValueType.CODE


def test_rules_speak_the_contracts_codes_and_the_rest_says_why_not(desk, tmp_path):
    bound(desk, tmp_path)
    base, profile = desk.profile("spor-4.1"), desk.profile("other")
    conditions = "\n".join(one.condition for one in profile.rules)
    assert "'ACUTE'" in conditions
    assert "V320 == 'akut'" not in conditions
    for one in profile.rules:
        if base.rules_by_id[one.id].condition and not one.condition:
            assert one.not_checkable is not None
            assert one.not_checkable.en.startswith("The contract")
        elif one.condition:
            parse(one.condition)


def test_the_answer_is_understood_or_said_not_to_be(desk, tmp_path):
    bound(desk, tmp_path)
    answer = desk.profile("other").answer
    assert (answer.result, answer.code, answer.text) == (("Outcome",), ("Status",), ("Message",))
    assert (answer.accepted, answer.rejected) == ("ok", "error")
    strange = bound(desk, tmp_path, statuses=STRANGE)
    assert [one.code for one in strange.troubles] == ["answer-unbound"]


@pytest.mark.parametrize("kind", ["long", "dateTime", "date", "boolean", "double", "token"])
def test_whatever_type_an_element_has_it_can_be_bound(desk, tmp_path, kind):
    path = english(tmp_path)
    path.write_text(path.read_text("utf-8").replace('type="x:string"', f'type="x:{kind}"'), "utf-8")
    table = whole(import_profile(desk, str(path), "other").table)
    assert save_binding(desk, "other", table).demanded == ()


def test_a_header_that_the_contract_wants_is_in_the_way_also_when_all_is_bound(desk, tmp_path):
    path = english(tmp_path)
    text = path.read_text("utf-8").replace("<w:portType", f"{HEAD}<w:portType", 1)
    header = '<w:input><s:header message="t:Head" part="h" use="literal"/><s:body'
    assert "<w:input><s:body" in text
    path.write_text(text.replace("<w:input><s:body", header), "utf-8")
    view = import_profile(desk, str(path), "other")
    wanted = Problem("contract-headers", (("elements", "Logical"),))
    assert wanted in view.troubles
    assert save_binding(desk, "other", whole(view.table)).troubles == (wanted,)
    assert import_profile(desk, str(english(tmp_path / "plain")), "plain", "other").troubles
    assert "contract-headers" not in {one.code for one in binding_of(desk, "plain").troubles}


def test_an_element_that_is_demanded_is_listed_until_it_is_bound(desk, tmp_path):
    own = '<x:element name="Version" type="x:string"/>'
    view = bound(desk, tmp_path, more=own)
    assert view.demanded == (("Case", "Version"),)
    saved = save_binding(desk, "other", view.table.bound(("Case", "Version"), "Version"))
    assert saved.demanded == ()
    variable = desk.profile("other").by_id["Version"]
    assert (variable.path, variable.fact.source) == (("Case", "Version"), "contract")


def test_what_goes_wrong_leaves_the_former_profile_as_it_was(desk, tmp_path):
    bound(desk, tmp_path)
    before = folder_as_it_is(desk.profile_folder / "other")
    broken = tmp_path / "broken.wsdl"
    broken.write_text("<html><body>Log in</body></html>", "utf-8")
    with pytest.raises(ProfileError, match="contract-html"):
        import_profile(desk, str(broken), "other")
    table = binding_of(desk, "other").table
    with pytest.raises(ProfileError):
        save_binding(desk, "other", table.bound(("Case", "Surgery", "Ward"), "no such: name"))
    assert folder_as_it_is(desk.profile_folder / "other") == before
    assert [one.name for one in desk.profile_folder.iterdir()] == ["other"]


def test_what_a_person_approved_holds_when_the_contract_is_fetched_anew(desk, tmp_path):
    before = bound(desk, tmp_path).table
    after = import_profile(desk, str(english(tmp_path)), "other").table
    assert [(one.path, one.variable) for one in after.rows if one.is_bound] == [
        (one.path, one.variable) for one in before.rows if one.is_bound
    ]


def test_a_folder_that_was_shared_is_taken_in_as_it_is(desk, tmp_path):
    view = bound(desk, tmp_path)
    export_profile(desk, "other", str(tmp_path / "shared"))
    colleague = make_desk(tmp_path / "colleague")
    taken = import_profile(colleague, str(tmp_path / "shared" / "other"), "theirs")
    assert taken.table == view.table
    assert colleague.profile("theirs").digests == desk.profile("other").digests
    assert save_binding(colleague, "theirs", taken.table.cleared(("Case", "Urgency"))).demanded


def test_a_shared_profile_whose_contract_was_changed_is_refused(desk, tmp_path):
    bound(desk, tmp_path)
    copy = tmp_path / "copy"
    copytree(desk.profile_folder / "other", copy)
    schema = next(copy.glob("*.wsdl"))
    schema.write_bytes(schema.read_bytes() + b"\n")
    with pytest.raises(ProfileError, match="profile-contract-changed"):
        import_profile(desk, str(copy), "copy")
    assert [one.id for one in profile_entries(desk) if one.origin == "imported"] == ["other"]


def test_shipped_profiles_are_listed_with_their_readings_and_stay(desk, tmp_path):
    entries = profile_entries(desk)
    assert [one.id for one in entries] == ["spor-4.1", "spor-4.1:R2"]
    assert all(one.bound == one.elements and not one.demanded for one in entries)
    shipped = binding_of(desk, "spor-4.1")
    assert not shipped.editable
    with pytest.raises(ProfileError, match="profile-shipped"):
        remove_profile(desk, "spor-4.1")
    with pytest.raises(ProfileError, match="profile-shipped"):
        save_binding(desk, "spor-4.1", shipped.table)
    with pytest.raises(ProfileError, match="profile-shipped"):
        import_profile(desk, str(english(tmp_path)), "spor-4.1")


def test_a_profile_that_cannot_be_read_is_listed_with_the_reason(desk, tmp_path):
    bound(desk, tmp_path)
    (desk.profile_folder / "other" / "codes.toml").unlink()
    desk.forget_profiles()
    entry = profile_entries(desk)[-1]
    assert entry.id == "other"
    assert entry.problem is not None
    assert entry.problem.code == "profile-file-missing"
    remove_profile(desk, "other")
    assert len(profile_entries(desk)) == 2


@pytest.mark.parametrize("name", ["", "a/b", "../up", ".hidden", "name:R2", "con", "å", "x" * 99])
def test_a_name_that_could_leave_the_folder_is_refused(desk, tmp_path, name):
    with pytest.raises(ProfileError, match="profile-name-unfit"):
        import_profile(desk, str(english(tmp_path)), name)


def test_a_folder_with_two_contracts_asks_for_one(desk, tmp_path):
    english(tmp_path / "two")
    (tmp_path / "two" / "more.wsdl").write_text("", "utf-8")
    with pytest.raises(ProfileError, match="binding-folder-wsdl"):
        import_profile(desk, str(tmp_path / "two"), "other")
    (tmp_path / "two" / "more.wsdl").unlink()
    assert import_profile(desk, str(tmp_path / "two"), "other").table.rows


def test_a_contract_is_fetched_from_an_entrance_with_the_certificate(desk, tmp_path):
    with running_stage(desk) as stage:
        import_certificate(desk, str(stage.certificate), stage.certificate_password)
        view = import_profile(desk, "local", "fetched")
    own = {one.path: one.variable for one in binding_of(desk, "spor-4.1").table.rows}
    assert {one.path: one.variable for one in view.table.rows} == own
    assert {one.state for one in view.table.rows} == {Binding.SUGGESTED}


def test_a_folder_like_the_shipped_one_keeps_its_readings(desk, tmp_path):
    copytree(SCHEMAS / "spor-4.1", tmp_path / "theirs")
    view = import_profile(desk, str(tmp_path / "theirs"), "theirs")
    assert not view.editable
    assert [one.id for one in profile_entries(desk)][2:] == ["theirs", "theirs:R2"]
    assert binding_of(desk, "theirs:R2").table != view.table
    with pytest.raises(ProfileError, match="profile-without-base"):
        save_binding(desk, "theirs", view.table)


def test_a_replacement_that_was_cut_off_gives_the_former_profile_back(desk, tmp_path):
    bound(desk, tmp_path)
    before = folder_as_it_is(desk.profile_folder / "other")
    (desk.profile_folder / "other").rename(desk.profile_folder / ".old-other")
    desk.forget_profiles()
    assert [one.id for one in profile_entries(desk)][-1] == "other"
    assert folder_as_it_is(desk.profile_folder / "other") == before


def test_what_a_killed_import_left_is_cleared_by_the_next(desk, tmp_path):
    bound(desk, tmp_path)
    (desk.profile_folder / ".new-cut").mkdir()
    (desk.profile_folder / ".new-cut" / "other.xsd").touch()
    assert [one.id for one in profile_entries(desk)][-1] == "other"
    bound(desk, tmp_path)
    assert [one.name for one in desk.profile_folder.iterdir()] == ["other"]


def test_two_imports_at_once_wait_for_each_other(desk, tmp_path, monkeypatch):
    bound(desk, tmp_path)
    before = folder_as_it_is(desk.profile_folder / "other")
    monkeypatch.setattr(profiles_store, "_PATIENCE", 0)
    with replaced(desk, "third"):
        half_done = [one.name for one in desk.profile_folder.glob(".new-*")]
        with pytest.raises(ProfileError, match="profile-busy"):
            import_profile(desk, str(english(tmp_path)), "other")
        with pytest.raises(ProfileError, match="profile-busy"):
            remove_profile(desk, "other")
        assert [one.name for one in desk.profile_folder.glob(".new-*")] == half_done
        assert folder_as_it_is(desk.profile_folder / "other") == before
        copytree(SCHEMAS / "spor-4.1", desk.profile_folder / half_done[0], dirs_exist_ok=True)
    assert [one.id for one in profile_entries(desk)][-3:] == ["other", "third", "third:R2"]


@pytest.mark.parametrize("relative", [False, True])
def test_a_path_is_no_profile_so_nothing_outside_is_removed_or_changed(desk, tmp_path, relative):
    bound(desk, tmp_path)
    theirs = copytree(desk.profile_folder / "other", tmp_path / "theirs")
    before = folder_as_it_is(theirs)
    path = f"../../{theirs.name}" if relative else str(theirs)
    for deed in (
        lambda: remove_profile(desk, path),
        lambda: save_binding(desk, path, binding_of(desk, "other").table),
        lambda: binding_of(desk, path),
    ):
        with pytest.raises(ProfileError, match="profile-unknown"):
            deed()
    assert folder_as_it_is(theirs) == before


def test_a_profile_is_not_made_from_itself(desk, tmp_path):
    bound(desk, tmp_path)
    before = folder_as_it_is(desk.profile_folder / "other")
    with pytest.raises(ProfileError, match="profile-base-itself"):
        import_profile(desk, str(english(tmp_path)), "other", "other")
    assert folder_as_it_is(desk.profile_folder / "other") == before


def test_a_profile_in_use_stays(desk, tmp_path):
    bound(desk, tmp_path)
    desk.project = Project("p", "other")
    with pytest.raises(ProfileError, match="profile-in-use"):
        remove_profile(desk, "other")
    desk.project = None
    remove_profile(desk, "other")
    assert list(desk.profile_folder.iterdir()) == []


def test_a_saved_profile_loads_alone(desk, tmp_path):
    bound(desk, tmp_path)
    loaded = load_profile(desk.profile_folder / "other")
    assert loaded.by_id["V310"].is_bound
    assert loaded.digests.keys() == {"english.wsdl"}
