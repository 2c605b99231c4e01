"""A GNOME Keyring of the test's own, on a D-Bus of its own, that a test may lock and kill."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

DAEMON, BUS = "gnome-keyring-daemon", "dbus-daemon"
PASSWORD = b"a password"
PATIENCE = 10

needs_keyring = pytest.mark.skipif(
    shutil.which(DAEMON) is None or shutil.which(BUS) is None,
    reason="gnome-keyring or dbus is not installed",
)


@dataclass
class SecretService:
    """The processes of a session; `home` is all that they know of a home."""

    home: Path
    address: str
    bus: "subprocess.Popen[bytes]"
    daemon: "subprocess.Popen[bytes]"

    def lock(self) -> None:
        """Lock the default collection, as a screen lock does."""
        import secretstorage  # Linux only

        bus = secretstorage.dbus_init()
        try:
            secretstorage.get_default_collection(bus).lock()
        finally:
            bus.close()

    def unlock(self) -> None:
        """Unlock it again without a prompt: by starting the daemon anew with its password."""
        self.kill_daemon()
        self.daemon = _start_daemon(self.home, self.address, replace=True)

    def kill_daemon(self) -> None:
        """Kill the keyring; the bus may start another one, which is locked."""
        self.daemon.kill()
        self.daemon.wait(PATIENCE)

    def kill_bus(self) -> None:
        """Kill the bus that every call goes over."""
        self.bus.kill()
        self.bus.wait(PATIENCE)


@contextmanager
def secret_service(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """Run an unlocked keyring that this process talks to until the block ends."""
    bus = subprocess.Popen(
        [BUS, "--session", "--nofork", "--nopidfile", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(home),
    )
    assert bus.stdout is not None
    address = bus.stdout.readline().decode().strip()
    service = SecretService(home, address, bus, _start_daemon(home, address))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    monkeypatch.delenv("DISPLAY", raising=False)
    try:
        yield service
    finally:
        for process in (service.daemon, bus):
            process.kill()
            process.wait(PATIENCE)
        bus.stdout.close()


def _start_daemon(home: Path, address: str, replace: bool = False) -> "subprocess.Popen[bytes]":
    """Start the keyring and wait until it answers with its collection unlocked."""
    process = subprocess.Popen(
        [DAEMON, "--foreground", "--unlock", "--components=secrets", *["--replace"] * replace],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(home) | {"DBUS_SESSION_BUS_ADDRESS": address},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(BrokenPipeError):
        process.stdin.write(PASSWORD)
        process.stdin.close()
    process.stdout.readline()  # it tells where its control socket is once it is there
    process.stdout.close()
    return process


def _environment(home: Path) -> dict[str, str]:
    names = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "HOME")
    return {"PATH": os.environ["PATH"], **dict.fromkeys(names, str(home))}
