"""What the window tells of an entrance before anything is tried there."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import serialize_certificates

from app.core.entrance_settings import EntranceSettings, with_settings
from app.core.errors import GateClosed, KeystoreError
from app.core.mapping import Project
from app.core.register import Confidence
from app.transport.tls import client_context
from app.workflow.entrance_facts import (
    entrance_facts,
    keep_authorities,
    keep_proxy_password,
    read_authorities,
    read_revocation,
)
from tests.support import pki
from tests.support.workflow import make_desk

PROJECT = Project("Prov", "spor-4.1")


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path / "data")
    made.project = PROJECT
    return made


def _settings(**named):
    return with_settings(PROJECT, "production", EntranceSettings(**named)).settings


def test_the_host_says_what_the_entrance_is(desk):
    view = entrance_facts(desk, "production", ())
    assert (view.kind, view.host, view.known) == ("production", "integration.ucr.uu.se", True)
    assert view.confidence is Confidence.STATED
    assert (view.authorities, view.revocation, view.password_kept) == (None, None, None)


def test_a_host_that_nobody_knows_is_production_and_it_is_said_that_this_is_assumed(desk):
    view = entrance_facts(desk, "https://spor.example.org/ws", ())
    assert (view.kind, view.known, view.confidence) == ("production", False, Confidence.ASSUMED)


def test_what_is_tried_next_is_tried_with_the_settings_that_were_shown(desk, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_bytes(pki.server_tree().pem)
    view = entrance_facts(desk, "production", _settings(authorities=str(file)))
    assert view.authorities is not None
    assert view.authorities.problem is None
    assert not view.authorities.approved
    keep_authorities(desk, str(file))
    again = entrance_facts(desk, "production", _settings(authorities=str(file)))
    assert again.authorities is not None
    assert again.authorities.approved
    assert ("authorities_production", str(file)) in desk.project.settings


def test_a_ca_file_is_shown_by_subject_and_fingerprint_before_it_is_trusted(desk, tmp_path):
    file = tmp_path / "ca.pem"
    tree = pki.server_tree()
    file.write_bytes(tree.pem)
    shown = read_authorities(desk, str(file)).certificates
    assert len(shown) == len(tree.chain)
    assert all(len(one.fingerprint) == 64 and one.authority and not one.known for one in shown)
    assert desk.project == PROJECT


def test_a_certificate_with_a_known_name_and_another_fingerprint_is_an_impostor(desk, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_bytes(pki.siths_false().pem)
    shown = read_authorities(desk, str(file)).certificates
    assert any(one.impostor for one in shown)
    assert not any(one.known for one in shown)


@pytest.mark.parametrize("form", ["der", "p7b", "p7b-pem"])
def test_a_ca_file_in_another_form_is_used_by_a_copy_as_pem(desk, tmp_path, form):
    chain = pki.server_tree().chain
    forms = {
        "der": chain[1].public_bytes(Encoding.DER),
        "p7b": serialize_certificates(list(chain), Encoding.DER),
        "p7b-pem": serialize_certificates(list(chain), Encoding.PEM),
    }
    file = tmp_path / "utfärdare.cer"
    file.write_bytes(forms[form])
    shown = read_authorities(desk, str(file))
    assert len(shown.certificates) == (1 if form == "der" else 2)
    assert not shown.is_pem
    kept = keep_authorities(desk, str(file))
    again = read_authorities(desk, kept)
    assert again.is_pem
    assert {one.fingerprint for one in again.certificates} == {
        one.fingerprint for one in shown.certificates
    }
    assert keep_authorities(desk, str(file)) == kept
    client_context((Path(kept),), None)


def test_a_ca_file_as_pem_is_used_where_it_is(desk, tmp_path):
    file = tmp_path / "ca.pem"
    file.write_bytes(pki.server_tree().pem)
    assert keep_authorities(desk, str(file)) == str(file)
    with pytest.raises(GateClosed) as error:
        keep_authorities(desk, str(tmp_path / "missing.pem"))
    assert error.value.code == "tls-authority-unreadable"


@pytest.mark.parametrize("content", [None, b"", b"not a certificate", b"\x30\x82"])
def test_a_ca_file_that_cannot_be_read_says_so(desk, tmp_path, content):
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)
    read = read_authorities(desk, str(file))
    assert read.problem is not None
    assert read.problem.code == "tls-authority-unreadable"
    assert dict(read.problem.values) == {"name": "ca.pem"}


def test_a_revocation_list_says_whose_it_is_and_how_old(desk, tmp_path):
    file = tmp_path / "list.crl"
    issuer = pki.server_tree().issuing
    file.write_bytes(pki.list_pem(pki.revoked_list(issuer)))
    read = read_revocation(desk, str(file))
    assert read.problem is None
    assert read.next_update > read.made
    desk.clock = lambda: datetime.now(UTC) + timedelta(days=4000)
    late = read_revocation(desk, str(file))
    assert late.problem is not None
    assert late.problem.code == "revocation-list-old"
    file.write_bytes(b"nonsense")
    unread = read_revocation(desk, str(file))
    assert unread.problem is not None
    assert unread.problem.code == "tls-revocation-unreadable"


def test_the_proxys_password_lies_in_the_keystore_only(desk):
    chosen = EntranceSettings(proxy="proxy.region.se:8080", proxy_user="svc")
    settings = with_settings(PROJECT, "production", chosen).settings
    assert entrance_facts(desk, "production", settings).password_kept is False
    keep_proxy_password(desk, chosen.proxy_secret, "hemligt")
    assert entrance_facts(desk, "production", settings).password_kept is True
    assert desk.secrets.read(chosen.proxy_secret) == "hemligt"
    assert "hemligt" not in repr(desk.project)
    keep_proxy_password(desk, chosen.proxy_secret, "")
    assert entrance_facts(desk, "production", settings).password_kept is False


def test_a_keystore_that_does_not_answer_leaves_open_whether_there_is_a_password(desk):
    class Locked:
        place = "locked"

        def read(self, _name: str) -> str | None:
            raise KeystoreError("keystore-locked")

    chosen = EntranceSettings(proxy="proxy.region.se:8080", proxy_user="svc")
    desk = replace(desk, secrets=Locked())
    settings = with_settings(PROJECT, "production", chosen).settings
    assert entrance_facts(desk, "production", settings).password_kept is None
