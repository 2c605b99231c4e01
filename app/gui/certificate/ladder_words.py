"""How the rungs of a connection are read: title, state, what was found, what can be done."""

import re
from collections.abc import Mapping, Sequence

from app.gui.widgets.rung_list import Look, Remedy, RungText
from app.language.sentences import name_of, sentence_of
from app.language.text import N_, _
from app.workflow.certificate_views import CertificateView, LadderRung, LadderView, RungState

CERTIFICATE = "rung-certificate"
RUNGS = (
    CERTIFICATE,
    "rung-name",
    "rung-connect",
    "rung-server-trusted",
    "rung-certificate-asked",
    "rung-client-accepted",
    "rung-contract-read",
    "rung-contract-same",
)
PROXY, CASE = "rung-proxy", "rung-case"

_LOOKS = {
    RungState.OK: ("check-circle", "clean", N_("Holds"), True),
    RungState.NOTE: ("information", "accent", N_("Holds, with a note"), True),
    RungState.BROKEN: ("close-octagon", "blocks", N_("Does not hold"), True),
    RungState.UNREACHED: ("circle-outline", "quiet", N_("Not reached"), False),
}
_WAITING = ("circle-outline", "quiet", N_("Not tried"), False)
_TRYING = ("progress-clock", "accent", N_("Is being tried"), True)

_NAME = re.compile(r"(?:^|,)\s*CN=((?:\\.|[^,\\])+)")

# What was found at a rung, in the order it is told; "" is told as it is.
_FOUND = (
    ("hsa_id", ""),
    ("proxy", N_("through {value}")),
    ("host", ""),
    ("ip", ""),
    ("addresses", ""),
    ("tls", ""),
    ("server", N_("server: {value}")),
    ("issuer", N_("issued by {value}")),
    ("until", N_("valid to {value}")),
    ("issuers", N_("it asks for certificates of {value}")),
    ("wording", N_("it said: {value}")),
    ("text", N_("it said: {value}")),
)

# What the user can do, by the beginning of the problem's code; the first that fits counts.
CHOOSE, PICK, PIN, OWN = "choose", "pick", "pin", "own"
TRUST, SETTINGS, STAGE, CONTRACT = "trust", "settings", "stage", "contract"
KEYSTORE = "keystore"
_REMEDIES = (
    ("stage-not-running", STAGE),
    ("stage-other-contract", STAGE),
    ("authorities-missing", TRUST),
    ("authorities-not-approved", TRUST),
    ("tls-authority", TRUST),
    ("tls-server-untrusted", TRUST),
    ("server-issuer-not-trusted", TRUST),
    ("server-nobody-trusted", TRUST),
    ("server-root-missing", TRUST),
    ("server-chain-missing", TRUST),
    ("server-own-chosen", TRUST),
    ("server-authority-expired", TRUST),
    ("server-other-name", SETTINGS),
    ("tls-name-unwanted", SETTINGS),
    ("ladder-misdirected", SETTINGS),
    ("tls-revocation", SETTINGS),
    ("revocation-", SETTINGS),
    ("proxy-", SETTINGS),
    ("contract-other-service", CONTRACT),
    ("contract-differs", CONTRACT),
    ("certificate-not-yet", ""),  # a clock is set outside the program
    ("certificate-hsa-", ""),  # it holds all the same
    ("certificate-busy", ""),
    ("certificate-expires-soon", ""),  # to order a new one is offered beside
    ("certificate-pin-", PIN),
    ("certificate-", CHOOSE),
    ("pairing-not-yet", ""),
    ("pairing-opens", ""),
    ("pairing-not-local", OWN),
    ("pairing-", CHOOSE),
    ("ladder-no-certificate", PICK),
    ("asked-for-others", CHOOSE),
    ("silent-refusal-issuer", CHOOSE),
    ("silent-refusal-chain", CHOOSE),
    ("client-unknown-chain", CHOOSE),
    ("client-expired-there", CHOOSE),
    ("client-revoked-there", CHOOSE),
    ("tls-client-", CHOOSE),
    ("keystore-", KEYSTORE),
    ("passphrase-", KEYSTORE),
)
_BUTTONS = {
    CHOOSE: (N_("Choose another certificate"), "certificate-outline"),
    PICK: (N_("Choose a certificate"), "certificate-outline"),
    PIN: (N_("Type the PIN"), "form-textbox-password"),
    OWN: (N_("Use the local stage's certificate"), "laptop"),
    TRUST: (N_("Choose a CA file…"), "shield-key-outline"),
    SETTINGS: (N_("Open the entrance's settings"), "cog-outline"),
    STAGE: (N_("Start the local stage"), "play-outline"),
    KEYSTORE: (N_("Look at the keystore again"), "key-outline"),
    CONTRACT: (N_("Go to Contract"), "file-document-outline"),
}


