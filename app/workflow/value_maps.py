"""Value maps: filled by text, read, pasted, saved, counted, shared; edits give a new project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from app.core.identity import mask_text
from app.core.mapping import Link, LinkState, Project, Step, ValueMap
from app.core.progress import Progress, silent
from app.core.register import Code, Profile
from app.language.text import N_, _, current
from app.workflow.desk import Desk
from app.workflow.mapping_views import ReadPairs, ValueProposal
from app.workflow.views import Problem

POLICIES = ("error", "keep", "omit")
NOTHING = "–"  # in a file: this local code is sent as nothing, by choice
_NOTHINGS = {NOTHING, "-"}
_FEWEST = 5  # smaller counts are not told in a file that may be handed on
_HEADINGS = (N_("Local code"), N_("Rows"), N_("Code of the register"), N_("Meaning"))
_PAIR = 2


def fill_value_map(
    desk: Desk, project: Project, variable: str, progress: Progress = silent
) -> tuple[ValueProposal, ...]:
    """Propose a register code for every local one that has none yet, by what they are called."""
    from app.workflow.results import value_counts
    from app.workflow.value_likeness import likely

    profile = desk.profile_for(project)
    codes = _codes(profile, variable)
    counts = value_counts(desk, project, variable, progress)
    open_values = [one.value for one in counts if not one.mapped and not one.decided]
    found = ((value, likely(value, codes)) for value in open_values)
    return tuple(ValueProposal(value, *best) for value, best in found if best)


def _codes(profile: Profile, variable: str) -> tuple[Code, ...]:
    known = profile.by_id.get(variable)
    listed = profile.codes_of(known.code_list) if known and known.code_list else ()
    return tuple(one for one in listed if one.sendable)


def read_value_map(_desk: Desk, path: str, _progress: Progress = silent) -> ReadPairs:
    """Read a value map from a CSV or XLSX file: the local code first, then the register's.

    A file that was saved here has the register's code in its third column.
    """
    from app.files.value_table import read_rows

    return _pairs(read_rows(Path(path)))


def read_pasted(text: str) -> ReadPairs:
    """Return the pairs of a pasted text: two columns from a spreadsheet, or a;b lines."""
    from app.files.value_table import rows_of_text

    return _pairs(rows_of_text(text))


def _pairs(rows: Sequence[Sequence[str]]) -> ReadPairs:
    """Return the pairs of some rows; the first one of a local code holds.

    What may hold a person's number is no code, and does not come into the project.
    """
    place, start = _column(rows[0]) if rows else (1, 0)
    pairs: dict[str, str] = {}
    problems: list[Problem] = []
    for number, row in enumerate(rows[start:], start=start + 1):
        cells = [cell.strip() for cell in row]
        if not any(cells):
            continue
        if len(cells) < _PAIR or not cells[0]:
            problems.append(Problem("pair-incomplete", (("row", str(number)),)))
            continue
        code = cells[place] if place < len(cells) else ""
        if any(mask_text(cell) != cell for cell in (cells[0], code)):
            problems.append(Problem("pair-person", (("row", str(number)),)))
            continue
        meant = "" if code in _NOTHINGS else code
        if cells[0] in pairs and pairs[cells[0]] != meant:
            problems.append(Problem("pair-doubled", (("row", str(number)), ("value", cells[0]))))
        elif code:
            pairs.setdefault(cells[0], meant)
    return ReadPairs(tuple(pairs.items()), tuple(problems))


def _column(first: Sequence[str]) -> tuple[int, int]:
    """Return in which column the register's code is, and where the rows begin."""
    names = {text for heading in _HEADINGS for text in (heading, _(heading))}
    if not first or first[0].strip() not in names:
        return 1, 0
    told = [cell.strip() for cell in first]
    code = {_HEADINGS[2], _(_HEADINGS[2])}
    return next((at for at, cell in enumerate(told) if cell in code), 1), 1


def write_value_map(
    desk: Desk, project: Project, variable: str, path: str, progress: Progress = silent
) -> int:
    """Write a variable's value map to a CSV or XLSX file, by its suffix; return the rows.

    What may be a person's number is left out, and counts under five are not told.
    """
    from app.files.value_table import write_rows
    from app.workflow.results import value_counts

    texts = {
        one.code: one.text.in_language(current()) for one in _all_codes(desk, project, variable)
    }
    counts = value_counts(desk, project, variable, progress)
    known = project.value_map_of(map_of(project, variable))
    entries = dict(known.entries) if known else {}
    occurring = {one.value: one.count for one in counts}
    values = [*occurring, *(value for value in entries if value not in occurring)]
    kept = [value for value in values if mask_text(value) == value]
    rows = [_row(value, occurring.get(value, 0), entries, texts) for value in kept]
    write_rows(Path(path), [[_(heading) for heading in _HEADINGS], *rows])
    return len(rows)


