"""One rung of the connection ladder: how it stands, why, and what was said."""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.core.errors import WorkbenchError
from app.core.identity import mask_text

NAME = "rung-name"
PROXY = "rung-proxy"
CONNECT = "rung-connect"
SERVER = "rung-server-trusted"
ASKED = "rung-certificate-asked"
CLIENT = "rung-client-accepted"
READ = "rung-contract-read"

LONGEST_SAID = 600
_MARKUP = re.compile(r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]{0,300}>", re.DOTALL)

Values = tuple[tuple[str, str], ...]


class State(StrEnum):
    """How a rung stands."""

    OK = "ok"
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung; `problem` is a code, and `raw` what the other side or OpenSSL said, masked."""

    code: str
    state: State = State.OK
    problem: str = ""
    values: Values = ()
    raw: str = ""

    @property
    def is_open(self) -> bool:
        """Whether one may climb on."""
        return self.state is not State.BROKEN


def broken(code: str, problem: str, values: Values = (), raw: str = "") -> Rung:
    """Return a rung that does not hold."""
    return Rung(code, State.BROKEN, problem, values, raw)


def broken_by(code: str, error: WorkbenchError, problem: str = "") -> Rung:
    """Return a rung that an error of ours has broken, with what that was made from."""
    return broken(code, problem or error.code, tuple(error.values.items()), said(origin(error)))


def origin(error: WorkbenchError) -> BaseException | None:
    """Return what an error of ours was made from: what the system or OpenSSL raised."""
    cause = error.__cause__ or error.__context__
    while isinstance(cause, WorkbenchError):
        cause = cause.__cause__ or cause.__context__
    return cause


def said(what: object) -> str:
    """Return what was said as one short line: without markup, with persons' numbers masked."""
    if what is None:
        return ""
    if isinstance(what, BaseException):
        what = f"{type(what).__name__}: {what}" if str(what) else type(what).__name__
    plain = " ".join(_MARKUP.sub(" ", str(what)).split())
    masked = mask_text("".join(one for one in plain if one.isprintable()))
    return masked if len(masked) <= LONGEST_SAID else f"{masked[:LONGEST_SAID]}…"
