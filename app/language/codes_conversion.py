"""Conversion steps in words: sentences, short words, the way back, options and what goes wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.conversion import KINDS, Entry, Option, is_first_step
from app.core.mapping import Link, Pick, Step
from app.language.conversion_words import (
    BORN,
    CHOICES,
    DETAILS,
    HINTS,
    INVERSES,
    KIND_NAMES,
    LABELS,
    SHORT,
    STEPS,
    TESTS,
    UNDONE,
)
from app.language.text import N_, _

# One sentence on what is wrong, one on what to do.
SENTENCES: dict[str, str] = {
    "option-unreadable": N_(
        "A conversion step lacks what it needs or cannot use it ({name}). "
        "Open the step and correct its options."
    ),
    "pivot-missing": N_(
        "A year of two digits does not say its century ({name}). "
        "Say in the step which two-digit year is the last of the 2000s."
    ),
    "step-column-missing": N_(
        "A conversion step reads a table or a column that is not there ({name}). "
        "Choose another column in the step."
    ),
    "step-not-first": N_(
        "A step that reads several columns must come first ({name}). Move it to the top."
    ),
    "text-unmatched": N_(
        "“{value}” has no part of the form in the step ({name}). "
        "Correct it in {table}, row {row}, or say in the step what then holds."
    ),
    "word-unknown": N_(
        "“{value}” is neither a word for yes nor for no ({name}). Add it to the step's words."
    ),
    "lookup-absent": N_(
        "“{value}” is not in the table where it is looked up ({name}). "
        "Add it there, or say in the step what then holds."
    ),
    "lookup-several": N_(
        "“{value}” stands several times with different values in the table where it is looked up "
        "({name}). Let that table have one row each."
    ),
    "hsa-id-unreadable": N_(
        "“{value}” is not an HSA-id ({name}). Correct it in {table}, row {row}."
    ),
    "icd-unreadable": N_(
        "“{value}” is not written as a diagnosis code ({name}). "
        "Correct it in {table}, row {row}, or add a step."
    ),
    "pair-incomplete": N_(
        "Row {row} has not both a local code and a code of the register, and is left out."
    ),
    "pair-person": N_("Row {row} may hold a person's number, and is left out."),
    "pair-doubled": N_("Row {row} has “{value}” again with another code, and is left out."),
    "kva-unreadable": N_(
        "“{value}” is not written as a code of a measure ({name}). "
        "Correct it in {table}, row {row}, or add a step."
    ),
}

# Short names of causes, for several cases together.
NAMES: dict[str, str] = {
    "converting": N_("Trying the conversions"),
    "option-unreadable": N_("A conversion step without usable options"),
    "pivot-missing": N_("A two-digit year without its century"),
    "step-column-missing": N_("A conversion step's column is not there"),
    "step-not-first": N_("A step for several columns is not first"),
    "text-unmatched": N_("A text without the wanted part"),
    "word-unknown": N_("Neither yes nor no"),
    "lookup-absent": N_("Not in the table where it is looked up"),
    "lookup-several": N_("Several values where it is looked up"),
    "hsa-id-unreadable": N_("Not an HSA-id"),
    "icd-unreadable": N_("Not a diagnosis code"),
    "kva-unreadable": N_("Not a code of a measure"),
}

_LISTED = {"values", "yes", "no", "format"}  # options that are shown as several, not with |


@dataclass(frozen=True, slots=True)
class StepOption:
    """One option of a kind as a window shows it.

    `choices` are the values with their words. `table` names the option that says which table a
    column is of, "" is the link's own table.
    """

    name: str
    label: str
    entry: Entry
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    table: str = ""
    hint: str = ""


class _Options(dict[str, str]):
    """A step's options; one that is not set is shown as a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def step_sentence(step: Step) -> str:
    """Return what one step does, with what its options say."""
    if step.kind not in STEPS:
        return step.kind
    values = _values(step)
    told = [_fill(_main(step), values)]
    told += [_fill(_(text), values) for text in _details(step)]
    return ", ".join(told)


def conversion_sentence(link: Link) -> str:
    """Return what is done to the columns' text, in the order in which it is done."""
    told = [pick_sentence(link.pick), _joining(link), *map(step_sentence, link.steps)]
    return ", ".join(one for one in told if one) or _("as it is")


