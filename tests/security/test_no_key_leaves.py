"""C16: while certificates are taken in, ordered, renewed and used, no key is written unencrypted.

The real program runs under strace, which tells every byte that any of its processes writes. The
keys are known to the test; also what an unknown key looks like is searched for. Afterwards every
file below the home, temp and data folders is read.
"""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from tests.support.key_material import Sought, found_below, sought
from tests.support.pki import HSA_ID, Issued, elliptic_key, leaf, rsa_key
from tests.support.secret_service import needs_keyring
from tests.support.software_token import make_reader, needs_softhsm
from tests.support.traced_life import Life, at_home, stage_of
from tests.support.tracing import Traced, needs_strace, run_traced

pytestmark = [needs_strace, needs_keyring, pytest.mark.timeout(300)]

CASES, LATER = ("2600000", "2600001", "2600003"), ("2600200", "2600201", "2600202")
SECRET = "typed at start, never kept 83"
KEYS: dict[str, Callable[[], Any]] = {"rsa": rsa_key, "ec": elliptic_key}
FORMATS = {
    "pkcs8": (Encoding.PEM, PrivateFormat.PKCS8),
    "traditional": (Encoding.PEM, PrivateFormat.TraditionalOpenSSL),
    "der": (Encoding.DER, PrivateFormat.PKCS8),
}
WRITING = {
    "a file": "open(out, 'wb').write(key)",
    "a deleted file": "open(out, 'wb').write(key); os.unlink(out)",
    "a memfd": "os.write(os.memfd_create('key'), key)",
    "a pipe": "sys.stdout.buffer.write(key)",
    "parts": "f = open(out, 'ab', 0); [f.write(key[n:n+64]) for n in range(26, 2000, 64)]",
}


def leaks(traced: Traced, what: Sought) -> list[str]:
    """Return where key material was written; a secret may pass between processes, not to disk."""
    written: dict[str, bytearray] = {}
    for write in traced.writes():
        written.setdefault(write.place, bytearray()).extend(write.data)
    found = []
    for place, data in written.items():
        passes = place.startswith(("socket:", "pipe:", "anon_inode:"))
        leak = (Sought(what.pieces) if passes else what).found_in(bytes(data))
        if leak:
            found.append(f"{place}: {leak}")
    return found


# --- what is looked for is found ---------------------------------------------------------------


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("place", WRITING)
def test_a_key_that_is_written_would_be_found(kind, form, place, tmp_path):
    key = KEYS[kind]()
    (tmp_path / "key").write_bytes(key.private_bytes(*FORMATS[form], NoEncryption()))
    code = (
        f"import os, sys; key, out = open(sys.argv[1], 'rb').read(), sys.argv[2]; {WRITING[place]}"
    )
    traced = run_traced(
        tmp_path / "log", [sys.executable, "-c", code, tmp_path / "key", tmp_path / "out"]
    )
    assert traced.code == 0, traced.err
    assert leaks(traced, sought([key], {})) != []


def test_a_secret_that_is_written_would_be_found(tmp_path):
    code = "import sys; open(sys.argv[1], 'w', encoding='utf-16-le').write(sys.argv[2])"
    command = [sys.executable, "-c", code, tmp_path / "out", SECRET]
    (leak,) = leaks(run_traced(tmp_path / "log", command), sought([], {"PIN": SECRET}))
    assert leak.endswith("the secret PIN")


@pytest.mark.parametrize("kind", KEYS)
def test_what_is_encrypted_or_public_is_not_taken_for_a_key(kind, tmp_path):
    issued = leaf(kind=kind)
    (tmp_path / "kept.pem").write_bytes(issued.locked_key(SECRET) + issued.pem)
    what = sought([issued.key], {"passphrase": SECRET})
    assert found_below(what, tmp_path) == []
    (tmp_path / "plain.pem").write_bytes(issued.key_pem)
    assert len(found_below(what, tmp_path)) == 1


# --- nothing is found --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def life(tmp_path_factory) -> Iterator[Life]:
    """Send with a certificate for one run, be killed while sending, and send again."""
    home, logs = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("logs")
    with at_home(home, logs) as life, stage_of(life, "--faults", "slow=0.02"):
        once = {"SPOR_WORKBENCH_P12_PASSWORD": life.stage["password"]}
        package = ("--certificate", life.stage["certificate"])
        life.do("send", *life.send(*CASES), *package, **once)
        life.kill("killed", *life.send_all, *package, when=lambda: sends(life), **once)
        life.know_secrets()  # with what the killed run has left there
        assert list(life.data.glob("runs/*/*/*.pem"))
        life.found["killed"] = found_below(life.what, home)
        life.do("again", *life.send(*LATER), *package, **once)
        yield life


def sends(life: Life) -> bool:
    """Whether a certificate for one run lies there and the journal grows."""
    log = life.data / "journal.db-wal"
    return any((life.data / "runs").glob("*/*/*.pem")) and log.is_file() and log.stat().st_size > 0


@pytest.mark.case("C16", "strace of the command line: Secret Service, journal, local stage")
def test_c16_a_whole_send_writes_nothing_of_the_key(life):
    sent = life.traced["send"]
    assert sent.code == 0, sent.err
    assert json.loads(sent.out)["outcomes"]["created"] == len(CASES)
    opened = {Path(one).name for one in sent.opened_for_writing()}
    assert "journal.db" in opened  # the trace saw what the program wrote
    assert leaks(sent, life.what) == []


