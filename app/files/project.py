"""The project file: TOML that diffs well; the same content gives the same bytes.

It holds how the hospital's tables become registrations and no patient data, so that it can be
mailed to a colleague. Paths are relative to the file and written with forward slashes.
"""

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePath
from stat import S_IWGRP, S_IWOTH, S_IWUSR
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError
from tomlkit.items import AoT, Array, InlineTable, Table

from app.core.errors import ProjectError
from app.core.mapping import (
    GroupLink,
    Keep,
    Link,
    Pick,
    Project,
    Source,
    SourceKind,
    Step,
    ValueMap,
)
from app.core.register import Rule
from app.disk import behind, write_atomically
from app.files.disk import failure
from app.files.project_reading import project_from

FORMAT = 1
SUFFIX = ".sporproject"
CERTAIN = 100  # the score of a link made by a person; left out of the file
_ALWAYS_STATED = {"encoding", "delimiter", "unmapped"}  # empty is not what is meant by no fact
_ROWS = ("filter_column", "filter_value", "order_column", "descending")
QUOTE = '"'
_WRITABLE = S_IWUSR | S_IWGRP | S_IWOTH
_USUAL = (Keep.STOP, SourceKind.TEXT)  # what is meant by no fact


def read_project(path: Path) -> Project:
    """Return the project in a file; raises ProjectError when it is not one we can read."""
    try:
        content = tomlkit.parse(_bytes(path).decode("utf-8-sig")).unwrap()
    except ParseError as problem:
        raise ProjectError("project-unreadable", name=path.name, line=problem.line) from None
    except ValueError:
        raise ProjectError("project-unreadable", name=path.name, line=1) from None
    found = content.pop("format", None)
    if not isinstance(found, int) or isinstance(found, bool) or found < 1:
        raise ProjectError("project-unreadable", name=path.name, line=1)
    if found > FORMAT:
        raise ProjectError("project-newer", name=path.name, found=found, known=FORMAT)
    return project_from(content, path.name)


def _bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():  # reading a pipe may never end
            raise ProjectError("project-unreadable", name=path.name, line=1)
        return path.read_bytes()
    except FileNotFoundError:
        raise ProjectError("project-missing", name=path.name) from None
    except PermissionError:
        raise ProjectError("project-locked", name=path.name) from None
    except OSError as problem:
        told = failure(problem, path.name)
        raise ProjectError(told.code, **told.values) from None


def write_project(project: Project, path: Path) -> None:
    """Write the project in one step; a crash leaves the former file whole.

    A file that says it is only to be read is left as it is: replacing it would not ask. Of a
    link, the file that it stands for is written.
    """
    try:
        if path.exists() and not path.stat().st_mode & _WRITABLE:
            raise ProjectError("project-locked", name=path.name)
        write_atomically(behind(path), to_text(project).encode("utf-8"))
    except PermissionError:
        raise ProjectError("project-locked", name=path.name) from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ProjectError("project-unwritable", name=path.name, reason=reason) from None


def relocate(project: Project, old_base: Path, new_base: Path) -> Project:
    """Return the project with its sources' paths as seen from another folder."""
    moved = (
        replace(
            source,
            path=relative_path(old_base / source.path, new_base),
            more=tuple(relative_path(old_base / one, new_base) for one in source.more),
        )
        for source in project.sources
    )
    return replace(project, sources=tuple(moved))


def relative_path(path: Path, base: Path) -> str:
    """Return a path as seen from a folder, absolute only when it lies on another drive."""
    try:
        return PurePath(os.path.relpath(path, base)).as_posix()
    except ValueError:
        return path.as_posix()


def to_text(project: Project) -> str:
    """Return the project as the text of its file."""
    document = tomlkit.document()
    document.add("format", tomlkit.item(FORMAT))
    _add(document, "name", project.name)
    _add(document, "profile", project.profile)
    _add(document, "case_table", project.case_table)
    if project.notes:
        document.add("notes", _one_per_line(project.notes.split("\n")))
    _add_table(document, "blocking", _facts(project.blocking, ("column", "value")))
    _add_table(document, "duplicates", _facts(project.duplicates, ("keep", "column")))
    settings = tomlkit.table()
    for name, value in sorted(project.settings):
        settings.add(name, tomlkit.string(value))
    _add_table(document, "settings", settings)
    _add_all(document, "sources", map(_source, project.sources))
    _add_all(document, "groups", map(_group, sorted(project.groups, key=lambda one: one.group)))
    _add_all(document, "links", map(_link, sorted(project.links, key=lambda one: one.variable)))
    _add_all(
        document,
        "value_maps",
        map(_value_map, sorted(project.value_maps, key=lambda one: one.name)),
    )
    _add_all(document, "rule", map(_rule, sorted(project.rules, key=lambda one: one.id)))
    return tomlkit.dumps(document)


