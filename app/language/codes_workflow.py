"""What the deeds say: gates, reasons to hold a case back, outcomes, steps, the local stage."""

from app.language.text import N_

# Errors of the deeds: one sentence on what is wrong, one on what to do.
SENTENCES: dict[str, str] = {
    "document-unfit": N_(
        "The case's document breaks the contract and was not sent. Check the cases again."
    ),
    "cancelled": N_("You stopped it. What was done is kept."),
    "entrance-unknown": N_(
        "There is no entrance called {entrance}. Choose local, teststage, stage, production or an "
        "https address."
    ),
    "authorities-missing": N_(
        "It is not known whose server certificates to trust at {entrance}. Choose a file with its "
        "certificate authorities (CA)."
    ),
    "authorities-not-approved": N_(
        "The project asks to trust the CA file {name}, but nobody has done so on this computer, or "
        "the file has changed since. Compare its fingerprints under Certificate and trust it there."
    ),
    "folder-full": N_(
        "The disk is full; not every XML file was written to {name}. Free some space and build "
        "again."
    ),
    "stage-not-running": N_("The local stage is not running. Start it first."),
    "stage-start-failed": N_("The local stage did not start. Try again."),
    "stage-unreachable": N_("The local stage does not answer. Start it again."),
    "stage-password-missing": N_(
        "The password of the stage's client certificate is not in the keystore. Start the local "
        "stage again."
    ),
    "fellista-unreadable": N_(
        "The list {name} cannot be read as text. Save it as CSV or plain text and try again."
    ),
    "fellista-empty": N_("The list {name} holds no behandlingsnummer."),
    # Gates: said of a gate that is closed.
    "mapping-approved": N_(
        "The mapping is not approved. Mandatory variables without an approved link: {missing}; "
        "flagged links: {flagged}."
    ),
    "certificate-present": N_("There is no client certificate. Import one first."),
    "certificate-valid": N_("The client certificate is valid from {from} to {to}, not now."),
    "certificate-fits-entrance": N_(
        "The client certificate from {issuer} does not open {entrance}. Import the right one or "
        "choose another entrance."
    ),
    "window-open": N_(
        "SPOR is closed for sending between {from} and {to}. Send after {to} Stockholm time."
    ),
    "something-to-send": N_("There is nothing to send. Held back: {withheld}."),
    "mapping-as-checked": N_(
        "The mapping or the contract has changed since the export was checked. Check it again."
    ),
    # Why a batch ended early.
    "stopped-mapping": N_(
        "The mapping, the contract or the export was changed while sending. Check the rest and send"
        " it again."
    ),
    "stopped-certificate": N_("The client certificate expired while sending. Renew it."),
    "stopped-window": N_("SPOR closed for sending. The rest waits; send it after the closed hour."),
    "not-sent": N_("The register was not reached. Nothing of the case was sent."),
    "lines-lost": N_(
        "Three answers in a row were lost. The cases in question are unknown and may be sent again."
    ),
    "batch-refused": N_(
        "The register did not take the request in which the case was sent together with others. "
        "Each of them is sent again alone."
    ),
    "already-sending": N_("Another batch is being sent. Wait until it is done."),
}

# Short names: tiers, outcomes, gates, reasons, steps, states.
NAMES: dict[str, str] = {
    "blocks": N_("Stopped"),
    "schema": N_("Format error"),
    "avvisad": N_("Refused"),
    "korrupt": N_("Fellista"),
    "inkonsistent": N_("Inconsistent"),
    "note": N_("Note"),
    "clean": N_("Clean"),
    "created": N_("Created"),
    "updated": N_("Updated"),
    "rejected": N_("Refused by the register"),
    "format_error": N_("Format error at the register"),
    "not_sent": N_("Not sent"),
    "unknown": N_("Answer lost"),
    "mapping-approved": N_("Approved mapping"),
    "mapping-as-checked": N_("Checked with this mapping"),
    "certificate-present": N_("Client certificate"),
    "certificate-valid": N_("Valid certificate"),
    "certificate-fits-entrance": N_("Certificate fits the entrance"),
    "window-open": N_("Open for sending"),
    "something-to-send": N_("Something to send"),
    "stopped-by-finding": N_("A finding stops the case"),
    "unchanged": N_("Already accepted, unchanged"),
    "case-missing": N_("Not in the export"),
    "new": N_("New"),
    "changed": N_("Changed"),
    "same": N_("Same as last accepted"),
    "green": N_("Will leave the list"),
    "still": N_("Still wrong"),
    "missing": N_("Not in the export"),
    "fellista": N_("On the fellista"),
    "passed": N_("Passed"),
    "failed": N_("Failed"),
    "waiting": N_("Waiting"),
    "suggested": N_("Suggested"),
    "approved": N_("Approved"),
    "flagged": N_("Flagged"),
    "local": N_("LOCAL"),
    "teststage": N_("TEST STAGE"),
    "stage": N_("STAGE"),
    "production": N_("PRODUCTION"),
    "sending": N_("Sending"),
    "connecting": N_("Connecting"),
    "starting-stage": N_("Starting the local stage"),
    "planning": N_("Planning"),
    "reading-fellista": N_("Reading the fellista"),
    "checklist": N_("Going through the checklist"),
    # Acceptance checklist.
    "profile-confirmed": N_("The register profile is confirmed by the register"),
    "mandatory-mapped": N_("All mandatory variables are mapped"),
    "no-stopping-findings": N_("No case is stopped by a finding"),
    "connection-tried": N_("The connection works"),
    "created-accepted": N_("A new case was accepted"),
    "updated-accepted": N_("A resent case was accepted"),
    "verdict-accepted": N_("A case of every kind was accepted"),
    "fellista-corrected": N_("The fellista is empty or corrected"),
}
