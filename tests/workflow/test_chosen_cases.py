"""What is done with chosen cases: left out and let in, written to files, validated, grouped."""

import csv
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from app.core.errors import Cancelled, ExportError, WorkbenchError
from app.core.finding import Tier
from app.core.journal_event import EventKind
from app.core.outcome import Outcome, OutcomeKind
from app.workflow.case_book import book_of
from app.workflow.case_export import write_cases
from app.workflow.cases import case_page, case_place, next_with_findings
from app.workflow.cause_groups import cause_groups
from app.workflow.exclusions import exclude_cases, include_cases
from app.workflow.standing import prepared
from app.workflow.validation import validate_documents
from app.workflow.views import CaseFilter
from tests.support.loaded import accept, analysed_desk
from tests.support.workflow import NOON, PROJECT, make_desk, prepare_cases

EVERY = CaseFilter()


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(sample):
    return sample[0]


@pytest.fixture
def small(tmp_path):
    """A desk with five cases: c3 is refused by the schema, c4 has a note."""
    desk = make_desk(tmp_path / "data", lambda: NOON)
    cases = {"c1": (None, "<a/>"), "c2": (None, "<b/>"), "c3": ("schema", "<c/>")}
    prepare_cases(desk, PROJECT, **cases, c4=("note", "<d/>"), c10=(None, "<e/>"))
    yield desk
    desk.close()


def names(desk, **wanted):
    return [row.case for row in case_page(desk, CaseFilter(**wanted), 0, 400).rows]


def answer(desk, case, kind, document=b"<a/>"):
    number = desk.journal().begin(case, "local", "", "", "m", document, NOON)
    desk.journal().end(number, Outcome(case, kind), NOON)


# The list


def test_the_list_is_filtered_by_what_came_of_the_cases(small):
    accept(small, "1", "<a/>")
    accept(small, "2", "<old/>")
    answer(small, "4", OutcomeKind.REJECTED, b"<d/>")
    assert names(small, changes=("same",)) == ["1"]
    assert names(small, changes=("changed",)) == ["2"]
    assert names(small, changes=("new", "same")) == ["1", "3", "4", "10"]
    assert names(small, outcomes=("never",)) == ["3", "10"]
    assert names(small, outcomes=("rejected", "never")) == ["3", "4", "10"]
    assert names(small, tiers=("clean", "note"), outcomes=("never",)) == ["10"]
    assert names(small, sort="attempts", descending=True) == ["1", "2", "4", "3", "10"]
    assert names(small, sort="change") == ["3", "4", "10", "2", "1"]


def test_an_attempt_under_way_is_neither_never_nor_answered(small):
    small.journal().begin("1", "local", "", "", "m", b"<a/>", NOON)
    assert "1" not in names(small, outcomes=("never",))
    (row,) = case_page(small, CaseFilter(cases=("1",)), 0, 1).rows
    assert (row.attempts, row.outcome) == (1, None)


def test_a_case_is_found_in_its_place_and_the_next_with_a_finding_goes_round(small):
    assert [case_place(small, EVERY, case) for case in ("1", "10", "77")] == [0, 4, -1]
    assert case_place(small, CaseFilter(descending=True), "10") == 0
    assert case_place(small, CaseFilter(text="1"), "2") == -1
    ways = [next_with_findings(small, EVERY, at) for at in (-1, 2, 3, 4)]
    assert ways == [2, 3, 2, 2]
    back = [next_with_findings(small, EVERY, at, -1) for at in (4, 3, 2, 0, -1)]
    assert back == [3, 2, 3, 3, 3]
    assert next_with_findings(small, CaseFilter(tiers=("clean",)), 0) == -1


def test_the_list_is_read_anew_only_when_something_has_happened(small):
    assert len(names(small)) == 5
    first = book_of(small)
    assert book_of(small) is first
    small.journal().note(EventKind.REVEALED, [("1", "")], NOON)
    assert book_of(small) is first
    answer(small, "1", OutcomeKind.CREATED)
    second = book_of(small)
    assert second is not first
    assert second.cases.index is first.cases.index
    prepare_cases(small, PROJECT, c5=(None, "<f/>"))
    assert names(small) == ["5"]


