"""The contracts that there are and their profiles, read once for all three parts of the page."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.core.register import Profile
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.language.text import _, current
from app.workflow.profile_views import ProfileEntry

Take = Callable[[Profile], object]


class Store(QObject):
    """Entries and profiles; `changed` when there are others."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.entries: tuple[ProfileEntry, ...] = ()
        self._page = page
        self._document = page.context.document
        self._profiles: dict[str, Profile] = {}
        self._latest = ""  # imported or saved, and not yet in the list

    @property
    def in_use(self) -> str:
        """The profile that the open project follows, "" without a project."""
        return self._document.project.profile if self._document.is_open else ""

    def entry(self, profile_id: str) -> ProfileEntry | None:
        """Return one contract of the list."""
        return next((one for one in self.entries if one.id == profile_id), None)

    def latest(self) -> str:
        """Return, once, what was imported or saved last; "" until it is in the list."""
        if self.entry(self._latest) is None:
            return ""
        latest, self._latest = self._latest, ""
        return latest

    def reload(self) -> None:
        """Ask which contracts there are."""
        self._page.run(deeds.PROFILE_ENTRIES, done=self._take)

    def ask_profile(self, profile_id: str, done: Take) -> None:
        """Hand over a profile, read unless it is known already."""
        known = self._profiles.get(profile_id)
        if self._document.is_open and profile_id == self.in_use:
            known = self._document.profile
        if known is not None:
            done(known)
            return

        def keep(profile: Profile) -> None:
            self._profiles[profile_id] = profile
            done(profile)

        self._page.run(deeds.LOAD_PROFILE_OF, profile_id, done=keep)

    def renew(self, profile_id: str) -> None:
        """Read a profile anew that was written, also for the project that follows it."""
        self._profiles.pop(profile_id, None)
        self._latest = profile_id
        self.reload()
        if profile_id == self.in_use:
            self._page.run(
                deeds.LOAD_PROFILE_OF,
                profile_id,
                done=lambda profile: self._document.use_profile(profile_id, profile),
            )

    def forget(self, profile_id: str) -> None:
        """Let go of a profile that was removed."""
        self._profiles.pop(profile_id, None)
        self._document.drafts.drop(profile_id)
        self.reload()

    def choices(self) -> tuple[tuple[str, str], ...]:
        """Return the contracts that can be read as choices: id and title."""
        return tuple((one.id, title_of(one)) for one in self.entries if one.problem is None)

    def _take(self, entries: tuple[ProfileEntry, ...]) -> None:
        self.entries = entries
        self.changed.emit()


def title_of(entry: ProfileEntry) -> str:
    """Return a contract's name with the reading that it is in."""
    name = entry.name.in_language(current()) or entry.id
    if not entry.reading:
        return name
    return _("{profile}, reading {reading}").format(profile=name, reading=entry.reading)