def remedy_of(problem: str) -> str:
    """Return what the user can do about a problem here, "" when nothing can be done here."""
    return next((one for start, one in _REMEDIES if problem.startswith(start)), "")


def button_of(remedy: str) -> tuple[str, str]:
    """Return the text and the icon of a remedy's button."""
    text, icon = _BUTTONS[remedy]
    return _(text), icon


def outline(
    certificate: CertificateView | None,
    entrance_id: str,
    remedies: Mapping[str, Remedy],
    codes: Sequence[str] = RUNGS,
) -> tuple[RungText, ...]:
    """Return the rungs before they are tried; what is wrong with our own certificate is known."""
    problem = own_problem(certificate, entrance_id)
    waiting = tuple(RungText(name_of(code), _look(_WAITING)) for code in codes)
    if problem is None:
        return waiting
    broken = LadderRung(CERTIFICATE, RungState.BROKEN, problem[1], problem[0])
    return (rung_text(broken, remedies), *waiting[1:])


def own_problem(
    certificate: CertificateView | None, entrance_id: str
) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """Return why a certificate does not open an entrance, None when it may."""
    if certificate is None:
        return "ladder-no-certificate", ()
    if certificate.needs_pin:
        return "certificate-pin-needed", (("token", _("the token")),)
    pairing = next((one for one in certificate.pairings if one.entrance == entrance_id), None)
    if pairing is None or pairing.opens:
        return None
    return pairing.code, pairing.values


def codes_of(*, has_proxy: bool, with_case: bool = False) -> tuple[str, ...]:
    """Return the rungs that a try has, in the order they are climbed."""
    first = (*RUNGS[:2], PROXY) if has_proxy else RUNGS[:2]
    return (*first, *RUNGS[2:], CASE) if with_case else (*first, *RUNGS[2:])


def climbing(step: str, codes: Sequence[str]) -> tuple[RungText, ...]:
    """Return the rungs while they are climbed: those before the one that is tried have held."""
    at = codes.index(step) if step in codes else 0
    looks = [_LOOKS[RungState.OK]] * at + [_TRYING] + [_WAITING] * (len(codes) - at - 1)
    return tuple(
        RungText(name_of(code), _look(look)) for code, look in zip(codes, looks, strict=True)
    )


def rung_text(
    rung: LadderRung, remedies: Mapping[str, Remedy], names: Mapping[str, str] | None = None
) -> RungText:
    """Return a rung as it is read; `names` calls entrances by their names instead of their ids."""
    holds = rung.state in {RungState.OK, RungState.NOTE}
    values = dict(rung.values)
    values["entrance"] = (names or {}).get(values.get("entrance", ""), values.get("entrance", "–"))
    return RungText(
        title=name_of(rung.code),
        look=_look(_LOOKS[rung.state]),
        found=_found(values) if holds else "",
        problem=sentence_of(rung.problem, values) if rung.problem else "",
        raw=rung.raw,
        remedy=remedies.get(remedy_of(rung.problem)) if rung.problem else None,
    )


def headline(view: LadderView) -> tuple[str, str, str]:
    """Return icon, words and colour for how far a ladder reaches."""
    broken = [at for at, one in enumerate(view.rungs) if one.state is RungState.BROKEN]
    if broken:
        text = _("Rung {number} of {count} does not hold ({rung}).")
        words = text.format(
            number=broken[0] + 1, count=len(view.rungs), rung=name_of(view.rungs[broken[0]].code)
        )
        return "close-octagon", words, "blocks"
    if not view.holds:
        return "alert-outline", _("Not every rung was reached."), "fellista"
    if any(one.code == CASE for one in view.rungs):
        return "check-circle", _("Every rung holds: the synthetic case was accepted."), "clean"
    if not view.takes_ours:
        words = _("Every rung was climbed, but nobody asked for the certificate.")
        return "alert-outline", words, "fellista"
    return "check-circle", _("Every rung holds: the entrance takes the certificate."), "clean"


def _look(named: tuple[str, str, str, bool]) -> Look:
    icon, tone, word, is_reached = named
    return Look(icon, tone, _(word), is_reached)


def _found(values: Mapping[str, str]) -> str:
    said = []
    for name, text in _FOUND:
        if values.get(name):
            value = _common_name(values[name])
            said.append(_(text).format(value=value) if text else value)
    return " · ".join(dict.fromkeys(said))


def _common_name(value: str) -> str:
    """Return the name in a distinguished name, and any other text as it is."""
    found = _NAME.search(value)
    return found[1].replace("\\", "") if found else value
