"""What the command line says."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "usage": N_("The command line is not understood: {reason}. Try --help."),
    "command-unknown": N_("There is no command {command}. Try --help."),
    "secret-not-given": N_(
        "Nobody is there to type it. Set {name}, or run the command in a terminal."
    ),
    "data-folder-unusable": N_(
        "The data folder {folder} cannot be made or opened. Choose another one with --data, or "
        "see to it that you may write there."
    ),
    "not-yet": N_("{command} is not here yet. It comes in a later version."),
    "nothing-corrected": N_(
        "None of the {count} listed cases would leave the fellista. Correct them first."
    ),
    "demo-loaded": N_("Loaded {tables} tables with {rows} rows."),
    "demo-mapped": N_("The mapping has {approved} approved links of {links}."),
    "demo-checked": N_("Checked {cases} cases: {clean} without findings, {stopped} held back."),
    "demo-built": N_("Wrote {count} XML files."),
    "demo-stage": N_("The local stage answers at {address}."),
    "demo-certificate": N_("The client certificate of {hsa_id} is imported; {days} days are left."),
    "demo-connected": N_("The connection holds: server, certificate and service."),
    "demo-planned": N_("{count} cases may be sent, {withheld} are held back."),
    "demo-sent": N_("Sent {sent} cases: {created} were created."),
    "demo-fellista": N_("{cases} cases are on the fellista or refused, for {causes} reasons."),
    "demo-corrected": N_(
        "The corrected export is loaded: {green} of {cases} listed cases will leave the list."
    ),
    "demo-resent": N_("Sent {sent} cases again: {updated} were updated."),
    "demo-left": N_("{gone} cases have left the list, {left} remain."),
}
