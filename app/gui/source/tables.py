"""The list of the project's files: what each holds and how its rows belong to the cases."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.mapping import Project, Source
from app.gui.source.relation_words import key_words, relation_words
from app.gui.widgets.numbers import count
from app.gui.widgets.rows import Column
from app.language.sentences import error_sentence
from app.language.text import _, ngettext
from app.workflow.shelf import reading_of
from app.workflow.source_views import ShapeChange
from app.workflow.views import TableView

_UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the project; `is_read` says whether the table tells how it stands now."""

    table: TableView
    is_cases: bool = False
    is_read: bool = True

    @property
    def source(self) -> Source:
        """How the file is read."""
        return self.table.source

    @property
    def name(self) -> str:
        """What the table is called."""
        return self.table.source.name


def file_rows(project: Project, tables: tuple[TableView, ...]) -> tuple[FileRow, ...]:
    """Return the files of the project, each with what was read of it."""
    known = {one.source.name: one for one in tables}
    rows = []
    for source in project.sources:
        table = known.get(source.name, TableView(source))
        is_read = source.name in known and reading_of(table.source) == reading_of(source)
        is_cases = source.name == project.case_table
        rows.append(FileRow(replace(table, source=source), is_cases, is_read))
    return tuple(rows)


def table_columns() -> tuple[Column[FileRow], ...]:
    """Return the columns of the list of files."""
    return (
        Column(_("Table"), _name, status=status_of, tip=_tip, tinted=False, weight=2),
        Column(_("Rows"), _told(lambda one: one.rows), number=True, width=84),
        Column(_("Columns"), _told(lambda one: len(one.columns)), number=True, width=84),
        Column(_("Key"), lambda one: key_words(one.source)),
        Column(_("Relation"), _relation),
        _counted(_("Orphans"), lambda one: one.orphans, 112, _("Rows whose key has no case")),
        _counted(
            _("Cases without"), lambda one: one.without, 112, _("Cases without a row in the table")
        ),
        _counted(
            _("Duplicates"),
            lambda one: one.duplicates,
            88,
            _("Behandlingsnummer that stand on more than one row"),
        ),
        _counted(
            _("Left out"), lambda one: one.trouble_count, 88, _("Rows that could not be read")
        ),
    )


def status_of(row: FileRow) -> str:
    """Return how the file stands."""
    table = row.table
    if table.problem is not None:
        return "blocks"
    if not row.is_read:
        return "unknown"
    if table.trouble_count or (table.change is not None and table.change.used):
        return "fellista"
    return "note" if table.duplicates or table.orphans or table.change else "clean"


def change_sentence(change: ShapeChange) -> str:
    """Return how the columns differ from those that the mapping was made for."""
    parts = [
        ngettext("{count} column is missing", "{count} columns are missing", len(change.missing)),
        ngettext("{count} is renamed", "{count} are renamed", len(change.renamed)),
        ngettext("{count} is new", "{count} are new", len(change.added)),
    ]
    counts = (len(change.missing), len(change.renamed), len(change.added))
    told = [text.format(count=count(n)) for text, n in zip(parts, counts, strict=True) if n]
    return _("The columns are not those that the mapping was made for: {parts}.").format(
        parts=", ".join(told)
    )


def _name(row: FileRow) -> str:
    parts = [row.name]
    files = 1 + len(row.source.more)
    if files > 1:
        parts.append(ngettext("{count} file", "{count} files", files).format(count=count(files)))
    return " · ".join(parts)


def _relation(row: FileRow) -> str:
    if row.is_cases:
        return _("the case table")
    return relation_words(row.table.relation) if row.is_read else _UNKNOWN


def _counted(
    title: str, number: Callable[[TableView], int], width: int, hint: str
) -> Column[FileRow]:
    return Column(title, _told(number), number=True, width=width, hint=hint)


def _told(number: Callable[[TableView], int]) -> Callable[[FileRow], str]:
    def text(row: FileRow) -> str:
        if row.table.problem is not None and not row.table.columns:
            return "–"
        return count(number(row.table)) if row.is_read else _UNKNOWN

    return text


def _tip(row: FileRow) -> str:
    table = row.table
    if table.problem is not None:
        return error_sentence(table.problem)
    told = [] if table.change is None else [change_sentence(table.change)]
    return "\n".join([*told, *(str(Path(one)) for one in (row.source.path, *row.source.more))])
