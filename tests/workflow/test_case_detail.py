"""One case through the whole chain, as it is shown: where from, why not, where, and who."""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from app.core.errors import ExportError, JournalError
from app.core.identity import mask
from app.core.journal_event import EventKind
from app.core.mapping import Duplicates, Keep, Step
from app.engine.export import Export
from app.workflow.analyse import analyse
from app.workflow.case_detail import case_detail
from app.workflow.case_request import case_request
from app.workflow.load import prepared_export
from tests.support.loaded import accept, analysed_desk, base_of, sample_desk
from tests.support.one_case import CASE, PLANNED_TWICE, PLANS, own_desk


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(sample):
    return sample[0]


def person(desk, case=CASE):
    return str(desk.analysis.values(case)[""]["patientId"][0])


def document_of(desk):
    return desk.analysis.document(desk.analysis.place_of(CASE)).decode()


# Who


def test_nothing_of_a_case_tells_who_the_patient_is(desk):
    number = person(desk)
    accept(desk, CASE, f"<patientId>{number}</patientId>", "production")
    detail = case_detail(desk, CASE)
    shown = repr(replace(detail, row=replace(detail.row)))
    for form in (number, number[2:], f"{number[:8]}-{number[8:]}", f"{number[2:8]}-{number[8:]}"):
        assert form not in shown
    assert f"<patientId>{mask(number)}</patientId>" in detail.xml
    assert not detail.revealed
    assert not list(desk.journal().events(CASE))


def test_the_rows_are_of_the_checked_files_although_others_are_read_meanwhile(tmp_path):
    desk, _, _ = analysed_desk(tmp_path)
    before, clock = case_detail(desk, CASE).source_rows, desk.clock
    read = prepared_export(desk).tables
    other = Export({name: table.clear() for name, table in read.items()})

    def meanwhile():  # asked for when the reveal is journalled
        desk.export = other
        return clock()

    desk.clock = meanwhile
    shown = case_detail(desk, CASE, reveal=True).source_rows
    assert [(one.table, one.row) for one in shown] == [(one.table, one.row) for one in before]
    desk.close()


def test_who_the_patient_is_comes_one_case_at_a_time_and_is_noted_first(tmp_path, monkeypatch):
    desk, _, _ = analysed_desk(tmp_path)
    number = person(desk)
    detail = case_detail(desk, CASE, reveal=True)
    assert f"<patientId>{number}</patientId>" in detail.xml
    assert detail.revealed
    (event,) = desk.journal().events()
    assert (event.case, event.kind, event.text) == (CASE, EventKind.REVEALED, "")
    assert detail.events == (event,)

    def full(*_arguments):
        raise ExportError("journal-disk-full")

    monkeypatch.setattr(type(desk.journal()), "note", full)
    with pytest.raises(ExportError, match="journal-disk-full"):
        case_detail(desk, CASE, reveal=True)


def test_a_case_that_is_not_there_is_not_revealed_either(desk):
    with pytest.raises(ExportError, match="case-unknown"):
        case_detail(desk, "no-such-case", reveal=True)
    assert desk.journal().events("no-such-case") == ()


def test_the_digits_of_a_time_are_nobodys(desk):
    detail = case_detail(desk, CASE)
    values = {one.variable: one for one in detail.values}
    assert values["V565"].value.startswith("2026-")
    assert "*" not in "".join(values["V565"].raw)


WHEN = Step("datetime", (("format", "%Y-%m-%d %H:%M"),))
BIRTHDAY = Step("extract", (("form", "([0-9]{8}).*"),))
WRONGLY_READ = {
    "not-converted": ("V310", ("PNR",), (WHEN,)),
    "as-it-stands": ("V310", ("PNR",), ()),
    "beside-a-time": ("V310", ("PNR", "ANMTID"), (WHEN,)),
    "only-its-day": ("V310", ("PNR",), (BIRTHDAY, Step("datetime", (("format", "%Y%m%d"),)))),
}


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("way", WRONGLY_READ)
def test_a_time_that_is_read_from_a_personnummer_does_not_show_it(tmp_path, way, is_known):
    variable, columns, steps = WRONGLY_READ[way]

    def wrong(project):
        link = replace(project.link_of(variable), columns=columns, steps=steps)
        project = project.with_link(link)
        return project if is_known else project.without_link("patientId")

    desk = own_desk(tmp_path, wrong)
    (row,) = prepared_export(desk).tables["operationer"].filter(pl.col("OPNR") == CASE)["PNR"]
    shown = repr(case_detail(desk, CASE)) + case_request(desk, CASE, "").text
    assert row not in shown
    assert row.replace("-", "") not in shown
    assert row in repr(case_detail(desk, CASE, reveal=True))


