"""What stops a batch, and what holds one case back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.finding import Tier
from app.core.mapping import Link, LinkState, Project
from app.core.register import Binding, Element, Mandatory
from app.files.profile import load_shipped
from app.language.sentences import sentence_of
from app.workflow import gates
from app.workflow.certificate_views import PairingView
from app.workflow.entrances import find_entrance
from app.workflow.standing import Standing
from tests.support.workflow import NOON, PROFILE, certificate_view


@pytest.fixture(scope="module")
def profile():
    return load_shipped(PROFILE)


@pytest.fixture
def here(profile):
    links = tuple(
        Link(variable.id, state=LinkState.APPROVED)
        for variable in profile.variables
        if variable.mandatory is Mandatory.YES
    )
    return gates.Circumstances(
        project=Project("p", PROFILE, links=links),
        profile=profile,
        entrance=find_entrance(profile, "local"),
        certificate=certificate_view(),
        now=NOON,
        mapping_as_checked=True,
        sendable=3,
        withheld=1,
    )


def closed(here):
    return [gate.code for gate in gates.all_gates(here) if not gate.is_open]


def test_all_gates_are_open_when_everything_is_in_order(here):
    assert closed(here) == []


def test_a_mandatory_variable_without_an_approved_link_closes_the_gate(here):
    first, *rest = here.project.links
    unapproved = replace(first, state=LinkState.SUGGESTED)
    gate = gates.mapping_approved(
        replace(here, project=replace(here.project, links=(unapproved, *rest)))
    )
    assert not gate.is_open
    values = dict(gate.values)
    assert (values["missing"], values["variables"]) == ("1", first.variable)
    assert values["suggested"] == "1"


def test_a_flagged_link_closes_the_gate_and_a_mere_suggestion_does_not(here):
    flagged = here.project.with_link(Link("langd", state=LinkState.FLAGGED))
    suggested = here.project.with_link(Link("langd", state=LinkState.SUGGESTED))
    assert closed(replace(here, project=flagged)) == ["mapping-approved"]
    assert closed(replace(here, project=suggested)) == []


def test_a_demanded_element_without_a_variable_closes_the_gate_and_is_named(here, profile):
    version = Element("version", 1, 1, base="string")
    root = replace(profile.root, children=(*profile.root.children, version))
    gate = gates.contract_bound(replace(here, profile=replace(profile, root=root)))
    assert not gate.is_open
    assert dict(gate.values)["elements"] == "version"
    assert "version" in sentence_of(gate.code, gate.values)


def test_a_case_that_cannot_be_named_closes_the_gate(here, profile):
    without = tuple(
        replace(one, path=(), binding=Binding.NONE) if one.id == profile.case_key else one
        for one in profile.variables
    )
    gate = gates.contract_bound(replace(here, profile=replace(profile, variables=without)))
    assert dict(gate.values)["elements"] == profile.case_key


def test_an_answer_that_is_not_understood_closes_the_gate(here, profile):
    assert closed(replace(here, profile=replace(profile, answer=None))) == ["answer-unbound"]


def test_a_contract_that_wants_a_header_closes_the_gate_and_names_it(here, profile):
    settings = {**profile.settings, "soap_headers": "{urn:a}To {urn:a}Token"}
    wanting = replace(here, profile=replace(profile, settings=settings))
    assert closed(wanting) == ["contract-headers"]
    gate = gates.head_empty(wanting)
    assert "(To, Token)" in sentence_of(gate.code, gate.values)


def test_a_mapping_changed_since_the_check_closes_the_gate(here):
    assert closed(replace(here, mapping_as_checked=False)) == ["mapping-as-checked"]


def test_without_a_certificate_nothing_leaves(here):
    assert closed(replace(here, certificate=None)) == [
        "certificate-present",
        "certificate-valid",
        "certificate-fits-entrance",
    ]


def test_a_token_that_is_not_open_yet_closes_the_gate(here):
    waiting = replace(here.certificate, key_place="token", needs_pin=True)
    assert closed(replace(here, certificate=waiting)) == ["certificate-opened"]
    assert closed(replace(here, certificate=replace(waiting, needs_pin=False))) == []


@pytest.mark.parametrize(
    ("valid_from", "valid_to"),
    [
        ("2025-01-01T00:00:00+00:00", "2026-01-15T10:59:59+00:00"),
        ("2026-01-15T11:00:01+00:00", "2027-01-01T00:00:00+00:00"),
    ],
)
def test_a_certificate_outside_its_time_closes_the_gate(here, valid_from, valid_to):
    view = certificate_view(valid_from=valid_from, valid_to=valid_to)
    assert closed(replace(here, certificate=view)) == ["certificate-valid"]


@pytest.mark.parametrize("to", ["teststage", "production", "https://register.example/ws"])
@pytest.mark.parametrize("fits", [True, False])
def test_the_certificate_must_pair_with_the_entrance_and_what_keeps_it_is_told(
    here, profile, to, fits
):
    entrance = find_entrance(profile, to)
    code = "pairing-opens" if fits else "pairing-test-to-real"
    pairing = PairingView(entrance.id, fits, code, (("issuer", "TEST x"),))
    view = certificate_view(entrances=(), pairings=(pairing,))
    gate = gates.certificate_fits(replace(here, entrance=entrance, certificate=view))
    assert gate.is_open is fits
    assert dict(gate.values).get("problem", "") == ("" if fits else code)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (datetime(2026, 1, 15, 4, 14, 59, tzinfo=UTC), True),
        (datetime(2026, 1, 15, 4, 15, tzinfo=UTC), False),
        (datetime(2026, 1, 15, 4, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 15, 5, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 15, 3, 15, tzinfo=UTC), False),
        (datetime(2026, 7, 15, 4, 0, tzinfo=UTC), True),
    ],
)
def test_the_register_is_closed_in_its_hour_by_stockholms_clock(here, profile, moment, is_open):
    stage = replace(here, entrance=find_entrance(profile, "stage"), now=moment)
    assert gates.window_open(stage).is_open is is_open


def test_the_local_entrance_is_closed_only_when_one_practises_it(here):
    moment = datetime(2026, 1, 15, 4, 30, tzinfo=UTC)
    practising = replace(here.project, settings=(("practise_closed_window", "yes"),))
    assert gates.window_open(replace(here, now=moment)).is_open
    assert not gates.window_open(replace(here, now=moment, project=practising)).is_open


def test_an_empty_batch_closes_the_gate(here):
    assert closed(replace(here, sendable=0)) == ["something-to-send"]


def test_every_gate_has_a_sentence_that_shows_its_values(here):
    for gate in gates.all_gates(replace(here, sendable=0)):
        assert gate.code not in sentence_of(gate.code, gate.values)
        assert "{" not in sentence_of(gate.code, gate.values)


def test_a_batch_under_way_stops_for_time_and_mapping_only(here, profile):
    night = datetime(2026, 1, 15, 4, 15, tzinfo=UTC)
    stage = find_entrance(profile, "stage")
    assert gates.closed_during(here) == ""
    assert gates.closed_during(replace(here, entrance=stage, now=night)) == "stopped-window"
    assert gates.closed_during(replace(here, mapping_as_checked=False)) == "stopped-mapping"
    late = replace(here, now=datetime(2028, 1, 1, tzinfo=UTC))
    assert gates.closed_during(late) == "stopped-certificate"


@pytest.mark.parametrize(
    ("standing", "again", "reason"),
    [
        (None, False, "case-missing"),
        (Standing(0, True, Tier.BLOCKS, "a", ""), False, "blocked-patient"),
        (Standing(0, True, None, "a", ""), True, "blocked-patient"),
        (Standing(0, False, Tier.BLOCKS, "a", ""), False, "stopped-by-finding"),
        (Standing(0, False, Tier.SCHEMA, "a", ""), True, "stopped-by-finding"),
        (Standing(0, False, Tier.REJECTED, "a", ""), True, "stopped-by-finding"),
        (Standing(0, False, Tier.CORRUPT, "a", ""), False, ""),
        (Standing(0, False, Tier.NOTE, "a", ""), False, ""),
        (Standing(0, False, None, "a", ""), False, ""),
        (Standing(0, False, None, "a", "a"), False, "unchanged"),
        (Standing(0, False, None, "a", "a"), True, ""),
        (Standing(0, False, None, "a", "b"), False, ""),
        (Standing(0, False, None, "a", "", "a test patient"), True, "excluded"),
        (Standing(0, True, Tier.BLOCKS, "a", "", "a test patient"), True, "blocked-patient"),
    ],
)
def test_a_case_is_held_back_for_one_reason(standing, again, reason):
    assert gates.reason_to_withhold(standing, again) == reason
