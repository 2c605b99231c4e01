"""The doors that tests and the demo may replace: the keystore and the register."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from app.core.outcome import Outcome


class Stand(Protocol):
    """How a place for secrets stands."""

    @property
    def state(self) -> str:
        """One of the states of a keystore, such as "ready" or "locked"."""

    @property
    def place(self) -> str:
        """Its name, "" where it is not known."""

    @property
    def code(self) -> str:
        """What is wrong, "" when nothing is."""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """The values of what is wrong."""


class SecretStore(Protocol):
    """A keystore of small secrets. Every call may raise KeystoreError."""

    @property
    def place(self) -> str:
        """A name for where the secrets lie, such as "SecretService"."""

    def state(self) -> Stand:
        """Return how the place stands; nobody is asked anything for it."""

    def read(self, name: str) -> str | None:
        """Return the secret of that name, None when there is none."""

    def write(self, name: str, secret: str) -> None:
        """Keep a secret and read it back."""

    def remove(self, name: str) -> None:
        """Forget a secret; a missing one is no error."""


@runtime_checkable
class PassphrasePlace(Protocol):
    """A keystore that a typed passphrase can open, or take the place of."""

    def create(self, passphrase: str) -> None:
        """Choose the passphrase, where the system has no keystore of its own."""

    def unlock(self, passphrase: str) -> None:
        """Open the place for this run."""


class RegisterService(Protocol):
    """An open connection to one entrance of the register."""

    def post(self, case: str, document: bytes) -> Outcome:
        """Send one case's request document and return what came of it; never raises for an answer.

        `document` is the request element as `build` writes it; the envelope is put around it.
        """

    def post_many(self, cases: Sequence[str], document: bytes) -> tuple[Outcome, ...]:
        """Send a request document that holds several cases; return what came of each, in order.

        What cannot be matched with a case is unknown, never accepted.
        """

    def close(self) -> None:
        """Close the connection."""
