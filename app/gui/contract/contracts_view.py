"""Which contracts there are: import, share, remove, and let the project follow another."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.contract.entry_details import EntryDetails
from app.gui.contract.entry_rows import entry_columns
from app.gui.contract.importer import ContractImporter, Wish
from app.gui.contract.moving import MovePanel
from app.gui.contract.store import Store, title_of
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.settings import FOLDER
from app.gui.widgets.parts import Splitter
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import Table
from app.language.text import _
from app.workflow.profile_views import BindingView, MovedProject, ProfileEntry

Show = Callable[[str], object]
ShowVariable = Callable[[str, str], object]


class ContractsView(QWidget):
    """The list of contracts; beside it the chosen one, or the form that takes in another."""

    def __init__(
        self, page: Page, store: Store, show_binding: ShowVariable, show_changes: Show
    ) -> None:
        super().__init__()
        self._page = page
        self._context = page.context
        self._store = store
        self._show_binding = show_binding
        self._show_changes = show_changes
        self._moved: tuple[MovedProject, Profile] | None = None
        self.table: Table[ProfileEntry] = Table(
            _("Contracts"), RowsModel(entry_columns(lambda one: one == store.in_use))
        )
        self.details = EntryDetails(
            {
                "use": self.plan_move,
                "binding": lambda: self._show_binding(self.chosen, ""),
                "changes": lambda: self._show_changes(self.chosen),
                "share": self.ask_share,
                "remove": self.remove,
            }
        )
        self.importer = ContractImporter(self._context, self._import, self.close_import)
        self.move_panel = MovePanel(self.move_project, self._go_mapping, self._show_binding)
        self.right = QStackedWidget()
        self._lay_out()
        store.changed.connect(self.refresh)
        self._context.document.opened.connect(self.refresh)
        self._context.document.opened.connect(self.move_panel.close_plan)
        for signal in (self._context.document.opened, self._context.document.changed):
            signal.connect(self._drop_plan)
        self.table.current_changed.connect(self._choose)

    @property
    def chosen(self) -> str:
        """The id of the chosen contract, "" when none is."""
        row = self.table.current_row()
        return row.id if row else ""

    def refresh(self) -> None:
        """Show the contracts as they now are, the chosen one first in mind."""
        kept = self._store.latest() or self.chosen or self._store.in_use
        entries = self._store.entries
        self.table.rows.set_rows(entries)
        ids = [one.id for one in entries]
        self.table.choose(ids.index(kept) if kept in ids else 0)
        self._choose(self.table.current_row())

    def choose(self, profile_id: str) -> None:
        """Choose one contract."""
        ids = [one.id for one in self._store.entries]
        if profile_id in ids:
            self.table.choose(ids.index(profile_id))

    def open_import(self, place: str = "") -> None:
        """Open the form for another contract."""
        self.right.setCurrentWidget(self.importer)
        if place:
            self.importer.take_place(place)
        else:
            self.importer.place.setFocus()

    def close_import(self) -> None:
        """Put the form away."""
        self.importer.empty()
        self.right.setCurrentWidget(self.details)
        self.table.setFocus()

    def ask_share(self) -> None:
        """Ask for the folder that a colleague is to have the contract from."""
        if not self.chosen:
            return
        folder = self._context.settings.text(FOLDER)
        dialog = QFileDialog(self.window(), _("Share to a folder"), folder)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(partial(self.share, self.chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def share(self, profile_id: str, folder: str) -> None:
        """Write the whole contract with its binding into a folder."""

        def done(_nothing: object) -> None:
            words = _("{name} is shared to {folder}.")
            text = words.format(name=profile_id, folder=Path(folder).name or folder)
            self._context.messages.show(text, "clean")

        self._page.run(deeds.EXPORT_PROFILE, profile_id, folder, done=done)

    def remove(self) -> None:
        """Remove the chosen contract; the question was asked beside the list."""
        profile_id = self.chosen

        def done(_nothing: object) -> None:
            self._store.forget(profile_id)
            words = _("{name} is removed.").format(name=profile_id)
            self._context.messages.show(words, "clean")

        self._page.run(deeds.REMOVE_PROFILE, profile_id, done=done)

    def plan_move(self) -> None:
        """Find out what a move to the chosen contract keeps and what it leaves to do."""
        target, document = self.chosen, self._context.document
        if not document.is_open or target in {"", self._store.in_use}:
            return
        project = document.project

        def ask(profile: Profile) -> None:
            done = partial(self._show_plan, profile)
            self._page.run(deeds.MOVE_PROJECT, project, target, done=done)

        self._store.ask_profile(target, ask)

    def move_project(self) -> None:
        """Move the project as the plan says; it can be undone."""
        if self._moved is None:
            return
        (moved, profile), self._moved = self._moved, None
        name = title_of_profile(self._store, moved.project.profile)
        self._context.document.move(
            _("move to {contract}").format(contract=name), moved.project, profile
        )
        self.move_panel.show_plan(moved, profile, name)
        self.move_panel.end_plan()
        self._context.messages.show(_("The project follows {name}.").format(name=name), "clean")

    def _drop_plan(self) -> None:
        """Let go of a plan for a project that has changed since."""
        if self._moved is not None:
            self._moved = None
            self.move_panel.close_plan()

    def _show_plan(self, profile: Profile, moved: MovedProject) -> None:
        self._moved = (moved, profile)
        name = title_of_profile(self._store, moved.project.profile)
        self.move_panel.show_plan(moved, profile, name)

    def _go_mapping(self, variable: str) -> None:
        self._context.navigator.go("mapping", variable=variable)

    def _choose(self, entry: ProfileEntry | None) -> None:
        self._show_entry(entry, None)
        if entry is not None and entry.problem is None:
            self._store.ask_profile(entry.id, partial(self._show_entry, entry))

    def _show_entry(self, entry: ProfileEntry | None, profile: Profile | None) -> None:
        if entry is None or entry.id == self.chosen:
            is_open = self._context.document.is_open
            is_in_use = entry is not None and entry.id == self._store.in_use
            if profile is not None and entry is not None:
                self.importer.offer(self._store.choices(), profile.entrances, entry.id)
            self.details.show_entry(entry, profile, is_in_use=is_in_use, is_open=is_open)

    def _import(self, wish: Wish) -> None:
        self.importer.set_busy(busy=True)
        self._page.run(
            deeds.IMPORT_PROFILE,
            wish.place,
            wish.name,
            wish.base,
            wish.service,
            wish.operation,
            wish.schema,
            done=self._imported,
            failed=self.importer.refuse,
        )

    def _imported(self, view: BindingView) -> None:
        self.close_import()
        self._context.document.drafts.take(view)
        self._store.renew(view.profile)
        taken = sum(row.is_bound for row in view.table.rows)
        words = _("{name} is imported: {bound} of {total} elements are bound, {count} to approve.")
        text = words.format(
            name=view.profile,
            bound=taken,
            total=len(view.table.rows),
            count=len(view.table.suggested),
        )
        self._show_binding(view.profile, "")
        self._context.messages.show(text, "clean")

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.table, 2)
        column.addWidget(self.move_panel, 3)
        self.right.addWidget(self.details)
        self.right.addWidget(self.importer)
        splitter = Splitter("contracts", self._context.settings, left, self.right)
        splitter.share(65, 35)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)


def title_of_profile(store: Store, profile_id: str) -> str:
    """Return the title of a contract, its id when it is not in the list."""
    entry = store.entry(profile_id)
    return title_of(entry) if entry else profile_id
