"""The letter to the local SITHS administration: all that it needs, and nothing secret."""

import pytest

from app.language import text
from app.language.order_words import order_letter
from app.workflow.certificate_views import OrderForm, OrderView

FORM = OrderForm(
    "Region Exempel", "spor.example.se", ("op.example.se",), "SE2321000016-A1B2", "Karlstad"
)
ORDER = OrderView(
    "id", FORM, "2026-11-22T10:00:00+00:00", "-----BEGIN CERTIFICATE REQUEST-----\n", "ab" * 32
)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_letter_says_for_whom_what_and_by_which_key(language):
    letter = order_letter(ORDER, language)
    for told in (FORM.organisation, FORM.common_name, FORM.names[0], FORM.hsa_id, FORM.locality):
        assert told in letter
    assert "ABABABAB ABABABAB" in letter
    assert "BEGIN CERTIFICATE REQUEST" in letter
    assert "clientAuth" in letter


def test_the_language_is_the_one_asked_for_whichever_is_in_use():
    before = text.current()
    assert "We order a function certificate" in order_letter(ORDER, "en")
    assert text.current() == before


def test_what_the_form_leaves_out_is_left_out():
    bare = OrderView("id", OrderForm("Region Exempel", "spor.example.se"), "", "", "ab")
    letter = order_letter(bare, "en")
    assert "HSA-id" not in letter
    assert "renewal" not in letter


def test_a_renewal_asks_not_to_revoke_the_one_in_use():
    form = OrderForm("Region Exempel", "spor.example.se", renews="0123456789abcdef")
    letter = order_letter(OrderView("id", form, "", "", "ab"), "en")
    assert "do not revoke the present certificate" in letter
