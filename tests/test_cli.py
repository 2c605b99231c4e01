"""The command line: what it does, what it says, and its exit codes."""

import json
import re
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from shutil import copytree, which

import pytest
import time_machine

from app.assets import RESOURCES, SCHEMAS
from app.cli import journey
from app.cli.program import FAILED, GATE, INTERRUPTED, OK, SOME_NOT, USAGE
from app.core.errors import KeystoreError
from app.journal.journal import Journal
from app.stage.server import LocalStage
from app.workflow.send import plan_sending, send
from app.workflow.stage_note import remember
from tests.support.command_line import CommandLine
from tests.support.workflow import make_desk, running_stage


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    host = make_desk(tmp_path_factory.mktemp("stage"))
    with running_stage(host) as stage:
        yield stage


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    return CommandLine(capsys, monkeypatch, tmp_path / "data")


@pytest.fixture
def sample(tmp_path):
    copytree(RESOURCES / "sample", tmp_path / "sample")
    return tmp_path / "sample" / "sample.sporproject"


@pytest.fixture
def staged(call, stage):
    """The command line with a running stage noted in its folder."""
    remember(call.folder / "stage", call.secrets, dict(stage.line()))
    return call


@pytest.fixture
def few(tmp_path):
    """A list of three cases of the sample."""
    path = tmp_path / "few.txt"
    path.write_text("2600020\n2600021\n2600022\n")
    return path


def test_check_counts_cases_verdicts_and_findings(call, sample):
    said = call("--lang", "sv", "check", sample)
    assert said.code == SOME_NOT
    assert "400" in said.out
    assert "Genomförd" in said.out
    assert "korrupt-11-operationsstart-efter-operationsslut" in said.out
    assert said.err == ""


def test_check_says_which_variables_and_columns_a_finding_is_about(call, sample):
    told = call("check", sample).out.splitlines()
    at = next(place for place, line in enumerate(told) if "[value-unmapped]" in line)
    assert re.fullmatch(r" +\w+ [A-Z]+(, \w+ [A-Z]+)*", told[at + 1])
    found = json.loads(call("check", sample, "--json").out)["findings"]
    places = next(one["places"] for one in found if one["code"] == "value-unmapped")
    assert told[at + 1].split() == [places[0]["variable"], places[0]["column"]]


def test_check_lets_libxml2_judge_every_document_when_asked(call, sample):
    quick, strict = call("check", sample), call("check", sample, "--strict")
    assert (strict.code, strict.out) == (quick.code, quick.out)


def test_check_as_json_holds_counts_and_no_case(call, sample):
    said = call("check", sample, "--json")
    found = json.loads(said.out)
    assert found["cases"] == 400
    assert 0 < found["stopped"] < 20
    assert sum(found["verdicts"].values()) == 400
    assert not re.search(r"\b26\d{5}\b", said.out)


def test_build_writes_one_file_per_case_and_twice_the_same(call, sample, tmp_path):
    for name in ("a", "b"):
        assert call("build", sample, "--out", tmp_path / name).code == SOME_NOT
    first, second = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
        for name in ("a", "b")
    )
    assert first == second
    assert len(first) > 390


@pytest.mark.skipif(which("xmllint") is None, reason="xmllint is not installed")
def test_every_file_that_build_writes_is_valid_to_xmllint(call, sample, tmp_path):
    call("build", sample, "--out", tmp_path / "xml")
    files = [str(path) for path in (tmp_path / "xml").iterdir()]
    schema = SCHEMAS / "spor-4.1" / "registration.xsd"
    judged = subprocess.run(
        ["xmllint", "--noout", "--schema", str(schema), *files], capture_output=True, check=False
    )
    assert judged.returncode == 0


def test_new_suggests_links_and_approves_none(call, sample, tmp_path):
    sources = [
        argument
        for name in ("operationer", "planeringar", "opkoder")
        for argument in ("--source", sample.parent / f"{name}.csv")
    ]
    made = tmp_path / "mine.sporproject"
    begun = call("new", made, *sources)
    assert begun.code == OK
    assert "godkänna dem" in begun.err or "approve them" in begun.err
    said = call("check", made, "--json")
    assert json.loads(said.out)["unapproved_links"] > 20
    assert call("new", made, *sources).code == FAILED  # it is there already


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "x.sporproject", "--out", "y.html"),
    ],
)
def test_what_is_not_here_yet_says_so(call, arguments):
    said = call(*arguments)
    assert said.code == USAGE
    assert said.err.count("\n") == 1
    assert "[not-yet]" in said.err


