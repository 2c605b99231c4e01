"""What can be wrong when the local stage starts."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "stage-folder-locked": N_(
        "The local stage's folder {folder} was made with another passphrase. Remove the folder to "
        "start anew, or restore the keystore it was made with."
    ),
    "stage-folder-busy": N_(
        "Another local stage is being started in the folder {folder}. Try again in a moment."
    ),
    "stage-folder-unusable": N_(
        "The local stage's folder {folder} cannot be used. Check that there is room on the disk "
        "and that you may write there."
    ),
    "stage-port-taken": N_(
        "Port {port} is used by another program. Choose another port, or 0 for any free one."
    ),
    "stage-faults-unreadable": N_(
        "The fault {part} is not understood. Known faults are {known}, for example "
        "slow=0.2,cut=5,down=3,closed."
    ),
    "stage-variable-unbound": N_(
        "In this contract {variables} has no element, and without it the local stage cannot tell "
        "cases or senders apart. Import the contract as a profile and bind it there."
    ),
    "stage-element-unbound": N_(
        "The contract demands elements that no variable is bound to: {elements}. Import it as a "
        "profile and bind them there, then start the local stage again."
    ),
    "stage-other-contract": N_(
        "The local stage that runs was started elsewhere with another contract than the "
        "project's. Stop it, and start the local stage again."
    ),
    "stage-one-contract": N_("Name either a WSDL file or a profile, not both."),
}