@pytest.mark.case("C16", "strace of a send that is killed, and of the one after it")
@pytest.mark.parametrize("run", ["killed", "again"])
def test_c16_a_send_that_is_killed_leaves_nothing_of_the_key(life, run):
    assert any(name.startswith("certificate-") for name in life.secrets)  # what it has left
    assert life.traced[run].code == {"killed": -signal.SIGKILL, "again": 0}[run]
    assert leaks(life.traced[run], life.what) == []
    assert life.found["killed"] == []


@pytest.mark.case("C16", "search of home, temp and data folders")
def test_c16_a_search_of_home_temp_and_data_finds_no_key(life):
    assert found_below(life.what, life.home) == []
    kept = [path for path in life.home.rglob("*") if path.is_file()]
    assert len(kept) > 10


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Iterator[Life]:
    """Keep a certificate behind a typed passphrase, order its successor, switch, and send."""
    home, logs = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("logs")
    with at_home(home, logs, passphrase=SECRET) as life:
        life.do("passphrase", "certificate", "passphrase")
        with stage_of(life):
            renew(life)
            life.know_secrets()
            life.know_kept()
            yield life


def renew(life: Life) -> None:
    """Import, order, take in the answer, switch, try, send and remove, by the command line."""
    once = {"SPOR_WORKBENCH_P12_PASSWORD": life.stage["password"]}
    use = ("--for", "local")
    life.do("import", "certificate", "import", life.stage["certificate"], "--json", **once)
    former = json.loads(life.traced["import"].out)["certificates"][0]["id"]
    life.know_secrets()
    life.know_kept()
    life.do("use", "certificate", "choose", former, *use)
    life.do("send", *life.send(*CASES))
    request, answer = life.home / "order.csr", life.home / "answer.cer"
    subject = ("--organisation", "Testsjukhuset", "--name", "op.example.se", "--hsa-id", HSA_ID)
    order = ("certificate", "order", "--out", request, *subject, "--kind", "rsa-3072", "--json")
    made = json.loads(life.do("order", *order, "--renews", former).out)
    answer.write_bytes(life.issue(request.read_bytes()))
    answered = json.loads(
        life.do("answer", "certificate", "answer", made["id"], answer, "--json").out
    )
    (new,) = (one["id"] for one in answered["certificates"] if one["id"] != former)
    life.do("switch", "certificate", "choose", new, *use)
    life.do("try", "certificate", "try", "--to", "local")
    life.do("send again", *life.send(*LATER))
    life.know_secrets()
    life.do("remove", "certificate", "remove", former, "--yes")


STEPS = ("passphrase", "import", "use", "send", "order", "answer", "switch", "try", "send again")


@pytest.mark.case("C16", "strace of import, order, answer, switch, ladder, send, removal; scrypt")
@pytest.mark.parametrize("step", [*STEPS, "remove"])
def test_c16_a_certificates_whole_life_writes_nothing_of_its_keys(kept, step):
    done = kept.traced[step]
    assert done.code == 0, done.err
    assert leaks(done, kept.what) == []


@pytest.mark.case("C16", "search of home, temp and data folders after all of that")
def test_c16_a_certificates_whole_life_leaves_nothing_of_its_keys(kept):
    made_here = [key for key in kept.keys if key.key_size == 3072]
    assert made_here
    assert found_below(kept.what, kept.home) == []
    (pem,) = (kept.data / "certificate").glob("*.pem")  # the former one's is gone
    assert pem.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")


@pytest.fixture(scope="module")
def on_token(tmp_path_factory) -> Iterator[Life]:
    """Send with a certificate whose key lies on a token."""
    home, logs = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("logs")
    with at_home(home, logs) as life, stage_of(life):
        token = make_reader(home / "reader").insert("Funktionskort", SECRET)
        package = Path(life.stage["certificate"]).read_bytes()
        password = life.stage["password"].encode()
        key, certificate, _chain = load_key_and_certificates(package, password)
        assert certificate is not None
        reference = token.put(Issued(key, certificate))
        life.secrets["PIN"] = SECRET
        more = {"SPOR_WORKBENCH_PIN": SECRET, **token.reader.environment}
        command = ("certificate", "token", token.reader.module, "--use", reference["fingerprint"])
        life.do("take", *command, "--json", **more)
        life.do("use", "certificate", "choose", reference["fingerprint"], "--for", "local")
        life.do("send", *life.send(*CASES), **more)
        life.know_secrets()
        yield life


@needs_softhsm
@pytest.mark.case("C16", "strace of a send with the key on a token: SoftHSM2, local stage")
@pytest.mark.parametrize("step", ["take", "use", "send"])
def test_c16_a_send_with_the_key_on_a_token_writes_nothing_of_key_or_pin(on_token, step):
    done = on_token.traced[step]
    assert done.code == 0, done.err
    assert leaks(done, on_token.what) == []
    assert found_below(on_token.what, on_token.home) == []
    assert not list((on_token.data / "certificate").glob("*.pem"))  # there is no key of it here


@pytest.mark.case("C16", "strace of the demo: Secret Service, its own local stage")
def test_c16_the_whole_demo_writes_nothing_of_a_key(tmp_path_factory):
    home, logs = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("logs")
    with at_home(home, logs) as life:
        done = life.do("demo", "demo", "--out", home / "out")
        assert done.code == 0, done.err
        life.know_secrets()
        life.know_stage()
        assert leaks(done, life.what) == []
        assert found_below(life.what, home) == []
