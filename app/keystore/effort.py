"""How often a file's password is to be hashed before it opens; too often would take hours.

Nothing can stop the hashing once it runs, so what the file asks for is read first.
"""

from base64 import b64decode
from binascii import Error
from collections.abc import Iterator

from app.core.errors import CertificateError

MOST = 10_000_000  # rounds; the tools of today make some hundred thousand

_SEQUENCE, _OCTETS, _INTEGER = 0x30, 0x04, 0x02
_LONG = 0x80  # a length that takes more than one byte: no salt and no number of rounds does
_SCHEMES = (  # object identifiers, and how many bytes of them vary
    (bytes.fromhex("06092a864886f70d01050c"), 0),  # PBKDF2
    (bytes.fromhex("060a2a864886f70d010c01"), 1),  # PKCS#12's own
)
_MOST_SALT, _MOST_NUMBER = 64, 8  # bytes


def require_quick(data: bytes) -> None:
    """Raise for a PKCS#12 file, or a key in DER, that would take hours to open."""
    rounds = max((*_of_schemes(data), _of_seal(data)), default=0)
    if rounds > MOST:
        raise CertificateError("certificate-too-slow", rounds=rounds, most=MOST)


def require_quick_pem(block: bytes) -> None:
    """Raise for a key in PEM that would take hours to open."""
    try:
        require_quick(b64decode(b"".join(block.splitlines()[1:-1])))
    except Error:
        return  # it is no key


def _of_schemes(data: bytes) -> Iterator[int]:
    """Yield the rounds of every encryption that can be seen."""
    for scheme, more in _SCHEMES:
        at = data.find(scheme)
        while at >= 0:
            start = at + len(scheme) + more
            if data[start : start + 1] == bytes([_SEQUENCE]):
                yield _rounds(data, start + 2)
            at = data.find(scheme, start)


def _of_seal(data: bytes) -> int:
    """Return the rounds of a PKCS#12 file's seal: the last number in it, after a salt."""
    for size in range(1, _MOST_NUMBER + 1):
        number = len(data) - size - 2
        if number > 0 and data[number : number + 2] == bytes([_INTEGER, size]):
            for salt in range(_MOST_SALT + 1):
                start = number - salt - 2
                if start >= 0 and data[start : start + 2] == bytes([_OCTETS, salt]):
                    return _rounds(data, start)
    return 0


def _rounds(data: bytes, at: int) -> int:
    """Return the number that comes after the salt at a place, 0 when there is none."""
    if len(data) < at + 2 or data[at] != _OCTETS or data[at + 1] >= _LONG:
        return 0
    at += 2 + data[at + 1]
    if len(data) < at + 2 or data[at] != _INTEGER or data[at + 1] >= _LONG:
        return 0
    return int.from_bytes(data[at + 2 : at + 2 + data[at + 1]])
