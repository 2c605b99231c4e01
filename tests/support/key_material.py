"""Private keys and secrets, told by their bytes wherever they turn up and however written.

A key is known by its private numbers alone: what is public stands in every certificate. Each number
is looked for as it is, with its bytes reversed (as OpenSSL holds it), as hexadecimal and as base64;
a piece of 24 bytes is enough. What an unencrypted key looks like is found also when nobody knows
the key.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa

PIECE = 12  # bytes that are compared at once; twice as many in a row are always found
BARE = re.compile(
    rb"BEGIN (RSA |EC |DSA |OPENSSH )?PRIVATE KEY"
    rb"|0\x82..\x02\x01\x00\x02\x82..\x00"  # RSAPrivateKey
    rb"|\x02\x01\x000\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x04"  # PKCS#8, RSA
    rb"|\x02\x01\x01\x04\x20.{32}\xa0\x0a\x06",  # ECPrivateKey
    re.DOTALL,
)


@dataclass(frozen=True)
class Sought:
    """What must not turn up: pieces of keys, and whole secrets by their names."""

    pieces: frozenset[bytes]
    secrets: tuple[tuple[str, bytes], ...] = ()

    def found_in(self, data: bytes) -> str:
        """Return what was found, "" when it is nothing."""
        bare = BARE.search(data)
        if bare is not None:
            return f"an unencrypted key at {bare.start()}"
        for start in range(0, len(data) - PIECE + 1, PIECE):
            if data[start : start + PIECE] in self.pieces:
                return f"a piece of a private key at {start}"
        return next((f"the secret {name}" for name, one in self.secrets if one in data), "")


def sought(keys: list[Any], secrets: dict[str, str]) -> Sought:
    """Return what to look for."""
    pieces = {
        form[start : start + PIECE]
        for key in keys
        for number in _private_numbers(key)
        for form in _forms(number)
        for start in range(len(form) - PIECE + 1)
    }
    named = [(name, form) for name, text in secrets.items() for form in _texts(text)]
    return Sought(frozenset(pieces), tuple(named))


def found_below(what: Sought, *folders: Path) -> list[str]:
    """Return every file in the folders that holds something of it."""
    return [
        f"{path}: {found}"
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and (found := what.found_in(path.read_bytes()))
    ]


def _private_numbers(key: Any) -> Iterator[bytes]:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        yield key.private_numbers().private_value.to_bytes(key.key_size // 8, "big")
        return
    assert isinstance(key, rsa.RSAPrivateKey)
    own = key.private_numbers()
    for number in (own.p, own.q, own.d, own.dmp1, own.dmq1, own.iqmp):
        yield number.to_bytes((number.bit_length() + 7) // 8, "big")


def _forms(number: bytes) -> Iterator[bytes]:
    yield number
    yield number[::-1]
    yield number.hex().encode()
    yield number.hex().upper().encode()
    for shift in range(3):  # base64 differs by where in its triples a number begins
        yield b64encode(bytes(shift) + number)[4:-4]


def _texts(text: str) -> Iterator[bytes]:
    yield text.encode()
    yield text.encode("utf-16-le")
    yield b64encode(text.encode()).rstrip(b"=")[:-1]
