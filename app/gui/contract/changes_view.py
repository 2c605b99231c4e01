"""What changed between two contracts, and what that means for the project that is open."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.core.register import Profile
from app.gui import theme
from app.gui.background.backend import Job
from app.gui.contract.change_details import ChangeDetails
from app.gui.contract.change_rows import change_columns, wanted_changes
from app.gui.contract.store import Store
from app.gui.contract.wording import KINDS
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button, Choice, SearchField
from app.gui.widgets.filter_chip import FilterChip
from app.gui.widgets.labels import FieldLabel, Note
from app.gui.widgets.parts import EmptyState, Splitter
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import Table
from app.gui.widgets.trouble import Trouble
from app.language.sentences import name_of
from app.language.text import _, ngettext

if TYPE_CHECKING:
    from app.workflow.profile_compare import ChangeView, ProfileDiff


class ChangesView(QWidget):
    """Two contracts, the changes between them as a table, and the chosen one in full."""

    def __init__(self, page: Page, store: Store) -> None:
        super().__init__()
        self._page = page
        self._store = store
        self._document = page.context.document
        self._job: Job | None = None
        self._diff: ProfileDiff | None = None
        self._profiles: dict[str, Profile] = {}
        self.first, self.second = Choice(_("From")), Choice(_("To"))
        self.swap = Button(_("Swap"), self._swap, icon="swap-horizontal")
        self.search = SearchField(_("Find a change"))
        self.work = FilterChip(_("Means work"))
        self.kinds = {kind: FilterChip("", icon) for kind, icon in KINDS.items()}
        self.count = Note()
        self.trouble = Trouble()
        self.table: Table[ChangeView] = Table(_("Changes"), RowsModel(change_columns(())))
        self.details = ChangeDetails(page.context.navigator)
        self.nothing = EmptyState(
            "compare-horizontal",
            _("Nothing to compare yet"),
            _("Choose two contracts, or two readings of one, to see what differs between them."),
        )
        self._lay_out()
        self._listen()

    @property
    def _pair(self) -> tuple[Profile | None, ...]:
        """The two profiles, as far as they are read."""
        return tuple(self._profiles.get(one.value()) for one in (self.first, self.second))

    def choose(self, first: str, second: str) -> None:
        """Compare these two."""
        self.first.set_value(first)
        self.second.set_value(second)
        self.compare()

    def begin(self) -> None:
        """Compare the project's contract with another, unless two are chosen already."""
        ids = [one for one, _title in self._store.choices()]
        first = self._store.in_use or (ids[0] if ids else "")
        others = [one for one in ids if one != first]
        if self._diff is None and self._job is None and others:
            imported = [one for one in others if self._is_imported(one)]
            entry = self._store.entry(first)
            if not imported and entry is not None and entry.base in others:
                self.choose(entry.base, first)  # what the project's own contract is built on
            else:
                self.choose(first, (imported or others)[-1])

    def compare(self) -> None:
        """Ask what changed between the two that are chosen."""
        if self._job is not None:
            self._job.cancel()
        first, second = self.first.value(), self.second.value()
        self.trouble.say("")
        if not first or not second or first == second:
            self._take(None)
            return
        project = self._document.project if self._document.is_open else None
        for one in (first, second):
            self._store.ask_profile(one, partial(self._know, one))
        self._job = self._page.run(
            deeds.COMPARE_PROFILES, first, second, project, done=self._take, failed=self._refuse
        )

    def show_rows(self) -> None:
        """Show the changes that the search and the chips leave."""
        if self._diff is None:
            return
        kinds = frozenset(kind for kind, chip in self.kinds.items() if chip.isChecked())
        pair = self._pair
        rows = wanted_changes(
            self._diff.changes, pair, self.search.text(), kinds, only_work=self.work.isChecked()
        )
        self.table.rows.columns = change_columns(pair)
        self.table.rows.set_rows(rows)
        total = len(self._diff.changes)
        words = ngettext("{shown} of {total} change", "{shown} of {total} changes", total)
        self.count.setText(words.format(shown=len(rows), total=total) + self._counted())
        self.table.choose(0)
        self._inspect(self.table.current_row() if rows else None)

    def _is_imported(self, profile_id: str) -> bool:
        entry = self._store.entry(profile_id)
        return entry is not None and entry.origin == "imported"

    def _counted(self) -> str:
        """Return whether cases were counted, when there is a project to count for."""
        if self._diff is None or self._diff.counted or not self._document.is_open:
            return ""
        return ". " + _("No cases are counted: the export is not loaded.")

    def _know(self, profile_id: str, profile: Profile) -> None:
        self._profiles[profile_id] = profile
        self.show_rows()

    def _take(self, diff: "ProfileDiff | None") -> None:
        self._job, self._diff = None, diff
        self._split.setVisible(diff is not None and bool(diff.changes))
        self.nothing.setVisible(diff is None)
        self._same.setVisible(diff is not None and not diff.changes)
        changes = diff.changes if diff is not None else ()
        for kind, chip in self.kinds.items():
            count = sum(one.change.kind is kind for one in changes)
            chip.setText(name_of(f"change-{kind}") + f"  {count}")
            chip.setVisible(bool(count))
            if not count:
                chip.set_on(on=False)
        work = sum(one.work for one in changes)
        self.work.setText(_("Means work") + f"  {work}")
        self.work.setVisible(bool(work))
        self.count.setVisible(bool(changes))
        self.show_rows()

    def _refuse(self, error: WorkbenchError) -> None:
        self._take(None)
        self.trouble.show_error(error)

    def _swap(self) -> None:
        self.choose(self.second.value(), self.first.value())

    def _inspect(self, row: "ChangeView | None") -> None:
        self.details.show_change(row, self._pair, is_open=self._document.is_open)

    def _offer(self) -> None:
        for choice in (self.first, self.second):
            choice.set_entries((("", "–"), *self._store.choices()))

    def _forget(self) -> None:
        """Another project, or another contract for it, is to be compared anew."""
        self._profiles.clear()
        if self._diff is not None:
            self.compare()

    def _listen(self) -> None:
        self._store.changed.connect(self._offer)
        self._document.opened.connect(self._forget)
        self._page.context.session.summary_changed.connect(self._count_again)
        for choice in (self.first, self.second):
            choice.activated.connect(lambda _index: self.compare())
        self.search.textChanged.connect(lambda _text: self.show_rows())
        for chip in (self.work, *self.kinds.values()):
            chip.toggled.connect(lambda _on: self.show_rows())
        self.table.current_changed.connect(self._inspect)

    def _count_again(self) -> None:
        """Count the cases as soon as an export is loaded."""
        session = self._page.context.session
        waits = self._diff is not None and not self._diff.counted and self._job is None
        if waits and session.summary is not None and not session.is_checking:
            self.compare()

    def _lay_out(self) -> None:
        self._same = EmptyState(
            "equal",
            _("Nothing has changed"),
            _("Both ask for the same, element by element and rule by rule."),
        )
        first, second = QHBoxLayout(), QHBoxLayout()
        pairs = ((_("From"), self.first), (_("To"), self.second))
        for text, choice in pairs:
            choice.setMaximumWidth(300)
            first.addWidget(FieldLabel(text))
            first.addWidget(choice)
        first.addWidget(self.swap)
        first.addWidget(self.search)
        first.addStretch(1)
        for chip in (self.work, *self.kinds.values()):
            chip.hide()
            second.addWidget(chip)
        second.addWidget(self.count)
        second.addStretch(1)
        self._split = Splitter("changes", self._page.context.settings, self.table, self.details)
        self._split.share(13, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for line in (first, second):
            line.setSpacing(theme.GRID)
            layout.addLayout(line)
        layout.addWidget(self.trouble)
        for part in (self._split, self.nothing, self._same):
            layout.addWidget(part, 1)
        self._split.hide()
        self._same.hide()
