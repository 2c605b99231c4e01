"""Notes whether a server asks for a client certificate, and whose certificates it says it takes."""

import ssl
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sslcontext import CertificateRequest


class Asked:
    """Watches the connections of one context; what is answered stays the context's own matter.

    Python's `ssl` does not tell what a server asked for. Where the OpenSSL in use cannot be looked
    into either, `sees` is False and nothing is known.
    """

    def __init__(self, context: ssl.SSLContext) -> None:
        self.names: tuple[str, ...] = ()
        self._names_der: frozenset[bytes] = frozenset()
        self._times = 0
        self.sees = self._watch(context)

    @property
    def was_asked(self) -> bool:
        """Whether a server has asked for a certificate."""
        return self._times > 0

    def takes(self, issuers: tuple[bytes, ...]) -> bool:
        """Whether a certificate below issuers of these names (DER) is one that was asked for."""
        return not self._names_der or not self._names_der.isdisjoint(issuers)

    def _watch(self, context: ssl.SSLContext) -> bool:
        from sslcontext import ClientCertificateSelector, SSLContextError

        asked = self

        class Watcher(ClientCertificateSelector):
            """Chooses nothing: the certificate of the context itself is shown then."""

            def select(self, request: "CertificateRequest") -> None:
                asked.note(request)

        try:
            Watcher(()).install(context)
        except (SSLContextError, OSError):
            return False
        return True

    def note(self, request: "CertificateRequest") -> None:
        """Remember what a server asked for."""
        self._times += 1
        self.names = request.authorities
        self._names_der = frozenset(request.authorities_der)
