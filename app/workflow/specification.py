"""The mapping specification: what the clinic reads and signs, as a page or a workbook."""

from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from app.assets import RESOURCES
from app.core.errors import ExportError, ProjectError
from app.core.mapping import Project
from app.core.progress import Progress, silent
from app.language.text import _, current
from app.workflow.desk import Desk
from app.workflow.load import load_export
from app.workflow.specification_content import content_of
from app.workflow.specification_views import (
    Specification,
    SpecifiedMap,
    SpecifiedSection,
    SpecifiedTable,
    SpecifiedVariable,
)

if TYPE_CHECKING:
    from app.files.specification_workbook import Sheet

PAGE, WORKBOOK = ".html", ".xlsx"
_TEMPLATE = "specification.html"


def write_specification(
    desk: Desk, project: Project, base: str, path: str, progress: Progress = silent
) -> str:
    """Write the specification as a page (.html) or a workbook (.xlsx); return where it lies.

    An export that cannot be read leaves out what only it can tell.
    """
    place = Path(path).absolute()
    if place.suffix.lower() not in {PAGE, WORKBOOK}:
        raise ProjectError("specification-kind", name=place.name)
    with suppress(ExportError):
        load_export(desk, project, base, progress)
    content = content_of(desk, project, progress)
    progress(0, 0, "specifying")
    data = page(content) if place.suffix.lower() == PAGE else _workbook(content)
    _write(place, data)
    return str(place)


def page(content: Specification) -> bytes:
    """Return the specification as a page that stands alone and prints well."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(RESOURCES / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = {**_words(), "variable": _page_heads(), "code": _code_heads()}
    made = environment.get_template(_TEMPLATE).render(
        language=current(), one=content, words=words, tables=_table_heads()
    )
    return made.encode("utf-8")


def _workbook(content: Specification) -> bytes:
    from app.files.specification_workbook import workbook

    return workbook(
        (
            _overview(content),
            _variables(content.sections),
            _codes(content.maps),
            _tables(content.tables, content.groups),
        )
    )


def _overview(content: Specification) -> "Sheet":
    from app.files.specification_workbook import Sheet

    signed = tuple((name, "") for name in content.signatures)
    rows = (*content.facts, *content.coverage, (_("Read and approved"), ""), *signed)
    head = (content.title, content.notice)
    return Sheet(_words()["overview"], head, rows, (34, 110))


def _variables(sections: tuple[SpecifiedSection, ...]) -> "Sheet":
    from app.files.specification_workbook import Sheet

    rows = [
        (section.name, *_cells(one))
        for section in sections
        for one in (*section.variables, *section.absent)
    ]
    widths = (18, 12, 30, 40, 14, 28, 44, 20, 10, 14, 22, 30, 18)
    head = (_("Section"), *_variable_heads())
    return Sheet(_words()["variables"], head, tuple(rows), widths)


def _cells(one: SpecifiedVariable) -> tuple[str, ...]:
    return tuple(str(cell) for cell in astuple(one)[:-1])


def _codes(maps: tuple[SpecifiedMap, ...]) -> "Sheet":
    from app.files.specification_workbook import Sheet

    rows: list[tuple[str, ...]] = []
    for one in maps:
        rows += [
            (one.name, one.variables, code.local, code.code, code.text, code.count)
            for code in one.codes
        ]
        rows.append((one.name, one.variables, "", "", one.unmapped, ""))
        rows += [(one.name, one.variables, "", "", one.hidden, "")] if one.hidden else []
    head = (_("Value map"), _("Variables"), *_code_heads())
    return Sheet(_words()["maps"], head, tuple(rows), (22, 28, 24, 18, 50, 16), frozenset({5}))


def _tables(tables: tuple[SpecifiedTable, ...], groups: tuple[tuple[str, str], ...]) -> "Sheet":
    from app.files.specification_workbook import Sheet

    rows = [(one.name, one.files, one.key, one.rows, ", ".join(one.columns)) for one in tables]
    rows += [(name, rule, "", "", "") for name, rule in groups]
    return Sheet(
        _words()["tables"], _table_heads(), tuple(rows), (22, 40, 24, 12, 100), frozenset({3})
    )


def _words() -> dict[str, str]:
    return {
        "overview": _("Overview"),
        "coverage": _("Coverage"),
        "variables": _("Variables"),
        "maps": _("Value maps"),
        "tables": _("The export's shape"),
        "groups": _("Repeated parts"),
        "absent": _("Optional, without source:"),
        "signatures": _("Read and approved"),
        "name": _("Name in print"),
        "date": _("Date"),
        "signature": _("Signature"),
        "unmapped": _("Other values:"),
        "used_by": _("Used by:"),
    }


def _variable_heads() -> tuple[str, ...]:
    return (
        _("V-number"),
        _("Variable"),
        _("Meaning"),
        _("Mandatory"),
        _("Source"),
        _("Conversion"),
        _("Value map"),
        _("Filled"),
        _("State"),
        _("Decided"),
        _("Note"),
        _("Confidence"),
    )


def _page_heads() -> tuple[str, ...]:
    """Return the heads on the page, where number, name and meaning share a column."""
    left_out = {_("V-number"), _("Meaning"), _("Value map"), _("Decided"), _("Confidence")}
    return tuple(head for head in _variable_heads() if head not in left_out)


def _code_heads() -> tuple[str, ...]:
    return _("In the export"), _("Sent as"), _("Meaning"), _("Occurs")


def _table_heads() -> tuple[str, ...]:
    return _("Table"), _("Files"), _("Key"), _("Rows"), _("Columns")


def _write(place: Path, data: bytes) -> None:
    from app.files.disk import write_atomically

    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(place, data)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ExportError("folder-unwritable", name=place.parent.name, reason=reason) from None
