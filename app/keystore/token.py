"""Certificates on PKCS#11 tokens: smart cards, HSMs and software tokens, by their module's file.

A PIN is only ever tried where it was meant for: with one token in the reader, or on the token that
a reference names. It is never tried twice.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509

from app.core.errors import CertificateError
from app.keystore.chain import Chain, fingerprint
from app.keystore.elsewhere import TOKEN, Found, Reference
from app.keystore.signing import certificates_of, close, give, require_own, told

if TYPE_CHECKING:
    from sslcontext import Identity, PinRequest, Prompt, Signer
    from sslcontext.backends import Backend
    from sslcontext.backends._cryptoki import Module

INITIALISED = 0x400  # flags of CK_TOKEN_INFO
LAST_TRY, LOCKED = 0x20000, 0x40000


@dataclass(frozen=True, slots=True)
class Token:
    """A token in a reader."""

    slot: int
    label: str
    serial: str
    last_try: bool  # one more wrong PIN locks it
    locked: bool

    @property
    def warning(self) -> str:
        """The code of what to know before a PIN is typed."""
        if self.locked:
            return "certificate-pin-locked"
        return "certificate-pin-last-try" if self.last_try else ""


def find_token_certificates(module: str, pin: str = "") -> tuple[Found, ...]:
    """Return the certificates on every token of a module.

    Without a PIN those are told that a token shows anyone. With several tokens in their readers
    the PIN is not tried, because it may be the other one's.
    """
    tokens = list_tokens(module)
    if not tokens:
        raise CertificateError("certificate-token-missing")
    only = tokens[0] if len(tokens) == 1 else None
    if only is not None and only.locked and pin:
        raise CertificateError("certificate-pin-locked", token=only.label)
    found = [
        one for token in tokens for one in _found_on(module, token, pin if only is token else "")
    ]
    if not found and only is None:
        raise CertificateError("certificate-token-several", count=len(tokens))
    if not found:
        raise CertificateError("certificate-token-empty", token=tokens[0].label)
    return tuple(found)


def list_tokens(module: str) -> tuple[Token, ...]:
    """Return the tokens that are in their readers; nothing is opened."""
    # The library tells labels only; serial number and state of the PIN lie one step below.
    from sslcontext.backends._cryptoki import Module, load_module

    path = Path(module)
    if not (path.is_absolute() and path.is_file()):
        raise CertificateError("certificate-module-missing", name=path.name)
    try:
        cryptoki: Module = load_module(module)
    except (AttributeError, OSError):
        raise CertificateError("certificate-module-unfit", name=path.name) from None
    with told(path.name):
        tokens = [_token(cryptoki, slot) for slot in cryptoki.slots()]
    return tuple(token for token in tokens if token is not None)


def load_token(
    context: ssl.SSLContext,
    reference: Reference,
    certificate: x509.Certificate,
    chain: Chain,
    pin: str = "",
) -> None:
    """Give a TLS context the certificate and the use of its key on the token."""
    signer = _proved(reference, certificate, pin)
    with told(reference["token"]):
        give(context, signer, certificate, chain)


def require_token_key(reference: Reference, certificate: x509.Certificate, pin: str = "") -> None:
    """Raise unless the token signs with the certificate's own key."""
    close(_proved(reference, certificate, pin))


def _proved(reference: Reference, certificate: x509.Certificate, pin: str) -> "Signer":
    """Return the signer of the key, once it has signed something of ours."""
    token = _token_of(reference)
    if token.locked:
        raise CertificateError("certificate-pin-locked", token=token.label)
    with _trying_pin(reference["module"], token):
        signer = _listed(reference, token, pin).signer
        require_own(signer, certificate)
    return signer


def _listed(reference: Reference, token: Token, pin: str) -> "Identity":
    """Return what the token tells of the key; one that is not shown may need the PIN first."""
    from sslcontext import IdentityNotFoundError

    backend = _backend(reference["module"], token, pin)
    try:
        return backend.find_identity(thumbprint=reference["fingerprint"], valid=False)
    except IdentityNotFoundError:
        code = "certificate-token-certificate-gone" if pin else "certificate-pin-needed"
        raise CertificateError(code, token=token.label) from None


def _found_on(module: str, token: Token, pin: str) -> list[Found]:
    with _trying_pin(module, token):
        identities = list(_backend(module, token, pin).identities())
    found = []
    for identity in identities:
        read = certificates_of(identity)
        if read is not None:
            reference = {
                "module": module,
                "token": token.label,
                "serial": token.serial,
                "fingerprint": fingerprint(read[0]),
            }
            found.append(Found(TOKEN, token.label, reference, *read, token.warning))
    return found


@contextmanager
def _trying_pin(module: str, token: Token) -> Iterator[None]:
    """Tell what the token refuses, and after a wrong PIN how the token stands now."""
    try:
        with told(token.label):
            yield
    except CertificateError as error:
        if error.code != "certificate-pin-wrong":
            raise
        now = next((one for one in list_tokens(module) if one.slot == token.slot), token)
        raise CertificateError(now.warning or error.code, token=token.label) from None


def _token_of(reference: Reference) -> Token:
    wanted = (reference["token"], reference["serial"])
    for token in list_tokens(reference["module"]):
        if (token.label, token.serial) == wanted:
            return token
    raise CertificateError("certificate-token-gone", token=reference["token"])


def _token(cryptoki: "Module", slot: int) -> Token | None:
    """Return what is in a reader; one that fails must not hide the others."""
    from sslcontext.backends._cryptoki import CryptokiError, text

    try:
        info = cryptoki.token_info(slot)
    except CryptokiError:
        return None
    if not info.flags & INITIALISED:
        return None
    last_try, locked = bool(info.flags & LAST_TRY), bool(info.flags & LOCKED)
    return Token(slot, text(info.label), text(info.serialNumber), last_try, locked)


def _backend(module: str, token: Token, pin: str) -> "Backend":
    from sslcontext import KEYSTORE_PROMPT
    from sslcontext.backends import PKCS11Backend

    def answer(request: "PinRequest") -> "str | Prompt | None":
        if pin:
            return pin
        # A reader with keys of its own asks by itself, but only when something is to be signed.
        return KEYSTORE_PROMPT if request.keystore_prompt and request.purpose != "list" else None

    backend: Backend = PKCS11Backend(module, slot=token.slot, pin=answer)
    return backend
