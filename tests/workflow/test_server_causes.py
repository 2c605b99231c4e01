"""Why a server is not trusted: what the ladder's rung of the server says beside its code."""

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from app.workflow.server_causes import Seen, explained
from tests.support.faults_before import server_wish
from tests.support.faults_of_servers import PAST
from tests.support.pki import NOW, authority, elliptic_key, issue, server_leaf, server_tree, tree


def seen(tmp_path, *shown, trusted=None) -> Seen:
    (tmp_path / "ca.pem").write_bytes(server_tree().pem if trusted is None else trusted)
    return Seen(tuple(one.certificate for one in shown), (tmp_path / "ca.pem",), NOW)


def test_a_server_is_named_by_its_dns_names_and_not_by_its_common_name(tmp_path):
    wish = server_wish(names=("a.example.se", "b.example.se", "c.example.se"), loopback=False)
    shown = issue(server_tree().issuing, wish)
    code, values = explained("tls-server-name", "62", seen(tmp_path, shown))
    assert (code, dict(values)) == (
        "server-other-name",
        {"server": "localhost, a.example.se, b.example.se, …"},
    )


def test_one_without_dns_names_is_named_by_its_common_name(tmp_path):
    key, issuer = elliptic_key(5), server_tree().issuing
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "bare.example.se")])
    builder = x509.CertificateBuilder(issuer.certificate.subject, name, key.public_key(), 1)
    bare = builder.not_valid_before(PAST[0]).not_valid_after(NOW).sign(issuer.key, hashes.SHA256())
    found = Seen((bare,), (), NOW)
    assert explained("tls-server-name", "62", found)[1] == (("server", "bare.example.se"),)


@pytest.mark.parametrize("shows_it", [True, False])
def test_an_authority_whose_time_is_over_is_told_with_its_own_day(tmp_path, shows_it):
    old = authority("TEST Server CA 2", server_tree().root, key=51, valid=PAST)
    shown, root = issue(old, server_wish()), server_tree().root.pem
    given = (
        seen(tmp_path, shown, old, trusted=root)
        if shows_it
        else seen(tmp_path, shown, trusted=old.pem)
    )
    code, values = explained("tls-server-expired", "10", given)
    assert code == ("server-chain-expired" if shows_it else "server-authority-expired")
    assert dict(values) == {"authority": "TEST Server CA 2", "ended": f"{PAST[1]:%Y-%m-%d}"}


def test_an_old_authority_that_has_nothing_to_do_with_the_server_is_not_blamed(tmp_path):
    stranger = authority("Somebody's Root", key=54, valid=PAST)
    given = seen(tmp_path, server_leaf(), stranger, trusted=server_tree().pem + stranger.pem)
    assert explained("tls-server-expired", "10", given) == ("tls-server-expired", ())
    early = replace(given, now=PAST[0])
    code, values = explained("tls-server-not-yet", "9", early)
    assert (code, dict(values)["authority"]) == ("server-not-yet-on", "localhost")


@pytest.mark.parametrize("whole", [True, False])
def test_of_an_authority_that_is_not_trusted_its_root_is_told(tmp_path, whole):
    other = tree("Region Inspection Root", "Region Inspection CA", (61, 62))
    above = (other.issuing, other.root) if whole else (other.issuing,)
    given = seen(tmp_path, issue(other.issuing, server_wish()), *above)
    found = ("server-issuer-not-trusted", (("root", "Region Inspection Root"),))
    assert explained("tls-server-untrusted", "20", given) == found


def test_a_ca_file_that_cannot_be_read_trusts_nobody(tmp_path):
    given = seen(tmp_path, server_leaf(), trusted=b"nothing")
    assert explained("tls-server-untrusted", "20", given)[0] == "server-chain-missing"
