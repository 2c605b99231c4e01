"""What is said of own rules and of the national code registers."""

from app.language.text import N_

SENTENCES: dict[str, str] = {
    "own-rule-unreadable": N_(
        "The own rule {rule} cannot be used: {message}. Correct its condition on the register page."
    ),
    "own-rule-taken": N_("The profile has a rule {rule} already. Choose another id."),
    "own-rule-id": N_("The id of an own rule begins with “own-”: {rule} does not."),
    "own-condition-empty": N_("The rule has no condition yet. Write when it is broken."),
    "own-condition-unreadable": N_(
        "The condition cannot be read: {condition}. "
        "Check the parentheses and the names of the functions."
    ),
    "own-condition-unknown-name": N_(
        "The condition names {name}, which the profile does not have."
    ),
    "own-condition-outside-group": N_(
        "{name} stands in a repeated part. Ask for it inside any, every or count."
    ),
    "own-condition-kinds": N_(
        "The condition mixes different kinds: {part}. Compare times with times, numbers with "
        "numbers, and end with something that is true or false."
    ),
    "own-condition-uncomputable": N_(
        "The condition cannot be computed over many cases. Make it simpler."
    ),
    "register-missing": N_("{name} is not imported: only the pattern of its codes is checked."),
    "register-old": N_(
        "{name} is not imported for {year}: only the pattern of codes used this year is checked."
    ),
    "register-no-former-year": N_(
        "{name} is not imported for {year}: until the months of grace are over it is not known "
        "whether a code that this year lacks was removed."
    ),
    "register-unknown": N_("The profile knows no code register {register}. It knows {known}."),
    "register-year-missing": N_(
        "The name of {name} does not say for which year it holds. Say the year."
    ),
    "register-year-wrong": N_("{year} is no year of a code register. Say the year as in 2026."),
    "register-no-codes": N_(
        "{name} holds no codes of {register}. Choose the file with a column “Kod”, or with the "
        "code first on each line."
    ),
    "register-wrong-codes": N_(
        "Only {share} % of what {name} has as codes looks like {register}. "
        "Choose the file of that register."
    ),
    "code-register-too-large": N_("{name} is too large to be a code register ({size} MB)."),
    "register-unwritable": N_("{register} for {year} cannot be kept: {reason}."),
    "register-unreadable": N_(
        "What was kept of {register} for {year} cannot be read. Import the year again."
    ),
    "register-not-imported": N_("{register} is not imported for {year}."),
}
