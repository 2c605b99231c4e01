"""The first rung of the ladder: whether the certificate is ready, told before any connection."""

from dataclasses import replace

import pytest

from app.core.errors import KeystoreError
from app.workflow.certificate_views import RungState
from app.workflow.ladder import try_connection
from tests.support.ladder_bench import TESTSTAGE, Bench, broken
from tests.support.pki import elliptic_key, issue, siths_false, siths_wish


@pytest.fixture
def bench(tmp_path) -> Bench:
    made = Bench(tmp_path)
    made.install()
    return made


def first_broken(bench: Bench) -> str:
    rung = broken(try_connection(bench.desk, TESTSTAGE))
    assert rung is not None
    assert rung.code == "rung-certificate"
    return rung.problem


@pytest.mark.parametrize("trusting", [True, False])
def test_a_key_whose_passphrase_is_gone_is_told_whether_or_not_the_server_can_be_judged(
    bench, trusting
):
    for one in bench.desk.kept().all():
        bench.desk.secrets.remove(f"certificate-{one.id}")
    if not trusting:
        bench.desk.authorities.clear()
    assert first_broken(bench) == "certificate-passphrase-missing"


@pytest.mark.parametrize(
    "code", ["keystore-locked", "passphrase-needed", "passphrase-file-damaged"]
)
@pytest.mark.parametrize("trusting", [True, False])
def test_a_place_for_secrets_that_is_closed_breaks_the_first_rung(
    bench, trusting, code, monkeypatch
):
    def closed(_name):
        raise KeystoreError(code)

    monkeypatch.setattr(bench.desk.secrets, "read", closed)
    if not trusting:
        bench.desk.authorities.clear()
    assert first_broken(bench) == code


def test_an_issuer_that_is_not_who_it_says_is_told_before_an_unusual_hsa_id(bench):
    wish = replace(siths_wish(hsa_id="TSTNMT2321000156-B02"), key=elliptic_key(2))
    bench.install(issue(siths_false().issuing, wish), siths_false().chain)
    bench.desk.kept().choose(TESTSTAGE, bench.desk.kept().all()[0].id)
    rung = try_connection(bench.desk, TESTSTAGE).rungs[0]
    assert rung.state is RungState.NOTE
    assert rung.problem == "certificate-authority-other-key"
