"""Where secrets lie: in the system's keystore, or behind a typed passphrase where there is none."""

from contextlib import suppress
from pathlib import Path

from app.core.errors import KeystoreError
from app.keystore.secrets import OsSecrets, PlaceState
from app.keystore.typed import TypedSecrets

VAULT = "secrets.vault"
NONE_HERE = "keystore-missing"


class Places:
    """The system's keystore; once a passphrase was chosen here, the file that it opens.

    A secret that the system's keystore was given before is still found there.
    """

    def __init__(
        self, data: Path, system: OsSecrets | None = None, typed: TypedSecrets | None = None
    ) -> None:
        self._system = system or OsSecrets()
        self._typed = typed or TypedSecrets(data / VAULT)

    @property
    def place(self) -> str:
        """The name of the place that takes new secrets."""
        return self._chosen.place

    def state(self) -> PlaceState:
        """Return how the place stands; no question is put to the user for it."""
        return self._chosen.state()

    def create(self, passphrase: str) -> None:
        """Choose a passphrase, only where the system has no keystore of its own."""
        try:
            place = self._system.place
        except KeystoreError as error:
            if error.code != NONE_HERE:
                raise
        else:
            raise KeystoreError("passphrase-not-needed", place=place)
        self._typed.create(passphrase)

    def unlock(self, passphrase: str) -> None:
        """Open the place for this run; the system's keystore asks for its password by itself."""
        self._chosen.unlock(passphrase)

    def read(self, name: str) -> str | None:
        """Return the secret of that name, None when there is none."""
        if not self._typed.exists:
            return self._system.read(name)
        found = self._typed.read(name)
        return self._former(name) if found is None else found

    def write(self, name: str, secret: str) -> None:
        """Keep a secret."""
        self._chosen.write(name, secret)

    def remove(self, name: str) -> None:
        """Forget a secret; a missing one is no error."""
        self._chosen.remove(name)
        if self._typed.exists and self._system.state().state == "ready":
            with suppress(KeystoreError):  # it most likely never had it
                self._system.remove(name)

    @property
    def _chosen(self) -> OsSecrets | TypedSecrets:
        return self._typed if self._typed.exists else self._system

    def _former(self, name: str) -> str | None:
        try:
            return self._system.read(name)
        except KeystoreError as error:
            if error.code != NONE_HERE:
                raise
            return None
