"""Nothing that we write is run as a formula when it is opened in a spreadsheet."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.files.plain_cells import plain, restored

DANGEROUS = ("=1+1", "+CMD|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1")


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_shown_instead(text):
    assert plain(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+3,5", "-1.5e-3", "-", "+", "NFB30", "a=b", "", "åäö"])
def test_numbers_and_texts_stay_as_they_are(text):
    assert plain(text) == text


@given(st.text())
@example("'=1")
@example("''=1")
def test_a_file_that_comes_back_gives_the_same_text(text):
    assert restored(plain(text)) == text or text.startswith("'")


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_defused_text_is_restored(text):
    assert restored(plain(text)) == text
