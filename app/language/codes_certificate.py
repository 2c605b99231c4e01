"""Sentences of certificates: reading them, pairing them with entrances, keeping and ordering them.

Each part has a block of its own, added at the end of the file.
"""

from app.language.text import N_

SENTENCES: dict[str, str] = {}
NAMES: dict[str, str] = {}

# Reading a certificate file

SENTENCES |= {
    "certificate-key-unread": N_(
        "The key file cannot be read. Name the PEM file that holds the private key."
    ),
    "certificate-answer-unreadable": N_(
        "The file holds no certificate. Choose the file that the certificate came in: .cer, .crt, "
        ".pem or .p7b."
    ),
    "certificate-authority-other-key": N_(
        "The issuer is named {issuer} but has another key than the authority that is known by that "
        "name. Ask whoever issued the certificate before you use it."
    ),
    "certificate-answer-is-request": N_(
        "This is the request itself, not the certificate that came for it. Choose the file that "
        "the SITHS administration sent back."
    ),
    "certificate-self-signed": N_(
        "The certificate is signed with its own key. The register takes only certificates from an "
        "authority that it knows."
    ),
}

# Which certificate opens which entrance

SENTENCES |= {
    "trust-file-unreadable": N_(
        "Your own file {file} in the program's data folder cannot be read ({row}). Correct it, or "
        "move it away to go by what is shipped."
    ),
    "pairing-opens": N_("Opens."),
    "pairing-opens-successor": N_(
        "Opens, most likely: the guide names {listed}, which no longer issues certificates; "
        "{issuer} has taken its place."
    ),
    "pairing-opens-unlisted-issuer": N_(
        "May open: {issuer} is not an issuer that is known for this entrance. Ask the register "
        "whether it takes it."
    ),
    "pairing-opens-other-key": N_(
        "Hardly opens: the issuer has the name {issuer} and another key than the authority that is "
        "known by it. Ask whoever issued the certificate before you use it."
    ),
    "pairing-test-to-real": N_(
        "A test certificate ({issuer}) does not open an entrance for real certificates. Choose a "
        "certificate from the production authority."
    ),
    "pairing-real-to-test": N_(
        "A real certificate ({issuer}) does not open the entrance for test certificates. Choose a "
        "test certificate."
    ),
    "pairing-local-only": N_("The local stage's own certificate opens the local stage only."),
    "pairing-not-local": N_(
        "The local stage takes only the certificates that it made itself. Start it, and its "
        "certificate is offered."
    ),
    "pairing-expired": N_("The certificate expired on {date}. Order a new one."),
    "pairing-not-yet": N_(
        "The certificate is valid from {date}, and this computer's clock says {today}. Check the "
        "clock."
    ),
    "pairing-usage": N_(
        "The certificate may not be used to identify a client. Order a function certificate for "
        "client authentication."
    ),
}

# Keys that lie elsewhere: on a token or in the Windows certificate store

SENTENCES |= {
    "certificate-pin-needed": N_(
        "The key on {token} wants its PIN. Open it on the page Certificate; the PIN is forgotten "
        "when the program ends."
    ),
    "certificate-opened": N_(
        "The certificate's key lies on a token that was not opened yet. Open it with its PIN on "
        "the page Certificate."
    ),
    "certificate-pin-wrong": N_(
        "{token} refused the PIN. It was tried once and is not tried again; a few wrong tries lock "
        "the token."
    ),
    "certificate-pin-last-try": N_(
        "One more wrong PIN locks {token}. Make sure of the PIN before you type it."
    ),
    "certificate-pin-locked": N_(
        "{token} is locked after too many wrong PINs. Whoever issued it can unlock it."
    ),
    "certificate-token-missing": N_(
        "No token was found. Put it into the reader and look again; also check that the module "
        "belongs to this kind of token."
    ),
    "certificate-token-empty": N_(
        "{token} shows no certificate with a key of its own. Type the PIN and look again: some "
        "tokens show nothing before."
    ),
    "certificate-token-several": N_(
        "There are {count} tokens in the readers, and none shows a certificate without its PIN. "
        "Leave in only the one that you mean and look again."
    ),
    "certificate-token-gone": N_(
        "{token} is not there. Put it back into its reader and try again."
    ),
    "certificate-token-certificate-gone": N_(
        "The certificate is no longer on {token}. Choose it anew if it was renewed or moved."
    ),
    "certificate-token-key-gone": N_(
        "{token} holds the certificate but not its key. Choose another certificate."
    ),
    "certificate-token-failed": N_(
        "{token} could not use the key ({said}). Try again; if it stays so, ask whoever issued the "
        "token."
    ),
    "certificate-token-no-answer": N_(
        "The token did not answer within {seconds} seconds. Take it out, put it back and try again."
    ),
    "certificate-module-missing": N_(
        "There is no PKCS#11 module at that place ({name}). Name the file with its whole path."
    ),
    "certificate-module-unfit": N_(
        "{name} is not a PKCS#11 module that this program can load. The maker of the token says "
        "which file it is."
    ),
    "tls-key-unused": N_(
        "The key did not sign the handshake, so no connection was made and nothing was sent. If it "
        "lies on a token, see that the token is in its reader and not locked."
    ),
    "certificate-store-empty": N_("The Windows certificate store holds no certificate with a key."),
    "keystore-windows-only": N_(
        "The Windows certificate store is only there on Windows. Import the certificate from a "
        "file, or use a token."
    ),
}

