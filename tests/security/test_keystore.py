"""K01-K09, K11 and K12: the keystore of the operating system, and every way it lets one down."""

import gc
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring.backends.null
import pytest
from keyring import errors

from app.core.errors import CertificateError, KeystoreError
from app.keystore.certificate import Bundle
from app.keystore.kept import Kept
from app.keystore.secrets import LONGEST, MemorySecrets, OsSecrets
from app.keystore.typed import TypedSecrets
from app.main import build_desk
from app.workflow.certify import certificates
from tests.support.fake_keyring import FakeKeyring, allowed
from tests.support.outside import authority, issue
from tests.support.secret_service import SecretService, needs_keyring, secret_service

ROOT = authority()
ISSUED = issue(ROOT)
BUNDLE = Bundle(ISSUED.key, ISSUED.certificate, (ROOT.certificate,))

REAL = "gnome-keyring on a D-Bus of its own"
FAKE = "a keyring backend made in the test"

real_keyring = [pytest.mark.keystore, needs_keyring]
# keyring leaves the bus open when it finds the keystore locked or gone.
leaves_the_bus_open = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning"
)


PLAINTEXT = """
from pathlib import Path
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 0.5
    def set_password(self, service, username, password):
        Path.home().joinpath("keyring_pass.cfg").write_text(password)
    def get_password(self, service, username):
        file = Path.home().joinpath("keyring_pass.cfg")
        return file.read_text() if file.exists() else None
"""


@pytest.fixture
def service(tmp_path, monkeypatch) -> Iterator[SecretService]:
    """Run a Secret Service that is the test's own."""
    home = tmp_path / "session"
    home.mkdir(mode=0o700)
    with secret_service(home, monkeypatch) as running:
        yield running
        gc.collect()


@pytest.fixture
def backend(monkeypatch) -> Iterator[FakeKeyring]:
    """Return a keystore that misbehaves as told."""
    made = allowed(monkeypatch)
    yield made
    made.block.set()


