"""What is known of authorities and hosts: shipped with sources, and the user's own on top."""

import pytest

from app.core.errors import ProfileError
from app.core.register import Confidence
from app.files.trust import NAME, read_trust
from tests.support.profile import shipped

OWN_AUTHORITY = """
[[authority]]
id = "{id}"
name = "{name}"
sv = "Egen"
en = "Own"
test = {test}
{more}
source = "our own"
confidence = "stated"
"""
OWN_HOST = """
[[host]]
name = "{name}"
kind = "{kind}"
test_certificate = true
source = "our own"
confidence = "stated"
"""


def authority(id: str = "own", name: str = "Region CA", test: str = "false", more: str = "") -> str:  # noqa: A002
    return OWN_AUTHORITY.format(id=id, name=name, test=test, more=more)


def with_own(folder, text):
    (folder / NAME).write_text(text, encoding="utf-8")
    return read_trust(folder)


def test_every_shipped_row_has_a_source_and_a_confidence():
    trust = read_trust()
    assert len(trust.authorities) >= 7
    assert all(one.fact.source for one in trust.authorities)
    assert all(one.fact.source for one in trust.hosts)
    assert {one.fact.confidence for one in trust.hosts} == {Confidence.STATED}


def test_what_the_guide_names_and_what_issues_today_are_known():
    trust = read_trust()
    named = {name for one in shipped().entrances for name in one.client_issuers}
    assert named == {"SITHS Type 3 CA v1", "SITHS Type 3 CA v1 PP"}
    for name in named:
        former = trust.named(name)
        assert former is not None
        assert not former.live
        (today,) = (one for one in trust.authorities if one.succeeds == former.id)
        assert (today.live, today.test) == (True, former.test)
        assert len(today.fingerprints) == 1
        assert today.fact.confidence is Confidence.INFERRED


def test_every_address_of_the_shipped_profile_is_on_a_known_host():
    trust = read_trust()
    kinds = {one.id: one.kind for one in shipped().entrances if one.address}
    hosts = {one.id: one.address.split("/")[2] for one in shipped().entrances if one.address}
    for entrance, name in hosts.items():
        known = trust.host(name)
        assert known is not None
        assert known.kind == kinds[entrance]


def test_a_user_adds_authorities_and_hosts(tmp_path):
    prints = 'fingerprints = ["AB:{}"]'.format("cd:" * 30 + "EF")
    trust = with_own(tmp_path, authority(more=prints) + OWN_HOST.format(name="my.se", kind="stage"))
    added = trust.named("region ca")
    assert added is not None
    assert added.fingerprints == ("ab" + "cd" * 30 + "ef",)
    host = trust.host("MY.se.")
    assert host is not None
    assert (host.kind, host.test_certificate) == ("stage", True)
    assert trust.named("SITHS e-id Function CA v1") is not None


def test_a_user_cannot_turn_production_or_a_test_authority_into_something_else(tmp_path):
    trust = with_own(
        tmp_path,
        authority("siths-eid-function-v1-test", "Renamed CA")
        + authority("twin", "TEST SITHS e-id Function CA v1")
        + OWN_HOST.format(name="Integration.UCR.uu.se", kind="teststage"),
    )
    host = trust.host("integration.ucr.uu.se")
    assert host is not None
    assert (host.kind, host.test_certificate) == ("production", False)
    kept = trust.authority("siths-eid-function-v1-test")
    assert kept is not None
    assert (kept.name, kept.test) == ("TEST SITHS e-id Function CA v1", True)
    assert trust.named("TEST SITHS e-id Function CA v1") == kept
    assert len(kept.fingerprints) == 1


def test_a_user_may_make_a_host_production(tmp_path):
    host = with_own(
        tmp_path, OWN_HOST.format(name="test-integration.ucr.uu.se", kind="production")
    ).host("test-integration.ucr.uu.se")
    assert host is not None
    assert host.kind == "production"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[[host]", "trust-file-unreadable"),
        (OWN_HOST.format(name="my.se", kind="local"), "profile-field-wrong"),
        (OWN_HOST.format(name="localhost", kind="stage"), "profile-field-wrong"),
        (OWN_HOST.format(name="https://my.se", kind="stage"), "profile-field-wrong"),
        (authority(more='fingerprints = ["12"]'), "profile-field-wrong"),
        (authority() + authority(), "profile-row-twice"),
        ('[[host]]\nname = "my.se"\nkind = "stage"\n', "profile-field-missing"),
    ],
)
def test_a_damaged_file_is_named_and_nothing_is_read_past_it(tmp_path, text, code):
    with pytest.raises(ProfileError, match=code) as raised:
        with_own(tmp_path, text)
    assert raised.value.values["file"] == NAME


def test_without_a_file_of_the_user_the_shipped_facts_count(tmp_path):
    assert read_trust(tmp_path) == read_trust()
