"""How the names in a certificate are written."""

import pytest

from app.core.certificate_names import is_country, is_dns_name


@pytest.mark.parametrize("text", ["spor.sjukhuset.se", "xn--sjukhus-8za.se", "A.se", "1.2.se"])
def test_a_whole_name_in_dns(text):
    assert is_dns_name(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "spor",
        "spor.",
        ".se",
        "a..se",
        "-a.se",
        "a-.se",
        "a" * 64 + ".se",
        "a b.se",
        "ſpor.se",
        "10.1.2.3",
    ],
)
def test_no_name_in_dns(text):
    assert not is_dns_name(text)


def test_a_name_in_dns_has_at_most_253_characters():
    whole = ".".join(["a" * 61] * 4) + ".seabc"
    assert len(whole) == 253
    assert is_dns_name(whole)
    assert not is_dns_name("a" + whole)


def test_a_country_is_two_capital_letters():
    assert is_country("SE")
    assert not any(is_country(text) for text in ("", "se", "SWE", "S1", "ÅÄ", "SE\n"))
