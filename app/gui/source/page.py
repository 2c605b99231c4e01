"""Källa: the export's files, how they are read, what their columns hold, how they fit together."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.mapping import Source
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.frame.projects import Projects
from app.gui.source import detail as views
from app.gui.source.adding import Adding
from app.gui.source.edits import remove_source
from app.gui.source.loading import LoadingLine
from app.gui.source.replacing import Replacing
from app.gui.source.same_columns import SameColumns
from app.gui.source.tables import FileRow, file_rows, table_columns
from app.gui.widgets.controls import Button
from app.gui.widgets.parts import EmptyState, Splitter
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import Table
from app.language.text import _
from app.workflow.shelf import reading_of
from app.workflow.source_views import Preview

_FEWEST = 3  # rows of the list that there is always room for


class SourcePage(Page):
    """The files of the export."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Source"),
            _("The files of the export: how they are read, and how their rows belong to cases."),
            _(
                "Choose the encoding in which å, ä and ö look right. The key column holds the"
                " behandlingsnummer in every table. An orphan is a row whose key has no case."
                " New file for this table takes the next month's file: columns that are called"
                " something else are shown, and the mapping follows."
            ),
        )
        self._projects = Projects(context, self)
        self._asked: object = None
        self.adding = Adding(self)
        self.replacing = Replacing(self)
        self.add_button = Button(
            _("Add files…"), self.adding.ask, icon="table-plus", kind="primary"
        )
        self.set_primary(self.add_button)
        self._body = self._lay_out()
        self._make_actions()
        self._empty = self._make_empty()
        context.session.tables_changed.connect(self._take_tables)
        context.document.opened.connect(self._begin)
        context.document.changed.connect(self.refresh_when_seen)
        self.refresh()

    @property
    def chosen(self) -> FileRow | None:
        """The table that is chosen."""
        return self.detail.row

    def refresh(self) -> None:
        """Show the files as they now are."""
        document = self.context.document
        self.add_button.setEnabled(document.is_open)
        kept = self.chosen.name if self.chosen else ""
        rows = file_rows(document.project, self.context.session.tables)
        empty = self._no_files if document.is_open else self._empty
        self.show_body(self._body if rows else empty)
        self.files.rows.set_rows(rows)
        self.files.setMaximumHeight(theme.ROW * (max(_FEWEST, len(rows)) + 1) + theme.GRID)
        self.loading.show_state(is_wanting=any(not row.is_read for row in rows))
        names = [row.name for row in rows]
        if names:
            number = names.index(kept) if kept in names else 0
            self.files.choose(number)
            self._show(rows[number])
        else:
            self.detail.row = None

    def arrive(self, place: Place) -> None:
        """Show the table, view, row or column that the place names; add the files it names."""
        self.choose_table(place.target.get("table", ""))
        self.detail.show_tab(place.target.get("tab", ""))
        line = place.target.get("row", "0")
        if line.isdecimal() and int(line):
            file, column = place.target.get("file", ""), place.target.get("column", "")
            self.detail.show_line(int(line), file, column)
        elif place.target.get("column"):
            self.detail.show_tab(views.COLUMNS)
            self.detail.columns.choose_column(place.target["column"])
        if "add" in place.target:
            self.adding.add(place.target["add"].split("\n"))

    def choose_table(self, name: str) -> None:
        """Choose a table by its name, if there is one."""
        names = [row.name for row in self.rows()]
        if name in names:
            self.files.choose(names.index(name))

    def remove(self) -> None:
        """Remove the chosen file from the project; the file itself stays where it is."""
        if self.chosen is not None:
            name = self.chosen.name
            project = remove_source(self.context.document.project, name)
            self.context.document.change(_("remove {table}").format(table=name), project)

    def find_column(self) -> None:
        """Go to the field that finds a column."""
        if self.chosen is not None:
            self.detail.show_tab(views.COLUMNS)
            self.detail.columns.search.setFocus()

    def rows(self) -> tuple[FileRow, ...]:
        """Return the files of the project, each with what was read of it."""
        return file_rows(self.context.document.project, self.context.session.tables)

    def _begin(self) -> None:
        """Show another project; what was asked about the former one is no longer answered."""
        self.same_columns.hide()
        self.detail.show_views()
        self.refresh()

    def _take_tables(self) -> None:
        """Show what was read; the files may have changed since their heads were shown."""
        self._asked = None
        self.detail.reading.forget()
        self.refresh()

    def _choose(self, row: FileRow | None) -> None:
        if row is not None and (self.chosen is None or row != self.chosen):
            self._show(row)

    def _show(self, row: FileRow) -> None:
        if self.chosen is None or self.chosen.name != row.name:
            self.detail.show_views()
        document = self.context.document
        wanted = (row.name, reading_of(row.source), document.base)
        is_new = wanted != self._asked
        if is_new and (self.chosen is None or self.chosen.name != row.name):
            self.detail.preview = Preview(())
        profile = document.profile if document.is_open else None
        self.detail.show_row(row, document.project, document.base, profile)
        if is_new:
            self._asked = wanted
            done, failed = partial(self._take_head, wanted), partial(self._lose_head, wanted)
            arguments = (row.source, document.base)
            self.run(deeds.PREVIEW_SOURCE, *arguments, done=done, failed=failed)

    def _take_head(self, wanted: object, preview: Preview) -> None:
        if wanted == self._asked:
            self.detail.show_preview(preview)

    def _lose_head(self, wanted: object, _error: Exception) -> None:
        """Show nothing: the table's own line says already why it cannot be read."""
        if wanted == self._asked:
            self.detail.show_preview(Preview(()))

    def _lay_out(self) -> QWidget:
        self.files: Table[FileRow] = Table(_("Files"), RowsModel(table_columns()))
        self.detail = views.Detail(
            self.context.settings,
            views.Deeds(
                run=self.run,
                change=self._change_source,
                edit=self.context.document.change,
                add_files=self.adding.ask_more,
                replace_files=self.replacing.ask,
                remove=self.remove,
                review=self.replacing.review,
                go=lambda variable: self.context.navigator.go("mapping", variable=variable),
            ),
        )
        self.files.current_changed.connect(self._choose)
        whole = Splitter("source", self.context.settings, self.files, self.detail, vertical=True)
        whole.share(1, 2)
        self.loading = LoadingLine(self.context.backend, self.context.session)
        self.same_columns = SameColumns()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for part in (self.loading, self.same_columns):
            column.addWidget(part)
        column.addWidget(whole, 1)
        return body

    def _make_actions(self) -> None:
        self.add_action(_("Add files…"), "Ctrl+Shift+A", self.adding.ask)
        self.add_action(_("New file for this table…"), "Ctrl+Shift+N", self.replacing.ask)
        self.add_action(_("Remove the file"), "Ctrl+R", self.remove)
        self.add_action(_("Find a column"), "Ctrl+F", self.find_column)
        self.add_action(_("Next view"), "Ctrl+PgDown", partial(self.detail.step, 1))
        self.add_action(_("Previous view"), "Ctrl+PgUp", partial(self.detail.step, -1))

    def _make_empty(self) -> EmptyState:
        self._no_files = EmptyState(
            "table-plus",
            _("No files yet"),
            _("Add the files that the planning system exports, or drop them on the window."),
            _("Add files…"),
            self.adding.ask,
        )
        return EmptyState(
            "table-large",
            _("No export yet"),
            _("Choose the files that the planning system exports, or open the sample hospital."),
            _("New project from files…"),
            self._projects.ask_new,
        )

    def _change_source(self, source: Source, text: str) -> None:
        document = self.context.document
        document.change(text, document.project.with_source(source))
