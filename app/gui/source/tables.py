"""The columns of the page's tables: the files, the columns of one file."""

from app.core.mapping import Project
from app.gui.widgets.looks import looks
from app.gui.widgets.numbers import count, share
from app.gui.widgets.rows import Column
from app.language.sentences import error_sentence
from app.language.text import _
from app.workflow.views import ColumnView, TableView


def table_columns(project: Project) -> tuple[Column[TableView], ...]:
    """Return the columns of the list of files."""

    def name(table: TableView) -> str:
        is_case_table = table.source.name == project.case_table
        return table.source.name + (" · " + _("cases") if is_case_table else "")

    return (
        Column(_("Table"), name, status=_status, tip=_tip, tinted=False),
        Column(_("Rows"), lambda one: count(one.rows), number=True, width=72),
        Column(_("Columns"), lambda one: count(len(one.columns)), number=True, width=92),
        Column(_("Duplicates"), lambda one: count(one.duplicates), number=True, width=96),
        Column(_("Orphans"), lambda one: count(one.orphans), number=True, width=112),
        Column(_("Cases without"), lambda one: count(one.without), number=True, width=108),
    )


def profile_columns(rows: int) -> tuple[Column[ColumnView], ...]:
    """Return the columns of the profile of one file's columns."""
    return (
        Column(_("Column"), lambda one: one.name, width=160),
        Column(_("Looks like"), lambda one: looks(one.looks_like), width=180, quiet=True),
        Column(_("Filled"), lambda one: share(one.filled, rows), number=True, width=80),
        Column(_("Distinct"), lambda one: count(one.distinct), number=True, width=96),
        Column(_("Most frequent"), lambda one: "  ·  ".join(one.samples), quiet=True),
    )


def _status(table: TableView) -> str:
    if table.problem is not None:
        return "blocks"
    return "note" if table.duplicates or table.orphans else "clean"


def _tip(table: TableView) -> str:
    if table.problem is not None:
        return error_sentence(table.problem)
    return table.source.path
