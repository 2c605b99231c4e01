"""The connection ladder: how far we come towards an entrance, rung by rung, and why not further."""

from typing import TYPE_CHECKING

from app.core.errors import WorkbenchError
from app.core.progress import Progress, silent
from app.core.register import Entrance
from app.workflow.certificate_views import LadderRung, LadderView, RungState
from app.workflow.certify import certificate
from app.workflow.desk import Desk
from app.workflow.entrances import find_entrance, target_of
from app.workflow.gates import certificate_gates

if TYPE_CHECKING:
    from app.workflow.certificate_views import CertificateView

CERTIFICATE = "rung-certificate"
NAME = "rung-name"
PROXY = "rung-proxy"
CONNECT = "rung-connect"
SERVER = "rung-server-trusted"
ASKED = "rung-certificate-asked"
CLIENT = "rung-client-accepted"
READ = "rung-contract-read"
SAME = "rung-contract-same"
CASE = "rung-case"

ORDER = (CERTIFICATE, NAME, CONNECT, SERVER, ASKED, CLIENT, READ, SAME)


def try_connection(desk: Desk, entrance_id: str, progress: Progress = silent) -> LadderView:
    """Climb the ladder towards an entrance; no case is sent."""
    entrance = find_entrance(desk.profile(), entrance_id)
    held = certificate(desk)
    closed = [one for one in certificate_gates(held, entrance, desk.clock()) if not one.is_open]
    if closed:
        broken = LadderRung(CERTIFICATE, RungState.BROKEN, closed[0].values, closed[0].code)
        return _view(desk, entrance, held, (broken,))
    rungs = [LadderRung(CERTIFICATE, RungState.OK)]
    try:
        rungs += _probed(desk, entrance, progress)
    except WorkbenchError as error:
        values = tuple(error.values.items())
        rungs.append(LadderRung(NAME, RungState.BROKEN, values, error.code))
    return _view(desk, entrance, held, tuple(rungs))


def try_synthetic_case(desk: Desk, entrance_id: str, progress: Progress = silent) -> LadderView:
    """Climb the ladder, and at its top send one synthetic case."""
    return try_connection(desk, entrance_id, progress)


def _probed(desk: Desk, entrance: Entrance, progress: Progress) -> list[LadderRung]:
    from app.transport.probe import probe
    from app.transport.tls import client_context

    progress(1, len(ORDER), CONNECT)
    target = target_of(desk, entrance)
    context = client_context(target.authorities, desk.identity())
    rungs = []
    for rung in probe(target.address, context):
        values = {**dict(rung.values)}
        problem = values.pop("problem", "")
        state = RungState.OK if rung.is_open else RungState.BROKEN
        code = READ if rung.code.startswith("rung-contract") else rung.code
        rungs.append(LadderRung(code, state, tuple(values.items()), problem))
    return rungs


def _view(
    desk: Desk, entrance: Entrance, held: "CertificateView | None", rungs: tuple[LadderRung, ...]
) -> LadderView:
    climbed = {rung.code: rung for rung in rungs}
    last = max((ORDER.index(code) for code in climbed), default=-1)
    broken = any(rung.state is RungState.BROKEN for rung in rungs)
    whole = tuple(
        climbed.get(code)
        or LadderRung(code, RungState.UNREACHED if place > last and broken else RungState.OK)
        for place, code in enumerate(ORDER)
    )
    return LadderView(
        entrance=entrance.id,
        kind=entrance.kind,
        address=entrance.address,
        at=desk.clock().isoformat(timespec="seconds"),
        hsa_id=held.hsa_id if held else "",
        fingerprint=held.fingerprint if held else "",
        issuer=held.issuer if held else "",
        rungs=whole,
    )
