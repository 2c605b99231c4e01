"""yes_no: words for yes and for no become what is sent for them."""

from app.core.conversions.kind import (
    BAD_OPTION,
    BLANKS,
    OTHERWISE,
    Converted,
    Entry,
    Kind,
    Option,
    Surroundings,
    unfit,
    words_of,
)
from app.core.mapping import Step

YES, NO = "ja|j|yes|y|true|sant|1|x", "nej|n|no|false|falskt|0"
UNKNOWN = "word-unknown"


def words(step: Step, option: str) -> tuple[str, ...]:
    """Return the words of an option in small letters."""
    usual = {"yes": YES, "no": NO}[option]
    return words_of((step.option(option) or usual).lower())


def sends_nothing(step: Step) -> bool:
    """Whether nobody has said yet what is sent, neither for yes nor for no."""
    return not step.option("yes_sends").strip(BLANKS) and not step.option("no_sends").strip(BLANKS)


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Send what is said for yes or for no; an empty one sends nothing."""
    word = text.strip(BLANKS).lower()
    for answer in ("yes", "no"):
        if word in words(step, answer):
            if sends_nothing(step):
                return Converted(problem=BAD_OPTION)
            return Converted(step.option(f"{answer}_sends"))
    return unfit(text, step, UNKNOWN)


KIND = Kind(
    change,
    (
        Option("yes", default=YES),
        Option("yes_sends"),
        Option("no", default=NO),
        Option("no_sends"),
        Option("otherwise", Entry.CHOICE, OTHERWISE),
    ),
    (UNKNOWN, BAD_OPTION),
)
