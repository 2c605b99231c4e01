"""Small secrets in the keystore of the operating system, through keyring.

Every call may block until a person has answered the keystore's own question, so callers keep it
off the GUI thread. Each call also has a time limit.
"""

import os
import sys
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from app.core.errors import Cancelled, KeystoreError
from app.core.waiting import FOR_KEYSTORE
from app.keystore.patience import Patience

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Answer = TypeVar("Answer")

SERVICE = "spor-workbench"
LONGEST = 1280  # UTF-16 units: what a Windows credential holds, demanded on every system
TIME_LIMIT = 60.0  # seconds: a person may have to type a password in another window
WAITING = FOR_KEYSTORE

SECRET_SERVICE = "keyring.backends.SecretService.Keyring"  # noqa: S105 - the name of a class
PLACES = {
    SECRET_SERVICE: "Secret Service",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
}
OWN_BACKEND = {
    "win32": "keyring.backends.Windows.WinVaultKeyring",
    "darwin": "keyring.backends.macOS.Keyring",
}


class PlaceState(NamedTuple):
    """How a place for secrets stands: "ready", "missing", "locked", "typed", "asks" or "failed".

    `code` and `values` say what is wrong, "" when nothing is.
    """

    state: str
    place: str = ""
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()


class OsSecrets:
    """Secrets in the keystore of the operating system; never in a file of ours.

    `open_backend` gives the keyring backend; whatever it gives must be on the list of allowed ones.
    """

    def __init__(
        self,
        open_backend: Callable[[], "KeyringBackend"] | None = None,
        time_limit: float = TIME_LIMIT,
    ) -> None:
        self._open_backend = open_backend or own_backend
        self._backend: KeyringBackend | None = None
        self._patience = Patience(WAITING, time_limit, _no_answer)

    @property
    def place(self) -> str:
        """The name of the keystore in use."""
        return PLACES[_name_of(self._in_time(self._ready))]

    def state(self) -> PlaceState:
        """Return how the keystore stands; no question is put to the user for it."""
        try:
            if self._in_time(lambda: _is_locked(self._ready())):
                return PlaceState("locked", self.place, "keystore-locked")
            return PlaceState("ready", self.place)
        except KeystoreError as error:
            states = {"keystore-missing": "missing", "keystore-locked": "locked"}
            values = tuple(error.values.items())
            return PlaceState(states.get(error.code, "failed"), "", error.code, values)

    def unlock(self, _passphrase: str = "") -> None:
        """Let the keystore ask for its own password, where it is locked."""
        self.read("unlock")

    def read(self, name: str) -> str | None:
        """Return the secret of that name, None when there is none."""
        return self._in_time(lambda: self._ready().get_password(SERVICE, name))

    def write(self, name: str, secret: str) -> None:
        """Keep a secret, then read it back: some backends accept and forget."""
        require_short(secret)
        if self._in_time(lambda: self._write(name, secret)) != secret:
            raise KeystoreError("keystore-loses", place=self.place)

    def remove(self, name: str) -> None:
        """Forget a secret; a missing one is no error."""
        self._in_time(lambda: self._remove(name))

    def _write(self, name: str, secret: str) -> str | None:
        backend = self._ready()
        backend.set_password(SERVICE, name, secret)
        return backend.get_password(SERVICE, name)

    def _remove(self, name: str) -> None:
        backend = self._ready()
        if backend.get_password(SERVICE, name) is not None:
            backend.delete_password(SERVICE, name)

    def _ready(self) -> "KeyringBackend":
        """Return the allowed backend, found once; a failure is tried anew the next time."""
        if self._backend is None:
            backend = self._open_backend()
            _require_allowed(backend)
            self._backend = backend
        return self._backend

    def _in_time(self, work: Callable[[], Answer]) -> Answer:
        """Do the work within the time limit; whatever a backend raises becomes one of our codes."""
        try:
            return self._patience.wait_for(work)
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - they raise anything: OSError, pywintypes
            failure = as_keystore_error(error)
        raise failure


class MemorySecrets:
    """Secrets that are gone when the program ends: the demo on a bare server, and tests."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}

    @property
    def place(self) -> str:
        """The name of this place."""
        return "memory"

    def state(self) -> PlaceState:
        """Return that the place is ready: it always is."""
        return PlaceState("ready", self.place)

    def read(self, name: str) -> str | None:
        """Return the secret of that name, None when there is none."""
        return self._secrets.get(name)

    def write(self, name: str, secret: str) -> None:
        """Keep a secret until the program ends."""
        require_short(secret)
        self._secrets[name] = secret

    def remove(self, name: str) -> None:
        """Forget a secret; a missing one is no error."""
        self._secrets.pop(name, None)


def _no_answer(seconds: float) -> KeystoreError:
    return KeystoreError("keystore-no-answer", seconds=f"{seconds:g}")


def own_backend() -> "KeyringBackend":
    """Return this system's own keystore.

    It is named outright instead of asking keyring for the best one, because keyring's best may be a
    plaintext file. A backend that the environment or keyringrc.cfg asks for is looked at first, so
    that a forbidden one is refused in the open and not passed over in silence.
    """
    from keyring.core import load_config, load_env, load_keyring

    named = os.environ.get("PYTHON_KEYRING_BACKEND", "")
    _require_allowed_name(named)
    demanded = (load_env() if named else None) or load_config()
    if demanded is not None:
        _require_allowed(demanded)
        return _kept_local(demanded)
    name = OWN_BACKEND.get(sys.platform, "keyring.backends.SecretService.Keyring")
    try:
        return _kept_local(load_keyring(name))
    except Exception:  # noqa: BLE001 - no bus, no service, no library: there is none to use
        raise KeystoreError("keystore-missing") from None


def as_keystore_error(error: Exception) -> KeystoreError:
    """Return whatever a backend raised as one of our codes; its text is not kept."""
    from keyring import errors

    if isinstance(error, KeystoreError):
        return error
    if isinstance(error, errors.NoKeyringError):
        return KeystoreError("keystore-missing")
    if isinstance(error, errors.KeyringLocked | errors.InitError):
        return KeystoreError("keystore-locked")
    return KeystoreError("keystore-failed", kind=type(error).__name__)


def _kept_local(backend: "KeyringBackend") -> "KeyringBackend":
    """Return the backend told to keep secrets on this machine, not in a roaming profile."""
    if _name_of(backend) == OWN_BACKEND["win32"]:
        backend.persist = "local machine"  # type: ignore[attr-defined]
    return backend


def _is_locked(backend: "KeyringBackend") -> bool:
    """Whether the backend would ask for a password; only Secret Service can be asked that."""
    if _name_of(backend) != SECRET_SERVICE:
        return False
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        try:
            return bool(secretstorage.Collection(bus).is_locked())
        except secretstorage.exceptions.ItemNotFoundException:
            return False  # there is none yet: the first secret makes it


def _require_allowed(backend: "KeyringBackend") -> None:
    _require_allowed_name(_name_of(backend))


def _require_allowed_name(name: str) -> None:
    if name and name not in PLACES:
        raise KeystoreError("keystore-refused", backend=name)


def _name_of(backend: object) -> str:
    kind = type(backend)
    return f"{kind.__module__}.{kind.__qualname__}"


def require_short(secret: str) -> None:
    """Raise when a secret is longer than every keystore can hold."""
    units = len(secret.encode("utf-16-le")) // 2
    if units > LONGEST:
        raise KeystoreError("secret-too-long", units=units, longest=LONGEST)
