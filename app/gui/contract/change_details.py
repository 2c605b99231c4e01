"""One change in full: what it was, what it is, what it means, and where to go on."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.core.register import Profile
from app.gui.contract.change_rows import (
    after_words,
    before_words,
    effect_words,
    kind_words,
    subject_words,
)
from app.gui.frame.navigator import Navigator
from app.gui.widgets.controls import Button, Line
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Label, Note, SectionTitle, StatusLabel
from app.gui.widgets.parts import Inspector
from app.gui.widgets.trouble import Trouble
from app.language.text import _, current

if TYPE_CHECKING:
    from app.workflow.profile_compare import ChangeView


class ChangeDetails(Inspector):
    """Shows the chosen change."""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(_("The chosen change"))
        self._navigator = navigator
        self.mapping: Button | None = None

    def show_change(
        self, one: "ChangeView | None", profiles: tuple[Profile | None, ...], *, is_open: bool
    ) -> None:
        """Show another change; `is_open` says whether there is a project."""
        self.mapping = None
        if one is None:
            self.fill(Note(_("Choose a change to see it in full.")))
            return
        title = SectionTitle(subject_words(one.change, profiles))
        title.setWordWrap(True)
        facts = FactRows()
        facts.show_facts(((_("Before"), before_words(one)), (_("After"), after_words(one))))
        parts: list[QWidget] = [title, Label(kind_words(one), tone="quiet"), facts]
        parts.extend(self._effect(one, is_open=is_open))
        parts.extend(self._about(one, profiles, is_open=is_open))
        self.fill(*parts)

    def _effect(self, one: "ChangeView", *, is_open: bool) -> list[QWidget]:
        words = effect_words(one)
        if words:
            said = Trouble(words, "inkonsistent") if one.work else Label(words)
            return [Line(), SectionTitle(_("For this project")), said]
        if is_open:
            return [Line(), StatusLabel("clean", _("It does not concern this project."))]
        return [Line(), Note(_("Open a project to see what the change means for it."))]

    def _about(
        self, one: "ChangeView", profiles: tuple[Profile | None, ...], *, is_open: bool
    ) -> list[QWidget]:
        found = (each.by_id.get(one.change.variable) for each in reversed(profiles) if each)
        variable = next((each for each in found if each is not None), None)
        if variable is None:
            return []
        meaning = Label(variable.meaning.in_language(current()), tone="quiet")
        if not is_open:
            return [meaning]
        self.mapping = Button(
            _("Show in the mapping"),
            partial(self._navigator.go, "mapping", variable=variable.id),
            icon="transit-connection-variant",
        )
        return [meaning, self.mapping]