def _add(table: Any, name: str, value: str) -> None:
    """Add one fact; an empty one is left out."""
    if value:
        table.add(name, tomlkit.string(value))


def _add_table(document: tomlkit.TOMLDocument, name: str, table: Table) -> None:
    if len(table):
        document.add(name, table)


def _add_all(document: tomlkit.TOMLDocument, name: str, tables: Iterable[Table]) -> None:
    found = list(tables)
    if found:
        document.add(name, AoT(found))


def _facts(value: object, names: tuple[str, ...]) -> Table:
    table = tomlkit.table()
    for name in names:
        fact = getattr(value, name)
        is_usual = any(fact is one for one in _USUAL)  # a person's own "stop" is a text like others
        if (fact and not is_usual) or name in _ALWAYS_STATED:
            table.add(name, _item(fact))
    return table


def _item(fact: str | bool | int | tuple[str | int, ...]) -> Any:
    """Return a fact as the file has it."""
    if isinstance(fact, str):
        return tomlkit.string(fact)
    return tomlkit.item(list(fact) if isinstance(fact, tuple) else fact)


def _one_per_line(items: Iterable[Any]) -> Array:
    array = tomlkit.array()
    array.extend(list(items))
    return array.multiline(multiline=True)


def _source(source: Source) -> Table:
    plain = replace(
        source,
        path=PurePath(source.path).as_posix() if source.path else "",
        more=tuple(PurePath(one).as_posix() for one in source.more),
    )
    table = _facts(plain, ("name", "path", "key", "encoding", "delimiter", "sheet", "kind"))
    if source.quote != QUOTE:
        table.add("quote", tomlkit.string(source.quote))
    further = _facts(plain, ("more", "member", "header", "widths", "record", "key_more", "shape"))
    table.update(further)
    return table


def _group(group: GroupLink) -> Table:
    return _facts(group, ("group", "table", *_ROWS))


def _link(link: Link) -> Table:
    table = _facts(link, ("variable", "table"))
    if link.columns:
        columns = tomlkit.array()
        columns.extend(link.columns)
        table.add("columns", columns)
    if link.steps:
        table.add("steps", _one_per_line(map(_step, link.steps)))
    table.add("state", tomlkit.string(link.state.value))
    if link.score != CERTAIN:
        table.add("score", tomlkit.item(link.score))
    _add(table, "note", link.note)
    if link.pick != Pick():
        pick = tomlkit.inline_table()
        pick.update(_facts(link.pick, (*_ROWS, "nth")))
        table.add("pick", pick)
    table.update(_facts(link, ("reasons", "decided_by", "decided_on")))
    return table


def _step(step: Step) -> InlineTable:
    table = tomlkit.inline_table()
    table.add("kind", tomlkit.string(step.kind))
    for name, value in step.options:
        table.add(name, tomlkit.string(value))
    return table


def _value_map(value_map: ValueMap) -> Table:
    table = _facts(value_map, ("name", "unmapped"))
    if value_map.entries:
        pairs = []
        for local, register in value_map.entries:
            pair = tomlkit.array()
            pair.extend([local, register])
            pairs.append(pair)
        table.add("entries", _one_per_line(pairs))
    return table


def _rule(rule: Rule) -> Table:
    """Return an own rule as a row of a profile's rules has it, so that one can become the other."""
    table = tomlkit.table()
    texts = {
        "id": rule.id,
        "tier": rule.tier.value,
        "condition": rule.condition,
        "sv": rule.message.sv,
        "en": rule.message.en,
        "remedy_sv": rule.remedy.sv,
        "remedy_en": rule.remedy.en,
        "since": rule.since,
        "until": rule.until,
        "source": rule.fact.source,
        "note": rule.fact.note,
    }
    for name, text in texts.items():
        _add(table, name, text)
    if rule.variables:
        variables = tomlkit.array()
        variables.extend(rule.variables)
        table.add("variables", variables)
    return table
