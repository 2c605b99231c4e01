"""What the journal says of many cases, held against the journal's own answers for each."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.journal_event import EventKind
from app.core.outcome import Outcome, OutcomeKind
from app.engine.case_past import past_of
from app.journal.journal import Journal
from app.keystore.secrets import MemorySecrets

MOMENT = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
ENTRANCES = ("stage", "production")
SENT = st.tuples(
    st.sampled_from("12"),
    st.sampled_from(ENTRANCES),
    st.sampled_from([b"<a/>", b"<b/>"]),
    st.sampled_from([None, *OutcomeKind]),
)
NOTED = st.tuples(
    st.sampled_from("12"),
    st.sampled_from([EventKind.EXCLUDED, EventKind.INCLUDED, EventKind.REVEALED]),
)
HISTORY = st.lists(SENT | NOTED, max_size=12)


def write(journal, done):
    if len(done) == 2:
        journal.note(done[1], [(done[0], "why")], MOMENT)
        return
    case, entrance, document, kind = done
    number = journal.begin(case, entrance, "", "", "m", document, MOMENT)
    if kind is not None:
        journal.end(number, Outcome(case, kind), MOMENT)


def read(journal, before=None):
    attempts, answers, events = before.stamp if before else (0, 0, 0)
    return past_of(
        journal.stamp(), journal.tracks((attempts, answers)), journal.event_tracks(events), before
    )


def rows(frame):
    return sorted(frame.iter_rows())


@settings(max_examples=40, deadline=None)
@given(HISTORY, HISTORY)
def test_columns_tell_what_the_journal_tells_and_go_on_from_a_former_state(
    tmp_path_factory, first, second
):
    journal = Journal.open(tmp_path_factory.mktemp("past") / "journal.db", MemorySecrets())
    for done in first:
        write(journal, done)
    known = read(journal)
    for done in second:
        write(journal, done)
    past, whole = read(journal, known), read(journal)
    for name in ("attempts", "held", "accepted", "excluded", "lists"):
        assert rows(getattr(past, name)) == rows(getattr(whole, name)), name
    for entrance in ENTRANCES:
        assert past.held_at(entrance) == journal.last_accepted(entrance)
    for case, times, kind in past.attempts.iter_rows():
        attempts = journal.attempts(case)
        assert (times, kind) == (len(attempts), attempts[0].kind or "under-way")
    assert past.attempts.height == len({one.case for one in journal.attempts()})
    assert set(past.excluded["case"]) == {case for case in "12" if left_out(journal, case)}
    journal.close()


def left_out(journal, case):
    kinds = [one.kind for one in journal.events(case) if one.kind is not EventKind.REVEALED]
    return bool(kinds) and kinds[0] is EventKind.EXCLUDED


def test_a_case_on_both_lists_counts_as_listed_until_it_is_accepted(tmp_path):
    journal = Journal.open(tmp_path / "journal.db", MemorySecrets())
    journal.note(EventKind.REJECTED, [("1", "a")], MOMENT, "stage")
    journal.note(EventKind.LISTED, [("1", "b")], MOMENT, "stage")
    assert rows(read(journal).lists) == [("1", "listed")]
    write(journal, ("1", "production", b"<a/>", OutcomeKind.CREATED))
    assert rows(read(journal).lists) == [("1", "listed")]
    write(journal, ("1", "stage", b"<a/>", OutcomeKind.REJECTED))
    assert rows(read(journal).lists) == [("1", "listed")]
    write(journal, ("1", "stage", b"<a/>", OutcomeKind.UPDATED))
    assert rows(read(journal).lists) == [("1", "corrected")]
    journal.note(EventKind.CLEARED, [("1", "listed")], MOMENT, "stage")
    assert rows(read(journal).lists) == [("1", "corrected")]
    journal.note(EventKind.CLEARED, [("1", "rejected")], MOMENT, "stage")
    assert rows(read(journal).lists) == []
    journal.close()
