"""What the conversion steps mean, for one value; `app.engine.conversions` does it to columns.

Text stays text until a step says otherwise. An empty or blank text is a missing value and stays
missing through every step but `constant`; the first problem ends the conversion.
"""

import re
from collections.abc import Iterator, Mapping

from app.core.conversions import (
    constant,
    date,
    datetime,
    decimal_comma,
    extract,
    first_of,
    fold_up,
    hsa_id,
    icd,
    join,
    kva,
    lookup,
    lower,
    missing_when,
    number,
    only_when,
    person_id,
    replace,
    replace_pattern,
    split,
    trim,
    upper,
    value_map,
    yes_no,
)
from app.core.conversions.kind import BLANKS, Converted, Entry, Kind, Option, Surroundings
from app.core.mapping import Link, Project, Step

__all__ = [
    "BLANKS", "KINDS", "NO_ROW", "Converted", "Entry", "Kind", "Option", "Surroundings",
    "columns_in", "columns_read", "convert", "is_first_step", "joined", "lookups_in", "stages",
]  # fmt: skip

# Control characters and the like that no XML document can hold.
ILLEGAL = "[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]"
NO_ROW: Mapping[str, str] = {}

# In the order in which they are offered.
KINDS: Mapping[str, Kind] = {
    "constant": constant.KIND,
    "first_of": first_of.KIND,
    "join": join.KIND,
    "trim": trim.KIND,
    "upper": upper.KIND,
    "lower": lower.KIND,
    "replace": replace.KIND,
    "replace_pattern": replace_pattern.KIND,
    "extract": extract.KIND,
    "split": split.KIND,
    "missing_when": missing_when.KIND,
    "only_when": only_when.KIND,
    "decimal_comma": decimal_comma.KIND,
    "number": number.KIND,
    "yes_no": yes_no.KIND,
    "date": date.KIND,
    "datetime": datetime.KIND,
    "value_map": value_map.KIND,
    "lookup": lookup.KIND,
    "person_id": person_id.KIND,
    "hsa_id": hsa_id.KIND,
    "icd": icd.KIND,
    "kva": kva.KIND,
    "fold_up": fold_up.KIND,
}


def convert(
    steps: tuple[Step, ...], raw: tuple[str, ...], around: Project | Surroundings
) -> Converted:
    """Take one row's texts through the steps."""
    *_, (last, done) = stages(steps, raw, around)
    return done if done.problem or last < len(steps) else _finished(done.value)


def stages(
    steps: tuple[Step, ...], raw: tuple[str, ...], around: Project | Surroundings
) -> Iterator[tuple[int, Converted]]:
    """Yield what the columns give together (0), and what every step (1, 2, ...) leaves of it.

    Nothing follows on the first problem.
    """
    known = Surroundings(around) if isinstance(around, Project) else around
    done = Converted(joined(raw))
    yield 0, done
    for place, step in enumerate(steps):
        kind = KINDS.get(step.kind)
        if kind is None:
            done = Converted(problem="step-unknown")
        elif place == 0 and kind.combine:
            done = kind.combine(raw, step)
        elif done.value.strip(BLANKS) or kind.makes:
            done = kind.change(done.value, step, known)
        yield place + 1, done
        if done.problem:
            return


def joined(raw: tuple[str, ...]) -> str:
    """Return one column's text as it is; several columns' texts with a blank between."""
    if len(raw) == 1:
        return raw[0]
    return " ".join(part for part in (one.strip(BLANKS) for one in raw) if part)


def _finished(text: str) -> Converted:
    if not text.strip(BLANKS):
        return Converted()
    return Converted(problem="character-illegal") if re.search(ILLEGAL, text) else Converted(text)


def is_first_step(kind: str) -> bool:
    """Whether a kind of step reads the columns themselves and so can only come first."""
    return kind in KINDS and KINDS[kind].combine is not None


def columns_in(step: Step) -> tuple[tuple[str, str, str], ...]:
    """Return the options of a step that name columns: option, table ("" is the link's), column."""
    kind = KINDS.get(step.kind)
    return tuple(
        (one.name, step.option(one.table) if one.table else "", step.option(one.name))
        for one in (kind.settings if kind else ())
        if one.entry is Entry.COLUMN and step.option(one.name)
    )


def columns_read(link: Link) -> tuple[str, ...]:
    """Return the columns of its own table that a link reads, those of its conditions as well."""
    asked = (found for step in link.steps for found in columns_in(step))
    further = (column for _, table, column in asked if not table)
    return tuple(dict.fromkeys((*link.columns, *further)))


def lookups_in(link: Link) -> tuple[tuple[str, str, str], ...]:
    """Return where a link's steps look things up: table, key column, value column."""
    return tuple(lookup.place_of(step) for step in link.steps if step.kind == "lookup")
