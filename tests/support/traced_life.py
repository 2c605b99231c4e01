"""A certificate's life in the real program, traced, and what must not be in what was written."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from threading import Event
from typing import Any

import pytest
import secretstorage
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from app.assets import RESOURCES
from app.keystore.places import VAULT
from app.keystore.typed import TypedSecrets
from tests.support import program
from tests.support.key_material import Sought, sought
from tests.support.pki import HSA_ID, Issued, Wish, issue
from tests.support.secret_service import secret_service
from tests.support.tracing import Traced, run_traced, start_traced

PATIENCE = 60.0
TYPED = "passphrase"  # what a person types where there is no keyring


@dataclass
class Life:
    """A home with a data folder and a keyring, a local stage, and what was traced there."""

    home: Path
    logs: Path
    stage: dict[str, str] = field(default_factory=dict)
    traced: dict[str, Traced] = field(default_factory=dict)
    found: dict[str, list[str]] = field(default_factory=dict)  # by when it was searched
    keys: list[Any] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """The program's data folder."""
        return self.home / "data"

    @property
    def project(self) -> Path:
        """The sample hospital's project."""
        return self.home / "sample" / "sample.sporproject"

    @property
    def what(self) -> Sought:
        """What must not be found anywhere."""
        return sought(self.keys, self.secrets)

    def send(self, *cases: str) -> tuple[object, ...]:
        """Return the arguments that send some cases to the stage."""
        only = self.home / f"{cases[0]}.txt"
        only.write_text("\n".join(cases) + "\n", encoding="ascii")
        return (*self.send_all, "--only", only)

    @property
    def send_all(self) -> tuple[object, ...]:
        """The arguments that send every case to the stage."""
        way = ("--to", self.stage["endpoint"], "--ca", self.stage["ca"])
        return ("send", self.project, *way, "--yes", "--json")

    def do(self, name: str, *arguments: object, **more: str) -> Traced:
        """Run a command of the program under strace to its end."""
        command = [sys.executable, "-m", "app", "--data", self.data, *arguments]
        return self.run(name, command, **more)

    def run(self, name: str, command: Sequence[object], *, stdin: str = "", **more: str) -> Traced:
        """Run anything under strace to its end."""
        self.traced[name] = run_traced(self.logs / f"{name}.log", command, stdin=stdin, **more)
        return self.traced[name]

    def kill(self, name: str, *arguments: object, when: Callable[[], bool], **more: str) -> None:
        """Run a command of the program under strace and kill it at some moment."""
        command = [sys.executable, "-m", "app", "--data", self.data, *arguments]
        log = self.logs / f"{name}.log"
        with start_traced(log, command, **more) as process:
            wait_until(lambda: when() or process.poll() is not None)
            os.kill(_child_of(process), signal.SIGKILL)
            out, err = process.communicate(timeout=PATIENCE)
        self.traced[name] = Traced(process.returncode, out, err, log)

    def know_stage(self) -> None:
        """Look for the keys of the local stage and of the client that it has made."""
        folder, secret = self.data / "stage", self.secrets["stage"].encode()
        for name in ("authority.pem", "server.pem"):
            self.keys.append(load_pem_private_key((folder / name).read_bytes(), secret))
        package, password = folder / "client.p12", self.secrets["stage-certificate"].encode()
        self.keys.append(load_key_and_certificates(package.read_bytes(), password)[0])

    def issue(self, request: bytes) -> bytes:
        """Return the certificate that the stage's authority issues for a request, as DER."""
        secret = self.secrets["stage"].encode()
        content = (self.data / "stage" / "authority.pem").read_bytes()
        key, own = load_pem_private_key(content, secret), x509.load_pem_x509_certificate(content)
        wanted = x509.load_pem_x509_csr(request)
        wish = Wish("op.example.se", HSA_ID, key=wanted)  # of the key only its public half is asked
        return issue(Issued(key, own), wish).certificate.public_bytes(Encoding.DER)

    def know_kept(self) -> None:
        """Look for the keys of the certificates that are kept now, made here or taken in."""
        for path in (self.data / "certificate").glob("*.pem"):
            secret = self.secrets[f"certificate-{path.stem}"].encode()
            self.keys.append(load_pem_private_key(path.read_bytes(), secret))

    def know_secrets(self) -> None:
        """Look for every secret that the keyring, or the file in its stead, holds now."""
        passphrase = self.secrets.get(TYPED)
        self.secrets |= _of_keyring() if passphrase is None else self._of_file(passphrase)

    def _of_file(self, passphrase: str) -> dict[str, str]:
        typed = TypedSecrets(self.data / VAULT)
        typed.unlock(passphrase)
        keys = [f"certificate-{path.stem}" for path in self.data.glob("certificate/*.*")]
        read = {name: typed.read(name) for name in ("journal", "stage", "stage-certificate", *keys)}
        return {name: secret for name, secret in read.items() if secret is not None}


def _of_keyring() -> dict[str, str]:
    bus = secretstorage.dbus_init()
    try:
        items = list(secretstorage.get_default_collection(bus).get_all_items())
        return {_name_of(item): item.get_secret().decode() for item in items}
    finally:
        bus.close()


def _name_of(item: secretstorage.Item) -> str:
    return str(dict(item.get_attributes()).get("username", item.get_label()))


@contextmanager
def at_home(home: Path, logs: Path, passphrase: str = "") -> Iterator[Life]:
    """Give a home of its own; every folder that a program uses lies in it.

    Its keyring is open. With a passphrase there is none, and secrets lie behind the passphrase.
    """
    with pytest.MonkeyPatch.context() as patch, ExitStack() as held:
        patch.setenv("HOME", str(home))
        for name in ("TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            (home / name.lower()).mkdir()
            patch.setenv(name, str(home / name.lower()))
        copytree(RESOURCES / "sample", home / "sample")
        life = Life(home, logs)
        if passphrase:
            patch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/none")
            patch.setenv("SPOR_WORKBENCH_PASSPHRASE", passphrase)
            life.secrets[TYPED] = passphrase
        else:
            held.enter_context(secret_service(home / "keyring", patch))
        yield life


@contextmanager
def stage_of(life: Life, *arguments: object) -> Iterator[None]:
    """Run the local stage; its keys and its client's are known."""
    with program.stage(life.data, *arguments) as line:
        life.stage = line
        life.know_secrets()
        life.know_stage()
        yield


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    end, pause = time.monotonic() + PATIENCE, Event()
    while not holds():
        assert time.monotonic() < end
        pause.wait(0.02)


def _child_of(strace: "subprocess.Popen[str]") -> int:
    """Return the process that strace has started."""
    place = Path(f"/proc/{strace.pid}/task/{strace.pid}/children")
    return int(place.read_text(encoding="ascii").split()[0])
