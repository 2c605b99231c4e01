"""The shipped profile is whole and in agreement with itself; a spoilt one says where."""

import pickle
import subprocess
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from app.core.condition import names, parse
from app.core.condition_types import check
from app.core.errors import ProfileError
from app.core.finding import Tier
from app.core.register import Binding, Confidence, Element, ValueType
from app.files.profile import compile_schema, load_profile, load_shipped, shipped_profiles
from app.safexml import parse as parse_xml
from tests.support.profile import PROFILE_ID, shipped, spoilt

START, END = "2022-04-13T08:00:00+02:00", "2022-04-13T09:00:00+02:00"


def leaves(
    element: Element, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Element]]:
    for child in element.children:
        below = (*path, child.name)
        if child.children:
            yield from leaves(child, below)
        else:
            yield below, child


def rows_below(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict):
                yield one


# The whole profile


def test_every_row_of_every_file_tells_source_and_confidence():
    folder = Path(shipped().xsd).parent
    counted = 0
    for file in folder.glob("*.toml"):
        for rows in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for row in rows_below(rows):
                assert row["source"], (file.name, row)
                assert row["confidence"] in set(Confidence), (file.name, row)
                counted += 1
    assert counted > 130


def test_every_text_is_in_both_languages():
    profile = shipped()
    for text in (
        *(one.name for one in profile.variables),
        *(one.meaning for one in profile.variables),
        *(one.message for one in profile.rules),
        *(one.remedy for one in profile.rules),
        *(one.not_checkable for one in profile.rules if one.not_checkable),
        *(one.text for one in profile.codes),
        *(one.meaning for one in profile.verdicts),
        *(one.name for one in profile.groups),
        *(one.name for one in profile.entrances),
        *(one.name for one in profile.verdicts),
        *profile.sections.values(),
    ):
        assert text.sv.strip()
        assert text.en.strip()


def test_every_condition_names_only_what_the_profile_has():
    profile = shipped()
    known = set(profile.by_id) | {group.id for group in profile.groups}
    texts = [rule.condition for rule in profile.rules if rule.condition]
    for text in (*texts, *(verdict.condition for verdict in profile.verdicts)):
        condition = parse(text)
        assert names(condition) <= known
        check(condition, profile)


def test_every_value_the_schema_wants_is_a_variable_and_the_other_way_round():
    profile = shipped()
    of_schema = {path: leaf.variable for path, leaf in leaves(profile.root)}
    assert of_schema == {one.path: one.id for one in profile.variables if one.is_bound}


def test_what_the_contract_has_no_element_for_is_bound_to_none():
    unbound = {one.id: one for one in shipped().variables if not one.is_bound}
    assert set(unbound) == {
        *("fodelsedatum", "kon", "bmi"),
        *("oppenSlutenVard", "deltagande", "anslutandeHsaId"),
    }
    assert {one.binding for one in unbound.values()} == {Binding.NONE}
    assert not any(one.path for one in unbound.values())


def test_what_may_be_repeated_is_a_group_but_for_the_recipients():
    def repeated(element: Element) -> Iterator[Element]:
        for child in element.children:
            if child.maximum is None:
                yield child
            yield from repeated(child)

    profile = shipped()
    assert [one.name for one in repeated(profile.root) if not one.group] == [
        "recipientMessageSplit"
    ]
    assert {one.group for one in repeated(profile.root)} - {""} == {
        group.id for group in profile.groups
    }
    assert profile.by_id["V440"].group == "planering"
    assert profile.by_id["V310"].group == ""


def test_the_numbered_variables_of_the_sources_are_there():
    numbered = {
        one.id for one in shipped().variables if one.id.startswith("V") and one.id[1:].isdigit()
    }
    assert len(numbered) == 25
    assert {"V105", "V310", "V445", "V567", "V875"} <= numbered


def test_all_known_messages_are_there_and_say_why_when_they_are_not_checked():
    profile = shipped()
    in_force = [rule for rule in profile.rules if rule.is_in_force(date(2026, 1, 1))]
    korrupt = [rule for rule in in_force if rule.tier is Tier.CORRUPT]
    inconsistent = [rule for rule in in_force if rule.tier is Tier.INCONSISTENT]
    assert (len(korrupt), len(inconsistent)) == (24, 3)
    assert [rule.id for rule in profile.rules if not rule.condition] == [
        rule.id for rule in profile.rules if rule.not_checkable
    ]
    assert profile.rules_by_id["korrupt-20-ogiltig-kva-kod"].message.sv == "Ogiltig KVÅ-kod"


def test_roles_settings_and_entrances_are_what_the_guide_says():
    profile = shipped()
    assert profile.case_key == "behandlingsnummer"
    assert profile.by_id[profile.roles["person_id"]].value_type is ValueType.PERSON_ID
    assert profile.settings["closed_from"] == "05:15"
    assert profile.settings["created_text"].format(case="2200054") == "Skapade: 2200054"
    assert [one.kind for one in profile.entrances] == ["local", "teststage", "stage", "production"]
    by_kind = {one.kind: one for one in profile.entrances}
    assert by_kind["teststage"].test_certificate
    assert not by_kind["stage"].test_certificate
    assert by_kind["local"].address == ""
    assert all("://" in one.address for one in profile.entrances if one.kind != "local")
    assert not any(one.address.endswith("?wsdl") for one in profile.entrances)


