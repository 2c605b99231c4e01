"""What lies behind a rung: the server's certificate looked at, ours held against what was asked."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.register import Entrance
from app.workflow.certificate_views import LadderRung, RungState, Values
from app.workflow.desk import Target
from app.workflow.preflight import Preflight, suspect_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, Name

    from app.transport.probe import Climb

SERVER = "rung-server-trusted"
READ = "rung-contract-read"
SILENT = frozenset({"client-closed", "client-refused-page", "tls-client-refused"})
CLOCKS_APART = 120.0  # seconds from which a difference is told

_WITH_MORE = {"tls-server-name": "server-other-name", "tls-server-expired": "server-expired-on"}


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
    return rung


def _of_server(rung: LadderRung, finding: Finding) -> LadderRung:
    shown = finding.climb.server
    if rung.state is RungState.BROKEN:
        names = {"server": shown[0].subject, "issuer": shown[0].issuer} if shown else {}
        rung = _with(rung, tuple((key, _common_name(one)) for key, one in names.items()))
        return replace(rung, problem=_server_problem(rung.problem, finding))
    expected = finding.entrance.server_issuers
    if not shown or not expected or _common_name(shown[0].issuer) in expected:
        return rung
    values = {"expected": ", ".join(expected), "issuer": _common_name(shown[0].issuer)}
    rung = _with(rung, tuple(values.items()))
    return replace(rung, state=RungState.NOTE, problem="server-issuer-unexpected")


def _server_problem(problem: str, finding: Finding) -> str:
    """Return the problem of a server that is not trusted, as its own certificate explains it."""
    shown = finding.climb.server
    if not finding.target.authorities and problem == "tls-server-untrusted":
        return "server-nobody-trusted" if shown else "authorities-missing"
    if not shown:
        return problem
    if problem in _WITH_MORE:
        return _WITH_MORE[problem]
    if problem != "tls-server-untrusted":
        return problem
    if shown[0].issuer == shown[0].subject:
        return "server-signs-itself"
    trusted = {one.subject for path in finding.target.authorities for one in _certificates(path)}
    named_alike = shown[0].issuer in trusted
    return "server-named-like-trusted" if named_alike else "server-issuer-not-trusted"


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


def _certificates(path: Path) -> "list[Certificate]":
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        return []


def _common_name(name: "Name") -> str:
    from cryptography.x509.oid import NameOID

    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _plain(name: str) -> str:
    """Return the common name of a name as OpenSSL writes it, or the whole where it has none."""
    parts = dict(part.partition("=")[::2] for part in name.split(","))
    return parts.get("CN", name)
