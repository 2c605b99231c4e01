"""The table of forced connection faults, and what several of them share."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from tests.support.ladder_bench import (
    Bench,
    good_setup,
)
from tests.support.outside import answer_of
from tests.support.real_servers import TLS_1_2, TLS_1_3

CERTIFICATE, NAME, PROXY, CONNECT = "rung-certificate", "rung-name", "rung-proxy", "rung-connect"
SERVER, CLIENT = "rung-server-trusted", "rung-client-accepted"
READ, SAME, CASE = "rung-contract-read", "rung-contract-same", "rung-case"
BOTH = (TLS_1_2, TLS_1_3)
NOT_OF_TLS = (TLS_1_3,)

Forced = Callable[[Bench, ssl.TLSVersion], AbstractContextManager[object]]


@dataclass(frozen=True)
class Fault:
    """A fault, the rung that it breaks, and the code of its cause."""

    name: str
    forced: Forced
    rung: str
    problem: str
    versions: tuple[ssl.TLSVersion, ...] = NOT_OF_TLS
    case: bool = False


FAULTS: list[Fault] = []


def fault(rung: str, problem: str, *versions: ssl.TLSVersion, case: bool = False) -> Any:
    """Enter a fault into the table; the function's name is the fault's."""

    def entered(forced: Callable[..., Iterator[object]]) -> Callable[..., Iterator[object]]:
        name = forced.__name__.replace("_", " ")
        made = contextmanager(forced)
        FAULTS.append(Fault(name, made, rung, problem, versions or NOT_OF_TLS, case))
        return forced

    return entered


def answered(bench: Bench, version: ssl.TLSVersion, *answers: Any) -> Iterator[object]:
    bench.install()
    with bench.serving(good_setup(version=version), *answers):
        yield None


def with_length(answer: bytes) -> bytes:
    return answer_of("200 OK", answer.partition(b"\r\n\r\n")[2])
