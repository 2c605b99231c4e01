"""Secrets behind a passphrase that a person types at start, where the system has no keystore.

The file holds a random key, wrapped by one that scrypt makes of the passphrase, and the secrets
encrypted by that random key (AES-256-GCM). The passphrase itself is never stored.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_bytes
from threading import Lock
from unicodedata import normalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from app.core.errors import KeystoreError
from app.disk import OWNER_ONLY, alone, write_atomically
from app.keystore.hardening import close_file
from app.keystore.secrets import PlaceState, require_short

SHORTEST = 12  # characters
COST, BLOCK, LANES = 2**17, 8, 1  # scrypt: 128 MiB, as OWASP advises
COSTS = range(15, 21)  # powers of two that a file may ask for
KEY_BYTES, SALT_BYTES, NONCE_BYTES = 32, 16, 12
PATIENCE = 30.0  # seconds to wait while another process writes


@dataclass(frozen=True, slots=True)
class Box:
    """What the file holds; everything but the cost is unreadable without the passphrase."""

    cost: int
    salt: bytes
    wrapped: bytes  # the random key
    sealed: bytes  # the secrets


class TypedSecrets:
    """Secrets in a file of ours that only the passphrase opens."""

    def __init__(self, file: Path, cost: int = COST) -> None:
        self.file = file
        self._cost = cost
        self._key: bytes | None = None
        self._turn = Lock()

    @property
    def place(self) -> str:
        """The name of this place: that of the file."""
        return self.file.name

    @property
    def exists(self) -> bool:
        """Whether a passphrase was ever chosen here."""
        return self.file.exists()

    def state(self) -> PlaceState:
        """Return "typed" once the passphrase was typed in this run, else "asks"."""
        if self._key is None:
            return PlaceState("asks", self.place, "passphrase-needed")
        return PlaceState("typed", self.place)

    def create(self, passphrase: str) -> None:
        """Make the file, once; from now on the passphrase opens it."""
        if len(passphrase) < SHORTEST:
            raise KeystoreError("passphrase-too-short", shortest=SHORTEST)
        with self._turn, _writing(self.file):
            if self.exists:
                raise KeystoreError("passphrase-exists")
            key, salt = token_bytes(KEY_BYTES), token_bytes(SALT_BYTES)
            wrapped = _seal(_stretched(passphrase, salt, self._cost), key, b"key")
            _write(self.file, Box(self._cost, salt, wrapped, _seal(key, b"{}", b"secrets")))
            self._key = key

    def unlock(self, passphrase: str) -> None:
        """Open the file for this run."""
        with self._turn:
            box = _read(self.file)
            close_file(self.file)
            try:
                key = _open(_stretched(passphrase, box.salt, box.cost), box.wrapped, b"key")
            except InvalidTag:
                raise KeystoreError("passphrase-wrong") from None
            _secrets_in(box, key)
            self._key = key

    def read(self, name: str) -> str | None:
        """Return the secret of that name, None when there is none."""
        with self._turn:
            return _secrets_in(_read(self.file), self._opened()).get(name)

    def write(self, name: str, secret: str) -> None:
        """Keep a secret."""
        require_short(secret)
        self._change({name: secret})

    def remove(self, name: str) -> None:
        """Forget a secret; a missing one is no error."""
        self._change({name: None})

    def _change(self, changes: Mapping[str, str | None]) -> None:
        with self._turn:
            key = self._opened()
            with _writing(self.file):
                box = _read(self.file)
                every = {**_secrets_in(box, key), **changes}
                left = {name: secret for name, secret in every.items() if secret is not None}
                sealed = _seal(key, json.dumps(left).encode(), b"secrets")
                _write(self.file, Box(box.cost, box.salt, box.wrapped, sealed))

    def _opened(self) -> bytes:
        if self._key is None:
            raise KeystoreError("passphrase-needed")
        return self._key


@contextmanager
def _writing(file: Path) -> Iterator[None]:
    """Change the file while no other process does."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with alone(file.with_suffix(".lock"), PATIENCE):
            yield
    except TimeoutError:
        raise KeystoreError("passphrase-file-busy") from None
    except OSError:
        raise KeystoreError("passphrase-file-not-kept", name=file.name) from None


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    """Return the key that a passphrase stands for; slow and large on purpose."""
    scrypt = Scrypt(salt=salt, length=KEY_BYTES, n=cost, r=BLOCK, p=LANES)
    # What looks the same is the same, however the keyboard composed it.
    return scrypt.derive(normalize("NFC", passphrase).encode())


def _seal(key: bytes, content: bytes, purpose: bytes) -> bytes:
    nonce = token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, purpose)


def _open(key: bytes, sealed: bytes, purpose: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose)


def _secrets_in(box: Box, key: bytes) -> dict[str, str]:
    try:
        opened: dict[str, str] = json.loads(_open(key, box.sealed, b"secrets"))
    except (InvalidTag, ValueError):
        raise KeystoreError("passphrase-file-damaged") from None
    return opened


def _read(file: Path) -> Box:
    try:
        read = json.loads(file.read_bytes())
        parts = [b64decode(read[name], validate=True) for name in ("salt", "wrapped", "sealed")]
        cost = int(read["cost"])
    except FileNotFoundError:
        raise KeystoreError("passphrase-file-missing", name=file.name) from None
    except (OSError, ValueError, KeyError, TypeError):
        raise KeystoreError("passphrase-file-damaged") from None
    salt, wrapped, sealed = parts
    whole = min(len(wrapped), len(sealed)) > NONCE_BYTES and len(salt) == SALT_BYTES
    if not whole or cost not in {2**power for power in COSTS}:
        raise KeystoreError("passphrase-file-damaged")
    return Box(cost, salt, wrapped, sealed)


def _write(file: Path, box: Box) -> None:
    parts = {"salt": box.salt, "wrapped": box.wrapped, "sealed": box.sealed}
    texts = {name: b64encode(part).decode() for name, part in parts.items()}
    text = json.dumps({"kind": "scrypt+aes-256-gcm", "cost": box.cost, **texts}, indent=1) + "\n"
    write_atomically(file, text.encode(), mode=OWNER_ONLY)
