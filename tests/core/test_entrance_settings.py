"""What a project sets for an entrance."""

from app.core.entrance_settings import EntranceSettings, settings_of, with_settings
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
