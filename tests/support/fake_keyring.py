"""A keyring backend of the tests' own, which may raise, forget or block."""

import threading

import keyring.backend
import pytest

from app.keystore import secrets as module

PLACE = "the test's keystore"


class FakeKeyring(keyring.backend.KeyringBackend):
    """Keeps secrets in memory; not on the program's list until `allowed` puts it there."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.written: list[str] = []
        self.raises: Exception | None = None
        self.forgets = False
        self.asked = threading.Event()  # somebody has called
        self.block = threading.Event()  # cleared: every call waits, at most 30 s
        self.block.set()

    def get_password(self, service, username):
        self._misbehave()
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self._misbehave()
        self.written.append(password)
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service, username):
        self._misbehave()
        del self.kept[service, username]

    def _misbehave(self) -> None:
        self.asked.set()
        self.block.wait(30)
        if self.raises:
            raise self.raises


NAME = f"{FakeKeyring.__module__}.{FakeKeyring.__qualname__}"


def allowed(monkeypatch: pytest.MonkeyPatch) -> FakeKeyring:
    """Return a fake that the program takes for a keystore of the system."""
    monkeypatch.setitem(module.PLACES, NAME, PLACE)
    return FakeKeyring()