def test_a_time_without_any_signs_between_its_digits_stays_readable(tmp_path):
    desk, opened = sample_desk(tmp_path)
    path = Path(base_of(opened)) / "operationer.csv"
    lines = path.read_text("cp1252").replace(";2025-11-07;09:20;", ";202511070920;;", 1)
    path.write_text(lines, "cp1252")
    link = opened.project.link_of("V310")
    assert link is not None
    steps = (Step("datetime", (("format", "%Y%m%d%H%M"),)),)
    project = opened.project.with_link(replace(link, columns=("ANMDAT",), steps=steps))
    analyse(desk, project, base_of(opened))
    detail = case_detail(desk, CASE)
    (time,) = (one for one in detail.values if one.variable == "V310")
    assert (time.raw, time.value) == (("202511070920",), "2025-11-07T09:20:00+01:00")
    assert ("ANMDAT", "202511070920") in detail.source_rows[0].cells


# Where from


def test_the_last_stage_of_a_value_is_the_value_in_every_case(desk):
    names = desk.analysis.cases["case"]
    for case in names[:60]:
        for value in case_detail(desk, case).values:
            assert value.stages[-1].value.strip() == value.value, value
            assert not value.stages[-1].problem


def test_a_value_tells_its_row_and_what_each_step_left(desk):
    values = {one.variable: one for one in case_detail(desk, CASE).values}
    acute = values["V320"]
    assert (acute.table, acute.row, acute.columns, acute.raw) == (
        "operationer",
        9,
        ("AKEL",),
        ("E",),
    )
    assert [one.value for one in acute.stages] == ["E", "elektiv"]


def test_values_come_as_the_register_lists_them_and_row_by_row(desk):
    values = case_detail(desk, PLANNED_TWICE).values
    own = [one.variable for one in values if not one.group]
    listed = [one.id for one in desk.profile().variables]
    assert own == [one for one in listed if one in own]
    assert [one.group for one in values[: len(own)]] == [""] * len(own)
    rows = [one.index for one in values if one.group == "planering"]
    assert rows == sorted(rows)
    assert set(rows) == {1, 2}


def test_rows_of_a_group_that_nothing_but_its_links_says_the_table_of(tmp_path):
    def without(project):
        return replace(project, groups=tuple(one for one in project.groups if one.table != PLANS))

    detail = case_detail(own_desk(tmp_path, without), PLANNED_TWICE)
    plans = [one for one in detail.values if one.group == "planering"]
    assert {one.index for one in plans} == {1, 2}
    for one in plans:
        assert one.table == PLANS
        assert one.stages[-1].value == one.value
    assert not [one for one in detail.unsent if one.group == "planering" and not one.variable]


@pytest.mark.parametrize("keep", list(Keep))
def test_a_case_with_several_keys_shows_the_rows_of_all_of_them(tmp_path, keep):
    desk, opened = sample_desk(tmp_path)
    base = Path(base_of(opened))
    for table in ("operationer", PLANS):
        path = base / f"{table}.csv"
        lines = path.read_text("cp1252").splitlines()
        mine = next(one for one in lines if one.startswith(f"{CASE};"))
        path.write_text("\n".join([*lines, mine.replace(CASE, f"{CASE}-2", 1), ""]), "cp1252")
    cut = Step("replace_pattern", (("find", "-2$"), ("with", "")))
    numbered = opened.project.link_of("behandlingsnummer")
    assert numbered is not None
    project = opened.project.with_link(replace(numbered, steps=(cut,)))
    analyse(desk, replace(project, duplicates=Duplicates(keep)), str(base))
    detail = case_detail(desk, CASE)
    shown = Counter(one.table for one in detail.source_rows)
    assert (shown["operationer"], shown[PLANS]) == (2, 2)
    plans = [one for one in detail.values if one.group == "planering"]
    assert len({one.row for one in plans}) == 2
    assert all(one.stages[-1].value == one.value for one in detail.values)


def test_how_a_case_is_counted_comes_with_it(desk):
    detail = case_detail(desk, CASE)
    assert detail.count is not None
    assert (detail.count.verdict.id, detail.count.phase) == (detail.row.verdict, detail.row.phase)


