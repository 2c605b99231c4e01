"""Every TLS version and server that a case of the certificate's security is shown against."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import NotSent
from app.core.outcome import Outcome
from app.transport.address import read_address
from app.transport.line import listen_first, secured
from app.transport.timed import Limits
from app.transport.tls import client_context
from tests.support import real_servers
from tests.support.outside import Setup, serving
from tests.support.outside_line import Outside
from tests.support.pki import (
    Flaw,
    Tree,
    leaf,
    list_pem,
    plain_identity,
    revoked_list,
    server_leaf,
    server_tree,
    siths_test,
)
from tests.support.real_servers import TLS_1_2, TLS_1_3, RealServer, RealSetup

WAITING = Limits(connect=10, read=10, total=20, settle=2.0)
DOCUMENT = b"<a/>"
VERSIONS = {"TLS 1.2": TLS_1_2, "TLS 1.3": TLS_1_3}


@dataclass
class Met:
    """A server that runs: where, by which CA file it is known, and what it has received."""

    address: str
    trusted: Path
    received: Callable[[], int]  # requests with a body
    answers: list[Any] = field(default_factory=list)  # of Python's server


def against(number: str, *servers: str) -> Any:
    """Run a test against each server in TLS 1.2 and 1.3, marked for the table of cases."""
    params = [
        pytest.param(
            (server, version),
            id=f"{server}-{version}",
            marks=pytest.mark.case(number, f"{server}, {version}"),
        )
        for server in servers
        for version in VERSIONS
    ]
    return pytest.mark.parametrize("kind", params)


@contextmanager
def meeting(kind: tuple[str, str], folder: Path) -> Iterator[Met]:
    """Run a server of TEST SITHS's clients; it knows which certificate was revoked."""
    name, version = kind
    if name == "Python ssl":
        with _python(version, folder) as met:
            yield met
        return
    runs: dict[str, Callable[[RealSetup], AbstractContextManager[RealServer]]] = {
        "nginx": real_servers.nginx,
        "Apache": real_servers.apache,
        "Java": real_servers.java,
    }
    with runs[name](RealSetup(VERSIONS[version], lists=lists())) as server:
        yield Met(server.address, server.trusted, lambda: len(server.received))


@contextmanager
def _python(version: str, folder: Path) -> Iterator[Met]:
    tree, clients = server_tree(), siths_test()
    trusted = folder / "trusted.pem"
    trusted.write_bytes(tree.pem)
    setup = Setup(
        server_leaf(),
        clients.issuing,
        VERSIONS[version],
        trusted=clients.root.pem,
        lists=lists(),
        chain=tree.issuing.pem,
    )
    with serving(folder, setup) as server:
        yield Met(server.address, trusted, lambda: len(server.requests), server.answers)


def lists() -> bytes:
    """Return the revocation lists of TEST SITHS: one client certificate is revoked."""
    tree: Tree = siths_test()
    revoked = leaf(Flaw.REVOKED)
    return list_pem(revoked_list(tree.issuing, revoked), revoked_list(tree.root))


def context_of(met: Met, folder: Path, flaw: Flaw | None, tree: Tree | None = None) -> Any:
    """Return our context towards a server, with a client certificate of a flaw."""
    chain = (tree or siths_test()).chain[:1]
    identity = None if flaw is None else plain_identity(folder, leaf(flaw), chain)
    return client_context((met.trusted,), identity)


def read_first(met: Met, context: Any, limits: Limits = WAITING) -> str:
    """Return the code with which the read-first probe ends, "" when the server says nothing."""
    try:
        with secured(read_address(met.address), context, limits) as secure:
            listen_first(secure, limits.settle)
    except NotSent as error:
        return error.code
    return ""


def post(outside: Outside, met: Met, context: Any, document: bytes = DOCUMENT) -> Outcome:
    """Send one case."""
    register = outside.register(met.address, context, WAITING)
    try:
        return register.post("1", document)
    finally:
        register.close()
