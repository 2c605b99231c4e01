"""P01-P07 and H01-H03: person's numbers and HSA-ids, by Skatteverket's and Inera's rules."""

from datetime import date
from itertools import islice

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.case import CaseValues
from app.core.condition import holds, parse
from app.core.finding import Tier
from app.core.identity import (
    birth_date,
    certificate_hsa_id_problem,
    hsa_id_notices,
    hsa_id_problem,
    person_id_problem,
)
from app.engine.identity_columns import valid_hsa_ids, valid_person_ids
from app.files.export import read_table
from app.language.sentences import sentence_of
from app.language.text import current, use
from tests.support.files import source, write_xlsx
from tests.support.persons import (
    check_digit,
    samordningsnummer_shapes,
    skatteverkets_numbers,
    whole,
)
from tests.support.profile import shipped

TODAY = date(2026, 11, 22)
OWN = "core and columns"


def columns_accept(numbers: list[str]) -> list[bool]:
    """Whether the columns of a whole export take each number: a second implementation."""
    frame = pl.DataFrame({"id": pl.Series(numbers, dtype=pl.String)})
    return frame.select(valid_person_ids(pl.col("id")))["id"].to_list()


@pytest.mark.case("P01", f"19 724 of Skatteverket's test numbers, {OWN}")
def test_p01_every_test_number_of_skatteverket_is_accepted():
    numbers = skatteverkets_numbers()
    assert len(numbers) == len(set(numbers)) == 19724
    assert [one for one in numbers if person_id_problem(one, TODAY) is not None] == []
    assert all(columns_accept(numbers))


@pytest.mark.case("P02", f"1 500 samordningsnummer in the shapes of Skatteverket's, {OWN}")
def test_p02_every_shape_of_samordningsnummer_is_accepted_and_an_unknown_date_is_told():
    shapes = samordningsnummer_shapes()
    numbers = [one for some in shapes.values() for one in some]
    assert len(numbers) == len(set(numbers)) == 1500
    assert [one for one in numbers if person_id_problem(one, TODAY) is not None] == []
    assert all(columns_accept(numbers))
    dated = {kind for kind, some in shapes.items() if any(map(birth_date, some))}
    assert dated == {"usual"}
    assert sum(birth_date(one) is None for one in numbers) == 194


NO_FORM, NO_DATE = "person-id-form", "person-id-date"
EDGES = {
    "197701012382\n": NO_FORM,
    "197701012382 ": NO_FORM,
    "19770101\u00a02382": NO_FORM,
    "7701012382": NO_FORM,
    "770101-2382": NO_FORM,
    "19770101-2382": NO_FORM,
    "19770101+2382": NO_FORM,
    "١٩٧٧٠١٠١٢٣٨٢": NO_FORM,
    "１９７７０１０１２３８２": NO_FORM,
    "177701012382": NO_DATE,
    "217701012382": NO_DATE,
    "197701010008": NO_FORM,
    "190002292384": NO_DATE,
    "": NO_FORM,
}


@pytest.mark.case("P03", f"the table of edge cases, {OWN}")
@pytest.mark.parametrize(("text", "code"), EDGES.items())
def test_p03_an_edge_case_is_rejected(text, code):
    assert person_id_problem(text) == code
    assert columns_accept([text]) == [False]


@pytest.mark.case("P03", "a birth date after today, core")
def test_p03_nobody_is_born_in_years_to_come():
    number = "20990101238" + check_digit("990101238")
    assert person_id_problem(number, TODAY) == "person-id-date"
    assert person_id_problem("201301012381", TODAY) == "person-id-check-digit"


RESERVES = {
    "22770101AB13": "person-id-reserve-national",
    "00772043CD12": "person-id-reserve-national",
    "991981000010": "person-id-reserve-stockholm",
    "991945000023": "person-id-reserve-stockholm",
    "19810829M071": "person-id-reserve-vgr",
    "19450829K088": "person-id-reserve-vgr",
    "19930829X802": "person-id-reserve-vgr",
    "19810829SU3A": "person-id-reserve-varmland",
    "19450829SF2B": "person-id-reserve-varmland",
    "19930829SX0C": "person-id-reserve-varmland",
    "198108320014": "person-id-reserve-inera",
    "198108590014": "person-id-reserve-inera",
    "19770101-TF12": "person-id-reserve-authority",
    "19770101TF12": "person-id-reserve-authority",
    "19770101-T123": "person-id-reserve-authority",
    "19770101-A12B": "person-id-reserve",
}