@pytest.fixture
def no_service(tmp_path: Path, monkeypatch) -> Path:
    """Leave the test without any keystore, in a home of its own."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(home))
    return home


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.mark.case("K01", REAL)
@pytest.mark.keystore
@needs_keyring
def test_k01_a_secret_and_a_key_live_in_the_real_keystore(service, tmp_path):
    secrets = OsSecrets()
    secrets.write("prov", "lösenfras")
    assert OsSecrets().read("prov") == "lösenfras"
    assert secrets.state() == ("ready", "Secret Service", "", ())
    secrets.remove("prov")
    assert secrets.read("prov") is None
    Kept(tmp_path / "certificate", OsSecrets()).install(BUNDLE, ("stage",))
    (found,) = Kept(tmp_path / "certificate", OsSecrets()).all()
    found.load_into(context())
    assert found.place == "Secret Service"
    Kept(tmp_path / "certificate", OsSecrets()).remove(found.id)
    with pytest.raises(CertificateError, match="certificate-passphrase-missing"):
        found.load_into(context())


@pytest.mark.case("K02", "no D-Bus at all")
@pytest.mark.skipif(os.name != "posix", reason="Windows always has its keystore")
def test_k02_without_a_keystore_it_is_said_and_the_program_works_without_a_certificate(
    no_service, tmp_path
):
    desk = build_desk(tmp_path / "data")
    with pytest.raises(KeystoreError, match="keystore-missing"):
        desk.secrets.write("x", "hemligt")
    with pytest.raises(KeystoreError, match="keystore-missing"):
        Kept(desk.identity_folder, desk.secrets).install(BUNDLE)
    shelf = certificates(desk)
    assert (shelf.certificates, shelf.for_kind("stage")) == ((), None)
    assert desk.profile().entrances
    assert b"hemligt" not in b"".join(path.read_bytes() for path in files_in(tmp_path))
    assert not list(tmp_path.rglob("*.pem"))
    assert not Kept(desk.identity_folder, desk.secrets).has_leftovers()


@pytest.mark.case("K03", REAL)
@pytest.mark.keystore
@needs_keyring
@leaves_the_bus_open
def test_k03_a_locked_keystore_is_said_to_be_locked_and_trying_again_works(service):
    secrets = OsSecrets()
    secrets.write("prov", "lösenfras")
    service.lock()
    assert (secrets.state().state, secrets.state().code) == ("locked", "keystore-locked")
    for call in (lambda: secrets.read("prov"), lambda: secrets.write("prov", "x")):
        with pytest.raises(KeystoreError, match="keystore-locked"):
            call()
    service.unlock()
    assert (secrets.read("prov"), secrets.state().state) == ("lösenfras", "ready")


@pytest.mark.case("K04", REAL + ", killed with SIGKILL")
@pytest.mark.keystore
@needs_keyring
@leaves_the_bus_open
def test_k04_a_keystore_that_dies_is_an_error_and_no_crash(service):
    secrets = OsSecrets()
    secrets.write("prov", "lösenfras")
    service.kill_daemon()
    with pytest.raises(KeystoreError) as caught:
        secrets.read("prov")
    assert caught.value.code in {"keystore-locked", "keystore-failed"}
    service.unlock()
    assert secrets.read("prov") == "lösenfras"


@pytest.mark.case("K05", REAL + ", whose bus was killed")
@pytest.mark.keystore
@needs_keyring
@leaves_the_bus_open
def test_k05_a_bus_that_goes_away_is_an_error(service):
    secrets = OsSecrets()
    secrets.write("prov", "lösenfras")
    service.kill_bus()
    with pytest.raises(KeystoreError, match="keystore-failed"):
        secrets.read("prov")
    assert secrets.state().state == "failed"


@pytest.mark.case("K05", FAKE + ", FileNotFoundError")
def test_k05_a_bus_that_was_never_there_is_an_error(backend):
    backend.raises = FileNotFoundError("/run/user/1000/bus")
    with pytest.raises(KeystoreError) as caught:
        OsSecrets(lambda: backend).read("x")
    assert caught.value.code == "keystore-failed"
    assert caught.value.values == {"kind": "FileNotFoundError"}


@pytest.mark.case("K06", "keyring's own null backend, by the environment")
def test_k06_a_forbidden_keystore_from_the_environment_is_refused(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    secrets = OsSecrets()
    with pytest.raises(KeystoreError) as caught:
        secrets.write("x", "y")
    assert caught.value.code == "keystore-refused"
    assert caught.value.values == {"backend": "keyring.backends.null.Keyring"}
    assert secrets.state().state == "failed"


@pytest.mark.case("K06", "a backend of a stranger's module, by the environment")
def test_k06_a_forbidden_keystore_of_the_environment_is_not_even_loaded(tmp_path, monkeypatch):
    (tmp_path / "stranger.py").write_text(PLAINTEXT + "Path('loaded').touch()\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "stranger.PlaintextKeyring")
    with pytest.raises(KeystoreError, match="keystore-refused"):
        OsSecrets().write("x", "y")
    assert not (tmp_path / "loaded").exists()


@pytest.mark.case("K06", "keyring's own null backend, by keyringrc.cfg")
def test_k06_a_forbidden_keystore_from_the_settings_file_is_refused(tmp_path, monkeypatch):
    from keyring.util import platform_

    lines = "[backend]\ndefault-keyring=keyring.backends.null.Keyring"
    (tmp_path / "keyringrc.cfg").write_text(lines)
    monkeypatch.setattr(platform_, "config_root", lambda: tmp_path)
    with pytest.raises(KeystoreError, match="keystore-refused"):
        OsSecrets().read("x")
    with pytest.raises(KeystoreError, match="keystore-refused"):
        OsSecrets(keyring.backends.null.Keyring).write("x", "y")


TRY_IT = """
import os
import keyring
from app.core.errors import KeystoreError
from app.keystore.secrets import OsSecrets

print(type(keyring.get_keyring()).__name__)
for demanded in ("", "keyrings.alt.file.PlaintextKeyring"):
    os.environ["PYTHON_KEYRING_BACKEND"] = demanded
    try:
        OsSecrets().write("x", "hemligt")
    except KeystoreError as error:
        print(error.code)