def test_pages_of_many_filters_may_be_asked_for_at_once(desk):
    wanted = [
        CaseFilter(text=str(number % 10), sort=sort)
        for number in range(60)
        for sort in ("case", "tier")
    ]
    expected = {one: case_page(desk, one, 0, 9) for one in set(wanted)}
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda one: case_page(desk, one, 0, 9), wanted))
    assert found == [expected[one] for one in wanted]


def test_causes_open_the_cases_that_have_them(desk):
    groups = cause_groups(desk, EVERY)
    assert [one.cases for one in groups] == sorted((one.cases for one in groups), reverse=True)
    for group in groups:
        place = {"variable": group.variable, "table": group.table, "column": group.column}
        cases = names(desk, cause=group.code, **place)
        assert len(cases) == group.cases
        assert set(group.examples) <= set(cases)
        for part in group.parts:
            assert len(names(desk, cause=part.code, value=part.value, **place)) == part.cases
    (unmapped,) = [one for one in groups if one.code == "value-unmapped"]
    assert (unmapped.tier, unmapped.variable) == (Tier.BLOCKS, "V690")
    assert [part.value for part in unmapped.parts] == ["BIVA"]


def test_causes_are_those_of_the_filtered_cases(desk):
    groups = cause_groups(desk, CaseFilter(tiers=("korrupt",)))
    assert {one.tier for one in groups} <= {Tier.CORRUPT, Tier.INCONSISTENT, Tier.NOTE}
    assert cause_groups(desk, CaseFilter(tiers=("clean",))) == ()


# Left out


def test_a_case_that_is_left_out_stays_out_until_it_is_let_in(small):
    assert exclude_cases(small, ("1", "2", "77"), "  a test   patient ") == 2
    assert names(small, excluded=True) == ["1", "2"]
    (row,) = case_page(small, CaseFilter(cases=("1",)), 0, 1).rows
    assert row.excluded == "a test patient"
    assert include_cases(small, CaseFilter(excluded=True)) == 2
    assert include_cases(small, EVERY) == 0
    assert names(small, excluded=False) == ["1", "2", "3", "4", "10"]
    kinds = [(one.case, one.kind) for one in small.journal().events()]
    assert kinds[:2] == [("2", EventKind.INCLUDED), ("1", EventKind.INCLUDED)]


def test_the_same_reason_is_not_noted_twice(small):
    assert exclude_cases(small, EVERY, "why") == 5
    assert exclude_cases(small, EVERY, "why") == 0
    assert exclude_cases(small, ("3",), "another reason") == 1
    assert small.journal().event_count() == 6


@pytest.mark.parametrize("reason", ["", " \n "])
def test_nobody_is_left_out_without_a_reason(small, reason):
    with pytest.raises(WorkbenchError, match="exclusion-reason-missing"):
        exclude_cases(small, EVERY, reason)


def test_a_reason_tells_no_personnummer(small):
    exclude_cases(small, ("1",), "same as 19811218-9876")
    assert small.journal().events()[0].text == "same as 19811218-****"


def test_a_cancelled_exclusion_leaves_nobody_out(small):
    def cancel(done, total, step=""):
        raise Cancelled

    with pytest.raises(Cancelled):
        exclude_cases(small, EVERY, "why", cancel)
    assert names(small, excluded=True) == []


# Files


