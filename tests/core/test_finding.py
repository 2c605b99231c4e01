"""Findings are ordered by what they do to the case."""

from app.core.finding import Finding, Tier, worst
from app.core.outcome import OutcomeKind


def test_the_worst_finding_decides():
    found = (Finding("1", "a", Tier.NOTE), Finding("1", "b", Tier.CORRUPT))
    assert worst(found) is Tier.CORRUPT
    assert worst(()) is None


def test_a_fellista_case_is_sent_and_a_format_error_is_not():
    assert not Tier.CORRUPT.stops_sending
    assert Tier.SCHEMA.stops_sending
    assert Tier.BLOCKS.stops_sending


def test_only_ok_answers_count_as_accepted():
    assert [kind for kind in OutcomeKind if kind.accepted] == [
        OutcomeKind.CREATED,
        OutcomeKind.UPDATED,
    ]