def test_aliases_are_many_and_differ_between_variables():
    profile = shipped()
    assert all(len(variable.aliases) >= 4 for variable in profile.variables)
    owners: dict[str, list[str]] = {}
    for variable in profile.variables:
        for alias in variable.aliases:
            owners.setdefault(alias, []).append(variable.id)
    assert {alias: ids for alias, ids in owners.items() if len(ids) > 1} == {}


def test_the_profile_travels_to_a_worker_process():
    profile = shipped()
    assert pickle.loads(pickle.dumps(profile)) == profile


# The contract


def request(inside: str = "", operation: str = "") -> bytes:
    return f"""<postRegistrationRequest xmlns="{shipped().namespace}">
      <systemId>SE13-137</systemId>
      <recipientMessageSplit>SPOR</recipientMessageSplit>
      <registrering>
        <behandlingsnummer>2200054</behandlingsnummer>
        <patient><patientId>197701012382</patientId></patient>
        <anmalan>
          <tidpunktAnmalan>{START}</tidpunktAnmalan><akutElektiv>elektiv</akutElektiv>
        </anmalan>{inside}{operation}
      </registrering>
    </postRegistrationRequest>""".encode()


def errors_of(document: bytes) -> list[str]:
    schema = compile_schema(shipped())
    return [] if schema.validate(parse_xml(document)) else [str(schema.error_log)]


STRYKNING = (
    f"<strykning><tidpunktStrykning>{START}</tidpunktStrykning><strykningsorsak>11C</strykningsorsak>"
    "<avforsFranVantelistan>Ja</avforsFranVantelistan></strykning>"
)


def test_the_smallest_request_is_an_anmalan():
    assert errors_of(request()) == []


@pytest.mark.parametrize("inside", ["<planering/>", f"<planering>{STRYKNING}</planering>"])
def test_an_empty_planering_and_one_with_only_a_strykning_are_allowed(inside):
    assert errors_of(request(inside)) == []


@pytest.mark.parametrize(
    ("code", "right"),
    [("ZXF99", True), ("SP712", True), ("TPX10", True), ("H-CAR", False), ("ZXF999", False)],
)
def test_kva_codes_have_the_stated_form(code, right):
    operation = f"<operation><operationskod>{code}</operationskod></operation>"
    assert (errors_of(request(operation=operation)) == []) is right


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (START, "2022-04-13T08:00:00"),
        (START, "2022-04-13"),
        (">SPOR<", ">RSPR<"),
        ("197701012382", "19770101-2382"),
        ("SE13-137", "SE13"),
        (">2200054<", "> <"),
        ("elektiv", "E"),
        ("<akutElektiv>elektiv</akutElektiv>", ""),
    ],
)
def test_what_breaks_the_contract_is_found(old, new):
    assert errors_of(request().replace(old.encode(), new.encode()))


def test_xmllint_accepts_the_schema(tmp_path):
    document = tmp_path / "request.xml"
    document.write_bytes(request(f"<planering>{STRYKNING}</planering>"))
    subprocess.run(
        ["xmllint", "--noout", "--nonet", "--schema", shipped().xsd, document],
        check=True,
        capture_output=True,
    )


def test_zeep_reads_the_contract_with_everything_foreign_forbidden():
    from zeep import Client, Settings

    settings = Settings(forbid_dtd=True, forbid_entities=True, forbid_external=True)
    client = Client(shipped().wsdl, settings=settings)
    assert "RegistrationService" in client.wsdl.services
    assert client.get_element(f"{{{shipped().namespace}}}postRegistrationRequest") is not None


def test_a_schema_in_several_files_is_read_and_compiled(tmp_path):
    folder = spoilt(
        tmp_path,
        "registration-common.xsd",
        '<xsd:simpleType name="kvakod">',
        '<xsd:simpleType name="unused">',
    )
    xsd = folder / "registration-common.xsd"
    text = xsd.read_text(encoding="utf-8")
    place = text.index("  <!-- The name is stated. -->")
    xsd.write_text(
        text[:place] + '  <xsd:include schemaLocation="codes.xsd"/>\n' + text[place:],
        encoding="utf-8",
    )
    (folder / "codes.xsd").write_text(
        '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
        f' targetNamespace="{shipped().namespace}"><xsd:simpleType name="kvakod">'
        '<xsd:restriction base="xsd:string"/></xsd:simpleType></xsd:schema>',
        encoding="utf-8",
    )
    schema = compile_schema(load_profile(folder))
    operation = "<operation><operationskod>H-CAR</operationskod></operation>"
    assert schema.validate(parse_xml(request(operation=operation)))


def test_a_choice_makes_its_parts_optional_and_a_repeated_part_repeats_them(tmp_path):
    folder = spoilt(
        tmp_path,
        "registration-common.xsd",
        '<xsd:element name="smarta" type="smarta" minOccurs="0"/>',
        '<xsd:choice maxOccurs="unbounded"><xsd:element name="smarta" type="smarta"/>'
        '<xsd:any namespace="##other"/></xsd:choice>',
    )
    postop = load_profile(folder).root.children[-1].children[-1]
    smarta = next(child for child in postop.children if child.name == "smarta")
    assert (smarta.minimum, smarta.maximum) == (0, None)


def test_a_profile_nobody_shipped_is_unknown():
    with pytest.raises(ProfileError) as caught:
        load_shipped("spor-9")
    assert caught.value.code == "profile-unknown"
    assert [path.name for path in shipped_profiles()] == [PROFILE_ID]


def test_compiling_gives_an_lxml_schema():
    assert isinstance(compile_schema(shipped()), etree.XMLSchema)
