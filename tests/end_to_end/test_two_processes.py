"""The real program: a stage in one process, sending from another, with a real keystore."""

import csv
import json
import os
import re
import signal
from pathlib import Path
from shutil import copytree
from urllib.request import urlopen

import pytest

from app.assets import RESOURCES
from app.core.outcome import OutcomeKind
from app.gui.actions import PAGES
from app.keystore.secrets import OsSecrets
from app.workflow.desk import Desk
from tests.support import program

keystore = pytest.mark.skipif(
    not os.environ.get("SPOR_TEST_KEYSTORE"), reason="SPOR_TEST_KEYSTORE is not set"
)


@pytest.fixture
def sample(tmp_path):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    return tmp_path / "sample" / "sample.sporproject"


def attempts(data: Path):
    desk = Desk(data, OsSecrets())
    journal = desk.journal()
    found = journal.attempts(count=journal.count())
    desk.close()
    return found


def listed(address: str) -> set[str]:
    with urlopen(address) as answer:
        rows = csv.DictReader(answer.read().decode("utf-8-sig").splitlines(), delimiter=";")
        return {row["behandlingsnummer"] for row in rows}


@keystore
@pytest.mark.keystore
def test_the_printed_line_is_all_that_another_process_needs(tmp_path, sample):
    with program.stage(tmp_path / "stage-data") as line:
        said = program.run(
            tmp_path / "data",
            "send",
            sample,
            "--to",
            line["endpoint"],
            "--ca",
            line["ca"],
            "--certificate",
            line["certificate"],
            "--yes",
            "--json",
            SPOR_WORKBENCH_P12_PASSWORD=line["password"],
        )
        found = json.loads(said.stdout)
        assert said.returncode == 0
        assert found["outcomes"]["created"] == found["planned"] > 390
        assert len(listed(line["fellista"])) > 0


@keystore
@pytest.mark.keystore
def test_a_send_that_is_killed_is_taken_up_where_it_stopped(tmp_path, sample):
    data = tmp_path / "data"
    with program.stage(data, "--faults", "slow=0.01"):
        first = program.start(data, "send", sample, "--to", "local", "--yes")
        with first:
            wait_for(lambda: (data / "journal.db").exists() and len(attempts(data)) > 40)
            first.send_signal(signal.SIGKILL)
            first.communicate()
        cut = attempts(data)
        assert 40 < len(cut) < 390
        second = program.run(data, "send", sample, "--to", "local", "--yes", "--json")
        assert second.returncode == 0, second.stderr
        found = json.loads(second.stdout)
        everything = attempts(data)
    accepted = {one.case for one in everything if one.kind and one.kind.accepted}
    before = {one.case for one in cut if one.kind and one.kind.accepted}
    assert len(accepted) == len(before) + found["sent"] > 390
    assert all(one.kind is not None for one in everything)
    created = [one.case for one in everything if one.kind is OutcomeKind.CREATED]
    assert len(created) == len(set(created))  # the stage holds each exactly once
    again = [one.case for one in everything if one.kind is OutcomeKind.UPDATED]
    assert set(again) <= {one.case for one in everything if one.kind is OutcomeKind.UNKNOWN}


@keystore
@pytest.mark.keystore
def test_no_file_holds_an_open_key_or_a_person(tmp_path, sample):
    data = tmp_path / "data"
    with program.stage(data):
        program.run(data, "send", sample, "--to", "local", "--yes")
        persons = persons_of(sample.parent)
        assert len(persons) > 300
        for path in data.rglob("*"):
            if path.is_file():
                content = path.read_bytes()
                assert not re.search(rb"BEGIN (?:RSA |EC )?PRIVATE KEY", content), path
                assert not any(person in content for person in persons), path


def test_the_demo_leaves_persons_only_in_the_xml_that_was_asked_for(tmp_path):
    out = tmp_path / "out"
    said = program.run(tmp_path / "data", "demo", "--out", out, QT_QPA_PLATFORM="offscreen")
    assert said.returncode == 0, said.stderr
    assert (out / "report.html").is_file()
    assert len(list((out / "pictures").glob("*.png"))) == 2 * len(PAGES)
    persons = persons_of(RESOURCES / "sample")
    for path in (*out.rglob("*"), *(tmp_path / "data").rglob("*")):
        asked_for = path.suffix == ".xml" or "sample" in path.parts
        if path.is_file() and not asked_for:
            content = path.read_bytes()
            assert b"BEGIN PRIVATE KEY" not in content, path
            assert not any(person in content for person in persons), path


def persons_of(folder: Path) -> set[bytes]:
    """Return every personnummer of the sample, as it is sent."""
    text = (folder / "operationer.csv").read_text("cp1252")
    rows = csv.DictReader(text.splitlines(), delimiter=";")
    return {row["PNR"].replace("-", "").strip().encode() for row in rows if len(row["PNR"]) >= 12}


def wait_for(condition, limit: float = 60.0) -> None:
    """Wait until the condition holds; fail after the limit."""
    from threading import Event
    from time import monotonic

    end, pause = monotonic() + limit, Event()
    while not condition():
        assert monotonic() < end, "nothing happened"
        pause.wait(0.05)
