"""C15, C17, C18 and C19: keys are kept encrypted, survive crashes, and are ordered from here."""

import os
import select
import ssl
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from app.core.errors import CertificateError
from app.keystore.kept import Kept
from app.keystore.secrets import MemorySecrets
from app.keystore.typed import TypedSecrets
from app.main import build_desk
from tests.support.keeping import (
    NEW,
    OLD,
    ROOT,
    SUBJECT,
    FileSecrets,
    answer_to,
    bundle,
    die_at,
    kept_in,
    names,
)
from tests.support.outside import Issued, Wish, elliptic_key, issue

NAMES = ("op.example.se", "op2.example.se")
STEPS = 40  # more than any change has
PLAIN = (b"BEGIN PRIVATE KEY", b"BEGIN RSA PRIVATE KEY", b"BEGIN EC PRIVATE KEY")

needs_fork = pytest.mark.skipif(os.name != "posix", reason="needs fork to die in the middle")
forks = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")


def context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


# --- C15 ---------------------------------------------------------------------------------------


def secrets_of(issued: Issued) -> list[bytes]:
    """Return what would give the key away: the number itself, and its PKCS#8 form."""
    number = issued.key.private_numbers().private_value.to_bytes(32, "big")
    return [number, number.hex().encode()]


def searched(*folders: Path) -> bytes:
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return b"\0".join(path.read_bytes() for path in files)


@pytest.mark.case("C15", "home, temporary folder and data folder of an import, an order, an answer")
def test_c15_a_key_lies_encrypted_and_for_its_owner_only(tmp_path, own_home, monkeypatch):
    home, temporary, data = tmp_path / "home", tmp_path / "tmp", tmp_path / "data"
    for folder, name in ((home, "HOME"), (temporary, "TMPDIR")):
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    secrets = TypedSecrets(data / "secrets.vault", cost=2**15)
    secrets.create("fyra ord på rad")
    kept = Kept(data / "certificate", secrets)
    kept.install(bundle(OLD), ("stage",))
    order = kept.order(SUBJECT, NAMES, "ec-p256", {})
    kept.order(SUBJECT, NAMES, "rsa-3072", {})
    kept.complete(order.id, answer_to(order.request_pem), ())
    kept.all()[0].load_into(context())
    keys = [*kept.folder.glob("*.pem"), *kept.folder.glob("*.request")]
    assert len(keys) == 3
    assert all(
        key.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----") for key in keys
    )
    found = searched(tmp_path, own_home)
    for given_away in (*PLAIN, *secrets_of(OLD), b"fyra ord"):
        assert given_away not in found
    if os.name == "posix":
        assert kept.folder.stat().st_mode & 0o777 == 0o700
        files = [*kept.folder.iterdir(), secrets.file]
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


# --- C17 ---------------------------------------------------------------------------------------


def steps_of(deed, tmp_path: Path, prepare):
    """Yield a fresh folder with the deed cut off at each of its steps, and how it ended."""
    for step in range(STEPS):
        folder, secrets = tmp_path / f"{step}", FileSecrets(tmp_path / f"{step}.json")
        prepared = prepare(kept_in(folder, secrets))
        ended = die_at(step, partial(_do, deed, folder, prepared), secrets)
        assert ended in {0, 9}, step
        yield kept_in(folder, secrets), secrets, ended, step
        if ended == 0:
            return
    raise AssertionError("the deed has more steps than were tried")


def _do(deed, folder: Path, prepared: object, secrets: FileSecrets) -> None:
    deed(kept_in(folder, secrets), prepared)


def assert_whole(kept: Kept, secrets: FileSecrets, step: int) -> None:
    """Whatever is kept opens, and after cleaning nothing else is left of anything."""
    kept.clean_leftovers()
    assert not kept.has_leftovers(), step
    assert kept.damaged() == (), step
    held = {one.id for one in kept.all()} | {one.id for one in kept.orders()}
    for one in kept.all():
        one.load_into(context())
    assert set(secrets.all()) == {f"certificate-{one}" for one in held}, step
    assert {path.stem for path in kept.folder.iterdir()} - {"chosen"} == held, step
    assert set(kept.choices().values()) <= held, step


def with_old(kept: Kept) -> str:
    return kept.install(bundle(OLD), ("stage",)).id


@pytest.mark.case("C17", "an import beside the old certificate, killed at each step")
@needs_fork
@forks
def test_c17_an_import_that_dies_leaves_the_old_certificate_or_both(tmp_path):
    ended = set()
    for kept, secrets, code, step in steps_of(
        lambda kept, _old: kept.install(bundle(NEW), ("stage", "production")), tmp_path, with_old
    ):
        ended.add(code)
        assert_whole(kept, secrets, step)
        assert names(kept) in (["gammal.example.se"], ["ny.example.se", "gammal.example.se"])
        chosen = kept.chosen("stage")
        assert chosen is not None
        assert chosen.facts.subject == "gammal.example.se"
    assert ended == {0, 9}


