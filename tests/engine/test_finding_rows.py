"""What findings show of the texts that they are about."""

import polars as pl
import pytest

from app.core.identity import mask_text
from app.engine.finding_rows import LONGEST, shown
from app.files.profile import load_shipped

PROFILE = load_shipped("spor-4.1")
NUMBERS = (
    "191212121212", "19121212-1212", "121212-1212", "121212+1212", "19121212TF12",
    "1912-12-12-1212", "20121212-T001", "121212\u20131212", "19121272 - 1212", "991912345678",
    "1912121212123",
)  # fmt: skip


@pytest.mark.parametrize("form", ["{}", "Sal {}", "PNR{}", "a_{}_b", "x" * 50 + "{}"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_finding_in_any_column_hides_whatever_is_hidden_of_a_case(number, form):
    text = form.format(number)
    (said,) = shown(pl.Series([text]), "V320", PROFILE)
    assert number not in said
    assert mask_text(said) == said
    assert len(said) <= LONGEST


def test_other_texts_stay_as_they_are():
    texts = ["", None, "H-CAR", "2026-03-29T02:30:00+01:00", "2026-13-45", "123456", "2600007"]
    assert shown(pl.Series(texts), "V320", PROFILE).to_list() == texts