# The line: revocation of the server's certificate, and a proxy

SENTENCES |= {
    "tls-revocation-missing": N_(
        "The revocation list that you chose is not that of the server's issuer, so the server's "
        "certificate cannot be checked. Choose the issuer's list, or turn the check off. Nothing "
        "was sent."
    ),
    "tls-revocation-old": N_(
        "The revocation list that you chose has expired, or is not in force yet by this computer's "
        "clock. Fetch a new one. Nothing was sent."
    ),
    "tls-revocation-false": N_(
        "The revocation list that you chose is not signed by the server's issuer. Fetch it anew. "
        "Nothing was sent."
    ),
    "tls-revocation-unreadable": N_(
        "The revocation list {name} cannot be read. Name a .crl file, PEM or DER."
    ),
    "proxy-unreadable": N_("The proxy {proxy} cannot be used. Write it as host:port."),
    "proxy-unreachable": N_(
        "The entrance's proxy cannot be reached. Check its address in the entrance's settings, and "
        "the network. Nothing was sent."
    ),
    "proxy-login": N_(
        "The entrance's proxy asks for a user name and a password, or does not accept those that "
        "are set. Change them in the entrance's settings. Nothing was sent."
    ),
    "proxy-refused": N_(
        "The entrance's proxy does not let you through to {host}. Ask your IT department to open "
        "it. Nothing was sent."
    ),
    "proxy-silent": N_(
        "The entrance's proxy did not connect to {host} in time. Ask your IT department. Nothing "
        "was sent."
    ),
}

# What the journal notes of certificates

NAMES |= {
    "certificate-event-imported": N_("Certificate imported"),
    "certificate-event-ordered": N_("Certificate ordered"),
    "certificate-event-completed": N_("Ordered certificate taken in"),
    "certificate-event-cancelled": N_("Order given up"),
    "certificate-event-chosen": N_("Certificate chosen"),
    "certificate-event-removed": N_("Certificate removed"),
    "certificate-event-tried": N_("Connection tried"),
    "certificate-event-fetched": N_("Contract fetched"),
}

# An entrance's settings

SENTENCES |= {
    "authorities-not-kept": N_(
        "The CA file {name} could not be written. Check that there is room and that you may write "
        "in the program's data folder."
    ),
    "revocation-list-old": N_(
        "The revocation list should have been renewed on {date}. With it no connection is made. "
        "Fetch a new one."
    ),
}

# Whether the own certificate is revoked

SENTENCES |= {
    "revocation-good": N_("Not revoked, says the list at {host}, which holds until {until}."),
    "revocation-revoked": N_(
        "The certificate was revoked on {date}, says the list at {host}. Order a new one."
    ),
    "revocation-no-list": N_(
        "The certificate does not say where its issuer's revocation list is, so it cannot be "
        "checked."
    ),
    "revocation-issuer-missing": N_(
        "The certificate of the issuer {issuer} is not at hand, so its revocation list cannot be "
        "checked. Import the certificate with its chain."
    ),
    "revocation-host": N_(
        "The certificate's revocation list is at {host}, which is not one of the issuer's known "
        "addresses. It was not asked."
    ),
    "revocation-unreachable": N_(
        "The revocation list at {host} cannot be reached. Many hospital networks do not let it "
        "through (HTTP, port 80). This does not stop you; ask your IT department if you need it."
    ),
    "revocation-unreadable": N_(
        "What came from {host} is not a revocation list that can be relied on. Try again later."
    ),
    "revocation-signature": N_(
        "The revocation list at {host} is not signed by {issuer} and is not relied on."
    ),
    "revocation-old": N_(
        "The revocation list at {host} held until {until} and is too old to be relied on. Check "
        "this computer's clock, or try again later."
    ),
}