@pytest.mark.case("C17", "the same certificate imported again, killed at each step")
@needs_fork
@forks
def test_c17_importing_again_that_dies_leaves_one_that_opens_and_is_chosen(tmp_path):
    for kept, secrets, _code, step in steps_of(
        lambda kept, _old: kept.install(bundle(OLD)), tmp_path, with_old
    ):
        assert_whole(kept, secrets, step)
        assert names(kept) == ["gammal.example.se"]
        assert kept.choices() == {"stage": kept.all()[0].id}


@pytest.mark.case("C17", "a switch to the renewed certificate, killed at each step")
@needs_fork
@forks
def test_c17_a_switch_that_dies_leaves_the_old_or_the_new_in_use(tmp_path):
    used = set()

    def prepare(kept: Kept) -> str:
        with_old(kept)
        return kept.install(bundle(NEW)).id

    for kept, secrets, _code, step in steps_of(
        lambda kept, new: kept.choose("stage", new), tmp_path, prepare
    ):
        assert_whole(kept, secrets, step)
        chosen = kept.chosen("stage")
        assert chosen is not None
        used.add(chosen.facts.subject)
    assert used == {"gammal.example.se", "ny.example.se"}


@pytest.mark.case("C17", "a removal, killed at each step")
@needs_fork
@forks
def test_c17_a_removal_that_dies_leaves_all_of_it_or_nothing(tmp_path):
    left = set()
    for kept, secrets, _code, step in steps_of(
        lambda kept, old: kept.remove(old), tmp_path, with_old
    ):
        assert_whole(kept, secrets, step)
        left.add(len(kept.all()))
    assert left == {0, 1}


@pytest.mark.case("C17", "an order, its answer and its end, killed at each step")
@needs_fork
@forks
def test_c17_an_order_that_dies_waits_is_answered_or_is_gone(tmp_path):
    def ordered(kept: Kept) -> str:
        with_old(kept)
        return kept.order(SUBJECT, NAMES, "ec-p256", {}).id

    def answered(kept: Kept, order_id: str) -> None:
        (order,) = kept.orders()
        kept.complete(order_id, answer_to(order.request_pem), (ROOT.certificate,), ("stage",))

    deeds = {
        "made": (lambda kept, _old: kept.order(SUBJECT, NAMES, "ec-p256", {}), with_old),
        "answered": (answered, ordered),
        "given up": (lambda kept, order_id: kept.cancel_order(order_id), ordered),
    }
    for name, (deed, prepare) in deeds.items():
        (tmp_path / name).mkdir()
        for kept, secrets, _code, step in steps_of(deed, tmp_path / name, prepare):
            assert_whole(kept, secrets, step)
            assert len(kept.all()) + len(kept.orders()) in {1, 2}
            assert kept.choices() == {"stage": kept.all()[-1].id}


@pytest.mark.case("C17", "the folder of the program's first form, killed while it is carried over")
@needs_fork
@forks
def test_c17_carrying_over_the_first_form_that_dies_loses_nothing(tmp_path):
    def prepare(kept: Kept) -> None:
        old = kept.install(bundle(OLD))
        (kept.folder / f"{old.id}.json").unlink()
        pointer = f'{{"version": "{old.id}", "place": "file"}}'
        (kept.folder / "active.json").write_text(pointer)

    for kept, secrets, _code, step in steps_of(lambda kept, _: kept.all(), tmp_path, prepare):
        assert_whole(kept, secrets, step)
        assert names(kept) == ["gammal.example.se"]
        assert kept.choices() == {"teststage": kept.all()[0].id}


@pytest.mark.case("C17", "the next start of the program after an import that was killed")
@needs_fork
@forks
def test_c17_what_a_killed_import_left_is_cleaned_at_the_next_start(tmp_path):
    secrets = FileSecrets(tmp_path / "keystore.json")
    folder = tmp_path / "data" / "certificate"
    with_old(kept_in(folder, secrets))
    install = partial(_do, lambda kept, _: kept.install(bundle(NEW)), folder, None)
    killed = (die_at(step, install, secrets) for step in range(STEPS))
    next(step for step in killed if len(secrets.all()) == 2)  # when the passphrase is kept
    kept = kept_in(folder, secrets)
    assert kept.has_leftovers()
    desk = build_desk(tmp_path / "data", secrets)
    assert desk.kept().choices() == {"stage": kept.all()[0].id}
    for thread in threading.enumerate():
        if thread.name == "identity-leftovers":
            thread.join()
    assert_whole(kept, secrets, 0)
    assert names(kept) == ["gammal.example.se"]


