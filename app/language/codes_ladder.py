"""Sentences of the connection ladder: what each rung is, and what is wrong with a broken one."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    # Before any connection
    "ladder-no-certificate": N_(
        "No certificate is chosen for this entrance. Import one, order one, or choose one that is "
        "kept here."
    ),
    # The server's certificate
    "tls-no-common": N_(
        "The server broke off before it asked for a certificate: it and this program have no way "
        "to encrypt in common, or a box in between broke off. Ask the network's administrators "
        "whether TLS is opened on the way. Nothing was sent."
    ),
    "server-named-like-trusted": N_(
        "The server's certificate says that {issuer} issued it, which you trust by name, but it is "
        "not signed by the one in your CA file. Somebody may be in between, or the authority has "
        "a new key: ask the register before you choose another CA file. Nothing was sent."
    ),
    "server-issuer-not-trusted": N_(
        "The server's certificate is issued by {issuer} under {root}, and neither is in the CA "
        "file of this entrance. If that is a security product or your own organisation, TLS is "
        "opened on the way: ask the network's administrators to let the address through unopened. "
        "Otherwise ask the register which authority it uses, and choose that one's CA file. "
        "Nothing was sent."
    ),
    "server-chain-missing": N_(
        "The server's certificate is issued by {issuer}. The server does not show that "
        "authority's certificate, and your CA file does not hold it. Ask the register whether "
        "{issuer} is right, and choose a CA file with its certificate and the root's. Nothing was "
        "sent."
    ),
    "server-root-missing": N_(
        "Your CA file holds {issuer}, who issued the server's certificate, but not the authority "
        "above it. Choose a CA file with the whole chain up to the root. Nothing was sent."
    ),
    "server-form": N_(
        "The server's certificate, or one above it, does not keep to the rules for certificates "
        "({reason}), and is not trusted. Send the text for the register. Nothing was sent."
    ),
    "server-nobody-trusted": N_(
        "No CA file is chosen for this entrance. The server shows a certificate that {issuer} has "
        "issued: ask the register whether that is right, and choose that authority's CA file."
    ),
    "server-signs-itself": N_(
        "The server's certificate is signed with its own key ({server}). The register's is not: "
        "check the address, and ask the network's administrators what answers there. Nothing was "
        "sent."
    ),
    "server-other-name": N_(
        "The server's certificate is for {server} and not for {host}. Check the address of the "
        "entrance. Nothing was sent."
    ),
    "server-expired-on": N_(
        "The server's certificate expired on {until}. Check this computer's clock; if it is right, "
        "the register must renew its certificate. Nothing was sent."
    ),
    "server-own-chosen": N_(
        "Your CA file holds the server's own certificate, but not that of {issuer}, who issued "
        "it. Choose a CA file with {issuer} and the root above it: it will also hold when the "
        "server's certificate is renewed. Nothing was sent."
    ),
    "server-authority-expired": N_(
        "{authority} in your CA file expired on {ended}. Check this computer's clock; if it is "
        "right, ask the register for the CA file that is in force. Nothing was sent."
    ),
    "server-chain-expired": N_(
        "The server's own certificate is in force, but that of {authority} above it, which the "
        "server shows, expired on {ended}. Check this computer's clock; if it is right, the "
        "register must renew what its server shows. Nothing was sent."
    ),
    "server-not-yet-on": N_(
        "The certificate of {authority}, by which the server is trusted, is valid from {begins} "
        "only. Check this computer's clock; if it is right, tell the register. Nothing was sent."
    ),
    "tls-name-unwanted": N_(
        "A server answers at {host}, but says that it serves nothing by that name. Check the "
        "address of the entrance; what passes the connection on may also have led it wrong. "
        "Nothing was sent."
    ),
    "tls-weak": N_(
        "The server's TLS is too weak in some part to be used. The register must strengthen it, "
        "or a box in between is to blame: send the text for the register, which says what it is. "
        "Nothing was sent."
    ),
    "ladder-closed-early": N_(
        "The line was closed before the server asked for a certificate, so yours is not the "
        "cause. Often a firewall or a box in between does so, or the register does not let your "
        "network in: ask the network's administrators first, and then the register. Nothing was "
        "sent."
    ),
    "ladder-tls-failed": N_(
        "The TLS handshake broke off for a reason that is seldom met. Send the text for the "
        "register, which holds the words that were said. Nothing was sent."
    ),
    "server-usage": N_(
        "The server's certificate ({server}) may not be used for a server. Check the address; if "
        "it is right, the register must have another certificate there. Nothing was sent."
    ),
    "server-revoked": N_(
        "The server's certificate stands on the revocation list that is chosen for this entrance. "
        "Ask the register first; to turn the check off would let anybody with its old key be the "
        "register. Nothing was sent."
    ),
    "server-issuer-unexpected": N_(
        "The server is trusted by your CA file, but the guide names {expected} as its issuer and "
        "not {issuer}. Ask the register whether it has changed."
    ),
    # Our certificate at the server
    "asked-for-others": N_(
        "The server asks for certificates of {issuers}, and yours is issued by {own}. Choose the "
        "certificate that belongs to this entrance, or ask the register to take this issuer."
    ),
    "asked-nothing": N_(
        "The server asked for no certificate so far. It may ask only when a case comes."
    ),
    "client-not-judged": N_(
        "Nobody asked for the certificate, so whether it is taken is not known yet. If the server "
        "ought to ask, a box in between may open TLS."
    ),
    "asked-unseen": N_("Whether the server asks for a certificate cannot be seen here."),
    "client-not-shown": N_(
        "The server got no certificate from us although one is chosen: most likely a box in "
        "between opens TLS. Ask the network's administrators to let this address through unopened."
    ),
    "client-closed": N_(
        "The server closed the line when it saw your certificate, and gave no reason."
    ),
    "client-refused-page": N_(
        "The server refused your certificate by a page instead of a TLS alert."
    ),
    "client-unknown-chain": N_(
        "The server does not know the issuer of your certificate ({own}), and the chain of issuers "
        "above it is not whole here. Import the certificate again with its issuers; if that does "
        "not help, choose the certificate that belongs to this entrance. Nothing was sent."
    ),
    "client-expired-there": N_(
        "The server says that your certificate, or one above it, has expired. Here yours is in "
        "force until {until}. Check this computer's clock; if it is right, send the text for the "
        "register. Nothing was sent."
    ),
    "client-bad-there": N_(
        "The server found your certificate faulty. By the server's clock it may not be in force "
        "yet: check this computer's clock; if it is right, send the text for the register. "
        "Nothing was sent."
    ),
    "client-usage-there": N_(
        "The server says that your certificate, or one above it, is not meant for clients. Here "
        "yours is: send the text for the register. Nothing was sent."
    ),
    "client-revoked-there": N_(
        "The server says that your certificate has been revoked. Ask its issuer's list on this "
        "page; if it is so, order a new one. Nothing was sent."
    ),
    "client-not-allowed": N_(
        "The server took your certificate but does not let it in (HTTP {status}). Ask the register "
        "to open the entrance for HSA-id {hsa_id}."
    ),
    "client-forbidden": N_(
        "The server lets nobody in from here (HTTP {status}), and asked for no certificate. Either "
        "a box in between opens TLS, or your network's address is not let in: ask the network's "
        "administrators first, and then the register. Check the address, too."
    ),
    # When a server refuses without a reason: what is found here
    "silent-refusal": N_(
        "The server refused your certificate without saying why. Here nothing is wrong with it: "
        "it is in force until {until}, meant for clients, and issued by {own}. Send the text for "
        "the register: it may lack that issuer or HSA-id {hsa_id}, or hold the certificate to be "
        "revoked."
    ),
    "silent-refusal-issuer": N_(
        "The server refused your certificate without saying why. It asks for certificates of "
        "{issuers}, and yours is issued by {own}: choose the certificate that belongs to this "
        "entrance."
    ),
    "silent-refusal-chain": N_(
        "The server refused your certificate without saying why. The chain of issuers above it "
        "({own}) is not whole here, and the server may not know them: import the certificate "
        "again with its issuers."
    ),
    "silent-refusal-new": N_(
        "The server refused your certificate without saying why. It has been in force for less "
        "than a day, and the server's clock may not have reached it: check this computer's clock, "
        "and try again tomorrow."
    ),
    # The contract
    "ladder-moved": N_(
        "The server points to another address (HTTP {status}, {host}), which is not followed. "
        "Check the address of the entrance."
    ),
    "ladder-misdirected": N_(
        "The server that answers does not serve this name (HTTP {status}). Check the address of "
        "the entrance; what passes the connection on may also have led it wrong."
    ),
    "ladder-login": N_(
        "The server asks for a user name and password (HTTP {status}), which the register does "
        "not. Check the address; a proxy or portal may have answered."
    ),
    "ladder-not-here": N_(
        "There is no registration service at this address (HTTP {status}). Check the path."
    ),
    "ladder-register-down": N_(
        "The register is not available right now (HTTP {status}). Try again later, and ask the "
        "register if it lasts."
    ),
    "ladder-no-contract": N_(
        "The server answered with something that is no contract. Check the address; a portal or a "
        "proxy may have answered."
    ),
    "ladder-contract-large": N_(
        "The server's contract is larger than any contract can be. Check the address."
    ),
    "ladder-contract-cut": N_(
        "The contract was cut off before its end. Try again, and ask the register if it lasts."
    ),
    "ladder-contract-slow": N_(
        "The server took the connection but did not show its contract in time. Try again later."
    ),
    "ladder-no-answer": N_(
        "The server took the connection and then closed the line without an answer. Check the "
        "path, and ask the register whether the service is up."
    ),
    "ladder-clock": N_(
        "This computer's clock is {minutes} minutes off the server's. Set the clock: certificates "
        "and times of operations depend on it."
    ),
    "contract-other-service": N_(
        "The entrance offers another service than the profile {profile} is bound to: {what}. "
        "Import its contract on the page Contract."
    ),
    "contract-differs": N_(
        "The entrance's contract is not the one bound in {profile}; {count} elements differ, first "
        "{what}. Import its contract on the page Contract."
    ),
    "contract-has-more": N_(
        "The entrance's contract has {count} optional elements more than {profile}, first {what}. "
        "What is sent is still right."
    ),
    # The synthetic case
    "synthetic-production": N_(
        "No synthetic case is ever sent to production. Everything below this rung was tried."
    ),
    "synthetic-none": N_("The profile {profile} describes no synthetic case, so none can be sent."),
    "synthetic-unfit": N_(
        "No synthetic case can be made that the contract of {profile} takes: {what}."
    ),
    "synthetic-unwanted": N_(
        "The register understood the synthetic case, sent as system {system}, but did not take "
        "it. It said: {text}"
    ),
    "synthetic-format": N_(
        "The register's schema does not take the synthetic case, so its contract is not the one "
        "bound here. It said: {text}"
    ),
    "synthetic-closed": N_(
        "The register takes no cases between {from} and {to}. Try the synthetic case later."
    ),
}

NAMES: dict[str, str] = {
    "rung-certificate": N_("Your certificate is ready"),
    "rung-name": N_("The server's name is known"),
    "rung-proxy": N_("The proxy lets us through"),
    "rung-certificate-asked": N_("The server asks for a certificate"),
    "rung-contract-read": N_("The contract can be read"),
    "rung-contract-same": N_("The contract is the one bound here"),
    "rung-case": N_("A synthetic case is accepted"),
}