def test_chosen_cases_are_written_with_a_list_without_personnummer(desk, tmp_path):
    chosen = CaseFilter(text="26001")
    written = write_cases(desk, chosen, str(tmp_path / "out"), ("xml", "csv", "xlsx"))
    assert (written.documents, written.lists) == (100, ("cases.csv", "cases.xlsx"))
    event = desk.journal().events("2600108")[0]
    assert (event.kind, event.text) == (EventKind.WRITTEN, "")
    document = (tmp_path / "out" / "2600108.xml").read_bytes()
    assert document == desk.analysis.document(desk.analysis.place_of("2600108"))
    with (tmp_path / "out" / "cases.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len(rows) == 101
    assert [row[0] for row in rows[1:]] == names(desk, text="26001")
    blocked = next(row for row in rows if row[0] == "2600108")
    assert blocked[4] == "1"
    sheet = load_workbook(tmp_path / "out" / "cases.xlsx").active
    assert sheet is not None
    assert [str(cell.value) for cell in sheet["A"]] == [row[0] for row in rows]
    people = {str(one) for one in _people(desk)}
    assert not people & {cell for row in rows for cell in row}


def _people(desk):
    for block in desk.analysis.blocks():
        yield from block[""]["patientId"].drop_nulls()


def test_the_chosen_cases_are_written_although_the_export_is_checked_anew_meanwhile(
    small, tmp_path, monkeypatch
):
    def asked_again(desk):
        book = book_of(desk)
        checked = replace(desk.analysis, cases=desk.analysis.cases.reverse())
        monkeypatch.setattr(desk, "analysis", checked)
        return book

    monkeypatch.setattr("app.workflow.case_export.book_of", asked_again)
    write_cases(small, ("1",), str(tmp_path / "out"), ("xml",))
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["1.xml"]
    assert (tmp_path / "out" / "1.xml").read_bytes() == b"<a/>"


def test_a_list_alone_is_nothing_to_journal(small, tmp_path):
    assert write_cases(small, EVERY, str(tmp_path), ("csv",)).documents == 0
    assert small.journal().event_count() == 0


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX's")
def test_documents_are_for_their_owner_only(desk, tmp_path):
    write_cases(desk, ("2600001",), str(tmp_path), ("xml",))
    assert stat.S_IMODE((tmp_path / "2600001.xml").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_made_is_told(desk, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="folder-unwritable"):
        write_cases(desk, ("2600001",), str(tmp_path / "file"), ("xml",))


def test_no_case_is_meant_by_none(small, tmp_path):
    assert exclude_cases(small, (), "Testperson") == 0
    assert write_cases(small, (), str(tmp_path / "ut"), ("xml",)).documents == 0
    assert not list((tmp_path / "ut").iterdir())
    assert validate_documents(small, ()).documents == 0
    exclude_cases(small, EVERY, "Testperson")
    assert include_cases(small, ()) == 0


# Both processors


def test_both_processors_find_the_same_documents_wrong(desk):
    found = validate_documents(desk)
    assert (found.documents, found.valid, found.disagreed) == (400, 398, ())
    assert set(found.refused) == {"2600009", "2600066"}
    assert {one.case for one in found.faults} == {"2600009", "2600066"}
    assert {one.processor for one in found.faults} == {"libxml2", "xmlschema"}
    assert found.fault_count == len(found.faults) == 4
    (fault,) = [one for one in found.faults if one.case == "2600009" and one.code]
    assert (fault.element, fault.line) == ("operationskod", 53)
    assert fault.code == "SCHEMAV_CVC_PATTERN_VALID"


def test_xmlschema_judges_each_document_when_it_is_asked_to(desk):
    found = validate_documents(desk, CaseFilter(text="260000"), thorough=True)
    assert (found.documents, found.valid, found.disagreed) == (10, 9, ())


def test_a_fault_about_a_person_tells_nobody(tmp_path, monkeypatch):
    desk, _, _ = analysed_desk(tmp_path)
    analysis = prepared(desk)
    document = analysis.document(0).replace(b"<patientId>19", b"<patientId>x19")
    number = document.partition(b"<patientId>")[2].partition(b"<")[0].decode()
    monkeypatch.setattr(type(analysis), "documents", lambda _self, _places: iter([document]))
    found = validate_documents(desk, (str(analysis.cases["case"][0]),))
    assert found.fault_count
    assert number not in repr(found)
    assert number[1:] not in repr(found)
