"""Which entrance is meant, and by which way it is reached."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import GateClosed, NotSent, StageError
from app.core.mapping import Project
from app.workflow.desk import Desk
from app.workflow.entrance_facts import keep_authorities
from app.workflow.entrances import address_of, find_entrance, target_of, way_to
from tests.support.pki import server_tree, strangers
from tests.support.workflow import PROFILE, make_desk, running_stage

PASSWORD = "hemligt"
PROXY = "proxy.example.se:8080"


@pytest.fixture
def desk(tmp_path) -> Desk:
    return make_desk(tmp_path / "data")


def setting(desk: Desk, **settings: str) -> None:
    desk.project = Project("Prov", PROFILE, settings=tuple(settings.items()))


@pytest.mark.parametrize(
    ("named", "kind"),
    [
        ("teststage", "teststage"),
        ("https://ucrtestserv01.ucr.uu.se/other", "teststage"),
        ("https://integration.ucr.uu.se/x", "production"),
        ("https://localhost:8443/spor", "local"),
        ("https://register.example.se/spor", "production"),  # nobody knows it
    ],
)
def test_an_entrance_is_found_by_id_or_by_its_host(desk, named, kind):
    found = find_entrance(desk.profile(), named)
    assert found.kind == kind
    assert found.address == named or "://" not in named


def test_an_id_counts_before_a_kind(desk):
    stage = find_entrance(desk.profile(), "stage")
    second = replace(stage, id="second", address="https://ucrtestserv01.ucr.uu.se/second")
    profile = replace(desk.profile(), entrances=(second, stage))
    assert find_entrance(profile, "stage") == stage
    assert find_entrance(profile, "second") == second


def test_an_entrance_is_reached_as_the_project_sets_it(desk, tmp_path):
    trusted = tmp_path / "ca.pem"
    trusted.write_bytes(server_tree().pem)
    setting(
        desk,
        authorities_stage=str(trusted),
        proxy_stage=PROXY,
        proxy_user_stage="svc",
        revocation_stage="/ca/servers.crl",
    )
    keep_authorities(desk, str(trusted))
    desk.secrets.write(f"proxy-svc@{PROXY}", PASSWORD)
    target = target_of(desk, find_entrance(desk.profile(), "stage"))
    assert target.authorities == (trusted,)
    assert target.revocation == Path("/ca/servers.crl")
    assert target.proxy is not None
    assert (target.proxy.netloc, target.proxy.user, target.proxy.password) == (
        PROXY,
        "svc",
        PASSWORD,
    )
    assert PASSWORD not in repr(target)
    assert way_to(desk, find_entrance(desk.profile(), "production")).proxy is None


def test_the_local_stage_is_never_reached_through_a_proxy(desk):
    setting(desk, proxy_local=PROXY, revocation_local="/ca/servers.crl")
    with running_stage(desk) as stage:
        target = target_of(desk, find_entrance(desk.profile(), "local"))
    assert target.address == stage.endpoint
    assert (target.proxy, target.revocation) == (None, None)


def test_the_host_decides_which_entrance_is_reached_through_a_proxy(desk, tmp_path):
    setting(desk, proxy_local=PROXY)
    desk.authorities["local"] = tmp_path / "ca.pem"
    local = find_entrance(desk.profile(), "local")
    near = replace(local, address="https://localhost:8443/spor")
    assert way_to(desk, near).proxy is None
    far = replace(local, address="https://integration.ucr.uu.se/spor")  # a profile's mistake
    found = way_to(desk, far)
    assert found.proxy is not None
    assert found.proxy.netloc == PROXY


@pytest.mark.parametrize("named", ["https://[", "https://", "https:///spor"])
def test_an_address_without_a_host_is_no_entrance(desk, named):
    with pytest.raises(GateClosed, match="entrance-unknown"):
        find_entrance(desk.profile(), named)


def test_a_proxy_that_cannot_be_meant_is_refused(desk):
    setting(desk, proxy_stage="not a proxy")
    with pytest.raises(NotSent, match="proxy-unreadable"):
        way_to(desk, find_entrance(desk.profile(), "stage"))


def test_a_project_alone_decides_nobodys_trust(desk, tmp_path):
    trusted = tmp_path / "ca.pem"
    trusted.write_bytes(server_tree().pem)
    setting(desk, authorities_stage=str(trusted))  # as it came by mail
    stage = find_entrance(desk.profile(), "stage")
    with pytest.raises(GateClosed, match="authorities-not-approved"):
        target_of(desk, stage)
    assert way_to(desk, stage).authorities == ()
    keep_authorities(desk, str(trusted))
    assert target_of(desk, stage).authorities == (trusted,)
    trusted.write_bytes(strangers().pem)
    with pytest.raises(GateClosed, match="authorities-not-approved"):
        target_of(desk, stage)


def test_a_ca_file_that_is_named_for_this_run_needs_no_more_words(desk, tmp_path):
    trusted = tmp_path / "ca.pem"
    trusted.write_bytes(server_tree().pem)
    setting(desk, authorities_stage="/ca/other.pem")
    desk.authorities["stage"] = trusted
    assert target_of(desk, find_entrance(desk.profile(), "stage")).authorities == (trusted,)


def test_nobody_is_trusted_who_is_not_chosen(desk, tmp_path):
    stage = find_entrance(desk.profile(), "stage")
    with pytest.raises(GateClosed, match="authorities-missing"):
        target_of(desk, stage)
    assert way_to(desk, stage).authorities == ()
    (tmp_path / "ca.pem").write_text("nothing")
    desk.authorities["stage"] = tmp_path / "ca.pem"
    with pytest.raises(GateClosed, match="tls-authority-unreadable"):
        target_of(desk, stage)


def test_where_an_entrance_is_is_told_without_asking_the_keystore(desk):
    setting(desk, proxy_stage=PROXY, proxy_user_stage="svc")
    desk.secrets = None  # whoever asked it would fail
    profile = desk.profile()
    assert address_of(desk, find_entrance(profile, "stage")).startswith("https://test-integration")
    with pytest.raises(StageError, match="stage-not-running"):
        address_of(desk, find_entrance(profile, "local"))
