"""What a project sets for an entrance."""

import pytest

from app.core.entrance_settings import (
    EntranceSettings,
    proxy_place,
    settings_of,
    with_settings,
)
from app.core.mapping import Project

PROJECT = Project("Prov", "spor-4.1", settings=(("practise_closed_window", "yes"),))
ALL = EntranceSettings("/ca/siths.pem", "proxy.region.se:8080", "svc-spor", "/ca/siths.crl")


def test_what_is_set_for_an_entrance_is_read_again_and_for_no_other():
    project = with_settings(PROJECT, "stage", ALL)
    assert settings_of(project, "stage") == ALL
    assert settings_of(project, "production") == EntranceSettings()
    assert dict(project.settings)["practise_closed_window"] == "yes"
    assert settings_of(None, "stage") == EntranceSettings()


def test_a_setting_that_is_cleared_leaves_nothing_behind():
    project = with_settings(PROJECT, "stage", ALL)
    assert with_settings(project, "stage", EntranceSettings()) == PROJECT


def test_a_ca_file_that_was_chosen_before_is_kept():
    former = Project("Prov", "spor-4.1", settings=(("authorities_stage", "/ca/a.pem"),))
    assert settings_of(former, "stage") == EntranceSettings("/ca/a.pem")


def test_a_proxy_has_a_secret_only_when_it_has_a_user():
    assert ALL.proxy_secret == "proxy-svc-spor@proxy.region.se:8080"
    assert EntranceSettings(proxy="proxy:8080").proxy_secret == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("proxy.region.se:8080", ("proxy.region.se", 8080)),
        (" 10.1.2.3:3128 ", ("10.1.2.3", 3128)),
        ("[2001:db8::1]:8080", ("2001:db8::1", 8080)),
        ("proxy.region.se", None),
        ("2001:db8::1", None),
        ("http://proxy.region.se:8080", None),
        ("user:pw@proxy.se:8080", None),
        ("pröxy.se:8080", None),
        ("proxy.se:0", None),
        ("proxy.se:70000", None),
        ("proxy se:80", None),
        ("", None),
    ],
)
def test_a_proxy_is_written_as_host_and_port(text, place):
    assert proxy_place(text) == place
