"""Register: variables, rules, code lists, own rules and code registers, each with its source."""

from collections.abc import Mapping

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.core.register import Profile
from app.gui import theme
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.register.code_lists import CodeListShelf
from app.gui.register.code_registers import CodeRegisterShelf
from app.gui.register.own_rules import OwnRuleShelf
from app.gui.register.rules import RuleShelf
from app.gui.register.shelf import Shelf
from app.gui.register.terms import TermShelf
from app.gui.register.tools import WITH_SURENESS, Tools
from app.gui.register.variables import VariableShelf
from app.gui.widgets.parts import EmptyState
from app.language.text import _


class RegisterPage(Page):
    """What the register asks for, as far as anybody knows it."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Register"),
            _("What the register asks for, who says so, and how sure that is."),
            _(
                "Stated: a source says so. Inferred: read out of what a source says about something"
                " else. Assumed: our guess until the register tells. A link leads on to the rule,"
                " variable or code list that it names, and Alt+Left back."
            ),
        )
        self.profile: Profile | None = None
        self._wanted: Mapping[str, str] = {}
        self._is_stale = True
        self._asked_readings = ""
        self.shelves = self._make_shelves()
        self._make_actions()
        self._body = self._lay_out()
        self._waiting = EmptyState(
            "book-search-outline",
            _("The register profile is being read"),
            _("Its variables, rules and code lists come here as soon as it is done."),
        )
        for signal in (context.document.opened, context.document.changed):
            signal.connect(self._follow_document)
        self.show_body(self._waiting)

    @property
    def shelf(self) -> Shelf[object]:
        """The part that is shown."""
        return self.shelves[self.kinds.value()]

    def arrive(self, place: Place) -> None:
        """Show the variable, rule or code list that the place names."""
        self._wanted = place.target
        self._take_profile()
        self._show_wanted()
        self.shelf.table.setFocus()

    def show_profile(self, profile: Profile) -> None:
        """Show a profile in all parts."""
        self.profile = profile
        self.tools.show_profile(profile)
        for shelf in self.shelves.values():
            shelf.show_profile(profile)
        self.show_body(self._body)
        self._show_wanted()
        self._ask_readings(profile)

    def _make_shelves(self) -> dict[str, Shelf[object]]:
        rules, registers = RuleShelf(self), CodeRegisterShelf(self)
        registers.known.connect(rules.show_statuses)
        made = (
            VariableShelf(self),
            rules,
            CodeListShelf(self),
            TermShelf(self),
            OwnRuleShelf(self),
            registers,
        )
        for shelf in made:
            shelf.chosen.connect(self._stand)
            if shelf.primary is not None:
                self.set_primary(shelf.primary)
                shelf.primary.hide()
        return {shelf.kind: shelf for shelf in made}  # type: ignore[misc] # one row type each

    def _make_actions(self) -> None:
        self.add_action(_("Find in the register"), "Ctrl+F", self._find)
        self.add_action(_("Show in the mapping"), "Ctrl+I", self._show_in_mapping)

    def _lay_out(self) -> QWidget:
        self.tools = Tools()
        self.kinds, self.search, self.sureness = self.tools.parts
        self.kinds.chosen.connect(self._show_kind)
        self.search.textChanged.connect(lambda _text: self._seek())
        self.sureness.activated.connect(lambda _index: self._seek())
        self._parts = QStackedWidget()
        for shelf in self.shelves.values():
            self._parts.addWidget(shelf)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.tools)
        column.addWidget(self._parts, 1)
        return body

    def _follow_document(self) -> None:
        """Show the project's profile with its own rules, now or when the user comes here."""
        self._is_stale = True
        if self.isVisible():
            self._take_profile()

    def _take_profile(self) -> None:
        if not self._is_stale:
            return
        self._is_stale = False
        document = self.context.document
        if document.is_open:
            self.show_profile(document.profile)
        elif self.profile is None:
            self.run(deeds.LOAD_PROFILE_OF, "", done=self.show_profile)

    def _ask_readings(self, profile: Profile) -> None:
        """Read the profile in its other readings, so that a variable can show how it differs."""
        base = profile.id.partition(":")[0]
        others = [
            f"{base}:{one.id}" if number else base
            for number, one in enumerate(profile.readings)
            if one.id != profile.reading
        ]
        if profile.id == self._asked_readings:
            return
        self._asked_readings = profile.id
        self._show_readings(())
        gathered: list[Profile] = []

        def take(other: Profile) -> None:
            gathered.append(other)
            if len(gathered) == len(others) and profile.id == self._asked_readings:
                self._show_readings(tuple(gathered))

        for other in others:
            self.run(deeds.LOAD_PROFILE_OF, other, done=take, failed=self._no_reading)

    def _show_readings(self, readings: tuple[Profile, ...]) -> None:
        shelf = self.shelves["variable"]
        if isinstance(shelf, VariableShelf):
            shelf.show_readings(readings)

    def _no_reading(self, _error: WorkbenchError) -> None:
        """Keep silent: the reading in use is shown in full."""

    def _show_kind(self, kind: str) -> None:
        self._turn_to(kind)
        self._seek()
        self._stand()

    def _turn_to(self, kind: str) -> None:
        self._parts.setCurrentWidget(self.shelves[kind])
        self.sureness.setEnabled(kind in WITH_SURENESS)
        for shelf in self.shelves.values():
            if shelf.primary is not None:
                shelf.primary.setVisible(shelf.kind == kind)

    def _show_wanted(self) -> None:
        """Show what the user came for, as soon as there is a profile."""
        if self.profile is not None:
            wanted, self._wanted = self._wanted, {}
            for kind in wanted.keys() & self.shelves.keys():
                self._show_one(kind, wanted[kind])

    def _show_one(self, kind: str, wanted: str) -> None:
        """Show one thing, letting go of a search that hides it."""
        self.kinds.set_value(kind)
        self._turn_to(kind)
        if not self.shelf.choose(wanted):
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
            self.sureness.set_value("")
            self._seek()
            self.shelf.choose(wanted)
        self._stand()

    def _seek(self) -> None:
        self.shelf.seek(self.search.text().strip(), self.sureness.value())

    def _stand(self, _chosen: str = "") -> None:
        """Let the way back lead to what is shown now."""
        if self.shelf.shown:
            self.context.navigator.stand("register", **{self.kinds.value(): self.shelf.shown})

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _show_in_mapping(self) -> None:
        target: Mapping[str, str] = {}
        if self.kinds.value() == "variable" and self.shelf.shown:
            target = {"variable": self.shelf.shown}
        if target and self.context.document.is_open:
            self.context.navigator.go("mapping", **target)
        else:
            self.context.messages.show(_("Choose a variable, with a project open."))
