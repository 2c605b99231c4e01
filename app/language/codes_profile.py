"""Sentences on the register profile and on identities."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "profile-unknown": N_("The register profile {profile} does not exist. Choose another one."),
    "profile-file-missing": N_("The register profile lacks the file {file}."),
    "profile-file-unreadable": N_("The file {file} of the register profile cannot be read. {row}"),
    "profile-contract-unreadable": N_(
        "The schema {file} cannot be read. Check that all its parts are there."
    ),
    "profile-contract-changed": N_(
        "The contract's file {file} is no longer what it was when the profile was made. "
        "Import the contract again."
    ),
    "profile-request-missing": N_("The schema {file} has no element {row}."),
    "profile-field-missing": N_("{file}, {row}: {field} is missing."),
    "profile-field-wrong": N_("{file}, {row}: {field} has a value that cannot be used."),
    "profile-row-twice": N_("{file}, {row}: the row occurs twice."),
    "profile-path-missing": N_("{file}, {row}: the schema has no element {path}."),
    "profile-path-taken": N_("{file}, {row}: another variable already uses the element {path}."),
    "profile-type-contradicts": N_("{file}, {row}: the schema has the type {type}."),
    "profile-codes-contradict": N_(
        "{file}, {row}: the code list and the schema differ in these codes: {codes}."
    ),
    "profile-name-unknown": N_("{file}, {row}: the name {name} is not in the profile."),
    "profile-rule-half": N_(
        "{file}, {row}: a rule has either a condition or a reason why it cannot be checked."
    ),
    "condition-unreadable": N_("{file}, {row}: the condition cannot be read: {condition}"),
    "condition-unknown-name": N_("{file}, {row}: the condition names {name}, which is unknown."),
    "condition-outside-group": N_(
        "{file}, {row}: {name} stands in a repeated part and needs any, every or count."
    ),
    "condition-kinds": N_("{file}, {row}: the condition mixes different kinds: {part}"),
}
