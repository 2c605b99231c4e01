"""The local stage: a register to practise against, on this computer only."""

import secrets
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

from app.core.register import Profile
from app.stage.authority import Authority, prepare
from app.stage.faults import Faults
from app.stage.keys import derive
from app.stage.loopback import HOST, Loopback
from app.stage.portal import portal
from app.stage.register import ListedCase, StageRegister
from app.stage.service import RegistrationService
from app.stage.tls import MutualTls, MutualTlsConnection, server_context

SERVICE_THREADS = 12
PORTAL_THREADS = 2
LISTEN_SECONDS = 0.5


class LocalStage:
    """A register on loopback over mutual TLS, with a portal; use it as a context manager."""

    def __init__(
        self,
        folder: Path,
        profile: Profile,
        passphrase: str,
        port: int = 0,
        faults: Faults = Faults(),  # noqa: B008 - frozen
    ) -> None:
        self._profile = profile
        self._authority: Authority = prepare(folder, passphrase)
        self._register = StageRegister(folder / "stage.db", derive(passphrase, "database"))
        self._port = port
        self._faults = faults
        self._stopping = Event()
        self._running = ExitStack()
        self._tls = server_context(self._authority.server, self._authority.ca, passphrase)
        self.ca = self._authority.ca
        self.certificate = self._authority.client
        self.certificate_password = self._authority.client_password
        self.hsa_id = self._authority.hsa_id
        self.endpoint = ""
        self.portal = ""

    @property
    def wsdl_address(self) -> str:
        """Where the contract is read."""
        return f"{self.endpoint}?wsdl"

    def __enter__(self) -> Self:
        """Start to answer."""
        try:
            self._running.callback(self._register.close)
            self._register.prepare()
            self._start_service()
            self._start_portal()
            self._running.callback(self._stopping.set)  # first of all: nobody waits any longer
        except BaseException:
            self._running.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop answering, and close the database."""
        self._running.close()

    def line(self) -> dict[str, str]:
        """Return what another program needs to reach the stage."""
        return {
            "endpoint": self.endpoint,
            "wsdl": self.wsdl_address,
            "ca": str(self.ca),
            "certificate": str(self.certificate),
            "password": self.certificate_password,
            "hsa_id": self.hsa_id,
            "portal": self.portal,
            "fellista": f"{self.portal}fellista.csv",
            "rejected": f"{self.portal}avvisade.csv",
        }

    def serve_until_stopped(self) -> None:
        """Wait until stop() is called."""
        while not self._stopping.wait(LISTEN_SECONDS):
            pass  # on Windows a wait without end would not let Ctrl+C through

    def stop(self) -> None:
        """Let serve_until_stopped return; leaving the context then ends everything."""
        self._stopping.set()

    def stored(self, case: str) -> bytes | None:
        """Return the stored request of one case, in canonical form."""
        return self._register.stored(case)

    def count(self) -> int:
        """Return how many cases are stored."""
        return self._register.count()

    def fellista(self) -> list[ListedCase]:
        """Return the stored cases that break a rule."""
        return self._register.fellista()

    def rejected(self) -> list[ListedCase]:
        """Return the registrations that were not taken."""
        return self._register.rejected()

    def _start_service(self) -> None:
        service = RegistrationService(self._profile, self._register, self._faults, self._stopping)
        tls, connection = MutualTls(self._tls), MutualTlsConnection
        port = self._start(Loopback(service, self._port, SERVICE_THREADS, tls, connection))
        self.endpoint = f"https://{HOST}:{port}{self._profile.settings['service_path']}"
        service.publish_at(self.endpoint)

    def _start_portal(self) -> None:
        token = secrets.token_urlsafe(24)
        hosts: list[str] = []
        port = self._start(
            Loopback(portal(self._register, token, lambda: tuple(hosts)), 0, PORTAL_THREADS)
        )
        hosts += [f"{HOST}:{port}", f"localhost:{port}"]
        self.portal = f"http://{HOST}:{port}/{token}/"

    def _start(self, loopback: Loopback) -> int:
        self._running.callback(loopback.stop)
        return loopback.start()
