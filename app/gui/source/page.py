"""Källa: the export's files, how they are read, what their columns hold, how they fit together."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QTabWidget, QVBoxLayout, QWidget

from app.core.mapping import Source
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.frame.projects import Projects, export_filter
from app.gui.settings import FOLDER
from app.gui.source.edits import add_source, remove_source
from app.gui.source.reading import ReadingOptions
from app.gui.source.tables import profile_columns, table_columns
from app.gui.widgets.controls import Button
from app.gui.widgets.masking import mask_cell
from app.gui.widgets.parts import EmptyState, Inspector, Splitter
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _
from app.workflow.views import ColumnView, EncodingGuess, RowsPage, TableView

_ROWS_SHOWN = 50
_TIMES = frozenset({"date", "time", "datetime"})
_CELL = 130  # pixels


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
            ),
        )
        self._projects = Projects(context, self)
        self.chosen_table: TableView | None = None
        self.add_button = Button(
            _("Add a file…"), self._ask_file, icon="table-plus", kind="primary"
        )
        self.remove_button = Button(_("Remove"), self.remove, icon="table-remove")
        self.set_primary(self.add_button)
        self.add_secondary(self.remove_button)
        self.add_action(_("Add a file…"), "Ctrl+Shift+A", self._ask_file)
        self.add_action(_("Remove the file"), "Ctrl+R", self.remove)
        self._body = self._lay_out()
        self._empty = EmptyState(
            "table-large",
            _("No export yet"),
            _("Choose the files that the planning system exports, or open the sample hospital."),
            _("New project from files…"),
            self._projects.ask_new,
        )
        context.session.tables_changed.connect(self.refresh)
        context.document.opened.connect(self.refresh)
        context.document.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the files as they now are."""
        is_open = self.context.document.is_open
        self.add_button.setEnabled(is_open)
        self.remove_button.setEnabled(is_open)
        self.show_body(self._body if is_open else self._empty)
        kept = self.chosen_table.source.name if self.chosen_table else ""
        tables = self._known_tables()
        self.files.rows.columns = table_columns(self.context.document.project)
        self.files.rows.set_rows(tables)
        names = [table.source.name for table in tables]
        if names:
            number = names.index(kept) if kept in names else 0
            self.files.choose(number)
            self._show_table(tables[number])

    def arrive(self, place: Place) -> None:
        """Show the table, and add the file, that the place names."""
        names = [table.source.name for table in self._known_tables()]
        if place.target.get("table") in names:
            self.files.choose(names.index(place.target["table"]))
        if "add" in place.target:
            self.add_file(place.target["add"])

    def add_file(self, path: str) -> None:
        """Add a file to the export."""
        base = self.context.document.base
        self.run(deeds.DESCRIBE_SOURCE, path, base, done=self._take_source)

    def remove(self) -> None:
        """Remove the chosen file from the project; the file itself stays where it is."""
        if self.chosen_table is None:
            return
        name = self.chosen_table.source.name
        document = self.context.document
        document.change(
            _("remove {table}").format(table=name), remove_source(document.project, name)
        )

    def _known_tables(self) -> tuple[TableView, ...]:
        """Return the files of the project with what was read of each."""
        known = {table.source.name: table for table in self.context.session.tables}
        sources = self.context.document.project.sources
        return tuple(
            replace(known[source.name], source=source)
            if source.name in known
            else TableView(source)
            for source in sources
        )

    def _lay_out(self) -> QWidget:
        self.files: Table[TableView] = Table(
            _("Files"), RowsModel(table_columns(self.context.document.project))
        )
        self.files.current_changed.connect(self._choose)
        self.reading = ReadingOptions(self._change_source, self._make_case_table)
        inspector = Inspector(_("How the file is read"))
        inspector.fill(self.reading)
        top = Splitter("source-top", self.context.settings, self.files, inspector)
        top.share(2, 1)
        self.columns: Table[ColumnView] = Table(_("Columns"), RowsModel(profile_columns(0)))
        self._rows_place = QVBoxLayout()
        self._rows_place.setContentsMargins(0, 0, 0, 0)
        rows = QWidget()
        rows.setLayout(self._rows_place)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.tabBar().setDrawBase(False)
        tabs.addTab(self.columns, _("Columns"))
        tabs.addTab(rows, _("First rows"))
        whole = Splitter("source", self.context.settings, top, tabs, vertical=True)
        whole.share(2, 3)
        return whole

    def _choose(self, table: TableView | None) -> None:
        if table is not None and table != self.chosen_table:
            self._show_table(table)

    def _show_table(self, table: TableView) -> None:
        self.chosen_table = table
        project = self.context.document.project
        self.reading.show_table(table, table.source.name == project.case_table)
        self.columns.rows.columns = profile_columns(table.rows)
        self.columns.rows.set_rows(table.columns)
        path = str(Path(self.context.document.base) / table.source.path)
        self.run(deeds.GUESS_ENCODINGS, path, done=self._take_guesses, failed=self._ignore)
        self.run(
            deeds.ROWS_PAGE,
            table.source.name,
            0,
            _ROWS_SHOWN,
            done=partial(self._show_rows, table),
            failed=self._ignore,
        )

    def _take_guesses(self, guesses: tuple[EncodingGuess, ...]) -> None:
        self.reading.show_guesses(guesses)

    def _show_rows(self, table: TableView, page: RowsPage) -> None:
        if self.chosen_table is None or table.source.name != self.chosen_table.source.name:
            return
        looks = {one.name: one.looks_like for one in table.columns}
        columns = tuple(
            Column(name, partial(_cell, number, looks.get(name, "")), width=_CELL)
            for number, name in enumerate(page.columns)
        )
        while (item := self._rows_place.takeAt(0)) is not None:
            if (former := item.widget()) is not None:
                former.deleteLater()
        rows: Table[tuple[str, ...]] = Table(_("First rows"), RowsModel(columns, page.rows))
        rows.setObjectName("first-rows")
        self._rows_place.addWidget(rows)

    def _ignore(self, _error: Exception) -> None:
        """Keep silent: the file's own row already says why it cannot be read."""

    def _change_source(self, source: Source, text: str) -> None:
        document = self.context.document
        document.change(text, document.project.with_source(source))

    def _make_case_table(self, name: str) -> None:
        document = self.context.document
        project = replace(document.project, case_table=name)
        document.change(_("cases from {table}").format(table=name), project)

    def _take_source(self, source: Source) -> None:
        document = self.context.document
        document.change(
            _("add {table}").format(table=source.name), add_source(document.project, source)
        )

    def _ask_file(self) -> None:
        if not self.context.document.is_open:
            return
        folder = self.context.settings.text(FOLDER)
        dialog = QFileDialog(self, _("Add a file"), folder, export_filter())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.filesSelected.connect(lambda paths: self.add_file(paths[0]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _cell(number: int, looks_like: str, row: tuple[str, ...]) -> str:
    """Return a cell as it may be shown; times are no numbers of persons, though they look alike."""
    text = row[number] if number < len(row) else ""
    return text if looks_like in _TIMES else mask_cell(text, person=looks_like == "person_id")
