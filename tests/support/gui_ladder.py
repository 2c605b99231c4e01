"""Made-up ladders, and what is told of the entrances that they lead to."""

from dataclasses import replace
from urllib.parse import urlsplit

from app.core.register import Confidence
from app.workflow.certificate_views import LadderRung, LadderView, RungState, Values
from app.workflow.entrance_views import EntranceView
from tests.support import gui_pages as made

_HELD = (
    LadderRung("rung-certificate", RungState.OK, (("hsa_id", "SE0000000000-OP1"),)),
    LadderRung("rung-name", RungState.OK, (("host", "127.0.0.1"),)),
    LadderRung("rung-connect", RungState.OK, (("host", "127.0.0.1:50443"),)),
    LadderRung("rung-server-trusted", RungState.OK, (("tls", "TLSv1.3"),)),
    LadderRung("rung-certificate-asked", RungState.OK),
    LadderRung("rung-client-accepted", RungState.OK),
    LadderRung("rung-contract-read", RungState.OK),
    LadderRung("rung-contract-same", RungState.OK),
)
LADDER = LadderView(
    entrance="local",
    kind="local",
    address=made.STAGE.endpoint,
    at="2026-11-22T13:00:00+00:00",
    hsa_id=made.CERTIFICATE.hsa_id,
    fingerprint=made.CERTIFICATE.fingerprint,
    issuer=made.CERTIFICATE.issuer,
    rungs=_HELD,
)


def broken_ladder(at: int, problem: str, values: Values = (), raw: str = "") -> LadderView:
    """Return a ladder whose rung of that place does not hold; those after it are not reached."""
    rung = LadderRung(_HELD[at].code, RungState.BROKEN, values, problem, raw)
    beyond = tuple(LadderRung(one.code, RungState.UNREACHED) for one in _HELD[at + 1 :])
    return replace(LADDER, rungs=(*_HELD[:at], rung, *beyond))


def entrance_view(entrance_id: str, *_settings: object) -> EntranceView:
    """Return what an entrance is; its host says so."""
    one = next(one for one in made.ENTRANCES if one.id == entrance_id)
    host = urlsplit(one.address).hostname or ""
    return EntranceView(one.id, one.kind, host, True, "guide", Confidence.STATED)
