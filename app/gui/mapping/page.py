"""Mappning: every variable of the register with its source, conversion, sample and state."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.mapping import LinkState
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.frame.projects import Projects
from app.gui.mapping import edits
from app.gui.mapping.inspector import VariableInspector
from app.gui.mapping.variable_rows import (
    FILTERS,
    MISSING,
    TO_APPROVE,
    UNMAPPED,
    VariableRow,
    mapping_columns,
    variable_rows,
    wanted_rows,
)
from app.gui.mapping.variable_table import VariablesTable
from app.gui.mapping.what_is_left import WhatIsLeft
from app.gui.widgets.controls import Button, Choice, SearchField
from app.gui.widgets.parts import EmptyState, Splitter
from app.language.text import _, current
from app.workflow.views import LinkResult, Suggestion

_REST = 250  # ms without a change before the samples are made anew


class MappingPage(Page):
    """The table of links and the inspector beside it."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Mapping"),
            _("Where each of the register's variables comes from in the export."),
            _(
                "A star marks a mandatory variable. Choose a variable and give it a column in the"
                " panel to the right. Only approved links are used when cases are built."
            ),
        )
        self._results: Mapping[str, LinkResult] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST)
        self._timer.timeout.connect(self._ask_results)
        self._make_actions()
        self._body = self._lay_out()
        self._empty = EmptyState(
            "transit-connection-variant",
            _("Nothing to map yet"),
            _("Open a project or the sample hospital to map its columns to the variables."),
            _("Open the sample hospital"),
            Projects(context, self).open_sample,
        )
        for signal in (context.document.opened, context.document.changed):
            signal.connect(self.refresh)
        context.session.tables_changed.connect(self._timer.start)
        self.refresh()

    def refresh(self) -> None:
        """Show the links as they now are."""
        document = self.context.document
        self.show_body(self._body if document.is_open else self._empty)
        self.approve_button.setEnabled(document.is_open)
        self.suggest_button.setEnabled(document.is_open)
        if document.is_open:
            self._show_rows()
            self._timer.start()

    def arrive(self, place: Place) -> None:
        """Show the variable that the place names."""
        variable = place.target.get("variable", "")
        if variable:
            self.search.clear()
            self.filter.set_value("")
            self._show_rows()
            self.table.choose_variable(variable)
        self.table.setFocus()

    def suggest(self) -> None:
        """Ask for suggestions for the variables that have no link."""
        if self.context.document.is_open:
            project = self.context.document.project
            self.run(deeds.SUGGEST_LINKS, project, done=self._take_suggestions)

    def approve(self) -> None:
        """Approve the chosen links."""
        self._set_state(_("approve {variables}"), LinkState.APPROVED)

    def flag(self) -> None:
        """Flag the chosen links for a colleague."""
        self._set_state(_("flag {variables}"), LinkState.FLAGGED)

    def remove(self) -> None:
        """Remove the chosen links."""
        document = self.context.document
        chosen = self._chosen_links()
        project = edits.without(document.project, chosen)
        document.change(_("remove {variables}").format(variables=_names(chosen)), project)

    def choose_all(self) -> None:
        """Choose every variable that is listed."""
        self.table.selectAll()

    def show_in_register(self) -> None:
        """Go to all that is known about the chosen variable."""
        row = self.table.current_row()
        if row is not None and row.id:
            self.context.navigator.go("register", variable=row.id)

    def choose_column(self) -> None:
        """Open the list of columns for the chosen variable."""
        self.inspector.columns.first.setFocus()
        self.inspector.columns.first.showPopup()

    def _chosen_links(self) -> tuple[str, ...]:
        return tuple(row.id for row in self.table.chosen() if row.link is not None)

    def _set_state(self, text: str, state: LinkState) -> None:
        document = self.context.document
        chosen = self._chosen_links()
        if not chosen:
            self.context.messages.show(_("Choose variables that have a link."))
            return
        project = edits.with_state(document.project, chosen, state)
        document.change(text.format(variables=_names(chosen)), project)

    def _make_actions(self) -> None:
        self.suggest_button = Button(_("Suggest"), self.suggest, icon="auto-fix")
        self.suggest_button.setToolTip(_("Suggestions are added unapproved and can be undone."))
        self.approve_button = Button(
            _("Approve chosen"), self.approve, icon="check-all", kind="primary"
        )
        self.set_primary(self.approve_button)
        self.add_secondary(self.suggest_button)
        self.add_action(_("Map to column…"), "Ctrl+M", self.choose_column)
        self.add_action(_("Remove the link"), "Ctrl+R", self.remove)
        self.add_action(_("Flag the link"), "Ctrl+Shift+F", self.flag)
        self.add_action(_("Suggest links"), "Ctrl+Shift+M", self.suggest)
        self.add_action(_("Next unmapped"), "Alt+Down", lambda: self._step(1))
        self.add_action(_("Previous unmapped"), "Alt+Up", lambda: self._step(-1))
        self.add_action(_("Show in the register"), "Ctrl+I", self.show_in_register)
        self.add_action(_("Choose all variables"), "", self.choose_all)

    def _step(self, step: int) -> None:
        self.table.step_to(lambda row: row.state in {MISSING, UNMAPPED, TO_APPROVE}, step)

    def _lay_out(self) -> QWidget:
        self.search = SearchField(_("Find a variable or column"))
        self.search.textChanged.connect(self._show_rows)
        self.filter = Choice(_("Show"), tuple((value, _(text)) for value, text in FILTERS))
        self.filter.activated.connect(self._show_rows)
        self.left = WhatIsLeft()
        tools = QHBoxLayout()
        tools.setSpacing(2 * theme.GRID)
        tools.addWidget(self.search)
        tools.addWidget(self.filter)
        tools.addStretch(1)
        tools.addWidget(self.left)
        self.table = VariablesTable()
        self.table.current_changed.connect(self._inspect)
        approve = self.add_action(_("Approve"), "Space", self.approve)
        approve.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.table.addAction(approve)
        self.inspector = VariableInspector(self.context)
        split = Splitter("mapping", self.context.settings, self.table, self.inspector)
        split.share(13, 4)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(tools)
        column.addWidget(split, 1)
        return body

    def _show_rows(self) -> None:
        document = self.context.document
        if not document.is_open:
            return
        profile = document.profile
        headings = {
            section: text.in_language(current()) for section, text in profile.sections.items()
        }
        rows = variable_rows(profile, document.project, self._results)
        chosen = self.table.current_row()
        self.table.rows.columns = mapping_columns(headings)
        wanted = wanted_rows(rows, self.search.text(), self.filter.value())
        self.table.show_rows(wanted, chosen.id if chosen else "")
        self._inspect(self.table.current_row())
        self.left.show_rows(rows)

    def _inspect(self, row: VariableRow | None) -> None:
        if row is not None or not self.table.rows.rowCount():
            self.inspector.show_row(row)

    def _ask_results(self) -> None:
        document = self.context.document
        linked = tuple(link.variable for link in document.project.links)
        if document.is_open and linked:
            self.run(
                deeds.LINK_RESULTS,
                document.project,
                linked,
                done=self._take_results,
                failed=self._forget_results,
            )

    def _take_results(self, results: tuple[LinkResult, ...]) -> None:
        self._results = {one.variable: one for one in results}
        self._show_rows()

    def _forget_results(self, _error: Exception) -> None:
        """Show no samples: the page of sources says why a table cannot be read."""
        self._results = {}
        self._show_rows()

    def _take_suggestions(self, suggestions: tuple[Suggestion, ...]) -> None:
        document = self.context.document
        project = edits.with_suggestions(document.project, suggestions, document.profile)
        added = len(project.links) - len(document.project.links)
        document.change(_("{count} suggestions").format(count=added), project)
        words = _("{count} suggestions added; approve those that are right.")
        none = _("No more suggestions: nothing in the export resembles what is left.")
        self.context.messages.show(words.format(count=added) if added else none)


def _names(variables: tuple[str, ...]) -> str:
    """Return a few names, or how many there are."""
    few = 3
    if len(variables) <= few:
        return ", ".join(variables)
    return _("{count} variables").format(count=len(variables))
