"""The binding that is worked on: read, changed, undone and saved; no widgets."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.core.binding import BindingTable, Path
from app.core.errors import WorkbenchError
from app.core.register import Profile
from app.gui.contract.binding_rows import Joined
from app.gui.contract.store import Store
from app.gui.drafts import Draft
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.language.text import _
from app.workflow.profile_views import BindingView


class BindingWork(QObject):
    """One contract's draft at a time; every change is a step that can be undone."""

    changed = Signal()  # another contract, another value, or another state of saving

    def __init__(self, page: Page, store: Store) -> None:
        super().__init__(page)
        self._page = page
        self._document = page.context.document
        self._store = store
        self._profile: Profile | None = None
        self._is_saving = False
        self.profile_id = ""  # the contract that is shown or on its way
        self.draft: Draft | None = None
        self.problem: WorkbenchError | None = None  # why the binding cannot be shown
        store.changed.connect(self._renew)

    @property
    def joined(self) -> Joined | None:
        """The contract and the profile as the draft joins them, None while they are read."""
        if self.draft is None or self._profile is None:
            return None
        return Joined.of(self.draft.view.root, self._profile, self.draft.table)

    @property
    def is_editable(self) -> bool:
        """Whether the binding may be changed."""
        return self.draft is not None and self.draft.view.editable

    def why_not_save(self) -> str:
        """Return why there is nothing to save, "" when there is."""
        if self._is_saving:
            return _("The binding is being saved.")
        if self.draft is None or not self.draft.is_modified:
            return _("Nothing has changed since the binding was saved.")
        return ""

    def open(self, profile_id: str) -> None:
        """Work on one contract, with what was changed in it and not saved."""
        if profile_id != self.profile_id or self.draft is None:
            self._leave()
            self.profile_id = profile_id
            if profile_id:
                self._store.ask_profile(profile_id, partial(self._take_profile, profile_id))
            self.changed.emit()

    def bind(self, path: Path, variable: str) -> None:
        """Bind a variable to an element; a person's choice needs no approval."""
        if self.draft is not None:
            words = _("bind {variable} to {element}").format(variable=variable, element=path[-1])
            self._change(words, self.draft.table.bound(path, variable))

    def clear(self, paths: tuple[Path, ...]) -> None:
        """Let elements hold no variable."""
        if self.draft is not None and paths:
            table = self.draft.table
            for path in paths:
                table = table.cleared(path)
            self._change(_("clear {element}").format(element=_named(paths)), table)

    def approve(self, paths: tuple[Path, ...]) -> None:
        """Approve what is suggested for elements."""
        if self.draft is not None and paths:
            words = _("approve {element}").format(element=_named(paths))
            self._change(words, self.draft.table.approved(paths))

    def sure(self) -> tuple[Path, ...]:
        """Return the elements whose suggestion is shown as sure."""
        rows = self.draft.table.suggested if self.draft is not None else ()
        return tuple(row.path for row in rows if row.is_sure)

    def save(self) -> None:
        """Write the binding into the contract's folder; the project that follows it begins anew."""
        if self.draft is None or self.why_not_save():
            return
        draft, table = self.draft, self.draft.table
        self._is_saving = True
        self.changed.emit()

        def done(view: BindingView) -> None:
            self._is_saving = False
            draft.mark_saved(table, view)
            self._page.context.messages.show(_("The binding is saved."), "clean")
            self._store.renew(view.profile)

        def failed(error: WorkbenchError) -> None:
            self._is_saving = False
            self.changed.emit()
            self._page.context.messages.show_error(error)

        profile_id = draft.view.profile
        self._page.run(deeds.SAVE_BINDING, profile_id, table, done=done, failed=failed)

    def take_undo(self) -> None:
        """Let undo be the binding's."""
        if self.draft is not None:
            self._document.undo_group.setActiveStack(self.draft.undo_stack)

    def leave_undo(self) -> None:
        """Let undo be the project's again."""
        self._document.undo_group.setActiveStack(self._document.undo_stack)

    def _change(self, words: str, table: BindingTable) -> None:
        if self.draft is not None and self.is_editable:
            self.draft.change(words, table)

    def _renew(self) -> None:
        """Read the binding anew when it was imported over or removed."""
        shown = self.profile_id
        if shown and self._store.entry(shown) is None:
            self.open(self._store.in_use)
        elif self.draft is not None and self.draft is not self._document.drafts.get(shown):
            self._leave()
            self.open(shown)

    def _leave(self) -> None:
        former, self.draft = self.draft, None
        self.problem = None
        if former is not None:
            former.changed.disconnect(self.changed)
            former.undo_stack.cleanChanged.disconnect(self._tell)

    def _take_profile(self, profile_id: str, profile: Profile) -> None:
        if profile_id != self.profile_id:
            return
        self._profile = profile
        known = self._document.drafts.get(profile_id)
        if known is not None:
            self._show(known)
        else:
            self._page.run(deeds.BINDING_OF, profile_id, done=self._take_view, failed=self._refuse)

    def _take_view(self, view: BindingView) -> None:
        if view.profile == self.profile_id:
            self._show(self._document.drafts.take(view))

    def _refuse(self, error: WorkbenchError) -> None:
        self.problem = error
        self.changed.emit()

    def _show(self, draft: Draft) -> None:
        self.draft = draft
        draft.changed.connect(self.changed)
        draft.undo_stack.cleanChanged.connect(self._tell)
        self.changed.emit()

    def _tell(self, _clean: bool) -> None:
        self.changed.emit()


def _named(paths: tuple[Path, ...]) -> str:
    """Return the name of one element, or how many there are."""
    return paths[0][-1] if len(paths) == 1 else _("{count} elements").format(count=len(paths))