@pytest.mark.case("P04", "national, Stockholm, VGR, Värmland, Inera, SCB and IVO, others")
@pytest.mark.parametrize(("text", "code"), RESERVES.items())
def test_p04_each_form_of_reserve_number_has_a_message_of_its_own(text, code):
    assert person_id_problem(text) == code
    assert columns_accept([text]) == [False]


@pytest.mark.case("P04", "the sentences")
def test_p04_the_messages_say_that_it_cannot_be_sent_and_differ():
    before = current()
    use("en")
    try:
        said = {sentence_of(code) for code in RESERVES.values()}
    finally:
        use(before)
    assert len(said) == len(set(RESERVES.values())) == 7
    assert all("cannot be sent to SPOR" in one for one in said)


def notes_on(path) -> list[tuple[str, dict[str, str]]]:
    read = read_table(source(path), path.parent)
    return [(note.code, dict(note.values)) for note in read.notes]


@pytest.mark.case("P05", "numbers in XLSX: whole, with a fraction, and of ten digits")
@pytest.mark.parametrize("number", [197701012382, 197701012382.0, 7701012382, 401012380])
def test_p05_numbers_in_a_workbook_are_told_with_their_column(tmp_path, number):
    rows = [["ÄRENDE", "PNR"], ["A1", "197701012382"], ["A2", number]]
    notes = notes_on(write_xlsx(tmp_path / "ut.xlsx", rows))
    found = [values for code, values in notes if code == "column-number-format"]
    assert [(one["column"], one["line"]) for one in found] == [("PNR", "3")]


@pytest.mark.case("P05", "texts and other numbers in XLSX")
def test_p05_texts_and_other_numbers_are_not(tmp_path):
    rows: list[list[object]] = [
        ["ÄRENDE", "PNR", "TID"],
        ["A1", "197701012382", 45],
        ["A2", "197701022381", 120],
    ]
    notes = notes_on(write_xlsx(tmp_path / "ut.xlsx", rows))
    assert "column-number-format" not in {code for code, _ in notes}


@pytest.mark.case("P05", "what a spreadsheet writes to CSV")
@pytest.mark.parametrize("text", ["1,97701E+11", "1.97701012382E+11", "197701012382.0", "2E+11"])
def test_p05_what_a_number_becomes_in_a_text_file_is_told_apart(text):
    assert person_id_problem(text) == "person-id-number"
    assert columns_accept([text]) == [False]


@pytest.mark.case("P06", f"1 000 numbers with each other last digit, {OWN}")
def test_p06_another_last_digit_is_always_rejected():
    numbers = list(islice(skatteverkets_numbers(), 0, None, 19))[:1000]
    changed = [
        number[:-1] + digit for number in numbers for digit in "0123456789" if digit != number[-1]
    ]
    assert len(changed) == 9000
    assert {person_id_problem(one) for one in changed} == {"person-id-check-digit"}
    assert not any(columns_accept(changed))


@pytest.mark.case("P07", f"any single digit of the last ten, {OWN}")
@given(st.sampled_from(skatteverkets_numbers()), st.integers(2, 11), st.sampled_from("0123456789"))
def test_p07_another_digit_among_the_last_ten_is_always_rejected(number, place, digit):
    changed = number[:place] + digit + number[place + 1 :]
    assert (person_id_problem(changed) is None) is (changed == number)
    assert columns_accept([changed]) == [changed == number]


def column_accepts_hsa(text: str) -> bool:
    return bool(pl.select(valid_hsa_ids(pl.lit(text)).alias("id"))["id"].to_list()[0])


TABLE_OF_HSA_IDS = {
    # value: (its problem, what is to be known of it)
    "SE2321000016-A1B2": (None, ()),
    "SE13-137": (None, ("hsa-id-unusual",)),
    "TSTNMT2321000156-B02": ("hsa-id-form", ("hsa-id-unusual",)),
    "T_2321000016-A": ("hsa-id-form", ("hsa-id-unusual",)),
    "SE2321000016-A\n": ("hsa-id-form", ("hsa-id-blank",)),
    "SE٢٣٢١-A": ("hsa-id-form", ("hsa-id-unusual",)),
    "SE1-" + "a" * 61: ("hsa-id-long", ("hsa-id-small", "hsa-id-unusual")),
}


