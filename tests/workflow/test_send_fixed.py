"""What a contract fixes itself needs no variable: it is written, valid, and accepted."""

import tomllib
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from app.core.outcome import OutcomeKind
from app.files.profile import compile_schema
from app.safexml import parse
from app.stage.server import LocalStage
from app.workflow.analyse import analyse
from app.workflow.contract_profile import contract_mark
from app.workflow.local_stage import import_stage_certificate
from app.workflow.moving import move_project
from app.workflow.profiles import import_profile, save_binding
from app.workflow.send import plan_sending, send
from app.workflow.stage_note import remember
from tests.support.analysed import clean_documents
from tests.support.loaded import base_of, sample_desk

NAME = "fixed"
CONTRACT = Path(__file__).parents[1] / "contracts" / "english"
_IN_TYPE = "<complexType><sequence>{}</sequence></complexType>"
_VERSION = '<element name="version" type="string" fixed="1 &lt; 2"/>'
MADE = (
    # A global one that is referred to, in the head.
    ('<element name="submitCaseRequest">', '<element name="kind" type="string" fixed="periop"/>{}'),
    ('<element name="sendingSystemId" type="c:hsa"/>', '<element ref="c:kind"/>{}'),
    # A part that holds nothing else, in the registration.
    (
        '<element name="caseNumber" type="c:key"/>',
        f'<element name="made">{_IN_TYPE.format(_VERSION)}</element>{{}}',
    ),
    # In a part that may be missing, and one that may be missing itself.
    (
        '<element name="planningTime" minOccurs="0" type="dateTime"/>',
        '<element name="level" type="int" fixed="3"/>'
        '<element name="note" type="string" fixed="x" minOccurs="0"/>{}',
    ),
    # In the answer.
    (
        '<element name="caseResult" maxOccurs="unbounded">',
        '<element name="of" type="date" fixed="2026-01-01"/>{}',
    ),
)


def contract(folder: Path) -> Path:
    copytree(CONTRACT, folder)
    schema = folder / "case.xsd"
    text = schema.read_text("utf-8")
    for old, new in MADE:
        assert text.count(old) == 1, old
        text = text.replace(old, new.format(old))
    schema.write_text(text, "utf-8")
    return folder / "CaseService.wsdl"


def truth() -> dict[str, str]:
    rows = tomllib.loads((CONTRACT / "truth.toml").read_text("utf-8"))["element"]
    return {row["path"]: row["variable"] for row in rows if row["variable"]}


@pytest.fixture
def checked(tmp_path):
    """A desk with the sample hospital checked by a contract that fixes some of its elements."""
    desk, opened = sample_desk(tmp_path / "data")
    view = import_profile(desk, str(contract(tmp_path / "contract")), NAME)
    table = view.table
    for path, variable in truth().items():
        table = table.bound(tuple(path.split("/")), variable)
    assert save_binding(desk, NAME, table).demanded == ()
    project = replace(move_project(desk, opened.project, NAME).project, profile=NAME)
    analyse(desk, project, base_of(opened))
    yield desk, desk.profile(NAME)
    desk.close()


def test_what_a_contract_fixes_is_written_and_accepted(checked, tmp_path):
    desk, profile = checked
    schema = compile_schema(profile)
    clean = clean_documents(desk.analysis)
    assert len(clean) > 200
    for document in clean:
        root = parse(document.encode())
        assert schema.validate(root), schema.error_log
        assert root.findtext("{*}header/{*}kind") == "periop"
        assert root.findtext("{*}surgicalCase/{*}made/{*}version") == "1 < 2"
        plans = root.findall("{*}surgicalCase/{*}planning")
        assert [one.findtext("{*}level") for one in plans] == ["3"] * len(plans)
        assert root.find("{*}surgicalCase/{*}planning/{*}note") is None
    with LocalStage(tmp_path / "stage", profile, "pass") as stage:
        remember(
            desk.stage_folder, desk.secrets, {**stage.line(), "contract": contract_mark(profile)}
        )
        import_stage_certificate(desk)
        plan = plan_sending(desk, desk.project, (), "local")
        report = send(desk, plan)
        assert {one.kind for one in report.outcomes} == {OutcomeKind.CREATED}
        assert len(report.outcomes) == len(plan.cases) == stage.count()
        assert stage.rejected() == []
