"""A certificate's life in the real program, traced, and what must not be in what was written."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from threading import Event
from typing import Any

import pytest
import secretstorage
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from app.assets import RESOURCES
from tests.support import program
from tests.support.key_material import Sought, sought
from tests.support.secret_service import secret_service
from tests.support.tracing import Traced, run_traced, start_traced

PATIENCE = 60.0


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

    def know_kept(self) -> None:
        """Look for the keys of the certificates that are kept now, made here or taken in."""
        for path in (self.data / "certificate").glob("*.pem"):
            secret = self.secrets[f"certificate-{path.stem}"].encode()
            self.keys.append(load_pem_private_key(path.read_bytes(), secret))

    def know_keyring(self) -> None:
        """Look for every secret that the keyring holds now."""
        bus = secretstorage.dbus_init()
        try:
            for item in secretstorage.get_default_collection(bus).get_all_items():
                name = dict(item.get_attributes()).get("username", item.get_label())
                self.secrets[name] = item.get_secret().decode()
        finally:
            bus.close()


@contextmanager
def at_home(home: Path, logs: Path) -> Iterator[Life]:
    """Give a home of its own with an open keyring; every folder that a program uses lies in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            (home / name.lower()).mkdir()
            patch.setenv(name, str(home / name.lower()))
        copytree(RESOURCES / "sample", home / "sample")
        with secret_service(home / "keyring", patch):
            yield Life(home, logs)


@contextmanager
def with_stage(home: Path, logs: Path, *arguments: object) -> Iterator[Life]:
    """Give a home where a local stage runs; its keys and its client's are known."""
    with at_home(home, logs) as life, program.stage(life.data, *arguments) as line:
        life.stage = line
        life.know_keyring()
        life.know_stage()
        yield life


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
