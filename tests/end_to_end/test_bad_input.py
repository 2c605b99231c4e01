"""Bad input: one clear sentence in both languages, an exit code, nothing half-written."""

import socket
from pathlib import Path
from shutil import copytree
from threading import Thread

import pytest

from app.assets import RESOURCES
from app.cli.program import FAILED, GATE, SOME_NOT
from app.stage.faults import Faults
from app.workflow.stage_note import remember
from tests.support.command_line import CommandLine
from tests.support.workflow import make_desk, running_stage

LANGUAGES = pytest.mark.parametrize("language", ["sv", "en"])


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    return CommandLine(capsys, monkeypatch, tmp_path / "data")


@pytest.fixture
def sample(tmp_path) -> Path:
    copytree(RESOURCES / "sample", tmp_path / "sample")
    return Path(tmp_path, "sample", "sample.sporproject")


def remove(folder: Path) -> None:
    (folder / "opkoder.csv").unlink()


def empty(folder: Path) -> None:
    (folder / "opkoder.csv").write_bytes(b"")


def encode_wrongly(folder: Path) -> None:
    project = folder / "sample.sporproject"
    project.write_text(project.read_text("utf-8").replace("cp1252", "utf-8"), "utf-8")


def lose_a_column(folder: Path) -> None:
    path = folder / "operationer.csv"
    path.write_bytes(path.read_bytes().replace(b";ANMDAT;", b";ANMDATUM;", 1))


def lose_the_key(folder: Path) -> None:
    path = folder / "planeringar.csv"
    path.write_bytes(path.read_bytes().replace(b"OPNR", b"NR", 1))


def come_from_the_future(folder: Path) -> None:
    project = folder / "sample.sporproject"
    text = project.read_text("utf-8").replace("format = 1", "format = 999", 1)
    project.write_text(text, "utf-8")


def be_no_project(folder: Path) -> None:
    (folder / "sample.sporproject").write_bytes(b"\x00[[[")


def vanish(folder: Path) -> None:
    (folder / "sample.sporproject").unlink()


SPOILED = {
    remove: "file-missing",
    empty: "file-empty",
    encode_wrongly: "file-encoding",
    lose_a_column: "column-missing",
    lose_the_key: "key-missing",
    come_from_the_future: "project-newer",
    be_no_project: "project-unreadable",
    vanish: "project-missing",
}


@LANGUAGES
@pytest.mark.parametrize("spoil", SPOILED, ids=lambda one: one.__name__)
def test_a_spoiled_export_or_project_is_one_sentence(call, sample, tmp_path, spoil, language):
    spoil(sample.parent)
    out = tmp_path / "out"
    said = call("--lang", language, "build", sample, "--out", out)
    assert said.code == FAILED
    assert said.err.count("\n") == 1
    assert said.err.endswith(f"[{SPOILED[spoil]}]\n")
    assert "–" not in said.err  # every value is there
    assert not out.exists()


@LANGUAGES
def test_a_row_without_a_case_is_a_finding_and_stops_nobody(call, sample, language):
    path = sample.parent / "planeringar.csv"
    header, first, *_ = path.read_bytes().splitlines()
    cells = first.split(b";")
    cells[header.split(b";").index(b"OPNR")] = b"9999999"
    path.write_bytes(path.read_bytes() + b";".join(cells) + b"\r\n")
    said = call("--lang", language, "check", sample)
    assert said.code == SOME_NOT
    assert "[orphan-row]" in said.out


@LANGUAGES
def test_a_stage_that_is_down_is_one_sentence(call, sample, language):
    said = call("--lang", language, "send", sample, "--to", "local", "--yes")
    assert said.code == FAILED
    assert said.err.endswith("[stage-not-running]\n")


def test_a_line_that_is_cut_again_and_again_stops_the_batch_as_unknown(call, sample, tmp_path):
    host = make_desk(tmp_path / "host")
    with running_stage(host, Faults(cut=1)) as stage:
        remember(call.folder / "stage", call.secrets, dict(stage.line()))
        said = call("--lang", "en", "send", sample, "--to", "local", "--yes", "--json")
        assert said.code == SOME_NOT
        assert said.err.endswith("[lines-lost]\n")
        assert '"unknown": 3' in said.out
    with running_stage(host) as stage:
        remember(call.folder / "stage", call.secrets, dict(stage.line()))
        said = call("--lang", "en", "send", sample, "--to", "local", "--yes", "--json")
        assert said.code == 0  # nothing lost: the unknown ones went along


def test_a_stage_that_says_it_is_unavailable_loses_nothing(call, sample, tmp_path):
    host = make_desk(tmp_path / "host")
    with running_stage(host, Faults(down=1)) as stage:
        remember(call.folder / "stage", call.secrets, dict(stage.line()))
        said = call("--lang", "en", "send", sample, "--to", "local", "--yes", "--json")
    assert said.code == SOME_NOT
    assert '"created": 0' in said.out


def test_something_else_on_the_port_gets_no_case(call, sample, tmp_path):
    host = make_desk(tmp_path / "host")
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server, running_stage(host) as stage:
        endpoint = f"https://127.0.0.1:{server.getsockname()[1]}/ws"
        remember(call.folder / "stage", call.secrets, dict(stage.line()) | {"endpoint": endpoint})
        listener = Thread(target=_say_nonsense, args=(server, heard))
        listener.start()
        said = call("--lang", "en", "send", sample, "--to", "local", "--yes", "--json")
        server.shutdown(socket.SHUT_RDWR)  # wakes the listener
        listener.join()
    assert said.code == SOME_NOT
    assert "Nothing was sent" in said.err
    assert not any(b"Envelope" in one for one in heard)


def _say_nonsense(server: socket.socket, heard: list[bytes]) -> None:
    """Answer everything with something that is not TLS."""
    while True:
        try:
            connection, _ = server.accept()
        except OSError:
            return
        with connection:
            heard.append(connection.recv(65536))
            connection.sendall(b"HTTP/1.0 400 Bad Request\r\n\r\n")


def test_a_closed_gate_is_exit_3_and_nothing_is_journalled(call, sample, tmp_path):
    text = sample.read_text("utf-8")
    sample.write_text(text.replace('state = "approved"', 'state = "flagged"', 1), "utf-8")
    host = make_desk(tmp_path / "host")
    with running_stage(host) as stage:
        remember(call.folder / "stage", call.secrets, dict(stage.line()))
        said = call("--lang", "en", "send", sample, "--to", "local", "--yes")
        assert said.code == GATE
        assert stage.count() == 0
