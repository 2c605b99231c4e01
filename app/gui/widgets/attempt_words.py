"""Attempts and outcomes as words, icons and facts."""

from datetime import datetime
from urllib.parse import urlsplit

from app.core.clock import in_stockholm
from app.core.outcome import Attempt, OutcomeKind
from app.gui.widgets.rows import Column
from app.language.sentences import name_of, sentence_of
from app.language.text import _

_STATUS = {
    OutcomeKind.CREATED: "clean",
    OutcomeKind.UPDATED: "clean",
    OutcomeKind.REJECTED: "refused",
    OutcomeKind.FORMAT_ERROR: "refused",
    OutcomeKind.NOT_SENT: "blocks",
    OutcomeKind.UNKNOWN: "unknown",
}

_MINUTES = len("2026-01-01 00:00")


def outcome_status(kind: OutcomeKind | None) -> str:
    """Return the status that an outcome has on screen."""
    return "unknown" if kind is None else _STATUS[kind]


def outcome_word(kind: OutcomeKind | None) -> str:
    """Return the name of an outcome; an attempt without one was cut off or is under way."""
    return _("No answer noted") if kind is None else name_of(kind.value)


def moment(iso: str) -> str:
    """Return a UTC time as Stockholm's clock shows it."""
    if not iso:
        return ""
    return in_stockholm(datetime.fromisoformat(iso)).strftime("%Y-%m-%d %H:%M:%S")


def grouped(digest: str) -> str:
    """Return a long hexadecimal number in groups of eight, so that it can be read and wrapped."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def answer_of(attempt: Attempt) -> str:
    """Return what the register said, or why it said nothing."""
    return attempt.text or why(attempt.code, attempt.address)


def why(code: str, address: str) -> str:
    """Return the sentence of what befell a case on its way to an address, "" when nothing did."""
    return sentence_of(code, {"host": urlsplit(address).netloc or address}) if code else ""


def attempt_columns(*, with_case: bool) -> tuple[Column[Attempt], ...]:
    """Return the columns of a list of attempts; beside one case there is less room."""
    until = None if with_case else _MINUTES
    case: Column[Attempt] = Column(_("Behandlingsnr"), lambda one: one.case, width=116)
    columns: tuple[Column[Attempt], ...] = (
        Column(_("Time"), lambda one: moment(one.started)[:until], width=152 if with_case else 132),
        Column(_("Entrance"), lambda one: name_of(one.entrance), width=92 if with_case else 82),
        Column(
            _("Outcome"),
            lambda one: outcome_word(one.kind),
            status=lambda one: outcome_status(one.kind),
            width=172 if with_case else 94,
        ),
        Column(_("Answer"), answer_of, quiet=True),
    )
    return (columns[0], case, *columns[1:]) if with_case else columns


def attempt_facts(attempt: Attempt) -> tuple[tuple[str, str], ...]:
    """Return everything that the journal holds about an attempt, as labels and values."""
    return (
        (_("Behandlingsnummer"), attempt.case),
        (_("Outcome"), outcome_word(attempt.kind)),
        (_("The register's answer"), attempt.text),
        (_("What happened"), why(attempt.code, attempt.address)),
        (_("Begun"), moment(attempt.started)),
        (_("Ended"), moment(attempt.ended)),
        (_("Entrance"), name_of(attempt.entrance)),
        (_("Address"), attempt.address),
        (_("HSA-id"), attempt.hsa_id),
        (_("Certificate's SHA-256"), grouped(attempt.certificate)),
        (_("Attempt"), str(attempt.number)),
        (_("Mapping's fingerprint"), grouped(attempt.mapping)),
        (_("Document's SHA-256"), grouped(attempt.digest)),
    )