@pytest.mark.parametrize(
    "arguments",
    [("chekc", "x"), ("check",), ("check", "a", "b", "c"), ("send", "x"), ("stage", "--port", "x")],
)
def test_a_usage_error_is_one_sentence_and_exit_2(call, arguments):
    said = call(*arguments)
    assert said.code == USAGE
    assert said.err.count("\n") == 1
    assert "[usage]" in said.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("check",), "PROJECT saknas"),
        (("send", "x"), "--to saknas"),
        (("send", "x", "--to"), "flaggan --to används fel"),
        (("check", "a", "b"), "ett ord för mycket eller för litet"),
        (("check", "a", "--frog"), "ingen flagga --frog"),
        (("stage", "--port", "x"), "värdet för --port passar inte"),
        (("chekc",), "inget kommando chekc"),
    ],
)
def test_a_usage_error_is_swedish_all_of_it(call, arguments, reason):
    said = call(*arguments)
    assert reason in said.err
    assert said.code == USAGE


@pytest.mark.parametrize(
    ("language", "words"),
    [("sv", ("Flaggor", "krävs", "Visa den här hjälpen")), ("en", ("Options", "required", "exit"))],
)
def test_help_is_in_the_language_asked_for(tmp_path, language, words):
    said = subprocess.run(
        [sys.executable, "-m", "app", "--lang", language, "send", "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert all(word in said.stdout for word in words)


def test_send_shows_the_summary_and_sends_nothing_unasked(staged, sample, few, monkeypatch):
    monkeypatch.setattr(sys, "stdin", StringIO(""))
    said = staged("send", sample, "--to", "local", "--only", few)
    assert said.code == SOME_NOT
    assert "3" in said.err
    assert said.out == ""


def test_send_with_yes_sends_and_sending_again_finds_nothing_new(staged, sample, few):
    said = staged("send", sample, "--to", "local", "--only", few, "--yes", "--json")
    found = json.loads(said.out)
    assert said.code == OK
    assert found["sent"] == 3
    assert found["outcomes"]["created"] + found["outcomes"]["updated"] == 3
    again = staged("send", sample, "--to", "local", "--only", few, "--yes", "--json")
    assert again.code == GATE
    assert json.loads(again.out)["closed"] == ["something-to-send"]
    assert json.loads(again.out)["withheld"] == {"unchanged": 3}


def test_send_tells_each_answer_that_is_not_ok(staged, sample, tmp_path, monkeypatch):
    only = tmp_path / "only.txt"
    only.write_text("2600030\n")
    text = sample.read_text("utf-8")
    sample.write_text(text.replace("SE0000000000-OP1", "SE13-137"), "utf-8")
    said = staged("send", sample, "--to", "local", "--only", only, "--yes")
    assert said.code == SOME_NOT
    assert "Systemet SE13-137 som angivits i SystemId hittas inte" in said.out


def test_send_by_address_needs_only_what_stage_prints(call, sample, few, stage, monkeypatch):
    monkeypatch.setenv("SPOR_WORKBENCH_P12_PASSWORD", stage.certificate_password)
    equipment = ("--ca", stage.ca, "--certificate", stage.certificate)
    said = call("send", sample, "--to", stage.endpoint, *equipment, "--only", few, "--yes")
    assert said.code == OK
    assert not list((call.folder / "certificate").glob("*"))  # used in this run only
    assert set(vars(call.secrets)["_secrets"]) == {"journal"}


def test_a_wrong_password_is_one_sentence(call, sample, stage, monkeypatch):
    monkeypatch.setenv("SPOR_WORKBENCH_P12_PASSWORD", "wrong")
    equipment = ("--ca", stage.ca, "--certificate", stage.certificate)
    said = call("send", sample, "--to", stage.endpoint, *equipment, "--yes")
    assert (said.code, said.err.count("\n")) == (FAILED, 1)
    assert "[certificate-password]" in said.err


def test_a_password_not_in_the_environment_is_asked_for_unseen(
    call, sample, few, stage, monkeypatch
):
    asked = []

    def type_it(prompt, stream):
        asked.append(prompt)
        return stage.certificate_password

    monkeypatch.setattr("app.cli.options.getpass", type_it)
    equipment = ("--ca", stage.ca, "--certificate", stage.certificate)
    said = call("send", sample, "--to", stage.endpoint, *equipment, "--only", few, "--yes")
    assert said.code == OK
    assert len(asked) == 1
    assert stage.certificate_password not in said.out + said.err


def test_a_real_entrance_without_authorities_is_refused_before_any_line(call, sample):
    said = call("send", sample, "--to", "production", "--yes")
    assert said.code == GATE
    assert said.err.rstrip().endswith("(--ca) [authorities-missing]")


def test_an_entrance_that_does_not_exist_is_a_usage_error(call, sample):
    said = call("send", sample, "--to", "elsewhere", "--yes")
    assert (said.code, "[entrance-unknown]" in said.err) == (USAGE, True)


def test_the_stages_certificate_does_not_open_production(staged, sample, stage, monkeypatch):
    monkeypatch.setenv("SPOR_WORKBENCH_P12_PASSWORD", stage.certificate_password)
    equipment = ("--ca", stage.ca, "--certificate", stage.certificate)
    said = staged("send", sample, "--to", "production", *equipment, "--yes")
    assert said.code == GATE
    assert "[certificate-fits-entrance]" in said.err


@pytest.mark.parametrize(
    ("typed", "is_sent"), [("PRODUKTION\n", True), ("ja\n", False), ("\n", False)]
)
def test_production_demands_a_word_even_with_yes(staged, sample, few, monkeypatch, typed, is_sent):
    def to_production(*given):
        plan = plan_sending(*given)
        return replace(plan, entrance=replace(plan.entrance, kind="production"))

    def to_the_stage(desk, plan, progress):
        return send(desk, replace(plan, entrance=replace(plan.entrance, kind="local")), progress)

    monkeypatch.setattr("app.cli.sending.plan_sending", to_production)
    monkeypatch.setattr("app.cli.sending.send_batch", to_the_stage)
    monkeypatch.setattr(sys, "stdin", StringIO(typed))
    # the register is closed for a while every morning, also while this test runs
    with time_machine.travel(datetime.now(UTC).replace(hour=12) + timedelta(days=1)):
        said = staged("send", sample, "--to", "local", "--only", few, "--yes")
    assert (said.code == OK) is is_sent
    assert bool(said.out) is is_sent


def test_a_person_is_asked_and_may_say_no(staged, sample, few, monkeypatch):
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("n\n"))
    assert staged("send", sample, "--to", "local", "--only", few).code == SOME_NOT
    monkeypatch.setattr(sys, "stdin", Terminal("y\n"))
    assert staged("send", sample, "--to", "local", "--only", few).code == OK


def test_resend_sends_what_was_corrected(staged, sample, tmp_path, stage):
    faulty = {one.case for one in stage.fellista()}
    staged("send", sample, "--to", "local", "--yes")
    listed = sorted({one.case for one in stage.fellista()} - faulty)
    path = tmp_path / "fellista.csv"
    path.write_text("behandlingsnummer;typ;orsak\n" + "".join(f"{c};fellista;x\n" for c in listed))
    uncorrected = staged("resend", sample, "--fellista", path, "--to", "local", "--yes")
    assert uncorrected.code == GATE
    assert "[nothing-corrected]" in uncorrected.err
    for file in (sample.parent / "corrected").iterdir():
        (sample.parent / file.name).write_bytes(file.read_bytes())
    said = staged("resend", sample, "--fellista", path, "--to", "local", "--yes", "--json")
    found = json.loads(said.out)
    assert said.code == OK
    assert found["outcomes"]["updated"] == found["sent"] > 0
    assert len({one.case for one in stage.fellista()} - faulty) == len(listed) - found["sent"]


def test_an_unexpected_error_hides_its_text(call, sample, monkeypatch):
    def fail(*_):
        raise ValueError("19121212-1212")

    monkeypatch.setattr("app.cli.checking.analyse", fail)
    said = call("check", sample)
    assert said.code == FAILED
    assert "[unexpected]" in said.err
    assert "1212" not in said.err


def test_interrupting_is_quiet(call, sample, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("app.cli.checking.analyse", stop)
    said = call("check", sample)
    assert (said.code, said.out, said.err) == (INTERRUPTED, "", "")


def test_ctrl_c_while_sending_ends_after_the_case_under_way_and_says_so(
    staged, sample, few, monkeypatch
):
    begin = Journal.begin_many

    def interrupted(*given, **named):
        signal.raise_signal(signal.SIGINT)
        return begin(*given, **named)

    with monkeypatch.context() as pressing:
        pressing.setattr(Journal, "begin_many", interrupted)
        said = staged("send", sample, "--to", "local", "--only", few, "--yes")
    assert said.code == INTERRUPTED
    assert said.err.endswith("[cancelled]\n")
    assert "Skickade ärenden: 1" in said.out
    assert "Ärenden kvar: 2" in said.out
    again = staged("send", sample, "--to", "local", "--only", few, "--yes", "--json")
    assert json.loads(again.out)["sent"] == 2


def test_the_stage_serves_until_its_input_ends(capsys, monkeypatch, tmp_path):
    call = CommandLine(capsys, monkeypatch, tmp_path / "data")
    monkeypatch.setattr(LocalStage, "serve_until_stopped", lambda _self: None)
    monkeypatch.setattr("app.cli.serving._stop_when_told", lambda *_: None)
    said = call("stage")
    line = json.loads(said.out)
    assert said.code == OK
    assert {"endpoint", "ca", "certificate", "password", "portal", "fellista"} <= set(line)
    assert call.secrets.read("stage-certificate") == line["password"]
    assert not (call.folder / "stage" / "stage.json").exists()
    again = json.loads(call("stage").out)  # the same folder opens with the same passphrase
    assert again["password"] == line["password"]


def test_without_a_keystore_the_stage_is_an_error_and_leaves_nothing(call, monkeypatch):
    monkeypatch.setattr(call.secrets, "read", _no_keystore)
    said = call("stage")
    assert (said.code, said.out) == (FAILED, "")
    assert said.err.endswith("[keystore-missing]\n")
    assert not list((call.folder / "stage").glob("*.pem"))


def test_the_stage_of_a_demo_without_a_keystore_asks_for_none(call, monkeypatch):
    monkeypatch.setattr(LocalStage, "serve_until_stopped", lambda _self: None)
    monkeypatch.setattr("app.cli.serving._stop_when_told", lambda *_: None)
    monkeypatch.setattr(call.secrets, "read", _no_keystore)
    said = call("stage", "--for-this-run")
    assert said.code == OK
    assert not Path(json.loads(said.out)["ca"]).exists()


@pytest.mark.parametrize("code", ["keystore-locked", "keystore-failed", "keystore-refused"])
def test_a_demo_whose_keystore_is_there_but_closed_is_an_error(monkeypatch, code):
    def closed(*_):
        raise KeystoreError(code)

    monkeypatch.setattr("app.keystore.secrets.OsSecrets.read", closed)
    with pytest.raises(KeystoreError):
        journey._secrets()


def test_a_demo_without_a_keystore_says_that_it_keeps_its_secrets_in_memory(monkeypatch, capsys):
    monkeypatch.setattr("app.keystore.secrets.OsSecrets.read", _no_keystore)
    secrets = journey._secrets()
    assert secrets is not None
    assert secrets.place == "memory"
    assert capsys.readouterr().err.count("\n") == 1


def _no_keystore(*_):
    raise KeystoreError("keystore-missing")


def test_a_fault_that_is_not_known_is_one_sentence(call):
    said = call("stage", "--faults", "flood=1")
    assert (said.code, "[stage-faults-unreadable]" in said.err) == (FAILED, True)