# --- C18 ---------------------------------------------------------------------------------------


@pytest.mark.case("C18", "requests read by cryptography and by openssl's own command")
@pytest.mark.parametrize("kind", ["rsa-4096", "ec-p256"])
def test_c18_a_request_holds_what_was_asked_for_and_its_answer_is_matched(tmp_path, kind):
    kept = kept_in(tmp_path / "certificate", MemorySecrets())
    order = kept.order(SUBJECT, NAMES, kind, {"renews": "", "organisation": "Region Påhitt"})
    request = x509.load_pem_x509_csr(order.request_pem.encode())
    assert request.subject == SUBJECT
    assert request.is_signature_valid
    found = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert tuple(found.get_values_for_type(x509.DNSName)) == NAMES
    said = openssl(tmp_path, order.request_pem, "-noout", "-verify", "-subject")
    assert "Region" in said
    assert "op.example.se" in said
    certificate = answer_to(order.request_pem)
    done = kept.complete(order.id, certificate, (ROOT.certificate,), ("stage",))
    assert (done.id, done.certificate, kept.orders()) == (order.id, certificate, ())
    assert kept.chosen("stage") == done
    done.load_into(context())


@pytest.mark.case("C18", "a certificate for another key")
def test_c18_an_answer_with_another_key_is_refused_and_the_order_waits(tmp_path):
    kept = kept_in(tmp_path / "certificate", MemorySecrets())
    order = kept.order(SUBJECT, NAMES, "ec-p256", {})
    for other in (elliptic_key(8).public_key(), OLD.certificate.public_key()):
        with pytest.raises(CertificateError, match="certificate-order-other-key"):
            kept.complete(order.id, answer_to(order.request_pem, other), ())
    assert kept.orders() == (order,)
    assert kept.all() == ()
    kept.complete(order.id, answer_to(order.request_pem), ())
    with pytest.raises(CertificateError, match="certificate-order-gone"):
        kept.complete(order.id, answer_to(order.request_pem), ())


def openssl(folder: Path, request: str, *options: str) -> str:
    (folder / "request.csr").write_text(request)
    command = ["openssl", "req", "-in", "request.csr", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


# --- C19 ---------------------------------------------------------------------------------------

OPEN_IT = """
import ssl, sys
from pathlib import Path
from app.core.errors import CertificateError
from app.keystore.kept import Kept
from tests.support.keeping import FileSecrets

found = Kept(Path(sys.argv[1]), FileSecrets(Path(sys.argv[2]))).all()[0]
try:
    found.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
except CertificateError as error:
    print("code", error.code)
else:
    print("opened")
"""
READ_IT = """
import sys
from pathlib import Path
from app.core.errors import CertificateError
from app.keystore.pem import read_pem_pair

files = (Path(path).read_bytes() for path in sys.argv[1:3])
try:
    read_pem_pair(*files, None)
except CertificateError as error:
    print("code", error.code)
"""


def on_a_terminal(script: str, *arguments: object) -> str:
    """Run a script whose standard input is a terminal; return all that it shows there.

    A question would leave it waiting, and the test's time would run out.
    """
    import pty  # Windows has none

    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", script, *map(str, arguments)]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            shown += os.read(ours, 4096)
        except OSError:  # the terminal has no user any more
            break
    os.close(ours)
    assert process.wait(60) == 0, shown
    return shown.decode()


@pytest.mark.case("C19", "a pseudo-terminal, the passphrase right, wrong and missing")
@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("right", "opened"),
        ("fel", "code certificate-key-unreadable"),
        ("", "code certificate-key-unreadable"),
        (None, "code certificate-passphrase-missing"),
    ],
)
def test_c19_a_kept_key_never_asks_on_the_terminal(tmp_path, passphrase, said):
    secrets = FileSecrets(tmp_path / "keystore.json")
    kept = kept_in(tmp_path / "certificate", secrets)
    name = f"certificate-{kept.install(bundle(OLD)).id}"
    if passphrase is None:
        secrets.remove(name)
    elif passphrase != "right":
        secrets.write(name, passphrase)
    assert on_a_terminal(OPEN_IT, kept.folder, secrets.path).split("\r\n") == [said, ""]


@pytest.mark.case("C19", "a pseudo-terminal, an encrypted PEM file without its password")
@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_c19_an_encrypted_pem_file_never_asks_on_the_terminal(tmp_path):
    issued = issue(ROOT, Wish())
    key = issued.key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"hemligt")
    )
    (tmp_path / "key.pem").write_bytes(key)
    (tmp_path / "certificate.pem").write_bytes(issued.pem)
    said = on_a_terminal(READ_IT, tmp_path / "certificate.pem", tmp_path / "key.pem")
    assert said.startswith("code certificate-password")
    assert len(said.splitlines()) == 1