"""


@pytest.mark.case("K07", "a package that registers as keyrings.alt does")
@pytest.mark.skipif(os.name != "posix", reason="Windows always has its keystore")
def test_k07_a_plaintext_keystore_is_refused_and_writes_no_file(no_service, tmp_path):
    packages = tmp_path / "packages"
    _install_plaintext(packages)
    said = subprocess.run(
        [sys.executable, "-c", TRY_IT],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(packages), str(Path.cwd())))},
    )
    # keyring itself would have taken it; we do not.
    assert said.stdout.split() == ["PlaintextKeyring", "keystore-missing", "keystore-refused"]
    assert files_in(no_service) == []


def _install_plaintext(packages: Path) -> None:
    (packages / "keyrings" / "alt").mkdir(parents=True)
    (packages / "keyrings" / "alt" / "__init__.py").touch()
    (packages / "keyrings" / "alt" / "file.py").write_text(PLAINTEXT)
    record = packages / "keyrings.alt-5.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: keyrings.alt\nVersion: 5.0\n")
    (record / "entry_points.txt").write_text("[keyring.backends]\nfile = keyrings.alt.file\n")


@pytest.mark.case("K08", FAKE + ", memory, a passphrase's file")
@pytest.mark.parametrize("secret", ["x" * (LONGEST + 1), "😀" * (LONGEST // 2 + 1)])
def test_k08_a_secret_that_windows_could_not_keep_is_refused_everywhere(backend, secret, tmp_path):
    typed = TypedSecrets(tmp_path / "vault", cost=2**15)
    typed.create("fyra ord på rad")
    for secrets in (OsSecrets(lambda: backend), MemorySecrets(), typed):
        with pytest.raises(KeystoreError, match="secret-too-long"):
            secrets.write("x", secret)
        secrets.write("x", "x" * LONGEST)
        assert secrets.read("x") == "x" * LONGEST
    assert len(backend.written) == 1


@pytest.mark.case("K09", FAKE)
def test_k09_a_keystore_that_drops_the_value_is_found_out(backend, tmp_path):
    backend.forgets = True
    kept = Kept(tmp_path / "certificate", OsSecrets(lambda: backend))
    with pytest.raises(KeystoreError, match="keystore-loses"):
        kept.install(BUNDLE)
    assert kept.all() == ()
    assert not list(tmp_path.rglob("*.pem"))


@pytest.mark.case("K11", FAKE)
def test_k11_a_missing_passphrase_is_told_from_a_wrong_one(backend, tmp_path):
    kept = Kept(tmp_path / "certificate", OsSecrets(lambda: backend))
    found = kept.install(BUNDLE)
    (name,) = backend.kept
    backend.kept[name] = "fel"
    with pytest.raises(CertificateError, match="certificate-key-unreadable"):
        found.load_into(context())
    backend.kept.clear()
    with pytest.raises(CertificateError) as caught:
        found.load_into(context())
    assert caught.value.code == "certificate-passphrase-missing"
    assert caught.value.values == {"place": "the test's keystore"}


@pytest.mark.case("K12", FAKE + ", as pywin32 raises it")
def test_k12_what_windows_raises_becomes_an_error_without_its_text(backend):
    class error(Exception):  # noqa: N801 - pywintypes.error is named so
        """What pywin32 raises; it is no KeyringError."""

    backend.raises = error(1783, "CredWrite", "The stub received bad data")
    with pytest.raises(KeystoreError) as caught:
        OsSecrets(lambda: backend).write("x", "hemligt")
    assert (caught.value.code, caught.value.values) == ("keystore-failed", {"kind": "error"})
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (errors.NoKeyringError("x"), "keystore-missing"),
        (errors.KeyringLocked("x"), "keystore-locked"),
        (errors.InitError("x"), "keystore-locked"),
        (errors.PasswordSetError("x"), "keystore-failed"),
    ],
)
def test_whatever_a_keystore_raises_becomes_a_code_and_trying_again_works(backend, raised, code):
    backend.raises = raised
    secrets = OsSecrets(lambda: backend)
    for call in (
        lambda: secrets.read("x"),
        lambda: secrets.write("x", "y"),
        lambda: secrets.remove("x"),
    ):
        with pytest.raises(KeystoreError, match=code):
            call()
    backend.raises = None
    secrets.write("x", "y")
