from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import Cancelled, ExportError
from app.core.finding import Tier
from app.core.mapping import LinkState
from app.workflow.analyse import analyse, analyse_strictly
from tests.support.analysed import every_value
from tests.support.loaded import analysed_desk, base_of, sample_desk
from tests.support.workflow import make_desk


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))


def test_every_case_of_the_sample_is_counted_once(sample):
    _, _, summary = sample
    assert summary.cases == 400
    assert sum(count for _, count in summary.verdicts) == 400
    assert summary.blocked == 1
    assert 0 < summary.stopped < 20
    assert summary.clean + summary.stopped <= 400


def test_verdicts_come_in_the_profiles_order(sample):
    _, opened, summary = sample
    assert [name for name, _ in summary.verdicts] == [one.id for one in opened.profile.verdicts]


def test_causes_are_counted_in_cases_most_frequent_first(sample):
    _, _, summary = sample
    counts = [cause.cases for cause in summary.causes]
    assert counts == sorted(counts, reverse=True)
    declined = next(one for one in summary.causes if one.code == "blocked-patient")
    assert (declined.tier, declined.cases) == (Tier.BLOCKS, 1)


def test_every_document_judged_by_libxml2_gives_the_same(sample):
    desk, opened, summary = sample
    analysis = desk.analysis
    assert analyse_strictly(desk, opened.project, base_of(opened)) == summary
    assert desk.analysis.cases.equals(analysis.cases)
    assert desk.analysis.findings.equals(analysis.findings)


def test_result_stays_on_the_desk(sample):
    desk, opened, summary = sample
    assert desk.project == opened.project
    assert desk.analysis.fingerprint == summary.fingerprint
    assert desk.analysis.cases.height == 400


def test_unapproved_links_are_counted_and_not_used(tmp_path):
    desk, opened = sample_desk(tmp_path)
    approved = opened.project.link_of("vikt")
    assert approved is not None
    link = replace(approved, state=LinkState.FLAGGED)
    summary = analyse(desk, opened.project.with_link(link), base_of(opened))
    assert summary.unapproved == 1
    assert desk.analysis is not None
    assert "vikt" not in every_value(desk.analysis)[""].columns


def test_vanished_column_is_one_clear_error_and_nothing_is_kept(tmp_path):
    desk, opened = sample_desk(tmp_path)
    path = Path(base_of(opened)) / "operationer.csv"
    path.write_bytes(path.read_bytes().replace(b";VKT;", b";MASSA;", 1))
    with pytest.raises(ExportError) as caught:
        analyse(desk, opened.project, base_of(opened))
    assert caught.value.code == "column-missing"
    assert caught.value.values["column"] == "VKT"
    assert desk.analysis is None


def test_file_that_cannot_be_read_stops_the_whole_check(tmp_path):
    desk, opened = sample_desk(tmp_path)
    (Path(base_of(opened)) / "opkoder.csv").unlink()
    with pytest.raises(ExportError) as caught:
        analyse(desk, opened.project, base_of(opened))
    assert caught.value.code == "file-missing"


def test_project_without_sources_or_case_table_says_so(tmp_path):
    desk, opened = sample_desk(tmp_path)
    without = replace(opened.project, case_table="")
    bare = replace(opened.project, sources=())
    for project, code in ((without, "case-table-missing"), (bare, "sources-missing")):
        with pytest.raises(ExportError) as caught:
            analyse(desk, project, base_of(opened))
        assert caught.value.code == code


def test_check_can_be_stopped_and_leaves_nothing_half_done(tmp_path):
    def stop(done, total, step=""):
        if step == "analyse":
            raise Cancelled

    desk, opened = sample_desk(tmp_path)
    with pytest.raises(Cancelled):
        analyse(desk, opened.project, base_of(opened), stop)
    assert desk.analysis is None


def test_check_of_nothing_counts_nothing(tmp_path):
    _, opened = sample_desk(tmp_path)
    base = Path(base_of(opened))
    for path in base.glob("*.csv"):
        path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n")
    summary = analyse(make_desk(tmp_path / "other"), opened.project, str(base))
    assert (summary.cases, summary.clean, summary.causes) == (0, 0, ())
