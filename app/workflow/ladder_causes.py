"""What lies behind a rung: the server's certificate looked at, ours held against what was asked."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.core.register import Entrance
from app.transport.rung import READ, SERVER
from app.workflow.certificate_views import LadderRung, RungState, Values
from app.workflow.desk import Target
from app.workflow.preflight import CHAIN, Preflight, suspect_of
from app.workflow.server_causes import Seen, common_name, explained

if TYPE_CHECKING:
    from app.transport.probe import Climb

SILENT = frozenset({"client-closed", "client-refused-page", "tls-client-refused"})
CLOCKS_APART = 120.0  # seconds from which a difference is told

_SELDOM = frozenset({"tls-failed", "tls-key-unused"})
_FOUND_THERE = frozenset({"expired", "bad", "usage", "revoked"})  # here nothing is wrong with it


@dataclass(frozen=True)
class Finding:
    """What is known around a climb; the climb itself learns more with each rung."""

    ready: Preflight
    entrance: Entrance
    target: Target
    climb: "Climb"
    now: datetime


def refined(rung: LadderRung, finding: Finding) -> LadderRung:
    """Return a rung with what our own looking adds to its cause."""
    if rung.code == SERVER:
        return _of_server(rung, finding)
    if rung.code == READ and rung.state is RungState.OK:
        return _of_clock(rung, finding)
    if rung.problem:
        rung = _with(rung, _about_ours(finding))
    if rung.problem in SILENT and finding.ready.identity is not None:
        others = not finding.climb.asked.takes(finding.climb.issuers)
        suspect = suspect_of(finding.ready.identity.facts, others, finding.now)
        return replace(rung, problem=f"silent-refusal{suspect}")
    if rung.problem == "tls-client-unknown-authority" and _lacks_chain(finding):
        return replace(rung, problem="client-unknown-chain")
    found = rung.problem.removeprefix("tls-client-")
    there = f"client-{found}-there" if found in _FOUND_THERE else rung.problem
    return replace(rung, problem=there)


def _lacks_chain(finding: Finding) -> bool:
    """Whether the certificate has no whole chain here; the server may miss what is missing."""
    identity = finding.ready.identity
    return identity is not None and any(one.code in CHAIN for one in identity.facts.problems)


def _of_server(rung: LadderRung, finding: Finding) -> LadderRung:
    shown = finding.climb.server
    if rung.state is RungState.BROKEN:
        return _broken_server(rung, finding)
    expected = finding.entrance.server_issuers
    if not shown or not expected or common_name(shown[0].issuer) in expected:
        return rung
    values = {"expected": ", ".join(expected), "issuer": common_name(shown[0].issuer)}
    rung = _with(rung, tuple(values.items()))
    return replace(rung, state=RungState.NOTE, problem="server-issuer-unexpected")


def _broken_server(rung: LadderRung, finding: Finding) -> LadderRung:
    """Return the rung of a server that is not trusted, as certificates explain it."""
    shown, authorities = finding.climb.server, finding.target.authorities
    names = {"server": shown[0].subject, "issuer": shown[0].issuer} if shown else {}
    told = tuple((key, common_name(one)) for key, one in names.items())
    rung = _with(rung, (("entrance", finding.target.address), *told))
    if not authorities and rung.problem == "tls-server-untrusted":
        problem = "server-nobody-trusted" if shown else "authorities-missing"
        return replace(rung, problem=problem)
    if rung.problem == "tls-closed" and finding.climb.asked.sees:
        return replace(rung, problem="ladder-closed-early")  # had it asked, ours would be blamed
    if rung.problem in _SELDOM and not _is_on_a_token(finding, rung.problem):
        return replace(rung, problem="ladder-tls-failed")
    if not shown:
        return rung
    verify = dict(rung.values).get("verify", "")
    problem, values = explained(rung.problem, verify, Seen(shown, authorities, finding.now))
    return replace(_with(rung, values), problem=problem)


def _is_on_a_token(finding: Finding, problem: str) -> bool:
    """Whether a key that did not sign may be the cause: one in a file always signs."""
    identity = finding.ready.identity
    return problem == "tls-key-unused" and (identity is None or identity.key_place != "file")


def _of_clock(rung: LadderRung, finding: Finding) -> LadderRung:
    moment = finding.climb.moment
    apart = abs((moment - finding.now).total_seconds()) if moment else 0.0
    if moment is None or apart < CLOCKS_APART:
        return rung
    values = {
        "minutes": str(round(apart / 60)),
        "server_time": moment.isoformat(timespec="minutes"),
    }
    rung = _with(rung, tuple(values.items()))
    return replace(rung, state=RungState.NOTE, problem="ladder-clock")


def _about_ours(finding: Finding) -> Values:
    """Return what the sentences on a refused certificate say of it."""
    identity = finding.ready.identity
    if identity is None:
        return ()
    facts = identity.facts
    asked = "; ".join(_plain(one) for one in finding.climb.asked.names)
    return (
        ("own", facts.issuer),
        ("hsa_id", facts.hsa_id),
        ("until", facts.valid_to[:10]),
        ("issuers", asked),
    )


def _with(rung: LadderRung, values: Values) -> LadderRung:
    return replace(rung, values=tuple((dict(rung.values) | dict(values)).items()))


def _plain(name: str) -> str:
    """Return the common name of a name as OpenSSL writes it, or the whole where it has none."""
    parts = dict(part.partition("=")[::2] for part in name.split(","))
    return parts.get("CN", name)
