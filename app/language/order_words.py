"""The letter by which a certificate is ordered from the local SITHS administration."""

from typing import Protocol

from app.language.text import N_, in_language

KEYS = {
    "rsa-4096": N_("RSA, 4096 bits"),
    "rsa-3072": N_("RSA, 3072 bits"),
    "ec-p256": N_("EC, curve P-256"),
}
_GROUP = 8  # hex digits that are read out together


class Wanted(Protocol):
    """What a certificate is ordered for."""

    @property
    def organisation(self) -> str:
        """Whose it is."""

    @property
    def common_name(self) -> str:
        """The DNS name that it is issued to."""

    @property
    def names(self) -> tuple[str, ...]:
        """Further DNS names."""

    @property
    def hsa_id(self) -> str:
        """The function's HSA-id, "" where none is asked for."""

    @property
    def locality(self) -> str:
        """The town."""

    @property
    def country(self) -> str:
        """The country's two letters."""

    @property
    def key_kind(self) -> str:
        """The kind of key."""

    @property
    def renews(self) -> str:
        """The certificate that it is to replace, "" when it is the first."""


class Ordered(Protocol):
    """An order that waits for its certificate."""

    @property
    def form(self) -> Wanted:
        """What it is for."""

    @property
    def request(self) -> str:
        """The request as PEM."""

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the public key, in hex."""


def order_letter(order: Ordered, language: str) -> str:
    """Return the letter in "sv" or "en"; it holds nothing secret."""

    def said(message: str) -> str:
        return in_language(message, language)

    title = said(N_("Order of a SITHS function certificate for {name}"))
    wishes = [said(one) for one in _WISHES]
    if order.form.renews:
        wishes.append(said(_RENEWAL))
    parts = (
        title.format(name=order.form.common_name),
        said(N_("We order a function certificate by which we identify ourselves to SPOR.")),
        "\n".join(f"{said(name)}: {value}" for name, value in _facts(order, language) if value),
        "\n".join(f"- {one}" for one in wishes),
        said(N_("The request (PKCS#10):")) + "\n" + order.request.strip(),
    )
    return "\n\n".join(parts) + "\n"


_WISHES = (
    N_(
        "The private key was made on our computer and stays there. Please do not make a key, and"
        " send no PKCS#12 file."
    ),
    N_("The certificate must be usable for client authentication (clientAuth)."),
    N_(
        "Please send the certificate back as a file (.cer, .crt, .pem or .p7b), with the issuers'"
        " certificates if you can. It is public and may be sent by e-mail."
    ),
    N_(
        "If the request comes to you by e-mail, compare the fingerprint of the public key with us"
        " by telephone before you issue the certificate."
    ),
)
_RENEWAL = N_(
    "It is a renewal. Please do not revoke the present certificate: it is in use until we have"
    " switched."
)


def _facts(order: Ordered, language: str) -> tuple[tuple[str, str], ...]:
    form = order.form
    key = in_language(KEYS.get(form.key_kind, ""), language)
    return (
        (N_("Organisation (O)"), form.organisation),
        (N_("DNS name (CN)"), form.common_name),
        (N_("Further DNS names"), ", ".join(form.names)),
        (N_("HSA-id (serialNumber)"), form.hsa_id),
        (N_("Locality (L)"), form.locality),
        (N_("Country (C)"), form.country),
        (N_("Key"), key),
        (N_("Fingerprint of the public key (SHA-256)"), _grouped(order.fingerprint)),
    )


def _grouped(fingerprint: str) -> str:
    places = range(0, len(fingerprint), _GROUP)
    return " ".join(fingerprint[place : place + _GROUP] for place in places).upper()
