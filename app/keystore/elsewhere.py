"""Keys that cannot leave their place: on a PKCS#11 token or in the Windows certificate store.

The program holds the certificate and a reference by which the key is found again. What is signed
during a handshake is signed where the key lies.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography import x509

from app.core.errors import CertificateError
from app.keystore.certificate import Chain
from app.keystore.patience import Patience

TOKEN, WINDOWS = "token", "windows"
NEVER_AGAIN = {"certificate-pin-wrong", "certificate-pin-last-try", "certificate-pin-locked"}

TIME_LIMIT = 120.0  # seconds
WAITING = "waiting-for-token"

Reference = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A certificate whose key can be used where it lies; `label` names the token or the store.

    `warning` is the code of something to know before a PIN is typed, "" when there is nothing.
    """

    place: str
    label: str
    reference: Reference
    certificate: x509.Certificate = field(repr=False)
    chain: Chain = field(repr=False)
    warning: str = ""


class Pins:
    """The PINs that were typed in this run; they are gone when the program ends.

    One that was refused is forgotten at once: a card locks itself after a few wrong tries.
    """

    def __init__(self) -> None:
        self._pins: dict[str, str] = {}

    def remember(self, reference: Reference, pin: str) -> None:
        """Keep the PIN of the place that the reference leads to, "" where it asks by itself."""
        self._pins[_key(reference)] = pin

    def get(self, reference: Reference) -> str:
        """Return the PIN, "" when none was typed."""
        return self._pins.get(_key(reference), "")

    def knows(self, reference: Reference) -> bool:
        """Whether the place was opened in this run, with a PIN or by asking for it itself."""
        return _key(reference) in self._pins

    def forget(self, reference: Reference) -> None:
        """Drop the PIN."""
        self._pins.pop(_key(reference), None)

    def load_into(
        self,
        context: ssl.SSLContext,
        place: str,
        reference: Reference,
        certificate: x509.Certificate,
        chain: Chain,
    ) -> None:
        """Give a TLS context the certificate and the use of its key."""

        def with_pin() -> None:
            try:
                _load(context, place, reference, certificate, chain, self.get(reference))
            except CertificateError as error:
                if error.code in NEVER_AGAIN:
                    self.forget(reference)
                raise

        _patience.wait_for(with_pin)


def find(place: str, module: str = "", pin: str = "") -> tuple[Found, ...]:
    """Return the certificates of a place; `module` is the file of a token's PKCS#11 module."""
    return _patience.wait_for(lambda: _find(place, module, pin))


def require_key(
    place: str, reference: Reference, certificate: x509.Certificate, pin: str = ""
) -> None:
    """Raise unless the key answers: it is there, the PIN is right, it is the certificate's own."""
    _patience.wait_for(lambda: _require_key(place, reference, certificate, pin))


def _find(place: str, module: str, pin: str) -> tuple[Found, ...]:
    if place == WINDOWS:
        from app.keystore.windows_store import find_store_certificates

        return find_store_certificates()
    from app.keystore.token import find_token_certificates

    return find_token_certificates(module, pin)


def _load(
    context: ssl.SSLContext,
    place: str,
    reference: Reference,
    certificate: x509.Certificate,
    chain: Chain,
    pin: str,
) -> None:
    if place == WINDOWS:
        from app.keystore.windows_store import load_store

        load_store(context, reference, certificate, chain, pin)
        return
    from app.keystore.token import load_token

    load_token(context, reference, certificate, chain, pin)


def _require_key(place: str, reference: Reference, certificate: x509.Certificate, pin: str) -> None:
    if place == WINDOWS:
        from app.keystore.windows_store import require_store_key

        require_store_key(reference, certificate, pin)
        return
    from app.keystore.token import require_token_key

    require_token_key(reference, certificate, pin)


def _no_answer(seconds: float) -> CertificateError:
    return CertificateError("certificate-token-no-answer", seconds=f"{seconds:g}")


# A card may want to be put in, and its PIN typed on the reader or in a window of Windows.
_patience = Patience(WAITING, TIME_LIMIT, _no_answer)


def _key(reference: Reference) -> str:
    """One PIN opens a whole token, and one key of the Windows store."""
    names = ("module", "serial") if "module" in reference else ("location", "fingerprint")
    return "\n".join(reference.get(name, "") for name in names)
