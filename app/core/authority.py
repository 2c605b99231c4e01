"""What is known of the authorities that issue certificates, and of the register's hosts."""

from dataclasses import dataclass
from functools import cached_property

from app.core.register import Fact, Text


@dataclass(frozen=True, slots=True)
class Authority:
    """One authority that issues certificates, as its own certificate names it.

    `fingerprints` are SHA-256 in lower-case hex, () where no source says any. `succeeds` names the
    authority whose place it took. `revocation_hosts` are domains whose servers may be asked for
    its lists of revoked certificates.
    """

    id: str
    name: str
    generation: Text
    test: bool
    live: bool  # whether it still issues
    fact: Fact
    root: bool = False
    fingerprints: tuple[str, ...] = ()
    succeeds: str = ""
    revocation_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Host:
    """A host of the register: what kind of entrance is there, and what certificates it takes."""

    name: str
    kind: str
    test_certificate: bool
    fact: Fact


@dataclass(frozen=True)
class TrustFacts:
    """Authorities and hosts. `test_first` and `test_last` are the words in a name that mean test.

    The words have a default, so that a test authority is never taken for a real one where no data
    has been read.
    """

    authorities: tuple[Authority, ...] = ()
    hosts: tuple[Host, ...] = ()
    test_first: tuple[str, ...] = ("TEST",)
    test_last: tuple[str, ...] = ("PP",)

    def authority(self, authority_id: str) -> Authority | None:
        """Return the authority of an id, None when it is not known."""
        return next((one for one in self.authorities if one.id == authority_id), None)

    def named(self, name: str) -> Authority | None:
        """Return the authority of a name, None when it is not known."""
        return self._by_name.get(name.casefold())

    def host(self, name: str) -> Host | None:
        """Return what is known of a host, however its name is written."""
        return self._by_host.get(host_key(name))

    def is_test(self, name: str) -> bool:
        """Whether an authority of that name is one for tests."""
        known = self.named(name)
        words = name.upper().split()
        marked = bool(words) and (words[0] in self.test_first or words[-1] in self.test_last)
        return marked or (known is not None and known.test)

    @cached_property
    def _by_name(self) -> dict[str, Authority]:
        # The first of a name counts: a user's row comes after those that are shipped.
        return {one.name.casefold(): one for one in reversed(self.authorities)}

    @cached_property
    def _by_host(self) -> dict[str, Host]:
        return {host_key(one.name): one for one in self.hosts}


def host_key(name: str) -> str:
    """Return a host's name in the one form it is compared by."""
    return name.casefold().rstrip(".")
