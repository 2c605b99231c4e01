"""A fact's source is told in words, or as an address that can be followed."""

import pytest

from app.language import text
from app.language.source_text import source_text
from tests.support.profile import shipped


@pytest.fixture(autouse=True)
def _in_english():
    before = text.current()
    text.use("en")
    yield
    text.use(before)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("guide, Formatfel", "integration guide Formatfel"),
        ("guide", "integration guide"),
        ("rules #1 (2019-04)", "SPOR's list of faulty registrations, no. 1"),
        ("news, Uppdatering 6/5; guide, Resultat", "SPOR's news: Uppdatering 6/5; "),
        ("report spr_who_checklist", "report spr_who_checklist"),
        ("https://spor.se/faqs/2979/", "https://spor.se/faqs/2979/"),
    ],
)
def test_a_source_is_told_in_words(source, told):
    assert source_text(source).startswith(told)


def test_asides_are_told_only_when_they_are_asked_for():
    assert "2019" not in source_text("rules #1 (2019-04)")
    assert source_text("rules #1 (2019-04)", asides=True).endswith("no. 1 (2019-04)")


def test_no_source_of_the_profile_is_left_in_shorthand():
    profile = shipped()
    facts = [one.fact for one in profile.variables]
    facts += [one.fact for one in profile.rules] + [one.fact for one in profile.codes]
    facts += [one.fact for one in profile.phases] + [one.fact for one in profile.counts]
    facts += [one.fact for one in profile.definitions] + [one.fact for one in profile.messages]
    for one in facts:
        told = source_text(one.source)
        assert not any(short in told for short in ("faq:", "guide, ", "rules #", "news, "))
