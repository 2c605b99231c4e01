"""How the names in a certificate are written: those of machines and of countries."""

import re

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# An IP address is no name: no last part is a number alone.
_DNS = re.compile(rf"(?!.*\.[0-9]+\Z){_LABEL}(?:\.{_LABEL})+", re.IGNORECASE)
_LONGEST_DNS = 253
_COUNTRY = re.compile("[A-Z]{2}")


def is_dns_name(text: str) -> bool:
    """Whether a text is a whole name in DNS, written in ASCII."""
    return text.isascii() and len(text) <= _LONGEST_DNS and _DNS.fullmatch(text) is not None


def is_country(text: str) -> bool:
    """Whether a text is written as a country is in a certificate: as two capital letters."""
    return _COUNTRY.fullmatch(text) is not None
