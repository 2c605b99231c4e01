"""What the conversion steps mean, for one value; `app.engine.columns` does the same to columns.

Text stays text until a step says otherwise. An empty or blank text is a missing value and stays
missing through every step but `constant`; the first problem ends the conversion.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.core.condition import is_form
from app.core.dateform import Shape, date_shapes, day_shapes, time_shapes
from app.core.mapping import Project, Step
from app.core.stockholm import with_offset

# Every white space that Python knows, and the byte order mark that exports leave behind.
BLANKS = "".join(one for one in map(chr, range(0x3001)) if one.isspace()) + "\ufeff"
# Control characters and the like that no XML document can hold.
ILLEGAL = "[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]"
NUMBER = r"([+-]?)([0-9]{1,12})(?:\.([0-9]{1,12}))?"
MOST_DECIMALS = 6
PERSON_ID = r"([0-9]{8})-?([0-9]{4})"
DATE_FORMAT = "%Y-%m-%d"
TIME_FORMAT = "%Y-%m-%d %H:%M[:%S]"
OMIT = "omit"  # time_missing of a datetime step: a date whose time is empty is a missing value


@dataclass(frozen=True, slots=True)
class Converted:
    """What came of one value: a text, "" when missing, or the code of a problem."""

    value: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of step: the options it takes and what it does to a text that is not empty."""

    options: tuple[str, ...]
    change: Callable[[str, Step, Project], Converted]


def convert(steps: tuple[Step, ...], raw: tuple[str, ...], project: Project) -> Converted:
    """Take one row's texts through the steps."""
    text = joined(raw)
    for step in steps:
        if step.kind not in KINDS:
            return Converted(problem="step-unknown")
        if not text.strip(BLANKS) and step.kind != "constant":
            continue
        done = KINDS[step.kind].change(text, step, project)
        if done.problem:
            return done
        text = done.value
    return _finished(text)


def joined(raw: tuple[str, ...]) -> str:
    """Return one column's text as it is; several columns' texts with a blank between."""
    if len(raw) == 1:
        return raw[0]
    return " ".join(part for part in (one.strip(BLANKS) for one in raw) if part)


def _finished(text: str) -> Converted:
    if not text.strip(BLANKS):
        return Converted()
    return Converted(problem="character-illegal") if re.search(ILLEGAL, text) else Converted(text)


def _constant(_text: str, step: Step, _project: Project) -> Converted:
    return Converted(step.option("value"))


def _trim(text: str, _step: Step, _project: Project) -> Converted:
    return Converted(text.strip(BLANKS))


def _upper(text: str, _step: Step, _project: Project) -> Converted:
    return Converted(text.upper())


def _replace(text: str, step: Step, _project: Project) -> Converted:
    find = step.option("find")
    return Converted(text.replace(find, step.option("with")) if find else text)


def _missing_when(text: str, step: Step, _project: Project) -> Converted:
    return Converted("" if text.strip(BLANKS) in step.option("values").split("|") else text)


def _decimal_comma(text: str, _step: Step, _project: Project) -> Converted:
    return Converted(text.strip(BLANKS).replace(",", "."))


def decimals_of(step: Step) -> int | None:
    """Return how many decimals a number step wants, None for as many as there are, -1 for bad."""
    wanted = step.option("decimals")
    if not wanted:
        return None
    fits = wanted.isascii() and wanted.isdigit() and int(wanted) <= MOST_DECIMALS
    return int(wanted) if fits else -1


def _number(text: str, step: Step, _project: Project) -> Converted:
    decimals = decimals_of(step)
    if decimals == -1:
        return Converted(problem="format-unreadable")
    found = re.fullmatch(NUMBER, text.strip(BLANKS))
    if not found:
        return Converted(problem="number-unreadable")
    sign, whole, fraction = found[1].replace("+", ""), found[2], found[3] or ""
    if decimals is None:
        return Converted(sign + whole + ("." + fraction if fraction else ""))
    return Converted(_rounded(sign, whole, fraction, decimals))


def _rounded(sign: str, whole: str, fraction: str, decimals: int) -> str:
    """Return a number with that many decimals, halves rounded away from zero."""
    digits = fraction.ljust(decimals + 1, "0")
    scaled = int(whole + digits[:decimals]) + (digits[decimals] >= "5")
    text = str(scaled).zfill(decimals + 1)
    point = len(text) - decimals
    return (sign if scaled else "") + text[:point] + ("." + text[point:] if decimals else "")


def _date(text: str, step: Step, _project: Project) -> Converted:
    read = _read(text, date_shapes(step.option("format", DATE_FORMAT)), "date-unreadable")
    return read if isinstance(read, Converted) else Converted(read.date().isoformat())


def _datetime(text: str, step: Step, _project: Project) -> Converted:
    form = step.option("format", TIME_FORMAT)
    read = _read(text, time_shapes(form), "time-unreadable")
    if isinstance(read, Converted):
        is_day = isinstance(_read(text, day_shapes(form), ""), datetime)
        return Converted() if is_day and step.option("time_missing") == OMIT else read
    return Converted(*with_offset(read, step.option("ambiguous")))


def _read(text: str, shapes: tuple[Shape, ...], problem: str) -> datetime | Converted:
    if not shapes:
        return Converted(problem="format-unreadable")
    plain = text.strip(BLANKS)
    found = (shape.read(plain) for shape in shapes)
    return next((one for one in found if one), Converted(problem=problem))


def _value_map(text: str, step: Step, project: Project) -> Converted:
    value_map = project.value_map_of(step.option("name"))
    mapped = dict(value_map.entries).get(text.strip(BLANKS)) if value_map else None
    if mapped is not None:
        return Converted(mapped)
    unmapped = value_map.unmapped if value_map else "error"
    if unmapped == "omit":
        return Converted()
    return Converted(text) if unmapped == "keep" else Converted(problem="value-unmapped")


def _person_id(text: str, _step: Step, _project: Project) -> Converted:
    found = re.fullmatch(PERSON_ID, text.strip(BLANKS))
    return Converted(found[1] + found[2]) if found else Converted(problem="person-id-unreadable")


def folds(form: str) -> bool:
    """Whether a text is a form for folding up: a regular expression whose first group is kept."""
    return is_form(form) and re.compile(form).groups > 0


def _fold_up(text: str, step: Step, _project: Project) -> Converted:
    """Keep the part of a local code that the register knows; leave what has not the form."""
    form = step.option("form")
    if not folds(form):
        return Converted(problem="format-unreadable")
    found = re.fullmatch(form, text.strip(BLANKS))
    return Converted(found[1] if found and found[1] else text)


KINDS: Mapping[str, Kind] = {
    "constant": Kind(("value",), _constant),
    "trim": Kind((), _trim),
    "upper": Kind((), _upper),
    "replace": Kind(("find", "with"), _replace),
    "missing_when": Kind(("values",), _missing_when),
    "decimal_comma": Kind((), _decimal_comma),
    "number": Kind(("decimals",), _number),
    "date": Kind(("format",), _date),
    "datetime": Kind(("format", "ambiguous", "time_missing"), _datetime),
    "value_map": Kind(("name",), _value_map),
    "person_id": Kind((), _person_id),
    "fold_up": Kind(("form",), _fold_up),
}