def _all_codes(desk: Desk, project: Project, variable: str) -> tuple[Code, ...]:
    profile = desk.profile_for(project)
    known = profile.by_id.get(variable)
    return profile.codes_of(known.code_list) if known and known.code_list else ()


def _row(
    value: str, count: int, entries: dict[str, str], texts: dict[str, str]
) -> tuple[str | int, ...]:
    told = count if count >= _FEWEST or not count else f"<{_FEWEST}"
    code = entries.get(value)
    return value, told, NOTHING if code == "" else code or "", texts.get(code or "", "")


def map_of(project: Project, variable: str) -> str:
    """Return the name of the value map that a variable's link uses, "" when it uses none."""
    link = project.link_of(variable)
    steps = [step for step in (link.steps if link else ()) if step.kind == "value_map"]
    return steps[0].option("name") if steps else ""


def map_name_for(project: Project, profile: Profile, variable: str) -> str:
    """Return the name of a new value map for a variable.

    Variables of one code list share one map, which is called as the list is.
    """
    used = map_of(project, variable)
    known = profile.by_id.get(variable)
    if used or known is None or not known.code_list:
        return used or variable
    users = Counter(one.code_list for one in profile.variables)
    return known.code_list if users[known.code_list] > 1 else variable


def used_by(project: Project, name: str) -> tuple[str, ...]:
    """Return the variables whose links use a value map."""
    return tuple(link.variable for link in project.links if _uses(link, name))


def _uses(link: Link, name: str) -> bool:
    return any(step.kind == "value_map" and step.option("name") == name for step in link.steps)


def with_value(project: Project, name: str, local: str, code: str | None) -> Project:
    """Map one local code, "" to nothing; None takes the entry away. Its links wait for approval."""
    entries = dict(_map(project, name).entries)
    if code is None:
        entries.pop(local, None)
    else:
        entries[local] = code
    return _changed(project, replace(_map(project, name), entries=_sorted(entries)))


def with_pairs(project: Project, name: str, pairs: Iterable[tuple[str, str]]) -> Project:
    """Put pasted, read or proposed pairs into a value map, over what it says of the same codes."""
    entries = {**dict(_map(project, name).entries), **dict(pairs)}
    return _changed(project, replace(_map(project, name), entries=_sorted(entries)))


def with_unmapped(project: Project, name: str, policy: str) -> Project:
    """Say what becomes of codes that a value map lacks: "error", "keep" or "omit"."""
    chosen = policy if policy in POLICIES else POLICIES[0]
    return _changed(project, replace(_map(project, name), unmapped=chosen))


def own_map(project: Project, variable: str) -> tuple[Project, ValueMap | None]:
    """Give a variable a value map of its own, filled as the shared one was."""
    name, link = map_of(project, variable), project.link_of(variable)
    if link is None or not name or len(used_by(project, name)) <= 1:
        return project, None
    taken = {one.name for one in project.value_maps}
    names = (variable, *(f"{variable} {number}" for number in range(2, len(taken) + 3)))
    own = replace(_map(project, name), name=next(one for one in names if one not in taken))
    steps = tuple(_renamed(step, name, own.name) for step in link.steps)
    return project.with_value_map(own).with_link(replace(_waiting(link), steps=steps)), own


def _renamed(step: Step, name: str, other: str) -> Step:
    if step.kind != "value_map" or step.option("name") != name:
        return step
    return Step("value_map", (("name", other),))


def _map(project: Project, name: str) -> ValueMap:
    return project.value_map_of(name) or ValueMap(name, ())


def _sorted(entries: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(entries.items()))


def _changed(project: Project, value_map: ValueMap) -> Project:
    """Return the project with a map; the links that use it wait for approval where it changed."""
    if project.value_map_of(value_map.name) == value_map:
        return project
    changed = project.with_value_map(value_map)
    for link in project.links:
        if _uses(link, value_map.name):
            changed = changed.with_link(_waiting(link))
    return changed


def _waiting(link: Link) -> Link:
    return replace(link, state=LinkState.SUGGESTED, decided_by="", decided_on="")
