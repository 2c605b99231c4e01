"""The connection ladder: how far we come towards an entrance, rung by rung, and why not further."""

import ssl
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from app.core.errors import NotSent, WorkbenchError
from app.core.journal_event import CertificateEventKind
from app.core.progress import Progress, silent
from app.core.register import Entrance
from app.transport.address import without_login
from app.transport.rung import ASKED, CLIENT, CONNECT, NAME, PROXY, READ, SERVER
from app.workflow.certificate_views import LadderRung, LadderView, RungState
from app.workflow.desk import Desk, Target
from app.workflow.entrances import find_entrance, way_to
from app.workflow.ladder_causes import Finding, refined
from app.workflow.ladder_contract import SAME, compared, read_whole
from app.workflow.preflight import CERTIFICATE, Preflight, preflight
from app.workflow.synthetic import CASE, case_rung
from app.workflow.using import note_use

if TYPE_CHECKING:
    from app.transport.probe import Climb, Rung

ORDER = (CERTIFICATE, NAME, PROXY, CONNECT, SERVER, ASKED, CLIENT, READ, SAME, CASE)

# Errors that come before the climb, and the rung that they belong to; others are the certificate's.
_RUNGS = {"stage-not-running": NAME, "proxy-unreadable": NAME}
_OF_CERTIFICATES = ("certificate-", "keystore-", "passphrase-", "secret-", "tls-key", "token-")
_OF_TRUST = frozenset({"tls-authority-unreadable", "tls-revocation-unreadable"})


def try_connection(desk: Desk, entrance_id: str, progress: Progress = silent) -> LadderView:
    """Climb the ladder towards an entrance; no case is sent."""
    return _Ladder(desk, find_entrance(desk.profile(), entrance_id), progress).climbed()


def try_synthetic_case(desk: Desk, entrance_id: str, progress: Progress = silent) -> LadderView:
    """Climb the ladder and, if it holds, send one synthetic case; never to production."""
    entrance = find_entrance(desk.profile(), entrance_id)
    return _Ladder(desk, entrance, progress, with_case=True).climbed()


@dataclass
class _Ladder:
    """One ladder under way."""

    desk: Desk
    entrance: Entrance
    progress: Progress
    with_case: bool = False
    rungs: list[LadderRung] = field(default_factory=list)
    ready: Preflight = field(init=False)
    target: Target | None = None
    distrust: NotSent | None = None  # why the files that say whom to trust cannot be used

    def climbed(self) -> LadderView:
        """Climb until a rung breaks; return the whole ladder."""
        self._tell()
        self.ready = preflight(self.desk, self.entrance)
        self.rungs.append(self.ready.rung)
        if self._holds:
            try:
                self._towards()
            except WorkbenchError as error:
                if error.code not in _RUNGS and not error.code.startswith(_OF_CERTIFICATES):
                    raise  # cancelled, or the journal cannot be written
                self._break(_RUNGS.get(error.code, CERTIFICATE), error)
        return self._view()

    @property
    def _holds(self) -> bool:
        return self.rungs[-1].state in {RungState.OK, RungState.NOTE}

    def _tell(self) -> None:
        """Say which rung is tried now; raises Cancelled when nobody waits for it any more."""
        tried = [rung.code for rung in self.rungs]
        at = ORDER.index(tried[-1]) + 1 if tried else 0
        if at < len(ORDER) and ORDER[at] == PROXY and not (self.target and self.target.proxy):
            at += 1
        self.progress(at, len(ORDER), ORDER[min(at, len(ORDER) - 1)])

    def _towards(self) -> None:
        self.target = target = way_to(self.desk, self.entrance)
        context = self._context(target)
        climb = self._climb(target, context)
        finding = Finding(self.ready, self.entrance, target, climb, self.desk.clock())
        self._tell()
        for rung in climb.rungs():
            self._add(self._blamed(refined(_shown(rung), finding)))
            if rung.code == CONNECT and rung.is_open:
                self._note_use(target)
        if self._holds and climb.answer is not None:
            self._contract(target, context, climb.answer.body)
        if self._holds and self.with_case:
            self._tell()
            self.rungs.append(case_rung(self.desk, self.entrance, target, self.ready.identity))

    def _context(self, target: Target) -> ssl.SSLContext:
        """Return the context to climb with; one that trusts nobody ends where trust is needed."""
        from app.transport.tls import client_context

        identity = self.ready.identity
        try:
            if target.authorities:
                return client_context(target.authorities, identity, target.revocation)
        except NotSent as error:
            if error.code not in _OF_TRUST:
                raise
            self.distrust = error
        if target.unapproved:
            self.distrust = NotSent("authorities-not-approved", name=target.unapproved)
        if identity is not None:
            identity.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))  # does its key open at all
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    def _note_use(self, target: Target) -> None:
        """Write down that the certificate is about to be shown."""
        identity = self.ready.identity
        if identity is not None and target.authorities and self.distrust is None:
            note_use(self.desk, CertificateEventKind.TRIED, identity, self.entrance.id)

    def _climb(self, target: Target, context: ssl.SSLContext) -> "Climb":
        from app.transport.probe import Climb

        return Climb(target.address, context, proxy=target.proxy, issuers=self.ready.issuers)

    def _contract(self, target: Target, context: ssl.SSLContext, first: bytes) -> None:
        found = read_whole(target, context, first)
        if isinstance(found, LadderRung):
            self.rungs[-1] = replace(found, raw=self.rungs[-1].raw)
            return
        self._tell()
        rung = compared(found, self.desk.profile())
        if rung.state is RungState.BROKEN and not self.entrance.address:
            rung = replace(rung, problem="stage-other-contract")
        self._add(rung)

    def _add(self, rung: LadderRung) -> None:
        self.rungs.append(rung)
        if self._holds and rung.code not in {READ, SAME, CASE}:
            self._tell()

    def _blamed(self, rung: LadderRung) -> LadderRung:
        """Return the rung of the server with what keeps anybody from being trusted."""
        if self.distrust is None or rung.code != SERVER:
            return rung
        values = tuple((dict(rung.values) | self.distrust.values).items())
        return replace(rung, problem=self.distrust.code, values=values)

    def _break(self, code: str, error: WorkbenchError) -> None:
        rung = LadderRung(code, RungState.BROKEN, tuple(error.values.items()), error.code)
        self.rungs = [one for one in self.rungs if one.code != code]
        self.rungs.append(rung)

    def _view(self) -> LadderView:
        climbed = {rung.code: rung for rung in self.rungs}
        wanted = [code for code in ORDER if code in climbed or not self._is_left_out(code)]
        address = self.target.address if self.target else self.entrance.address
        facts = self.ready.identity.facts if self.ready.identity else None
        return LadderView(
            entrance=self.entrance.id,
            kind=self.desk.kind_of(self.entrance),
            address=without_login(address),
            at=self.desk.clock().isoformat(timespec="seconds"),
            hsa_id=facts.hsa_id if facts else "",
            fingerprint=facts.fingerprint if facts else "",
            issuer=facts.issuer if facts else "",
            rungs=tuple(climbed.get(one) or LadderRung(one, RungState.UNREACHED) for one in wanted),
        )

    def _is_left_out(self, code: str) -> bool:
        """Whether nobody asked for a rung: one of a proxy that is not set, or of a case."""
        if code == PROXY:
            return self.target is None or self.target.proxy is None
        return code == CASE and not self.with_case


def _shown(rung: "Rung") -> LadderRung:
    """Return a rung as it is shown."""
    return LadderRung(rung.code, RungState(rung.state.value), rung.values, rung.problem, rung.raw)
