"""Ärenden: how the register will count each case, and why."""

from collections.abc import Callable
from functools import partial
from operator import methodcaller

from app.gui.cases.list.browser import CaseBrowser
from app.gui.cases.list.validation import LISTED
from app.gui.cases.quality.keeper import LoadKeeper
from app.gui.cases.view import CaseView
from app.gui.cases.views import KINDS, LIST, CaseViews
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.parts import EmptyState
from app.gui.widgets.segments import Segments
from app.language.text import _
from app.workflow.views import CaseFilter


class CasesPage(Page):
    """The case list beside one case through the whole chain."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Cases"),
            _("See how SPOR will count every case, and what stands in the way."),
            _(
                "Choose a case to follow it from the rows of the export to the register's answer. "
                "F8 goes to the next case with findings, Shift+F8 to the one before."
            ),
        )
        self.check = Button(
            _("Check"), context.session.check, icon="clipboard-check-outline", kind="primary"
        )
        self.set_primary(self.check)
        self.nothing = EmptyState(
            "clipboard-text-outline",
            _("No project is open"),
            _("Open a project or the sample hospital; its cases are then checked by themselves."),
            _("Go to Start"),
            lambda: context.navigator.go("start"),
        )
        self.unchecked, self.waiting = _unchecked(context), _waiting()
        self.parts = Segments(_("View"), tuple((kind.id, _(kind.name)) for kind in KINDS))
        self.parts.chosen.connect(self._show_view)
        self.add_secondary(self.parts)
        self.views: CaseViews | None = None
        context.document.opened.connect(self._open)
        context.document.changed.connect(self._follow_rules)
        context.session.summary_changed.connect(self._follow)
        context.session.sent.connect(self.refresh_when_seen)
        self.keeper = LoadKeeper(context, self)
        self._make_actions()
        self._open()

    @property
    def browser(self) -> CaseBrowser | None:
        """The list of cases, None while no project is open."""
        return None if self.views is None else self.views.list

    def refresh(self) -> None:
        """Show the cases as they now are."""
        if self.views is not None and self.context.session.summary is not None:
            self.views.refresh()

    def set_view(self, view: str) -> None:
        """Show one of the views."""
        self.parts.set_value(view)
        self._show_view(view)

    def arrive(self, place: Place) -> None:
        """Show one case, or the cases with one cause."""
        if self.browser is None:
            return
        if place.target:
            self.set_view(LIST)
        if "case" in place.target:
            self.browser.show_case(place.target["case"])
        elif "cause" in place.target:
            self.browser.query.show(CaseFilter(cause=place.target["cause"]))

    def _make_actions(self) -> None:
        self.add_action(_("Next case with findings"), "F8", lambda: self._step(1))
        self.add_action(_("Previous case with findings"), "Shift+F8", lambda: self._step(-1))
        ways = (
            (_("Show in the mapping"), "Ctrl+M", methodcaller("show_mapping")),
            (_("Show the source row"), "Ctrl+J", methodcaller("show_source")),
            (_("Show in the register"), "Ctrl+I", methodcaller("show_in_register")),
        )
        for text, key, way in ways:
            self.add_action(text, key, partial(self._lead_on, way))
        self.add_action(_("Search for a case"), "Ctrl+F", self._search)
        self.add_action(_("Copy the numbers"), "Ctrl+Shift+C", self._copy)
        self.add_action(_("Leave out…"), "Ctrl+Shift+X", self._exclude)
        self.add_action(_("Validate the XML of every listed case"), "", self._validate)
        self.add_action(_("Save as a view…"), "", self._save_view)
        for number, kind in enumerate(KINDS, 1):
            self.add_action(_(kind.name), f"Alt+{number}", partial(self.set_view, kind.id))

    def _open(self) -> None:
        """Another project has other columns, so the views are made anew."""
        former, self.views = self.views, None
        if self.context.document.is_open:
            self.views = CaseViews(self)
            self.views.cases_wanted.connect(self._show_cases)
            self.views.filter_wanted.connect(self._show_filter)
            self.views.show_view(self.parts.value())
        if former is not None:
            former.deleteLater()
        self._follow()

    def _follow_rules(self) -> None:
        """Other rules have other names, so the views are made anew."""
        if self.views is not None and self.views.profile is not self.context.document.profile:
            self._open()

    def _follow(self) -> None:
        session = self.context.session
        self.check.setEnabled(self.context.document.is_open and not session.is_checking)
        self.parts.setVisible(self.views is not None and session.summary is not None)
        if self.views is None:
            self.show_body(self.nothing)
        elif session.summary is not None:
            self.show_body(self.views)
            if not session.is_checking:
                self.refresh_when_seen()
        else:
            self.show_body(self.waiting if session.is_checking else self.unchecked)

    def _show_view(self, view: str) -> None:
        if self.views is not None:
            self.views.show_view(view)

    def _show_cases(self, cases: tuple[str, ...]) -> None:
        self._show_filter(CaseFilter(cases=cases))

    def _show_filter(self, wanted: CaseFilter) -> None:
        if self.browser is not None:
            self.set_view(LIST)
            self.browser.query.show(wanted)
            self.browser.table.setFocus()

    def _lead_on(self, way: Callable[[CaseView], None]) -> None:
        """Go to the mapping, source row or rule of what is chosen in the seen view."""
        if self.views is not None:
            way(self.views.seen)

    def _search(self) -> None:
        if self.browser is not None:
            self.set_view(LIST)
            self.browser.filters.take_focus()

    def _copy(self) -> None:
        if self.browser is not None:
            self.browser.pane.chosen.copy()

    def _exclude(self) -> None:
        if self.browser is not None:
            self.set_view(LIST)
            self.browser.pane.ask_exclude()

    def _validate(self) -> None:
        if self.browser is not None and self.context.session.summary is not None:
            self.set_view(LIST)
            self.browser.pane.validation.start(LISTED)

    def _save_view(self) -> None:
        if self.browser is not None:
            self.browser.filters.views.ask_save()

    def _step(self, way: int) -> None:
        if self.browser is not None:
            self.set_view(LIST)
            self.browser.step(way)


def _unchecked(context: Context) -> EmptyState:
    return EmptyState(
        "clipboard-check-outline",
        _("The export is not checked"),
        _("Check it to see every case: its XML, its findings and how SPOR will count it."),
        _("Check the export"),
        context.session.check,
    )


def _waiting() -> EmptyState:
    return EmptyState(
        "progress-clock",
        _("The export is being checked"),
        _("The cases come here as soon as it is done."),
    )
