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
}
