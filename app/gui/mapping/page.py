"""Mappning: every variable of the register with its source, conversion, result and state."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from app.core.mapping import LinkState
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.frame.projects import Projects
from app.gui.mapping.body import MappingBody
from app.gui.mapping.changes import Changes, your_name
from app.gui.mapping.live import Live
from app.gui.mapping.variable_rows import MISSING, TO_APPROVE, UNMAPPED
from app.gui.mapping.work_area import VIEWS
from app.gui.settings import YOUR_NAME
from app.gui.widgets.controls import Button
from app.gui.widgets.parts import EmptyState
from app.language.text import _, ngettext
from app.workflow.views import Suggestion

_UNDECIDED = frozenset({MISSING, UNMAPPED, TO_APPROVE})


class MappingPage(Page):
    """The table of links, the drawing of the same, and the inspector beside them."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Mapping"),
            _("Where each of the register's variables comes from in the export."),
            _(
                "A star marks a mandatory variable. Choose a variable and give it a column in the"
                " panel to the right. Only approved links are used when cases are built."
                " The result column shows the case that is followed in the line below the table."
            ),
        )
        self.changes = Changes(context)
        self.live = Live(context, self)
        self.body = MappingBody(context, self.changes, self.live)
        self.table = self.body.work.table
        self.inspector = self.body.inspector
        self._make_buttons()
        self._make_actions()
        self._empty = EmptyState(
            "transit-connection-variant",
            _("Nothing to map yet"),
            _("Open a project or the sample hospital to map its columns to the variables."),
            _("Open the sample hospital"),
            Projects(context, self).open_sample,
        )
        self.body.work.drawing.link_wanted.connect(self._link)
        self.body.work.drawing.unlink_wanted.connect(lambda one: self.changes.remove((one,)))
        self.inspector.register_wanted.connect(self._go_to_register)
        context.document.opened.connect(self._open)
        context.document.changed.connect(self.refresh_when_seen)
        context.session.tables_changed.connect(self.refresh_when_seen)
        context.session.summary_changed.connect(self._count)
        self._open()

    def refresh(self) -> None:
        """Show the links as they now are."""
        is_open = self.context.document.is_open
        self.show_body(self.body if is_open else self._empty)
        self.approve_button.setEnabled(is_open)
        self.suggest_button.setEnabled(is_open)
        if is_open:
            self.body.refresh()
            self.live.refresh()

    def arrive(self, place: Place) -> None:
        """Show the variable that the place names."""
        variable = place.target.get("variable", "")
        if variable:
            self.body.show_variable(variable)
        self.body.work.take_focus()

    def set_view(self, view: str) -> None:
        """Show the table, the drawing or both."""
        self.body.set_view(view)

    def suggest(self) -> None:
        """Ask for suggestions for the variables that have no link."""
        if self.context.document.is_open:
            project = self.context.document.project
            self.run(deeds.SUGGEST_LINKS, project, done=self._take_suggestions)

    def approve(self) -> None:
        """Approve the chosen links, and say how many."""
        self._decide(LinkState.APPROVED)

    def flag(self) -> None:
        """Flag the chosen links for a colleague."""
        self._decide(LinkState.FLAGGED)

    def remove(self) -> None:
        """Remove the chosen links."""
        chosen = self._chosen_links()
        if chosen:
            self.changes.remove(chosen)

    def choose_all(self) -> None:
        """Choose every variable that is listed."""
        self.table.selectAll()

    def show_in_register(self) -> None:
        """Go to all that is known about the chosen variable."""
        row = self.table.current_row()
        if row is not None and row.id:
            self._go_to_register({"variable": row.id})

    def show_source(self) -> None:
        """Go to the column that the chosen variable comes from."""
        row = self.table.current_row()
        link = row.link if row is not None else None
        if link is None or not link.columns:
            self.context.messages.show(_("The variable has no column to go to."))
            return
        self.context.navigator.go("source", table=link.table, column=link.columns[0])

    def choose_column(self) -> None:
        """Go to where the chosen variable's source is entered."""
        self.inspector.choose_column()

    def ask_name(self) -> None:
        """Ask in whose name links are approved."""
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Your name"))
        dialog.setLabelText(_("Links are approved in this name:"))
        dialog.setTextValue(your_name(self.context.settings))
        dialog.textValueSelected.connect(
            lambda name: self.context.settings.set_text(YOUR_NAME, name.strip())
        )
        dialog.open()

    def _open(self) -> None:
        if self.context.document.is_open:
            self.live.begin()
        self.refresh()

    def _count(self) -> None:
        if not self.context.session.is_checking and self.isVisible():
            self.live.ask_coverage()

    def _chosen_links(self) -> tuple[str, ...]:
        return tuple(row.id for row in self.table.chosen() if row.link is not None)

    def _decide(self, state: LinkState) -> None:
        chosen = self._chosen_links()
        if not chosen:
            self.context.messages.show(_("Choose variables that have a link."))
            return
        number = self.changes.decide(chosen, state)
        if number is None:
            return
        is_approval = state is LinkState.APPROVED
        approved = ngettext("{count} link approved.", "{count} links approved.", number)
        flagged = ngettext("{count} link flagged.", "{count} links flagged.", number)
        words = approved if is_approval else flagged
        self.context.messages.show(words.format(count=number), "clean" if is_approval else "note")

    def _make_buttons(self) -> None:
        self.suggest_button = Button(_("Suggest"), self.suggest, icon="auto-fix")
        self.suggest_button.setToolTip(_("Suggestions are added unapproved and can be undone."))
        self.approve_button = Button(
            _("Approve chosen"), self.approve, icon="check-all", kind="primary"
        )
        self.set_primary(self.approve_button)
        self.add_secondary(self.suggest_button)

    def _make_actions(self) -> None:
        for text, keys, slot in (
            (_("Map to column…"), "Ctrl+M", self.choose_column),
            (_("Remove the link"), "Ctrl+R", self.remove),
            (_("Flag the link"), "Ctrl+Shift+F", self.flag),
            (_("Write a note"), "Ctrl+Shift+N", self.inspector.edit_note),
            (_("Edit the value map"), "Ctrl+E", self.inspector.show_values),
            (_("Suggest links"), "Ctrl+Shift+M", self.suggest),
            (_("Next unmapped"), "Alt+Down", lambda: self._step(1)),
            (_("Previous unmapped"), "Alt+Up", lambda: self._step(-1)),
            (_("Show the column in the source"), "Ctrl+J", self.show_source),
            (_("Show in the register"), "Ctrl+I", self.show_in_register),
            (_("Next case"), "Alt+PgDown", lambda: self.live.step(1)),
            (_("Previous case"), "Alt+PgUp", lambda: self.live.step(-1)),
            (_("Any case"), "Ctrl+Shift+R", self.live.go_anywhere),
            (_("Find a variable"), "Ctrl+F", self.body.search_again),
            (_("Fold all sections"), "Ctrl+Shift+Left", self.body.fold_all),
            (_("Unfold all sections"), "Ctrl+Shift+Right", self.body.unfold_all),
            (_("Choose all variables"), "", self.choose_all),
            (_("Your name…"), "", self.ask_name),
        ):
            self.add_action(text, keys, slot)
        for number, (view, name) in enumerate(VIEWS, start=1):
            words = _("Show: {view}").format(view=_(name).lower())
            self.add_action(words, f"Alt+{number}", partial(self.set_view, view))
        approve = self.add_action(_("Approve"), "Space", self.approve)
        approve.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # elsewhere it is a blank
        self.table.addAction(approve)
        self.body.work.drawing.canvas.addAction(approve)
        self.table.removal_wanted.connect(self.remove)

    def _step(self, step: int) -> None:
        self.table.step_to(lambda row: row.state in _UNDECIDED, step)

    def _go_to_register(self, target: dict[str, str]) -> None:
        self.context.navigator.go("register", **target)

    def _link(self, variable: str, table: str, column: str) -> None:
        """Take what was drawn: a second column of the same table joins a link only by hand."""
        self.changes.map_columns(variable, table, (column,))

    def _take_suggestions(self, suggestions: tuple[Suggestion, ...]) -> None:
        added = self.changes.take_all(suggestions)
        if added is None:
            return
        words = _("{count} suggestions added; approve those that are right.")
        none = _("No more suggestions: nothing in the export resembles what is left.")
        self.context.messages.show(words.format(count=added) if added else none)
