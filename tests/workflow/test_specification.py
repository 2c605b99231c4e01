"""The mapping specification: everything the clinic signs, and nothing of a patient."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.core.errors import ExportError, ProjectError
from app.core.mapping import Link, LinkState, Source, Step, ValueMap
from app.workflow.coverage_views import Share
from app.workflow.specification import write_specification
from app.workflow.specification_content import is_code, percent
from tests.support.loaded import base_of, project_of, sample_desk
from tests.support.workflow import make_desk

TEST_PERSON = "191212121212"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    desk, opened = sample_desk(tmp_path_factory.mktemp("data"))
    desk.clock = lambda: datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
    link = opened.project.link_of("V310")
    assert link is not None
    signed = replace(link, decided_by="Eva Ek", decided_on="2026-02-03", note="Enligt Åsa")
    return desk, opened.project.with_link(signed), base_of(opened)


@pytest.fixture(scope="module")
def page(sample, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "spec.html"
    desk, project, base = sample
    assert write_specification(desk, project, base, str(path)) == str(path)
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def book(sample, tmp_path_factory):
    path = tmp_path_factory.mktemp("out") / "spec.xlsx"
    desk, project, base = sample
    write_specification(desk, project, base, str(path))
    return load_workbook(path)


def _small(folder, values, value_map=None, **changes):
    """Return a desk and a project over one table whose column VAL holds these values."""
    folder.mkdir(exist_ok=True)
    lines = ["NR;VAL", *(f"{at};{value}" for at, value in enumerate(values, start=1))]
    (folder / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    project = project_of(Source("t", "t.csv", "NR"))
    steps = (Step("value_map", (("name", "m"),)),)
    link = replace(Link("V320", "t", ("VAL",), steps, LinkState.APPROVED), **changes)
    project = project.with_link(link).with_value_map(value_map or ValueMap("m", (("A", "akut"),)))
    return make_desk(folder / "data"), project


def _written(folder, desk, project, suffix="html"):
    path = folder / f"spec.{suffix}"
    write_specification(desk, project, str(folder), str(path))
    return path


def test_a_variable_says_where_it_comes_from_and_who_approved_it(page):
    row = next(line for line in page.splitlines() if "<b>V310</b>" in line)
    for said in (
        "Tidpunkt för operationsanmälan",
        "operationer.ANMDAT + operationer.ANMTID",
        "Obligatorisk",
        "Godkänd",
        "Eva Ek 2026-02-03",
        "Enligt Åsa",
        "99 %",
    ):
        assert said in row


def test_the_head_says_what_it_is_of(page, sample):
    from app.engine.mapping import fingerprint

    assert "Mappningsspecifikation: Exempelsjukhuset" in page
    assert "SPOR:s eget schema fanns inte att tillgå" in page
    assert fingerprint(sample[1]) in page
    assert "2026-03-01 13:00" in page
    for word in ("För kliniken", "Underskrift", "Namnförtydligande", "operationer.csv"):
        assert word in page


def test_value_maps_are_there_with_texts_and_never_a_small_count(page):
    assert "<td>A</td><td>akut</td><td>Akut</td>" in page
    assert '<td>BIVA</td><td>–</td><td></td><td class="count">färre än 5</td>' in page


def test_no_patient_stands_in_it(page, sample):
    rows = (Path(sample[2]) / "operationer.csv").read_text("cp1252").splitlines()
    place = rows[0].split(";").index("PNR")
    for row in rows[1:]:
        assert row.split(";")[place] not in page
        assert row.split(";")[0] not in page


def test_the_workbook_says_the_same(book):
    assert book.sheetnames == ["Översikt", "Variabler", "Värdelistor", "Exportens form"]
    variables = list(book["Variabler"].iter_rows(values_only=True))
    row = next(one for one in variables if one[1] == "V310")
    assert row[5] == "operationer.ANMDAT + operationer.ANMTID"
    assert (row[8], row[10]) == ("99 %", "Eva Ek 2026-02-03")
    codes = list(book["Värdelistor"].iter_rows(values_only=True))
    assert ("akut_elektiv", "V320", "A", "akut", "Akut", 136) in codes
    assert len(variables) > 60


def test_nothing_in_the_workbook_is_run(tmp_path):
    desk, project = _small(tmp_path, ["A"], note="=cmd|' /C calc'!A1")
    entries = (("@SUM(1)", "akut"), ("+1", "akut"))
    project = replace(project, name="=1+1").with_value_map(ValueMap("m", entries))
    book = load_workbook(_written(tmp_path, desk, project, "xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'=cmd|' /C calc'!A1" in texts
    assert "'@SUM(1)" in texts
    assert not any(text.startswith(("=", "@")) for text in texts)


def test_markup_in_a_note_stays_text(tmp_path):
    desk, project = _small(tmp_path, ["A"], note="<script>alert(1)</script>")
    assert "&lt;script&gt;" in _written(tmp_path, desk, project).read_text("utf-8")


def test_persons_and_rare_free_text_are_left_out(tmp_path):
    remark = "Patienten ringde och var orolig för narkosen"
    values = ["A"] * 6 + ["B"] * 5 + [TEST_PERSON, remark, "C"]
    entries = (("A", "akut"), (TEST_PERSON, "akut"))
    desk, project = _small(tmp_path, values, ValueMap("m", entries), note=f"Se {TEST_PERSON}")
    text = _written(tmp_path, desk, project).read_text("utf-8")
    assert TEST_PERSON not in text
    assert remark not in text
    assert "2 värden visas inte" in text
    assert "<td>B</td>" in text
    assert "<td>C</td>" in text


def test_what_is_kept_is_shown_as_it_is_sent(tmp_path):
    desk, project = _small(tmp_path, ["akut"] * 6, ValueMap("m", (), "keep"))
    text = _written(tmp_path, desk, project).read_text("utf-8")
    assert "<td>akut</td><td>akut</td><td>Akut</td>" in text
    assert "skickas som de är" in text


def test_it_is_written_without_the_export(tmp_path):
    desk, project = _small(tmp_path, ["A"])
    (tmp_path / "t.csv").unlink()
    text = _written(tmp_path, desk, project).read_text("utf-8")
    assert "t.VAL" in text
    assert "<td>A</td><td>akut</td><td>Akut</td>" in text


def test_a_mandatory_variable_without_a_source_is_seen(tmp_path):
    desk, project = _small(tmp_path, ["A"])
    text = _written(tmp_path, desk, project).read_text("utf-8")
    row = next(line for line in text.splitlines() if "<b>V310</b>" in line)
    assert 'class="open"' in row
    assert "Ingen källa" in row
    assert "Frivilliga, utan källa:" in text


def test_the_suffix_says_which_kind(tmp_path):
    desk, project = _small(tmp_path, ["A"])
    with pytest.raises(ProjectError, match="specification-kind"):
        _written(tmp_path, desk, project, "pdf")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder nobody can write to")
def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    desk, project = _small(tmp_path, ["A"])
    with pytest.raises(ExportError, match="folder-unwritable"):
        write_specification(desk, project, str(tmp_path), "/proc/spec.html")


@pytest.mark.parametrize(
    ("done", "total", "said"),
    [(0, 9, "0 %"), (1, 1000, "1 %"), (999, 1000, "99 %"), (9, 9, "100 %"), (0, 0, "–")],
)
def test_nearly_all_is_not_all(done, total, said):
    assert percent(Share(done, total)) == said


def test_a_code_is_short_or_common():
    assert is_code("BIVA", 1)
    assert is_code("Planerad till dagkirurgi på måndag", 5)
    assert not is_code("Planerad till dagkirurgi på måndag", 4)
    assert not is_code(TEST_PERSON, 500)
