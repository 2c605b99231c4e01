"""Sentences on imported contracts: their binding, their profiles, and moving a project to one."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "binding-folder-wsdl": N_(
        "The folder {name} holds {count} WSDL files, where it should hold one. Choose the file"
        " itself. {names}"
    ),
    "binding-role-unbound": N_(
        "No element of the contract is bound to {name}, without which no case can be sent."
    ),
    "binding-attribute": N_(
        "The element {path} demands an attribute, and attributes cannot be sent yet."
    ),
    "binding-code-untold": N_("The contract has no code of {name} that means {codes}."),
    "binding-form-untold": N_("The contract's codes of {name} have another form."),
    "binding-path-unknown": N_("The contract has no element {path} that holds a value."),
    "binding-answer-form": N_(
        "Write four things with commas between: the element of the code, that of the text, and"
        " what the code is for accepted and for rejected."
    ),
    "binding-answer-value": N_("The element {path} of the answer is never {value}."),
    "binding-variable-unknown": N_(
        "There is no variable {name}. Write its id, or new for a variable made from the element."
    ),
    "contract-unbound": N_(
        "The contract demands elements that no variable is bound to, so nothing can be sent:"
        " {elements}. Bind them on the page Contract."
    ),
    "contract-headers": N_(
        "The contract wants a SOAP header with each request ({elements}). Such headers cannot be"
        " sent yet, so nothing is sent by this contract."
    ),
    "profile-shipped": N_(
        "The profile {profile} comes with the program and cannot be changed. Choose another name."
    ),
    "profile-without-base": N_(
        "The profile {profile} was not made by an import here, so its binding is edited in its"
        " files."
    ),
    "profile-base-missing": N_(
        "The profile {profile} was made from {base}, which is not here. Import that one first."
    ),
    "profile-base-itself": N_(
        "The profile {profile} cannot be made from itself. Choose another name, or another base."
    ),
    "profile-busy": N_(
        "Another import is under way, so the profile {profile} is as it was. Try again when it is"
        " done."
    ),
    "profile-in-use": N_(
        "The open project uses the profile {profile}. Move the project to another one first."
    ),
    "profile-unwritable": N_(
        "The profile {profile} cannot be written. Check the disk and the folder."
    ),
    "profile-target-exists": N_("The folder already holds something called {profile}."),
    "profile-name-unfit": N_(
        "{profile} cannot be a profile's name. Use letters a-z, digits, dots, hyphens and"
        " underscores."
    ),
    "move-link-lost": N_("{variable}: the contract has no element for it; its link is not used."),
    "move-link-check": N_(
        "{variable}: its type is now {after} and was {before}. Check its conversion."
    ),
    "move-link-unknown": N_(
        "{variable}: the profile {profile} that it was approved for is not here. Check and approve"
        " it anew."
    ),
    "move-value-gone": N_(
        "{variable}: the code {former} has none of the same meaning. Choose a code for {locals}."
    ),
    "move-group-lost": N_("{variable}: the contract has no part for these rows."),
    "move-mandatory-new": N_("{variable}: the contract demands it, and it has no link."),
}

NAMES: dict[str, str] = {
    "contract-unbound": N_("Demanded elements bound"),
    "answer-unbound": N_("Answer understood"),
    "contract-headers": N_("No SOAP header demanded"),
    "import-gather": N_("Fetching the contract"),
    "import-read": N_("Reading the contract"),
    "import-bind": N_("Looking for variables"),
    "import-write": N_("Writing the profile"),
    "binding-contract": N_("By the contract"),
    "binding-approved": N_("Approved"),
    "binding-suggested": N_("Suggested"),
    "binding-none": N_("Not bound"),
    "number-in-name": N_("number in the name"),
    "number-in-documentation": N_("number in the documentation"),
    "number-in-appinfo": N_("number in appinfo"),
    "name": N_("name"),
    "place": N_("place"),
    "words": N_("words"),
    "codes": N_("codes"),
    "type": N_("type"),
}
