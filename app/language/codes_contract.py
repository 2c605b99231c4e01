"""Sentences on a contract: its WSDL, its schemas, and what cannot be used of them."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "contract-empty": N_("{file} is empty. Fetch the contract again."),
    "contract-html": N_(
        "{file} is a web page, perhaps a login page, and no contract. Fetch the WSDL itself, with"
        " the certificate installed."
    ),
    "contract-cut": N_("{file} ends too early: a part of it is missing. Fetch it again."),
    "contract-ill-formed": N_("{file} is not well-formed XML. Fetch it again."),
    "contract-dtd": N_(
        "{file} has a document type (DTD). Such files are not opened: ask the register for a"
        " contract without one."
    ),
    "contract-entities": N_(
        "{file} declares entities. Such files are not opened: ask the register for a contract"
        " without them."
    ),
    "contract-unopened": N_(
        "{file} cannot be opened. Close it in other programs and check that you may read it."
    ),
    "contract-too-large": N_("{file} holds {megabytes} MB or more and cannot be a contract."),
    "contract-too-many-files": N_(
        "The contract {file} refers to more than {most} files and is not read."
    ),
    "contract-not-wsdl": N_("{file} is XML but no WSDL: its first element is {element}."),
    "contract-wsdl-2": N_("{file} is written in WSDL 2.0. Ask the register for WSDL 1.1."),
    "contract-wsdl-wrong": N_("The parts of the WSDL {file} do not fit together: {reason}"),
    "contract-not-schema": N_(
        "{file} is used as a schema, but it is none: its first element is {element}."
    ),
    "contract-import-missing": N_(
        "{file} refers to {place}, which cannot be read. Put that file beside the WSDL, or import"
        " the folder that holds both."
    ),
    "contract-import-elsewhere": N_(
        "{file} refers to {place}, which lies on another server and is not fetched. Save the"
        " contract with that file in a folder and import it from there."
    ),
    "contract-elsewhere": N_(
        "A part of the contract lies at {host}. Only the server that shows the contract is asked."
    ),
    "contract-moved": N_(
        "Instead of {file} the server sends us on to another address ({host}), perhaps a login"
        " page. It is not followed: check the address and the certificate."
    ),
    "contract-timeout": N_("The server {host} did not show its contract in time. Try again."),
    "contract-packed": N_(
        "The server packs {file} although that was not asked for. It is not unpacked."
    ),
    "contract-circular": N_("{file} imports itself by way of {place}. It cannot be read."),
    "contract-schema-wrong": N_("The schemas of the contract {file} do not fit together: {reason}"),
    "contract-recursive": N_(
        "The schema {file} has an element that contains itself: {path}. It cannot be used."
    ),
    "contract-name-twice": N_(
        "The schema {file} demands two elements of the same name in the same place: {path}."
    ),
    "contract-too-many": N_(
        "The request in the schema {file} has more than {most} elements. It cannot be used."
    ),
    "contract-rpc": N_(
        "The contract {file} is written in the RPC style. Only document style can be used: ask the"
        " register for such a contract."
    ),
    "contract-encoded": N_(
        "The contract {file} is SOAP-encoded. Only literal use can be used: ask the register for"
        " such a contract."
    ),
    "contract-no-service": N_("The contract {file} has no service, so nothing can be sent."),
    "contract-services": N_(
        "The contract {file} has {count} services: {services}. Choose one of them."
    ),
    "contract-service-unknown": N_(
        "The contract {file} has no service {service}. It has: {services}."
    ),
    "contract-soap-12": N_(
        "The contract {file} speaks SOAP 1.2 only. Ask the register for one with SOAP 1.1."
    ),
    "contract-no-binding": N_(
        "The service {service} of the contract {file} does not say how it is called over SOAP."
    ),
    "contract-operations": N_(
        "The contract {file} has {count} operations: {operations}. Choose the one that takes"
        " registrations."
    ),
    "contract-operation-unknown": N_(
        "The contract {file} has no operation {operation}. It has: {operations}."
    ),
    "contract-no-operation": N_("The service {service} of the contract {file} has no operation."),
    "contract-message": N_(
        "The operation {operation} of the contract {file} does not take one element and give one"
        " back. It cannot be used."
    ),
}
