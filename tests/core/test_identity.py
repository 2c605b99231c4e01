"""Skatteverket's rules, on numbers that are nobody's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.identity import (
    birth_date,
    hsa_id_problem,
    is_only_a_time,
    mask,
    mask_text,
    person_id_problem,
)
from tests.support.persons import check_digit

VALID = "197701012382"


@pytest.mark.parametrize(
    "stem",
    ["19770161238", "19770091238", "19770060238", "19770260238", "19770290239"],
    ids=["day + 60", "month 00", "month 00 and day 60", "day 60", "impossible day"],
)
def test_samordningsnummer_are_accepted_also_without_a_known_birth_date(stem):
    assert person_id_problem(stem + check_digit(stem[2:])) is None


def test_the_brochures_own_samordningsnummer_is_accepted():
    assert person_id_problem("197010632391") is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("197701012381", "person-id-check-digit"),
        ("197702302382", "person-id-date"),
        ("190002292384", "person-id-date"),
        ("197713012382", "person-id-date"),
        ("197713612382", "person-id-date"),
        ("197701922382", "person-id-date"),
        ("197700012382", "person-id-date"),
        ("197701002382", "person-id-date"),
        ("177701012382", "person-id-date"),
        ("217701012382", "person-id-date"),
        ("197701010008", "person-id-form"),
        ("7701012382", "person-id-form"),
        ("19770101-2382", "person-id-form"),
        ("19770101+2382", "person-id-form"),
        (" 197701012382", "person-id-form"),
        ("197701012382\n", "person-id-form"),
        ("19770101\u00a02382", "person-id-form"),
        ("", "person-id-form"),
        ("١٩٧٧٠١٠١٢٣٨٢", "person-id-form"),
        ("１９７７０１０１２３８２", "person-id-form"),
    ],
)
def test_what_is_wrong_is_told(text, problem):
    assert person_id_problem(text) == problem


def test_a_reserve_number_is_told_from_a_mistyped_one():
    assert person_id_problem("19770101-TF12") == "person-id-reserve-authority"
    assert person_id_problem("197701TF01AB") == "person-id-form"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (VALID, date(1977, 1, 1)),
        ("197010632391", date(1970, 10, 3)),
        ("197700012382", None),
        ("197701602382", None),
        ("197702912382", None),
        ("000001012382", None),
        ("19770101-2382", None),
    ],
)
def test_birth_date_is_what_the_digits_say(text, day):
    assert birth_date(text) == day


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (VALID, "19770101-****"),
        ("19770101-2382", "19770101-****"),
        ("7701012382", "770101-****"),
        ("770101-2382", "770101-****"),
        ("770101+2382", "770101-****"),
        ("197701012382", "19770101-****"),
        ("19770101238", "19770101-****"),
        ("770101238", "********-****"),
        ("217701012382", "********-****"),
        ("x", "********-****"),
    ],
)
def test_mask_hides_what_identifies(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize(
    "number",
    [
        VALID,
        "19770101-2382",
        "19770101+2382",
        "19770101 2382",
        "19770101\u00a02382",
        "19770101 – 2382",
        "7701012382",
        "770101-2382",
        "770101 2382",
        "1977-01-01-2382",
        "19770101238",
        "1977010123822",
        "77010123822",
        "197701612382",
        "197700602382",
        "197701402382",
        "19770101K012",
        "19770101-TF12",
        "991977023826",
    ],
)
@pytest.mark.parametrize("text", ["Value '{}' is not", "{}", "SE{}-1", "id={};", "{}, {}."])
def test_a_number_that_may_be_a_persons_is_masked_wherever_it_stands(number, text):
    shown = mask_text(text.replace("{}", number))
    assert number not in shown
    assert "2382" not in shown
    assert shown == text.replace("{}", mask(number))


@pytest.mark.parametrize(
    "text",
    [
        "Skapade: 2200054",
        "Systemet kunde inte ta emot registreringen: 2200054 Systemet SE13-137 hittas inte",
        "Systemet SE2321000016-A1B2 som angivits i SystemId hittas inte",
        "SE0000000000-OP1 SE5565594230-BCQ",
        "Value '2022-04-13T13:54:22+01:00' is not facet-valid",
        "'2022-04-13T13:54:22.123456+0100' '2022-04-13 13:54' '2022-04-13' '20220413T135422Z'",
        "'20220413' '2022-04-13+01:00' 05:15-06:00",
        "pattern '(\\w\\w\\d\\d\\d)|(\\w\\w\\w\\d\\d)' for type 'kvakod'",
        "cvc-datatype-valid.1.2.1: 'x' is not a valid value for 'dateTime'.",
        "länk: 20220413 till 20220414",
    ],
)
def test_what_is_nobodys_number_stays_readable(text):
    assert mask_text(text) == text


@pytest.mark.parametrize("case", ["202203150001", "2203151234", "220315-1234", "OP770101-2382/1"])
def test_a_behandlingsnummer_that_looks_like_a_person_stays_readable(case):
    text = f"Uppdaterade: {case}, Value '{VALID}'"
    assert mask_text(text, keep=case) == f"Uppdaterade: {case}, Value '19770101-****'"


def test_a_number_that_only_begins_like_the_behandlingsnummer_is_masked():
    assert mask_text(f"1977 {VALID}", keep="1977") == "1977 19770101-****"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("SE2321000016-A1B2", None),
        ("SE13-137", None),
        ("SE0000000000-OP1", None),
        ("SE1-" + "a" * 60, None),
        ("SE1-" + "a" * 61, "hsa-id-long"),
        ("TSTNMT2321000156-B02", "hsa-id-form"),
        ("T_2321000016-A", "hsa-id-form"),
        ("SE2321000016-A\n", "hsa-id-form"),
        ("SE٢٣٢١-A", "hsa-id-form"),
        ("SE2321000016–A", "hsa-id-form"),
        ("", "hsa-id-form"),
    ],
)
def test_hsa_ids(text, problem):
    assert hsa_id_problem(text) == problem


@given(st.text(max_size=16))
def test_any_text_is_judged_without_an_error(text):
    person_id_problem(text)
    hsa_id_problem(text)
    birth_date(text)
    mask(text)
    mask_text(text, keep=text[:3])


@pytest.mark.parametrize(
    ("raw", "value", "only"),
    [
        (("202603280930",), "2026-03-28T09:30:00+01:00", True),
        (("26-03-28", "9:30"), "2026-03-28T09:30:00+01:00", True),
        (("28.03.2026",), "2026-03-28", True),
        (("19770101-2382",), "1977-01-01", False),
        (("19770101-2382",), "19770101-2382", False),
        (("19770101-2382", "09:30"), "1977-01-01T09:30:00Z", False),
    ],
)
def test_digits_are_those_of_a_time_when_nothing_else_was_read(raw, value, only):
    assert is_only_a_time(raw, value) is only
