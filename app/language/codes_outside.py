"""Sentences of the rooms that touch the outside: keystore, transport, journal."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "keystore-missing": N_(
        "This computer has no keystore that can keep a secret. Start one (GNOME Keyring, "
        "KeePassXC or KWallet) and try again, or choose a passphrase instead, under Certificate."
    ),
    "keystore-locked": N_("The keystore is locked. Unlock it and try again."),
    "keystore-failed": N_("The keystore failed ({kind}). Check that it is running and try again."),
    "keystore-loses": N_(
        "The keystore {place} accepted a secret but did not keep it. Nothing was stored."
    ),
    "keystore-refused": N_(
        "The keystore {backend} does not keep secrets safely and is not used. Remove the "
        "setting that chooses it (PYTHON_KEYRING_BACKEND or keyringrc.cfg)."
    ),
    "keystore-no-answer": N_(
        "The keystore did not answer within {seconds} s. It may be waiting for you in "
        "another window."
    ),
    "secret-too-long": N_(
        "The secret is {units} characters long; a keystore holds at most {longest}."
    ),
    "certificate-password": N_(
        "The password does not open the certificate file. Check it and try again."
    ),
    "certificate-unreadable": N_(
        "The file is not a whole PKCS#12 file (.p12 or .pfx). Export the certificate again,"
        " with its private key."
    ),
    "certificate-no-key": N_(
        "The file holds a certificate but no private key. Export it again, with the private key."
    ),
    "certificate-missing": N_("The file holds a private key but no certificate."),
    "certificate-key-mismatch": N_(
        "The private key belongs to another certificate than the one in the file."
    ),
    "certificate-key-kind": N_(
        "The private key is of a kind that cannot be used here. RSA and elliptic curve keys can."
    ),
    "certificate-key-short": N_(
        "The key is too short ({bits} bits). The shortest allowed is {shortest} bits."
    ),
    "certificate-too-large": N_(
        "The file is larger than {kilobytes} kB and cannot be a certificate file."
    ),
    "certificate-too-slow": N_(
        "To open the file its password would be hashed {rounds} times, which takes too long. Have "
        "the file exported again with the usual settings (at most {most})."
    ),
    "certificate-expired": N_("The certificate expired on {date}. Order a new one."),
    "certificate-not-yet": N_(
        "The certificate is valid from {date}, and this computer's clock says {today}. "
        "Check the clock."
    ),
    "certificate-expires-soon": N_(
        "The certificate expires in {days} days. Order a new one in time."
    ),
    "certificate-usage": N_(
        "The certificate may not be used to identify a client. Order a function certificate"
        " for client authentication."
    ),
    "certificate-hsa-missing": N_("The certificate has no HSA-id in its subject."),
    "certificate-hsa-unusual": N_("The certificate's HSA-id {hsa_id} has an unusual form."),
    "certificate-chain-short": N_(
        "The file does not hold the issuer {issuer}. The register may still know it."
    ),
    "certificate-chain-false": N_(
        "A certificate in the file is named {issuer} but did not sign the one below it."
    ),
    "certificate-passphrase-missing": N_(
        "The keystore {place} no longer holds the passphrase of the certificate's key. "
        "Import the certificate again."
    ),
    "certificate-key-unreadable": N_(
        "The stored key cannot be opened. Import the certificate again."
    ),
    "certificate-file-missing": N_(
        "The certificate file {name} cannot be read. Choose the file or import the "
        "certificate again."
    ),
    "certificate-not-kept": N_(
        "The certificate could not be kept on the disk. Check that there is room and that you "
        "may write to the program's data folder."
    ),
    "certificate-busy": N_(
        "Another window or command is changing the certificate. Try again in a moment."
    ),
    "journal-key-missing": N_(
        "The journal {name} is here but its key is not in the keystore. It is left "
        "untouched; restore the keystore or move the file away."
    ),
    "journal-key-wrong": N_(
        "The key in the keystore does not open the journal {name}. It is left untouched."
    ),
    "journal-damaged": N_(
        "The journal {name} is damaged. It is left untouched; restore it from a backup."
    ),
    "journal-newer": N_(
        "The journal was written by a newer version of the program. Update the program."
    ),
    "journal-busy": N_("Another process is using the journal {name}. Try again in a moment."),
    "journal-disk-full": N_(
        "The disk is full; the journal {name} cannot be written. Free some space."
    ),
    "journal-failed": N_(
        "The journal {name} could not be read or written. Check that you may write in the "
        "program's data folder, and that the disk is there and not write-protected."
    ),
    "address-unreadable": N_(
        "The address {address} cannot be used. Write it as https://host/path."
    ),
    "address-not-https": N_(
        "The address {address} is not https. Cases only leave over an encrypted line."
    ),
    "name-unknown": N_(
        "The name {host} is not known to the network. Check the address and the network. "
        "Nothing was sent."
    ),
    "address-refused": N_(
        "Nothing answers at {host}. Check that the register is up and that the firewall "
        "lets you through. Nothing was sent."
    ),
    "address-unreachable": N_("{host} cannot be reached. Check the network. Nothing was sent."),
    "connect-timeout": N_(
        "{host} did not answer in time. A firewall may be in the way. Nothing was sent."
    ),
    "tls-timeout": N_("{host} did not finish the TLS handshake in time. Nothing was sent."),
    "tls-closed": N_(
        "The server closed the line during the TLS handshake, without a reason. It may "
        "refuse the certificate. Nothing was sent."
    ),
    "tls-failed": N_("The TLS handshake failed. Nothing was sent."),
    "tls-version": N_(
        "The server and this program have no TLS version in common; 1.2 or later is needed."
        " Nothing was sent."
    ),
    "tls-not-spoken": N_(
        "The server does not speak TLS at this address. Check the port. Nothing was sent."
    ),
    "tls-authority-missing": N_(
        "No authority is chosen for the server's certificate. Choose the CA file of the entrance."
    ),
    "tls-authority-unreadable": N_(
        "The CA file {name} cannot be read. Name a PEM file with certificates."
    ),
    "tls-server-untrusted": N_(
        "The server's certificate is not issued by an authority you trust for this "
        "entrance. Nothing was sent."
    ),
    "tls-server-expired": N_("The server's certificate has expired. Nothing was sent."),
    "tls-server-not-yet": N_(
        "The server's certificate is not valid yet. Check this computer's clock. Nothing was sent."
    ),
    "tls-server-name": N_("The server's certificate is for another name. Nothing was sent."),
    "tls-server-usage": N_(
        "The server's certificate may not be used for a server. Nothing was sent."
    ),
    "tls-server-revoked": N_("The server's certificate has been revoked. Nothing was sent."),
    "tls-client-refused": N_("The server refused your certificate. Nothing was sent."),
    "tls-client-bad": N_(
        "The server found your certificate faulty; it may not be valid yet. Nothing was sent."
    ),
    "tls-client-expired": N_(
        "The server says that your certificate has expired. Nothing was sent."
    ),
    "tls-client-unknown-authority": N_(
        "The server does not know the issuer of your certificate. Choose the certificate "
        "that belongs to this entrance. Nothing was sent."
    ),
    "tls-client-usage": N_(
        "The server says that your certificate is not meant for clients. Nothing was sent."
    ),
    "tls-client-revoked": N_(
        "The server says that your certificate has been revoked. Nothing was sent."
    ),
    "tls-client-missing": N_(
        "The server demands a client certificate. Import one. Nothing was sent."
    ),
    "answer-lost": N_(
        "The line broke before the answer came. Whether the register has the case is "
        "unknown; send it again."
    ),
    "answer-cut": N_(
        "The answer was cut off. Whether the register has the case is unknown; send it again."
    ),
    "answer-timeout": N_(
        "The answer took too long. Whether the register has the case is unknown; send it again."
    ),
    "answer-too-large": N_(
        "The answer was too large to be the register's. Whether it has the case is unknown;"
        " send it again."
    ),
    "answer-unreadable": N_(
        "The answer cannot be understood. Whether the register has the case is unknown; "
        "send it again."
    ),
    "answer-unmatched": N_(
        "The register answered several cases at once, and which answer is this case's cannot be "
        "told. Whether the register has it is unknown; send it again."
    ),
    "answer-unbound": N_(
        "Where the contract's answer says whether a case was accepted is not known. Nothing is "
        "sent by this contract until that is said: spor-workbench profile bind, --answer."
    ),
    "redirect-refused": N_(
        "The server pointed to another address, which is not followed. Check the address. "
        "The case was not taken in."
    ),
    "register-refused-certificate": N_(
        "The server turned the request down, most likely because of the certificate. The "
        "case was not taken in."
    ),
    "register-not-here": N_(
        "There is no registration service at this address. Check the path. The case was not"
        " taken in."
    ),
    "register-too-large": N_("The server found the request too large. The case was not taken in."),
    "register-unavailable": N_(
        "The register is not available right now. Whether it has the case is unknown; send "
        "it again later."
    ),
    "register-fault": N_(
        "The register answered with a fault of its own. Whether it has the case is unknown;"
        " send it again."
    ),
    "contract-missing": N_("The contract file {name} does not exist."),
    "contract-no-answer": N_(
        "The server closed the line without showing its contract. Check the address."
    ),
    "contract-not-served": N_(
        "The server does not show its contract at this address (HTTP {status}). Check the path."
    ),
    "profile-answer-text-missing": N_(
        "The register profile does not say {name}. Add it to its settings."
    ),
}

NAMES: dict[str, str] = {
    "rung-connect": N_("The server answers"),
    "rung-server-trusted": N_("The server is the right one"),
    "rung-client-accepted": N_("Your certificate is accepted"),
}
