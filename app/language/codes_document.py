"""What is said about templates, unsaved changes and the specification."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "template-missing": N_("There is no template named {template}."),
    "template-name": N_(
        "A template cannot be named {template}. Use at most 80 letters, without any of "
        '\\ / : * ? " < > | and without a full stop at either end.'
    ),
    "template-empty": N_("There is nothing to save as a template: the project has no links."),
    # What is left to do after a template was applied.
    "template-other-profile": N_(
        "The template was made for the contract {profile}. Check each link against this one."
    ),
    "template-table-missing": N_(
        "No file has the columns of the table {table}. Links left out: {links}. Add the file and "
        "apply the template again, or map them by hand."
    ),
    "template-column-missing": N_(
        "{variable} is read from {column} in the template, and {table} has no such column. Map it "
        "by hand."
    ),
    "template-column-renamed": N_(
        "{column} of the template is taken to be {now} in {table}. Check it before you approve."
    ),
    "template-group-columns": N_(
        "The rows of {group} are chosen by {column} in the template, and {table} has no such "
        "column. Choose the rows by hand."
    ),
    "template-variable-unknown": N_("{variable} is not in this contract. Its link is left out."),
    "template-own-value": N_(
        "{variable} has one value for the whole hospital. It is not in the template; fill it in."
    ),
    "template-blocking-check": N_(
        "Patients who have declined are told by {column} = {value}, as in the template. Check that "
        "it holds here."
    ),
    "template-blocking-missing": N_(
        "The template tells patients who have declined by {column}, and {table} has no such "
        "column. Find out how they are told before you send."
    ),
    # The specification.
    "specification-kind": N_(
        "The specification is written as .html or .xlsx. Choose one of them instead of {name}."
    ),
}

NAMES: dict[str, str] = {
    "specifying": N_("Writing the specification"),
}
