"""The link of a variable: its columns, suggestions, rows, conversion and note."""

from app.core.mapping import GroupLink, Link, LinkState, Pick
from app.gui.background.latest import Latest, rest_timer
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.mapping.changes import Changes
from app.gui.mapping.columns_part import ColumnsPart
from app.gui.mapping.conversion_part import ConversionPart
from app.gui.mapping.fields import below_tabs
from app.gui.mapping.rows_part import Rows, RowsPart
from app.gui.mapping.suggestion_part import SuggestionPart
from app.gui.mapping.variable_rows import VariableRow
from app.gui.widgets.controls import Field
from app.gui.widgets.labels import SectionTitle
from app.gui.widgets.parts import Inspector
from app.language.text import _
from app.workflow.views import Suggestion

_REST = 450  # ms on one variable before suggestions for it are asked for


class LinkTab(Inspector):
    """Everything about a link from top to bottom; parts without a meaning for it are hidden."""

    def __init__(self, context: Context, changes: Changes) -> None:
        super().__init__(_("The variable's link"))
        self.setMinimumWidth(0)
        self._context = context
        self._changes = changes
        self._row: VariableRow | None = None
        self._asked: object = None  # what suggestions were asked for
        self._latest = Latest(context.backend, self)
        self._timer = rest_timer(self, _REST, self._ask_suggestions)
        self.columns = ColumnsPart(self._map_columns, self._map_constant)
        self.rows = RowsPart(self._set_rows)
        self.suggestions = SuggestionPart(changes.take)
        self.suggestions_title = SectionTitle(_("Suggestions"))
        self.conversion_title = SectionTitle(_("Conversion"))
        self.conversion = ConversionPart(context, changes)
        self.note = Field(_("Note"), placeholder=_("A note for your colleagues"))
        self.note_title = SectionTitle(_("Note"))
        self.note.editingFinished.connect(self._set_note)
        self.fill(
            SectionTitle(_("Comes from")),
            self.columns,
            self.rows,
            self.conversion_title,
            self.conversion,
            self.suggestions_title,
            self.suggestions,
            self.note_title,
            self.note,
        )
        below_tabs(self)

    def show_row(self, row: VariableRow) -> None:
        """Show the link of a variable."""
        former, self._row = self._row, row
        if former is None or former.id != row.id:
            self.verticalScrollBar().setValue(0)
            self._show_suggestions(())
        asked = (_place(row), self._context.session.tables)
        if asked != self._asked:
            self._asked = asked
            self._latest.forget(deeds.SUGGESTIONS_FOR)
            self._timer.start()
        self._show_link(row, row.link)

    def _show_link(self, row: VariableRow, link: Link | None) -> None:
        project, tables = self._context.document.project, self._context.session.tables
        if row.variable is None:
            return
        group = project.group_link_of(row.variable.group) if row.variable.group else None
        proposed = group.table if group else project.case_table
        self.columns.show_link(row.variable, link, tables, proposed)
        self.rows.show_rows(self._rows_of(link, group), self._columns_of(link))
        has_steps = link is not None and bool(link.table)
        self.conversion_title.setVisible(has_steps)
        self.conversion.setVisible(has_steps)
        self.note_title.setVisible(link is not None)
        self.note.setVisible(link is not None)
        if link is not None:
            if has_steps:
                self.conversion.show_link(link)
            if not self.note.isModified():
                self.note.setText(link.note)

    def _rows_of(self, link: Link | None, group: GroupLink | None) -> Rows | None:
        if link is None or not link.table:
            return None
        if group is not None:
            return group
        return link.pick if link.table != self._context.document.project.case_table else None

    def _columns_of(self, link: Link | None) -> tuple[str, ...]:
        tables = self._context.session.tables
        columns = (one.columns for one in tables if link and one.source.name == link.table)
        return tuple(column.name for some in columns for column in some)

    def _ask_suggestions(self) -> None:
        row = self._row
        is_decided = row is None or (row.link and row.link.state is not LinkState.SUGGESTED)
        is_read = self._context.document.is_open and bool(self._context.session.tables)
        if row is None or is_decided or not is_read:
            self._show_suggestions(())
            return
        arguments = (self._context.document.project, row.id)
        self._latest.start(deeds.SUGGESTIONS_FOR, *arguments, done=self._show_suggestions)

    def _show_suggestions(self, suggestions: tuple[Suggestion, ...]) -> None:
        link = self._row.link if self._row is not None else None
        self.suggestions.show_suggestions(suggestions, link)
        self.suggestions_title.setText(_("Or instead") if link else _("Suggestions"))
        self.suggestions_title.setVisible(bool(self.suggestions.buttons))

    @property
    def _id(self) -> str:
        return self._row.id if self._row is not None else ""

    def _map_columns(self, table: str, columns: tuple[str, ...]) -> None:
        self._changes.map_columns(self._id, table, columns)

    def _map_constant(self, value: str) -> None:
        self._changes.map_constant(self._id, value)

    def _set_rows(self, rows: Rows) -> None:
        if isinstance(rows, Pick):
            self._changes.set_pick(self._id, rows)
        else:
            self._changes.set_rows(rows)

    def _set_note(self) -> None:
        if self.note.isModified():
            self.note.setModified(False)
            self._changes.set_note(self._id, self.note.text())


def _place(row: VariableRow) -> tuple[object, ...]:
    """Return what decides which suggestions there are for a variable."""
    link = row.link
    return (row.id, link.table, link.columns, link.state) if link is not None else (row.id,)
