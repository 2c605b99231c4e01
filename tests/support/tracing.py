"""A program under strace: every byte that it and its children write, and where to."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

CALLS = (
    "write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,open,openat,creat,memfd_create"
)
PATIENCE = 250  # seconds
LIMIT = 8_000_000  # bytes of one call that are kept
_LINE = re.compile(rb"^(?:\d+ +)?(\w+)\((.*)$")
_PLACE = re.compile(rb"^\d+<((?:[^>\\]|\\.)*)>")
_TEXT = re.compile(rb'"((?:\\x[0-9a-f]{2})*)"')
_WRITING = re.compile(rb"O_WRONLY|O_RDWR|O_CREAT")


@dataclass(frozen=True)
class Write:
    """What one call wrote; `place` is a path, or such as `socket:[1]`, `memfd:name`, `pipe:[1]`."""

    place: str
    data: bytes


@dataclass(frozen=True)
class Traced:
    """How a traced program ended, and what it wrote."""

    code: int
    out: str
    err: str
    log: Path

    def writes(self) -> Iterator[Write]:
        """Give every write of every process."""
        for line in _lines(self.log):
            call, rest = line
            place = _PLACE.match(rest)
            if place is not None and call not in {b"open", b"openat", b"creat", b"memfd_create"}:
                data = b"".join(_unhex(one) for one in _TEXT.findall(rest))
                yield Write(_shown(place[1]), data)

    def opened_for_writing(self) -> set[str]:
        """Return the path of every file that was opened for writing."""
        opened = set()
        for call, rest in _lines(self.log):
            if call in {b"open", b"openat", b"creat"} and (
                call == b"creat" or _WRITING.search(rest)
            ):
                path = _TEXT.search(rest)
                if path is not None and b"= -1" not in rest:
                    opened.add(_unhex(path[1]).decode(errors="replace"))
        return opened


def run_traced(log: Path, command: Sequence[object], *, stdin: str = "", **more: str) -> Traced:
    """Run a command to its end."""
    with start_traced(log, command, **more) as process:
        out, err = process.communicate(stdin, timeout=PATIENCE)
    return Traced(process.returncode, out, err, log)


def start_traced(log: Path, command: Sequence[object], **more: str) -> "subprocess.Popen[str]":
    """Start a command; `log` takes what it writes."""
    strace = ["strace", "-f", "--seccomp-bpf", "-qqq", "-y", "-xx", "-s", str(LIMIT)]
    return subprocess.Popen(
        [*strace, "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(log)]
        + [str(one) for one in command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, **more},
    )


@cache
def _refusal() -> str:
    try:
        said = subprocess.run(
            ["strace", "-f", "-qqq", "-o", os.devnull, "true"],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except FileNotFoundError:
        return "strace is not installed"
    return "" if said.returncode == 0 else f"strace may not trace here: {said.stderr.strip()}"


needs_strace = pytest.mark.skipif(
    sys.platform != "linux" or bool(_refusal()), reason=_refusal() or "strace is of Linux"
)


def _lines(log: Path) -> Iterator[tuple[bytes, bytes]]:
    """Give each call and its arguments; one that another thread interrupted is put together."""
    begun: dict[bytes, bytes] = {}
    with log.open("rb") as lines:
        for line in lines:
            number, _, rest = line.partition(b" ")
            rest = rest.lstrip()
            if rest.rstrip().endswith(b"<unfinished ...>"):
                begun[number] = rest[: rest.rindex(b"<unfinished ...>")]
                continue
            if rest.startswith(b"<... "):
                rest = begun.pop(number, b"") + rest.partition(b"resumed>")[2]
            call = _LINE.match(rest)
            if call is not None:
                yield call[1], call[2]
    for rest in begun.values():  # cut off by the end of the process
        call = _LINE.match(rest)
        if call is not None:
            yield call[1], call[2]


def _unhex(text: bytes) -> bytes:
    return bytes.fromhex(text.replace(b"\\x", b"").decode())


def _shown(place: bytes) -> str:
    """Return a path; strace writes the bytes of those with unusual characters in hexadecimal."""
    plain = re.sub(rb"\\x([0-9a-f]{2})", lambda one: bytes.fromhex(one[1].decode()), place)
    return plain.decode(errors="replace")
