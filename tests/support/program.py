"""The program as a process of its own, the way a script runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def start(data: Path, *arguments: object, **more) -> "subprocess.Popen[str]":
    """Start the program on a folder of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "app", "--data", str(data), *(str(one) for one in arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={**os.environ, **more},
    )


def run(data: Path, *arguments: object, **more) -> "subprocess.CompletedProcess[str]":
    """Run the program to its end."""
    with start(data, *arguments, **more) as process:
        out, err = process.communicate(timeout=120)
    return subprocess.CompletedProcess(
        [str(one) for one in arguments], process.returncode, out, err
    )


@contextmanager
def stage(data: Path, *arguments: object) -> Iterator[dict[str, str]]:
    """Run the `stage` command; give what its JSON line says."""
    with start(data, "stage", *arguments) as process:
        assert process.stdout is not None
        try:
            yield json.loads(process.stdout.readline())
        finally:
            died = process.poll()
            process.terminate()
            _, errors = process.communicate(timeout=20)
            assert died is None, errors