@pytest.mark.case("H01", f"the table of HSA-ids, {OWN}")
@pytest.mark.parametrize(("text", "expected"), TABLE_OF_HSA_IDS.items())
def test_h01_the_table_of_hsa_ids(text, expected):
    assert (hsa_id_problem(text), hsa_id_notices(text)) == expected
    assert column_accepts_hsa(text) is (expected[0] is None)


@pytest.mark.case("H01", "Inera's rule: length, check digit, capitals, blanks, letters")
@pytest.mark.parametrize(
    ("text", "notices"),
    [
        ("SE2321000016-" + "A" * 18, ()),
        ("SE2321000016-" + "A" * 19, ("hsa-id-unusual",)),
        ("SE2321000017-A1", ("hsa-id-organisation",)),
        ("se2321000016-a1", ("hsa-id-small",)),
        ("SE2321000016-A1 ", ("hsa-id-blank",)),
        ("SE2321000016-Å1", ("hsa-id-unusual",)),
        ("SE2321000016-", ("hsa-id-unusual",)),
    ],
)
def test_h01_what_is_unusual_is_told_and_stops_nothing(text, notices):
    assert hsa_id_notices(text) == notices
    assert hsa_id_problem(text) is None
    assert column_accepts_hsa(text)


@pytest.mark.case("H01", "the form that SITHS has in test certificates")
def test_h01_the_hsa_id_of_a_test_certificate_does_not_stop_an_order():
    for text in ("TSTNMT2321000156-B02", "SE2321000016-A1B2"):
        assert certificate_hsa_id_problem(text) is None
    assert certificate_hsa_id_problem("TSTNMT-B02") == "hsa-id-form"
    assert certificate_hsa_id_problem("TSTNMT2321000156-B02\n") == "hsa-id-form"


@pytest.mark.case("H02", f"64 and 65 characters, {OWN}")
def test_h02_sixty_four_characters_are_the_most():
    longest = "SE2321000016-" + "A" * 51
    assert len(longest) == 64
    assert (hsa_id_problem(longest), hsa_id_problem(longest + "A")) == (None, "hsa-id-long")
    assert (column_accepts_hsa(longest), column_accepts_hsa(longest + "A")) == (True, False)


@pytest.mark.case("H03", f"newline, underscore, en dash, {OWN}")
@pytest.mark.parametrize(
    "text", ["SE2321000016-A\n", "S_2321000016-A", "SE2321000016–A", "\nSE1-A"]
)
def test_h03_a_newline_an_underscore_and_an_en_dash_are_errors(text):
    assert hsa_id_problem(text) == "hsa-id-form"
    assert not column_accepts_hsa(text)


@given(st.text(max_size=20))
def test_core_and_columns_judge_any_text_alike(text):
    assert columns_accept([text]) == [person_id_problem(text) is None]
    assert column_accepts_hsa(text) is (hsa_id_problem(text) is None)
    hsa_id_notices(text)


def test_a_csv_file_holds_texts_and_is_told_nothing_of_numbers(tmp_path):
    rows = [["ÄRENDE", "PNR"], ["A1", "197701012382"], ["A2", "197701022381"]]
    path = tmp_path / "ut.csv"
    path.write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")
    assert "column-number-format" not in {code for code, _ in notes_on(path)}


@pytest.mark.case("P02", "the note on a case, in the shipped profile's rules")
def test_p02_a_case_gets_a_note_exactly_when_the_birth_date_is_unknown_or_impossible():
    (rule,) = (one for one in shipped().rules if one.id == "notering-okand-fodelsetid")
    condition = parse(rule.condition)
    leap_days = [whole(f"{year}0289238") for year in (1899, 1900, 1996, 1999, 2000, 2001, 2010)]
    for number in (
        *(one for some in samordningsnummer_shapes().values() for one in some[::7]),
        *leap_days,
        *skatteverkets_numbers()[::211],
    ):
        noted = holds(condition, CaseValues("1", {"patientId": number}, {}), shipped())
        assert noted is (birth_date(number) is None), number
    assert rule.tier is Tier.NOTE
