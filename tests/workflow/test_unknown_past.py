"""Where the journal cannot be read, cases are shown without what became of them; none is sent."""

import os

import pytest

from app.core.errors import JournalError
from app.workflow.case_book import book_of
from app.workflow.case_export import write_cases
from app.workflow.cases import case_page
from app.workflow.exclusions import exclude_cases
from app.workflow.standing import standings
from app.workflow.views import CaseFilter
from tests.support.workflow import NOON, PROJECT, make_desk, prepare_cases


@pytest.fixture
def desk(tmp_path):
    """A desk whose journal has lost its key."""
    desk = make_desk(tmp_path / "data", lambda: NOON)
    (tmp_path / "data" / "journal.db").write_bytes(os.urandom(8192))
    prepare_cases(desk, PROJECT, c1=(None, "<a/>"), c2=("note", "<b/>"))
    yield desk
    desk.close()


def test_the_list_is_shown_and_says_what_it_lacks(desk):
    page = case_page(desk, CaseFilter(), 0, 10)
    assert [row.case for row in page.rows] == ["1", "2"]
    assert page.trouble
    assert page.trouble.code == "journal-key-missing"


def test_nothing_that_needs_the_journal_goes_on_without_it(desk, tmp_path):
    for act in (
        lambda: standings(desk, "local"),
        lambda: exclude_cases(desk, ("1",), "Testperson"),
        lambda: write_cases(desk, ("1",), str(tmp_path / "ut"), ("csv",)),
    ):
        with pytest.raises(JournalError, match="journal-key-missing"):
            act()
    assert not (tmp_path / "ut").exists()


def test_the_list_is_whole_once_the_journal_can_be_read(desk, tmp_path):
    assert case_page(desk, CaseFilter(), 0, 10).trouble
    (tmp_path / "data" / "journal.db").unlink()
    assert case_page(desk, CaseFilter(), 0, 10).trouble is None
    exclude_cases(desk, ("1",), "Testperson")
    assert book_of(desk).names(CaseFilter(excluded=True)) == ["1"]
