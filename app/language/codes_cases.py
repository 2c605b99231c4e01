"""Sentences and names for cases: why something is not sent, what was done with a case."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    # Why a variable is not in a case's document.
    "not-recorded": N_("Not recorded: {column} is empty in row {row} of {table}."),
    "not-linked": N_("Nothing in the export is linked to it."),
    "not-approved": N_("Its link is not approved."),
    "not-in-contract": N_("The contract has no element for it."),
    "no-row": N_("The case has no row in {table}."),
    "row-not-picked": N_("None of the case's rows in {table} is the one that the link picks."),
    "left-out-by-condition": N_(
        "Step {step} leaves it out: the condition on {column} does not hold in row {row}."
    ),
    "said-missing": N_("Step {step} takes the recorded value for a missing one."),
    "value-map-omits": N_("The value map {map} lacks the value and leaves such values out."),
    "value-map-sends-nothing": N_("The value map {map} says that nothing is sent for the value."),
    "emptied-by-step": N_("Step {step} leaves nothing of the recorded value."),
    "not-converted": N_("The recorded value could not be converted. The finding says why."),
    "group-not-linked": N_("Nothing says which rows of the export it is made of."),
    "group-no-rows": N_("The case has no row in {table}."),
    "group-filtered": N_("No row of the case in {table} has {value} in {column}."),
    "group-left-out": N_("Row {row} of {table} is left out: nothing in it is recorded."),
    # Errors.
    "exclusion-reason-missing": N_("Write why the cases are left out."),
    "list-too-long": N_("A workbook holds at most {most} rows. Choose fewer cases, or CSV."),
}

NAMES: dict[str, str] = {
    "excluded": N_("Left out by a person"),
    "journalling": N_("Noting in the journal"),
    "validating": N_("Validating"),
    "included": N_("Let in again"),
    "revealed": N_("Personnummer shown"),
    "written": N_("Written to a file"),
    "listed": N_("Read on the fellista"),
    "cleared": N_("No longer on the list"),
    "event-excluded": N_("Left out by a person"),
    "event-included": N_("Let in again"),
    "event-revealed": N_("Personnummer shown"),
    "event-written": N_("Written to a file"),
    "event-listed": N_("Read on the fellista"),
    "event-rejected": N_("Read among avvisade registreringar"),
    "event-cleared": N_("No longer on the list"),
    "list-listed": N_("On the fellista"),
    "list-rejected": N_("Among avvisade registreringar"),
    "list-corrected": N_("Accepted since it was on the list"),
    "list-none": N_("Not on a list"),
}
