from dataclasses import replace

import polars as pl
import pytest

from app.core.errors import ExportError, WorkbenchError
from app.core.finding import TIER_ORDER, Tier
from app.core.outcome import OutcomeKind
from app.workflow.case_detail import case_detail
from app.workflow.cases import case_page
from app.workflow.views import CaseFilter
from tests.support.loaded import accept, analysed_desk
from tests.support.workflow import make_desk


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(sample):
    return sample[0]


@pytest.fixture
def own(tmp_path):
    return analysed_desk(tmp_path)[0]


def listed(desk, count=400, **wanted):
    return case_page(desk, CaseFilter(**wanted), 0, count).rows


def test_list_comes_in_pages(desk):
    page = case_page(desk, CaseFilter(), 398, 10)
    assert (page.total, page.offset, len(page.rows)) == (400, 398, 2)
    assert page.rows[0].case < page.rows[1].case


def test_list_without_a_checked_export_says_so(tmp_path):
    with pytest.raises(WorkbenchError) as caught:
        case_page(make_desk(tmp_path), CaseFilter(), 0, 1)
    assert caught.value.code == "not-analysed"


def test_filters_by_part_of_the_number(desk):
    assert [row.case for row in listed(desk, text="00108")] == ["2600108"]
    assert listed(desk, text="(") == ()


def test_filters_by_verdict_tier_and_cause(desk):
    assert {row.verdict for row in listed(desk, verdicts=("avford", "anmald"))} == {
        "avford",
        "anmald",
    }
    assert {row.tier for row in listed(desk, tiers=("korrupt",))} == {Tier.CORRUPT}
    declined = listed(desk, cause="blocked-patient")
    assert [row.blocked for row in declined] == [True]


def test_cause_is_found_also_where_another_is_worse(own):
    note = own.analysis.findings.filter(pl.col("case") == "2600108").head(1)
    note = note.with_columns(code=pl.lit("a-note"), tier=pl.lit("note"))
    findings = pl.concat([own.analysis.findings, note])
    own.analysis = replace(own.analysis, findings=findings)
    assert [row.case for row in listed(own, cause="a-note")] == ["2600108"]


def test_sendable_cases_have_nothing_that_stops_them(desk):
    rows = listed(desk, sendable=True)
    assert 380 <= len(rows) < 400
    assert not [row for row in rows if row.blocked or (row.tier and row.tier.stops_sending)]


def test_only_named_cases(desk):
    assert [row.case for row in listed(desk, cases=("2600003", "2600001"))] == [
        "2600001",
        "2600003",
    ]


def test_worst_come_first_and_clean_last(desk):
    tiers = [row.tier for row in listed(desk, sort="tier")]
    ranks = [TIER_ORDER.index(tier) if tier else len(TIER_ORDER) for tier in tiers]
    assert ranks == sorted(ranks)
    assert tiers[0] is Tier.BLOCKS
    assert tiers[-1] is None


def test_other_orders(desk, sample):
    order = [one.id for one in sample[1].profile.verdicts]
    verdicts = [order.index(row.verdict) for row in listed(desk, sort="verdict")]
    assert verdicts == sorted(verdicts)
    counts = [row.findings for row in listed(desk, sort="findings", descending=True)]
    assert counts == sorted(counts, reverse=True)
    cases = [int(row.case) for row in listed(desk, descending=True)]
    assert cases == sorted(cases, reverse=True)


def test_numbers_are_sorted_as_numbers(own):
    cases = own.analysis.cases.head(3).with_columns(case=pl.Series(["10", "9", "A1"]))
    own.analysis = replace(own.analysis, cases=cases)
    assert [row.case for row in listed(own)] == ["9", "10", "A1"]


def test_change_is_told_against_what_was_accepted(own):
    document = own.analysis.document(own.analysis.place_of("2600000")).decode()
    accept(own, "2600000", document)
    accept(own, "2600001", "<older/>")
    accept(own, "2600001", "<older/>", "production")
    rows = listed(own, 3)
    assert [row.change for row in rows] == ["same", "changed", "new"]
    assert [row.attempts for row in rows] == [1, 2, 0]
    assert [row.outcome for row in rows] == [OutcomeKind.CREATED, OutcomeKind.CREATED, None]
    changed = listed(own, changes=("new", "changed"))
    assert len(changed) == 399
    assert changed[0].case == "2600001"


def test_case_shows_its_whole_chain(own):
    accept(own, "2600054", "<older/>")
    detail = case_detail(own, "2600054")
    assert detail.row.cause == "value-unmapped"
    assert "<behandlingsnummer>2600054</behandlingsnummer>" in detail.xml
    assert detail.accepted_xml == "<older/>"
    assert [one.kind for one in detail.attempts] == [OutcomeKind.CREATED]
    finding = detail.findings[0]
    own_row = next(row for row in detail.source_rows if row.table == finding.table)
    assert own_row.row == finding.row
    assert dict(own_row.cells)[finding.column] == dict(finding.values)["value"]


def test_rows_of_every_table_are_there(desk):
    tables = {row.table for row in case_detail(desk, "2600007").source_rows}
    assert tables == {"operationer", "planeringar", "opkoder", "diagnoser", "komplikationer"}
    rows = case_detail(desk, "2600007").source_rows
    assert {dict(row.cells)["OPNR"] for row in rows} == {"2600007"}


def test_values_show_where_they_came_from(desk):
    values = {(one.variable, one.index): one for one in case_detail(desk, "2600007").values}
    requested = values["V310", 0]
    assert requested.columns == ("ANMDAT", "ANMTID")
    assert requested.value.startswith("T".join(requested.raw))
    assert (values["V105", 0].value, values["V105", 0].table) == ("SPOR", "")
    complication = values["peropKod", 1]
    assert (complication.group, complication.table) == ("peroperativKomplikation", "komplikationer")
    assert complication.raw == (complication.value,)


def test_each_row_of_a_group_keeps_its_own_origin(desk):
    several = next(
        detail
        for detail in (case_detail(desk, row.case) for row in listed(desk))
        if len([one for one in detail.values if one.variable == "V410"]) > 1
    )
    planned = [one for one in several.values if one.variable == "V410"]
    assert [one.index for one in planned] == list(range(1, len(planned) + 1))
    assert all(one.value.startswith("T".join(one.raw)) for one in planned)


def test_unknown_case_says_so(desk):
    with pytest.raises(ExportError) as caught:
        case_detail(desk, "0")
    assert caught.value.code == "case-unknown"


def test_case_never_sent_has_no_past(desk):
    detail = case_detail(desk, "2600002")
    assert (detail.accepted_xml, detail.attempts, detail.row.change) == ("", (), "new")
