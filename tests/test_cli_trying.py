"""`certificate try` with a project: the entrance is reached as the project reaches it."""

import json
import sys
from io import StringIO

import pytest

from app.cli.program import FAILED, OK
from app.core.mapping import Project
from app.files.project import write_project
from tests.support import pki
from tests.support.command_line import CommandLine
from tests.support.fault_servers import unused_port
from tests.support.trust import write_trust
from tests.support.workflow import PROFILE

PASSWORD = "lösen"


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SPOR_WORKBENCH_P12_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", StringIO())
    made = CommandLine(capsys, monkeypatch, tmp_path / "data")
    write_trust(made.folder, pki.siths_test(), pki.siths_real())
    return made


def test_a_projects_proxy_is_the_way_to_the_entrance(call, tmp_path):
    package = tmp_path / "test.p12"
    package.write_bytes(pki.packed(pki.leaf(), pki.siths_test().chain, PASSWORD))
    assert call("certificate", "import", package).code == OK
    proxy = f"127.0.0.1:{unused_port()}"
    project = tmp_path / "prov.sporproject"
    write_project(Project("Prov", PROFILE, settings=(("proxy_teststage", proxy),)), project)
    said = call("certificate", "try", "--to", "teststage", "--project", project, "--json")
    assert said.code == FAILED
    rungs = {rung["code"]: rung for rung in json.loads(said.out)["rungs"]}
    assert rungs["rung-proxy"]["problem"] == "proxy-unreachable"
    assert rungs["rung-proxy"]["values"]["proxy"] == proxy
