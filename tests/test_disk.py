"""Whole files and the lock, as the journal, the certificate and the local stage rely on them."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.disk import OWNER_ONLY, alone, remove_half_written, write_atomically


def test_a_file_is_replaced_whole_and_keeps_its_rights(tmp_path):
    path = tmp_path / "kept"
    write_atomically(path, b"old", mode=OWNER_ONLY)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["kept"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, failing):
    path = tmp_path / "kept"
    write_atomically(path, b"old")

    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*((os, "fsync") if failing == "fsync" else (Path, "replace")), fail)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert [one.name for one in tmp_path.iterdir()] == ["kept"]
    assert path.read_bytes() == b"old"


def test_what_a_killed_writer_left_is_removed_and_nothing_else(tmp_path):
    for name in (".kept.1234.tmp", "kept", "kept.tmp", ".other"):
        (tmp_path / name).touch()
    remove_half_written(tmp_path)
    assert {one.name for one in tmp_path.iterdir()} == {"kept", "kept.tmp", ".other"}


def test_one_thread_at_a_time_is_let_in(tmp_path):
    inside, most = [0], [0]

    def enter() -> None:
        for _ in range(20):
            with alone(tmp_path / "lock", 10):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=enter) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1]


HOLDER = """
import sys
from pathlib import Path
from app.disk import alone
with alone(Path(sys.argv[1]), 10):
    print("in", flush=True)
    sys.stdin.read()
"""


def test_another_process_waits_and_a_killed_one_lets_go(tmp_path):
    lock = tmp_path / "lock"
    command = [sys.executable, "-c", HOLDER, str(lock)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"in" + os.linesep.encode()
        with pytest.raises(TimeoutError), alone(lock, 0.05):
            pytest.fail("two are in")
        holder.kill()
    with alone(lock, 10):
        pass


@pytest.mark.parametrize("kind", ["folder", "rubbish"])
def test_a_lock_that_cannot_be_used_is_not_taken_for_a_held_one(tmp_path, kind):
    lock = tmp_path / "lock"
    lock.mkdir() if kind == "folder" else lock.write_bytes(b"rubbish" * 100)
    with pytest.raises(OSError) as caught, alone(lock, 0.05):  # noqa: PT011 - any but a time-out
        pytest.fail("let in")
    assert not isinstance(caught.value, TimeoutError)