# Keeping certificates, and ordering them

NAMES |= {
    "certificate-opened": N_("The certificate's key can be used"),
    "waiting-for-token": N_("Waiting for the token"),
    "waiting-for-keystore": N_("Waiting for the keystore"),
}

SENTENCES |= {
    "passphrase-needed": N_(
        "The secrets of this computer lie behind a passphrase. Type it to go on."
    ),
    "passphrase-wrong": N_("The passphrase is not the right one. Check it and try again."),
    "passphrase-too-short": N_(
        "The passphrase is too short. Take at least {shortest} characters, such as four words."
    ),
    "passphrase-exists": N_("A passphrase has been chosen here already. Type that one."),
    "passphrase-not-needed": N_(
        "This computer has a keystore ({place}), so no passphrase is needed."
    ),
    "passphrase-file-busy": N_(
        "Another window or command is changing the secrets. Try again in a moment."
    ),
    "passphrase-file-not-kept": N_(
        "The file {name} could not be written. Check that there is room and that you may write to "
        "the program's data folder."
    ),
    "passphrase-file-missing": N_(
        "The file {name} with the secrets is gone. Restore it from a backup, or choose a new "
        "passphrase and import the certificates again."
    ),
    "passphrase-file-damaged": N_(
        "The file with the secrets is damaged and is left as it is. Restore it from a backup, or "
        "move it away, choose a new passphrase and import the certificates again."
    ),
    "certificate-gone": N_("That certificate is no longer kept here."),
    "certificate-note-damaged": N_(
        "The note about a kept certificate is damaged. Remove it and import the certificate again."
    ),
    "certificate-choices-damaged": N_(
        "The file that says which certificate is used where is damaged. Choose the certificates "
        "again."
    ),
    "certificate-folder-foreign": N_(
        "The folder {folder} belongs to another user, so no key is kept in it. Choose another data "
        "folder, or have it given to you."
    ),
    "certificate-folder-writable": N_(
        "Others may write to the folder {folder}, so what lies in it may not be yours. Look "
        "through it, take that right away (chmod 700) and try again."
    ),
    "certificate-folder-open": N_(
        "The folder {folder} could not be closed to other users. Check who owns it."
    ),
    "certificate-order-gone": N_("That order is no longer kept here."),
    "certificate-order-other-key": N_(
        "The certificate belongs to another key than the one that waits here. Choose the order "
        "that it answers, or ask for a certificate with the request of this order."
    ),
    "certificate-order-passphrase-missing": N_(
        "The keystore {place} no longer holds the passphrase of the ordered key, so the "
        "certificate cannot be used. Give the order up and order anew."
    ),
    "certificate-order-key-kind": N_("A key of the kind {kind} cannot be made here."),
    "certificate-order-name": N_(
        "A DNS name may only have the letters a-z, digits, hyphens and dots. Check the names."
    ),
}

# Importing, choosing, ordering and using certificates

SENTENCES |= {
    "certificate-request-unwritten": N_(
        "The request cannot be written to {name}. Choose another folder."
    ),
    "certificate-order-organisation": N_(
        "Write the organisation's name, at most {longest} characters."
    ),
    "certificate-order-dns": N_(
        "{name} is no DNS name. Write the whole name, such as spor.hospital.se."
    ),
    "certificate-order-name-long": N_(
        "The first DNS name may have at most {longest} characters. Write a shorter one, and the "
        "long one among the further names."
    ),
    "certificate-order-hsa": N_(
        "{hsa_id} is no HSA-id. It begins with SE and ten digits, then a hyphen."
    ),
    "certificate-order-country": N_("Write the country as two letters, such as SE."),
    "certificate-order-locality": N_("The town may have at most {longest} characters."),
}

NAMES |= {
    "certificate-reading": N_("Reading the certificate"),
    "certificate-keeping": N_("Keeping the certificate"),
    "making-key": N_("Making the key"),
    "token-asked": N_("Asking the token"),
    "keystore-unlocking": N_("Trying the passphrase"),
    "revocation-asked": N_("Fetching the issuer's revocation list"),
}

SENTENCES |= {
    "certificate-id-unclear": N_(
        "{count} certificates begin with that. Write more of the id or the fingerprint."
    ),
    "passphrase-differs": N_("The two passphrases are not the same. Nothing was chosen."),
}