# Where in the text


def test_places_point_at_the_shown_values(desk):
    detail = case_detail(desk, CASE)
    lines = detail.xml.split("\n")
    values = {(one.variable, one.index): one.value for one in detail.values}
    seen = 0
    for place in detail.places:
        text = lines[place.line - 1][place.column - 1 :][: place.length]
        if place.variable:
            assert text == values[place.variable, place.index]
            seen += 1
        else:
            assert text == place.name
    assert seen == len([one for one in detail.values if (one.variable, one.index) in values])


def test_every_finding_on_a_variable_has_a_place(desk):
    for case in desk.analysis.cases.filter(desk.analysis.cases["findings"] > 0)["case"]:
        detail = case_detail(desk, case)
        for finding, place in zip(detail.findings, detail.finding_places, strict=True):
            assert (place is not None) == bool(finding.variable)
            if place is not None and place.variable:
                assert place.variable == finding.variable


def test_a_finding_on_what_is_missing_points_to_the_part_around_it(desk):
    detail = case_detail(desk, "2600066")  # its time of anmälan cannot be read
    place = detail.finding_places[0]
    assert place is not None
    assert (place.variable, place.name) == ("", "anmalan")


def test_a_finding_in_a_row_of_a_group_points_to_that_row(desk):
    detail = case_detail(desk, PLANNED_TWICE)
    ((finding, place),) = [
        (one, at)
        for one, at in zip(detail.findings, detail.finding_places, strict=True)
        if one.code.startswith("korrupt-02")
    ]
    plan = [one for one in detail.values if one.group == "planering" and one.row == finding.row]
    assert place is not None
    assert place.index == plan[0].index


# The difference


def test_never_accepted_is_no_difference(desk):
    assert case_detail(desk, "2600020").difference.state == "never"


def test_what_a_resend_wipes_is_told_as_removed(tmp_path):
    desk, _, _ = analysed_desk(tmp_path)
    document = document_of(desk)
    accept(desk, CASE, document, "stage")
    assert case_detail(desk, CASE).difference.state == "same"
    before = document.replace(">elektiv<", ">akut<").replace(
        "<akutElektiv>", "<akutPlanering>inom2h</akutPlanering><akutElektiv>"
    )
    accept(desk, CASE, before, "production")
    found = case_detail(desk, CASE).difference
    assert (found.against, found.state, found.removals) == ("production", "changed", 1)
    assert [(one.kind, one.variable, one.before, one.after) for one in found.entries] == [
        ("changed", "V320", "akut", "elektiv"),
        ("removed", "V325", "inom2h", ""),
    ]
    assert case_detail(desk, CASE, entrance="stage").difference.state == "same"
    assert case_detail(desk, CASE).row.change == "same"  # one of the entrances holds it


def test_a_changed_person_is_told_without_telling_who(tmp_path):
    desk, _, _ = analysed_desk(tmp_path)
    document = document_of(desk)
    accept(desk, CASE, document.replace(person(desk), "198112189876"))
    detail = case_detail(desk, CASE)
    (entry,) = detail.difference.entries
    assert (entry.variable, entry.before, entry.after) == (
        "patientId",
        "19811218-****",
        mask(person(desk)),
    )
    assert "9876" not in repr(detail)


# The request


def test_a_request_is_masked_but_measured_as_it_leaves(desk):
    masked = case_request(desk, CASE, "")
    assert mask(person(desk)) in masked.text
    assert person(desk) not in repr(masked)
    before = desk.journal().event_count()
    whole = case_request(desk, CASE, "", reveal=True)
    assert desk.journal().event_count() == before + 1
    assert (whole.size, whole.digest) == (masked.size, masked.digest)
    assert len(whole.wrapped) == whole.size
    assert whole.wrapped.decode() == whole.text
    assert "Envelope" in whole.text


def test_a_case_is_shown_without_its_past_where_the_journal_cannot_be_read(tmp_path):
    desk, _, _ = analysed_desk(tmp_path)
    (desk.data / "journal.db").write_bytes(os.urandom(8192))
    detail = case_detail(desk, "2600009")
    assert detail.trouble
    assert detail.values
    assert not detail.attempts
    assert not detail.events
    with pytest.raises(JournalError):
        case_detail(desk, "2600009", reveal=True)
