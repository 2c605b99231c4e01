"""What lies behind a rung: the server's certificate looked at, ours held against what was asked."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.register import Entrance
from app.transport.rung import READ, SERVER
from app.workflow.certificate_views import LadderRung, RungState, Values
from app.workflow.desk import Target
from app.workflow.preflight import CHAIN, Preflight, suspect_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, Name

    from app.transport.probe import Climb

SILENT = frozenset({"client-closed", "client-refused-page", "tls-client-refused"})
CLOCKS_APART = 120.0  # seconds from which a difference is told

# OpenSSL's verify codes that mean: the way up to somebody who is trusted was not found.
_NO_ISSUER = frozenset({"2", "7", "18", "19", "20", "21", "30", "31"})

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
    if rung.problem == "tls-client-unknown-authority" and _lacks_chain(finding):
        return replace(rung, problem="client-unknown-chain")
    return rung


def _lacks_chain(finding: Finding) -> bool:
    """Whether the certificate has no whole chain here; the server may miss what is missing."""
    identity = finding.ready.identity
    return identity is not None and any(one.code in CHAIN for one in identity.facts.problems)


def _of_server(rung: LadderRung, finding: Finding) -> LadderRung:
    shown = finding.climb.server
    if rung.state is RungState.BROKEN:
        names = {"server": shown[0].subject, "issuer": shown[0].issuer} if shown else {}
        told = tuple((key, _common_name(one)) for key, one in names.items())
        rung = _with(rung, (("entrance", finding.target.address), *told))
        verify = dict(rung.values).get("verify", "")
        return replace(rung, problem=_server_problem(rung.problem, verify, finding))
    expected = finding.entrance.server_issuers
    if not shown or not expected or _common_name(shown[0].issuer) in expected:
        return rung
    values = {"expected": ", ".join(expected), "issuer": _common_name(shown[0].issuer)}
    rung = _with(rung, tuple(values.items()))
    return replace(rung, state=RungState.NOTE, problem="server-issuer-unexpected")


def _server_problem(problem: str, verify: str, finding: Finding) -> str:
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
    return _distrust(shown[0], verify, finding)


def _distrust(shown: "Certificate", verify: str, finding: Finding) -> str:
    """Return why nobody in the CA files vouches for a server's certificate."""
    if shown.issuer == shown.subject:
        return "server-signs-itself"
    if verify and verify not in _NO_ISSUER:
        return "server-form"
    trusted = [one for path in finding.target.authorities for one in _certificates(path)]
    alike = [one for one in trusted if one.subject == shown.issuer]
    if any(_issued(one, shown) for one in alike):
        return "server-root-missing"
    return "server-named-like-trusted" if alike else "server-issuer-not-trusted"


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


def _issued(authority: "Certificate", shown: "Certificate") -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        shown.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _common_name(name: "Name") -> str:
    from cryptography.x509.oid import NameOID

    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _plain(name: str) -> str:
    """Return the common name of a name as OpenSSL writes it, or the whole where it has none."""
    parts = dict(part.partition("=")[::2] for part in name.split(","))
    return parts.get("CN", name)