def conversion_words(link: Link) -> str:
    """Return the conversion in as few words as the table has room for."""
    words = (_(SHORT.get(step.kind, step.kind)) for step in link.steps)
    picked = _("picked row") if link.pick != Pick() else ""
    return ", ".join(one for one in dict.fromkeys((picked, *words)) if one) or _("as it is")


def inverse_sentence(step: Step) -> str:
    """Return how a value that was sent is read back into the export's text."""
    template = INVERSES.get(step.kind)
    if template is None:
        return ""
    told = [template]
    told += [
        text for (kind, name), text in UNDONE.items() if kind == step.kind and step.option(name)
    ]
    values = _values(step)
    return _("back: {way}").format(way=", ".join(_fill(_(text), values) for text in told))


def kind_name(kind: str) -> str:
    """Return what a kind of step does, for a list to choose from."""
    return _(KIND_NAMES[kind]) if kind in KIND_NAMES else kind


def step_options(kind: str) -> tuple[StepOption, ...]:
    """Return what can be said in a step of this kind, and how it is entered."""
    return tuple(_option(kind, one) for one in (KINDS[kind].settings if kind in KINDS else ()))


def origin(link: Link) -> str:
    """Return where a link's value comes from."""
    return " + ".join(link.columns) or _("constant")


def pick_sentence(pick: Pick) -> str:
    """Return which row of a child table is read, "" where nothing is said of it."""
    if pick == Pick():
        return ""
    said = {0: N_("the only row"), 1: N_("the first row"), -1: N_("the last row")}
    told = [_(said[pick.nth]) if pick.nth in said else _nth(pick.nth)]
    if pick.filter_column:
        where = _("where {column} is {value}")
        value = _in_words(pick.filter_value)
        told.append(where.format(column=pick.filter_column, value=f"“{value}”"))
    if pick.order_column:
        order = _("by {column}, falling") if pick.descending else _("by {column}")
        told.append(order.format(column=pick.order_column))
    return " ".join(told)


def _in_words(several: str) -> str:
    """Return several values with | between as a person says them."""
    between = _("or")
    return f" {between} ".join(several.split("|"))


def _nth(nth: int) -> str:
    if nth > 0:
        return _("row {nth}").format(nth=nth)
    return _("row {nth} from the end").format(nth=-nth)


def _joining(link: Link) -> str:
    """Return how several columns become one text where no step says it."""
    if len(link.columns) < len(("one", "two")) or (
        link.steps and is_first_step(link.steps[0].kind)
    ):
        return ""
    if any(step.kind == "datetime" for step in link.steps):
        return _("date and time joined")
    return _("joined with a blank between")


def _main(step: Step) -> str:
    if step.kind == "only_when":
        return _(TESTS.get(step.option("test") or "is", TESTS["is"]))
    return _(STEPS[step.kind])


def _details(step: Step) -> list[str]:
    """Return the sentences for the options that are set."""
    found = []
    for name, value in step.options:
        said = DETAILS.get((step.kind, name), "") if value else ""
        usual = BORN if name == "latest" else ""
        found.append(said if isinstance(said, str) else said.get(value, usual))
    return [one for one in found if one]


def _values(step: Step) -> Mapping[str, str]:
    usual = {one.name: one.default for one in KINDS[step.kind].settings if one.default}
    if step.kind == "yes_no":  # the usual words are many
        usual = {"yes": _("words for yes"), "no": _("words for no")}
    said = {**usual, **{name: value for name, value in step.options if value}}
    listed = {name: _in_words(said[name]) for name in said if name in _LISTED}
    if step.option("test") == "one_of":
        listed["value"] = _in_words(step.option("value"))
    return _Options({**said, **listed})


def _fill(template: str, values: Mapping[str, str]) -> str:
    return template.format_map(values)


def _option(kind: str, one: Option) -> StepOption:
    known = CHOICES.get((kind, one.name), CHOICES.get(("", one.name), {}))
    choices = tuple((value, _(known.get(value, value))) for value in one.choices)
    label = LABELS.get((kind, one.name), LABELS.get(("", one.name), one.name))
    hint = HINTS.get((kind, one.name), HINTS.get(("", one.name), ""))
    return StepOption(one.name, _(label), one.entry, choices, one.default, one.table, _(hint))
