"""Desks, certificates and stages for tests of deeds."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from app.core.errors import Cancelled
from app.core.mapping import Link, LinkState, Project
from app.core.outcome import Outcome, OutcomeKind
from app.core.register import Mandatory, Profile
from app.engine.analysis import Analysis
from app.engine.mapping import fingerprint
from app.files.profile import load_shipped
from app.keystore.secrets import MemorySecrets
from app.stage.faults import Faults
from app.stage.server import LocalStage
from app.workflow.certificate_views import CertificateView
from app.workflow.desk import Desk
from app.workflow.stage_note import remember
from tests.support.analysed import ReadyStore

NOON = datetime(2026, 1, 15, 11, 0, tzinfo=UTC)  # 12:00 in Stockholm
PROFILE = "spor-4.1"


def make_desk(folder: Path, clock=None) -> Desk:
    """Return a desk in an empty folder with secrets in memory."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = Desk(folder, MemorySecrets(), for_this_run=True)
    if clock is not None:
        desk.clock = clock
    return desk


@contextmanager
def running_stage(desk: Desk, faults: Faults | None = None) -> Iterator[LocalStage]:
    """Run a real stage in this process, noted on the desk as the `stage` command does."""
    folder = desk.data / "own-stage"
    with LocalStage(folder, load_shipped(PROFILE), "pass", 0, faults or Faults()) as stage:
        remember(desk.stage_folder, desk.secrets, dict(stage.line()))
        yield stage


def certificate_view(**changes) -> CertificateView:
    """Return a certificate that opens the local stage."""
    fields: dict[str, Any] = {
        "subject": "testsjukhuset.example",
        "hsa_id": "SE0000000000-TST1",
        "issuer": "TEST Lokal stage Function CA v1",
        "chain": (),
        "serial": "01",
        "fingerprint": "ab",
        "valid_from": "2026-01-01T00:00:00+00:00",
        "valid_to": "2027-01-01T00:00:00+00:00",
        "days_left": 300,
        "test_certificate": True,
        "entrances": ("local",),
        "problems": (),
        "place": "memory",
    }
    return CertificateView(**(fields | changes))


@dataclass
class ScriptedRegister:
    """A register that answers as told, in order; afterwards it accepts everything."""

    answers: list[Any] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)  # those of several cases
    opened: int = 0
    closed: int = 0
    at_post: object = None

    def __call__(self, profile, target, identity) -> "ScriptedRegister":
        self.opened += 1
        return self

    def post_many(self, cases: Sequence[str], document: bytes) -> tuple[Outcome, ...]:
        """Answer a request of several cases with a list of answers, or one for all of them."""
        self.requests.append(document)
        answer = self.answers.pop(0) if self.answers else OutcomeKind.CREATED
        if isinstance(answer, Exception):
            self.posted += cases
            raise answer
        each = answer if isinstance(answer, list) else [answer] * len(cases)
        self.answers[:0] = each
        return tuple(self.post(case, document) for case in cases)

    def post(self, case: str, document: bytes) -> Outcome:
        self.posted.append(case)
        if callable(self.at_post):
            self.at_post(case)
        answer = self.answers.pop(0) if self.answers else OutcomeKind.CREATED
        if isinstance(answer, Exception):
            raise answer
        code = "answer-lost" if answer is OutcomeKind.UNKNOWN else ""
        return Outcome(
            case, answer, "", code or ("address-refused" if answer is OutcomeKind.NOT_SENT else "")
        )

    def close(self) -> None:
        self.closed += 1


def cancel_after(count: int):
    """Return a progress that cancels once `count` cases have been sent."""

    def progress(done: int, total: int, step: str = "") -> None:
        if step == "sending" and done >= count:
            raise Cancelled

    return progress


PROJECT = Project("p", PROFILE, case_table="operationer")


def anything_fits(_profile: Profile) -> Callable[[bytes], bool]:
    """Take every document; those of tests are made up."""
    return bool


def approved_project(desk: Desk) -> Project:
    """Return a project in which every mandatory variable is linked."""
    mandatory = (one for one in desk.profile(PROFILE).variables if one.mandatory is Mandatory.YES)
    links = tuple(Link(one.id, state=LinkState.APPROVED) for one in mandatory)
    return replace(PROJECT, links=links)


def prepare_cases(desk: Desk, project: Project, **cases) -> None:
    """Put a checked export on the desk: case -> (tier or None, document), "blocked" as a tier."""
    rows = [_case_row(case.removeprefix("c"), *what) for case, what in cases.items()]
    findings = [_finding_row(row) for row in rows if row["tier"] is not None]
    desk.project = project
    desk.fits = anything_fits
    desk.analysis = Analysis(
        cases=pl.DataFrame(rows).with_columns(pl.col("counts").cast(pl.UInt64)),
        findings=pl.DataFrame(findings, schema=dict.fromkeys(FINDING_COLUMNS, pl.String)),
        fingerprint=fingerprint(project),
        store=ReadyStore(tuple(document for _, document in cases.values())),
    )


FINDING_COLUMNS = ("case", "code", "tier", "variable", "table", "column", "row", "values")


def _case_row(case: str, tier: str | None, document: str) -> dict[str, object]:
    blocked = tier == "blocked"
    return {
        "case": case,
        "row": 2,
        "verdict": "genomford",
        "phase": "",
        "counts": 0,
        "tier": "blocks" if blocked else tier,
        "cause": "blocked-patient" if blocked else ("a-rule" if tier else None),
        "findings": int(tier is not None),
        "blocked": blocked,
        "digest": sha256(document.encode()).hexdigest(),
    }


def _finding_row(row: dict[str, object]) -> dict[str, object]:
    empty = dict.fromkeys(FINDING_COLUMNS, "")
    place = {"case": row["case"], "code": row["cause"], "tier": row["tier"]}
    return empty | place | {"row": "2", "values": "{}"}
