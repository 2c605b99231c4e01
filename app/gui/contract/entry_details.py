"""One contract in full, and what can be done with it."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from app.core.register import Profile
from app.gui.contract.entry_rows import entry_status, entry_words
from app.gui.contract.store import title_of
from app.gui.contract.wording import ORIGINS
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label, Note, SectionTitle, StatusLabel
from app.gui.widgets.parts import Inspector
from app.gui.widgets.trouble import Trouble
from app.language.sentences import error_sentence
from app.language.text import _, current
from app.workflow.profile_views import ProfileEntry

_SHOWN = 16  # hexadecimal digits of a digest; the whole stands in the tip

Deeds = Mapping[str, Callable[[], object]]


class EntryDetails(Inspector):
    """Name, origin, binding and digests of the chosen contract; its deeds below."""

    def __init__(self, slots: Deeds) -> None:
        super().__init__(_("The chosen contract"))
        self._slots = slots
        self._entry: ProfileEntry | None = None
        self._profile: Profile | None = None
        self._is_in_use = False
        self._is_open = False
        self._is_asking = False
        self.use: Button | None = None
        self.remove: Button | None = None

    def show_entry(
        self,
        entry: ProfileEntry | None,
        profile: Profile | None,
        *,
        is_in_use: bool,
        is_open: bool,
    ) -> None:
        """Show a contract; the project that is open, if one is, may follow it already."""
        self._entry, self._profile = entry, profile
        self._is_in_use, self._is_open = is_in_use, is_open
        self._is_asking = False
        self._build()

    def ask_remove(self) -> None:
        """Ask, here, whether the contract is to go."""
        if self._entry is not None and not self._why_not_remove(self._entry):
            self._is_asking = True
            self._build()
            if self.remove is not None:
                self.remove.setFocus()

    def _build(self) -> None:
        entry = self._entry
        if entry is None:
            self.fill(Note(_("Choose a contract to see what it is.")))
            return
        title = SectionTitle(title_of(entry))
        title.setWordWrap(True)
        parts: list[QWidget] = [title, StatusLabel(entry_status(entry), entry_words(entry))]
        if entry.problem is not None:
            parts.append(Trouble(error_sentence(entry.problem)))
        facts = FactRows()
        facts.show_facts(self._facts(entry))
        parts.extend((*self._notes(), facts, Line()))
        parts.extend(self._asking(entry) if self._is_asking else self._deeds(entry))
        self.fill(*parts)

    def _notes(self) -> list[QWidget]:
        if self._profile is None:
            return []
        profile, language = self._profile, current()
        reading = next((one for one in profile.readings if one.id == profile.reading), None)
        texts = [profile.note.in_language(language)]
        if reading is not None:
            texts.append(f"{reading.name.in_language(language)}. "
                         f"{reading.meaning.in_language(language)}")  # fmt: skip
        return [Label(text, tone="quiet") for text in texts if text.strip()]

    def _facts(self, entry: ProfileEntry) -> list[tuple[str, str]]:
        digests = self._profile.digests if self._profile else {}
        named = [
            (name, _("SHA-256 {digest}").format(digest=f"{digest[:_SHOWN]}…"))
            for name, digest in sorted(digests.items())
        ]
        return [
            (_("Called"), entry.id),
            (_("Origin"), _(ORIGINS[entry.origin])),
            (_("Built on"), entry.base),
            (_("Elements"), str(entry.elements) if entry.elements else ""),
            (_("Bound"), str(entry.bound) if entry.elements else ""),
            (_("Demanded, unbound"), str(entry.demanded) if entry.demanded else ""),
            *named,
        ]

    def _deeds(self, entry: ProfileEntry) -> list[QWidget]:
        self.use = Button(_("Use for this project…"), self._slots["use"], icon="transfer-right")
        self.use.explain(self._why_not_use())
        binding = Button(_("Show the binding"), self._slots["binding"], icon="link-variant")
        changes = Button(_("What changed?"), self._slots["changes"], icon="compare-horizontal")
        share = Button(_("Share to a folder…"), self._slots["share"], icon="folder-move-outline")
        remove = Button(_("Remove…"), self.ask_remove, icon="delete-outline")
        remove.explain(self._why_not_remove(entry))
        if entry.problem is not None:
            for button in (self.use, binding, changes, share):
                button.explain(_("The contract cannot be read."))
        self.remove = None
        return [self.use, binding, changes, share, remove]

    def _asking(self, entry: ProfileEntry) -> list[QWidget]:
        words = _("{name} is removed with its binding. This cannot be undone.")
        self.remove = Button(_("Remove"), self._slots["remove"], icon="delete-outline")
        keep = Button(_("Keep it"), self._keep, kind="quiet")
        return [Trouble(words.format(name=title_of(entry)), "refused"), self.remove, keep]

    def _keep(self) -> None:
        self._is_asking = False
        self._build()

    def _why_not_use(self) -> str:
        if not self._is_open:
            return _("Open a project first.")
        return _("The project follows it already.") if self._is_in_use else ""

    def _why_not_remove(self, entry: ProfileEntry) -> str:
        if entry.origin == "shipped":
            return _("It comes with the program.")
        return _("The project follows it. Move the project first.") if self._is_in_use else ""
