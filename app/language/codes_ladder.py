"""Sentences of the connection ladder: what each rung is, and what is wrong with a broken one."""

from app.language.text import N_

SENTENCES: dict[str, str] = {}

NAMES: dict[str, str] = {
    "rung-certificate": N_("Your certificate is ready"),
    "rung-name": N_("The server's name is known"),
    "rung-proxy": N_("The proxy lets us through"),
    "rung-certificate-asked": N_("The server asks for a certificate"),
    "rung-contract-read": N_("The contract can be read"),
    "rung-contract-same": N_("The contract is the one bound here"),
    "rung-case": N_("A synthetic case is accepted"),
}
